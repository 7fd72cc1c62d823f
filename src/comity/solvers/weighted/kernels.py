"""The loops of Fourier inversion, compiled: proving frequencies away, and summing the others.

This module is imported by the verbs that need it and nowhere else: numba takes a good half second to load. Every
kernel adds in a fixed order, so that a result does not depend on how many threads share the work.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Wholes: TypeAlias = NDArray[np.int64]

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def compiled(loop: Kernel) -> Kernel:
    """Compile at the first call, outside the lock of the interpreter; keep the code on disk where there is a place."""
    try:
        return cast("Kernel", njit(cache=True, nogil=True)(loop))
    except RuntimeError:  # numba says so where neither the package's folder nor the user's can be written
        return cast("Kernel", njit(nogil=True)(loop))


def woven(loop: Kernel) -> Kernel:
    """Compile a small step into every loop that takes it: there it costs less than handing over its arrays."""
    return cast("Kernel", njit(nogil=True, forceinline=True)(loop))


FLOOR = 2.5e-3
"""Added under every square root of the survey: a factor is never taken to be smaller than a twentieth."""
WIDE = 0.3
"""A class whose phase turns by more than twice this in a cell is of no use there."""
RUN = 16
"""So many classes are multiplied before cells that are settled are left alone."""
CELLS = 512
FAINT = 1e-280
"""Products below this count as this: they may have lost their digits."""
BRIM = 1 / 16
"""Factors below this count as this in the bound of rounding."""
TINY = 1e-60
SMALL = 0.25
"""Factors below this are rounded to one double before they are multiplied in, so that they can be divided out."""
SPLIT = 134217729.0
PIECE = 256


@compiled
def settle(
    first: int,
    last: int,
    width: int,
    period: int,
    weights: Floats,
    counts: Wholes,
    damping: Floats,
    near: float,
    far: float,
    kept: Wholes,
) -> tuple[int, float, float]:
    """Sort the frequencies from first to last into kept and discarded ones: docs/methods/voting-power.md, section 3.

    A modulus is discarded where it is at most ``max(near / t, far)``. Returns how many are to be kept (of which as many
    are written to ``kept`` as fit; the search ends when they do not), and two sums of bounds.
    """
    levels = 1
    size = width
    while size > 1:
        size = (size + 3) // 4
        levels += 1
    classes = len(weights)
    widths = np.empty(levels, np.int64)
    slack = np.empty((levels, classes))
    used = np.zeros(levels, np.int64)
    for level in range(levels):
        widths[level] = width if level == 0 else (widths[level - 1] + 3) // 4
        for j in range(classes):
            slack[level, j] = weights[j] * (widths[level] - 1) / (2 * period) + 4e-16 * weights[j] + 1e-15
            if slack[level, j] < WIDE:
                used[level] = j + 1
    waiting = np.empty((levels, 5 * CELLS), np.int64)
    fill = np.zeros(levels, np.int64)
    low = np.empty(CELLS, np.int64)
    middle, bound, allowed, power = np.empty(CELLS), np.empty(CELLS), np.empty(CELLS), np.empty(CELLS)
    flat, steep, found = 0.0, 0.0, 0
    following = first
    while found <= len(kept):
        level = levels - 1
        while level > 0 and fill[level] == 0:
            level -= 1
        if level == 0:
            while fill[0] < CELLS and following <= last:
                waiting[0, fill[0]] = following
                fill[0] += 1
                following += width
            if fill[0] == 0:
                break
        cells = min(CELLS, fill[level])
        fill[level] -= cells
        for c in range(cells):
            low[c] = waiting[level, fill[level] + c]
            middle[c] = 0.5 * (low[c] + min(low[c] + widths[level] - 1, last))
            bound[c] = 1 / FLOOR
            allowed[c] = max(near / low[c], far) ** 2
        j = 0
        while j < used[level] and cells > 0:
            stop = min(j + RUN, used[level])
            for k in range(j, stop):
                ratio, turn, damp = weights[k] / period, slack[level, k], damping[k]
                if counts[k] == 1:
                    for c in range(cells):
                        phase = middle[c] * ratio
                        distance = max(abs(phase - np.rint(phase)) - turn, 0.0)
                        square = distance * distance
                        bound[c] *= 1.0 + FLOOR - damp * square * (8 - 16 * square)
                else:
                    for c in range(cells):
                        phase = middle[c] * ratio
                        distance = max(abs(phase - np.rint(phase)) - turn, 0.0)
                        square = distance * distance
                        power[c] = 1.0 + FLOOR - damp * square * (8 - 16 * square)
                    left = counts[k]
                    while left:
                        for c in range(cells):
                            if left & 1:
                                bound[c] = max(bound[c] * power[c], FAINT)
                            power[c] *= power[c]
                        left >>= 1
            j = stop
            open_ = 0
            for c in range(cells):
                if bound[c] <= allowed[c]:
                    size = min(low[c] + widths[level] - 1, last) - low[c] + 1
                    part = math.sqrt(max(bound[c], FAINT)) * size
                    if far * low[c] < near:
                        flat += part
                    else:
                        steep += part * period / (4.0 * low[c])
                else:
                    low[open_], middle[open_] = low[c], middle[c]
                    bound[open_], allowed[open_] = bound[c], allowed[c]
                    open_ += 1
            cells = open_
        for c in range(cells):
            if widths[level] == 1:
                if found < len(kept):
                    kept[found] = low[c]
                found += 1
                continue
            end = min(low[c] + widths[level] - 1, last)
            start = low[c]
            while start <= end:
                waiting[level + 1, fill[level + 1]] = start
                fill[level + 1] += 1
                start += widths[level + 1]
    return found, flat, steep


@compiled
def saddles(odds: Floats, weights: Floats, counts: Floats, aim: float, steep: float) -> Floats:
    """For each of these log-odds the slope, in units of the heaviest weight, whose tilted mean is the aim."""
    found = np.empty(len(odds))
    for node in range(len(odds)):
        low, high = -steep, steep
        slope = 0.0
        for _ in range(100):
            mean, change = 0.0, 0.0
            for j in range(len(weights)):
                chance = 1 / (1 + math.exp(-(odds[node] + slope * weights[j])))
                mean += counts[j] * weights[j] * chance
                change += counts[j] * weights[j] * weights[j] * chance * (1 - chance)
            if mean < aim:
                low = slope
            else:
                high = slope
            step = (aim - mean) / change if change > 0 else 2 * steep
            if abs(step) < 1e-7 * max(1.0, abs(slope)) or high - low < 1e-7:
                break
            slope = slope + step if low < slope + step < high else (low + high) / 2
        found[node] = slope
    return found


@compiled
def factors(turn: Floats, chance: float, real: Floats, low: Floats, imag: Floats, size: Floats) -> None:
    """``1 + chance * turn`` for each frequency, its real part in two doubles unless it is small; and its modulus."""
    for t in range(turn.shape[1]):
        change = chance * turn[0, t]
        a, b = 1.0 + change, chance * turn[1, t]
        modulus = math.sqrt(a * a + b * b)
        tiny = modulus < TINY
        real[t] = TINY if tiny else a
        imag[t] = 0.0 if tiny else b
        size[t] = TINY if tiny else modulus
        low[t] = 0.0 if modulus < SMALL else change - (a - 1.0)


@compiled
def multiplied(upper: Floats, lower: Floats, real: Floats, low: Floats, imag: Floats) -> None:
    """Multiply complex products in place by factors: products in two doubles each (Dekker 1971)."""
    for t in range(upper.shape[1]):
        a, b, x, y = upper[0, t], upper[1, t], real[t], imag[t]
        cut = SPLIT * a
        a1 = cut - (cut - a)
        a2 = a - a1
        cut = SPLIT * b
        b1 = cut - (cut - b)
        b2 = b - b1
        cut = SPLIT * x
        x1 = cut - (cut - x)
        x2 = x - x1
        cut = SPLIT * y
        y1 = cut - (cut - y)
        y2 = y - y1
        ax, by, ay, bx = a * x, b * y, a * y, b * x
        ax_low = ((a1 * x1 - ax) + a1 * x2 + a2 * x1) + a2 * x2
        by_low = ((b1 * y1 - by) + b1 * y2 + b2 * y1) + b2 * y2
        ay_low = ((a1 * y1 - ay) + a1 * y2 + a2 * y1) + a2 * y2
        bx_low = ((b1 * x1 - bx) + b1 * x2 + b2 * x1) + b2 * x2
        total = ax - by
        back = total - ax
        rest = (ax - (total - back)) - (by + back)
        rest += (ax_low - by_low) + (lower[0, t] * x + a * low[t] - lower[1, t] * y)
        upper[0, t] = total + rest
        lower[0, t] = rest - (upper[0, t] - total)
        total = ay + bx
        back = total - ay
        rest = (ay - (total - back)) + (bx - back)
        rest += (ay_low + bx_low) + (lower[0, t] * y + lower[1, t] * x + b * low[t])
        upper[1, t] = total + rest
        lower[1, t] = rest - (upper[1, t] - total)


@compiled
def invert(
    turned: Floats,
    step: Floats,
    back: Floats,
    chances: Floats,
    counts: Wholes,
    grown: Floats,
    excess: Floats,
    radius: Floats,
    straight: Floats,
    roundings: Floats,
    constant: float,
) -> tuple[Floats, Floats]:
    """The Fourier sums of one tilt, one for each class, and bounds of their rounding: section 4 of the proofs.

    Args:
        turned: ``cos - 1`` and ``sin`` of ``2 pi w t / N`` for each class, and each frequency (zero first).
        step: the same for a weight of one.
        back: cosine and sine of ``2 pi (q - 1) t / N``.
        chances: the tilted probability of yes of each class.
        counts: how many members a class has.
        grown: the contour's radius to the power of each weight.
        excess: the same less one.
        radius: the contour's radius less one, and the radius.
        straight: what the kernel of each class is at frequency zero, where the radius is one.
        roundings: for each class how many roundings a change of its factor carries.
        constant: how many roundings a term carries besides.
    """
    classes, times = len(counts), turned.shape[2]
    real, low, imag, size = np.empty(times), np.empty(times), np.empty(times), np.empty(times)
    upper, lower = np.zeros((2, times)), np.zeros((2, times))
    upper[0] = 1.0
    hull, slack = np.ones(times), np.full(times, constant)
    for j in range(classes):
        factors(turned[j], chances[j], real, low, imag, size)
        for _ in range(counts[j]):
            multiplied(upper, lower, real, low, imag)
        for t in range(times):
            least = max(size[t], BRIM)
            turn = math.sqrt(turned[j, 0, t] * turned[j, 0, t] + turned[j, 1, t] * turned[j, 1, t])
            rounding = chances[j] * turn * roundings[j] + (1.5 if size[t] < SMALL else 0.0)
            slack[t] += counts[j] * rounding / least
            for _ in range(counts[j]):
                hull[t] = max(hull[t] * least, FAINT)
    over, flat = np.empty((2, times)), radius[0] == 0.0
    for t in range(times):
        double = 1.0 if t == 0 else 2.0
        a, b = radius[0] + radius[1] * step[0, t], radius[1] * step[1, t]
        if flat and t == 0:
            a, b = 1.0, 0.0
        modulus = a * a + b * b
        x, y = (back[0, t] * a - back[1, t] * b) / modulus, -(back[0, t] * b + back[1, t] * a) / modulus
        over[0, t] = double * (upper[0, t] * x - upper[1, t] * y)
        over[1, t] = double * (upper[0, t] * y + upper[1, t] * x)
        hull[t] *= double * slack[t] / math.sqrt(modulus)
    value, doubt = np.zeros(classes), np.zeros(classes)
    terms, bounds = np.empty(times), np.empty(times)
    for j in range(classes):
        factors(turned[j], chances[j], real, low, imag, size)
        for t in range(times):
            x, y = turned[j, 0, t], turned[j, 1, t]
            a, b = excess[j] + grown[j] * x, grown[j] * y
            if flat and t == 0:
                a = straight[j]
            up, side = real[t] * a + imag[t] * b, real[t] * b - imag[t] * a
            terms[t] = (over[0, t] * up - over[1, t] * side) / (size[t] * size[t])
            reach = abs(a) if t == 0 else abs(excess[j]) + grown[j] * math.sqrt(x * x + y * y)
            bounds[t] = hull[t] * reach / max(size[t], BRIM)
        for start in range(0, times, PIECE):
            part = 0.0
            for t in range(start, min(start + PIECE, times)):
                part += terms[t]
                doubt[j] += bounds[t]
            value[j] += part
    return value, doubt
