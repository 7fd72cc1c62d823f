"""The loops of counting by weights, compiled: in doubles, and modulo primes. Imported as late as the other kernels."""

from __future__ import annotations

import numpy as np

from comity.solvers.weighted.kernels import Floats, Wholes, compiled

ROW = 32
BATCH = 64
STRIP = 32768


@compiled
def multiply(terms: Floats, top: int, weights: Wholes, x: float) -> int:
    """Multiply coefficients in place by ``1 + x z^w`` for each weight; from ``top`` on they are zero. The new top."""
    for weight in weights:
        high = min(top + weight, len(terms))
        end = high
        while end > weight:
            start = max(weight, end - min(weight, STRIP))
            target, source = terms[start:end], terms[start - weight : end - weight]
            for s in range(len(target)):
                target[s] += x * source[s]
            end = start
        top = high
    return top


@compiled
def rows(terms: Floats, length: int) -> Floats:
    """Sums of so many terms each; in four strands, so that errors stay small."""
    found = np.zeros(len(terms) // length)
    for row in range(len(found)):
        a, b, c, d = 0.0, 0.0, 0.0, 0.0
        for s in range(row * length, (row + 1) * length, 4):
            a += terms[s]
            b += terms[s + 1]
            c += terms[s + 2]
            d += terms[s + 3]
        found[row] = (a + b) + (c + d)
    return found


@compiled
def stretch(terms: Floats, short: Floats, long: Floats, low: int, high: int) -> float:
    """The sum of the terms from low to high, in pieces as long as fit, with compensation (Kahan 1965)."""
    total, lost, at = 0.0, 0.0, low
    while at < high:
        if at % (BATCH * BATCH) == 0 and at + BATCH * BATCH <= high:
            part = long[at // (BATCH * BATCH)]
            at += BATCH * BATCH
        elif at % BATCH == 0 and at + BATCH <= high:
            part = short[at // BATCH]
            at += BATCH
        else:
            part = terms[at]
            at += 1
        part -= lost
        more = total + part
        lost = (more - total) - part
        total = more
    return total


@compiled
def windows(
    terms: Floats, short: Floats, long: Floats, quota: int, weights: Wholes, x: float, negligible: float
) -> tuple[Floats, Floats, Floats]:
    """The alternating sums of windows downwards from the quota: value, sum of sizes, and a bound of what is left."""
    everything = stretch(terms, short, long, 0, quota)
    value, size, left = np.zeros(len(weights)), np.zeros(len(weights)), np.zeros(len(weights))
    for j in range(len(weights)):
        power, sign, high = 1.0, 1.0, quota
        while power > negligible and high > 0:
            low = max(high - weights[j], 0)
            part = power * stretch(terms, short, long, low, high)
            value[j] += sign * part
            size[j] += part
            sign, high = -sign, low
            power *= x
        if high > 0:
            left[j] = power * everything
    return value, size, left


@compiled
def residues(quota: int, members: Wholes, weights: Wholes, point: float, prime: float) -> Wholes:
    """For each class the sum of ``point ** size`` over the sets of others that it turns, modulo a prime.

    Residues lie between minus and plus half the prime, so that a product with the point is a whole double.
    """
    terms = np.zeros(quota)
    terms[0] = 1.0
    inverse = 1.0 / prime
    top = 1
    for weight in members:
        high = min(top + weight, quota)
        end = high
        while end > weight:
            start = max(weight, end - min(weight, STRIP))
            target, source = terms[start:end], terms[start - weight : end - weight]
            for s in range(len(target)):
                sum_ = target[s] + point * source[s]
                target[s] = sum_ - np.rint(sum_ * inverse) * prime
            end = start
        top = high
    modulus, factor = np.int64(prime), np.int64(point)
    starts = np.zeros(quota // ROW + 1, np.int64)
    for row in range(quota // ROW):
        total = np.int64(0)
        for s in range(quota - (row + 1) * ROW, quota - row * ROW):
            total += np.int64(terms[s])
        starts[row + 1] = (starts[row] + total) % modulus
    found = np.zeros(len(weights), np.int64)
    for j in range(len(weights)):
        value, after = np.int64(0), np.int64(0)
        for step in range((quota - 1) // weights[j] + 1, -1, -1):
            last = min(step * weights[j], quota)
            now = starts[last // ROW]
            for s in range(quota - last, quota - last // ROW * ROW):
                now += np.int64(terms[s])
            if step <= (quota - 1) // weights[j]:
                value = ((after - now) % modulus - factor * value) % modulus
            after = now
        found[j] = value
    return found
