"""Forum choice: to which forum each issue is taken, given what it may expect there.

A mover compares the forums in which it can move an issue. What it expects of one is the probability that a text is
adopted there, times what the text is worth to it, times the share that is delivered, less what the forum costs. It
goes where it expects most; forums that promise the same share the issue; where none promises anything it goes nowhere.
With a ``precision`` the choice is quantal (logit), going nowhere being one of the choices.

**Source**: Busch, "Overlapping Institutions, Forum Shopping, and Dispute Settlement in International Trade",
*International Organization* 61 (2007), 735-761; Jupille, Mattli and Snidal, *Institutional Choice and Global Commerce*
(2013); Lipscy, *Renegotiating the World Order* (2017); for the quantal choice McKelvey and Palfrey, "Quantal Response
Equilibria for Normal Form Games", *Games and Economic Behavior* 10 (1995), 6-38.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
_SAME = 1e-12
"""Expectations that differ by less are the same."""


def expected(adoption: ArrayLike, value: ArrayLike, delivery: ArrayLike, cost: ArrayLike) -> Floats:
    """What a mover may expect of a forum, arrays of any shapes that fit together.

    Args:
        adoption: the probability that a text is adopted.
        value: what the text is worth to it; not a number where it cannot move the issue there.
        delivery: the share of what is promised that is kept.
        cost: what it costs to take the issue there, in units of the value.

    Raises:
        ValueError: where a probability or a share is none, or a cost is negative.

    Example:
        >>> float(expected(0.5, 40, 0.75, 5))
        10.0
    """
    chance, worth, kept, price = (np.asarray(each, dtype=np.float64) for each in (adoption, value, delivery, cost))
    for name, each in (("probability of adoption", chance), ("share delivered", kept)):
        if not ((each >= 0) & (each <= 1)).all():
            raise ValueError(f"A {name} lies between 0 and 1.")
    if not (price >= 0).all():
        raise ValueError("A forum costs nought or more.")
    return chance * worth * kept - price


def chosen(expectation: ArrayLike, precision: float | None = None) -> Floats:
    """The share of an issue that goes to each forum, by what is expected of it.

    Args:
        expectation: ``... x forums``; not a number where the issue cannot be moved there.
        precision: how surely the best forum is chosen: nought is chance, more is surer; certain where absent.

    Returns:
        Shares of the same shape. What is missing to one goes nowhere.

    Raises:
        ValueError: where there is no forum, or the precision is negative or no number.

    Example:
        >>> chosen([[3, 1, 3], [-1, -2, 0]]).tolist()
        [[0.5, 0.0, 0.5], [0.0, 0.0, 0.0]]
        >>> chosen([0, float("nan")], precision=1).tolist()
        [0.5, 0.0]
    """
    hoped = np.asarray(expectation, dtype=np.float64)
    if hoped.ndim == 0 or hoped.shape[-1] == 0:
        raise ValueError("There is no forum to choose: give at least one.")
    open_ones = np.where(np.isnan(hoped), -np.inf, hoped)
    if precision is not None:
        if not (np.isfinite(precision) and precision >= 0):
            raise ValueError(f"A precision is a finite number of nought or more; got {precision}.")
        return _quantal(open_ones, precision)
    top = open_ones.max(axis=-1, keepdims=True)
    near = _SAME * np.maximum(1.0, np.where(np.isfinite(top), np.abs(top), 0.0))
    best = (open_ones >= top - near) & (top > near)
    return best / np.maximum(best.sum(axis=-1, keepdims=True), 1)


def _quantal(hoped: Floats, precision: float) -> Floats:
    """Logit shares, going nowhere being worth nought."""
    known = np.isfinite(hoped)
    force = np.where(known, precision * np.where(known, hoped, 0.0), -np.inf)
    most = np.maximum(force.max(axis=-1, keepdims=True), 0.0)
    weights = np.exp(force - most)
    return weights / (weights.sum(axis=-1, keepdims=True) + np.exp(-most))


def moved(shares: ArrayLike, weight: ArrayLike) -> Floats:
    """The share of an issue that goes to each forum when movers of unequal weight each choose.

    Args:
        shares: ``... x movers x forums``, as :func:`chosen` gives them.
        weight: movers; nought or more.

    Returns:
        ``... x forums``; what is missing to one goes nowhere.

    Raises:
        ValueError: where a weight is negative, or none is more than nought.

    Example:
        >>> moved([[1, 0], [0, 1]], [3, 1]).tolist()
        [0.75, 0.25]
    """
    parts, counted = np.asarray(shares, dtype=np.float64), np.asarray(weight, dtype=np.float64)
    if not ((counted >= 0).all() and counted.sum() > 0):
        raise ValueError("Movers weigh nought or more, and one of them more than nought.")
    return np.einsum("...mf,m->...f", parts, counted / counted.sum())


def first(shares: ArrayLike, least: float = 0.0) -> Floats:
    """Where the largest part of an issue goes, undivided: shares of one, which forums that draw level split.

    Args:
        shares: ``... x forums``; what is missing to one goes nowhere.
        least: an issue of which not so much is moved anywhere goes nowhere.

    Example:
        >>> first([[0.5, 0.2], [0.1, 0.0], [0.4, 0.4]], least=0.2).tolist()
        [[1.0, 0.0], [0.0, 0.0], [0.5, 0.5]]
    """
    parts = np.asarray(shares, dtype=np.float64)
    best = (parts >= parts.max(axis=-1, keepdims=True) - _SAME) & (parts > 0)
    counts = best & (parts.sum(axis=-1, keepdims=True) >= least - _SAME)
    return counts / np.maximum(counts.sum(axis=-1, keepdims=True), 1)


def emptied(before: ArrayLike, after: ArrayLike, threshold: float) -> NDArray[np.bool_]:
    """Which forums had at least this share of the issues before, and have less after.

    Example:
        >>> emptied([0.4, 0.0, 0.3], [0.01, 0.0, 0.3], 0.05).tolist()
        [True, False, False]
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"A threshold is a share above 0 and at most 1; got {threshold}.")
    had, has = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    return (had >= threshold) & (has < threshold)


