"""Two settings on common random numbers: how much better one is, how sure that is, and what the pairing saves."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Difference:
    """The second setting less the first, over runs that share their random numbers.

    Attributes:
        mean: the mean difference.
        low: the lower end of its interval.
        high: the upper end.
        runs: how many pairs of runs there are.
        better: the share of the runs in which the second comes to more.
        worse: the share in which it comes to less.
        saving: how many times as many runs would be needed without pairing for an interval as narrow; infinite where
            the difference never varies though the outcomes do, 1 where nothing varies.
    """

    mean: float
    low: float
    high: float
    runs: int
    better: float
    worse: float
    saving: float


def difference(first: ArrayLike, second: ArrayLike, confidence: float = 0.9) -> Difference:
    """The paired difference of two outcomes, run by run, with the interval of its mean.

    Args:
        first: one outcome for each run under the first setting.
        second: the outcomes of the same runs under the second.
        confidence: how often intervals made like this hold the mean.

    Raises:
        ValueError: where the runs are not the same, fewer than two, or not finite.

    **Source**: Law and Kelton, Simulation Modeling and Analysis (2000), sections 10.2.1 and 11.2; Student's t.

    Example:
        >>> found = difference([1.0, 5.0, 3.0, 9.0], [2.0, 6.5, 3.5, 10.0])
        >>> found.mean, round(found.low, 3), round(found.high, 3), round(found.saving)
        (1.0, 0.52, 1.48, 145)
    """
    from scipy.stats import t

    one, other = (np.asarray(each, dtype=np.float64) for each in (first, second))
    if one.ndim != 1 or one.shape != other.shape or len(one) < 2:
        raise ValueError("A paired difference needs the same runs of both settings, two or more.")
    if not (np.isfinite(one).all() and np.isfinite(other).all()):
        raise ValueError("An outcome is no finite number, so that no difference can be taken.")
    apart = other - one
    mean, spread = float(apart.mean()), float(apart.var(ddof=1))
    reach = float(t.ppf((1.0 + confidence) / 2.0, len(one) - 1)) * sqrt(spread / len(one))
    alone = float(one.var(ddof=1) + other.var(ddof=1))
    tiny = 1e-24 * max(1.0, float(np.abs(one).max()) ** 2)
    saving = alone / spread if spread > tiny else (inf if alone > tiny else 1.0)
    return Difference(
        mean, mean - reach, mean + reach, len(one), float((apart > 0).mean()), float((apart < 0).mean()), saving
    )
