"""Agreement of coders: Krippendorff's alpha with its intervals, for any number of coders and with missing data."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Level = Literal["nominal", "ordinal", "interval"]


@dataclass(frozen=True)
class Agreement:
    """How far coders agree beyond chance.

    Attributes:
        alpha: 1 for perfect agreement, 0 for agreement as by chance; not a number where nothing varies.
        observed: the observed disagreement.
        expected: the disagreement by chance.
        units: how many units two or more coders coded.
        values: how many values can be paired.
    """

    alpha: float
    observed: float
    expected: float
    units: int
    values: int


def _checked(codes: ArrayLike) -> NDArray[np.float64]:
    table = np.asarray(codes, dtype=np.float64)
    if table.ndim != 2 or table.shape[0] < 2:
        raise ValueError("Agreement needs a table of two coders or more, one row a coder, one column a unit.")
    if np.isinf(table).any():
        raise ValueError("A code is infinite; write not-a-number where a coder gave none.")
    return table


def _coincidences(table: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The values in order, and each unit's coincidences: ``units x values x values``, units coded twice or more."""
    kinds = np.unique(table[~np.isnan(table)])
    counts = (table[:, :, None] == kinds).sum(axis=0).astype(np.float64)
    counts = counts[counts.sum(axis=1) >= 2]
    pairs = counts[:, :, None] * counts[:, None, :]
    diagonal = np.arange(len(kinds))
    pairs[:, diagonal, diagonal] -= counts
    return kinds, pairs / (counts.sum(axis=1) - 1)[:, None, None]


def _differences(kinds: NDArray[np.float64], totals: NDArray[np.float64], level: Level) -> NDArray[np.float64]:
    """Squared differences of values: ``... x values x values``, for ``... x values`` totals."""
    if level == "nominal":
        return np.broadcast_to(1.0 - np.eye(len(kinds)), (*totals.shape, len(kinds)))
    if level == "interval":
        return np.broadcast_to((kinds[:, None] - kinds[None, :]) ** 2, (*totals.shape, len(kinds)))
    ranks = np.cumsum(totals, axis=-1) - totals / 2
    return (ranks[..., :, None] - ranks[..., None, :]) ** 2


def _alphas(
    kinds: NDArray[np.float64], coincidences: NDArray[np.float64], level: Level
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Observed and expected disagreement of each table of coincidences: ``... x values x values``."""
    totals = coincidences.sum(axis=-1)
    whole = totals.sum(axis=-1)
    apart = _differences(kinds, totals, level)
    observed = (coincidences * apart).sum(axis=(-2, -1)) / np.where(whole > 0, whole, 1.0)
    chance = (totals[..., :, None] * totals[..., None, :] * apart).sum(axis=(-2, -1))
    return observed, chance / np.where(whole > 1, whole * (whole - 1), 1.0)


def agreement(codes: ArrayLike, level: Level = "nominal") -> Agreement:
    """Krippendorff's alpha.

    Args:
        codes: ``coders x units``, not-a-number where a coder gave no value.
        level: what differences of values mean: ``nominal``, ``ordinal`` or ``interval``.

    Raises:
        ValueError: where there are fewer than two coders, or an infinite code.

    **Source**: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania.

    Example:
        >>> one, other = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
        >>> round(agreement([one, other]).alpha, 3)
        0.095
    """
    kinds, pairs = _coincidences(_checked(codes))
    together = pairs.sum(axis=0)
    observed, expected = (float(each) for each in _alphas(kinds, together, level))
    alpha = 1 - observed / expected if expected > 0 else nan
    return Agreement(alpha, observed, expected, len(pairs), round(float(together.sum())))


def interval_by_units(
    codes: ArrayLike, resampled: NDArray[np.integer], level: Level = "nominal", confidence: float = 0.95
) -> tuple[float, float]:
    """The interval of alpha from drawing units again.

    Args:
        codes: ``coders x units``.
        resampled: ``draws x units``, each a number from 0 to below the count of units that two coders coded.
        level: what differences of values mean.
        confidence: how much of the draws lies inside.

    Draws in which nothing varies say nothing of agreement and are left out.

    **Source**: Zapf, Castell, Morawietz and Karch (2016), BMC Medical Research Methodology 16:93, who find that this
    interval keeps its confidence where that by pairs does not.
    """
    kinds, pairs = _coincidences(_checked(codes))
    counts = np.stack([np.bincount(row, minlength=len(pairs)) for row in np.asarray(resampled)]).astype(np.float64)
    observed, expected = _alphas(kinds, np.tensordot(counts, pairs, axes=1), level)
    found = 1 - observed[expected > 0] / expected[expected > 0]
    return _middle(found, confidence)


def interval_by_pairs(
    codes: ArrayLike, uniforms: NDArray[np.float64], level: Level = "nominal", confidence: float = 0.95
) -> tuple[float, float]:
    """The interval of alpha from drawing pairs of values anew, as the KALPHA macro does.

    Args:
        codes: ``coders x units``.
        uniforms: ``draws x pairs``, numbers between 0 and 1; a pair for each two coders of each unit.
        level: what differences of values mean.
        confidence: how much of the draws lies inside.

    Expected disagreement is held as observed; pairs are taken as independent, so that the interval is narrow.

    Raises:
        ValueError: where the numbers are not one for each pair, or nothing varies.

    **Source**: Hayes and Krippendorff (2007), Communication Methods and Measures 1: 77-89.
    """
    table = _checked(codes)
    kinds, pairs = _coincidences(table)
    together = pairs.sum(axis=0)
    coders = (~np.isnan(table)).sum(axis=0)
    coders = coders[coders >= 2]
    weights = np.repeat(1.0 / (coders - 1), coders * (coders - 1) // 2)
    if uniforms.shape[1] != len(weights):
        raise ValueError(f"There are {len(weights)} pairs of values, but {uniforms.shape[1]} numbers a draw.")
    _, expected = _alphas(kinds, together, level)
    if not expected > 0:
        raise ValueError("All coders gave the same value everywhere: nothing varies, so that there is no alpha.")
    errors = 2 * _differences(kinds, together.sum(axis=-1), level).ravel() / (together.sum() * float(expected))
    steps = np.cumsum(together.ravel()) / together.sum()
    drawn = errors[np.minimum(np.searchsorted(steps, uniforms), len(errors) - 1)]
    return _middle(np.maximum(1 - drawn @ weights, -1.0), confidence)


def _middle(values: NDArray[np.float64], confidence: float) -> tuple[float, float]:
    if not len(values):
        return nan, nan
    low, high = np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)