def stretched(positions: ArrayLike, factor: float, scale: tuple[float, float] = (0.0, 100.0)) -> Floats:
    """Positions stretched about their mean (a factor above 1) or drawn together (below 1), kept on the scale.

    Args:
        positions: ``draws x members``.
        factor: by how much the distance from the mean grows.
        scale: the first and last text.

    Raises:
        ValueError: for a factor below nought.

    Example:
        >>> stretched([[40, 60]], 2).tolist(), stretched([[40, 60]], 0).tolist()
        ([[30.0, 70.0]], [[50.0, 50.0]])
    """
    if not (np.isfinite(factor) and factor >= 0):
        raise ValueError(f"Positions are stretched by nought or more; got {factor}.")
    places = np.atleast_2d(np.asarray(positions, dtype=np.float64))
    mean = places.mean(axis=1, keepdims=True)
    return np.clip(mean + factor * (places - mean), *scale)


def contour(across: ArrayLike, up: ArrayLike, height: ArrayLike, level: float) -> Floats:
    """The line on which a surface over a grid has one height, as pieces of straight lines.

    Every square of the grid is cut into two triangles, on which the surface is flat.

    Args:
        across: the places of the columns, ascending.
        up: the places of the rows, ascending.
        height: ``rows x columns``.
        level: the height.

    Returns:
        ``pieces x 4``: across and up of one end and of the other.

    Example:
        >>> contour([0, 1], [0, 1], [[0, 1], [0, 1]], 0.5).tolist()
        [[0.5, 0.0, 0.5, 0.5], [0.5, 0.5, 0.5, 1.0]]
    """
    columns, rows, heights = (np.asarray(each, dtype=np.float64) for each in (across, up, height))
    if heights.shape != (len(rows), len(columns)):
        raise ValueError(f"The grid is {len(rows)} x {len(columns)} rows and columns; got heights {heights.shape}.")
    pieces: list[list[float]] = []
    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            low, right, left, high = (row, column), (row, column + 1), (row + 1, column), (row + 1, column + 1)
            for triangle in ((low, right, high), (low, high, left)):
                ends: list[float] = []
                for one, other in zip(triangle, (*triangle[1:], triangle[0]), strict=True):
                    here, there = heights[one], heights[other]
                    if (here < level) != (there < level):
                        way = (level - here) / (there - here)
                        ends += [
                            float(columns[one[1]] + way * (columns[other[1]] - columns[one[1]])),
                            float(rows[one[0]] + way * (rows[other[0]] - rows[one[0]])),
                        ]
                if ends:
                    pieces.append(ends)
    return np.array(pieces, dtype=np.float64).reshape(-1, 4)
