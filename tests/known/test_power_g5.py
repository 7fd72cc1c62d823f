"""The budget rule of the rumoured Group of Five: weights 30, 28, 16, 14, 12 and two thirds.

Source: enumeration by hand of the nine winning coalitions (three of them are the two largest with one other).
"""

from fractions import Fraction

from comity.solvers.coalitions import minimal_blocking, minimal_winning
from comity.solvers.power import measure
from comity.solvers.simple import weighted

BUDGET = weighted([30, 28, 16, 14, 12], Fraction(200, 3), ["USA", "CHN", "JPN", "IND", "RUS"])


def test_three_members_of_different_weight_have_equal_power():
    found = measure(BUDGET)
    assert found.swings == (7, 7, 3, 3, 3)
    assert (found.winning, found.act) == (9, Fraction(9, 32))


def test_coalitions():
    carrying = minimal_winning(BUDGET, limit=9)
    assert carrying.count == len(carrying.listed) == 5
    assert carrying.listed[:3] == (("USA", "CHN", "JPN"), ("USA", "CHN", "IND"), ("USA", "CHN", "RUS"))
    assert minimal_blocking(BUDGET, limit=1).listed == (("USA", "CHN"),)
