"""Integrals over the probability of yes, with a proven relative error.

A swing probability is a mixture, with positive weights, of ``g_k(p) = p^k (1-p)^(n-1-k)``: one for each number ``k`` of
others that vote yes. So a rule that integrates every ``g_k`` with relative error ``d_k`` integrates any swing
probability with relative error at most the largest ``d_k``. The ``d_k`` are bounded here for a rule's actual nodes and
weights, as the doubles they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache
from math import comb, log

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BITS = 200
ONE = 1 << BITS
FINE = 5e-14
"""Defects up to this are not looked at one by one."""
SMALLEST = 1e-290
"""A value below this says nothing: it may have lost its digits."""
UNIT = 2.0**-53


@dataclass(frozen=True)
class Rule:
    """Nodes as logarithms of odds, weights, and for each ``k`` the relative error ``d_k``.

    Attributes:
        members: how many members the rule is for.
        odds: the logarithms of the odds of yes at the nodes, ascending.
        weights: the weights.
        defects: for ``k`` from 0 to ``members - 1`` a bound of the relative error of integrating ``g_k``.
    """

    members: int
    odds: tuple[float, ...]
    weights: tuple[float, ...]
    defects: tuple[float, ...]

    def error(self, values: Floats, integral: Floats) -> Floats:
        """A bound of the quadrature error for positive mixtures with these values at the nodes (nodes x classes).

        The share of each ``k`` in a mixture is at most what every single node allows.
        """
        n, defects = self.members, np.array(self.defects)
        poor = np.flatnonzero(defects > FINE)
        if not poor.size:
            return float(defects.max()) * np.abs(integral)
        k, odds = poor[:, None], np.array(self.odds)[None, :]
        logs = -k * np.logaddexp(0, -odds) - (n - 1 - k) * np.logaddexp(0, odds)
        choose = np.array([log(n * comb(n - 1, j)) for j in poor.tolist()])[:, None]
        caps = np.full((len(poor), values.shape[1]), np.inf)
        with np.errstate(divide="ignore"):
            sizes = np.where(values > SMALLEST, np.log(values), np.inf)
        for node in range(len(self.odds)):
            np.minimum(caps, sizes[node][None, :] - (logs + choose)[:, node, None], out=caps)
        caps = np.minimum(np.exp(np.minimum(caps, 1.0)), np.abs(integral)[None, :])
        return np.minimum(FINE * np.abs(integral) + 1.01 * (defects[poor] @ caps), defects.max() * np.abs(integral))


@lru_cache(maxsize=64)
def rule(members: int, nodes: int) -> Rule:
    """Gauss and Legendre's rule on the unit interval: exact with half as many nodes as members, but for rounding.

    Example:
        >>> plain = rule(7, 4)
        >>> max(plain.defects) < 1e-14
        True
    """
    odds, weights = list[float](), list[float]()
    for node, share in zip(*_legendre(nodes), strict=True):
        p = ONE + node >> 1
        odds.append(log(p / ONE) - log((ONE - p) / ONE))
        weights.append(share / (2 * ONE))
    return Rule(members, tuple(odds), tuple(weights), _defects(members, odds, weights))


def _legendre(count: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Nodes and weights on ``[-1, 1]`` in fixed point: doubles, polished twice by Newton's method."""
    nodes, weights = list[int](), list[int]()
    for guess in np.polynomial.legendre.leggauss(count)[0][: (count + 1) // 2].tolist():
        x, slope = int(guess * ONE), ONE
        for _ in range(2):
            value, slope = _polynomial(count, x)
            x -= (value << BITS) // slope
        nodes.append(x)
        weights.append((2 << 3 * BITS) // ((ONE - (x * x >> BITS)) * (slope * slope >> BITS)))
    mirrored = [-x for x in reversed(nodes[: count // 2])]
    return (*nodes, *mirrored), (*weights, *reversed(weights[: count // 2]))


def _polynomial(degree: int, x: int) -> tuple[int, int]:
    """Legendre's polynomial and its derivative."""
    before, now = ONE, x
    for k in range(2, degree + 1):
        before, now = now, ((2 * k - 1) * (x * now >> BITS) - (k - 1) * before) // k
    return now, degree * (((before - (x * now >> BITS)) << BITS) // (ONE - (x * x >> BITS)))


def _defects(members: int, odds: list[float], weights: list[float]) -> tuple[float, ...]:
    """Bounds of ``n C(n-1, k)`` times the rule's value of ``g_k``, less one.

    From each node's mode, known to a hundred bits, outwards by multiplication: four roundings a step, all counted.
    """
    n = members - 1
    sums, doubts = np.zeros(members), np.zeros(members)
    for log_odds, weight in zip(odds, weights, strict=True):
        yes = _chance(log_odds)
        no = ONE - yes
        mode = min(max((yes * (n + 1)) >> BITS, 0), n)
        start = float(_peak(yes, mode, no, n - mode)) / ONE * weight * members
        up, down = np.arange(mode, n), np.arange(mode, 0, -1)
        values = np.empty(members)
        values[mode] = start
        values[mode + 1 :] = start * np.cumprod((n - up) / (up + 1) * (yes / no))
        values[:mode] = (start * np.cumprod(down / (n - down + 1) * (no / yes)))[::-1]
        sums += values
        doubts += values * (4 * np.abs(np.arange(members) - mode) + 8)
    doubts = UNIT * (doubts + (len(odds) + 2) * sums)
    return tuple((np.abs(sums - 1) + doubts * 1.01).tolist())


def _chance(log_odds: float) -> int:
    with localcontext() as context:
        context.prec = 75
        return int(ONE / (1 + (-Decimal(log_odds)).exp()))


def _peak(yes: int, often: int, no: int, rarely: int) -> int:
    """The binomial probability ``C(a + b, a) yes^a no^b`` in fixed point."""
    (first, up), (second, down) = _power(yes, often), _power(no, rarely)
    value, shift = first * second * comb(often + rarely, often), up + down
    return value >> -(shift + BITS) if shift + BITS < 0 else value << shift + BITS


def _power(base: int, exponent: int) -> tuple[int, int]:
    """``(base / ONE) ** exponent`` as a mantissa of some 250 bits and an exponent of two."""
    mantissa, scale = 1, 0
    square, square_scale = base, -BITS
    while exponent:
        if exponent & 1:
            mantissa, scale = _short(mantissa * square, scale + square_scale)
        square, square_scale = _short(square * square, 2 * square_scale)
        exponent >>= 1
    return mantissa, scale


def _short(mantissa: int, scale: int) -> tuple[int, int]:
    extra = max(mantissa.bit_length() - 250, 0)
    return mantissa >> extra, scale + extra
