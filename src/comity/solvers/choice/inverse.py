"""The inverse question: is there any weighting that seats exactly this set, where, and if not, who forbids it.

With scores that are linear in the weights (weighted sum, and weighted product by its logarithm) a set is seated where
every insider is ahead of every outsider: linear conditions, decided by linear programming, with duality for the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.solvers.choice.program import minimise
from comity.solvers.choice.score import Scoring
from comity.solvers.choice.weights import Limits, extent

_NOTHING = 1e-12
_SHOWN = 1e-6


@dataclass(frozen=True)
class Obstacle:
    """Why no weighting gives the set: a mix of outsiders that is at least a mix of insiders on every criterion.

    A single outsider against a single insider is dominance; where they are equal everywhere, only a tie could seat one
    and not the other.

    Attributes:
        outsiders: the share of each outsider in the mix, by number; the shares sum to one.
        insiders: the share of each insider in the other mix.
        ahead: by how much the first mix is ahead of the second, one a criterion, never negative.
    """

    outsiders: dict[int, float]
    insiders: dict[int, float]
    ahead: NDArray[np.float64]

    @property
    def dominance(self) -> bool:
        """Whether one outsider alone is at least one insider on every criterion."""
        return len(self.outsiders) == len(self.insiders) == 1

    @property
    def equal(self) -> bool:
        """Whether the two mixes are equal on every criterion."""
        return bool((self.ahead <= _NOTHING).all())


@dataclass(frozen=True)
class Inverse:
    """Which weightings seat exactly a set.

    Attributes:
        exists: whether any does, without a tie.
        margin: the largest least difference between an insider's and an outsider's score, in units of the score;
            negative or nought where no weighting gives the set.
        weights: where it is reached, one a criterion.
        low: the least each weight can be while the set is seated; None where it never is.
        high: the most.
        obstacle: why not, where no weighting does.
    """

    exists: bool
    margin: float
    weights: NDArray[np.float64]
    low: NDArray[np.float64] | None = None
    high: NDArray[np.float64] | None = None
    obstacle: Obstacle | None = None


def weighting_for(scoring: Scoring, members: Sequence[int]) -> Inverse:
    """Whether any weighting seats exactly these states, by how much at best, and within which weights.

    Args:
        scoring: the states that compete, with scores linear in the weights.
        members: the numbers of the states asked about.

    Raises:
        ValueError: for TOPSIS, for an empty set, and for the set of all.

    Example:
        >>> values = np.array([[0.6, 0.1], [0.3, 0.2], [0.1, 0.7]])
        >>> found = weighting_for(Scoring.of(values), [1, 2])
        >>> found.exists, found.weights.round(3).tolist(), found.low.round(3).tolist()
        (True, [0.0, 1.0], [0.0, 0.75])
        >>> weighting_for(Scoring.of(values[:, :1]), [1, 2]).obstacle.outsiders
        {0: 1.0}
    """
    values = _linear(scoring)
    inside, outside = _rivals(values, members)
    gaps = (values[inside][:, None, :] - values[outside][None, :, :]).reshape(-1, values.shape[1])
    weights = _widest(gaps)
    margin = float((gaps @ weights).min())
    if margin > _NOTHING * max(float(np.abs(values).max()), _NOTHING):
        criteria = values.shape[1]
        free = Limits(np.zeros(criteria), np.ones(criteria), np.zeros((0, criteria)), np.zeros(0))
        low, high = extent(free, gaps / np.abs(gaps).max())
        return Inverse(exists=True, margin=margin, weights=weights, low=low, high=high)
    return Inverse(exists=False, margin=margin, weights=weights, obstacle=_obstacle(values, members))


def _linear(scoring: Scoring) -> NDArray[np.float64]:
    if not scoring.linear:
        raise ValueError("TOPSIS scores are not linear in the weights, so that linear programming cannot decide this.")
    return scoring.values


def _rivals(values: NDArray[np.float64], members: Sequence[int]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The insiders and outsiders whose difference decides: no insider above another, no outsider below another."""
    if not 0 < len(set(members)) < len(values):
        raise ValueError("The set asked about holds at least one state and leaves at least one out.")
    inside = np.array(sorted(set(members)), dtype=np.intp)
    outside = np.setdiff1d(np.arange(len(values)), inside)
    return inside[_extreme(-values[inside])], outside[_extreme(values[outside])]


