"""Council of the EEC in 1958, further indices: votes 4, 4, 4, 2, 2, 1 and a quota of 12.

Source: the game of Felsenthal and Machover, The Measurement of Voting Power (1998), chapter 5; Deegan-Packel, Holler and
Johnston indices as the programs for power indices print them.
"""

from fractions import Fraction

import pytest

from comity.solvers import indices
from comity.solvers.simple import weighted

COUNCIL = weighted([4, 4, 4, 2, 2, 1], 12, ["DEU", "FRA", "ITA", "BEL", "NLD", "LUX"])


@pytest.mark.parametrize(
    ("index", "large", "medium"),
    [("deegan_packel", ".2083", ".1875"), ("public_good", ".2", ".2"), ("johnston", ".25", ".125")],
)
def test_shares(index, large, medium):
    shares = indices.of(COUNCIL, index)
    assert [shares[member] for member in ("FRA", "NLD", "LUX")] == pytest.approx(
        [float(large), float(medium), 0], abs=5e-5
    )


def test_four_minimal_coalitions_have_a_share_each():
    assert indices.of(COUNCIL, "deegan_packel")["DEU"] == (Fraction(1, 3) + 2 * Fraction(1, 4)) / 4


def test_the_council_as_a_whole():
    found = indices.outcomes(COUNCIL)
    assert (found.act, found.resistance) == (Fraction(14, 64), Fraction(32 - 14, 31))
