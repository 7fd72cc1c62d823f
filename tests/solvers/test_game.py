import numpy as np
import pytest

from comity.solvers.game import ABSENT, CHOICES, NO, OBJECTS, YES, Game, weighted


def council():
    """Three members, two of them suffice, the first has a veto."""
    coefficients = np.zeros((2, len(CHOICES), 3), dtype=np.int64)
    coefficients[0, YES] = 1
    coefficients[1, [NO, OBJECTS], 0] = -1
    return Game(coefficients, np.array([2, 0]), ("and", (0, 1)), ("threshold", "veto"), ("A", "B", "C"))


def test_a_veto_stops_what_an_absence_does_not():
    ballots = np.array([[NO, YES, YES], [ABSENT, YES, YES], [YES, NO, NO]])
    assert council().adopted(ballots).tolist() == [False, True, False]
    assert council().conditions(ballots).tolist() == [[True, False], [True, True], [False, True]]


def test_without_the_veto():
    assert council().without("veto").adopted(np.array([[NO, YES, YES]])).tolist() == [True]
    assert council().adopted(np.array([[NO, YES, YES]])).tolist() == [False]


def test_either_of_two_conditions():
    game = council()
    either = Game(game.coefficients, game.thresholds, ("or", (0, 1)), game.tags, game.members)
    assert either.adopted(np.array([[YES, NO, NO], [NO, YES, YES], [NO, NO, NO]])).tolist() == [True, True, False]


def test_shapes_are_checked():
    game = council()
    with pytest.raises(ValueError, match="one threshold and one tag"):
        Game(game.coefficients, game.thresholds[:1], 0, game.tags, game.members)
    with pytest.raises(ValueError, match="names 2 members"):
        Game(game.coefficients, game.thresholds, 0, game.tags, ("A", "B"))


@pytest.mark.parametrize(("weights", "quota"), [([1, -1], 1), ([1, 1], 0)])
def test_weights_and_quota_are_checked(weights, quota):
    with pytest.raises(ValueError, match=r"Weights|quota"):
        weighted(weights, quota)


def test_a_known_choice_leaves_the_rule_of_the_others():
    ballots = np.array([[YES, YES], [YES, NO]])
    for choice in CHOICES:
        whole = np.column_stack([np.full(2, CHOICES.index(choice)), ballots])
        assert council().given("A", choice).adopted(ballots).tolist() == council().adopted(whole).tolist()
    with pytest.raises(ValueError, match="no member 'Z'"):
        council().given("Z", "yes")
