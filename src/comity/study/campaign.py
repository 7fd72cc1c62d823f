"""Playing a campaign, with a folder that keeps every block as it comes, and taking one up again."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, get_args

from comity.kernel.canonical import digest, dumps, plain
from comity.kernel.errors import Cancelled, DestinationError, InputError, UnknownName
from comity.kernel.result import Result, Text
from comity.model.analysis import Inputs
from comity.model.institution import Institution
from comity.model.panel import Panel
from comity.model.stakes import Stakes
from comity.rehearsal.campaign import told
from comity.rehearsal.parts.campaign.blocks import SIZE, Progress, gathered, kept_of, silent
from comity.rehearsal.parts.campaign.engine import Staged, block, bounded, gathered_games
from comity.rehearsal.parts.campaign.figures import Found
from comity.rehearsal.parts.campaign.gathering import Sums, read, series, written
from comity.rehearsal.parts.campaign.paths import Path, way
from comity.rehearsal.parts.game.log import header, line
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.problem import Problem
from comity.rehearsal.parts.game.rounds import play
from comity.rehearsal.parts.game.setting_up import game
from comity.rehearsal.parts.workers.blocks import Arrays, Job
from comity.rehearsal.parts.workers.folder import Folder, whole
from comity.rehearsal.parts.workers.playing import Workers
from comity.study.ask import inputs, wanting
from comity.study.listening import Heard, nobody, outside

if TYPE_CHECKING:
    import polars as pl

HEAD = "campaign.json"
GAMES, LOGS = "games", "logs"
"""Folders within that of a campaign: its runs on the law engine, and the logs of language models."""
NOTHING = "The campaign was interrupted before its first block."


@dataclass(frozen=True)
class Asked:
    """How a campaign is played and counted, beside what is rehearsed.

    Attributes:
        runs: how many games.
        discount: the yearly rate at which money is discounted to the first round.
        forgets: the share of what it has seen that a member forgets each round.
        path: who plays: compiled games, the law engine, or whichever is possible.
    """

    runs: int
    discount: Fraction = Fraction(3, 100)
    forgets: Fraction = Fraction(0)
    path: Path = "any"

    def __post_init__(self) -> None:
        if not 2 <= self.runs <= 2**31:
            raise InputError(f"{self.runs} runs make no campaign.", mend="Give from 2 to 2,147,483,648 runs.")
        for name in ("discount", "forgets"):
            if not 0 <= getattr(self, name) <= 1:
                told = f"{name}: {getattr(self, name)} is not from 0 to 1."
                raise InputError(told, mend=f"Write {name} as 3 % or 1/20.")
        if self.path not in get_args(Path):
            raise UnknownName("path", self.path, list(get_args(Path)))


def campaign(
    problem: Problem,
    given: Inputs,
    asked: Asked,
    *,
    workers: Workers,
    folder: FilePath | None = None,
    progress: Progress = silent,
    heard: Heard | None = None,
) -> Result:
    """Play very many games of a frozen problem.

    Args:
        problem: what is rehearsed.
        given: charter, stakes and figures.
        asked: how many games, and how they are played and counted.
        workers: who plays; the result does not depend on it.
        folder: keeps every block as it comes, and a typical and the worst run as logs; a campaign that was interrupted
            goes on in it.
        progress: told ``(done, total, note)`` after each block.
        heard: who answers for language models.

    Raises:
        InputError: where the folder holds another campaign, or a person would have to play it.
        NotComputable: where compiled games are asked for, and cannot be; where nobody answers for a cluster.
        DestinationError: where the folder cannot be written; the blocks that it holds already are whole.
    """
    people = [each for each in given.institution.members_on(problem.start) if problem.player(each).outside == "person"]
    if people:
        what = f"A person cannot play {asked.runs:,} games, and {', '.join(people)} would have to."
        raise InputError(what, mend="Play one game: --runs 1; or name another player.")
    models = outside(problem, given)
    if models and workers.cluster:
        what = f"Language models ({', '.join(models)}) are asked from this machine, not from a cluster."
        raise InputError(what, mend="Play here: --workers N.")
    answered = heard is not None and (heard.url or heard.complete or (folder is not None and (folder / LOGS).is_dir()))
    table = game(
        problem,
        given.institution,
        given.wanted(),
        panel=given.panel,
        hands=dict.fromkeys(models if answered else (), nobody),
    )
    law = way(table, asked.path, forgets=asked.forgets, discount=asked.discount)
    kept = None if folder is None else Kept(folder, problem, given, asked)
    if isinstance(law, Text):
        return _games(table, given, asked, law, workers=workers, kept=kept, progress=progress, heard=heard)
    hands = workers if workers.cluster else replace(workers, threads=True)
    store = None if kept is None else Shelf(kept, table)
    sums, stopped = gathered(law, asked.runs, workers=hands, store=store, progress=progress)
    _some(sums, kept)
    found = Found(table, law, sums, asked.runs)
    checked = None if stopped or kept is None else kept.stories(found, given)
    return told(found, given, checked=checked)


def _games(
    table: Play,
    given: Inputs,
    asked: Asked,
    why: Text,
    *,
    workers: Workers,
    kept: Kept | None,
    progress: Progress,
    heard: Heard | None,
) -> Result:
    """A campaign on the law engine, game after game."""
    logs = "" if kept is None or heard is None else str(kept.inside(LOGS))
    staged = Staged(
        table.problem, given.institution, given.wanted(), given.panel, asked.forgets, asked.discount, logs,
        "" if heard is None else heard.url,
    )  # fmt: skip
    store = None if kept is None else Folder(kept.inside(GAMES), kept.digest, {"runs": asked.runs})
    names = _names(table)

    def batch(first: int, some: Any) -> None:
        if kept is not None:
            kept.put(f"runs-{first // SIZE:06d}.parquet", series(some, first, names))

    sums, totals, stopped = gathered_games(
        staged.packed(), asked.runs, played_by=block if heard is None else heard.block, workers=workers, store=store,
        progress=progress, batch=batch,
    )  # fmt: skip
    _some(sums, kept)
    found = Found(table, bounded(table, sums, totals), sums, asked.runs)
    again = stopped or kept is None or heard is not None
    return told(found, given, checked=None if again or kept is None else kept.stories(found, given), why=why)


def _some(sums: Sums, kept: Kept | None) -> None:
    if not sums.runs:
        raise Cancelled(NOTHING, mend="Run it again." if kept is None else f"Go on: --resume {kept.folder}")


def _names(table: Play) -> tuple[list[str], list[str], list[str]]:
    return list(table.topics), list(table.driver.state.law.clauses), list(table.members)


@dataclass(frozen=True)
class Saved:
    """What the head of a campaign's folder says: what is rehearsed, how, and on which figures."""

    problem: Problem
    asked: Asked
    figures: Mapping[str, str]


