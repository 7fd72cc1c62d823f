"""Voting power: how often a member's vote decides, in exact integers and fractions.

Everything here speaks of power of the rule, not of the policy: it knows what members may do, not what they want. A rule
is read in the binary reduction of :mod:`comity.solvers.simple`: "yes" against "no" (abstention counted as no), or
against another word where the caller says so.

Small games (up to 134 million kinds of coalition: about 27 members that all differ, hundreds that are alike) are
counted one by one; larger ones with a single weighted condition by polynomials over whole weights, as long as quota and
membership are moderate. For anything beyond, a ValueError says what is too large.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import comb, factorial

import numpy as np

from comity.solvers.game import Game
from comity.solvers.simple import Side, Simple, Weight, halves, reduce, too_large, weighted, winning

BITS = 3 * 10**7
"""The longest polynomial, in bits, by which a weighted game is counted."""

INDICES = ("banzhaf", "shapley_shubik", "swing_probability", "prevent", "initiate")


@dataclass(frozen=True)
class Measures:
    """All that counting coalitions says about a rule, exactly.

    Attributes:
        members: the names of the members.
        swings: for each member the coalitions that win with it and lose without it.
        winning: the number of winning coalitions.
        shapley_shubik: for each member the share of orders of joining in which it turns defeat into victory.

    Example:
        >>> council = measure(weighted([30, 28, 16, 14, 12], quota=67, members=["USA", "CHN", "JPN", "IND", "RUS"]))
        >>> council.swings, council.winning, council.act
        ((7, 7, 3, 3, 3), 9, Fraction(9, 32))
    """

    members: tuple[str, ...]
    swings: tuple[int, ...]
    winning: int
    shapley_shubik: tuple[Fraction, ...]

    @property
    def coalitions(self) -> int:
        """The number of all coalitions, the empty one among them."""
        return 2 ** len(self.members)

    @cached_property
    def banzhaf(self) -> tuple[Fraction, ...]:
        """Normalised Banzhaf index: a member's share of all swings; zero for all where nobody has one.

        **Source**: Banzhaf, Rutgers Law Review 19 (1965), 317-343.
        """
        total = sum(self.swings)
        return tuple(Fraction(swing, total) if total else Fraction(0) for swing in self.swings)

    @cached_property
    def swing_probability(self) -> tuple[Fraction, ...]:
        """Absolute Banzhaf measure: the probability that a member's vote decides when all others toss a coin.

        **Source**: Penrose, J. Royal Statistical Society 109 (1946), 53-57.
        """
        return tuple(Fraction(swing, self.coalitions // 2) for swing in self.swings)

    @cached_property
    def prevent(self) -> tuple[Fraction, ...]:
        """Coleman's power to prevent action: the share of winning coalitions that a member can break.

        **Source**: Coleman, "Control of collectivities and the power of a collectivity to act" (1971).
        """
        return tuple(Fraction(swing, self.winning) if self.winning else Fraction(0) for swing in self.swings)

    @cached_property
    def initiate(self) -> tuple[Fraction, ...]:
        """Coleman's power to initiate action: the share of losing coalitions that a member can turn.

        **Source**: Coleman (1971), as for :attr:`prevent`.
        """
        losing = self.coalitions - self.winning
        return tuple(Fraction(swing, losing) if losing else Fraction(0) for swing in self.swings)

    @property
    def act(self) -> Fraction:
        """Coleman's power of the body to act: the share of coalitions that win."""
        return Fraction(self.winning, self.coalitions)


def measure(game: Simple) -> Measures:
    """All measures of a game of coalitions.

    Raises:
        ValueError: where the game is too large for the methods here, with its size.

    Example:
        >>> measure(weighted([1, 1, 1], quota=2)).swing_probability[0]
        Fraction(1, 2)
    """
    if game.single and _bits(game) <= BITS:
        return _by_polynomials(game)
    if game.is_small:
        return _by_table(game)
    raise ValueError(_refusal(game))


