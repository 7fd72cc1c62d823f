"""Parliaments with many parties.

Source: Carreras and Owen, Mathematical Social Sciences 15 (1988), 87-92 (Catalonia 1980); documentation of the R
packages powerindexR (Congress of Deputies, June 2016) and GameTheory (Catalonia 2012).
"""

from fractions import Fraction

import pytest

from comity.solvers.power import banzhaf, exact, shapley_shubik


def test_congress_of_deputies_2016():
    seats, quota = [137, 85, 71, 32, 9, 8, 5, 2, 1], 176
    shapley = [0.442460, 0.191270, 0.191270, 0.109127, 0.024603, 0.024603, 0.009127, 0.005556, 0.001984]
    swings = [0.436145, 0.180723, 0.180723, 0.127711, 0.026506, 0.026506, 0.012048, 0.007229, 0.002410]
    assert [float(value) for value in shapley_shubik(seats, quota)] == pytest.approx(shapley, abs=5e-7)
    assert [float(value) for value in banzhaf(seats, quota)] == pytest.approx(swings, abs=5e-7)


def test_catalonia_1980():
    seats = [43, 33, 25, 18, 14, 2]
    assert exact(seats, 68) == [Fraction(part) for part in ["2/5", "7/30", "7/30", "1/15", "1/15", "0"]]
    assert exact(seats, 68, "banzhaf") == [Fraction(part, 13) for part in (5, 3, 3, 1, 1, 0)]


def test_catalonia_2012():
    expected = [Fraction(part) for part in ["8/15", "2/15", "2/15", "2/15", "1/30", "1/30", "0"]]
    assert exact([50, 20, 21, 19, 13, 9, 3], 68) == expected


def test_the_basque_country_1986():
    # seats as recalled; the fractions were counted independently, the published table was not seen
    seats = [19, 17, 13, 13, 9, 2, 2]
    assert exact(seats, 38) == [Fraction(53, 210)] * 2 + [Fraction(16, 105)] * 3 + [Fraction(2, 105)] * 2
    assert exact(seats, 38, "banzhaf") == [Fraction(part, 59) for part in (15, 15, 9, 9, 9, 1, 1)]
