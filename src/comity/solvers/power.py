"""Voting power: how often a member's vote decides, in exact integers and fractions.

Everything here speaks of power of the rule, not of the policy: it knows what members may do, not what they want. A rule
is read in the binary reduction of :mod:`comity.solvers.simple`: "yes" against "no" (abstention counted as no), or
against another word where the caller says so.

Small games (up to 134 million kinds of coalition: about 27 members that all differ, hundreds that are alike) are
counted one by one; rules that ask one weight of a coalition and up to 44 members by halves; a single weighted
condition by polynomials over whole weights, as long as quota and membership are moderate. All of these are exact.
Beyond them, the indices of weighted bodies of any size come as doubles with a proven bound
(:mod:`comity.solvers.weighted`). What none of them can do, a ValueError says, with its size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import comb, factorial
from typing import Literal, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from comity.solvers.game import Game
from comity.solvers.simple import Side, Simple, Weight, halves, reduce, too_large, weighted, winning
from comity.solvers.weighted import halves as meeting
from comity.solvers.weighted import packed, routes
from comity.solvers.weighted.body import prepared
from comity.solvers.weighted.routes import Estimate
from comity.solvers.weighted.spectrum import Progress

BITS = 3 * 10**7
"""The longest polynomial, in bits, by which a weighted game is counted."""
QUICK = 3 * 10**6
"""The same where an answer is wanted at once."""

Weights: TypeAlias = Sequence[Weight] | NDArray[np.integer]

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


@overload
def banzhaf(
    weights: Weights,
    quota: Weight,
    *,
    absolute: bool = ...,
    full: Literal[False] = ...,
    progress: Progress | None = ...,
) -> NDArray[np.float64]: ...
@overload
def banzhaf(
    weights: Weights, quota: Weight, *, absolute: bool = ..., full: Literal[True], progress: Progress | None = ...
) -> Estimate: ...
def banzhaf(
    weights: Weights, quota: Weight, *, absolute: bool = False, full: bool = False, progress: Progress | None = None
) -> NDArray[np.float64] | Estimate:
    """Banzhaf index of plain weights: the share of swings, or (``absolute``) the probability of a swing.

    Args:
        weights: whole numbers or exact fractions, one a member.
        quota: what carries.
        absolute: the probability that a member's vote decides, instead of its share of all swings.
        full: also a proven bound of the error, and the route taken.
        progress: told of steps on long work.

    Raises:
        ValueError: for weights or a quota that make no game, or a game that is too large.

    Example:
        >>> banzhaf([9, 9, 7, 3, 1, 1], quota=16)[2:4].round(4).tolist()
        [0.3333, 0.0]
        >>> banzhaf(range(1, 191), quota=9500, full=True).bounds.max() < 1e-14
        np.True_
    """
    game = weighted(list(weights), quota)

    def counted() -> Estimate:
        measured = measure(game)
        return _rounded(measured.swing_probability if absolute else measured.banzhaf)

    def inverted() -> Estimate:
        return routes.banzhaf(prepared(weights, quota), absolute=absolute, progress=progress)

    found = _quickest(game, counted, inverted)
    return found if full else found.values


@overload
def shapley_shubik(
    weights: Weights, quota: Weight, *, full: Literal[False] = ..., progress: Progress | None = ...
) -> NDArray[np.float64]: ...
@overload
def shapley_shubik(
    weights: Weights, quota: Weight, *, full: Literal[True], progress: Progress | None = ...
) -> Estimate: ...
def shapley_shubik(
    weights: Weights, quota: Weight, *, full: bool = False, progress: Progress | None = None
) -> NDArray[np.float64] | Estimate:
    """Shapley-Shubik index of plain weights.

    **Source**: Shapley and Shubik, American Political Science Review 48 (1954), 787-792.

    Args:
        weights: whole numbers or exact fractions, one a member.
        quota: what carries.
        full: also a proven bound of the error, and the route taken.
        progress: told of steps on long work.

    Raises:
        ValueError: for weights or a quota that make no game, or a game that is too large.

    Example:
        >>> shapley_shubik([4, 4, 4, 2, 2, 1], quota=12)[::3].round(4).tolist()
        [0.2333, 0.15]
    """
    game = weighted(list(weights), quota)
    found = _quickest(
        game,
        lambda: _rounded(measure(game).shapley_shubik),
        lambda: routes.shapley_shubik(prepared(weights, quota), progress=progress),
    )
    return found if full else found.values


def exact(
    weights: Weights, quota: Weight, index: str = "shapley_shubik", *, progress: Progress | None = None
) -> list[Fraction]:
    """One index of plain weights as exact fractions.

    Args:
        weights: whole numbers or exact fractions, one a member.
        quota: what carries.
        index: ``banzhaf``, ``shapley_shubik``, ``swing_probability``, ``prevent`` or ``initiate``.
        progress: told of steps on long work.

    Raises:
        ValueError: for an unknown index, weights or a quota that make no game, or a game that is too large, with what
            it would take.

    Example:
        >>> exact([4, 4, 4, 2, 2, 1], quota=12)[::3]
        [Fraction(7, 30), Fraction(3, 20)]
    """
    if index not in INDICES:
        raise ValueError(f"There is no index '{index}'; the indices here are {', '.join(INDICES)}.")
    game = weighted(list(weights), quota)
    if index in {"banzhaf", "swing_probability"} and game.single and not _at_once(game):
        return packed.banzhaf(prepared(weights, quota), absolute=index != "banzhaf", progress=progress)
    return list(getattr(measure(game), index))


def _at_once(game: Simple) -> bool:
    """Whether exact counting is quick: then doubles are its fractions, rounded."""
    if game.single is None or _bits(game) <= QUICK:
        return True
    return len(game.members) <= 34 or game.kinds <= 2**17


def _quickest(game: Simple, counted: Callable[[], Estimate], inverted: Callable[[], Estimate]) -> Estimate:
    if _at_once(game):
        return counted()
    try:
        return inverted()
    except ValueError:
        if len(game.members) > meeting.MOST:
            raise
        return counted()


def _rounded(fractions: Sequence[Fraction]) -> Estimate:
    values = np.array([float(fraction) for fraction in fractions])
    return Estimate(values, np.spacing(values) / 2 * (values > 0), "exact counting")


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