def of(game: Game, index: str = "banzhaf", *, against: str = "no") -> dict[str, Fraction]:
    """One index of a compiled rule, by member.

    Args:
        game: the compiled rule.
        index: ``banzhaf``, ``shapley_shubik``, ``swing_probability``, ``prevent`` or ``initiate``.
        against: what those outside a coalition choose; under ``no`` an abstention is counted as no.

    Raises:
        ValueError: for an unknown index, or a game that is too large.

    Example:
        >>> from comity.solvers.game import weighted as compiled
        >>> of(compiled([2, 1, 1], quota=3), "shapley_shubik")["0"]
        Fraction(2, 3)
    """
    if index not in INDICES:
        raise ValueError(f"There is no index '{index}'; the indices here are {', '.join(INDICES)}.")
    measured = measure(reduce(game, against))
    return dict(zip(measured.members, getattr(measured, index), strict=True))


def banzhaf(weights: Sequence[Weight], quota: Weight, *, absolute: bool = False) -> list[Fraction]:
    """Banzhaf index of plain weights: the share of swings, or (``absolute``) the probability of a swing.

    Raises:
        ValueError: for weights or a quota that make no game, or a game that is too large.

    Example:
        >>> banzhaf([9, 9, 7, 3, 1, 1], quota=16)[2:4]
        [Fraction(1, 3), Fraction(0, 1)]
    """
    measured = measure(weighted(weights, quota))
    return list(measured.swing_probability if absolute else measured.banzhaf)


def shapley_shubik(weights: Sequence[Weight], quota: Weight) -> list[Fraction]:
    """Shapley-Shubik index of plain weights.

    **Source**: Shapley and Shubik, American Political Science Review 48 (1954), 787-792.

    Raises:
        ValueError: for weights or a quota that make no game, or a game that is too large.

    Example:
        >>> shapley_shubik([4, 4, 4, 2, 2, 1], quota=12)[::3]
        [Fraction(7, 30), Fraction(3, 20)]
    """
    return list(measure(weighted(weights, quota)).shapley_shubik)


def coleman(weights: Sequence[Weight], quota: Weight) -> tuple[list[Fraction], list[Fraction], Fraction]:
    """Coleman's measures of plain weights: power to prevent, power to initiate, and the body's power to act.

    Raises:
        ValueError: for weights or a quota that make no game, or a game that is too large.

    Example:
        >>> coleman([5, 5, 2, 1, 1], quota=8)[2]
        Fraction(7, 16)
    """
    measured = measure(weighted(weights, quota))
    return list(measured.prevent), list(measured.initiate), measured.act


def _assembled(game: Simple, totals: list[int], held: list[list[int]]) -> Measures:
    """Measures from the winning coalitions by size, and by size and class those that contain a given member of it."""
    n = len(game.members)
    orders = factorial(n)
    swings = [0] * n
    shapley = [Fraction(0)] * n
    for positions, containing in zip(game.classes, held, strict=True):
        swing = 2 * sum(containing) - sum(totals)
        joining = sum(count * factorial(s - 1) * factorial(n - s) for s, count in enumerate(containing) if s)
        outside = ((s, all_ - count) for s, (all_, count) in enumerate(zip(totals, containing, strict=True)) if s < n)
        joining -= sum(count * factorial(s) * factorial(n - s - 1) for s, count in outside)
        for position in positions:
            swings[position], shapley[position] = swing, Fraction(joining, orders)
    return Measures(game.members, tuple(swings), sum(totals), tuple(shapley))


