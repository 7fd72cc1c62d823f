"""UN Security Council as a binary game (abstention counted as no): further indices.

Source: Felsenthal and Machover, The Measurement of Voting Power (1998), for the 848 winning coalitions of which power to
act and resistance are made; Johnston, Deegan-Packel and Holler indices as the R packages for power indices print them.
"""

from fractions import Fraction

import pytest

from comity.solvers import indices
from comity.solvers.simple import weighted

COUNCIL = weighted([7] * 5 + [1] * 10, 39)


def ends(index):
    shares = list(indices.of(COUNCIL, index).values())
    return shares[0], shares[-1]


def test_shares():
    assert ends("johnston") == pytest.approx((0.1780, 0.0110), abs=5e-5)
    assert ends("deegan_packel") == ends("public_good") == (Fraction(1, 9), Fraction(2, 45))


def test_the_council_as_a_whole():
    found = indices.outcomes(COUNCIL)
    assert (found.winning, found.act) == (848, Fraction(848, 32768))
    assert found.resistance == Fraction(2**14 - 848, 2**14 - 1)
    assert found.success[0] == Fraction(1, 2) + Fraction(848, 2 * 16384)
    assert (found.success_against[0], found.success_for[0]) == (1, Fraction(848, 16384))
