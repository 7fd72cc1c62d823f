"""Add criteria up to a score, and seat the states with the highest: weighted sum, weighted product, TOPSIS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Aggregate = Literal["weighted_sum", "weighted_product", "topsis"]
TIE = 1e-12
"""Scores nearer than this, relative to the largest, count as equal."""


@dataclass(frozen=True)
class Scoring:
    """How weights turn into scores, for the states that compete.

    The weighted sum adds weight times value. The weighted product multiplies values to the power of their weight; its
    score is kept as the logarithm, which is linear in the weights. TOPSIS is the distance to the worst state imaginable
    as a share of the distances to the worst and the best, each made of the competing states' extreme values.

    Attributes:
        values: ``states x criteria``, normalised, no gaps; the logarithms for the weighted product.
        aggregate: one of the three.
        to_best: for TOPSIS, squared distance to the best value, ``states x criteria``.
        to_worst: for TOPSIS, squared distance to the worst value, ``states x criteria``.

    **Source**: Hwang and Yoon (1981), *Multiple Attribute Decision Making*, chapter III (the scale is the charter's).

    Example:
        >>> Scoring.of(np.array([[0.6, 0.1], [0.2, 0.5]])).scores(np.array([0.5, 0.5])).tolist()
        [0.35, 0.35]
    """

    values: NDArray[np.float64]
    aggregate: Aggregate
    to_best: NDArray[np.float64] | None = None
    to_worst: NDArray[np.float64] | None = None

    @classmethod
    def of(
        cls, values: NDArray[np.float64], aggregate: Aggregate = "weighted_sum", names: Sequence[str] = ()
    ) -> Scoring:
        """The scoring of these states.

        Args:
            values: ``states x criteria``, normalised, no gaps.
            aggregate: how criteria are added up.
            names: the states' names, for the message.

        Raises:
            ValueError: for a gap, or where the weighted product meets a value that is not positive (by name).
        """
        values = np.asarray(values, dtype=np.float64)
        if np.isnan(values).any():
            raise ValueError("A score needs a value for every state and criterion; fill the gaps first.")
        if aggregate == "weighted_product":
            _refuse_not_positive(values, names)
            return cls(np.log(values), aggregate)
        if aggregate == "topsis":
            return cls(values, aggregate, (values.max(axis=0) - values) ** 2, (values - values.min(axis=0)) ** 2)
        return cls(values, aggregate)

    @property
    def linear(self) -> bool:
        """Whether scores are linear in the weights, so that linear programming applies."""
        return self.to_best is None

    def scores(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """The score of every state: ``criteria`` give ``states``, ``draws x criteria`` give ``draws x states``."""
        if self.to_best is None or self.to_worst is None:
            return weights @ self.values.T
        best = np.sqrt(weights**2 @ self.to_best.T)
        worst = np.sqrt(weights**2 @ self.to_worst.T)
        both = best + worst
        return np.divide(worst, both, out=np.full_like(both, 0.5), where=both > 0)

    def keep(self, states: NDArray[np.intp] | NDArray[np.bool_]) -> Scoring:
        """The same scoring for some of the states (TOPSIS keeps measuring from the extremes of all)."""
        best = None if self.to_best is None else self.to_best[states]
        worst = None if self.to_worst is None else self.to_worst[states]
        return Scoring(self.values[states], self.aggregate, best, worst)


def _refuse_not_positive(values: NDArray[np.float64], names: Sequence[str]) -> None:
    rows, columns = np.nonzero(values <= 0)
    if not len(rows):
        return
    called = [names[row] if names else f"state {row + 1}" for row in dict.fromkeys(rows.tolist())]
    listed = ", ".join(called[:8]) + (f" and {len(called) - 8} more" if len(called) > 8 else "")
    criteria = ", ".join(str(column + 1) for column in sorted(set(columns.tolist())))
    raise ValueError(
        f"The weighted product needs values above zero, but {listed} {'has' if len(called) == 1 else 'have'} none "
        f"(criterion {criteria}); exclude them, choose another scale, or use the weighted sum."
    )


@dataclass(frozen=True)
class Seating:
    """Who is seated.

    Attributes:
        order: the numbers of the competing states, best first; equals in the order given.
        seated: the numbers of those seated, best first.
        ranks: one a state, from 1; equals share the better rank; 0 for who does not compete.
        tied: where the last seat falls among equals, all of these equals; empty otherwise.
        cut: the score half-way between the last seated and the first unseated; None where all are seated.
    """

    order: tuple[int, ...]
    seated: tuple[int, ...]
    ranks: NDArray[np.int64]
    tied: tuple[int, ...]
    cut: float | None


def seat(scores: NDArray[np.float64], seats: int, competes: NDArray[np.bool_] | None = None) -> Seating:
    """Seat the states with the highest scores; a tie at the last seat is reported, and the order given decides it.

    Raises:
        ValueError: for fewer than one seat, or more seats than states that compete.

    Example:
        >>> seat(np.array([0.2, 0.5, 0.2, 0.1]), seats=2).tied
        (0, 2)
    """
    able = np.ones(len(scores), dtype=np.bool_) if competes is None else competes
    if not 1 <= seats <= int(able.sum()):
        raise ValueError(f"{seats} seats cannot be filled from {int(able.sum())} states.")
    order = [int(state) for state in np.argsort(-scores, kind="stable") if able[state]]
    tolerance = TIE * max(float(np.abs(scores[order]).max()), TIE)
    ranks = np.zeros(len(scores), dtype=np.int64)
    for place, state in enumerate(order):
        equal = place > 0 and scores[order[place - 1]] - scores[state] <= tolerance
        ranks[state] = ranks[order[place - 1]] if equal else place + 1
    if len(order) == seats:
        return Seating(tuple(order), tuple(order), ranks, (), None)
    last, first_out = order[seats - 1], order[seats]
    tied = tuple(state for state in order if ranks[state] == ranks[last]) if ranks[last] == ranks[first_out] else ()
    return Seating(tuple(order), tuple(order[:seats]), ranks, tied, float(scores[last] + scores[first_out]) / 2)


def at_largest(
    values: NDArray[np.float64],
    missing: NDArray[np.bool_],
    weights: NDArray[np.float64],
    seats: int,
    *,
    aggregate: Aggregate = "weighted_sum",
) -> NDArray[np.bool_]:
    """Which states with gaps would be seated if every gap of theirs were the largest value anyone has.

    One state at a time; the others keep the values given.

    Args:
        values: ``states x criteria``, normalised and filled.
        missing: ``states x criteria``, where a gap was filled.
        weights: one a criterion.
        seats: how many are seated.
        aggregate: how criteria are added up.

    Example:
        >>> values = np.array([[0.6, 0.5], [0.3, 0.4], [0.1, 0.0]])
        >>> missing = np.array([[False, False], [False, False], [False, True]])
        >>> at_largest(values, missing, np.array([0.2, 0.8]), seats=2).tolist()
        [False, False, True]
    """
    could = np.zeros(len(values), dtype=np.bool_)
    largest = values.max(axis=0)
    for state in np.flatnonzero(missing.any(axis=1)):
        imagined = values.copy()
        imagined[state] = np.where(missing[state], largest, values[state])
        scores = Scoring.of(imagined, aggregate).scores(weights)
        could[state] = (scores > scores[state]).sum() < seats
    return could


def undominated(scoring: Scoring, seats: int) -> NDArray[np.intp]:
    """The states that some weighting could seat: fewer than ``seats`` others are at least as good on every criterion.

    Equals on every criterion count by the order given, as :func:`seat` decides ties.

    Example:
        >>> undominated(Scoring.of(np.array([[3.0, 3.0], [2.0, 2.0], [1.0, 4.0], [1.0, 1.0]])), seats=1).tolist()
        [0, 2]
    """
    values = scoring.values
    least = (values[:, None, :] >= values[None, :, :]).all(axis=2)  # row at least column, everywhere
    earlier = np.tri(len(values), k=-1, dtype=np.bool_).T  # row stands before column
    beats = least & (~least.T | earlier)
    return np.flatnonzero(beats.sum(axis=0) < seats)
