"""Which frequencies of a weighted body matter, with a proof that the others do not.

The transform of the weight that votes yes is a product of one factor a member; its modulus at frequency ``t`` of ``N``
is the product of ``sqrt(1 - v_j sin(pi w_j t / N)^2)``, where ``v_j`` is four times the variance of ``j``'s vote.
All frequencies are cut into cells; in each cell every factor is bounded from above by its largest value there. Cells
whose product is small enough are discarded and their bound is added up; others are divided, down to single
frequencies, which are kept. The proof stands in ``docs/methods/voting-power.md``, section 3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log, pi

import numpy as np
from numpy.typing import NDArray

from comity.solvers.weighted.body import Body

Progress = Callable[[int, int, str], None]

FLOOR = 2.5e-3
"""Added under every square root: a factor is never taken to be smaller than a twentieth."""
WIDE = 0.3
"""A member whose phase turns by more than twice this in a cell is of no use there."""
CALM = 0.02
"""A member whose phase turns by less than twice this in a cell is not looked at again in its parts."""
RUN = 64
"""So many factors are multiplied before a logarithm is taken and settled cells are left alone."""
CELLS = 4096


@dataclass(frozen=True)
class Spectrum:
    """Frequencies to be summed, and what the discarded ones can amount to.

    Attributes:
        period: ``N``, odd, above the total weight.
        kept: frequencies from 1 to ``N/2`` that must be summed.
        flat: upper bound of the sum of the moduli over the discarded frequencies, any one member left out.
        steep: the same sum, each modulus over ``2 sin(pi t / N)``.
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
    width = _width(body, damping, period, tolerance)
    if half <= most:
        width = width or 1
    if width is None or half / width * len(body.weights) / 2 > work:
        return None
    search = _Search(body, damping, tolerance=tolerance, most=most)
    wide = 4 ** (int(log(max(period / body.weights[len(body.weights) // 4], 1.0)) / log(4)))
    wide = max(wide, width)
    for begin in range(1, half + 1, wide * 2048):
        lows = np.arange(begin, min(begin + wide * 2048, half + 1), wide, dtype=np.int64)
        search.settle(lows, np.minimum(lows + wide - 1, half))
        if search.found > most or search.looked > 4 * work:
            return None
        if progress is not None:
            progress(begin, half, "proving that the other frequencies do not matter")
    kept = np.sort(np.concatenate(search.kept)) if search.kept else np.zeros(0, dtype=np.int64)
    return Spectrum(period, kept, search.flat * (1 + 1e-9), search.steep * (1 + 1e-9))


def needed(body: Body, period: int, tolerance: float, low: NDArray[np.int64]) -> NDArray[np.float64]:
    """Logarithm of the modulus below which a frequency is discarded: allowed errors fall off as ``1/t``."""
    reference = max(float(body.w[0]), body.total * 1e-9)
    kernel = np.minimum(1.0, period / (pi * reference * low))
    return np.log(tolerance / (2 * (1 + log(period)) * low * kernel))


def _width(body: Body, damping: NDArray[np.float64], period: int, tolerance: float) -> int | None:
    """The widest cell, a power of two, in which the members that turn slowly should suffice at a typical frequency."""
    target = -float(needed(body, period, tolerance, np.array([max(period // 2, 1)]))[0]) + 6
    distance = (np.arange(32) + 0.5) / 64
    width = 2 ** int(log(max(period / 64, 1.0)) / log(2))
    while width >= 1:
        slack = body.w * (width - 1) / (2 * period)
        used = slack < WIDE
        near = np.maximum(distance[:, None] - slack[None, used], 0)
        gain = -0.5 * np.log(1 - damping[used] * _sine(near) + FLOOR).mean(axis=0)
        if float(gain @ body.m[used]) > target:
            return width
        width //= 2
    return None


def decays(body: Body, damping: NDArray[np.float64], tolerance: float) -> bool:
    """Whether a typical frequency can be discarded at all."""
    return _width(body, damping, body.total + 1 + body.total % 2, tolerance) is not None


def _sine(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """A lower bound of ``sin(pi d)^2`` for ``0 <= d <= 1/2``: the square of ``3d - 4d^3``."""
    root = distance * (3 - 4 * distance * distance)
    return root * root


class _Search:
    """Cells of frequencies, settled from wide to narrow; calm members are carried over from a cell to its parts."""

    def __init__(self, body: Body, damping: NDArray[np.float64], *, tolerance: float, most: int) -> None:
        self.body, self.damping, self.tolerance, self.most = body, damping, tolerance, most
        self.period = body.total + 1 + body.total % 2
        self.ratio = body.w / self.period
        self.kept: list[NDArray[np.int64]] = []
        self.found, self.looked, self.flat, self.steep = 0, 0, 0.0, 0.0

    def settle(self, low: NDArray[np.int64], high: NDArray[np.int64]) -> None:
        """Discard, keep or divide these cells, all of one width."""
        calm, settled = np.full(len(low), -0.5 * log(FLOOR)), 0
        while len(low) and self.found <= self.most:
            calm, bound, settled = self._bounds(low, high, calm, settled)
            small = bound <= needed(self.body, self.period, self.tolerance, low)
            sizes = np.exp(bound[small]) * (high[small] - low[small] + 1)
            self.flat += float(sizes.sum())
            self.steep += float((sizes * self.period / (4.0 * low[small])).sum())
            low, high, calm = low[~small], high[~small], calm[~small]
            single = low == high
            self.kept.append(low[single])
            self.found += int(single.sum())
            low, high, calm = _divided(low[~single], high[~single], calm[~single])

    def _bounds(
        self, low: NDArray[np.int64], high: NDArray[np.int64], calm: NDArray[np.float64], settled: int
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
        """Logarithms of upper bounds: of the calm members, and of all that are of use; and how many are calm."""
        turns = self.body.w * float((high - low).max()) / (2 * self.period)
        quiet = max(int(np.searchsorted(turns, CALM)), settled)
        used = max(int(np.searchsorted(turns, WIDE)), quiet)
        middle = (low + high).astype(np.float64) / 2
        self.looked += len(low) * (used - settled)
        calm, rest = calm.copy(), np.zeros(len(low))
        for at in range(0, len(low), CELLS):
            part = slice(at, at + CELLS)
            calm[part] += self._product(middle[part], turns, settled, quiet)
        allowed = needed(self.body, self.period, self.tolerance, low) - calm
        open_ = np.flatnonzero(rest > allowed)
        for first in range(quiet, used, RUN):
            for at in range(0, len(open_), CELLS):
                some = open_[at : at + CELLS]
                rest[some] += self._product(middle[some], turns, first, min(first + RUN, used))
            open_ = open_[rest[open_] > allowed[open_]]
        return calm, calm + rest, quiet

    def _product(
        self, middle: NDArray[np.float64], turns: NDArray[np.float64], first: int, last: int
    ) -> NDArray[np.float64]:
        """The logarithm of the bound of the factors of these classes."""
        total, run = np.zeros(len(middle)), np.ones(len(middle))
        phase, whole = np.empty(len(middle)), np.empty(len(middle))
        short, root = np.empty(len(middle), dtype=np.float32), np.empty(len(middle), dtype=np.float32)
        for j in range(first, last):
            np.multiply(middle, self.ratio[j], out=phase)
            np.rint(phase, out=whole)
            np.subtract(phase, whole, out=short, casting="same_kind")
            np.abs(short, out=short)
            np.subtract(short, np.float32(turns[j] + 4e-16 * self.body.w[j] + 1e-7), out=short)
            np.maximum(short, np.float32(0), out=short)
            np.multiply(short, short, out=root)
            np.multiply(root, np.float32(-4), out=root)
            np.add(root, np.float32(3), out=root)
            np.multiply(root, short, out=root)
            np.multiply(root, root, out=root)
            np.multiply(root, np.float32(-self.damping[j]), out=root)
            np.add(root, np.float32(1 + FLOOR + 1e-6), out=root)
            if self.body.counts[j] == 1:
                np.multiply(run, root, out=run)
            else:
                total += 0.5 * self.body.counts[j] * np.log(root.astype(np.float64))
            if (j - first) % RUN == RUN - 1:
                total += 0.5 * np.log(run)
                run.fill(1.0)
        return total + 0.5 * np.log(run)


def _divided(
    low: NDArray[np.int64], high: NDArray[np.int64], calm: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Each cell in four, or fewer where it has fewer frequencies."""
    if not len(low):
        return low, high, calm
    part = -(-int((high - low + 1).max()) // 4)
    starts = (low[:, None] + part * np.arange(4)[None, :]).reshape(-1)
    ends = np.repeat(high, 4)
    fits = starts <= ends
    return starts[fits], np.minimum(starts + part - 1, ends)[fits], np.repeat(calm, 4)[fits]
