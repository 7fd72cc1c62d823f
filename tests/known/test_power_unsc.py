"""UN Security Council as a binary game (abstention counted as no).

Source: Shapley and Shubik, American Political Science Review 48 (1954), for the Council of eleven (the Big Five hold
98.7 %); Felsenthal and Machover, The Measurement of Voting Power (1998), for the Council of fifteen.
"""

from fractions import Fraction

import numpy as np
import pytest

from comity.solvers.coalitions import dictators, dummies, minimal_blocking, minimal_winning, veto_players
from comity.solvers.game import CHOICES, NO, OBJECTS, YES, Game
from comity.solvers.power import measure, of
from comity.solvers.simple import reduce, weighted

PERMANENT = ("CHN", "FRA", "RUS", "GBR", "USA")


def council(elected, majority):
    members = (*PERMANENT, *(f"E{number}" for number in range(elected)))
    coefficients = np.zeros((2, len(CHOICES), len(members)), dtype=np.int64)
    coefficients[0, YES] = 1
    coefficients[1, NO, :5] = coefficients[1, OBJECTS, :5] = -1
    return Game(coefficients, np.array([majority, 0]), ("and", (0, 1)), ("threshold", "veto"), members)


@pytest.mark.parametrize("game", [reduce(council(10, 9)), weighted([7] * 5 + [1] * 10, 39)], ids=["rule", "weights"])
def test_council_of_fifteen(game):
    found = measure(game)
    assert (found.shapley_shubik[0], found.shapley_shubik[-1]) == (Fraction(421, 2145), Fraction(4, 2145))
    assert (found.banzhaf[0], found.banzhaf[-1]) == (Fraction(106, 635), Fraction(21, 1270))
    assert (found.swing_probability[0], found.swing_probability[-1]) == (Fraction(848, 16384), Fraction(84, 16384))
    assert (found.winning, found.act) == (848, Fraction(848, 32768))
    assert found.prevent[0] == 1
    assert minimal_winning(game).count == 210


def test_blocking_a_permanent_member_or_seven_elected():
    blocking = minimal_blocking(reduce(council(10, 9)), limit=6)
    assert blocking.count == 5 + 120
    assert set(blocking.listed[:5]) == {(member,) for member in PERMANENT}
    assert len(blocking.listed[5]) == 7


def test_players_of_special_standing():
    game = reduce(council(10, 9))
    assert veto_players(game) == PERMANENT
    assert dictators(game) == dummies(game) == ()


def test_council_of_eleven():
    found = measure(reduce(council(6, 7)))
    assert (found.shapley_shubik[0], found.shapley_shubik[-1]) == (Fraction(76, 385), Fraction(1, 462))
    assert round(float(sum(found.shapley_shubik[:5])), 3) == 0.987
    assert (found.banzhaf[0], found.banzhaf[-1]) == (Fraction(19, 105), Fraction(1, 63))
    assert found.winning == 57
    assert minimal_winning(reduce(council(6, 7))).count == 15


def test_against_abstention_a_permanent_member_is_an_ordinary_one():
    power = of(council(10, 9), "shapley_shubik", against="abstain")
    assert set(power.values()) == {Fraction(1, 15)}
