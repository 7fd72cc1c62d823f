"""Shapley-Shubik index of large weighted bodies as exact fractions, by residues.

The numbers ``s_i(k)`` of sets of ``k`` others that a member turns are the coefficients of a polynomial. Its values at
as many whole points as there are members are counted modulo a few primes, put together by the Chinese remainder theorem
and interpolated. As ``s_i(k)`` is at most ``C(n - 1, k)``, the primes together leave no doubt.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from math import comb, factorial, prod
from operator import mul

import numpy as np

from comity.solvers.weighted import counting
from comity.solvers.weighted.body import Body
from comity.solvers.weighted.spectrum import THREADS, Progress

LONGEST = 600.0
"""The most seconds that are taken, as estimated."""
MEMORY = 2**30
SPEED = 3.5e-10
"""Seconds for one addition modulo a prime."""


def shapley_shubik(body: Body, progress: Progress | None = None) -> list[Fraction]:
    """The index of each member as a fraction.

    Raises:
        ValueError: where it would take too long or too much memory, with how long and how much.

    Example:
        >>> from comity.solvers.weighted.body import prepared
        >>> shapley_shubik(prepared([4, 4, 4, 2, 2, 1, 0], quota=12))[2:]
        [Fraction(7, 30), Fraction(3, 20), Fraction(3, 20), Fraction(0, 1), Fraction(0, 1)]
    """
    if not body.quota:
        return [Fraction(0)] * len(body.places)
    n = body.size
    weights = [factorial(k) * factorial(n - 1 - k) for k in range(n)]
    counts = swings(body, progress)
    shares = [Fraction(sum(map(mul, row, weights)), factorial(n)) for row in counts]
    assert all(0 <= count <= comb(n - 1, k) for row in counts for k, count in enumerate(row))
    assert sum(map(mul, shares, body.counts)) == 1
    return [shares[place] if place >= 0 else Fraction(0) for place in body.places]


def swings(body: Body, progress: Progress | None = None) -> list[list[int]]:
    """For each class and each number ``k`` of others, how many sets of ``k`` others it turns.

    Raises:
        ValueError: where it would take too long or too much memory, with how long and how much.
    """
    from comity.solvers.weighted import sums

    n = body.size
    primes = _primes(n)
    _affordable(body, len(primes))
    points = [k - n // 2 for k in range(n)]
    members, weights = np.array(body.members, dtype=np.int64), np.array(body.weights, dtype=np.int64)
    asked = [(prime, point) for prime in primes for point in points]

    def counted(one: tuple[int, int]) -> list[int]:
        prime, point = one
        return sums.residues(body.quota, members, weights, float(point), float(prime)).tolist()

    found = list[list[int]]()
    with ThreadPoolExecutor(THREADS) as pool:
        for values in pool.map(counted, asked):
            found.append(values)
            if progress is not None:
                progress(len(found), len(asked), "counting modulo primes")
    together = prod(primes)
    units = [together // prime * pow(together // prime, -1, prime) for prime in primes]
    values = [
        [sum(unit * found[k * n + at][place] for k, unit in enumerate(units)) % together for at in range(n)]
        for place in range(len(weights))
    ]
    basis = _lagrange(points, together)
    return [[sum(map(mul, row, column)) % together for column in basis] for row in values]


def _lagrange(points: list[int], modulus: int) -> list[list[int]]:
    """For each power, the coefficients with which a polynomial's values at these points give its coefficient."""
    every = [1]
    for point in points:
        every = [(a - point * b) % modulus for a, b in zip([0, *every], [*every, 0], strict=True)]
    columns = list[list[int]]()
    for point in points:
        quotient, left = list[int](), 0
        for coefficient in reversed(every[1:]):
            left = (coefficient + left * point) % modulus
            quotient.append(left)
        scale = pow(prod(point - other for other in points if other != point), -1, modulus)
        columns.append([scale * coefficient % modulus for coefficient in reversed(quotient)])
    return [list(row) for row in zip(*columns, strict=True)]


def _primes(n: int) -> list[int]:
    """Primes that together exceed every count, each small enough for sums of ``n / 2 + 1`` residues in a double."""
    largest, found = 2**54 // (n // 2 + 3), list[int]()
    candidate = largest | 1
    while prod(found) <= comb(n - 1, (n - 1) // 2):
        candidate -= 2
        if _is_prime(candidate):
            found.append(candidate)
    return found


def _is_prime(number: int) -> bool:
    """Miller and Rabin's test, which with these bases is a proof below ``3.3e24`` (Sorenson and Webster 2017)."""
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41):
        power = pow(base, odd, number)
        if power not in {1, number - 1} and all(
            (power := power * power % number) != number - 1 for _ in range(twos - 1)
        ):
            return False
    return True


def _affordable(body: Body, primes: int) -> None:
    seconds = SPEED * primes * body.size * counting.additions(body, body.quota) / THREADS
    memory = THREADS * 8.5 * body.quota
    if seconds > LONGEST or memory > MEMORY:
        raise ValueError(
            f"Exact Shapley-Shubik fractions for {body.size} members below a quota of {body.quota:,} would take some "
            f"{seconds:,.0f} seconds and {memory / 2**30:.1f} GiB; the limits are {LONGEST:.0f} seconds and "
            f"{MEMORY / 2**30:.0f} GiB. Fewer digits in the weights help."
        )
