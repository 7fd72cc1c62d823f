"""Voting power where both heads and weights must reach a quota, or either, in bodies of hundreds of members.

"Three fifths of the members having 85 per cent of the votes" of the International Monetary Fund is beyond any listing
of coalitions. Here all sets of members that may stay outside are counted by weight and size in one table of doubles;
taking one member out of the count again needs only entries of that table on a diagonal. The error of every step is
added up along with the numbers, so that each answer carries a proven bound.

Where either quota suffices, those outside must break both: the same table of the dual rule, whose power is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

import numpy as np
from numpy.typing import NDArray

from comity.solvers.simple import Simple

CELLS = 2**27
"""The largest table, in doubles: one gibibyte."""
MEMBERS = 1000
BLOCK = 1024
"""Weights summed up at a time."""
UNIT = 2.0**-53
"""Unit roundoff of doubles."""

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class DoubleMajority:
    """The power of each member under two quotas, with error bounds.

    Attributes:
        members: the names of the members.
        swing_probability: the probability that a member's vote decides when all others toss a coin.
        swing_error: an upper bound of its error.
        shapley_shubik: the share of orders of joining in which a member turns defeat into victory.
        shapley_error: an upper bound of its error.
        act: the share of coalitions that carry.
    """

    members: tuple[str, ...]
    swing_probability: Floats
    swing_error: Floats
    shapley_shubik: Floats
    shapley_error: Floats
    act: float

    @property
    def banzhaf(self) -> Floats:
        """A member's share of all swings; zero for all where nobody has one."""
        total = self.swing_probability.sum()
        return self.swing_probability / (total or 1.0)


def measure(game: Simple, cells: int = CELLS, progress: Progress | None = None) -> DoubleMajority:
    """Power under a rule of two conditions, one of which counts heads.

    Args:
        game: the game of coalitions: heads and weight, or heads or weight.
        cells: the largest table, in doubles.
        progress: told members entered and members in all.

    **Source**: generating functions of two variables as in Alonso-Meijide and Bowles, "Generating functions for
    coalitional power indices: an application to the IMF", Annals of Operations Research 137 (2005), 21-44.

    Raises:
        ValueError: for a rule of another form, or a table that is too large, with its size.

    Example:
        >>> from comity.solvers.simple import simplified
        >>> council = simplified("ABC", [(1, 1, 1), (3, 2, 1)], [2, 4], ("and", (0, 1)))
        >>> measure(council).swing_probability.tolist()
        [0.75, 0.25, 0.25]
    """
    weights, quota, heads, both = _quotas(game)
    n = len(weights)
    spare, absent = (sum(weights) - quota, n - heads) if both else (quota - 1, heads - 1)
    size = (spare + 1) * (absent + 1)
    if size > cells:
        raise ValueError(
            f"Counting {n} members by heads and weight means a table of {absent + 1} x {spare + 1:,} numbers "
            f"({size * 8 / 2**30:.1f} GiB); the limit is {cells * 8 / 2**30:.1f} GiB. Sample the rule instead."
        )
    table = _table(weights, spare, absent, progress)
    return _answers(game.members, weights, table, spare, both=both)


def fits(game: Simple, cells: int = CELLS) -> bool:
    """Whether :func:`measure` can take this rule.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> fits(weighted([3, 2, 1], quota=4))
        False
    """
    try:
        weights, quota, heads, both = _quotas(game)
    except ValueError:
        return False
    spare, absent = (sum(weights) - quota, len(weights) - heads) if both else (quota - 1, heads - 1)
    return (spare + 1) * (absent + 1) <= cells


