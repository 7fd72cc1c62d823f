from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.streams import Stream
from comity.solvers.diagram import TooLarge
from comity.solvers.game import ABSENT, ABSTAIN, CHOICES, NO, YES, Game, weighted
from comity.solvers.power import measure
from comity.solvers.presence import decisiveness, presence
from comity.solvers.simple import reduce


def majority(members, quorum, p=1, q=2):
    """More than p/q of those voting yes or no, with a quorum of heads present."""
    coefficients = np.zeros((2, 6, members), dtype=np.int64)
    coefficients[0, YES], coefficients[0, NO] = q - p, -p
    coefficients[1, :ABSENT] = 1
    names = tuple(str(number) for number in range(members))
    return Game(coefficients, np.array([1, quorum]), ("and", (0, 1)), ("threshold", "quorum"), names)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4), st.integers(0, 4), st.lists(st.floats(0, 1), min_size=12, max_size=12))
def test_equals_the_sum_over_who_comes_and_how_they_vote(members, quorum, numbers):
    game = majority(members, quorum)
    attends, yes, abstain = (np.array(numbers[start : start + members]) for start in (0, 4, 8))
    abstain = abstain * (1 - yes)
    found = presence(game, attends, yes=yes, abstain=abstain)
    of_choice = np.zeros((members, 6))
    of_choice[:, YES], of_choice[:, NO] = attends * yes, attends * (1 - yes - abstain)
    of_choice[:, ABSTAIN], of_choice[:, ABSENT] = attends * abstain, 1 - attends
    adoption, swing = 0.0, np.zeros(members)
    for ballot in product((YES, NO, ABSTAIN, ABSENT), repeat=members):
        likely = [of_choice[member, choice] for member, choice in enumerate(ballot)]
        adoption += np.prod(likely) * game.adopted(np.array(ballot))[0]
        for member in range(members):
            if ballot[member] == YES:
                others = np.prod(likely[:member] + likely[member + 1 :])
                against = np.array(ballot)
                against[member] = NO
                swing[member] += others * (game.adopted(np.array(ballot))[0] and not game.adopted(against)[0])
    assert found.adoption == pytest.approx(adoption, abs=1e-12)
    assert found.swing == pytest.approx(swing, abs=1e-12)
    assert found.draws == 0
    assert (found.low == found.swing).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 20), min_size=1, max_size=8), st.integers(1, 60))
def test_with_everybody_present_it_is_the_binary_game(weights, quota):
    found = presence(weighted(weights, quota), 1.0)
    counted = measure(reduce(weighted(weights, quota)))
    assert found.swing == pytest.approx([float(each) for each in counted.swing_probability], abs=1e-12)
    assert found.adoption == pytest.approx(float(counted.act), abs=1e-12)


def test_nobody_comes_nothing_is_adopted():
    found = presence(majority(5, quorum=1), 0.0)
    assert found.adoption == 0
    assert found.swing == pytest.approx([1.0] * 5)


def test_staying_away_may_defeat_what_a_no_lets_pass():
    """The paradox of quorums: two of three in favour, and the third decides by leaving the room."""
    found = presence(majority(3, quorum=3), 1.0, yes=1.0)
    assert found.effect("no", "absent").tolist() == [1.0, 1.0, 1.0]
    assert found.effect("yes", "no").tolist() == [0.0, 0.0, 0.0]


def test_a_general_assembly_of_193_is_exact():
    whole, half = (presence(majority(193, quorum=97), share) for share in (1.0, 0.5))
    assert whole.swing[0] == pytest.approx(comb(192, 96) / 2**192, rel=1e-12)
    assert np.ptp(half.swing) < 1e-14
    assert half.adoption == pytest.approx(0.25, abs=0.05)


def test_any_choice_may_be_the_one_against():
    game = majority(3, quorum=2)
    chances = np.zeros((3, len(CHOICES)))
    chances[:, YES] = chances[:, ABSENT] = 0.5
    found = decisiveness(game, chances, against="absent")
    assert found.swing == pytest.approx([0.5, 0.5, 0.5])
    assert np.isnan(found.adopted_if[:, ABSTAIN]).all()


def test_beyond_the_exact_method_it_samples_with_intervals(monkeypatch):
    game = majority(5, quorum=3)
    exact = presence(game, 0.7, yes=0.6)

    def refuse(*_):
        raise TooLarge("too large")

    monkeypatch.setattr("comity.solvers.presence.diagram", refuse)
    with pytest.raises(ValueError, match="too large"):
        presence(game, 0.7, yes=0.6)
    found = presence(game, 0.7, yes=0.6, uniforms=Stream(3, "attendance").uniforms, draws=20_000)
    assert found.draws == 20_000
    assert found.adoption == pytest.approx(exact.adoption, abs=0.02)
    assert found.swing == pytest.approx(exact.swing, abs=0.02)
    assert (found.low < found.swing).all()
    assert (found.swing < found.high).all()
    assert np.isnan(found.adopted_if).all()


@pytest.mark.parametrize(
    ("attendance", "more", "message"),
    [
        (1.2, {}, "probabilities"),
        (np.array([0.5, 0.5]), {}, "each of the 3 members"),
        (0.5, {"yes": 0.7, "abstain": 0.6}, "together at most 1"),
        (float("nan"), {}, "probabilities"),
    ],
)
def test_refuses_what_is_no_probability(attendance, more, message):
    with pytest.raises(ValueError, match=message):
        presence(majority(3, quorum=1), attendance, **more)


def test_weights_beyond_64_bits_are_refused_not_sampled():
    game = weighted([2**61, 2**61], quota=5)
    with pytest.raises(ValueError, match=r"2\*\*62"):
        presence(game, 0.5, uniforms=Stream(1, "x").uniforms)


def test_refuses_chances_and_words_that_are_none():
    game = weighted([1, 1], quota=1)
    with pytest.raises(ValueError, match="2 x 6; got 2 x 2"):
        decisiveness(game, np.ones((2, 2)))
    with pytest.raises(ValueError, match="sum to 1"):
        decisiveness(game, np.ones((2, 6)))
    votes = np.full((2, 6), 1 / 6)
    with pytest.raises(ValueError, match="'yes' is no choice against"):
        decisiveness(game, votes, against="yes")
    with pytest.raises(ValueError, match="'perhaps' is no choice"):
        decisiveness(game, votes).effect("yes", "perhaps")


def test_refuses_rules_that_support_can_defeat():
    coefficients = np.zeros((1, 6, 1), dtype=np.int64)
    coefficients[0, NO] = 1
    game = Game(coefficients, np.array([1]), 0, ("threshold",), ("A",))
    with pytest.raises(ValueError, match="no voting power is defined"):
        presence(game, 0.5)
