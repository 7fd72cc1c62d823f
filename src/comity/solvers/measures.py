"""Counting coalitions: everything that a rule's winning coalitions say, in exact integers and fractions.

Small games (up to 134 million kinds of coalition: about 27 members that all differ, hundreds that are alike) are
counted one by one; rules that ask one weight of a coalition and up to 44 members by halves; a single weighted condition
by polynomials over whole weights, as long as quota and membership are moderate.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import comb, factorial

import numpy as np

from comity.solvers.simple import Side, Simple, halves, too_large, winning
from comity.solvers.weighted import halves as meeting
from comity.solvers.weighted import packed

BITS = 3 * 10**7
"""The longest polynomial, in bits, by which a weighted game is counted."""
QUICK = 3 * 10**6
"""The same where an answer is wanted at once."""


def is_quick(game: Simple) -> bool:
    """Whether exact counting is quick."""
    if game.single is None or _bits(game) <= QUICK:
        return True
    return len(game.members) <= 34 or game.kinds <= 2**17


@dataclass(frozen=True)
class Measures:
    """All that counting coalitions says about a rule, exactly.

    Attributes:
        members: the names of the members.
        swings: for each member the coalitions that win with it and lose without it.
        winning: the number of winning coalitions.
        shapley_shubik: for each member the share of orders of joining in which it turns defeat into victory.

    Example:
        >>> from comity.solvers.simple import weighted
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
        >>> from comity.solvers.simple import weighted
        >>> measure(weighted([1, 1, 1], quota=2)).swing_probability[0]
        Fraction(1, 2)
    """
    if game.single and _bits(game) <= QUICK:
        return _by_polynomials(game)
    demands = meeting.demands(game)
    pairs = 2 ** (len(game.members) / 2 + 4) if demands else float("inf")
    if game.is_small and game.kinds <= pairs:
        return _by_table(game)
    if game.single and _bits(game) <= BITS:
        return _by_polynomials(game)
    if demands:
        totals, held = meeting.counted(*demands)
        return _assembled(game, totals, [held[positions[0]] for positions in game.classes])
    if game.is_small:
        return _by_table(game)
    raise ValueError(_refusal(game))


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
    return min(game.needs[0], sum(game.rows[0]) - game.needs[0] + 1) * (n + 1) * (n + 1)


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
    if quota > sum(weights) - quota + 1:
        blocking = _by_polynomials(game.dual)
        return Measures(game.members, blocking.swings, 2**n - blocking.winning, blocking.shapley_shubik)
    slot = n + 1
    length = quota * (n + 1) * slot
    mask = (1 << length) - 1
    steps = [(weight * (n + 1) + 1) * slot for weight in weights]
    everyone = 1
    for step in steps:
        everyone = (everyone + (everyone << step)) & mask
    losing = packed.sizes(everyone, n, slot)
    choose = [comb(n, size) for size in range(n + 1)]
    totals = [all_ - lost for all_, lost in zip(choose, losing, strict=True)]
    held: list[list[int]] = []
    for positions in game.classes:
        others = packed.sizes(packed.divided(everyone, steps[positions[0]], mask, length), n, slot)
        containing = [0] * (n + 1)
        for size in range(1, n + 1):
            containing[size] = choose[size] * size // n - (losing[size] - others[size])
        held.append(containing)
    return _assembled(game, totals, held)
