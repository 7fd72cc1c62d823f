"""Weights drawn uniformly: from all weightings, or from those that keep to ranges and a rank order.

All weightings of m criteria form a simplex. Ranges and orders cut a convex region out of it, which is taken apart into
simplices, so that every draw is exact: a simplex is chosen by its volume, a point in it by the gaps between sorted
uniform numbers. No draw is rejected and none depends on another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from comity.solvers.choice.program import minimise

MOST_FREE = 8
"""More criteria than this with ranges or orders would fall into too many simplices."""
_SAME = 1e-9


@dataclass(frozen=True)
class Limits:
    """What weights may be: ``rows @ weights <= bounds`` beside being non-negative and summing to one.

    Attributes:
        low: the least each weight may be in the region, one a criterion.
        high: the most.
        rows: ``limits x criteria``.
        bounds: one a limit.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    rows: NDArray[np.float64]
    bounds: NDArray[np.float64]

    @property
    def none(self) -> bool:
        """Whether every weighting is allowed."""
        return len(self.rows) == 0


def limits(
    names: Sequence[str],
    ranges: Mapping[str, tuple[float, float]] | None = None,
    order: Sequence[str] = (),
) -> Limits:
    """The region of weights that a user allows.

    Args:
        names: the criteria.
        ranges: the least and the most weight of some criteria.
        order: criteria of which none may weigh more than the one before.

    Raises:
        ValueError: for a name that is no criterion, a range that is none, or limits that no weights can keep.

    Example:
        >>> limits(["gdp", "energy"], {"gdp": (0.25, 1.0)}).high.tolist()
        [1.0, 0.75]
    """
    ranges = ranges or {}
    _known(names, [*ranges, *order])
    rows, bounds = [np.zeros((0, len(names)))], [0.0]
    unit = np.eye(len(names))
    for name, (least, most) in ranges.items():
        if not 0 <= least <= most <= 1:
            raise ValueError(f"The range of {name}, {least:g} to {most:g}, is none: 0 <= least <= most <= 1.")
        here = unit[names.index(name)]
        rows.append(np.stack([-here, here]))
        bounds += [-least, most]
    for before, after in pairwise(order):
        rows.append((unit[names.index(after)] - unit[names.index(before)])[None, :])
        bounds.append(0.0)
    allowed = Limits(np.zeros(len(names)), np.ones(len(names)), np.concatenate(rows), np.array(bounds[1:]))
    _refuse_sums(names, ranges)
    if allowed.none:
        return allowed
    low, high = extent(allowed)
    return Limits(low, high, allowed.rows, allowed.bounds)


def _known(names: Sequence[str], used: Sequence[str]) -> None:
    unknown = [name for name in used if name not in names]
    if unknown:
        raise ValueError(f"There is no criterion '{unknown[0]}'; the criteria are {', '.join(names)}.")
    if not names:
        raise ValueError("Weights need at least one criterion.")


def _refuse_sums(names: Sequence[str], ranges: Mapping[str, tuple[float, float]]) -> None:
    least = sum(low for low, _ in ranges.values())
    if least > 1 + _SAME:
        raise ValueError(f"The least weights sum to {least:g}, but all weights together are 1; lower some of them.")
    most = sum(ranges.get(name, (0.0, 1.0))[1] for name in names)
    if most < 1 - _SAME:
        raise ValueError(f"The largest weights sum to {most:g}, but all weights together are 1; raise some of them.")


