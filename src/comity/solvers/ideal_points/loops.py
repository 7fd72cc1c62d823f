"""The loops of ideal points, compiled: one Newton step of every state's path, and of every roll call.

This module is imported by the verbs that need it and nowhere else: numba takes a good half second to load. Votes are
listed twice, by point and by roll call; sums run in the order of the lists, so that results are the same every time.
"""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.solvers.weighted.kernels import compiled

Floats: TypeAlias = NDArray[np.float64]
Wholes: TypeAlias = NDArray[np.int64]
Small: TypeAlias = NDArray[np.int8]

NO, ABSTAIN, YES = 0, 1, 2


@compiled
def paths(
    starts: Wholes,
    sessions: Wholes,
    firsts: Wholes,
    calls: Wholes,
    votes: Small,
    items: Floats,
    drift: float,
    points: Floats,
    variances: Floats,
    covariances: Floats,
) -> float:
    """One Newton step of each state's path through its sessions; returns the largest change.

    ``starts`` states + 1 (the first point of each state), ``sessions`` points, ``firsts`` points + 1 (the first vote of
    each point), ``calls`` and ``votes`` one a vote, ``items`` roll calls x 3 (discrimination, lower and upper
    threshold). Writes ``points``, their variances, and the covariance of each with the one before.
    """
    largest = 0.0
    for state in range(len(starts) - 1):
        begin, end = starts[state], starts[state + 1]
        size = end - begin
        if size == 0:
            continue
        slope, curve, link = np.zeros(size), np.zeros(size), np.zeros(size)
        for place in range(size):
            point = begin + place
            here = points[point]
            for vote in range(firsts[point], firsts[point + 1]):
                steep, lower, upper = items[calls[vote], 0], items[calls[vote], 1], items[calls[vote], 2]
                some = 1.0 / (1.0 + math.exp(lower - steep * here))
                full = 1.0 / (1.0 + math.exp(upper - steep * here))
                if votes[vote] == YES:
                    slope[place] += steep * (1.0 - full)
                    curve[place] += steep * steep * full * (1.0 - full)
                elif votes[vote] == NO:
                    slope[place] -= steep * some
                    curve[place] += steep * steep * some * (1.0 - some)
                else:
                    slope[place] += steep * (1.0 - some - full)
                    curve[place] += steep * steep * (some * (1.0 - some) + full * (1.0 - full))
            if place == 0:
                slope[0] -= here
                curve[0] += 1.0
            else:
                tie = 1.0 / (drift * (sessions[point] - sessions[point - 1]))
                gap = here - points[point - 1]
                slope[place] -= tie * gap
                slope[place - 1] += tie * gap
                curve[place] += tie
                curve[place - 1] += tie
                link[place] = -tie
        # forward elimination, backward substitution; the same pass gives the diagonal of the inverse
        ahead, moved = np.empty(size), np.empty(size)
        ahead[0], moved[0] = curve[0], slope[0]
        for place in range(1, size):
            share = link[place] / ahead[place - 1]
            ahead[place] = curve[place] - share * link[place]
            moved[place] = slope[place] - share * moved[place - 1]
        step = 0.0
        for back in range(size):
            place = size - 1 - back
            if back == 0:
                step = moved[place] / ahead[place]
                variances[begin + place] = 1.0 / ahead[place]
            else:
                share = link[place + 1] / ahead[place]
                step = moved[place] / ahead[place] - share * step
                variances[begin + place] = 1.0 / ahead[place] + share * share * variances[begin + place + 1]
                covariances[begin + place + 1] = -share * variances[begin + place + 1]
            limited = float(min(1.0, max(-1.0, step)))
            points[begin + place] += limited
            largest = max(largest, abs(limited))
    return largest


@compiled
def thresholds(firsts: Wholes, where: Wholes, votes: Small, points: Floats, prior: Floats, items: Floats) -> None:
    """One damped Newton step of each roll call's discrimination and two thresholds.

    ``firsts`` roll calls + 1, ``where`` the point of each vote, ``prior`` the variances of discrimination and
    thresholds and the scale of the gap between them. Writes ``items``.
    """
    for call in range(len(firsts) - 1):
        steep, lower, upper = items[call, 0], items[call, 1], items[call, 2]
        g0, g1, g2 = -steep / prior[0], -lower / prior[1], -upper / prior[1]
        h00, h11, h22 = 1.0 / prior[0], 1.0 / prior[1], 1.0 / prior[1]
        h01, h02, h12 = 0.0, 0.0, 0.0
        gap = upper - lower
        pull, bend = 1.0 / gap - 1.0 / prior[2], 1.0 / (gap * gap)
        g1, g2 = g1 - pull, g2 + pull
        h11, h22, h12 = h11 + bend, h22 + bend, h12 - bend
        for vote in range(firsts[call], firsts[call + 1]):
            here = points[where[vote]]
            some = 1.0 / (1.0 + math.exp(lower - steep * here))
            full = 1.0 / (1.0 + math.exp(upper - steep * here))
            dens, density = some * (1.0 - some), full * (1.0 - full)
            if votes[vote] == YES:
                g0, g2 = g0 + here * (1.0 - full), g2 - (1.0 - full)
                h00, h02, h22 = h00 + here * here * density, h02 - here * density, h22 + density
            elif votes[vote] == NO:
                g0, g1 = g0 - here * some, g1 + some
                h00, h01, h11 = h00 + here * here * dens, h01 - here * dens, h11 + dens
            else:
                between = max(some - full, 1e-12)
                first, second = dens / between, -density / between
                f11 = first * (1.0 - 2.0 * some) - first * first
                f22 = second * (1.0 - 2.0 * full) - second * second
                f12 = -first * second
                g0, g1, g2 = g0 + here * (first + second), g1 - first, g2 - second
                h00 -= here * here * (f11 + 2.0 * f12 + f22)
                h01, h02 = h01 + here * (f11 + f12), h02 + here * (f22 + f12)
                h11, h22, h12 = h11 - f11, h22 - f22, h12 - f12
        # solve the 3 x 3 system; it is positive definite because the likelihood is concave
        c00, c01, c02 = h11 * h22 - h12 * h12, h02 * h12 - h01 * h22, h01 * h12 - h02 * h11
        det = h00 * c00 + h01 * c01 + h02 * c02
        c11, c12, c22 = h00 * h22 - h02 * h02, h01 * h02 - h00 * h12, h00 * h11 - h01 * h01
        d0 = (c00 * g0 + c01 * g1 + c02 * g2) / det
        d1 = (c01 * g0 + c11 * g1 + c12 * g2) / det
        d2 = (c02 * g0 + c12 * g1 + c22 * g2) / det
        size = max(abs(d0), abs(d1), abs(d2))
        share = min(1.0, 2.0 / size) if size > 0.0 else 1.0
        while gap + share * (d2 - d1) < 0.25 * gap:
            share *= 0.5
        items[call, 0], items[call, 1], items[call, 2] = steep + share * d0, lower + share * d1, upper + share * d2
