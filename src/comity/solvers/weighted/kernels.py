"""The loops of voting power, compiled: proving frequencies away, summing the others, adding up weights.

This module is imported by the verbs that need it and nowhere else, because numba takes a good half second to load. Every
kernel adds in a fixed order, so that a result does not depend on how many threads share the work.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

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
PIECE = 256


@njit(cache=True, nogil=True)
def settle(first, last, width, period, weights, counts, damping, near, far, kept):  # noqa: ANN001, ANN202, C901, PLR0912, PLR0915, PLR0917, PLR0913
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
                    flat += part
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


@njit(cache=True, nogil=True)
def saddles(odds, weights, counts, aim, steep):  # noqa: ANN001, ANN202
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


@njit(cache=True, nogil=True)
def invert(turned, step, back, chances, counts, grown, excess, below, reach, odds_slack, constant):  # noqa: ANN001, ANN202, PLR0913, PLR0917, PLR0915
    """The Fourier sums of one tilt, a class a column, and bounds of their rounding: section 4 of the proofs.

    Args:
        turned: ``exp(2 pi i w t / N) - 1`` for each frequency (zero first) and class.
        step: the same for a weight of one.
        back: ``exp(-2 pi i (q - 1) t / N)``.
        chances: the tilted probability of yes of each class.
        counts: how many members a class has.
        grown: the contour's radius to the power of each weight.
        excess: the same less one.
        below: radius less one, and radius.
        reach: what the kernel of each class is at frequency zero.
        odds_slack: for each class how many roundings its chance carries.
        constant: how many roundings a term carries besides.
    """
    times, classes = turned.shape
    value, doubt, part = np.zeros(classes), np.zeros(classes), np.zeros(classes)
    real, imag, size, least = np.empty(classes), np.empty(classes), np.empty(classes), np.empty(classes)
    roundings, turn = np.empty(classes), np.empty(classes)
    for t in range(times):
        for j in range(classes):
            x, y = turned[t, j].real, turned[t, j].imag
            turn[j] = math.sqrt(x * x + y * y)
            real[j], imag[j] = 1 + chances[j] * x, chances[j] * y
            size[j] = math.sqrt(real[j] * real[j] + imag[j] * imag[j])
            least[j] = max(size[j], BRIM)
            roundings[j] = counts[j] * (1.5 + chances[j] * turn[j] * odds_slack[j]) / least[j]
        product, hull, slack = 1.0 + 0.0j, 1.0, constant
        for j in range(classes):
            if size[j] < TINY:
                real[j], imag[j], size[j] = TINY, 0.0, TINY
            slack += roundings[j]
            factor, brim, left = complex(real[j], imag[j]), least[j], counts[j]
            while True:
                if left & 1:
                    product *= factor
                    hull = max(hull * brim, FAINT)
                left >>= 1
                if left == 0:
                    break
                factor *= factor
                brim *= brim
        double = 1.0 if t == 0 else 2.0
        hull *= double * slack
        product *= double
        straight = t == 0 and below[0] == 0.0
        modulus = 1.0
        if not straight:
            divisor = below[0] + below[1] * step[t]
            product *= back[t] / divisor
            modulus = abs(divisor)
        for j in range(classes):
            if straight:
                a, b, bound = reach[j], 0.0, reach[j]
            else:
                a, b = excess[j] + grown[j] * turned[t, j].real, grown[j] * turned[t, j].imag
                bound = (abs(excess[j]) + grown[j] * turn[j]) / modulus
            up, side = real[j] * a + imag[j] * b, real[j] * b - imag[j] * a
            part[j] += (product.real * up - product.imag * side) / (size[j] * size[j])
            doubt[j] += hull / least[j] * bound
        if t % PIECE == PIECE - 1 or t == times - 1:
            for j in range(classes):
                value[j] += part[j]
                part[j] = 0.0
    return value, doubt


@njit(cache=True, nogil=True)
def multiply(terms, top, weights, x):  # noqa: ANN001, ANN202
    """Multiply coefficients in place by ``1 + x z^w`` for each weight; from ``top`` on they are zero. The new top."""
    for weight in weights:
        high = min(top + weight, len(terms))
        for s in range(high - 1, weight - 1, -1):
            terms[s] += x * terms[s - weight]
        top = high
    return top


@njit(cache=True, nogil=True)
def windows(terms, quota, weights, x, negligible):  # noqa: ANN001, ANN202
    """The alternating sums of windows downwards from the quota: value, sum of sizes, number of steps, and the rest.

    Sums of the last ``k`` terms are formed in rows of 256, counted from the quota.
    """
    rows = quota // PIECE
    starts = np.zeros(rows + 1)
    side = int(math.sqrt(rows)) + 1
    ahead, run = 0.0, 0.0
    for row in range(rows):
        total = 0.0
        for s in range(quota - (row + 1) * PIECE, quota - row * PIECE):
            total += terms[s]
        run += total
        starts[row + 1] = ahead + run
        if row % side == side - 1:
            ahead += run
            run = 0.0
    rest = 0.0
    for s in range(quota - rows * PIECE):
        rest += terms[s]
    everything = starts[rows] + rest
    value, size, left = np.zeros(len(weights)), np.zeros(len(weights)), np.zeros(len(weights))
    longest = 0
    for j in range(len(weights)):
        before, power, step = 0.0, 1.0, 0
        while power > negligible and step * weights[j] < quota:
            last = min((step + 1) * weights[j], quota)
            row = last // PIECE
            part = 0.0
            for s in range(quota - last, quota - row * PIECE):
                part += terms[s]
            now = starts[row] + part
            value[j] += power * (now - before) if step % 2 == 0 else -power * (now - before)
            size[j] += power * (now + before)
            before = now
            step += 1
            power *= x
        if step * weights[j] < quota:
            left[j] = power * everything
        longest = max(longest, step)
    return value, size, left, longest, 2 * PIECE + 2 * side + 4
