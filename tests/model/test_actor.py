"""The lookup of states, on a small made-up table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.errors import AmbiguousName, InputError
from comity.kernel.result import Text
from comity.model.actor import Actor, Actors, folded

LAND = Actor("LND", {"cldr": Text("Côte of St. Land", "陆地")}, aliases=("Landia, Rep.",))
ISLE = Actor("ISL", {"cldr": Text("Isle", "岛国"), "un": Text("Republic of the Isle", "岛屿共和国")}, kind="territory")
ROCK = Actor("RCK", {"cldr": Text("Rock", "岩")}, aliases=("Isle",))


def test_accents_order_and_abbreviations_do_not_matter():
    table = Actors([LAND])
    for spelling in ("cote saint land", "COTE OF ST LAND", "Republic of Landia", "Landia Republic", "陆地", "lnd"):
        assert table.find(spelling) is LAND


def test_a_spelling_of_two_is_ambiguous():
    with pytest.raises(AmbiguousName, match=r"ambiguous.*ISL.*RCK"):
        Actors([ISLE, ROCK]).find("isle")


def test_a_code_is_never_ambiguous():
    assert Actors([ISLE, ROCK, Actor("ROCK", {"cldr": Text("Other")})]).find("RCK") is ROCK


def test_an_unknown_code_names_near_ones():
    with pytest.raises(InputError, match=r"code 'LDN'.*LND"):
        Actors([LAND])["LDN"]


def test_policy_falls_back_on_cldr():
    assert ISLE.name("un") == Text("Republic of the Isle", "岛屿共和国")
    assert LAND.name("un") == LAND.name() == Text("Côte of St. Land", "陆地")


def test_only_members_are_members():
    table = Actors([LAND, ISLE])
    assert table.un_members() == ["LND"]
    assert "ISL" in table
    assert "XXX" not in table
    assert [actor.code for actor in table] == ["LND", "ISL"]


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(name):
    assert folded(folded(name)) == folded(name)


@given(st.text(max_size=30))
def test_advice_never_fails(name):
    advice = Actors([LAND, ISLE, ROCK]).suggest(name)
    assert advice.startswith("Did you mean") or "ISO 3166-1" in advice
