"""How many there really are: effective numbers of unequal shares, with what is not seen and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Amounts = NDArray[np.float64] | Sequence[float]


def effective(amounts: Amounts, order: float = 2.0) -> float:
    """The effective number: how many equal holders would be as concentrated as these.

    Order 2 is the inverse of Herfindahl's index (Laakso and Taagepera's effective number), order 1 the exponential of
    Shannon's entropy, order 0 counts everyone with something, and infinity is the inverse of the largest share. The
    higher the order, the less the small count.

    Args:
        amounts: what each holds; only the proportions matter.
        order: from 0 to infinity.

    Raises:
        ValueError: for amounts that are negative, not finite or all nought, or an order below 0.

    **Source**: Laakso and Taagepera (1979), "Effective number of parties", Comparative Political Studies 12: 3-27; Hill
    (1973), "Diversity and evenness", Ecology 54: 427-432.

    Example:
        >>> effective([1, 1, 1, 1]), round(effective([2, 1, 1]), 3), round(effective([2, 1, 1], order=1), 3)
        (4.0, 2.667, 2.828)
    """
    if not order >= 0:
        raise ValueError(f"An effective number has an order from 0 to infinity; {order} is none.")
    return float(effective_rows(_checked(amounts)[None, :], order)[0])


def effective_rows(amounts: NDArray[np.float64], order: float = 2.0) -> NDArray[np.float64]:
    """The effective number of each row of ``draws x holders``; a row without anything gives NaN."""
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = amounts / amounts.sum(axis=1, keepdims=True)
        if order == 1:
            terms = np.where(shares > 0, shares * np.log(shares), np.where(np.isnan(shares), np.nan, 0.0))
            return np.exp(-terms.sum(axis=1))
        if np.isinf(order):
            return 1 / shares.max(axis=1)
        if order == 2:  # exact where all hold the same
            return amounts.sum(axis=1) ** 2 / (amounts**2).sum(axis=1)
        powers = np.where(shares > 0, shares**order, np.where(np.isnan(shares), np.nan, 0.0))
        return powers.sum(axis=1) ** (1 / (1 - order))


def _checked(amounts: Amounts) -> NDArray[np.float64]:
    values = np.asarray(amounts, dtype=np.float64)
    if values.ndim != 1 or not np.isfinite(values).all() or (values < 0).any():
        raise ValueError("An effective number is of one row of finite amounts that are not negative.")
    if not values.sum() > 0:
        raise ValueError("Nobody holds anything, so that there are no shares to count.")
    return values


def without(amounts: Amounts, place: int) -> float:
    """The effective number of the others when one leaves; NaN where the others hold nothing.

    It is at least the number with it minus one (and equals that only where its share is Herfindahl's index itself), and
    it is larger than the number N with it exactly where its share is above ``2 / (N + 1)``: see :func:`overweight`.

    Example:
        >>> without([6, 1, 1, 1, 1], 0), round(effective([6, 1, 1, 1, 1]), 1)
        (4.0, 2.5)
    """
    return float(effective_rows(np.delete(_checked(amounts), place)[None, :])[0])


def overweight(number: float) -> float:
    """The share above which a member weighs so much that the others are more plural without it.

    With shares of squares summing to H = 1/N, the others' number is ``(1 - s)^2 / (H - s^2)``, which is above N exactly
    where ``s > 2H / (1 + H) = 2 / (N + 1)``.

    Example:
        >>> overweight(4.0)
        0.4
    """
    return 2 / (number + 1)


def bounds(known: Amounts, rest: float, most: int | None = None) -> tuple[float, float]:
    """The least and the largest effective number when part of the whole is not seen.

    The least stands where one unseen member holds all the rest, the largest where it is spread evenly over ``most``
    members (over endlessly many where that is not known).

    Args:
        known: what each seen member holds.
        rest: what the unseen hold together, in the same unit.
        most: how many unseen members there can be.

    Raises:
        ValueError: for a negative rest, or a rest that nobody can hold.

    Example:
        >>> low, high = bounds([0.22, 0.20], rest=0.58, most=29)
        >>> round(low, 2), round(high, 2)
        (2.35, 10.0)
    """
    seen = np.asarray(known, dtype=np.float64)
    if rest < 0 or (rest > 0 and most is not None and most < 1):
        raise ValueError(f"{rest:g} is not seen, and {most if most is not None else 'nobody'} may hold it.")
    whole = float(_checked(np.append(seen, rest)).sum())
    squares = float((seen**2).sum())
    spread = 0.0 if most is None or not rest else rest**2 / most
    return whole**2 / (squares + rest**2), whole**2 / (squares + spread)


@dataclass(frozen=True)
class Interval:
    """An effective number with what doubtful amounts leave of it.

    Attributes:
        value: at the amounts given; None where part of the whole is not seen.
        low: the 5 % quantile over the draws, or the least that it can be.
        high: the 95 % quantile, or the largest that it can be.
    """

    value: float | None
    low: float
    high: float


def interval(value: float, drawn: NDArray[np.float64]) -> Interval:
    """The value with the 90 % interval of its draws, widened where the value itself stands outside."""
    low, high = (float(each) for each in np.nanquantile(drawn, [0.05, 0.95]))
    return Interval(value, min(low, value), max(high, value))


def doubtful(
    low: NDArray[np.float64], mode: NDArray[np.float64], high: NDArray[np.float64], uniforms: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Amounts drawn from triangles: ``draws x holders`` between low and high, most often near the mode.

    Example:
        >>> ends = np.array([1.0]), np.array([2.0]), np.array([3.0])
        >>> doubtful(*ends, np.array([[0.0], [0.5], [1.0]])).ravel().tolist()
        [1.0, 2.0, 3.0]
    """
    span = high - low
    width = np.where(span > 0, span, 1.0)
    left = (mode - low) / width
    below = low + np.sqrt(uniforms * width * (mode - low))
    above = high - np.sqrt((1 - uniforms) * width * (high - mode))
    return np.where(span > 0, np.where(uniforms < left, below, above), mode)


@dataclass(frozen=True)
class Change:
    """How an effective number came from one to another, in three steps that add up, and who of the stayers moved it.

    Attributes:
        before: the number before.
        after: the number after.
        left: what those who left changed by leaving.
        grew: what changed among those who stayed.
        joined: what those who joined changed by joining.
        parts: holders; each stayer's part of ``grew``: above nought where its share among the stayers came nearer to
            nothing, below where it grew; NaN for who left or joined. They sum to ``grew``.
    """

    before: float
    after: float
    left: float
    grew: float
    joined: float
    parts: NDArray[np.float64]


def change(before: Amounts, after: Amounts) -> Change:
    """Take the change of an effective number apart: who left, who of the stayers grew, who joined, in this order.

    A member's part in the middle step is exact, for ``N1 - N0 = N0 N1 (H0 - H1)``, a sum over members.

    Args:
        before: holders; NaN for who is not there yet.
        after: the same holders; NaN for who is no longer there.

    Raises:
        ValueError: where nobody stays.

    Example:
        >>> grown = change([5, 1, 1, np.nan], [5, 5, np.nan, 5])
        >>> round(grown.left, 3), round(grown.grew, 3), round(grown.joined, 3)
        (-0.43, 0.615, 1.0)
    """
    old, new = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    stay = ~np.isnan(old) & ~np.isnan(new)
    if not stay.any():
        raise ValueError("Nobody stays from before to after, so that there is no change to take apart.")
    first, last = effective(old[~np.isnan(old)]), effective(new[~np.isnan(new)])
    start, end = effective(old[stay]), effective(new[stay])
    shares = old[stay] / old[stay].sum(), new[stay] / new[stay].sum()
    parts = np.full(len(old), np.nan)
    parts[stay] = (shares[0] ** 2 - shares[1] ** 2) * start * end
    return Change(first, last, start - first, end - start, last - end, parts)
