from fractions import Fraction
from itertools import permutations, product
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers import power, ternary
from comity.solvers.game import ABSTAIN, NO, YES, Game, weighted

ORDER = (YES, ABSTAIN, NO)
CHANCES = [(Fraction(1, 3),) * 3, (Fraction(1, 2), Fraction(1, 6), Fraction(1, 3)), (Fraction(2, 5), 0, Fraction(3, 5))]


@st.composite
def games(draw, largest=4):
    """Rules in which yes helps at least as much as abstention, and abstention as much as no."""
    members = draw(st.integers(1, largest))
    steps = np.array(draw(st.lists(st.integers(0, 3), min_size=6 * members, max_size=6 * members)))
    steps = steps.reshape(2, 3, members).astype(np.int64)
    coefficients = np.zeros((2, 6, members), dtype=np.int64)
    coefficients[:, NO] = steps[:, 0] - 2
    coefficients[:, ABSTAIN] = coefficients[:, NO] + steps[:, 1]
    coefficients[:, YES] = coefficients[:, ABSTAIN] + steps[:, 2]
    thresholds = np.array(draw(st.lists(st.integers(-6, 8), min_size=2, max_size=2)), dtype=np.int64)
    formula = draw(st.sampled_from([("and", (0, 1)), ("or", (0, 1))]))
    return Game(coefficients, thresholds, formula, ("threshold", "veto"), tuple(str(each) for each in range(members)))


def carried(game, ballot):
    return bool(game.adopted(np.array(ballot))[0])


def called_one_by_one(game, chances):
    """The roll-call itself: all orders, all votes; the pivot is the first after whom nothing can change any more."""
    n = len(game.members)
    pivots = [Fraction(0)] * n
    for votes in product(range(3), repeat=n):
        likely = Fraction(1)
        for vote in votes:
            likely *= chances[vote]
        for order in permutations(range(n)):
            for place, member in enumerate(order):
                known = {each: ORDER[votes[each]] for each in order[: place + 1]}
                best = carried(game, [known.get(each, YES) for each in range(n)])
                worst = carried(game, [known.get(each, NO) for each in range(n)])
                if best == worst:
                    if place or carried(game, [YES] * n) != carried(game, [NO] * n):
                        pivots[member] += likely / factorial(n)
                    break
    return pivots


@settings(max_examples=40, deadline=None)
@given(games(largest=3), st.sampled_from(CHANCES))
def test_shapley_shubik_is_the_pivot_of_roll_calls(game, chances):
    assert list(ternary.shapley_shubik(game, chances).values()) == called_one_by_one(game, chances)


@settings(max_examples=40, deadline=None)
@given(games(), st.sampled_from(CHANCES))
def test_swings_are_counted_over_the_votes_of_the_others(game, chances):
    n = len(game.members)
    found = ternary.swings(game, chances)
    for member in range(n):
        swing = Fraction(0)
        for votes in product(range(3), repeat=n - 1):
            others = [ORDER[vote] for vote in votes]
            yes, no = ([*others[:member], own, *others[member:]] for own in (YES, NO))
            if carried(game, yes) and not carried(game, no):
                likely = Fraction(1)
                for vote in votes:
                    likely *= chances[vote]
                swing += likely
        assert found.swing_probability[member] == swing
    expected = [sum(row) for row in zip(found.abstention_defeats, found.abstention_lets_pass, strict=True)]
    assert expected == list(found.swing_probability)
    mixed = [chances[0] * y + chances[1] * a + chances[2] * no for y, a, no in
             zip(found.by_yes, found.by_abstaining, found.by_no, strict=True)]  # fmt: skip
    assert set(mixed) == {found.adoption}


@settings(max_examples=40, deadline=None)
@given(games(), st.integers(1, 9))
def test_without_abstention_it_is_the_binary_index(game, parts):
    """For every rule; the roll-call index whatever the chance of yes (Felsenthal and Machover 1996)."""
    yes = Fraction(parts, 10)
    assert ternary.shapley_shubik(game, (yes, 0, 1 - yes)) == power.of(game, "shapley_shubik")
    half = Fraction(1, 2)
    assert ternary.of(game, "banzhaf", (half, 0, half)) == power.of(game, "banzhaf")
    assert ternary.of(game, "swing_probability", (half, 0, half)) == power.of(game, "swing_probability")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=7), st.integers(1, 30), st.sampled_from(CHANCES))
def test_where_abstention_is_no_the_roll_call_index_is_the_binary_one(weights, quota, chances):
    game = weighted(weights, quota)
    assert ternary.shapley_shubik(game, chances) == power.of(game, "shapley_shubik")


@settings(max_examples=30, deadline=None)
@given(games())
def test_shares_sum_to_one_or_to_nothing(game):
    n = len(game.members)
    decides = carried(game, [YES] * n) and not carried(game, [NO] * n)
    assert sum(ternary.shapley_shubik(game).values()) == int(decides)
    assert sum(ternary.of(game, "banzhaf").values()) in {0, 1}


@settings(max_examples=30, deadline=None)
@given(games(), st.sampled_from(CHANCES), st.sampled_from(ternary.INDICES))
def test_floats_agree_with_fractions(game, chances, index):
    exact = ternary.of(game, index, chances)
    assert ternary.approximate(game, index, chances) == pytest.approx(
        {m: float(x) for m, x in exact.items()}, abs=1e-13
    )


def test_members_may_have_chances_of_their_own():
    game = weighted([1, 1], quota=2)
    surely, never = (1, 0, 0), (0, 0, 1)
    assert ternary.swings(game, [surely, never]).swing_probability == (0, 1)


def test_a_large_body_of_equals():
    coefficients = np.zeros((1, 6, 193), dtype=np.int64)
    coefficients[0, YES], coefficients[0, NO] = 1, -2
    game = Game(coefficients, np.array([0]), 0, ("threshold",), tuple(str(each) for each in range(193)))
    found = ternary.of(game, "swing_probability")
    assert len(set(found.values())) == 1
    assert ternary.approximate(game, "swing_probability")["7"] == pytest.approx(float(found["7"]), rel=1e-12)


@pytest.mark.parametrize(
    ("chances", "message"),
    [
        ((0.5, 0.25, 0.25), "exact"),
        ((Fraction(1, 2), Fraction(1, 2)), "three chances"),
        ((1, 1, -1), "sum to 1"),
        ([(1, 0, 0)], "three for each member"),
        ((True, 0, 0), "exact"),
    ],
)
def test_refuses_chances_that_are_none(chances, message):
    with pytest.raises(ValueError, match=message):
        ternary.swings(weighted([1, 1], quota=1), chances)


def test_refuses_rules_that_support_can_defeat():
    coefficients = np.zeros((1, 6, 1), dtype=np.int64)
    coefficients[0, ABSTAIN] = 1
    game = Game(coefficients, np.array([1]), 0, ("threshold",), ("A",))
    with pytest.raises(ValueError, match="no voting power with abstention"):
        ternary.shapley_shubik(game)


def test_refuses_unknown_indices():
    for ask in (ternary.of, ternary.approximate):
        with pytest.raises(ValueError, match="no index 'johnston'"):
            ask(weighted([1], quota=1), "johnston")


def test_too_large_to_count_says_what_it_would_take(monkeypatch):
    monkeypatch.setattr(ternary, "EXACT_NODES", 10)
    with pytest.raises(ValueError, match=r"nodes with numbers of .* bits"):
        ternary.shapley_shubik(weighted([1] * 9, quota=5))
