"""A campaign in blocks of runs: whoever plays them, in whatever order, they are gathered in the order of runs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from comity.rehearsal.parts.campaign.gathering import Sums, summed

if TYPE_CHECKING:
    from comity.solvers.campaign.arrays import Kept, Law

SIZE = 5000
"""Runs of a block; the last one may have fewer."""
Keep = Callable[[int, "Kept", Mapping[str, Any]], None]
"""Keeps a block: its number, its games, its sums."""


def number(runs: int) -> int:
    """How many blocks so many runs make.

    Example:
        >>> number(12_000)
        3
    """
    return -(-runs // SIZE)


def gathered(
    law: Law,
    runs: int,
    *,
    workers: int = 1,
    known: Callable[[int], Mapping[str, Any] | None] = lambda _block: None,
    keep: Keep | None = None,
    progress: Callable[[int, int, str], None] = lambda _done, _total, _note: None,
) -> tuple[Sums, bool]:
    """Play all blocks that are not known yet, and gather them; whether it was interrupted.

    Ctrl-C ends it after the last whole block; what was gathered until then is given back.

    Args:
        law: the institution as arrays.
        runs: how many runs.
        workers: how many blocks are played at once; the numbers do not depend on it.
        known: the sums of a block that was played before, else None.
        keep: is given each block that was played, in order.
        progress: told ``(runs done, runs, note)`` after each block.
    """
    from comity.solvers.campaign.playing import block

    def played(each: int) -> tuple[Kept | None, Mapping[str, Any]]:
        sums = known(each)
        if sums is not None:
            return None, sums
        kept = block(law, each * SIZE, min(SIZE, runs - each * SIZE))
        return kept, summed(kept)

    sums, waiting = Sums(), deque[Future[tuple["Kept | None", Mapping[str, Any]]]]()
    pool = ThreadPoolExecutor(workers)
    ahead = iter(range(number(runs)))
    try:
        for each in range(number(runs)):
            while len(waiting) < 2 * workers and (following := next(ahead, None)) is not None:
                waiting.append(pool.submit(played, following))
            kept, found = waiting.popleft().result()
            if keep is not None and kept is not None:
                keep(each, kept, found)
            sums.add(found)
            progress(min((each + 1) * SIZE, runs), runs, "")
    except KeyboardInterrupt:
        return sums, True
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return sums, False