def _extreme(values: NDArray[np.float64]) -> NDArray[np.intp]:
    """The rows that no other row is at least as large as everywhere (the first of equals)."""
    least = (values[:, None, :] >= values[None, :, :]).all(axis=2)
    earlier = np.tri(len(values), k=-1, dtype=np.bool_).T
    return np.flatnonzero(~(least & (~least.T | earlier)).any(axis=0))


def _widest(gaps: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weights at which the least of the differences is largest."""
    criteria = gaps.shape[1]
    scale = float(np.abs(gaps).max()) or 1.0
    found = minimise(
        np.append(np.zeros(criteria), -1.0),
        (np.column_stack([-gaps / scale, np.ones(len(gaps))]), np.zeros(len(gaps))),
        (np.append(np.ones(criteria), 0.0)[None, :], [1.0]),
        [*[(0, 1)] * criteria, (None, None)],
    )
    if found is None:
        raise ValueError("The linear program of the inverse question has no answer; are the values finite?")
    weights = np.clip(found[:criteria], 0.0, 1.0) + 0.0
    return weights / weights.sum()


def _obstacle(values: NDArray[np.float64], members: Sequence[int]) -> Obstacle:
    """The plainest reason: one outsider above one insider, else outsiders above one insider, else above several."""
    inside = sorted(set(members))
    outside = [state for state in range(len(values)) if state not in set(members)]
    above = (values[outside][:, None, :] >= values[inside][None, :, :]).all(axis=2)
    if above.any():
        lead = (values[outside][:, None, :] - values[inside][None, :, :]).sum(axis=2)
        first, second = np.unravel_index(np.where(above, lead, -np.inf).argmax(), above.shape)
        outsider, insider = outside[first], inside[second]
        return Obstacle({outsider: 1.0}, {insider: 1.0}, values[outsider] - values[insider])
    for insider in inside:
        mix = _mix(values, [insider], outside)
        if (mix.ahead >= 0).all():
            return mix
    return _mix(values, inside, outside)


def _mix(values: NDArray[np.float64], inside: Sequence[int], outside: Sequence[int]) -> Obstacle:
    """The mix of outsiders that is furthest ahead of a mix of insiders on the criterion where it is least ahead."""
    scale = float(np.abs(values).max()) or 1.0
    columns = np.concatenate([values[outside], -values[inside]]).T / scale
    criteria, states = columns.shape
    sums = np.zeros((2, states + 1))
    sums[0, : len(outside)] = 1
    sums[1, len(outside) : -1] = 1
    found = minimise(
        np.append(np.zeros(states), -1.0),
        (np.column_stack([-columns, np.ones(criteria)]), np.zeros(criteria)),
        (sums, [1.0, 1.0]),
        [*[(0, 1)] * states, (None, None)],
    )
    if found is None:
        raise ValueError("The linear program of the obstacle has no answer; are the values finite?")
    shares = found[:-1]
    ahead = columns @ shares * scale
    return Obstacle(
        _shares(outside, shares[: len(outside)]),
        _shares(inside, shares[len(outside) :]),
        np.where(np.abs(ahead) <= 1e-9 * scale, 0.0, ahead),
    )


def _shares(states: Sequence[int], shares: NDArray[np.float64]) -> dict[int, float]:
    listed = {state: float(share) for state, share in zip(states, shares, strict=True) if share > _SHOWN}
    return dict(sorted(listed.items(), key=lambda item: (-item[1], item[0])))
