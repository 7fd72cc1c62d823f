"""Designs of experiments: which settings are tried, and how much of an outcome's variance each factor accounts for.

A point is a place in the unit cube, one coordinate from 0 to 1 for each factor; what a coordinate means is the caller's
business. Nothing here draws a random number by itself: scrambles and permutations follow from a seed, and the bootstrap
takes the numbers it draws with.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
MOST = 21_201
"""The most factors that Sobol's sequence is tabulated for."""


def grid(levels: list[int]) -> Array:
    """Every combination of equally spaced levels: ``points x factors``, the last factor fastest.

    Args:
        levels: how many levels each factor has; a factor of one level stands in its middle.

    Raises:
        ValueError: where a factor has no level.

    Example:
        >>> grid([2, 3]).tolist()
        [[0.0, 0.0], [0.0, 0.5], [0.0, 1.0], [1.0, 0.0], [1.0, 0.5], [1.0, 1.0]]
    """
    if min(levels, default=0) < 1:
        raise ValueError("A grid needs at least one factor, and one level or more of each.")
    steps = [[0.5] if number == 1 else [place / (number - 1) for place in range(number)] for number in levels]
    return np.array(list(product(*steps)), dtype=np.float64)


def latin_hypercube(points: int, factors: int, seed: int) -> Array:
    """Points of which each factor's range, cut into as many slices as there are points, has one in every slice.

    Raises:
        ValueError: where there are no points or factors.

    **Source**: McKay, Beckman and Conover (1979), Technometrics 21(2).

    Example:
        >>> sorted((latin_hypercube(4, 1, seed=1)[:, 0] * 4).astype(int).tolist())
        [0, 1, 2, 3]
    """
    from scipy.stats import qmc

    _some(points, factors)
    return np.asarray(qmc.LatinHypercube(factors, rng=seed).random(points), dtype=np.float64)


def sobol(points: int, factors: int, seed: int) -> Array:
    """The first points of Sobol's sequence, scrambled: evenly spread, in every pair of factors too.

    Args:
        points: how many, a power of two, without which the sequence loses its balance.
        factors: how many factors.
        seed: the seed of the scramble.

    Raises:
        ValueError: where the number of points is no power of two, or there are no factors or too many.

    **Source**: Sobol' (1967); Owen (1998), Journal of Complexity 14(4), on the scramble.

    Example:
        >>> sorted((sobol(4, 1, seed=1)[:, 0] * 4).astype(int).tolist())
        [0, 1, 2, 3]
    """
    from scipy.stats import qmc

    _some(points, factors)
    if points & (points - 1):
        below = 1 << (points.bit_length() - 1)
        raise ValueError(f"Sobol's sequence is balanced at powers of two: take {below} or {2 * below}, not {points}.")
    if factors > MOST:
        raise ValueError(f"Sobol's sequence is tabulated for {MOST:,} factors, not for {factors:,}.")
    return np.asarray(qmc.Sobol(factors, scramble=True, rng=seed).random(points), dtype=np.float64)


def _some(points: int, factors: int) -> None:
    if points < 1 or factors < 1:
        raise ValueError("A design needs at least one point and one factor.")


def crossed(points: int, factors: int, seed: int) -> Array:
    """The design from which :func:`indices` reads: two independent samples, and one mixture of them for each factor.

    Returns:
        ``points x (2 + factors)`` points, in this order: the first sample, the second, and for each factor the first
        with that factor's column from the second.

    Raises:
        ValueError: where the number of points is no power of two.

    **Source**: Saltelli et al. (2010), Computer Physics Communications 181(2), section 2.

    Example:
        >>> crossed(4, 3, seed=1).shape
        (20, 3)
    """
    both = sobol(points, 2 * factors, seed)
    first, second = both[:, :factors], both[:, factors:]
    mixed: list[Array] = []
    for factor in range(factors):
        one = first.copy()
        one[:, factor] = second[:, factor]
        mixed.append(one)
    return np.concatenate([first, second, *mixed])


@dataclass(frozen=True)
class Indices:
    """How much of an outcome's variance each factor accounts for, alone and in all, with its interval.

    Attributes:
        first: the share that vanishes, on average, where only this factor is known.
        first_interval: its interval, ``factors x 2``.
        total: the share that is left, on average, where all but this factor are known.
        total_interval: its interval, ``factors x 2``.
        variance: the variance of the outcome over the design; at 0 no factor matters, and all shares are 0.
    """

    first: Array
    first_interval: Array
    total: Array
    total_interval: Array
    variance: float


def indices(outcome: ArrayLike, factors: int, picks: NDArray[np.int64], confidence: float = 0.9) -> Indices:
    """Sobol' indices of first order and in total, from the outcomes of a crossed design.

    Args:
        outcome: one outcome for each point of :func:`crossed`, in its order.
        factors: how many factors there were.
        picks: which points each repetition of the bootstrap takes, ``repetitions x points``.
        confidence: how much of the repetitions the intervals hold.

    Raises:
        ValueError: where the outcomes do not fit the design, or one is no finite number.

    **Source**: Sobol' (1993); first order as in Saltelli et al. (2010), Computer Physics Communications 181(2), table 2
    row b; in total as in Jansen (1999), ibid. row f; intervals by the percentile bootstrap over points, as in Archer,
    Saltelli and Sobol' (1997), Journal of Statistical Computation and Simulation 58(2).

    Example:
        >>> cube = crossed(256, 2, seed=1)
        >>> found = indices(cube @ [1.0, 2.0], 2, np.arange(256)[None, :])
        >>> found.first.round(2).tolist(), found.total.round(2).tolist()
        ([0.2, 0.8], [0.2, 0.8])
    """
    values = np.asarray(outcome, dtype=np.float64)
    if values.ndim != 1 or not len(values) or len(values) % (factors + 2):
        raise ValueError(f"{len(values)} outcomes are no design crossed for {factors} factors.")
    if not np.isfinite(values).all():
        raise ValueError("An outcome of the design is no finite number, so that no variance can be shared out.")
    rows = values.reshape(factors + 2, -1)
    rows = rows - rows[:2].mean()
    variance = float(rows[:2].var())
    if variance <= 1e-24 * max(1.0, float(np.abs(values).max()) ** 2):
        nought, none = np.zeros(factors), np.zeros((factors, 2))
        return Indices(nought, none, nought, none, 0.0)
    first, total = _shares(rows[:, None, :])
    ends = [50.0 * (1.0 - confidence), 50.0 * (1.0 + confidence)]
    again = _shares(rows[:, picks])
    spreads = [np.percentile(each, ends, axis=1).T for each in again]
    return Indices(first[:, 0], spreads[0], total[:, 0], spreads[1], variance)


def _shares(rows: Array) -> tuple[Array, Array]:
    """First-order and total shares, ``factors x repetitions``, of outcomes ``(2 + factors) x repetitions x points``."""
    one, other, mixed = rows[0], rows[1], rows[2:]
    variance = np.var(np.concatenate([one, other], axis=-1), axis=-1)
    variance = np.where(variance > 0, variance, np.inf)
    first = (other * (mixed - one)).mean(axis=-1) / variance
    total = ((one - mixed) ** 2).mean(axis=-1) / (2.0 * variance)
    return first, total
