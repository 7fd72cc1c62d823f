"""Rehearsing an institution: one game from Python or the command line, with its log, and a game taken up again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, TextIO

from comity.kernel.errors import DestinationError, InputError
from comity.kernel.quantity import exact as exactly
from comity.kernel.result import Result
from comity.model.analysis import Inputs
from comity.model.institution import Institution
from comity.model.panel import Panel
from comity.model.player import Player
from comity.model.stakes import Stakes
from comity.rehearsal.game import shock, told
from comity.rehearsal.parts.campaign.blocks import silent
from comity.rehearsal.parts.campaign.paths import Path as Asks
from comity.rehearsal.parts.game.conduct import Conduct
from comity.rehearsal.parts.game.conduct import conduct as conducted
from comity.rehearsal.parts.game.driver import Hand
from comity.rehearsal.parts.game.log import Log, header, line, read
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.problem import Problem, Shock
from comity.rehearsal.parts.game.rounds import play
from comity.rehearsal.parts.game.setting_up import frozen, game
from comity.rehearsal.parts.game.shelf import LOG, Shelf
from comity.rehearsal.parts.seats.consulted import Consulted
from comity.rehearsal.parts.seats.endpoint import Complete
from comity.rehearsal.parts.workers.playing import Workers
from comity.study.ask import analysis, inputs, wanting
from comity.study.campaign import Asked, campaign
from comity.study.listening import listening, named, nobody, voices

Progress = Callable[[int, int, str], None]
Seated = Callable[[Play], Mapping[str, Hand]]
"""Who answers from outside, given the game that is about to begin."""


def rehearse(  # noqa: PLR0913 - one argument for each choice
    institution: Institution,
    stakes: Stakes | str | None = None,
    world: Panel | None = None,
    *,
    players: Mapping[str, str | Mapping[str, Any] | Player] | None = None,
    rounds: int = 20,
    runs: int = 1,
    seed: int = 1,
    on: datetime.date | None = None,
    every: str | None = None,
    shocks: Sequence[str | Mapping[str, Any] | Shock] = (),
    items: int = 3,
    texts: int = 3,
    terms: Mapping[str, Any] | None = None,
    fallback: str | Mapping[str, Any] | Player = "reciprocate",
    conduct: str | Mapping[str, Any] | Conduct | None = None,
    log: Path | str | None = None,
    workers: int = 1,
    cluster: str | None = None,
    to: Path | str | None = None,
    discount: Fraction | str = Fraction(3, 100),
    forgets: Fraction | str = Fraction(0),
    path: Asks = "any",
    vary: Sequence[str] = (),
    instead: Sequence[str] = (),
    design: Literal["grid", "latin_hypercube", "sobol"] | None = None,
    points: int = 0,
    outcome: str = "worth",
    seated: Seated | None = None,
    model: str | None = None,
    model_url: str | None = None,
    complete: Complete | None = None,
    progress: Progress | None = None,
) -> Result:
    """Rehearse an institution over many rounds: one game under its own law, or a campaign of very many.

    Args:
        institution: the institution.
        stakes: what members want, or the name of a file of it; the one of the charter's name, else the shipped one,
            where absent.
        world: the figures; the shipped ones where absent.
        players: who plays each member, ``*`` all others: ``{"USA": "hold_out", "*": "concede:speed=1/2"}``.
        rounds: how many rounds are played.
        runs: how many games; more than one are compiled and gathered.
        seed: the seed of every chance.
        on: the day of round 1; the charter's own where absent.
        every: the time between rounds, such as ``6 months``; that of the organ that meets most often where absent.
        shocks: what happens from outside, such as ``absent:USA:5``.
        items: how many issues a session takes.
        texts: how many texts are tabled on each issue at most.
        terms: what an adopted text obliges to: ``periods``, ``false_alarm``, ``miss``, ``grace``, ``reward`` ...
        fallback: who plays where an answer is late or not legal.
        conduct: how business is conducted beside what the charter says: ``delay=2``.
        log: a file that keeps every answer and event as it comes.
        workers: how many blocks of a campaign are played at once.
        cluster: the address of a Dask scheduler whose workers play a campaign instead: ``tcp://host:8786``.
        to: a folder that keeps the blocks of a campaign, or the rounds of a game with its log, as they come.
        discount: the yearly rate at which a campaign discounts money to its first round.
        forgets: the share of what it has seen that a member forgets each round, for the matrix of trust.
        path: who plays a campaign: ``compiled`` games, the ``law`` engine, or ``any``: compiled ones where they can be.
        vary: parts that are varied, ``clauses.NAME.reward.amount=0..500 million USD 2024``: so many runs are played at
            each setting, on the same random numbers, as ``co.analyse(..., "experiment")`` has it.
        instead: another setting, compared run by run: ``clauses.NAME.reward=none``.
        design: how settings are laid out: ``grid``, ``latin_hypercube`` or ``sobol``.
        points: levels of a grid, or points of a design; the usual number where 0.
        outcome: what findings and charts of varied games are about.
        seated: gives those who answer from outside, such as a person at a terminal.
        model: the language model of players that name none; ``COMITY_MODEL`` of the environment where absent.
        model_url: its endpoint, OpenAI-compatible; ``COMITY_MODEL_URL`` where absent. Its key is ``COMITY_MODEL_KEY``.
        complete: answers for language models in the place of an endpoint.
        progress: told ``(done, total, note)`` after each round.

    Raises:
        UnknownName: for a player, member or file that is not there.
        InputError: for what cannot be used, said before round 1.
        NotComputable: where no issue can be played.
        DestinationError: where the log cannot be written.
        SourceError: where the endpoint of a language model cannot be reached, before round 1.

    Example:
        >>> import comity as co
        >>> played = co.rehearse(co.load("g5"), rounds=4, players={"USA": "hold_out"}, seed=1)
        >>> played.kind, played.values["rounds"], played.values["ended"]
        ('rehearsal.game', 4, 'rounds')
    """
    given = wanting(inputs(institution, world, on=on, seed=seed, progress=progress), stakes)
    if vary or instead:
        if log is not None or path != "any":
            raise InputError("Games that are varied keep no log and choose no path.", mend="Leave log and path out.")
        if conducted(conduct) != Conduct():
            raise InputError("Games that are varied are compiled, which hold no conduct.", mend="Leave conduct out.")
        options = {
            "vary": vary, "instead": instead, "design": design, "points": points, "outcome": outcome, "runs": runs,
            "players": dict(players or {}), "rounds": rounds, "every": every or "", "shocks": shocks, "items": items,
            "texts": texts, "terms": {name: str(each) for name, each in (terms or {}).items()}, "fallback": fallback,
            "discount": str(discount), "workers": workers, "cluster": cluster or "",
            "keep": str(to or ""),
        }  # fmt: skip
        if runs == 1:
            raise InputError("One run of each setting shows no difference.", mend="Give more: --runs 2000.")
        return analysis("experiment", {**options, "plays": "institution"}).run(given)
    if design or points or outcome != "worth":
        raise InputError("Nothing is varied.", mend="Name a part: --vary shocks.absent.USA=0..1/2.")
    problem = frozen(
        institution,
        given.wanted(),
        players=named(players, model),
        rounds=rounds,
        seed=seed,
        on=on,
        every=every,
        shocks=[shock(each) if isinstance(each, str) else each for each in shocks],
        items=items,
        texts=texts,
        terms=terms,
        fallback=fallback,
        conduct=conduct,
        actors=given.actors,
    )
    if runs != 1:
        if log is not None:
            raise InputError("A log holds one game, not a campaign.", mend="Name a folder: to=FOLDER.")
        asked = Asked(runs, _rate("discount", discount), _rate("forgets", forgets), path)
        hands = Workers(workers, cluster or "")
        folder = None if to is None else Path(to)
        with voices(problem, complete, model_url) as heard:
            return campaign(
                problem, given, asked, workers=hands, folder=folder, progress=progress or silent, heard=heard
            )
    with listening(problem, complete, model_url, whole=False) as heard:
        return _one(problem, given, log=log, to=to, seated=seated, heard=heard, progress=progress)


def _one(
    problem: Problem,
    given: Inputs,
    *,
    log: Path | str | None,
    to: Path | str | None,
    seated: Seated | None,
    heard: Complete | None,
    progress: Progress | None,
) -> Result:
    """One game, with its log and its folder where it keeps them."""
    shelf = None if to is None else _shelved(Path(to), problem, given)
    place = Path(log) if log is not None else None if shelf is None else shelf.folder / LOG
    if place is None:
        return _played(problem, given, lambda _entry: None, seated=seated, heard=heard, progress=progress)
    if place.exists():
        raise InputError(f"{place} is there already.", mend="Go on with it: --resume; or name another file.")
    with _begun(place) as file:
        keeper = _Keeper(file, str(place))
        return _played(problem, given, keeper, seated=seated, heard=heard, progress=progress, shelf=shelf)


def resume(
    log: Path | str,
    institution: Institution | None = None,
    *,
    stakes: Stakes | str | None = None,
    to: Path | str | None = None,
    seated: Seated | None = None,
    model_url: str | None = None,
    complete: Complete | None = None,
    progress: Progress | None = None,
) -> Result:
    """Take up an interrupted game from its log: what was answered is played again, and the game goes on.

    Args:
        log: the log.
        institution: its charter; the one of that name where absent.
        stakes: its stakes, or where their file is; those of that name where absent.
        to: the folder that keeps its rounds, where one does.
        seated: gives those who answer from outside.
        model_url: the endpoint of its language models, where the log does not have all their answers.
        complete: answers for language models in the place of an endpoint.
        progress: told ``(done, total, note)`` after each round.

    Raises:
        InputError: where it is no log, or charter, stakes or program changed since.
    """
    from comity.library.institutions import load

    name, lines = str(log), _lines(Path(log))
    kept = read(lines, name)
    whole = lines[: len(lines) - 1] if kept.end or not lines[-1].endswith("\n") else lines
    law = institution or load(kept.problem.charter)
    given = wanting(inputs(law, seed=kept.problem.seed), stakes or kept.problem.stakes)
    shelf = None if to is None else _shelved(Path(to), kept.problem, given)
    done = kept.end in {"rounds", "dissolved"}
    with listening(kept.problem, complete, model_url, whole=done) as heard, _opened(Path(log), "r+") as file:
        file.truncate(len("".join(whole).encode()))
        file.seek(0, 2)
        keeper = _Keeper(file, name, [each.rstrip("\n") for each in whole])
        return _played(
            kept.problem, given, keeper, kept=kept, seated=seated, heard=heard, progress=progress, shelf=shelf
        )


def record(log: Path | str) -> Log:
    """A log, as far as it goes.

    Raises:
        InputError: where there is no such file, or it is no log.
    """
    return read(_lines(Path(log)), str(log))


def _lines(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            return list(file)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}.", mend="Name the log of a rehearsal.") from None


def _opened(path: Path, mode: Literal["x", "r+"]) -> TextIO:
    try:
        return path.open(mode, encoding="utf-8", newline="\n")
    except OSError as error:
        raise DestinationError(f"{path} cannot be written: {error.strerror}.", mend="Name another file.") from None


@contextmanager
def _begun(path: Path) -> Generator[TextIO]:
    """A new log, of which nothing is left where the game never begins."""
    try:
        with _opened(path, "x") as file:
            yield file
    finally:
        if path.is_file() and path.stat().st_size == 0:
            path.unlink()


class _Keeper:
    """Keeps the entries of a game in its log, each as soon as it comes; those that are there already must be equal."""

    def __init__(self, file: TextIO, name: str, there: Sequence[str] = ()) -> None:
        self.file, self.name, self.there = file, name, there
        self.number = 0

    def __call__(self, entry: Mapping[str, Any]) -> None:
        text, number = line(entry), self.number
        self.number += 1
        if number < len(self.there):
            if text != self.there[number]:
                what = f"{self.name}:{number + 1}: the game now goes differently than on the log."
                raise InputError(what, mend="Take the charter, the stakes and the program of that day.")
            return
        try:
            self.file.write(text + "\n")
            self.file.flush()
        except OSError as error:
            what = f"{self.name} cannot be written further: {error.strerror}. It is whole up to line {number}."
            raise DestinationError(what, mend="Make room, and go on: --resume.") from None


def _played(
    problem: Problem,
    given: Inputs,
    keep: Callable[[Mapping[str, Any]], None],
    *,
    kept: Log | None = None,
    seated: Seated | None = None,
    heard: Complete | None = None,
    progress: Progress | None = None,
    shelf: Shelf | None = None,
) -> Result:
    """One game from its first round, with what is known of it already."""
    hands: dict[str, Hand] = {
        each: nobody
        for each in given.institution.members_on(problem.start)
        if (problem.player(each).outside == "person" and seated is not None)
        or (problem.player(each).outside == "model" and (heard is not None or kept is not None))
    }
    done = kept or Log(problem, {}, ())
    table = game(
        problem, given.institution, given.wanted(), panel=given.panel, hands=hands, known=done.answers, write=keep
    )
    spoken = Consulted(table, given.wanted().stakes, given.actors, heard, known=done.exchanges)
    people: Mapping[str, Hand] = {} if seated is None else seated(table)
    table.driver.hands = {**people, **dict.fromkeys(spoken.counts, spoken)}
    keep(header(problem))

    def after(done: int, total: int, note: str) -> None:
        if shelf is not None:
            shelf.keep(table)
        if progress is not None:
            progress(done, total, note)

    return told(play(table, after), given)


def _shelved(folder: Path, problem: Problem, given: Inputs) -> Shelf:
    """The folder of a game."""
    titles = {name: issue.title for name, issue in given.wanted().stakes.issues.items()}
    return Shelf(folder, problem, titles, None if given.panel is None else given.panel.digests)


def _rate(name: str, written: Fraction | str) -> Fraction:
    """A share as it is written.

    Raises:
        InputError: where it is no number.
    """
    try:
        return exactly(str(written))
    except ValueError as error:
        raise InputError(f"{name}: {error}", mend=f"Write {name} as 3 % or 1/20.") from None
