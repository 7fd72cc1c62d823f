"""The weight that says yes in a body of any size, when each member says yes by itself with a chance of its own.

The chances of all weights stand in one table of doubles; members enter one by one, the lightest first, so that the
table fills late. All terms are positive, so that relative accuracy is kept everywhere: a member adds three roundings.
One member is taken out again by an alternating sum of windows, which is proven in ``docs/methods/voting-power.md``,
section 5, for equal chances and holds for any chance up to one half.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

CELLS = 2**26
"""The longest table, in doubles: half a gibibyte."""
STRIP = 2**14
ROW = 256
UNIT = 2.0**-53
"""Unit roundoff of doubles."""

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Progress = Callable[[int, int], None]


def refuse_long(total: int, what: str) -> None:
    """Refuse a table that would not fit, before it is made.

    Raises:
        ValueError: with its size.

    Example:
        >>> refuse_long(2**20, "this body")
    """
    if total >= CELLS:
        raise ValueError(
            f"The weights of {what} sum to {total:,}: their table would take {8 * total / 2**30:.2g} GiB; the limit is "
            f"{8 * CELLS / 2**30:.2g} GiB. Fewer digits in the weights help."
        )


def tally(weights: Sequence[int], chances: Sequence[float] | Floats, below: int) -> Floats:
    """The chance of each weight of yes below a bound.

    Args:
        weights: a whole number of zero or more a member.
        chances: each member's chance of yes.
        below: how many weights are asked for: from zero to one less than this.

    Example:
        >>> tally([2, 1], [0.5, 0.25], below=4).tolist()
        [0.375, 0.125, 0.375, 0.125]
    """
    table = np.zeros(max(below, 1))
    table[0] = 1.0
    enter(table, 1, weights, chances)
    return table


def enter(table: Floats, top: int, weights: Sequence[int], chances: Sequence[float] | Floats) -> int:
    """Let members enter a table in place; entries from ``top`` on are zero. Returns the new top."""
    spare, end = np.empty(STRIP), len(table)
    for weight, chance in sorted(zip(weights, map(float, chances), strict=True)):
        if not weight or not chance:
            continue
        high = min(top + weight, end)
        for stop in range(high, weight, -STRIP):
            start = max(stop - STRIP, weight)
            fresh = np.multiply(table[start - weight : stop - weight], chance, out=spare[: stop - start])
            here = table[start:stop]
            here *= 1 - chance
            here += fresh
        table[: min(weight, high)] *= 1 - chance
        top = high
    return top


def rising(values: Floats) -> Floats:
    """Cumulative sums in rows of rows, so that few roundings follow each other.

    Example:
        >>> rising(np.ones(1000))[-1]
        np.float64(1000.0)
    """
    if len(values) <= ROW:
        return np.cumsum(values)
    padded = np.zeros(-(-len(values) // ROW) * ROW)
    padded[: len(values)] = values
    rows = np.cumsum(padded.reshape(-1, ROW), axis=1)
    rows[1:] += rising(rows[:, -1].copy())[:-1, None]
    return rows.reshape(-1)[: len(values)]


def doubt(members: int, length: int) -> float:
    """The relative error of one entry of :func:`rising` over :func:`tally`."""
    levels = 1
    while length > ROW:
        length, levels = -(-length // ROW), levels + 1
    return (4 * members + levels * (ROW + 1) + 8) * UNIT


def swings(
    summed: Floats, quota: int, weights: Integers, chances: Floats, *, inside: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """The chance that a member's weight decides among the others, and the sum of all terms, for the error.

    Args:
        summed: the chances of at most each weight, up to one below the quota or beyond; constant afterwards.
        quota: what must be reached; not above the length of ``summed``.
        weights: each member's weight.
        chances: each member's chance of yes under which it stands in the table, at most one half.
        inside: which members stand in the table; the others are asked about without being taken out.

    Example:
        >>> table = rising(tally([2, 1, 1], [0.5] * 3, below=3))
        >>> everybody = np.ones(3, dtype=bool)
        >>> swings(table, 3, np.array([2, 1, 1]), np.full(3, 0.5), inside=everybody)[0].tolist()
        [0.75, 0.25, 0.25]
    """
    ground = np.concatenate(([0.0], summed))
    turn = np.where(inside, chances / (1 - chances), 0.0)
    value, terms, power = np.zeros(len(weights)), np.zeros(len(weights)), np.ones(len(weights))
    active = np.flatnonzero((weights > 0) & (quota > 0))
    upper = np.full(len(weights), max(quota, 0))
    sign = 1
    while active.size:
        lower = np.maximum(upper[active] - weights[active], 0)
        high, low = ground[upper[active]], ground[lower]
        value[active] += sign * power[active] * (high - low)
        terms[active] += power[active] * (high + low)
        upper[active], sign = lower, -sign
        power[active] *= turn[active]
        active = active[(lower > 0) & (power[active] > 0)]
    scale = np.where(inside, 1 / (1 - chances), 1.0)
    return value * scale, terms * scale


def below(weights: Sequence[int], chances: Sequence[float] | Floats, need: int) -> float:
    """The chance that the weight of yes stays below what is needed.

    Raises:
        ValueError: where the table would not fit.

    Example:
        >>> below([1, 1, 1], [0.5] * 3, need=2)
        0.5
    """
    if need <= 0:
        return 0.0
    factor = int(np.gcd.reduce(np.asarray(weights, dtype=np.int64))) or 1
    small = [int(weight) // factor for weight in weights]
    bound = min(-(-need // factor), sum(small) + 1)
    refuse_long(bound, "a quorum")
    return float(rising(tally(small, chances, bound))[-1])
