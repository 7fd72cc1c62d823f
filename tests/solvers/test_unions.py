from fractions import Fraction
from itertools import combinations
from math import factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers import unions
from comity.solvers.power import measure
from comity.solvers.simple import simplified, weighted


@st.composite
def games(draw, largest=6):
    members = draw(st.integers(1, largest))
    count = draw(st.sampled_from([1, 3]))
    rows = [draw(st.lists(st.integers(0, 5), min_size=members, max_size=members)) for _ in range(count)]
    needs = [draw(st.integers(0, sum(row) + 1)) for row in rows]
    formula = 0 if count == 1 else draw(st.sampled_from([("or", (("and", (0, 1)), 2)), ("and", (0, ("or", (1, 2))))]))
    return simplified("ABCDEF"[:members], rows, needs, formula)


@st.composite
def games_with_unions(draw):
    game = draw(games())
    labels = [draw(st.sampled_from(["left", "right", "none"])) for _ in game.members]
    found = {name: [m for m, label in zip(game.members, labels, strict=True) if label == name] for name in labels}
    return game, {name: inside for name, inside in found.items() if name != "none"}


def subsets(things):
    return [chosen for size in range(len(things) + 1) for chosen in combinations(things, size)]


def orders(chosen, others):
    return Fraction(factorial(chosen) * factorial(others - chosen), factorial(others + 1))


def by_definition(game, named, member):
    """Owen, Banzhaf-Owen and symmetric coalitional Banzhaf values from their sums over unions and own members."""
    parts = list(unions.partition(game.members, named).values())
    home = next(part for part in parts if member in part)
    others = [part for part in parts if part != home]
    companions = [each for each in home if each != member]
    owen = tossed = symmetric = Fraction(0)
    for joining in subsets(others):
        outside = {each for part in joining for each in part}
        for along in subsets(companions):
            swing = game.wins(outside | {*along, member}) - game.wins(outside | set(along))
            within = swing * orders(len(along), len(companions))
            owen += within * orders(len(joining), len(others))
            symmetric += within / 2 ** len(others)
            tossed += Fraction(swing, 2 ** (len(others) + len(companions)))
    return owen, tossed, symmetric


def values(game, named):
    found = unions.measure_unions(game, named)
    return list(zip(found.owen, found.banzhaf_owen, found.symmetric_banzhaf, strict=True))


@given(games_with_unions())
@settings(max_examples=80, deadline=None)
def test_values_are_those_of_the_definitions(case):
    game, named = case
    assert values(game, named) == [by_definition(game, named, member) for member in game.members]


@given(games_with_unions(), st.sampled_from([1, 2]))
@settings(max_examples=50, deadline=None)
def test_every_route_gives_the_same(case, width):
    game, named = case
    expected = values(game, named)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unions, "WIDTH", width)
        patch.setattr(unions, "_carried", unions._carried_by_table)
        assert values(game, named) == expected


@given(games_with_unions())
@settings(max_examples=50, deadline=None)
def test_members_of_a_union_share_what_it_has_in_the_quotient(case):
    game, named = case
    found = unions.measure_unions(game, named)
    alone = measure(unions.merged(game, named))
    for position, inside in enumerate(unions.partition(game.members, named).values()):
        places = [game.members.index(member) for member in inside]
        assert sum(found.owen[place] for place in places) == alone.shapley_shubik[position]
        assert sum(found.symmetric_banzhaf[place] for place in places) == alone.swing_probability[position]
    assert sum(found.owen) == (1 if any(alone.swings) else 0)


@given(games())
@settings(max_examples=40, deadline=None)
def test_without_unions_or_in_one_the_plain_indices_return(game):
    plain = measure(game)
    apart, together = unions.measure_unions(game, {}), unions.measure_unions(game, {"all": game.members})
    assert apart.owen == together.owen == plain.shapley_shubik
    assert apart.banzhaf_owen == apart.symmetric_banzhaf == together.banzhaf_owen == plain.swing_probability
    assert together.symmetric_banzhaf == plain.shapley_shubik


@given(games_with_unions())
@settings(max_examples=40, deadline=None)
def test_members_alike_in_one_union_have_the_same_and_dummies_nothing(case):
    game, named = case
    found = values(game, named)
    swings = measure(game).swings
    for inside in unions.partition(game.members, named).values():
        for positions in game.classes:
            assert len({found[place] for place in positions if game.members[place] in inside}) <= 1
    assert all(found[place] == (0, 0, 0) for place, swing in enumerate(swings) if not swing)


def test_a_merged_rule_carries_what_its_blocs_carry_together():
    game = weighted([4, 3, 2, 1], 6, "ABCD")
    council = unions.merged(game, {"pact": ["D", "B"]})
    assert council.members == ("A", "pact", "C")
    assert all(
        council.wins(chosen) == game.wins({"B", "D", *chosen} if "pact" in chosen else chosen)
        for chosen in subsets(council.members)
    )


def test_a_bloc_of_half_takes_all():
    found = unions.measure_unions(weighted([1] * 193, 97), {"bloc": [str(i) for i in range(97)]})
    assert found.owen[:97] == (Fraction(1, 97),) * 97
    assert set(found.owen[97:]) == {0}


def test_large_bodies_of_unequal_members():
    weights = [1 + i % 37 for i in range(100)]
    found = unions.measure_unions(weighted(weights, sum(weights) // 2 + 1), {"bloc": [str(i) for i in range(8)]})
    assert sum(found.owen) == 1
    assert sum(found.symmetric_banzhaf[:8]) == found.quotient.swing_probability[0]
    assert list(found.owen[:8]) == sorted(found.owen[:8])


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ({"pact": ["A", "X"]}, "The union 'pact' names 'X', who is no member of this body"),
        ({"pact": ["A", "B"], "league": ["B"]}, "'B' is in two unions, 'pact' and 'league'; a member has one"),
        ({"pact": []}, "The union 'pact' has no members"),
        ({"C": ["A", "B"]}, "The union 'C' has the name of a member that it does not contain"),
    ],
)
def test_unions_that_do_not_fit(named, message):
    with pytest.raises(ValueError, match=message):
        unions.measure_unions(weighted([1, 1, 1], 2, "ABC"), named)


def test_an_index_that_is_none():
    with pytest.raises(ValueError, match="no index 'shapley' with unions; the indices here are owen"):
        unions.of(weighted([1, 1], 2), {}, "shapley")


def test_a_game_that_is_too_large_says_its_size():
    game = weighted([3**i for i in range(39)], 3**38)
    with pytest.raises(ValueError, match=r"9 other unions make 512 kinds .* the 30 members of the union .* 1\.07e\+09"):
        unions.measure_unions(game, {"bloc": [str(i) for i in range(30)]})
