"""Ternary games: the Security Council with abstention as a choice of its own, and two small rules.

Source: Felsenthal and Machover, The Measurement of Voting Power (1998), example 8.3.7 and the Security Council, and
Freixas, Decision Support Systems 39 (2005), 269-282, section 4, who quotes them: 22/27 and 5/54; 0.1636 and 0.0182. The
exact roll-call count of the Council gives 0.16339 and 0.01831, here confirmed by calling members one by one.
"""

from fractions import Fraction
from functools import cache

import numpy as np
import pytest

import comity as co
from comity.solvers import power, ternary
from comity.solvers.game import ABSTAIN, NO, OBJECTS, YES, Game


def council():
    coefficients = np.zeros((2, 6, 15), dtype=np.int64)
    coefficients[0, YES] = 1
    coefficients[1, NO, :5] = coefficients[1, OBJECTS, :5] = -1
    names = (*"CFRGU", *(f"E{number}" for number in range(10)))
    return Game(coefficients, np.array([9, 0]), ("and", (0, 1)), ("threshold", "veto"), names)


def test_one_leader_and_one_of_two_who_does_not_oppose():
    coefficients = np.zeros((2, 6, 3), dtype=np.int64)
    coefficients[0, YES, 0] = 1
    coefficients[1, YES, 1:] = coefficients[1, ABSTAIN, 1:] = 1
    game = Game(coefficients, np.array([1, 1]), ("and", (0, 1)), ("threshold",) * 2, ("1", "2", "3"))
    assert ternary.shapley_shubik(game) == {"1": Fraction(22, 27), "2": Fraction(5, 54), "3": Fraction(5, 54)}


@cache
def pivot_is_permanent(permanent, elected, yes):
    """The chance that a permanent member settles a roll-call in which so many were called and nobody has vetoed."""
    found = Fraction(0)
    for is_permanent, waiting in ((1, 5 - permanent), (0, 10 - elected)):
        for vote in (YES, ABSTAIN, NO) if waiting else ():
            likely = Fraction(waiting, 3 * (15 - permanent - elected))
            after = (permanent + is_permanent, elected + 1 - is_permanent, yes + (vote == YES))
            vetoed = is_permanent and vote == NO
            out_of_reach = after[2] + 15 - after[0] - after[1] < 9
            if vetoed or out_of_reach or (after[0] == 5 and after[2] >= 9):
                found += likely * is_permanent
            else:
                found += likely * pivot_is_permanent(*after)
    return found


def test_the_council_by_roll_call():
    found = ternary.shapley_shubik(council())
    permanent, elected = found["C"], found["E0"]
    assert 5 * permanent == pivot_is_permanent(0, 0, 0) == Fraction(118525786, 145083393)
    assert 5 * permanent + 10 * elected == 1
    assert (float(permanent), float(elected)) == pytest.approx((0.1636, 0.0182), abs=3e-4)


def test_the_charter_that_ships_is_this_council():
    charter = co.load("unsc")
    game = charter.game("substantive", charter.as_of)
    found = ternary.shapley_shubik(game)
    expected = ternary.shapley_shubik(council())
    assert (found["USA"], found["PAK"]) == (expected["U"], expected["E0"])
    assert len(found) == 15


def test_the_council_by_swings():
    found = ternary.swings(council())
    assert found.swing_probability[0] == Fraction(36112, 3**13)
    assert found.swing_probability[-1] == Fraction(5906 * 3**2, 3**14)
    assert found.adoption == Fraction(48932, 3**14)


def test_an_elected_seat_holds_far_more_than_in_the_binary_game():
    game = council()
    for index, times in (("shapley_shubik", 9.8), ("banzhaf", 2.99)):
        assert float(ternary.of(game, index)["E0"] / power.of(game, index)["E0"]) == pytest.approx(times, abs=0.02)
