"""Which frequencies of a weighted body matter, with a proof that the others do not.

The transform of the weight that votes yes is a product of one factor a member; its modulus at frequency ``t`` of ``N``
is the product of ``sqrt(1 - v_j sin(pi w_j t / N)^2)``, where ``v_j`` is four times the variance of ``j``'s vote.
All frequencies are cut into cells; in each cell every factor is bounded from above by its largest value there. Cells
whose product is small enough are discarded and their bound is added up; others are divided, down to single
frequencies, which are kept. The proof stands in ``docs/methods/voting-power.md``, section 3.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import log, pi

import numpy as np
from numpy.typing import NDArray

from comity.solvers.weighted.body import Body

Progress = Callable[[int, int, str], None]

THREADS = 2
STRETCHES = 64
"""Frequencies are searched in so many stretches, whatever the number of threads: sums do not depend on it."""


@dataclass(frozen=True)
class Spectrum:
    """Frequencies to be summed, and what the discarded ones can amount to.

    Attributes:
        period: ``N``, odd, above the total weight.
        kept: frequencies from 1 to ``N/2`` that must be summed.
        flat: upper bound of the sum of the moduli over the low discarded frequencies, any one member left out.
        steep: the same sum over the high ones, each modulus over ``2 sin(pi t / N)``.
    """

    period: int
    kept: NDArray[np.int64]
    flat: float
    steep: float


def survey(
    body: Body,
    damping: NDArray[np.float64],
    tolerance: float,
    *,
    work: float = 1e10,
    most: int = 20_000,
    progress: Progress | None = None,
) -> Spectrum | None:
    """Sort all frequencies into kept and discarded ones; None where that would take more than ``work``.

    Args:
        body: the members.
        damping: for each class a lower bound of ``v_j``.
        tolerance: the sum over discarded moduli that is allowed, roughly.
        work: how many factors may be looked at.
        most: how many frequencies may be kept.
        progress: told how many of the frequencies are settled.
    """
    period = body.total + 1 + body.total % 2
    half = period // 2
    width = _width(body, damping, tolerance)
    if half <= most:
        width = width or 1
    if width is None or half / width * len(body.weights) / 2 > work:
        return None
    return _settled(body, damping, width, tolerance, most=most, progress=progress)


def _settled(
    body: Body,
    damping: NDArray[np.float64],
    width: int,
    tolerance: float,
    *,
    most: int,
    progress: Progress | None,
) -> Spectrum | None:
    """The search itself, in stretches that threads share; their sums are added in order."""
    from comity.solvers.weighted import kernels

    period = body.total + 1 + body.total % 2
    half = period // 2
    near, far = needed(body, period, tolerance)
    stretch = -(-half // (width * STRETCHES)) * width
    counts = np.array(body.counts, dtype=np.int64)

    def settle(first: int) -> tuple[NDArray[np.int64], float, float]:
        kept = np.empty(most, dtype=np.int64)
        end = min(first + stretch - 1, half)
        found, flat, steep = kernels.settle(first, end, width, period, body.w, counts, damping, near, far, kept)
        return kept[:found] if found <= most else np.zeros(most + 1, dtype=np.int64), flat, steep

    kept, flat, steep = [np.zeros(0, dtype=np.int64)], 0.0, 0.0
    with ThreadPoolExecutor(THREADS) as pool:
        starts = range(1, half + 1, stretch)
        for number, (some, more, steeper) in enumerate(pool.map(settle, starts)):
            kept.append(some)
            flat, steep = flat + more, steep + steeper
            if sum(map(len, kept)) > most:
                pool.shutdown(cancel_futures=True)
                return None
            if progress is not None:
                progress(number + 1, len(starts), "proving that the other frequencies do not matter")
    return Spectrum(period, np.sort(np.concatenate(kept)), flat * (1 + 1e-9), steep * (1 + 1e-9))


def needed(body: Body, period: int, tolerance: float) -> tuple[float, float]:
    """The moduli below which a frequency ``t`` is discarded: the larger of the first over ``t``, and the second."""
    reference = max(float(body.w[0]), body.total * 1e-9)
    near = tolerance / (2 * (1 + log(period)))
    return near, near * pi * reference / period


def decays(body: Body, damping: NDArray[np.float64], tolerance: float, width: int = 1) -> bool:
    """Whether typical frequencies can be discarded, so many at a time: the more, the fewer are kept."""
    period = body.total + 1 + body.total % 2
    near, far = needed(body, period, tolerance)
    target = -log(max(2 * near / period, far)) + 6
    return _gain(body, damping, period, width) > target


def _width(body: Body, damping: NDArray[np.float64], tolerance: float) -> int | None:
    """The widest cell, a power of two, in which the members that turn slowly should suffice at a typical frequency."""
    width = 2 ** int(log(max(body.total / 64, 1.0)) / log(2))
    while width >= 1:
        if decays(body, damping, tolerance, width):
            return width
        width //= 2
    return None


def _gain(body: Body, damping: NDArray[np.float64], period: int, width: int) -> float:
    """Roughly the logarithm of the bound in a cell of this width, turned positive."""
    slack = body.w * (width - 1) / (2 * period)
    used = slack < 0.3
    near = np.maximum((np.arange(16) + 0.5)[:, None] / 32 - slack[None, used], 0)
    return float((-0.5 * np.log(1 - damping[used] * _sine(near) + 2.5e-3).mean(axis=0)) @ body.m[used])


def _sine(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """A lower bound of ``sin(pi d)^2`` for ``0 <= d <= 1/2``: ``8d^2 - 16d^4``."""
    square = distance * distance
    return square * (8 - 16 * square)
