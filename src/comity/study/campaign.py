"""Playing a campaign, with a folder that keeps every block as it comes, and taking one up again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.kernel.canonical import dumps, plain
from comity.kernel.errors import DestinationError, InputError
from comity.kernel.result import Result, Text
from comity.model.analysis import Inputs
from comity.model.institution import Institution
from comity.model.stakes import Stakes
from comity.rehearsal.campaign import compiled, told
from comity.rehearsal.parts.campaign.blocks import SIZE, gathered
from comity.rehearsal.parts.campaign.figures import Found
from comity.rehearsal.parts.campaign.gathering import read, series, written
from comity.rehearsal.parts.game.log import header, line
from comity.rehearsal.parts.game.problem import Problem
from comity.rehearsal.parts.game.rounds import play
from comity.rehearsal.parts.game.setting_up import game
from comity.study.ask import inputs, wanting

if TYPE_CHECKING:
    from comity.solvers.campaign.arrays import Kept

Progress = Callable[[int, int, str], None]
HEAD = "campaign.json"


def campaign(
    problem: Problem,
    given: Inputs,
    runs: int,
    *,
    workers: int = 1,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Result:
    """Play very many games of a frozen problem.

    Args:
        problem: what is rehearsed.
        given: charter, stakes and figures.
        runs: how many games.
        workers: how many blocks of games are played at once; the result does not depend on it.
        folder: keeps every block as it comes, and a typical and the worst run as logs; a campaign that was interrupted
            goes on in it.
        progress: told ``(done, total, note)`` after each block.

    Raises:
        InputError: where the folder holds another campaign.
        DestinationError: where it cannot be written; the blocks that it holds already are whole.
    """
    if runs < 2 or workers < 1:
        raise InputError(f"{runs} runs by {workers} workers cannot be.", mend="Give at least 2 runs and 1 worker.")
    table = game(problem, given.institution, given.wanted(), panel=given.panel)
    law = compiled(table)
    told_ = progress or _silent
    if folder is None:
        sums, _ = gathered(law, runs, workers=workers, progress=told_)
        if not sums.runs:
            raise InputError("The campaign was interrupted before its first block.", mend="Run it again.")
        return told(Found(table, law, sums, runs), given)
    shelf = Shelf(folder, problem, runs)
    names = (list(table.topics), list(table.driver.state.law.clauses), list(table.members))

    def keep(block: int, kept: Kept, sums: Mapping[str, Any]) -> None:
        shelf.put(block, {"runs": series(kept, block * SIZE, names), "sums": written(sums)})

    sums, stopped = gathered(law, runs, workers=workers, known=shelf.known, keep=keep, progress=told_)
    found = Found(table, law, sums, runs)
    if not sums.runs:
        raise InputError("The campaign was interrupted before its first block.", mend=f"--resume {folder}")
    checked = None if stopped else shelf.stories(found, given)
    return told(found, given, checked=checked)


def resume(
    folder: Path,
    institution: Institution | None = None,
    *,
    stakes: Stakes | str | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Result:
    """Take up an interrupted campaign: what was played is read, the rest is played, the result is the same.

    Args:
        folder: the folder of the campaign.
        institution: its charter; the one of that name where absent.
        stakes: its stakes, or where their file is; those of that name where absent.
        workers: how many blocks are played at once.
        progress: told ``(done, total, note)`` after each block.

    Raises:
        InputError: where it is no folder of a campaign, or charter or stakes changed since.
    """
    from comity.library.institutions import load

    try:
        head = json.loads((folder / HEAD).read_text("utf-8"))
        problem = Problem.model_validate(head["problem"])
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{folder} holds no campaign: {error}.", mend="Name the folder given with --to.") from None
    body = institution or load(problem.charter)
    given = wanting(inputs(body, seed=problem.seed), stakes or problem.stakes)
    return campaign(problem, given, int(head["runs"]), workers=workers, folder=folder, progress=progress)


def _silent(_done: int, _total: int, _note: str) -> None:
    """No progress is shown."""


class Shelf:
    """The folder of a campaign: what is played once, and each block's runs and sums in Parquet."""

    def __init__(self, folder: Path, problem: Problem, runs: int) -> None:
        self.folder = folder
        head = dumps(plain({"comity": 1, "kind": "campaign", "runs": runs, "block": SIZE, "problem": problem}))
        place = folder / HEAD
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not place.exists():
                place.write_text(head + "\n", "utf-8")
        except OSError as error:
            raise DestinationError(f"{folder} cannot be written: {error.strerror}.", mend="Name another.") from None
        if place.read_text("utf-8").strip() != head:
            raise InputError(f"{folder} holds another campaign.", mend="Name an empty folder, or --resume it as it is.")

    def put(self, block: int, frames: Mapping[str, Any]) -> None:
        """Keep a block: its sums last, so that a block whose sums are there is whole."""
        try:
            for name, frame in frames.items():
                place = self.folder / f"{name}-{block:06d}.parquet"
                part = place.with_suffix(".part")
                frame.write_parquet(part)
                part.replace(place)
        except OSError as error:
            what = f"{self.folder} cannot be written further: {error}. It is whole up to block {block}."
            raise DestinationError(what, mend=f"Make room, and go on: --resume {self.folder}") from None

    def known(self, block: int) -> Mapping[str, Any] | None:
        """The sums of a block that was played before."""
        import polars as pl

        place = self.folder / f"sums-{block:06d}.parquet"
        return read(pl.read_parquet(place)) if place.exists() else None

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
            played = play(table, lambda _done, _total, _note: None)
            (self.folder / f"{word}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
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
