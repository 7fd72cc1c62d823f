from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers import coalitions
from comity.solvers.power import measure
from comity.solvers.simple import simplified, weighted


@st.composite
def games(draw):
    members = draw(st.integers(1, 6))
    rows = [draw(st.lists(st.integers(0, 4), min_size=members, max_size=members)) for _ in range(2)]
    needs = [draw(st.integers(1, sum(row) + 1)) for row in rows]
    formula = draw(st.sampled_from([0, ("and", (0, 1)), ("or", (0, 1))]))
    return simplified([chr(65 + number) for number in range(members)], rows, needs, formula)


def minimal(game, holds):
    everything = [set(chosen) for size in range(len(game.members) + 1) for chosen in combinations(game.members, size)]
    found = [chosen for chosen in everything if holds(chosen)]
    return {tuple(sorted(chosen)) for chosen in found if not any(other < chosen for other in found)}


@given(games())
@settings(max_examples=80, deadline=None)
def test_minimal_coalitions_are_those_of_the_definition(game):
    carrying = coalitions.minimal_winning(game, limit=99)
    blocking = coalitions.minimal_blocking(game, limit=99)
    assert set(carrying.listed) == minimal(game, game.wins)
    assert set(blocking.listed) == minimal(game, lambda chosen: not game.wins(set(game.members) - chosen))
    for each in (carrying, blocking):
        assert each.count == len(each.listed) == len(set(each.listed))
        assert [len(one) for one in each.listed] == sorted(len(one) for one in each.listed)


@given(games())
@settings(max_examples=80, deadline=None)
def test_standing_of_members(game):
    swings = dict(zip(game.members, measure(game).swings, strict=True))
    assert set(coalitions.dummies(game)) == {member for member, swing in swings.items() if not swing}
    carrying = minimal(game, game.wins)
    if carrying:
        assert set(coalitions.veto_players(game)) == set.intersection(*map(set, carrying))
    assert set(coalitions.dictators(game)) == {member for member in game.members if carrying == {(member,)}}


@given(st.lists(st.integers(0, 9), min_size=1, max_size=9), st.data())
@settings(max_examples=60, deadline=None)
def test_counting_by_weights_and_by_table_agree(weights, data):
    game = weighted(weights, data.draw(st.integers(1, sum(weights) + 1)))
    assert coalitions.minimal_winning(game).count == coalitions._from_table(game, 0).count


def test_large_weighted_bodies_list_without_counting():
    weights = sorted((10**4 + 7 * number * number for number in range(190)), reverse=True)
    game = weighted(weights, sum(weights) * 85 // 100)
    found = coalitions.minimal_winning(game, limit=3)
    assert found.count is None
    assert len(found.listed) == 3
    assert found.smallest is not None
    assert game.wins(found.listed[0])
    assert not game.wins(game.members[: found.smallest - 1])
    assert coalitions.dummies(game) == coalitions.veto_players(game) == ()


def test_several_conditions_beyond_the_limit_are_refused():
    rows = [[1] * 60, [2**20 + number * number for number in range(60)]]
    game = simplified([str(number) for number in range(60)], rows, [36, 2**25], ("and", (0, 1)))
    with pytest.raises(ValueError, match="cannot be listed yet"):
        coalitions.minimal_winning(game)
    assert coalitions.veto_players(game) == ()


def test_dummies_of_huge_weights_are_refused():
    with pytest.raises(ValueError, match="weigh too much"):
        coalitions.dummies(weighted([10**12 + number**3 for number in range(30)], 10**13))
