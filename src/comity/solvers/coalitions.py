"""Coalitions that carry, coalitions that block, and the members that every, or no, coalition needs.

All functions take the game of coalitions that :func:`comity.solvers.simple.reduce` makes of a rule. Counts are exact;
lists are made on demand, the smallest coalitions first. Veto players, dictators and the smallest coalitions of a
weighted rule are found by arithmetic and so in bodies of any size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice, product
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

from comity.solvers.measures import measure
from comity.solvers.simple import NARROW, Simple, halves, too_large, winning

COUNTABLE = 10**8
"""The longest polynomial, in bits, by which the minimal coalitions of a weighted rule are counted."""


@dataclass(frozen=True)
class Coalitions:
    """A family of coalitions.

    Attributes:
        count: how many there are; None where a rule is too large to count them here.
        listed: the first of them, smallest first, each in the order of the members.
    """

    count: int | None
    listed: tuple[tuple[str, ...], ...]

    @property
    def smallest(self) -> int | None:
        """The size of the smallest, where any is listed."""
        return len(self.listed[0]) if self.listed else None


def minimal_winning(game: Simple, limit: int = 0) -> Coalitions:
    """The coalitions that carry a proposal and need every one of their members.

    Args:
        game: the game of coalitions.
        limit: how many to list.

    Raises:
        ValueError: for a rule of several conditions that is too large.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> minimal_winning(weighted([3, 2, 1, 1], quota=4, members="ABCD"), limit=2)
        Coalitions(count=4, listed=(('A', 'B'), ('A', 'C')))
    """
    if game.single is None:
        return _from_table(game, limit)
    count = _counted(*game.single)
    wanted = limit if count is None else min(limit, count)
    return Coalitions(count, tuple(islice(_lightest_last(game, *game.single), wanted)))


def minimal_blocking(game: Simple, limit: int = 0) -> Coalitions:
    """The coalitions without which nothing can be carried, and which need every one of their members for that.

    Raises:
        ValueError: for a rule of several conditions that is too large.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> minimal_blocking(weighted([1, 1, 1], quota=3, members="ABC"), limit=9).listed
        (('A',), ('B',), ('C',))
    """
    return minimal_winning(game.dual, limit)


def veto_players(game: Simple) -> tuple[str, ...]:
    """The members without whom nothing can be carried.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> veto_players(weighted([3, 1, 1], quota=4, members="ABC"))
        ('A',)
    """
    everyone = set(game.members)
    by_class = {positions: not game.wins(everyone - {game.members[positions[0]]}) for positions in game.classes}
    return _named(game, by_class)


def dictators(game: Simple) -> tuple[str, ...]:
    """The member whose will alone decides: it carries alone, and nothing is carried without it."""
    holding = set(veto_players(game))
    return tuple(member for member in game.members if member in holding and game.wins({member}))


def dummies(game: Simple) -> tuple[str, ...]:
    """The members whose vote never makes a difference.

    Raises:
        ValueError: for a rule of several conditions that is too large.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> dummies(weighted([9, 9, 7, 3, 1, 1], quota=16, members="ABCDEF"))
        ('D', 'E', 'F')
    """
    if game.single is not None and game.single[1] <= COUNTABLE:
        return _named(game, _idle(game, *game.single))
    if not game.is_small:
        raise ValueError(f"The members of this rule weigh too much to find its dummies yet: {too_large(game)}")
    measured = measure(game)
    return tuple(member for member, swing in zip(game.members, measured.swings, strict=True) if not swing)


def _named(game: Simple, by_class: dict[tuple[int, ...], bool]) -> tuple[str, ...]:
    chosen = sorted(chain.from_iterable(positions for positions, holds in by_class.items() if holds))
    return tuple(game.members[position] for position in chosen)


def _idle(game: Simple, weights: tuple[int, ...], quota: int) -> dict[tuple[int, ...], bool]:
    """Heavier members decide whenever lighter ones do: so the search stops at the lightest that ever decides."""
    found: dict[tuple[int, ...], bool] = {}
    deciding = False
    for positions in sorted(game.classes, key=lambda each: weights[each[0]]):
        weight = weights[positions[0]]
        if not deciding and weight:
            others = [each for place, each in enumerate(weights) if place != positions[0]]
            reachable, mask = 1, (1 << quota) - 1
            for other in others:
                reachable |= (reachable << other) & mask
            deciding = reachable >> max(quota - weight, 0) > 0
        found[positions] = not deciding
    return found


def _counted(weights: tuple[int, ...], quota: int) -> int | None:
    """A coalition is minimal when it fails without its lightest member: count by that member, heaviest first."""
    slot = len(weights) + 1
    if quota * slot > COUNTABLE:
        return None
    mask = (1 << (quota * slot)) - 1
    heavier, count = 1, 0
    for weight in sorted((weight for weight in weights if weight), reverse=True):
        count += _total(heavier >> (max(quota - weight, 0) * slot), slot)
        heavier = (heavier + (heavier << (weight * slot))) & mask
    return count


def _total(polynomial: int, slot: int) -> int:
    bits = max(polynomial.bit_length(), slot)
    while bits > slot:
        half = -(-bits // slot) // 2 * slot
        polynomial = (polynomial & ((1 << half) - 1)) + (polynomial >> half)
        bits = max(half, bits - half)
    return polynomial


def _lightest_last(game: Simple, weights: tuple[int, ...], quota: int) -> Iterator[tuple[str, ...]]:
    order = sorted((place for place, weight in enumerate(weights) if weight), key=lambda place: -weights[place])
    sorted_weights = [weights[place] for place in order]
    prefix = [0]
    for weight in sorted_weights:
        prefix.append(prefix[-1] + weight)

    def extend(start: int, left: int, need: int) -> Iterator[tuple[int, ...]]:
        for place in range(start, len(order) - left + 1):
            if prefix[place + left] - prefix[place] < need:
                return
            rest = need - sorted_weights[place]
            if left == 1:
                yield (place,)
            elif rest > 0:
                yield from ((place, *others) for others in extend(place + 1, left - 1, rest))

    for size in range(1, len(order) + 1):
        for places in extend(0, size, quota):
            yield tuple(game.members[position] for position in sorted(order[place] for place in places))


def _whole_table(game: Simple) -> NDArray[np.bool_]:
    first, second = halves(game)
    table = np.empty((len(first.sizes), len(second.sizes)), dtype=np.bool_)
    for number, place in enumerate(first.places):
        table[place, second.places] = winning(game, first, second, number)
    return table.reshape(-1)


def _from_table(game: Simple, limit: int) -> Coalitions:
    if not game.is_small:
        raise ValueError(f"The minimal coalitions of this rule cannot be listed yet: {too_large(game)}")
    shape = [len(positions) + 1 for positions in game.classes]
    wins = _whole_table(game)
    minimal = wins.copy()
    inner = prod(shape)
    for length in shape:
        inner //= length
        cube, less = minimal.reshape(-1, length, inner), wins.reshape(-1, length, inner)
        cube[:, 1:] &= ~less[:, :-1]
    places = np.flatnonzero(minimal)
    sizes = np.zeros(len(places), dtype=np.int64)
    ways = np.ones(len(places), dtype=object if len(game.members) > NARROW else np.int64)
    inner = prod(shape)
    for length in shape:
        inner //= length
        digit = places // inner % length
        sizes += digit
        if length > 2:
            ways = ways * np.array([comb(length - 1, number) for number in range(length)], dtype=ways.dtype)[digit]
    listed = chain.from_iterable(_members(game, kind) for kind in _smallest_first(places, sizes, shape))
    return Coalitions(int(ways.sum()), tuple(islice(listed, limit)))


def _smallest_first(
    places: NDArray[np.int64], sizes: NDArray[np.int64], shape: Sequence[int]
) -> Iterator[tuple[int, ...]]:
    """Kinds of coalition by size; of one size those with more of the first classes first."""
    for size in range(sum(shape) - len(shape) + 1):
        for place in places[sizes == size][::-1].tolist():
            yield tuple(int(number) for number in np.unravel_index(place, shape))


def _members(game: Simple, kind: Sequence[int]) -> Iterator[tuple[str, ...]]:
    parts = (combinations(positions, number) for positions, number in zip(game.classes, kind, strict=True))
    for chosen in product(*parts):
        yield tuple(game.members[position] for position in sorted(chain.from_iterable(chosen)))
