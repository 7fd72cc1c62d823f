"""The airport game: Littlechild and Owen, Management Science 20 (1973), 370-372; Shapley value of nested costs."""

from __future__ import annotations

from fractions import Fraction

from comity.burdens.shapley import Shapley
from comity.solvers.sharing import nested


def test_costs_of_one_two_and_three():
    assert nested([Fraction(1), Fraction(2), Fraction(3)]) == [Fraction(1, 3), Fraction(5, 6), Fraction(11, 6)]
    shares = Shapley.model_validate({"values": {"AAA": 1, "BBB": 2, "CCC": 3}}).shares(["AAA", "BBB", "CCC"], {})
    assert [3 * share for share in shares.values()] == [Fraction(1, 3), Fraction(5, 6), Fraction(11, 6)]
