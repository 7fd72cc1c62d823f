"""Coalitions by the members they cannot spare: what the indices of Johnston, Deegan, Packel and Holler are made of.

A member is *critical* for a winning coalition that would lose without it; a coalition is *minimal* when all its members
are. Both are counted exactly, by member and number: in one look at every kind of coalition where these are few, else,
for a rule of one weighted condition, by sums of weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, repeat
from math import prod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.solvers.simple import LARGEST, Simple, halves, winning

AT_ONCE = 2**18
"""Up to this many kinds of coalition are looked at rather than counted by weights."""
KINDS = 2**24
"""The most kinds of coalition that are looked at: 24 members that all differ, hundreds that are alike."""
BITS = 2 * 10**9
"""The most bits that counting by weights may hold."""

Polynomial: TypeAlias = int
"""Counts by number of members, one after the other in one long whole number."""


@dataclass(frozen=True)
class Counts:
    """Winning coalitions by the members they cannot spare.

    Attributes:
        members: the names of the members.
        critical: for each member, and each ``k`` from 0, the winning coalitions with exactly ``k`` critical members of
            which it is one.
        minimal: for each member, and each size from 0, the minimal winning coalitions of that size that contain it.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> found = count(weighted([2, 1, 1], quota=3, members="ABC"))
        >>> found.critical[0], found.minimal[0]
        ((0, 1, 2, 0), (0, 0, 2, 0))
    """

    members: tuple[str, ...]
    critical: tuple[tuple[int, ...], ...]
    minimal: tuple[tuple[int, ...], ...]


def count(game: Simple) -> Counts:
    """The coalitions of a game by the members they cannot spare.

    Args:
        game: the game of coalitions.

    Raises:
        ValueError: where the game is too large, with its size.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> sum(count(weighted([1] * 193, quota=129)).minimal[0]) == __import__("math").comb(192, 128)
        True
    """
    fits = all(sum(row) < LARGEST for row in game.rows) and game.is_small
    if fits and game.kinds <= AT_ONCE:
        return _by_table(game)
    if game.single and _bits(game) <= BITS:
        return _by_weights(game, *game.single)
    if fits and game.kinds <= KINDS:
        return _by_table(game)
    raise ValueError(_refusal(game))


def _refusal(game: Simple) -> str:
    tail = f" Counting by weights would hold {float(_bits(game)):.3g} bits; the limit is {BITS:.0e}."
    return (
        f"The critical members of this rule's coalitions cannot be counted exactly: {len(game.members)} members in "
        f"{len(game.classes)} classes make {float(game.kinds):.3g} kinds of coalition, and the limit is {KINDS:,}."
        f"{tail if game.single else ''}"
    )


def _spread(game: Simple, by_class: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """From coalitions times members of each class to coalitions of each member."""
    found: list[tuple[int, ...]] = [()] * len(game.members)
    for positions, counts in zip(game.classes, by_class, strict=True):
        for position in positions:
            found[position] = tuple(each // len(positions) for each in counts)
    return tuple(found)


class _Table:
    """Every kind of coalition, one half's kinds down and the other's across, in their natural order."""

    def __init__(self, game: Simple) -> None:
        first, second = halves(game)
        self.wins = np.empty((len(first.sizes), len(second.sizes)), dtype=np.bool_)
        for number, place in enumerate(first.places):
            self.wins[place, second.places] = winning(game, first, second, number)
        back, across = np.argsort(first.places), np.argsort(second.places)
        self.down = [digit[back] for digit in first.digits]
        self.across = [digit[across] for digit in second.digits]
        self.ways_down: list[int] = first.ways[back].tolist()
        self.ways_across: NDArray[Any] = second.ways[across]
        self.sizes_down, self.sizes_across = first.sizes[back], second.sizes[across]
        lengths = [len(positions) + 1 for positions in game.classes]
        cut = len(first.digits)
        self.strides = [prod(lengths[place + 1 : cut]) for place in range(cut)]
        self.lengths = lengths[cut:]

    def critical(self, row: int) -> list[NDArray[np.bool_]]:
        """For each class, which coalitions of a row win, and lose without one of its members."""
        wins = self.wins[row]
        found = [
            wins & ~self.wins[row - stride] if digit[row] else np.zeros_like(wins)
            for digit, stride in zip(self.down, self.strides, strict=True)
        ]
        inner = len(wins)
        for length in self.lengths:
            inner //= length
            mine = wins.copy()
            mine.reshape(-1, length, inner)[:, 1:] &= ~wins.reshape(-1, length, inner)[:, :-1]
            mine.reshape(-1, length, inner)[:, 0] = False
            found.append(mine)
        return found

    def chosen(self, row: int) -> list[NDArray[np.int64]]:
        """For each class, how many of its members the coalitions of a row have."""
        return [np.full(len(self.sizes_across), digit[row]) for digit in self.down] + self.across


def _by_table(game: Simple) -> Counts:
    table, slots = _Table(game), len(game.members) + 1
    critical = [[0] * slots for _ in game.classes]
    minimal = [[0] * slots for _ in game.classes]
    for row, ways in enumerate(table.ways_down):
        chosen, flags = table.chosen(row), table.critical(row)
        needed = np.zeros(len(table.sizes_across), dtype=np.int64)
        for digit, flag in zip(chosen, flags, strict=True):
            needed += digit * flag
        least = needed == table.sizes_across + table.sizes_down[row]
        for place, (digit, flag) in enumerate(zip(chosen, flags, strict=True)):
            for total, picked in ((critical[place], flag), (minimal[place], flag & least)):
                cells = np.flatnonzero(picked)
                for number, found in enumerate(_tally(needed[cells], table.ways_across[cells] * digit[cells], slots)):
                    total[number] += found * ways
    return Counts(game.members, _spread(game, critical), _spread(game, minimal))


def _tally(numbers: NDArray[np.int64], amounts: NDArray[Any], slots: int) -> list[int]:
    """Exact sums of whole amounts by number: 30 bits at a time, so that doubles carry them without loss."""
    totals, shift = [0] * slots, 0
    while amounts.any():
        part = np.bincount(numbers, weights=(amounts & (2**30 - 1)).astype(np.float64), minlength=slots)
        totals = [total + (int(each) << shift) for total, each in zip(totals, part, strict=True)]
        amounts, shift = amounts >> 30, shift + 30
    return totals


def _bits(game: Simple) -> int:
    n = len(game.members)
    return n * 2 * game.needs[0] * (n + 1) * (n + 1) // 2


def _by_weights(game: Simple, weights: tuple[int, ...], quota: int) -> Counts:
    """Heaviest first: the coalition so far and all ways to finish it, multiplied as polynomials in the members counted.

    A winning coalition with excess ``e`` over the quota has as critical members those that weigh more than ``e``: its
    heavier part, up to a place in the order that ``e`` decides. It is minimal when its last member completes it.
    """
    order = sorted(range(len(weights)), key=lambda place: -weights[place])
    falling = [min(weights[place], quota) for place in order]
    slot = len(weights) + 1
    prefixes = _prefixes(falling, quota + falling[0], slot)
    wanted = [order.index(positions[0]) for positions in game.classes]
    cuts = _at_excess(falling, quota, prefixes)
    critical = _containing(falling, prefixes, cuts, quota + falling[0])
    minimal = _containing(falling, prefixes, _at_quota(quota, prefixes), quota)
    found: list[tuple[tuple[int, ...], ...]] = []
    for counted in (critical, minimal):
        own = [_sizes(counted[place], slot) for place in wanted]
        shared = zip(own, game.classes, strict=True)
        found.append(_spread(game, [[each * len(positions) for each in counts] for counts, positions in shared]))
    return Counts(game.members, found[0], found[1])


def _prefixes(falling: Sequence[int], bound: int, slot: int) -> list[dict[int, Polynomial]]:
    """After each member in order: the coalitions among those so far, by weight below the bound and size."""
    states = [{0: 1}]
    for weight in falling:
        after = dict(states[-1])
        for total, counts in states[-1].items():
            if total + weight < bound:
                after[total + weight] = after.get(total + weight, 0) + (counts << slot)
        states.append(after)
    return states


def _at_excess(
    falling: Sequence[int], quota: int, prefixes: Sequence[dict[int, Polynomial]]
) -> Iterator[dict[int, Polynomial]]:
    """From the last place to the first: in how many ways members after a place make the critical ones end there."""
    bound = quota + falling[0]
    lighter = [1] + [0] * (bound - 1)
    for place in range(len(falling), -1, -1):
        weight = falling[place] if place < len(falling) else 0
        if place < len(falling):
            shifted = chain(repeat(0, weight), lighter)
            lighter = [stay + take for stay, take in zip(lighter, shifted, strict=False)]
        if place == 0 or falling[place - 1] == weight:
            yield {}
            continue
        below = [0, *accumulate(lighter)]
        low, high = quota + weight, quota + falling[place - 1]
        yield {total: below[max(high - total, 0)] - below[max(low - total, 0)] for total in prefixes[place]}


def _at_quota(quota: int, prefixes: Sequence[dict[int, Polynomial]]) -> Iterator[dict[int, Polynomial]]:
    """From the last place to the first: a minimal coalition is finished when it has reached the quota."""
    yield {total: 1 for total in prefixes[-1] if total >= quota}
    yield from repeat({}, len(prefixes) - 1)


def _containing(
    falling: Sequence[int],
    prefixes: Sequence[dict[int, Polynomial]],
    cuts: Iterator[dict[int, Polynomial]],
    bound: int,
) -> list[Polynomial]:
    """For each place in the order, the finished coalitions whose counted part contains that member, by its size.

    ``bound`` is the weight from which on no further member is taken.
    """
    finish, slot = next(cuts), len(falling) + 1
    found = [0] * len(falling)
    for place in range(len(falling) - 1, -1, -1):
        weight, cut = falling[place], next(cuts)
        before: dict[int, Polynomial] = {}
        for total, counts in prefixes[place].items():
            taken = finish.get(total + weight, 0) << slot if total < bound else 0
            found[place] += counts * taken
            before[total] = cut.get(total, 0) + finish.get(total, 0) + taken
        finish = before
    return found


def _sizes(polynomial: Polynomial, slot: int) -> list[int]:
    return [(polynomial >> (size * slot)) & ((1 << slot) - 1) for size in range(slot)]
