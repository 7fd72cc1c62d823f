"""A five-member game with Coleman's three measures.

Source: package EPIC for R (computation of power indices), test 10; also the worked example of Alonso-Meijide and
Bowles, Annals of Operations Research 137 (2005).
"""

from fractions import Fraction

from comity.solvers.power import coleman, exact


def test_coleman():
    prevent, initiate, act = coleman([5, 5, 2, 1, 1], 8)
    assert prevent == [Fraction(part, 7) for part in (4, 4, 3, 1, 1)]
    assert initiate == [Fraction(part, 9) for part in (4, 4, 3, 1, 1)]
    assert act == Fraction(7, 16)


def test_shapley_shubik():
    expected = [Fraction(part) for part in ["19/60", "19/60", "7/30", "1/15", "1/15"]]
    assert exact([5, 5, 2, 1, 1], 8) == expected
