"""The compromise that everyone pulls at, and the median that nobody can beat."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SAME = 1e-12
"""Halves of the weight nearer than this, relative to the whole, count as equal."""


def compromise_mean(positions: ArrayLike, power: ArrayLike, salience: ArrayLike) -> NDArray[np.float64]:
    """The mean of the positions, each weighted by power times salience.

    It is also the symmetric Nash solution when every member's loss grows with the square of the distance and no
    agreement would be very bad for all (Achen 2006).

    Args:
        positions: members first, any further axes after (``members``, ``members x issues``, ``members x draws``); a
            member without a position is NaN there and is not counted.
        power: members, or the shape of the positions.
        salience: the same.

    Returns:
        One number for each of the further axes; NaN where nobody with weight has a position.

    Raises:
        ValueError: where shapes do not fit, or a weight is negative or not a number.

    **Source**: Van den Bos (1991), *Dutch EC Policy Making*, chapter 5; Achen (2006), in Thomson et al., *The European
    Union Decides*, chapter 4.

    Example:
        >>> float(compromise_mean([0, 100, 100], 1, 1).round(3))
        66.667
    """
    where, weight = _weighed(positions, power, salience)
    total = weight.sum(axis=0)
    pulled = (weight * np.where(weight > 0, where, 0.0)).sum(axis=0)
    return np.divide(pulled, total, out=np.full_like(total, np.nan), where=total > 0)


def weighted_median(
    positions: ArrayLike, power: ArrayLike, salience: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The positions that no other beats when power times salience votes for the nearer of two.

    Where exactly half of the weight stands on either side of a gap, all of the gap is undefeated.

    Args:
        positions: members first, any further axes after; NaN where a member has none.
        power: members, or the shape of the positions.
        salience: the same.

    Returns:
        The lower and the upper end of the undefeated positions, equal where there is one only.

    Raises:
        ValueError: where shapes do not fit, or a weight is negative or not a number.

    **Source**: Black (1948), "On the Rationale of Group Decision-making", *Journal of Political Economy* 56.

    Example:
        >>> low, high = weighted_median([4, 7, 10], 1, [0.248, 0.093, 0.336])
        >>> float(low), float(high)
        (7.0, 7.0)
    """
    where, weight = _weighed(positions, power, salience)
    order = np.argsort(np.where(weight > 0, where, np.inf), axis=0, kind="stable")
    held = np.take_along_axis(weight, order, axis=0)
    stand = np.take_along_axis(where, order, axis=0)
    below = np.cumsum(held, axis=0)
    total = below[-1]
    half = total / 2
    slack = SAME * total
    first = np.argmax(below >= half - slack, axis=0)
    last = np.argmax(below > half + slack, axis=0)
    low = np.take_along_axis(stand, first[None], axis=0)[0]
    high = np.take_along_axis(stand, last[None], axis=0)[0]
    nobody = total <= 0
    return np.where(nobody, np.nan, low), np.where(nobody, np.nan, high)


def _weighed(
    positions: ArrayLike, power: ArrayLike, salience: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Positions, and the weight of each: power times salience, nought where there is no position."""
    where = np.asarray(positions, dtype=np.float64)
    if where.ndim == 0 or where.shape[0] == 0:
        raise ValueError("Positions need at least one member on their first axis.")
    weight = np.ones_like(where)
    for name, given in (("power", power), ("salience", salience)):
        each = np.asarray(given, dtype=np.float64)
        if each.ndim == 1 and where.ndim > 1 and each.shape[0] == where.shape[0]:
            each = each.reshape(-1, *[1] * (where.ndim - 1))
        if each.ndim and each.shape != where.shape and each.shape[0] != where.shape[0]:
            raise ValueError(f"There are {where.shape[0]} members with positions, but {each.shape[0]} with {name}.")
        known = np.broadcast_to(each, where.shape)[~np.isnan(where)]
        if np.isnan(known).any() or (known < 0).any():
            raise ValueError(f"The {name} of a member with a position must be a number of nought or more.")
        weight = weight * np.nan_to_num(each)
    return where, np.where(np.isnan(where), 0.0, weight)
