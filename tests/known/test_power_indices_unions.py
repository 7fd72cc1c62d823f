"""A game of six, [30; 28, 16, 5, 4, 3, 3], with unions {1}, {2, 4, 6}, {3, 5}.

Source: example of the R package powerindexR 1.6, after Alonso-Meijide and Bowles, Annals of Operations Research 137
(2005), 21-44.
"""

from fractions import Fraction

import pytest

from comity.solvers import unions
from comity.solvers.simple import weighted

GAME = weighted([28, 16, 5, 4, 3, 3], 30, "ABCDEF")


@pytest.mark.parametrize(
    ("index", "printed"),
    [
        ("owen", "1/3 1/9 1/6 1/9 1/6 1/9"),
        ("banzhaf_owen", "1/2 1/8 1/4 1/8 1/4 1/8"),
        ("symmetric_banzhaf", "1/2 1/6 1/4 1/6 1/4 1/6"),
    ],
)
def test_unions(index, printed):
    found = unions.of(GAME, {"second": "BDF", "third": "CE"}, index)
    assert list(found.values()) == list(map(Fraction, printed.split()))
