from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers.diagram import diagram
from comity.solvers.game import CHOICES, Game, weighted
from comity.solvers.power import measure
from comity.solvers.simple import reduce

FORMULAS = [0, ("and", (0, 1)), ("or", (0, 1)), ("or", (("and", (0, 1)), 2)), ("and", (("or", (0, 2)), 1)), ("and", ())]


@st.composite
def games(draw, largest=5, low=-4):
    members = draw(st.integers(1, largest))
    table = draw(st.lists(st.integers(low, 5), min_size=18 * members, max_size=18 * members))
    thresholds = draw(st.lists(st.integers(-6, 9), min_size=3, max_size=3))
    return Game(
        np.array(table, dtype=np.int64).reshape(3, 6, members),
        np.array(thresholds, dtype=np.int64),
        draw(st.sampled_from(FORMULAS)),
        ("threshold", "quorum", "veto"),
        tuple(str(number) for number in range(members)),
    )


def enumerated(game, choices, chances):
    """By looking at every ballot: the whole chance, and the chance given each choice of each member."""
    numbers = [CHOICES.index(choice) for choice in choices]
    total, of_choice = Fraction(0), [[Fraction(0)] * len(choices) for _ in game.members]
    for places in product(range(len(choices)), repeat=len(game.members)):
        ballot = np.array([numbers[place] for place in places])
        if not game.adopted(ballot)[0]:
            continue
        likely = [chances[member][place] for member, place in enumerate(places)]
        total += np.prod(likely)
        for member, place in enumerate(places):
            of_choice[member][place] += np.prod([each for other, each in enumerate(likely) if other != member])
    return total, of_choice


@settings(max_examples=60, deadline=None)
@given(games(), st.data())
def test_equals_the_sum_over_all_ballots(game, data):
    choices = data.draw(st.lists(st.sampled_from(CHOICES), min_size=1, max_size=3, unique=True))
    size = len(game.members) * len(choices)
    parts = data.draw(st.lists(st.integers(0, 7), min_size=size, max_size=size))
    chances = np.array([int(part) for part in parts], dtype=object).reshape(-1, len(choices))
    total, of_choice = enumerated(game, choices, chances.tolist())
    drawn = diagram(game, choices)
    found, given_choice = drawn.given(chances)
    assert (found, given_choice.tolist()) == (total, of_choice)
    in_floats, _ = drawn.given(chances.astype(np.float64))
    assert in_floats == pytest.approx(float(total), rel=1e-13)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=9), st.integers(1, 90))
def test_two_choices_are_the_binary_game(weights, quota):
    game = weighted(weights, quota)
    found, given_choice = diagram(game, ("yes", "no")).given(np.ones((len(weights), 2), dtype=object))
    counted = measure(reduce(game))
    assert found == counted.winning
    assert tuple(given_choice[:, 0] - given_choice[:, 1]) == counted.swings


def test_alike_members_need_few_nodes():
    assert diagram(weighted([1] * 200, quota=101), ("yes", "no")).nodes < 200 * 102


def test_merged_sums_keep_uneven_members_small():
    weights = [2**place + 1 for place in range(20)]
    assert diagram(weighted(weights, quota=sum(weights) // 2), ("yes", "no")).nodes < 2**13


def test_conditions_that_no_longer_matter_are_forgotten():
    coefficients = np.zeros((2, 6, 24), dtype=np.int64)
    coefficients[0, 0, 0] = 1
    coefficients[1, 0] = [3**place for place in range(24)]
    game = Game(coefficients, np.array([1, 3**23]), ("or", (0, 1)), ("threshold",) * 2, tuple(map(str, range(24))))
    assert diagram(game, ("yes", "no")).nodes < 300


@pytest.mark.parametrize(
    ("choices", "message"),
    [((), "each once"), (("yes", "perhaps"), "perhaps"), (("yes", "yes"), "each once")],
)
def test_refuses_choices_that_are_none(choices, message):
    with pytest.raises(ValueError, match=message):
        diagram(weighted([1], quota=1), choices)


def test_refuses_what_is_too_large_with_its_size():
    with pytest.raises(ValueError, match=r"12 members and 2 choices passes 20 nodes at member"):
        diagram(weighted([101 + place**3 for place in range(12)], quota=2000), ("yes", "no"), limit=20)
    with pytest.raises(ValueError, match=r"2\*\*62"):
        diagram(weighted([2**61, 2**61], quota=5), ("yes", "no"))
    with pytest.raises(ValueError, match="without members"):
        diagram(weighted([], quota=1), ("yes", "no"))


@pytest.mark.parametrize(("formula", "chance"), [(("and", ()), 1), (("or", ()), 0)])
def test_a_rule_without_conditions_is_decided_before_anybody_votes(formula, chance):
    game = Game(np.zeros((0, 6, 3), dtype=np.int64), np.zeros(0, dtype=np.int64), formula, (), ("A", "B", "C"))
    found, given_choice = diagram(game, ("yes", "no")).given(np.full((3, 2), 0.5))
    assert found == chance
    assert (given_choice == chance).all()


def test_refuses_chances_of_another_shape():
    with pytest.raises(ValueError, match="2 members x 2 choices"):
        diagram(weighted([1, 1], quota=1), ("yes", "no")).given(np.ones((2, 3)))