def saved(folder: FilePath) -> Saved:
    """The campaign that a folder holds.

    Raises:
        InputError: where it holds none.
    """
    try:
        head = json.loads((folder / HEAD).read_text("utf-8"))
        asked = Asked(int(head["runs"]), Fraction(head["discount"]), Fraction(head["forgets"]), head["path"])
        return Saved(Problem.model_validate(head["problem"]), asked, dict(head["figures"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        why = error.strerror if isinstance(error, OSError) else f"its {HEAD} cannot be read"
        raise InputError(f"{folder} holds no campaign: {why}.", mend="Name the folder given with --to.") from None


def resume(
    folder: FilePath,
    institution: Institution | None = None,
    *,
    stakes: Stakes | str | None = None,
    world: Panel | None = None,
    workers: Workers | int = 1,
    progress: Progress = silent,
    heard: Callable[[Problem], AbstractContextManager[Heard | None]] | None = None,
) -> Result:
    """Take up an interrupted campaign: what was played is read, the rest is played, the result is the same.

    Everything that the result follows from is taken from the folder: runs, rounds, players, seed, shocks, discount.

    Args:
        folder: the folder of the campaign.
        institution: its charter; the one of that name where absent.
        stakes: its stakes, or where their file is; those of that name where absent.
        world: its figures; the shipped ones where absent.
        workers: who plays, or how many workers here.
        progress: told ``(done, total, note)`` after each block.
        heard: gives who answers for language models.

    Raises:
        InputError: where it is no folder of a campaign, or charter, stakes or figures changed since.
    """
    from comity.library.institutions import load

    head = saved(folder)
    body = institution or load(head.problem.charter)
    given = wanting(inputs(body, world, on=head.problem.start, seed=head.problem.seed), stakes or head.problem.stakes)
    hands = Workers(workers) if isinstance(workers, int) else workers
    with nullcontext(None) if heard is None else heard(head.problem) as voice:
        return campaign(
            head.problem, given, head.asked, workers=hands, folder=folder, progress=progress, heard=voice
        )  # fmt: skip


class Kept:
    """The folder of a campaign: what is played once, before anything else, and what comes of it.

    Args:
        folder: where it is kept.
        problem: what is rehearsed.
        given: charter, stakes and figures.
        asked: how it is played and counted.

    Raises:
        InputError: where it holds another campaign.
        DestinationError: where it cannot be written.
    """

    def __init__(self, folder: FilePath, problem: Problem, given: Inputs, asked: Asked) -> None:
        self.folder = folder
        figures = {} if given.panel is None else dict(given.panel.digests)
        how = {"runs": asked.runs, "discount": asked.discount, "forgets": asked.forgets, "path": asked.path}
        head = plain({"comity": 1, "kind": "campaign", "block": SIZE, **how, "figures": figures, "problem": problem})
        self.digest = digest(head)
        place = folder / HEAD
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not place.exists():
                whole(place, (dumps(head) + "\n").encode())
            held = json.loads(place.read_text("utf-8"))
        except OSError as error:
            raise DestinationError(f"{folder} cannot be written: {error.strerror}.", mend="Name another.") from None
        except ValueError:
            raise InputError(f"{folder} holds no campaign.", mend="Name an empty folder.") from None
        self._same(held, json.loads(dumps(head)))

    def _same(self, held: Mapping[str, Any], head: Mapping[str, Any]) -> None:
        """Whether the folder holds this very campaign; else what differs."""
        parts: dict[str, Any] = {**held, **held.get("problem", {})} if "problem" in held else {}
        mine = {**head, **head["problem"]}
        if odd := [name for name in mine if name != "problem" and parts.get(name) != mine[name]]:
            first = [f"{name} ({_short(parts.get(name))}, not {_short(mine[name])})" for name in odd[:3]]
            what = f"{self.folder} holds another campaign: {', '.join(first)}."
            raise InputError(what, mend=f"Name an empty folder, or go on as it is: --resume {self.folder}")

    def inside(self, name: str) -> FilePath:
        """A folder within it."""
        return self.folder / name

    def put(self, name: str, frame: pl.DataFrame) -> None:
        """Keep a table.

        Raises:
            DestinationError: where it cannot be written; what is there already is whole.
        """
        held = io.BytesIO()
        frame.write_parquet(held)
        self.write(name, held.getvalue())

    def write(self, name: str, data: bytes) -> None:
        """Keep a file, whole or not at all.

        Raises:
            DestinationError: where it cannot be written.
        """
        try:
            whole(self.folder / name, data)
        except OSError as error:
            what = f"{self.folder} cannot be written further: {error.strerror}. The runs in it are whole."
            raise DestinationError(what, mend=f"Make room, and go on: --resume {self.folder}") from None

    def stories(self, found: Found, given: Inputs) -> Text:
        """A typical run and the worst one, played again on the law engine and kept as logs; whether they agree."""
        agree: list[str] = []
        for word, run in found.notable().items():
            problem = found.game.problem.model_copy(update={"run": run})
            lines = [line(header(problem))]
            table = game(
                problem, given.institution, given.wanted(), panel=given.panel,
                write=lambda entry, lines=lines: lines.append(line(entry)),
            )  # fmt: skip
            played = play(table, silent)
            self.write(f"{word}.jsonl", ("\n".join(lines) + "\n").encode())
            agree.append(self._differs(found, run, played.stands))
        odd = [each for each in agree if each]
        if odd:
            raise InputError(f"The compiled run is not the one on the law engine: {'; '.join(odd)}.", mend="Report it.")
        return Text(
            "A typical run and the worst one were played again on the law engine with the same texts adopted; their "
            "logs lie in the folder.",
            "典型推演与最差推演已在规则引擎上重演，通过的案文完全一致；其记录存于文件夹中。",
        )

    def _differs(self, found: Found, run: int, stands: Mapping[str, Fraction]) -> str:
        import polars as pl

        row = pl.read_parquet(self.folder / f"runs-{run // SIZE:06d}.parquet").row(run % SIZE, named=True)
        for issue in found.issues:
            text, law = row[f"text.{issue}"], stands.get(issue)
            if text != (None if law is None else float(law)):
                return f"run {run}, {issue}: {text} and {law}"
        return ""


class Shelf:
    """Blocks of compiled games in a folder: the runs and the sums of each in Parquet, the sums last.

    Args:
        kept: the folder.
        table: a game before its first round.
    """

    def __init__(self, kept: Kept, table: Play) -> None:
        self.kept, self.names = kept, _names(table)

    def __contains__(self, job: Job) -> bool:
        return self._sums(job).exists()

    def read(self, job: Job) -> Arrays | None:
        """The sums of a block that was played before; None where they are not whole."""
        import polars as pl

        try:
            found = read(pl.read_parquet(self._sums(job)))
        except (OSError, pl.exceptions.PolarsError):
            return None
        return found if "runs" in found and int(found["runs"][0]) == job.count else None

    def keep(self, job: Job, arrays: Arrays) -> None:
        """Keep a block: its sums last, so that a block whose sums are there is whole."""
        sums = {name: each for name, each in arrays.items() if not name.startswith("kept.")}
        self.kept.put(f"runs-{job.number:06d}.parquet", series(kept_of(arrays), job.first, self.names))
        self.kept.put(self._sums(job).name, written(sums))

    def _sums(self, job: Job) -> FilePath:
        return self.kept.folder / f"sums-{job.number:06d}.parquet"


def _short(value: Any) -> str:
    said = str(value)
    return said if len(said) <= 40 else f"{said[:36]} ..."