def _by_table(game: Simple) -> Measures:
    first, second = halves(game)
    n, width = len(game.members), len(second.starts)
    by_size = np.zeros((len(first.starts), len(second.sizes)), dtype=second.ways.dtype)
    by_kind = np.zeros((len(first.sizes), width), dtype=second.ways.dtype)
    for number in range(len(first.sizes)):
        wins = winning(game, first, second, number)
        by_size[first.sizes[number]] += first.ways[number] * wins
        by_kind[number] = np.add.reduceat(second.ways * wins, second.starts)
    totals = [0] * (n + 1)
    for size, counts in zip(first.sizes.tolist(), (by_kind * first.ways[:, None]).tolist(), strict=True):
        for more, count in enumerate(counts):
            totals[size + more] += int(count)
    own = [_held_first(first, by_kind, digit, n) for digit in first.digits]
    own += [_held_second(second, by_size, digit, n) for digit in second.digits]
    held = [[count // len(positions) for count in counts] for positions, counts in zip(game.classes, own, strict=True)]
    return _assembled(game, totals, held)


def _held_first(first: Side, by_kind: np.ndarray, digit: np.ndarray, n: int) -> list[int]:
    counts = [0] * (n + 1)
    for size, row in zip(first.sizes.tolist(), (by_kind * (first.ways * digit)[:, None]).tolist(), strict=True):
        for more, count in enumerate(row):
            counts[size + more] += int(count)
    return counts


def _held_second(second: Side, by_size: np.ndarray, digit: np.ndarray, n: int) -> list[int]:
    counts = [0] * (n + 1)
    factor = second.ways * digit
    for size, row in enumerate(by_size):
        for more, count in enumerate(np.add.reduceat(row * factor, second.starts).tolist()):
            counts[size + more] += int(count)
    return counts


def _bits(game: Simple) -> int:
    n = len(game.members)
    return game.needs[0] * (n + 1) * (n + 1)


def _refusal(game: Simple) -> str:
    tail = (
        ""
        if game.single is None
        else f" Counting by weights would need {float(_bits(game)):.3g} bits; the limit is {BITS:.0e}."
    )
    return f"Exact voting power for this rule cannot be computed yet: {too_large(game)}{tail}"


def _by_polynomials(game: Simple) -> Measures:
    """Losing coalitions by weight and size as one long integer, ``(n + 1)`` bits a coefficient."""
    n, (weights, quota) = len(game.members), game.single or ((), 0)
    slot = n + 1
    length = quota * (n + 1) * slot
    mask = (1 << length) - 1
    steps = [(weight * (n + 1) + 1) * slot for weight in weights]
    everyone = 1
    for step in steps:
        everyone = (everyone + (everyone << step)) & mask
    losing = _sizes(everyone, n, slot)
    choose = [comb(n, size) for size in range(n + 1)]
    totals = [all_ - lost for all_, lost in zip(choose, losing, strict=True)]
    held: list[list[int]] = []
    for positions in game.classes:
        others = _sizes(_divided(everyone, steps[positions[0]], mask, length), n, slot)
        containing = [0] * (n + 1)
        for size in range(1, n + 1):
            containing[size] = choose[size] * size // n - (losing[size] - others[size])
        held.append(containing)
    return _assembled(game, totals, held)


def _divided(product: int, step: int, mask: int, length: int) -> int:
    """The product without one factor ``1 + x``: times ``(1 - x)(1 + x^2)(1 + x^4)...``, cut off at the quota."""
    left = (product - (product << step)) & mask
    step *= 2
    while step < length:
        left = (left + (left << step)) & mask
        step *= 2
    return left


def _sizes(polynomial: int, n: int, slot: int) -> list[int]:
    """The coefficients summed over all weights, by size: every coefficient sum stays below ``2**(n + 1)``."""
    row = (n + 1) * slot
    data = polynomial
    bits = max(data.bit_length(), row)
    while bits > row:
        half = -(-bits // row) // 2 * row
        data = (data & ((1 << half) - 1)) + (data >> half)
        bits = max(half, bits - half)
    return [(data >> (size * slot)) & ((1 << slot) - 1) for size in range(n + 1)]
