"""Voting power under rules of several conditions, by whichever exact method the rule is small enough for.

Three methods stand behind one door. Rules of up to some 27 members, or of few classes, are counted coalition by
coalition in whole numbers. A quota of heads beside a quota of weights is counted in one table, for hundreds of members.
What is left is followed as a diagram: some 38 members by heads and weights, 32 by two kinds of weights, hundreds where
weights are small. The answer names its method and bounds its error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from comity.solvers import double_majority, power
from comity.solvers.diagram import NODES, Diagram, diagram
from comity.solvers.game import CHOICES, YES, Game
from comity.solvers.simple import LARGEST, Simple

UNIT = 2.0**-53
"""Unit roundoff of doubles."""
PAIRWISE = 160
"""More roundings than summing 2**30 numbers in pairs can take in a row."""

Floats = NDArray[np.float64]
Route = Literal["counted", "double_majority", "diagram"]


@dataclass(frozen=True)
class Compound:
    """Voting power in floats, with the method that found it.

    Attributes:
        members: the names of the members.
        swing_probability: the probability that a member's vote decides when all others toss a coin.
        shapley_shubik: the share of orders of joining in which a member turns defeat into victory.
        act: the share of coalitions that carry.
        error: an upper bound of the error of any number of ``swing_probability`` and ``shapley_shubik``.
        route: the method: coalitions counted, one table of heads and weights, or a diagram.
    """

    members: tuple[str, ...]
    swing_probability: Floats
    shapley_shubik: Floats
    act: float
    error: float
    route: Route

    @property
    def banzhaf(self) -> Floats:
        """A member's share of all swings; zero for all where nobody has one."""
        return self.swing_probability / (self.swing_probability.sum() or 1.0)


def measure(game: Simple, nodes: int = NODES) -> Compound:
    """Power under a rule of any conditions joined by and / or.

    Args:
        game: the game of coalitions.
        nodes: the largest diagram.

    Raises:
        ValueError: where the rule is too large for all methods, with what it would take; sample it then.

    Example:
        >>> from comity.solvers.simple import simplified
        >>> found = measure(simplified("ABC", [(1, 1, 1), (3, 2, 1)], [2, 4], ("and", (0, 1))))
        >>> found.shapley_shubik.round(3).tolist(), found.route
        ([0.667, 0.167, 0.167], 'counted')
    """
    if game.is_small:
        counted = power.measure(game)
        swing = np.array([float(each) for each in counted.swing_probability])
        shapley = np.array([float(each) for each in counted.shapley_shubik])
        return Compound(game.members, swing, shapley, float(counted.act), UNIT, "counted")
    if double_majority.fits(game):
        both = double_majority.measure(game)
        error = float(max(both.swing_error.max(), both.shapley_error.max()))
        return Compound(game.members, both.swing_probability, both.shapley_shubik, both.act, error, "double_majority")
    drawn = diagram(_compiled(game), ("yes", "no"), nodes)
    return _followed(drawn)


def _followed(drawn: Diagram) -> Compound:
    """Both indices from a diagram; orders of joining are integrated over the share of members that have joined."""
    n = len(drawn.members)
    act, given = drawn.given(np.full((n, 2), 0.5))
    swing = given[:, 0] - given[:, 1]
    shapley = np.zeros(n)
    points, weights = np.polynomial.legendre.leggauss(n // 2 + 1)
    for joined, weight in zip((points + 1) / 2, weights / 2, strict=True):
        _, given = drawn.given(np.tile([joined, 1 - joined], (n, 1)))
        shapley += weight * (given[:, 0] - given[:, 1])
    return Compound(drawn.members, swing, shapley, float(act), _bound(drawn), "diagram")


def _bound(drawn: Diagram) -> float:
    """All terms are positive, so each number errs by no more than its roundings in a row; a difference by twice that.

    A node's value takes one rounding a term; the points and weights of the integral err by a few units more each.
    """
    in_a_row = sum(int(np.bincount(layer.reshape(-1)).max()) + 4 for layer in drawn.layers)
    return 2 * (in_a_row + PAIRWISE + 8 * len(drawn.layers)) * UNIT


def _compiled(game: Simple) -> Game:
    if any(sum(row) + abs(need) >= LARGEST for row, need in zip(game.rows, game.needs, strict=True)):
        raise ValueError("The weights of this rule sum to 2**62 or more: divide them by a common factor first.")
    coefficients = np.zeros((len(game.rows), len(CHOICES), len(game.members)), dtype=np.int64)
    coefficients[:, YES] = np.array(game.rows, dtype=np.int64).reshape(-1, len(game.members))
    thresholds = np.array(game.needs, dtype=np.int64)
    return Game(coefficients, thresholds, game.formula, ("threshold",) * len(game.rows), game.members)