def extent(allowed: Limits, rows: NDArray[np.float64] | None = None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The least and the most that each weight can be, by linear programming.

    Args:
        allowed: the limits.
        rows: further conditions ``rows @ weights >= 0``, such as score differences.

    Raises:
        ValueError: where no weights keep to the conditions.
    """
    criteria = allowed.rows.shape[1]
    more = np.zeros((0, criteria)) if rows is None else rows
    conditions = np.concatenate([allowed.rows, -more]), np.concatenate([allowed.bounds, np.zeros(len(more))])
    found = np.empty((2, criteria))
    for criterion in range(criteria):
        for side, sign in enumerate((1.0, -1.0)):
            answer = minimise(sign * np.eye(criteria)[criterion], conditions, (np.ones((1, criteria)), [1.0]), (0, 1))
            if answer is None:
                raise ValueError("No weights keep to these ranges and this order together; widen or drop some.")
            found[side, criterion] = answer[criterion]
    return np.clip(found[0], 0, 1), np.clip(found[1], 0, 1)


@dataclass(frozen=True)
class Region:
    """A region of weights, taken apart into simplices.

    Attributes:
        corners: ``simplices x corners x criteria``.
        shares: the cumulated share of the volume, one a simplex, the last 1.

    Example:
        >>> Region.of(limits(["a", "b"])).draw(np.array([[0.3, 0.5]])).tolist()
        [[0.5, 0.5]]
    """

    corners: NDArray[np.float64]
    shares: NDArray[np.float64]

    @classmethod
    def of(cls, allowed: Limits) -> Region:
        """The region of weights within limits.

        Raises:
            ValueError: where more than eight weights are free under ranges or orders.
        """
        if allowed.none:
            return cls(np.eye(allowed.rows.shape[1])[None], np.ones(1))
        free = np.flatnonzero(allowed.high - allowed.low > _SAME)
        middle = (allowed.low + allowed.high) / 2
        if len(free) == 0:
            return cls(middle[None, None, :], np.ones(1))
        if len(free) > MOST_FREE:
            raise ValueError(
                f"Ranges and orders are drawn from exactly for up to {MOST_FREE} criteria with a free weight; "
                f"there are {len(free)}. Fix some weights, or drop the ranges."
            )
        rest = 1 - middle.sum() + middle[free].sum()
        inner, volumes = _simplices(allowed, free, middle, rest)
        corners = np.broadcast_to(middle, (*inner.shape[:2], len(middle))).copy()
        corners[:, :, free[:-1]] = inner
        corners[:, :, free[-1]] = rest - inner.sum(axis=2)
        return cls(corners, np.cumsum(volumes) / volumes.sum())

    def draw(self, uniforms: NDArray[np.float64]) -> NDArray[np.float64]:
        """One weighting a row: ``draws x criteria`` uniform numbers give ``draws x criteria`` weights summing to 1."""
        picked = np.searchsorted(self.shares, uniforms[:, 0], side="right").clip(max=len(self.shares) - 1)
        edges = np.sort(uniforms[:, 1 : self.corners.shape[1]], axis=1)
        mix = np.diff(edges, axis=1, prepend=0.0, append=1.0)
        if len(self.shares) == 1:
            return mix @ self.corners[0]
        return np.einsum("dk,dkc->dc", mix, self.corners[picked])


def _simplices(
    allowed: Limits, free: NDArray[np.intp], middle: NDArray[np.float64], rest: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The simplices of the region in its free weights but the last, and their volumes up to one factor."""
    if len(free) == 2:
        return np.array([[[allowed.low[free[0]]], [allowed.high[free[0]]]]]), np.ones(1)
    rows, bounds = _reduced(allowed, free, middle, rest)
    points = _vertices(rows, bounds)
    if len(points) == len(free):
        return points[None], np.ones(1)
    from scipy.spatial import ConvexHull

    faces = points[ConvexHull(points).simplices]
    centre = np.broadcast_to(points.mean(axis=0), (len(faces), 1, len(free) - 1))
    simplices = np.concatenate([faces, centre], axis=1)
    volumes = np.abs(np.linalg.det(faces - centre))
    return simplices, volumes


def _reduced(
    allowed: Limits, free: NDArray[np.intp], middle: NDArray[np.float64], rest: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The limits as ``rows @ x <= bounds`` on the free weights but the last, which is what the others leave."""
    fixed = middle.copy()
    fixed[free] = 0
    full = np.concatenate([allowed.rows, -np.eye(len(middle))])
    bounds = np.concatenate([allowed.bounds, np.zeros(len(middle))]) - full @ fixed
    last = full[:, free[-1]]
    rows = full[:, free[:-1]] - last[:, None]
    bounds -= last * rest
    used = np.abs(rows).max(axis=1) > _SAME
    return rows[used], bounds[used]


def _vertices(rows: NDArray[np.float64], bounds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The corners of ``rows @ x <= bounds``, each once."""
    from scipy.spatial import HalfspaceIntersection

    free = rows.shape[1]
    ball = minimise(
        np.append(np.zeros(free), -1.0),
        (np.column_stack([rows, np.linalg.norm(rows, axis=1)]), bounds),
        (np.zeros((0, free + 1)), []),
        [*[(None, None)] * free, (0, None)],
    )
    if ball is None:
        raise ValueError("No weights keep to these ranges and this order together; widen or drop some.")
    corners = HalfspaceIntersection(np.column_stack([rows, -bounds]), ball[:-1]).intersections
    corners = corners[np.isfinite(corners).all(axis=1)]
    _, first = np.unique(np.round(corners, 9), axis=0, return_index=True)
    return corners[np.sort(first)]
