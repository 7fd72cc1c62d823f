"""Krippendorff's own worked examples: "Computing Krippendorff's Alpha-Reliability" (2011), sections A to C."""

from math import nan

import pytest

from comity.kernel.streams import Stream
from comity.solvers.coders import agreement, interval_by_pairs, interval_by_units

FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, 3],
    [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nan],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan],
]


def letters(word):
    return [float(ord(letter)) for letter in word]


def test_binary_data_of_two_observers():
    codes = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
    assert agreement(codes).alpha == pytest.approx(0.095, abs=5e-4)


def test_nominal_data_of_two_observers():
    codes = [letters("aabbdcccedda"), letters("babbbccceddd")]
    assert agreement(codes).alpha == pytest.approx(0.692, abs=5e-4)


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_four_observers_with_missing_data(level, alpha):
    found = agreement(FOUR, level)
    assert found.alpha == pytest.approx(alpha, abs=5e-4)
    assert (found.units, found.values) == (11, 40)


def test_pairs_taken_as_independent_give_the_narrower_interval():
    pairs = sum(many * (many - 1) // 2 for many in (3, 4, 4, 4, 4, 4, 4, 4, 4, 3, 2))
    by_pairs = interval_by_pairs(FOUR, Stream(1, "pairs").uniforms(range(2000), range(pairs)))
    again = Stream(1, "units").integers(range(2000), range(11), below=11)
    by_units = interval_by_units(FOUR, again)
    assert by_units[0] < by_pairs[0] < 0.743 < by_pairs[1] < by_units[1]