def _quotas(game: Simple) -> tuple[tuple[int, ...], int, int, bool]:
    """Weights, quota of weight, quota of heads, and whether both are needed."""
    flat = [number for number, row in enumerate(game.rows) if set(row) == {1}]
    formula = game.formula
    if len(game.rows) != 2 or not flat or isinstance(formula, int) or set(formula[1]) != {0, 1}:
        raise ValueError("This method takes rules of two conditions, one of heads and one of weights, by and / or.")
    if len(game.members) > MEMBERS:
        raise ValueError(f"This method takes up to {MEMBERS} members; the rule has {len(game.members)}.")
    heads = flat[0]
    if any(not 1 <= need <= sum(row) for row, need in zip(game.rows, game.needs, strict=True)):
        raise ValueError("A quota of this rule always holds or never does: simplify the rule first.")
    return game.rows[1 - heads], game.needs[1 - heads], game.needs[heads], formula[0] == "and"


@dataclass(frozen=True)
class _Table:
    """Sets of members by size and weight, each times ``2**-n``, summed up within blocks of weights.

    ``within`` is sizes x blocks x :data:`BLOCK`, ``before`` sizes x blocks what the blocks before sum to.
    """

    within: Floats
    before: Floats

    def at_most(self, weight: int) -> Floats:
        """By size, the sets of at most this weight."""
        block, place = divmod(weight, BLOCK)
        return self.within[:, block, place] + self.before[:, block]

    @property
    def doubt(self) -> float:
        """An upper bound of the relative error that summing in blocks leaves."""
        return (BLOCK + self.within.shape[1]) * UNIT


def _table(weights: Sequence[int], spare: int, absent: int, progress: Progress | None) -> _Table:
    """Members are entered one by one, the lightest first, so that the table fills late; all terms are positive."""
    blocks = spare // BLOCK + 1
    table = np.zeros((absent + 1, blocks * BLOCK))
    table[0, 0] = 2.0 ** -len(weights)
    reach = 0
    for number, weight in enumerate(sorted(weights)):
        reach = min(reach + weight, spare)
        for size in range(min(number + 1, absent), 0, -1):
            table[size, weight : reach + 1] += table[size - 1, : max(reach + 1 - weight, 0)]
        if progress is not None:
            progress(number + 1, len(weights))
    within = table.reshape(absent + 1, blocks, BLOCK)
    np.cumsum(within, axis=2, out=within)
    before = np.zeros((absent + 1, blocks))
    np.cumsum(within[:, :-1, -1], axis=1, out=before[:, 1:])
    return _Table(within, before)


def _without(table: _Table, weight: int, most: int) -> tuple[Floats, Floats]:
    """By size, the sets of at most this weight that leave out one member; and the sum of all terms, for the error.

    All sets less those with the member; these are sets without it of one less and lighter by its weight, and so on.
    """
    sizes = len(table.before)
    count, terms = np.zeros(sizes), np.zeros(sizes)
    for times in range(sizes):
        if most - times * weight < 0:
            break
        column = table.at_most(most - times * weight)[: sizes - times]
        count[times:] += column if times % 2 == 0 else -column
        terms[times:] += column
    return count, terms


def _answers(
    members: tuple[str, ...], weights: Sequence[int], table: _Table, spare: int, *, both: bool
) -> DoubleMajority:
    n, sizes = len(weights), len(table.before)
    orders = np.array([float(Fraction(2**n, n * comb(n - 1, size))) for size in range(sizes)])
    relative = table.doubt + (2 * n + sizes + 8) * UNIT
    known: dict[int, Floats] = {}
    for weight in set(weights):
        inside, terms = _without(table, weight, spare)
        joined, more = _without(table, weight, spare - weight)
        joined[-1], more[-1] = 0.0, 0.0
        change, doubt = inside - joined, (terms + more) * relative
        known[weight] = np.array([2 * change.sum(), 2 * doubt.sum(), change @ orders, doubt @ orders])
    found = np.array([known[weight] for weight in weights])
    act = float(table.at_most(spare).sum())
    return DoubleMajority(members, found[:, 0], found[:, 1], found[:, 2], found[:, 3], act if both else 1 - act)
