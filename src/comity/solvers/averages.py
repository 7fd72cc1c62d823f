"""Averages of bounded scores with intervals from drawing commitments again, and which of them cannot be told apart."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Mean:
    """An average with its interval.

    Attributes:
        mean: the average of the scores, -1 to 1.
        low: the lower end of its interval; None for a single score.
        high: the upper end.
        n: how many scores there are.
    """

    mean: float
    low: float | None
    high: float | None
    n: int


def tail(confidence: float, n: int) -> float:
    """The share of draws outside either end, small samples allowed for.

    Percentiles of resampled means are too narrow by the square root of (n - 1) / n, and by what Student's t is wider
    than the normal curve; both are mended by going further out.

    **Source**: Hesterberg (2015), "What Teachers Should Know About the Bootstrap", The American Statistician 69(4),
    section 4.3 ("expanded percentile").

    Example:
        >>> round(tail(0.95, 1000), 4), round(tail(0.95, 15), 4)
        (0.0248, 0.0132)
    """
    from scipy.stats import norm, t

    return float(norm.cdf(-sqrt(n / (n - 1)) * t.ppf((1 + confidence) / 2, n - 1)))


def mean(scores: NDArray[np.float64], resampled: NDArray[np.integer], confidence: float = 0.95) -> Mean:
    """The average of scores from -1 to 1, with its interval.

    Args:
        scores: one a commitment.
        resampled: ``draws x commitments``, each a place in the scores.
        confidence: how often intervals made like this hold the mean of all commitments of the kind.

    Where all scores are equal no draw differs from another; then the interval is the one within which a share of
    other scores would go unseen in so many commitments (Clopper and Pearson 1934).

    Example:
        >>> import numpy as np
        >>> mean(np.ones(20), np.zeros((10, 20), dtype=int)).low > 0.6
        True
    """
    n = len(scores)
    centre = float(scores.mean())
    if n == 1:
        return Mean(centre, None, None, n)
    if scores.min() == scores.max():
        unseen = 1 - ((1 - confidence) / 2) ** (1 / n)
        return Mean(centre, centre - unseen * (centre + 1), centre + unseen * (1 - centre), n)
    out = tail(confidence, n)
    low, high = np.quantile(scores[resampled].mean(axis=1), [out, 1 - out])
    return Mean(centre, float(low), float(high), n)


def apart(
    first: NDArray[np.float64], second: NDArray[np.float64], resampled: NDArray[np.integer], confidence: float = 0.95
) -> Mean:
    """The average of the first less that of the second, over the same commitments, drawn together.

    Where they differ by the same amount on every commitment, draws say nothing: differences lie from -2 to 2, and the
    interval is again the one within which others would go unseen.
    """
    differences = first - second
    found = mean(differences / 2, resampled, confidence)
    ends = [None if end is None else 2 * end for end in (found.low, found.high)]
    return Mean(2 * found.mean, ends[0], ends[1], found.n)


def groups(alike: NDArray[np.bool_]) -> list[tuple[int, ...]]:
    """The largest sets in which no two are told apart, each a group that shares a letter.

    Args:
        alike: ``members x members``, symmetric, true where two cannot be told apart.

    A member may stand in several groups, for being alike is not handed on: A like B and B like C leaves A and C open.

    **Source**: Piepho (2004), "An Algorithm for a Letter-Based Representation of All-Pairwise Comparisons", Journal of
    Computational and Graphical Statistics 13(2); the sets are found after Bron and Kerbosch (1973).

    Example:
        >>> import numpy as np
        >>> groups(np.array([[True, True, False], [True, True, True], [False, True, True]]))
        [(0, 1), (1, 2)]
    """
    near = {i: {j for j in range(len(alike)) if j != i and alike[i, j]} for i in range(len(alike))}
    found: list[tuple[int, ...]] = []

    def grow(taken: set[int], open_: set[int], closed: set[int]) -> None:
        if not open_ and not closed:
            found.append(tuple(sorted(taken)))
            return
        pivot = max(open_ | closed, key=lambda each: (len(near[each] & open_), -each))
        for each in sorted(open_ - near[pivot]):
            grow(taken | {each}, open_ & near[each], closed & near[each])
            open_, closed = open_ - {each}, closed | {each}

    if len(alike):
        grow(set(), set(near), set())
    return sorted(found)
