"""Banzhaf counts of large weighted bodies as exact integers: all coalitions by weight packed into one long integer.

Coefficient ``s`` of the product of ``1 + z^w`` is the number of coalitions of weight ``s``; with a slot of as many bits
as there are members (and a few more) the whole product below the quota is one integer, and a member is one shift and
one addition. The slots are then cut into 32-bit digits, whose sums over windows fit into 64 bits.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from comity.solvers.weighted.body import Body
from comity.solvers.weighted.spectrum import Progress

LARGEST = 1.5 * 2**30
"""The most bytes that are taken."""
SHORT = 10**6


def banzhaf(body: Body, *, absolute: bool = False, progress: Progress | None = None) -> list[Fraction]:
    """Banzhaf index as fractions: shares of all swings, or (``absolute``) probabilities of a swing.

    Raises:
        ValueError: where it would take too much memory, with how much and how long.

    Example:
        >>> from comity.solvers.weighted.body import prepared
        >>> banzhaf(prepared([3, 2, 1, 0], quota=4))
        [Fraction(3, 5), Fraction(1, 5), Fraction(1, 5), Fraction(0, 1)]
    """
    counts = swings(body, progress)
    by_member = [counts[place] if place >= 0 else 0 for place in body.places]
    whole = 2 ** (body.size - 1) if absolute and body.quota else sum(by_member)
    return [Fraction(count, whole) if whole else Fraction(0) for count in by_member]


def is_short(body: Body) -> bool:
    """Whether the integer is so short that no other way is quicker."""
    return body.quota * body.size <= SHORT


def swings(body: Body, progress: Progress | None = None) -> list[int]:
    """For each class the number of coalitions of the other members (those of weight above zero) that it turns.

    Raises:
        ValueError: where it would take too much memory, with how much and how long.
    """
    if not body.quota:
        return [0] * len(body.weights)
    digits = body.size // 32 + 1
    size = body.quota * digits * 4
    if 5 * size + 24 * body.quota > LARGEST:
        seconds = body.size * size / 1.5e9
        raise ValueError(
            f"Exact counts for {body.size} members below a quota of {body.quota:,} would take "
            f"{(5 * size + 24 * body.quota) / 2**30:.1f} GiB and some {seconds:,.0f} seconds; the limit is "
            f"{LARGEST / 2**30:.1f} GiB."
        )
    packed, slot = 1, 32 * digits
    mask_bits = body.quota * slot
    for number, weight in enumerate(body.members):
        packed += packed << (weight * slot)
        if packed.bit_length() > mask_bits:
            packed &= (1 << mask_bits) - 1
        if progress is not None:
            progress(number + 1, body.size, "counting coalitions exactly")
    table = np.frombuffer(packed.to_bytes(size, "little"), dtype="<u4").reshape(body.quota, digits)
    found = [0] * len(body.weights)
    for digit in range(digits):
        for place, part in enumerate(_windows(table[:, digit], body)):
            found[place] += part << (32 * digit)
    return found


def _windows(column: NDArray[np.uint32], body: Body) -> list[int]:
    """For each class the alternating sum of its windows below the quota, of one digit."""
    last = np.zeros(body.quota + 1, dtype=np.int64)
    np.cumsum(column[::-1], out=last[1:])
    found = list[int]()
    for weight in body.weights:
        ends = last[np.minimum(np.arange(-(-body.quota // weight) + 1) * weight, body.quota)]
        parts = np.diff(ends)
        found.append(int(parts[0::2].sum()) - int(parts[1::2].sum()))
    return found


def divided(product: int, step: int, mask: int, length: int) -> int:
    """The product without one factor ``1 + x``: times ``(1 - x)(1 + x^2)(1 + x^4)...``, cut off at the quota."""
    left = (product - (product << step)) & mask
    step *= 2
    while step < length:
        left = (left + (left << step)) & mask
        step *= 2
    return left


def sizes(polynomial: int, n: int, slot: int) -> list[int]:
    """The coefficients summed over all weights, by size: every coefficient sum stays below ``2**(n + 1)``."""
    row = (n + 1) * slot
    data = polynomial
    bits = max(data.bit_length(), row)
    while bits > row:
        half = -(-bits // row) // 2 * row
        data = (data & ((1 << half) - 1)) + (data >> half)
        bits = max(half, bits - half)
    return [(data >> (size * slot)) & ((1 << slot) - 1) for size in range(n + 1)]
