"""Swing probabilities by adding up weights, in doubles: all terms are positive, so every digit counts.

The coefficients below the quota of the product of ``1 + x z^w`` are built with the lightest members first, so that
arrays stay short as long as possible. A member is left out by an alternating sum of windows, counted downwards from the
quota, where nothing cancels that is not also small. One array serves both quotas: yes with probability ``p`` under one
is no with ``1 - p`` under the other. ``docs/methods/voting-power.md``, section 5, proves the bound.
"""

from __future__ import annotations

from math import exp, log

import numpy as np
from numpy.typing import NDArray

from comity.solvers.weighted.body import Body
from comity.solvers.weighted.fourier import UNIT
from comity.solvers.weighted.spectrum import Progress

Floats = NDArray[np.float64]

NEGLIGIBLE = 1e-22


def additions(body: Body, quota: int) -> float:
    """How many additions the array below a quota takes."""
    return float(np.minimum(np.cumsum(np.array(body.members, dtype=np.float64)), quota).sum())


def product(body: Body, odds: float, quota: int) -> tuple[Floats, Floats, Floats]:
    """The coefficients below the quota of the product over all members of ``1 + x z^w``, with ``x`` the odds of yes.

    With them come sums of 64 and of 4096 that follow each other.
    """
    from comity.solvers.weighted import sums

    terms = np.zeros(quota)
    terms[0] = 1.0
    sums.multiply(terms, 1, np.array(body.members, dtype=np.int64), exp(odds))
    short = sums.rows(terms, sums.BATCH)
    return terms, short, sums.rows(short, sums.BATCH)


def windows(body: Body, terms: tuple[Floats, Floats, Floats], odds: float, quota: int) -> tuple[Floats, Floats]:
    """For each class the weight of its swings at this quota, and a bound of the error.

    Args:
        body: the members.
        terms: coefficients up to the quota or beyond, with sums of 64 and of 4096 of them.
        odds: logarithm of the odds of yes under which they were made.
        quota: the quota asked about.
    """
    from comity.solvers.weighted import sums

    weights = np.array(body.weights, dtype=np.int64)
    value, size, rest = sums.windows(*terms, quota, weights, exp(odds), NEGLIGIBLE)
    steps = np.minimum(quota // weights, log(NEGLIGIBLE) / min(odds, -1e-9)) + 1
    return value, size * UNIT * (4.0 * body.size + 80 + 5 * steps) * 1.01 + rest * 1.01


def _total(terms: Floats) -> float:
    """A sum whose error is that of some two square roots of its length, whatever order the rows are added in."""
    side = int(len(terms) ** 0.5)
    rows = terms[: side * side].reshape(side, side).sum(axis=1)
    return float(rows.sum() + terms[side * side :].sum())


def both(body: Body, odds: float) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Swing probabilities with bounds, of yes with these odds and of yes with the inverse odds: one array for both.

    Args:
        body: the members.
        odds: logarithm of the odds of yes, zero or less.
    """
    dual = body.total - body.quota + 1
    terms = product(body, odds, dual)
    here = scaled(body, odds, *windows(body, terms, odds, body.quota))
    return here, scaled(body, odds, *windows(body, terms, odds, dual))


def swings(body: Body, odds: float) -> tuple[Floats, Floats]:
    """For each class the probability of a swing when each member says yes with these odds, and a bound of its error.

    Example:
        >>> from comity.solvers.weighted.body import prepared
        >>> value, bound = swings(prepared([3, 2, 1], quota=4), 0.0)
        >>> value.round(12).tolist()
        [0.25, 0.25, 0.75]
    """
    dual = body.total - body.quota + 1
    quota, odds = (body.quota, odds) if odds <= 0 else (dual, -odds)
    value, error = windows(body, product(body, odds, quota), odds, quota)
    return scaled(body, odds, value, error)


def memory(body: Body) -> float:
    """How many bytes :func:`careful` takes."""
    return 8.0 * (body.total - body.quota + 1) * (2 + len(body.weights).bit_length())


def careful(body: Body, odds: float, progress: Progress | None = None) -> tuple[Floats, Floats]:
    """As :func:`swings`, with every member left out by never multiplying it in: dearer, and nothing ever cancels."""
    from comity.solvers.weighted import sums

    dual = body.total - body.quota + 1
    quota, odds = (body.quota, odds) if odds <= 0 else (dual, -odds)
    value, done = np.zeros(len(body.weights)), 0
    start = np.zeros(quota)
    start[0] = 1.0
    waiting = [(0, len(body.weights), start, 1)]
    while waiting:
        first, last, terms, top = waiting.pop()
        if last - first == 1:
            weight = body.weights[first]
            sums.multiply(terms, top, np.full(body.counts[first] - 1, weight), exp(odds))
            value[first] = _total(terms[max(quota - weight, 0) :])
            done += 1
            if progress is not None:
                progress(done, len(body.weights), "counting weights without each member")
            continue
        middle = (first + last) // 2
        light, heavy = _repeated(body, first, middle), _repeated(body, middle, last)
        other = terms.copy()
        waiting.append((first, middle, other, sums.multiply(other, top, heavy, exp(odds))))
        waiting.append((middle, last, terms, sums.multiply(terms, top, light, exp(odds))))
    error = value * UNIT * (4.0 * body.size + 4 * int(quota**0.5) + 4 + 20)
    return scaled(body, odds, value, error)


def _repeated(body: Body, first: int, last: int) -> NDArray[np.int64]:
    """The weights of these classes, each as often as it has members."""
    return np.repeat(np.array(body.weights[first:last], dtype=np.int64), body.counts[first:last])


def scaled(body: Body, odds: float, value: Floats, error: Floats) -> tuple[Floats, Floats]:
    """Weights of swings as probabilities: times the chance that the others all say no."""
    chance = exp(-(body.size - 1) * np.log1p(exp(odds)))
    slack = UNIT * (8 * body.size + 20) * (1 + exp(odds))
    return value * chance, (error + np.abs(value) * slack) * chance * 1.01
