"""The sweep along a line, compiled: the texts a rule adopts, found from the ends of the members' intervals alone.

This module is imported by the verbs that need it and nowhere else: numba takes a good half second to load.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.solvers.weighted.kernels import Floats, Wholes, compiled

Truths: TypeAlias = NDArray[np.bool_]

AND, OR, TRUE, FALSE = -1, -2, -3, -4
"""Words of a formula in postfix order; a number from zero on is a condition."""


FEW = 48
"""Up to as many numbers are put in order by counting."""


@compiled
def carried(sums: Wholes, thresholds: Wholes, words: Wholes, stack: Truths) -> bool:
    """Whether the conditions, joined as the postfix formula says, hold."""
    height = 0
    for word in words:
        if word >= 0:
            stack[height] = sums[word] >= thresholds[word]
            height += 1
        elif word < -2:
            stack[height] = word == -3
            height += 1
        else:
            height -= 1
            if word == -1:
                stack[height - 1] = stack[height - 1] and stack[height]
            else:
                stack[height - 1] = stack[height - 1] or stack[height]
    return bool(stack[0])


@compiled
def placed(values: Floats, order: Wholes, count: int) -> None:
    """The order of the first values, lowest first: by counting who is lower, which is quickest for a few."""
    if count > FEW:
        order[:count] = np.argsort(values[:count])
        return
    for k in range(count):
        value, rank = values[k], 0
        for j in range(k):
            rank += values[j] <= value
        for j in range(k + 1, count):
            rank += values[j] < value
        order[rank] = k


@compiled
def adopted_pieces(
    low: Floats,
    high: Floats,
    free: Truths,
    start: Wholes,
    gain: Wholes,
    thresholds: Wholes,
    words: Wholes,
    quo: float,
    least: float,
    first: float,
    last: float,
    lows: Floats,
    highs: Floats,
) -> int:
    """The connected pieces of the win set of one draw, written to ``lows`` and ``highs``; returns how many.

    The sweep stops at every end of an interval and evaluates the rule there, and between this stop and the next.
    ``start`` are the sums of the conditions when every free member refuses, ``gain`` (members x conditions) is what a
    member adds by accepting. Texts nearer than ``least`` to the status quo, and the status quo, are left out.
    """
    members, conditions = gain.shape
    begins, ends = np.empty(members), np.empty(members)
    entering, leaving = np.empty(members, np.int64), np.empty(members, np.int64)
    sums = start.copy()
    coming, going = 0, 0
    for i in range(members):
        if free[i] and low[i] <= high[i] and high[i] >= first and low[i] <= last:
            if low[i] > first:
                begins[coming], entering[coming] = low[i], i
                coming += 1
            else:
                for c in range(conditions):
                    sums[c] += gain[i, c]
            if high[i] < last:
                ends[going], leaving[going] = high[i], i
                going += 1
    opening, closing = np.empty(coming, np.int64), np.empty(going, np.int64)
    placed(begins, opening, coming)
    placed(ends, closing, going)
    stack = np.empty(len(words) + 1, np.bool_)
    left, right = quo - least, quo + least
    pieces, a, b = 0, 0, 0
    joined = False  # whether the last piece reaches up to here
    holds = carried(sums, thresholds, words, stack)
    here = first
    while True:
        changed = False
        while a < coming and begins[opening[a]] <= here:
            for c in range(conditions):
                sums[c] += gain[entering[opening[a]], c]
            a += 1
            changed = True
        if changed:
            holds = carried(sums, thresholds, words, stack)
        if not holds or left < here < right:
            joined = False
        elif here != quo:
            if not joined:
                lows[pieces] = here
                pieces += 1
            highs[pieces - 1] = here
            joined = True
        if here >= last:
            return pieces
        changed = False
        while b < going and ends[closing[b]] <= here:
            for c in range(conditions):
                sums[c] -= gain[leaving[closing[b]], c]
            b += 1
            changed = True
        if changed:
            holds = carried(sums, thresholds, words, stack)
        there = last
        if a < coming:
            there = min(there, begins[opening[a]])
        if b < going:
            there = min(there, ends[closing[b]])
        if not holds:
            joined = False
        else:
            if here < left:
                if not joined:
                    lows[pieces] = here
                    pieces += 1
                highs[pieces - 1] = min(there, left)
                joined = there <= left or least == 0.0
            if there > left and least > 0.0:
                joined = joined and here >= right
            if there > right:
                if not joined:
                    lows[pieces] = max(here, right)
                    pieces += 1
                highs[pieces - 1] = there
                joined = True
        here = there


@compiled
def measured(
    low: Floats,
    high: Floats,
    free: Truths,
    start: Wholes,
    gain: Wholes,
    thresholds: Wholes,
    words: Wholes,
    quo: Floats,
    least: float,
    first: float,
    last: float,
    hull: Floats,
    width: Floats,
    pieces: Wholes,
) -> None:
    """Every draw's win set: its hull (draws x 2), its measure and the number of its pieces."""
    lows, highs = np.empty(4 * low.shape[1] + 8), np.empty(4 * low.shape[1] + 8)
    for d in range(len(low)):
        count = adopted_pieces(
            low[d], high[d], free, start, gain, thresholds, words, quo[d], least, first, last, lows, highs
        )
        pieces[d] = count
        total = 0.0
        for k in range(count):
            total += highs[k] - lows[k]
        width[d] = total
        if count:
            hull[d, 0], hull[d, 1] = lows[0], highs[count - 1]


