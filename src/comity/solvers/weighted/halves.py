"""Meet in the middle: two halves of the members, each with all its coalitions sorted, counted against each other.

It takes a rule that asks one weight of a coalition, and whose demand may depend on the coalition's size: so it covers
"15 states and 65 % of the people, or 24 states" as well as any single weighted vote. Counts are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from comity.solvers.game import Formula
from comity.solvers.simple import LARGEST, Simple

MOST = 44
"""The most members, zero weights and all, that are counted this way."""
CHUNK = 2**16


def demands(game: Simple) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """One weight a member, and by size what a coalition needs of it; None where two weights rule.

    Example:
        >>> from comity.solvers.simple import simplified
        >>> rule = simplified("ABC", [(1, 1, 1), (5, 3, 2)], [2, 8], ("and", (0, 1)))
        >>> demands(rule)
        ((5, 3, 2), (11, 11, 8, 8))
    """
    uneven = {row for row in game.rows if len(set(row)) > 1}
    if len(uneven) > 1 or len(game.members) > MOST:
        return None
    row = uneven.pop() if uneven else game.rows[0] if game.rows else (1,) * len(game.members)
    above = sum(row) + 1
    if above >= LARGEST:
        return None

    def need(formula: Formula, size: int) -> int:
        if isinstance(formula, int):
            if game.rows[formula] == row:
                return game.needs[formula]
            return 0 if game.rows[formula][0] * size >= game.needs[formula] else above
        word, parts = formula
        found = [need(part, size) for part in parts]
        return max(found, default=0) if word == "and" else min(found, default=above)

    return row, tuple(min(need(game.formula, size), above) for size in range(len(game.members) + 1))


@dataclass(frozen=True)
class _Half:
    """Coalitions of half the members by size: sorted sums, and for each sum who is in."""

    sums: list[NDArray[np.int64]]
    inside: list[NDArray[np.int64]]


def counted(weights: Sequence[int], needs: Sequence[int]) -> tuple[list[int], list[list[int]]]:
    """Winning coalitions by size, and for each member those by size that contain it.

    Example:
        >>> counted([3, 2, 1], [7, 4, 4, 4])
        ([0, 0, 2, 1], [[0, 0, 2, 1], [0, 0, 1, 1], [0, 0, 1, 1]])
    """
    n = len(weights)
    order = sorted(range(n), key=lambda member: weights[member])
    sides = order[0::2], order[1::2]
    first, second = (_half([weights[member] for member in side]) for side in sides)
    totals = [0] * (n + 1)
    held = [[0] * (n + 1) for _ in weights]
    for here, there, side, counting in ((first, second, sides[0], True), (second, first, sides[1], False)):
        for size, sums in enumerate(here.sums):
            matches = _matches(sums, there, needs[size:])
            with_each = _containing(matches, here.inside[size], len(side))
            for more in range(len(there.sums)):
                if counting:
                    totals[size + more] += int(matches[more].sum())
                for place, member in enumerate(side):
                    held[member][size + more] += int(with_each[more, place])
    return totals, held


def _half(weights: Sequence[int]) -> _Half:
    sums, masks = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    sizes = np.zeros(1, dtype=np.int64)
    for place, weight in enumerate(weights):
        sums = np.concatenate((sums, sums + weight))
        masks = np.concatenate((masks, masks | (1 << place)))
        sizes = np.concatenate((sizes, sizes + 1))
    order = np.lexsort((sums, sizes))
    cuts = np.cumsum([comb(len(weights), size) for size in range(len(weights))])
    return _Half(np.split(sums[order], cuts), np.split(masks[order], cuts))


def _matches(sums: NDArray[np.int64], there: _Half, needs: Sequence[int]) -> NDArray[np.int64]:
    """For each size over there, how many of its coalitions win together with each one here."""
    found = np.empty((len(there.sums), len(sums)), dtype=np.int64)
    for size, (others, need) in enumerate(zip(there.sums, needs[: len(there.sums)], strict=True)):
        found[size] = len(others) - np.searchsorted(others, need - sums)
    return found


def _containing(matches: NDArray[np.int64], inside: NDArray[np.int64], members: int) -> NDArray[np.float64]:
    """Matches summed over the coalitions with each member: below ``2**53``, so exact in doubles."""
    total = np.zeros((len(matches), members))
    places = np.arange(members)
    for at in range(0, len(inside), CHUNK):
        bits = (inside[at : at + CHUNK, None] >> places & 1).astype(np.float64)
        total += matches[:, at : at + CHUNK].astype(np.float64) @ bits
    return total
