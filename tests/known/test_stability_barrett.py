"""Self-enforcing agreements with linear payoffs: the stable size is the smallest integer of at least c/b.

Source: Barrett (1994), "Self-Enforcing International Environmental Agreements", Oxford Economic Papers 46: 878-894, and
Barrett (2003), *Environment and Statecraft*, ch. 7, for the linear case; payoff b Q - c q with q of nought or one.
"""

from fractions import Fraction

import numpy as np
import pytest

from comity.solvers.participation.payoffs import linear_good
from comity.solvers.participation.stable import sizes_of_alike, stability


@pytest.mark.parametrize(("ratio", "size"), [("3/2", 2), ("5/2", 3), ("21/5", 5), ("19/2", 10)])
def test_the_stable_size_is_the_least_integer_of_at_least_cost_over_benefit(ratio, size):
    for members in (10, 12):
        good = linear_good([1] * members, [Fraction(ratio)] * members, parts=[1] * members)
        assert list(stability(good, "join").by_size()) == [size]


@pytest.mark.parametrize(("cost", "size"), [(1.5, 2), (2.5, 3), (4.2, 5), (9.5, 10), (41.5, 42)])
@pytest.mark.parametrize("members", [50, 193])
def test_it_does_not_hang_on_how_many_there_are(cost, size, members):
    sizes = np.arange(members + 1)
    acts = sizes >= cost
    assert sizes_of_alike(np.where(acts, sizes - cost, 0), np.where(acts, sizes, 0), "join") == [size]


def test_with_an_integer_ratio_the_indifferent_join():
    good = linear_good([1] * 6, [3] * 6, parts=[1] * 6)
    assert stability(good, "join").by_size() == {3: 20}
