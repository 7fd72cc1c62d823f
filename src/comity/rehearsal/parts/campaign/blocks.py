"""A campaign in blocks of runs: whoever plays them, in whatever order, they are gathered in the order of runs."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from comity.rehearsal.parts.campaign.gathering import Sums, summed
from comity.rehearsal.parts.workers.blocks import Arrays, Store
from comity.rehearsal.parts.workers.playing import Workers, playing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from comity.solvers.campaign.arrays import Kept, Law

    Array = NDArray[Any]

SIZE = 5000
"""Runs that are summed together, the last ones may be fewer; compiled games are played so many at a time."""
KEPT = "kept."
"""So begin the names of what is kept run by run, beside the sums."""
Progress = Callable[[int, int, str], None]


def silent(_done: int, _total: int, _note: str) -> None:
    """No progress is shown."""


def packed(law: Law) -> bytes:
    """An institution as arrays in one archive; the same bytes for the same arrays."""
    import numpy as np

    held = io.BytesIO()
    np.savez_compressed(held, allow_pickle=False, **{name: np.asarray(each) for name, each in law._asdict().items()})
    return held.getvalue()


@lru_cache(maxsize=4)
def opened(problem: bytes) -> Law:
    """The institution that :func:`packed` wrote."""
    import numpy as np

    from comity.solvers.campaign.arrays import Law

    with np.load(io.BytesIO(problem), allow_pickle=False) as held:
        found: dict[str, Any] = {name: held[name] if held[name].ndim else int(held[name]) for name in held.files}
    return Law(**found)


def block(problem: bytes, first: int, count: int) -> dict[str, Array]:
    """The sums over some compiled games.

    Args:
        problem: what :func:`packed` gave.
        first: the number of the first game.
        count: how many.
    """
    from comity.solvers.campaign.playing import block as games

    return summed(games(opened(problem), first, count))


def whole_block(problem: bytes, first: int, count: int) -> dict[str, Array]:
    """The same with what is kept run by run, for a folder."""
    from comity.solvers.campaign.playing import block as games

    kept = games(opened(problem), first, count)
    return {**summed(kept), **{KEPT + name: each for name, each in kept._asdict().items()}}


def kept_of(arrays: Arrays) -> Kept:
    """What :func:`whole_block` kept run by run."""
    from comity.solvers.campaign.arrays import Kept

    return Kept(**{name: arrays[KEPT + name] for name in Kept._fields})


def gathered(
    law: Law,
    runs: int,
    *,
    workers: Workers | int = 1,
    store: Store | None = None,
    progress: Progress = silent,
) -> tuple[Sums, bool]:
    """Play all blocks that are not kept yet, and gather them; whether it was interrupted.

    Ctrl-C ends it after the last whole block; what was gathered until then is given back.

    Args:
        law: the institution as arrays.
        runs: how many runs.
        workers: who plays, or how many threads; the numbers do not depend on it.
        store: keeps each block that was played, with its runs.
        progress: told ``(runs done, runs, note)`` after each block.
    """
    sums = Sums()
    hands = Workers(workers, threads=True) if isinstance(workers, int) else workers

    def take(_first: int, arrays: Arrays) -> None:
        sums.add({name: each for name, each in arrays.items() if not name.startswith(KEPT)})

    plays = block if store is None else whole_block
    stopped = playing(plays, packed(law), runs, hands, size=SIZE, store=store, take=take, told=progress)
    return sums, stopped
