"""Runs on the law engine: for players that no table describes, and for charters that cannot be compiled.

A run is the game of ``rehearsal.game`` with that number, played by this process or another one, and counted as
compiled games are, so that one code gathers both.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from comity.model.grounds import Grounds
from comity.model.institution import Institution
from comity.model.panel import Panel
from comity.rehearsal.parts.campaign import blocks
from comity.rehearsal.parts.campaign.blocks import Progress, silent
from comity.rehearsal.parts.campaign.counted import counted
from comity.rehearsal.parts.campaign.gathering import Sums, summed
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.problem import Problem
from comity.rehearsal.parts.game.rounds import play as play_game
from comity.rehearsal.parts.game.setting_up import game
from comity.rehearsal.parts.workers.blocks import Arrays, Block, Store
from comity.rehearsal.parts.workers.playing import Workers, playing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from comity.solvers.campaign.arrays import Kept

    Array = NDArray[Any]

SIZE = 1
"""One run is a block: each that is finished is kept."""
PICKLED = b"\x80"
"""With this such a problem begins; a compiled one is an archive of arrays."""


@dataclass(frozen=True)
class Staged:
    """Everything that a run on the law engine follows from.

    Attributes:
        problem: the frozen problem.
        institution: its charter.
        grounds: its stakes.
        panel: the figures that contributions follow.
        forgets: the share of what it has seen that a member forgets each round.
        discount: the yearly rate at which money is discounted.
        logs: the folder that keeps the logs of language models; none where empty.
        url: where their endpoint is.
    """

    problem: Problem
    institution: Institution
    grounds: Grounds
    panel: Panel | None
    forgets: Fraction
    discount: Fraction
    logs: str = ""
    url: str = ""

    def packed(self) -> bytes:
        """As bytes, for other processes of this program."""
        return pickle.dumps(self, protocol=5)

    def of(self, run: int) -> Problem:
        """The problem of one run."""
        return self.problem.model_copy(update={"run": run})


class Bounds(NamedTuple):
    """What figures of a campaign need to know of the institution beside the sums, as compiled games have it.

    Attributes:
        needed: by issue, the least share of its good; -1 where it provides none.
        bins: between which sums the chart of gains lies.
        budget: empty where nothing is paid.
    """

    needed: Array
    bins: Array
    budget: Array


@lru_cache(maxsize=2)
def opened(problem: bytes) -> Staged:
    """What this program packed itself, here or for a worker of its own."""
    found: Staged = pickle.loads(problem)  # noqa: S301 - the bytes come from :meth:`Staged.packed`, never from a file
    return found


def block(problem: bytes, first: int, count: int) -> dict[str, Array]:
    """Games ``first`` to ``first + count - 1``, one after the other on the law engine.

    Raises:
        KeyboardInterrupt: where the user interrupts; a game that was not ended is no run.
    """
    import numpy as np

    staged, games = opened(problem), list[dict[str, "Array"]]()
    for run in range(first, first + count):
        table = game(staged.of(run), staged.institution, staged.grounds, panel=staged.panel)
        games.append(ended(table, staged))
    return {name: np.concatenate([each[name] for each in games]) for name in games[0]}


def ended(table: Play, staged: Staged) -> dict[str, Array]:
    """A game played to its end, counted.

    Raises:
        KeyboardInterrupt: where it was interrupted.
    """
    members, clauses = table.members, list(table.driver.state.law.clauses)
    if play_game(table, silent).ended == "interrupted":
        raise KeyboardInterrupt
    return counted(table, members, clauses, forgets=staged.forgets, discount=staged.discount)


def kept_of(games: list[Arrays]) -> Kept:
    """Runs one after the other as compiled games keep them; the tally of gains is filled in afterwards."""
    import numpy as np

    from comity.solvers.campaign.arrays import Kept
    from comity.solvers.campaign.playing import BINS

    fields = {name: np.concatenate([each[name] for each in games]) for name in games[0] if name != "total"}
    for name in ("rounds", "staying"):
        fields[name] = fields[name].sum(axis=0)
    return Kept(**fields, fan=np.zeros((len(fields["rounds"]), BINS), np.int64))


def gathered_games(
    problem: bytes,
    runs: int,
    *,
    played_by: Block = block,
    workers: Workers | None = None,
    store: Store | None = None,
    progress: Progress = silent,
    batch: Callable[[int, Kept], None] | None = None,
) -> tuple[Sums, Array, bool]:
    """Play all runs on the law engine and gather them; the sums of gains by round, and whether it was interrupted.

    Args:
        problem: what :meth:`Staged.packed` gave.
        runs: how many runs.
        played_by: plays a block.
        workers: who plays.
        store: keeps each run as it comes.
        progress: told ``(runs done, runs, note)`` after each run.
        batch: is given every so many runs, with the number of the first of them.
    """
    import numpy as np

    sums, totals, games, stopped = Sums(), list[Any](), list[Arrays](), False

    def add() -> None:
        if not games:
            return
        kept = kept_of(games)
        if batch is not None:
            batch(sums.runs, kept)
        sums.add(summed(kept))
        games.clear()

    def take(_first: int, arrays: Arrays) -> None:
        games.append(arrays)
        totals.append(arrays["total"])
        if len(games) == blocks.SIZE:
            add()

    stopped = playing(played_by, problem, runs, workers or Workers(), size=SIZE, store=store, take=take, told=progress)
    add()
    whole = np.concatenate(totals) if totals else np.zeros((0, 1))
    return sums, whole, stopped


def bounded(table: Play, sums: Sums, totals: Array) -> Bounds:
    """The bounds of the chart of gains, drawn around what was seen; the tally of the sums is filled in.

    Args:
        table: a game before its first round.
        sums: what was gathered.
        totals: by run and round, the sum of all net gains so far.
    """
    import numpy as np

    from comity.solvers.campaign.playing import BINS

    goods = [topic.good for topic in table.topics.values()]
    needed = np.array([-1.0 if good is None else float(good.needed) for good in goods])
    law = table.driver.state.law
    paid = table.problem.terms.reward is not None or any(each.reward is not None for each in law.clauses.values())
    bins = np.zeros(2)
    if (needed >= 0).any() and np.isfinite(totals).any():
        low, high = float(np.nanmin(totals)), float(np.nanmax(totals))
        bins = np.array([low, high if high > low else low + 1.0])
        for round_ in range(1, totals.shape[1]):
            seen = totals[:, round_][np.isfinite(totals[:, round_])]
            spots = ((seen - bins[0]) / (bins[1] - bins[0]) * BINS).astype(np.int64)
            sums.of["fan"][round_] = np.bincount(np.clip(spots, 0, BINS - 1), minlength=BINS)
    return Bounds(needed, bins, np.ones(1 if paid else 0))