@compiled
def nearest(
    low: Floats,
    high: Floats,
    free: Truths,
    start: Wholes,
    gain: Wholes,
    thresholds: Wholes,
    words: Wholes,
    quo: Floats,
    first: float,
    last: float,
    aim: Floats,
    best: Floats,
) -> None:
    """Every draw's adopted text that is nearest to ``aim``; the status quo where none is nearer than it."""
    lows, highs = np.empty(4 * low.shape[1] + 8), np.empty(4 * low.shape[1] + 8)
    for d in range(len(low)):
        best[d] = quo[d]
        count = adopted_pieces(
            low[d], high[d], free, start, gain, thresholds, words, quo[d], 0.0, first, last, lows, highs
        )
        for k in range(count):
            text = min(max(aim[d], lows[k]), highs[k])
            if abs(text - aim[d]) < abs(best[d] - aim[d]):
                best[d] = text


@compiled
def blocked(
    low: Floats,
    high: Floats,
    free: Truths,
    start: Wholes,
    gain: Wholes,
    thresholds: Wholes,
    words: Wholes,
    quo: Floats,
    least: float,
    first: float,
    last: float,
    pieces: Wholes,
    blocks: Wholes,
) -> None:
    """Count, for each member, the draws without a text that would have one if this member alone accepted all."""
    lows, highs = np.empty(4 * low.shape[1] + 8), np.empty(4 * low.shape[1] + 8)
    others = free.copy()
    for d in range(len(low)):
        if pieces[d]:
            continue
        for i in range(low.shape[1]):
            others[i] = False
            count = adopted_pieces(
                low[d],
                high[d],
                others,
                start + gain[i],
                gain,
                thresholds,
                words,
                quo[d],
                least,
                first,
                last,
                lows,
                highs,
            )
            others[i] = free[i]
            if count:
                blocks[i] += 1


@compiled
def unmoved(
    ideals: Floats, free: Truths, start: Wholes, gain: Wholes, thresholds: Wholes, words: Wholes, core: Floats
) -> None:
    """Every draw's core: the lowest point from which nobody can move right, and the highest that nobody moves left.

    Members are added from the far right until they carry; the ideal at which they do is the lower end. Unbounded where
    not even all of them carry, empty (not a number) where the ends cross.
    """
    free_ones = np.flatnonzero(free)
    count, conditions = len(free_ones), gain.shape[1]
    stack = np.empty(len(words) + 1, np.bool_)
    alone = carried(start, thresholds, words, stack)  # adopted whatever the free members do
    for d in range(len(ideals)):
        if alone:
            continue
        places = ideals[d][free_ones]
        order = np.argsort(places)
        ends = np.array([-np.inf, np.inf])
        for side in range(2):
            sums = start.copy()
            for k in range(count):
                here = order[count - 1 - k] if side == 0 else order[k]
                for c in range(conditions):
                    sums[c] += gain[free_ones[here], c]
                if carried(sums, thresholds, words, stack):
                    ends[side] = places[here]
                    break
        if ends[0] <= ends[1]:
            core[d, 0], core[d, 1] = ends[0], ends[1]
