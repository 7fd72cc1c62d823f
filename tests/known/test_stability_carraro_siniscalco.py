"""Self-enforcing agreements with quadratic costs: two or three members, however many there are.

Source: Carraro and Siniscalco (1993), Journal of Public Economics 52: 309-328; Barrett (1994), Oxford Economic Papers
46: 878-894. Payoff b Q - c q**2 / 2, members maximise jointly, outsiders play Nash.
"""

from fractions import Fraction

import numpy as np
import pytest

from comity.solvers.participation.payoffs import quadratic_good
from comity.solvers.participation.stable import gains, mask, sizes_of_alike, stability


def sizes(members, ties):
    """The stable sizes of two and more: one alone, or nobody, is no agreement and changes nothing."""
    found = stability(quadratic_good([1] * members, [1] * members), ties).by_size()
    return {size for size in found if size > 1}


@pytest.mark.parametrize("members", [3, 4, 5, 8, 10, 15])
def test_two_or_three_hold(members):
    assert sizes(members, "either") == {2, 3}
    assert sizes(members, "out") == {2}  # only those that gain by it stay
    assert sizes(members, "join") == {3}  # the indifferent join
    assert list(stability(quadratic_good([1] * members, [1] * members), "join").by_size()) == [3]


@pytest.mark.parametrize("members", [3, 5, 10, 50, 193])
@pytest.mark.parametrize(("benefit", "cost"), [(1, 1), (Fraction(3, 7), 5), (12, Fraction(1, 3))])
def test_however_many_there_are_and_whatever_it_costs(members, benefit, cost):
    k = np.arange(members + 1)
    unit = float(Fraction(benefit) ** 2 / Fraction(cost))
    provided = (k * k + members - k) * unit
    found = {
        ties: sizes_of_alike(provided - unit * k * k / 2, provided - unit / 2, ties)
        for ties in ("either", "out", "join")
    }
    assert [size for size in found["either"] if size > 1] == [2, 3]
    assert [size for size in found["out"] if size > 1] == [2]
    assert found["join"] == [3]


@pytest.mark.parametrize("size", range(1, 11))
def test_the_gain_from_staying_falls_with_the_size(size):
    found = gains(quadratic_good([1] * 10, [1] * 10), mask(range(size)))
    assert found[:size] == [-(size - 1) * (size - 3) / 2] * size
    assert found[size:] == [-size * (size - 2) / 2] * (10 - size)
