"""How small a change of the weights swaps a seat: the nearest swaps, and how far one weight alone can move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.solvers.choice.program import minimise
from comity.solvers.choice.score import Scoring, seat, undominated

_STRICT = 1e-6
"""How far ahead, relative to the largest difference, the newcomers must be; above the solver's tolerance."""


@dataclass(frozen=True)
class Swap:
    """A change of weights after which one state has taken the seat of another and nothing else has changed.

    Attributes:
        leaves: the number of the state that loses its seat.
        enters: the number of the state that takes it.
        moved: the weight taken from some criteria and given to others, as a share of all weight.
        weights: the new weights.
    """

    leaves: int
    enters: int
    moved: float
    weights: NDArray[np.float64]


@dataclass(frozen=True)
class Hold:
    """How far the weight of one criterion can move, the others keeping their proportions, before a seat changes.

    Attributes:
        low: the weight at which a seat changes below the declared one; 0 where none does.
        high: the weight at which a seat changes above it; 1 where none does.
        below: who leaves and who enters at ``low``; None where nobody does.
        above: who leaves and who enters at ``high``.
    """

    low: float
    high: float
    below: tuple[int, int] | None
    above: tuple[int, int] | None


def least_change(
    scoring: Scoring, weights: NDArray[np.float64], seats: int, *, leaves: int, enters: int
) -> Swap | None:
    """The smallest change of weights that gives one state's seat to another and leaves the other seats alone.

    Weight moved is half the sum of absolute changes: what is taken from some criteria is what others gain.

    Args:
        scoring: the states that compete, with scores linear in the weights.
        weights: the weights started from.
        seats: how many are seated.
        leaves: the number of a state that these weights seat.
        enters: the number of a state that they do not.

    Returns:
        The swap, or None where no weights give that set.

    Raises:
        ValueError: for TOPSIS, or where the one is not seated or the other is.

    Example:
        >>> values = np.array([[0.6, 0.1], [0.3, 0.2], [0.1, 0.7]])
        >>> swap = least_change(Scoring.of(values), np.array([0.5, 0.5]), 2, leaves=0, enters=1)
        >>> round(swap.moved, 3), swap.weights.round(3).tolist()
        (0.25, [0.25, 0.75])
    """
    seated = _start(scoring, weights, seats)
    if leaves not in seated or enters in seated:
        raise ValueError("A swap takes the seat of a state that is seated and gives it to one that is not.")
    return _swap(scoring, weights, (leaves, enters), seated=seated, able=undominated(scoring, seats))


def nearest_swaps(scoring: Scoring, weights: NDArray[np.float64], seats: int) -> list[Swap]:
    """Every single swap that some weights give, nearest first.

    Raises:
        ValueError: for TOPSIS, or where the seats cannot be filled.
    """
    seated = _start(scoring, weights, seats)
    able = undominated(scoring, seats)
    rivals = [int(state) for state in able if state not in seated]
    tried = [
        _swap(scoring, weights, (leaves, enters), seated=seated, able=able) for leaves in seated for enters in rivals
    ]
    return sorted((swap for swap in tried if swap is not None), key=lambda swap: (swap.moved, swap.leaves, swap.enters))


def _start(scoring: Scoring, weights: NDArray[np.float64], seats: int) -> tuple[int, ...]:
    if not scoring.linear:
        raise ValueError("TOPSIS scores are not linear in the weights, so that linear programming cannot find swaps.")
    return seat(scoring.scores(weights), seats).seated


def _swap(
    scoring: Scoring,
    weights: NDArray[np.float64],
    pair: tuple[int, int],
    *,
    seated: Sequence[int],
    able: NDArray[np.intp],
) -> Swap | None:
    """The linear program over what is added to and what is taken from each weight."""
    inside = np.array([*(state for state in seated if state != pair[0]), pair[1]], dtype=np.intp)
    outside = np.union1d(np.setdiff1d(able, inside), [pair[0]])
    values = scoring.values
    gaps = (values[inside][:, None, :] - values[outside][None, :, :]).reshape(-1, values.shape[1])
    if (gaps <= 0).all(axis=1).any():
        return None
    gaps = gaps / np.abs(gaps).max()
    criteria = len(weights)
    unit = np.eye(criteria)
    found = minimise(
        np.concatenate([np.ones(criteria), np.zeros(criteria)]),
        (np.block([[-gaps, gaps], [-unit, unit]]), np.concatenate([gaps @ weights - _STRICT, weights])),
        (np.concatenate([np.ones(criteria), -np.ones(criteria)])[None, :], [0.0]),
        (0, 1),
    )
    if found is None:
        return None
    changed = np.clip(weights + found[:criteria] - found[criteria:], 0.0, 1.0)
    changed /= changed.sum()
    return Swap(pair[0], pair[1], float(np.abs(changed - weights).sum()) / 2, changed)


def holds(scoring: Scoring, weights: NDArray[np.float64], seats: int) -> list[Hold]:
    """For each criterion, how far its weight alone can move before a seat changes, and who swaps then.

    The other weights keep their proportions (equal ones where the criterion has all the weight).

    Raises:
        ValueError: for TOPSIS, or where the seats cannot be filled.

    Example:
        >>> values = np.array([[0.6, 0.1], [0.3, 0.2], [0.1, 0.7]])
        >>> held = holds(Scoring.of(values), np.array([0.5, 0.5]), 2)
        >>> round(held[0].low, 3), held[0].below, round(held[0].high, 3), held[0].above
        (0.25, (0, 1), 0.714, (2, 1))
    """
    seated = np.array(_start(scoring, weights, seats), dtype=np.intp)
    outside = np.setdiff1d(undominated(scoring, seats), seated)
    return [
        _hold(scoring.values, weights, criterion, seated=seated, outside=outside) for criterion in range(len(weights))
    ]


def _hold(
    values: NDArray[np.float64],
    weights: NDArray[np.float64],
    criterion: int,
    *,
    seated: NDArray[np.intp],
    outside: NDArray[np.intp],
) -> Hold:
    others = np.where(np.arange(len(weights)) == criterion, 0.0, weights)
    if others.sum() <= 0:
        others = np.where(np.arange(len(weights)) == criterion, 0.0, 1.0)
    rest = values @ (others / max(others.sum(), 1e-300))
    at_none = (rest[seated][:, None] - rest[outside][None, :]).ravel()
    own = values[:, criterion]
    at_all = (own[seated][:, None] - own[outside][None, :]).ravel()
    slope = at_all - at_none
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = np.where(slope == 0, np.nan, -at_none / slope)
    here = float(weights[criterion])
    falling = np.where((slope < 0) & (crossing >= here) & (crossing <= 1), crossing, np.inf)
    rising = np.where((slope > 0) & (crossing <= here) & (crossing >= 0), crossing, -np.inf)

    def who(place: int) -> tuple[int, int]:
        return int(seated[place // len(outside)]), int(outside[place % len(outside)])

    above, below = (int(falling.argmin()), int(rising.argmax())) if len(outside) else (0, 0)
    stays_above = not len(outside) or not np.isfinite(falling[above])
    stays_below = not len(outside) or not np.isfinite(rising[below])
    return Hold(
        low=0.0 if stays_below else float(rising[below]),
        high=1.0 if stays_above else float(falling[above]),
        below=None if stays_below else who(below),
        above=None if stays_above else who(above),
    )
