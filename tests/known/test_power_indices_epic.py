"""A game of five, [8; 5, 5, 2, 1, 1], with and without unions {1, 3}, {2, 4}, {5}.

Source: test 10 of the R interface to EPIC (efficient power index computation, Staudacher and others).
"""

from fractions import Fraction

import pytest

from comity.solvers import indices, unions
from comity.solvers.power import measure
from comity.solvers.simple import weighted

GAME = weighted([5, 5, 2, 1, 1], 8, "ABCDE")
UNIONS = {"first": "AC", "second": "BD"}


@pytest.mark.parametrize(
    ("index", "printed"),
    [
        ("johnston", "1/3 1/3 7/33 2/33 2/33"),
        ("deegan_packel", "7/30 7/30 4/15 2/15 2/15"),
        ("public_good", "3/14 3/14 2/7 1/7 1/7"),
    ],
)
def test_without_unions(index, printed):
    assert list(indices.of(GAME, index).values()) == list(map(Fraction, printed.split()))


def test_without_unions_orders_of_joining():
    assert list(measure(GAME).shapley_shubik) == list(map(Fraction, ["19/60", "19/60", "7/30", "1/15", "1/15"]))


@pytest.mark.parametrize("index", ["deegan_packel", "public_good"])
def test_two_votes_beat_five(index):
    shares = indices.of(GAME, index)
    assert shares["C"] > shares["A"]


@pytest.mark.parametrize(
    ("index", "printed"),
    [
        ("owen", "1/3 1/12 1/3 1/12 1/6"),
        ("banzhaf_owen", "3/8 1/8 3/8 1/8 1/4"),
        ("symmetric_banzhaf", "3/8 1/8 3/8 1/8 1/4"),
    ],
)
def test_with_unions(index, printed):
    assert list(unions.of(GAME, UNIONS, index).values()) == list(map(Fraction, printed.split()))
