"""Swing probabilities by tilted Fourier inversion: a saddle-point contour, summed exactly at equal steps.

When every member votes yes with probability ``p``, member ``i`` swings with the probability that the others' weight
falls in the window of ``w_i`` whole numbers below the quota. With at least ``W + 1`` frequencies the sum over all of
them is exact; tilting the votes so that the mean lies at the quota keeps *relative* accuracy far out in the tails. The
discarded frequencies are bounded by :mod:`comity.solvers.weighted.spectrum`, rounding by a running error analysis;
``docs/methods/voting-power.md`` proves both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import expm1, fsum

import numpy as np
from numpy.typing import NDArray

from comity.solvers.weighted.body import Body
from comity.solvers.weighted.spectrum import Progress, Spectrum, survey

UNIT = 2.0**-53
"""Unit roundoff of doubles."""
STEEP = 300.0
"""No tilt multiplies the odds of the heaviest member by more than the exponential of this."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Phases:
    """How far each weight turns at each kept frequency (zero first); independent of quota and tilt."""

    weights: tuple[int, ...]
    spectrum: Spectrum

    @cached_property
    def frequencies(self) -> NDArray[np.int64]:
        """Zero and the kept frequencies."""
        return np.concatenate((np.zeros(1, dtype=np.int64), self.spectrum.kept))

    @cached_property
    def turned(self) -> Floats:
        """Classes x (cosine less one, sine) x frequencies."""
        return np.stack([self.of(weight) for weight in self.weights])

    @cached_property
    def step(self) -> Floats:
        """The same for a weight of one."""
        return self.of(1)

    def of(self, weight: int) -> Floats:
        """``cos - 1`` and ``sin`` of ``2 pi t weight / N``, the product reduced modulo ``N`` in whole numbers."""
        period = self.spectrum.period
        rest = _product(self.frequencies, weight, period)
        rest = np.where(rest > period // 2, rest - period, rest)
        angle = rest * (np.pi / period)
        sine, cosine = np.sin(angle), np.cos(angle)
        return np.stack([-2 * sine * sine, 2 * sine * cosine])


@dataclass(frozen=True)
class Tilt:
    """How votes are tilted: member ``j`` says yes with the logistic function of ``odds + slope * w_j``.

    Attributes:
        odds: ``log(p / (1 - p))`` of the untilted votes.
        slope: the logarithm of the contour's radius.
        chances: for each class the tilted probability of yes.
        lifts: for each class the logarithm of its factor's value on the positive axis.
        height: the logarithm of what the tilt is worth: all lifts less slope times (quota less one).
        doubt: an upper bound of the rounding error of ``height``.
    """

    odds: float
    slope: float
    chances: Floats
    lifts: Floats
    height: float
    doubt: float

    @property
    def damping(self) -> Floats:
        """Four times the variance of each class's vote."""
        return 4 * self.chances * (1 - self.chances)


def tilted(body: Body, odds: float, slope: float) -> Tilt:
    """The tilt with all that follows from it; a slope that tilts nothing is taken as zero."""
    slope = slope if abs(slope) * body.total > 1e-9 else 0.0
    argument = odds + slope * body.w
    p = 1 / (1 + np.exp(-odds))
    grown = p * np.expm1(slope * body.w)
    lifts = np.log1p(grown)
    height = fsum([*(body.m * lifts).tolist(), -slope * (body.quota - 1)])
    steps = body.m * ((10 + abs(odds) + np.abs(slope * body.w)) * np.abs(grown) / (1 + grown) + 2 * np.abs(lifts))
    doubt = UNIT * (float(steps.sum()) + 3 * abs(slope) * body.quota + 2 * abs(height) + 4)
    return Tilt(odds, slope, 1 / (1 + np.exp(-argument)), lifts, height, doubt)


def saddles(body: Body, odds: Floats) -> Floats:
    """For each of these log-odds the slope whose tilted mean lies half a vote below the quota; zero where nearly so.

    Any slope gives the same value; the saddle point gives it with the fewest digits lost.
    """
    from comity.solvers.weighted import kernels

    unit = float(body.w[-1])
    aim = max(min(body.quota, body.total) - 0.5, 0.25) / unit
    slope = kernels.saddles(odds, body.w / unit, body.m, aim, STEEP)
    return np.where(np.abs(slope) < 1e-5, 0.0, slope / unit)


def swings(body: Body, phases: Phases, tilt: Tilt) -> tuple[Floats, Floats]:
    """For each class the probability of a swing, and a bound of its error: truncation and rounding."""
    from comity.solvers.weighted import kernels

    period, slope = phases.spectrum.period, tilt.slope
    argument = abs(tilt.odds) + abs(slope) * body.w
    length = len(phases.frequencies)
    constant = 80 + 6 * abs(slope) * float(body.w[-1]) + min(length, 256) + length / 256
    back = phases.of(body.quota - 1)
    total, slack = kernels.invert(
        phases.turned,
        phases.step,
        np.stack([1 + back[0], back[1]]),
        tilt.chances,
        np.array(body.counts),
        np.exp(slope * body.w),
        np.expm1(slope * body.w),
        np.array([np.expm1(slope), np.exp(slope)]),
        body.w,
        17 + (1 - tilt.chances) * (3 * argument + 8),
        constant,
    )
    value, rounding = total / period, slack * (UNIT / period * 1.01) + 1e-200
    scale = np.exp(tilt.height - tilt.lifts)
    error = rounding + truncated(phases.spectrum, body, tilt) + np.abs(value) * (tilt.doubt + 20 * UNIT)
    return value * scale, error * scale * 1.01


def truncated(spectrum: Spectrum, body: Body, tilt: Tilt) -> Floats:
    """What the discarded frequencies can add, before the scale of the tilt."""
    with np.errstate(over="ignore"):
        grown = np.exp(tilt.slope * body.w)
        flat = np.expm1(tilt.slope * body.w) / expm1(tilt.slope) if tilt.slope else body.w
        steep = (1 + grown) * np.exp(-tilt.slope / 2)
    return 2.01 / spectrum.period * (flat * spectrum.flat + steep * spectrum.steep)


def chernoff(body: Body, tilt: Tilt) -> Floats:
    """For each class an upper bound of its swing probability that needs no frequency at all."""
    worth = tilt.height - tilt.lifts + np.maximum(tilt.slope * (body.w - 1), 0)
    return np.exp(np.minimum(worth + tilt.doubt, 0.0)) * 1.01


def _product(first: NDArray[np.int64], second: int, period: int) -> NDArray[np.int64]:
    """``first * second`` modulo the period, without overflow for periods below ``2**42``.

    Raises:
        ValueError: for a longer period.
    """
    if int(first.max(initial=0)) * second < 2**62:
        return first * second % period
    if period >= 2**42:
        raise ValueError(f"A total weight of {period:,} is too large for Fourier inversion at high frequencies.")
    high, low = first >> 20, first & (2**20 - 1)
    return ((high * second % period << 20) + low * second) % period


LARGEST = 4 * 10**6
"""The most phases that are held, classes times frequencies."""
STEPS = 64
"""Dampings are rounded down to so many steps, so that like questions share one survey."""


def phases_of(
    body: Body, damping: Floats, tolerance: float, progress: Progress | None = None, *, most: int = 20_000
) -> Phases | None:
    """The frequencies that matter under this damping, from a survey kept for the next question; None without proof."""
    most = min(most, LARGEST // len(body.weights))
    rounded = np.maximum(np.floor(damping * STEPS), 0.25) / STEPS
    allowed = 2.0 ** (np.floor(2 * np.log2(tolerance)) / 2)
    key = (body.electorate, rounded.tobytes(), float(allowed), most)
    if key not in _SURVEYED:
        found = survey(body, rounded, float(allowed), most=most, progress=progress)
        if len(_SURVEYED) >= 24:
            _SURVEYED.pop(next(iter(_SURVEYED)))
        _SURVEYED[key] = None if found is None else Phases(body.weights, found)
    return _SURVEYED[key]


_SURVEYED: dict[tuple[object, bytes, float, int], Phases | None] = {}
