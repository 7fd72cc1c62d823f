"""Paired differences: by hand, and what pairing saves."""

from __future__ import annotations

from math import inf, sqrt

import numpy as np
import pytest

from comity.solvers.paired import difference


def test_the_difference_by_hand():
    found = difference([1.0, 2.0, 3.0], [2.0, 2.0, 7.0], confidence=0.95)
    # differences 1, 0, 4: mean 5/3, variance 13/3; Student's t of 2 degrees at 0.975 is 4.302653
    reach = 4.302653 * sqrt(13 / 3 / 3)
    assert (found.mean, found.low, found.high) == pytest.approx((5 / 3, 5 / 3 - reach, 5 / 3 + reach))
    assert (found.better, found.worse, found.runs) == (2 / 3, 0, 3)
    assert found.saving == pytest.approx((1 + 25 / 3) / (13 / 3))


def test_pairing_saves_what_the_theory_says():
    random = np.random.default_rng(1)
    fortune, one, other = random.normal(size=(3, 100_000))
    # var(f + e) each is 2 and var(e - e') is 2: half the variance, twice the runs
    assert difference(fortune + one, fortune + other).saving == pytest.approx(2, abs=0.03)
    assert difference(one, other).saving == pytest.approx(1, abs=0.02)
    assert difference(one, -one).saving == pytest.approx(0.5)


def test_a_difference_that_never_varies_needs_no_interval():
    found = difference([1.0, 5.0, 9.0], [2.0, 6.0, 10.0])
    assert (found.low, found.mean, found.high, found.saving) == (1, 1, 1, inf)
    assert difference([1.0, 1.0], [2.0, 2.0]).saving == 1


def test_intervals_hold_the_mean_as_often_as_they_say():
    random = np.random.default_rng(7)
    held = 0
    for _ in range(2000):
        one = random.normal(size=12)
        found = difference(one, one + random.normal(0.3, 1, 12), confidence=0.9)
        held += found.low <= 0.3 <= found.high
    assert held / 2000 == pytest.approx(0.9, abs=0.02)


@pytest.mark.parametrize("pair", [([1.0], [2.0]), ([1.0, 2.0], [1.0, 2.0, 3.0])])
def test_other_runs_cannot_be_paired(pair):
    with pytest.raises(ValueError, match="the same runs of both settings, two or more"):
        difference(*pair)


def test_what_is_no_number_cannot_be_paired():
    with pytest.raises(ValueError, match="no finite number"):
        difference([1.0, np.inf], [1.0, 2.0])
