"""``comity rehearse``: one game over many rounds, with a player in every seat, or a person in some."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from comity.cli.campaign import Many, Progress, agreed, print_campaign, resumed
from comity.cli.common import Common, codes, progress, show
from comity.kernel.errors import InputError
from comity.kernel.result import Result
from comity.model.panel import Panel
from comity.rehearsal.parts.game.brief import brief
from comity.rehearsal.parts.game.driver import Hand
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.shelf import LOG
from comity.study.rehearse import Seated

NONE = Many()


def rehearse(  # noqa: PLR0913 - one option for each choice
    charter: str = "",
    /,
    *,
    stakes: Annotated[str | None, Parameter(help="A file of stakes; the charter's own, else the shipped one.")] = None,
    rounds: Annotated[int | None, Parameter(help="How many rounds are played (20).")] = None,
    players: Annotated[
        list[str], Parameter(help="Who plays: USA=hold_out,*=concede:speed=1/2.", consume_multiple=True, negative=())
    ] = [],
    seat: Annotated[
        list[str],
        Parameter(help="One seat: JPN=human, a person here; JPN=language_model.", consume_multiple=True, negative=()),
    ] = [],
    shock: Annotated[
        list[str],
        Parameter(help="What happens: absent:USA:5, vetoes:CHN:1/10.", consume_multiple=True, negative=()),
    ] = [],
    every: Annotated[str | None, Parameter(help="The time between rounds, such as '6 months'.")] = None,
    items: Annotated[int | None, Parameter(help="How many issues a session takes (3).")] = None,
    texts: Annotated[int | None, Parameter(help="How many texts are tabled on each issue at most (3).")] = None,
    reward: Annotated[str | None, Parameter(help="Paid for each promise seen kept: '20 million USD'.")] = None,
    seed: Annotated[int | None, Parameter(help="The seed of every chance (1).")] = None,
    fallback: Annotated[
        str | None, Parameter(help="Who plays where an answer is late or not legal (reciprocate).")
    ] = None,
    model: Annotated[
        str | None, Parameter(help="The language model of seats that name none; else COMITY_MODEL.")
    ] = None,
    model_url: Annotated[
        str | None, Parameter(help="Its endpoint, such as http://localhost:11434/v1; else COMITY_MODEL_URL.")
    ] = None,
    conduct: Annotated[
        list[str],
        Parameter(help="How business is conducted: delay=2.", consume_multiple=True, negative=()),
    ] = [],
    log: Annotated[Path | None, Parameter(help="A file that keeps every answer and event as it comes.")] = None,
    resume: Annotated[
        Path | None, Parameter(help="Go on with the game on this log, or the campaign in this folder.")
    ] = None,
    many: Many = NONE,
    common: Common = Common(),
) -> None:
    """Rehearse an institution: sessions, votes, promises, verification, payment, exit, round by round.

    Ctrl-C stops the game and keeps what was played; with --log it can be taken up again.

    Parameters
    ----------
    charter
        A charter, by name or path; with --resume only where it is not found by its name.
    """
    from comity.library.figures import panel
    from comity.library.institutions import load
    from comity.study import rehearse as door

    def seated(game: Play) -> Mapping[str, Hand]:
        return _people(game, common, logged=log is not None or resume is not None)

    said = {
        "rounds": rounds, "seed": seed, "every": every, "items": items, "texts": texts, "fallback": fallback,
        "conduct": ",".join(conduct) or None,
    }  # fmt: skip
    given = {name: value for name, value in said.items() if value is not None}
    seats, world = named(players, seat), panel(figures=common.figures)
    with progress() as shown:
        started = time.perf_counter()
        told = _silent if any("human" in each for each in seats.values()) or resume else shown
        if resume is not None:
            parts = {"players": seats, "reward": reward, "shock": tuple(shock), "on": common.date}
            given |= {name: value for name, value in parts.items() if value}
            result = _resumed(
                resume, charter, many, given, stakes=stakes, world=world, log=log, model=model, model_url=model_url,
                seated=seated, shown=shown,
            )  # fmt: skip
        else:
            if not charter:
                raise InputError("No charter is named.", mend="Write comity rehearse g5.")
            result = door.rehearse(
                load(charter),
                stakes,
                world,
                players=seats,
                workers=many.workers,
                cluster=many.cluster,
                to=many.to,
                on=common.date,
                shocks=shock,
                terms={"reward": reward} if reward else None,
                log=log,
                seated=seated,
                model=model,
                model_url=model_url,
                progress=told,
                **given,
                **many.given,
                **many.experiment,
            )
    if result.kind != "rehearsal.game":
        print_campaign(result, common, many, seconds=time.perf_counter() - started, folder=resume or many.to)
        return
    show(result if common.json else _short(result), common)
    if result.values["ended"] == "interrupted":
        kept = resume or log or (many.to and many.to / LOG)
        hint = f"Go on: comity rehearse --resume {kept}" if kept else "Keep a log next time: --log FILE."
        print(f"Interrupted after {result.values['rounds']} rounds. {hint}", file=sys.stderr)
        raise SystemExit(130)


def _resumed(
    place: Path,
    charter: str,
    many: Many,
    given: Mapping[str, Any],
    *,
    stakes: str | None,
    log: Path | None,
    model: str | None,
    model_url: str | None,
    seated: Seated,
    shown: Progress,
    world: Panel,
) -> Result:
    """A game taken up again from its log, or a campaign in its folder."""
    from comity.library.institutions import load
    from comity.study import rehearse as door

    for name, much in (("--log", log), ("--model", model)):
        if much is not None:
            raise InputError(f"The game goes on in {place}; {name} is too much.", mend="Leave it out.")
    law = load(charter) if charter else None
    if place.is_dir():
        heard = partial(door.voices, complete=None, url=model_url)
        return resumed(place, law, many, given, stakes=stakes, world=world, heard=heard, progress=shown)
    if many.given or many.experiment:
        what = f"{place} is the log of one game, and --runs and its like belong to many."
        raise InputError(what, mend="Leave them out.")
    if place.exists():
        agreed(place, door.record(place).problem, given, {})
    return door.resume(place, law, stakes=stakes, to=many.to, seated=seated, model_url=model_url, progress=_silent)


def _silent(_done: int, _total: int, _note: str) -> None:
    """A person at the terminal needs no bar across it."""


def _short(result: Result) -> Result:
    """The game as a terminal shows it: its rounds and decisions; all tables are in ``--json``."""
    return replace(result, tables=tuple(brief(each) for each in result.tables if each.name in SHOWN), charts=())


SHOWN = {"rounds", "decisions", "accessions", "models"}


def named(players: list[str], seats: list[str]) -> dict[str, str]:
    """Who plays which seat.

    Raises:
        InputError: where one is named twice, or cannot be read.

    Example:
        >>> named(["USA=hold_out,*=reciprocate"], ["JPN=human"])
        {'USA': 'hold_out', '*': 'reciprocate', 'JPN': 'human'}
    """
    found: dict[str, str] = {}
    for each in (*codes(players), *codes(seats)):
        seat, sign, player = each.partition("=")
        if not sign or not seat or not player:
            raise InputError(f"'{each}' names no player of a seat.", mend="Write USA=hold_out, or *=reciprocate.")
        if seat in found:
            raise InputError(f"The seat {seat} is named twice: {found[seat]} and {player}.", mend="Name it once.")
        found[seat] = player
    return found


def _people(game: Play, common: Common, *, logged: bool) -> dict[str, Hand]:
    """Persons at this terminal, for the seats that are played by one."""
    from comity.cli.seat import Terminal
    from comity.library.actors import actors

    people = [each for each in game.members if game.problem.player(each).outside == "person"]
    terminal = Terminal(game, actors(), "zh" if common.lang == "zh" else "en", logged=logged)
    return dict.fromkeys(people, terminal)
