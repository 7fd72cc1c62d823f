"""Quantities over draws: spreads of sums, and shares of draws with their intervals."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from comity.kernel.result import Figure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Spread(NamedTuple):
    """A quantity over draws: its median and the middle nine tenths of the draws; None where it is infinite."""

    median: float | None
    low: float | None
    high: float | None
    n: int

    def figure(self, unit: str, seed: int) -> Figure:
        """The quantity as a figure of a finding."""
        return Figure(self.median, unit, self.low, self.high, self.n, seed)


class Chance(NamedTuple):
    """A share of draws with its 95 % interval (Wilson)."""

    share: float
    low: float
    high: float
    n: int

    def figure(self, seed: int) -> Figure:
        """The share as a figure of a finding."""
        return Figure(self.share, "share of draws", self.low, self.high, self.n, seed)


class Gain(NamedTuple):
    """What one course is worth a year beyond another, to all members: the mean, and the spread over draws."""

    mean: float
    spread: Spread

    def figure(self, seed: int) -> Figure:
        """The mean as a figure of a finding, with the middle nine tenths of the draws."""
        return Figure(self.mean, "million US dollars a year", self.spread.low, self.spread.high, self.spread.n, seed)


def spread(values: NDArray[np.float64]) -> Spread:
    """A quantity over draws.

    Example:
        >>> import numpy as np
        >>> spread(np.append(np.arange(1, 100), np.inf)).high
        95.0
    """
    import numpy as np

    found = [float(each) for each in np.quantile(values, (0.5, 0.05, 0.95), method="lower")]
    median, low, high = (each if math.isfinite(each) else None for each in found)
    return Spread(median, low, high, len(values))


def gain(values: NDArray[np.float64]) -> Gain:
    """A sum of money over draws."""
    return Gain(float(values.mean()), spread(values))


def chance(hits: NDArray[np.bool_]) -> Chance:
    """The share of draws in which something is so."""
    import numpy as np

    from comity.solvers.choice.acceptability import interval

    share, n = float(hits.mean()), len(hits)
    low, high = interval(np.array([share]), n)
    return Chance(share, float(low[0]), float(high[0]), n)
