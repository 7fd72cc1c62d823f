"""Nassau County Board of Supervisors.

Source: Banzhaf, "Weighted voting doesn't work: a mathematical analysis", Rutgers Law Review 19 (1965), 317-343.
"""

from fractions import Fraction

import pytest

from comity.solvers.coalitions import dummies
from comity.solvers.power import exact
from comity.solvers.simple import weighted


@pytest.mark.parametrize(("weights", "quota"), [([9, 9, 7, 3, 1, 1], 16), ([31, 31, 28, 21, 2, 2], 58)])
def test_three_supervisors_held_everything(weights, quota):
    assert exact(weights, quota, "banzhaf") == [Fraction(1, 3)] * 3 + [0] * 3
    assert dummies(weighted(weights, quota)) == ("3", "4", "5")


def test_a_higher_quota_gives_everyone_a_voice():
    assert exact([31, 31, 28, 21, 2, 2], 63, "banzhaf") == [Fraction(part, 54) for part in (15, 15, 11, 7, 3, 3)]
