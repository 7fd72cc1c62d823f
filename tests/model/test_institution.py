"""Institutions: who belonged when, which rule and quorum apply, and what a day does to them."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import comity
from comity.charter.read import read
from comity.kernel.errors import InputError, UnknownName
from comity.kernel.result import Text
from comity.model.institution import Institution
from comity.model.parts import actors_of, member_code

GOOD = Path(__file__).parents[1] / "charters" / "good"
DAY = datetime.date


def good(name: str) -> Institution:
    return comity.load(str(GOOD / f"{name}.yaml"))


def club(**parts: str) -> Institution:
    sections = {
        "members": "[FRA, DEU, ITA]",
        "rules": "{ordinary: {kind: majority, more_than: 1/2, of: members}}",
        **parts,
    }
    text = "comity: 1\ntitle: {en: Club}\nstatus: proposed\nas_of: 2026-01-01\n"
    return read(text + "".join(f"{name}: {part}\n" for name, part in sections.items()), "club", actors=comity.actors())


def test_members_belong_from_their_first_day_up_to_and_without_their_last():
    body = good("former-states")
    assert body.members_on(DAY(1965, 8, 30)) == ["SUN", "CSK", "USA", "YUG"]
    assert body.members_on(DAY(1991, 12, 23))[0] == "SUN"
    assert body.members_on(DAY(1991, 12, 24))[0] == "RUS"
    assert "DDR" in body.members_on(DAY(1990, 10, 2))
    assert "DDR" not in body.members_on(DAY(1990, 10, 3))
    assert body.ever_members() == {"SUN", "RUS", "CSK", "USA", "DDR", "YUG"}


def test_a_day_on_which_not_all_members_are_known_is_refused():
    with pytest.raises(InputError, match="2001-01-01 are not known"):
        good("former-states").members_on(DAY(2001, 1, 1))


def test_the_veto_moves_with_the_seat():
    body = good("former-states")
    assert body.rule("decision").holders(body.members_on(DAY(1980, 1, 1)), DAY(1980, 1, 1)) == ["SUN", "USA"]
    assert body.rule("decision").holders(body.members_on(DAY(1992, 1, 1)), DAY(1992, 1, 1)) == ["RUS", "USA"]


def test_a_constituency_is_one_member_of_several_actors():
    body = good("constituencies")
    assert body.members_on(body.as_of) == ["USA", "NORDIC_BALTIC", "BENELUX"]
    assert body.members_on(DAY(2000, 1, 1)) == ["USA", "NORDIC_BALTIC"]
    assert body.member_title("NORDIC_BALTIC") == Text("Nordic-Baltic", "北欧-波罗的海选区")
    assert body.member_title("BENELUX") == Text("BENELUX")
    assert body.member_title("USA") is None
    assert [len(list(actors_of(member))) for member in body.members] == [1, 8, 3]
    assert [member_code(member) for member in body.members] == ["USA", "NORDIC_BALTIC", "BENELUX"]


def test_a_rule_a_matter_and_a_reading_that_are_not_there_get_near_ones():
    g20 = comity.load("g20")
    with pytest.raises(UnknownName, match=r"no rule in g20 'consensu'\. Did you mean consensus"):
        g20.rule("consensu")
    with pytest.raises(UnknownName, match="matter in g20"):
        g20.rule_of("declarations")
    with pytest.raises(UnknownName, match="reading of the rule 'consensus'"):
        g20.game("consensus", g20.as_of, "some_members")
    assert g20.rule_of("declaration") == "consensus"


def test_the_quorum_of_the_organ_serves_its_rules():
    g5 = comity.load("g5")
    council = g5.quorum("majority")
    assert council is not None
    assert council.bound("decide") == (Fraction(3, 5), False)
    assert comity.load("imf").quorum("amendment") == comity.load("imf").rule("amendment").quorum
    assert good("minimal").quorum("ordinary") is None


def test_a_rule_on_a_day_without_members_is_refused_in_words():
    later = club(members="[{state: FRA, from: 2000-01-01}, DEU]")
    nobody = club(members="[{state: FRA, from: 2000-01-01}]")
    assert later.game("ordinary", DAY(1999, 1, 1)).members == ("DEU",)
    with pytest.raises(InputError, match="'ordinary' of Club cannot be applied on 1999-01-01: A rule without members"):
        nobody.game("ordinary", DAY(1999, 1, 1))


def test_a_threshold_that_is_not_stated_on_a_day_is_refused_in_words():
    body = club(rules="{r: {kind: majority, at_least: [{from: 2000-01-01, value: 1/2}], of: members}}")
    assert body.game("r", DAY(2000, 1, 1)).members == ("FRA", "DEU", "ITA")
    with pytest.raises(InputError, match="not stated for 1999-12-31"):
        body.game("r", DAY(1999, 12, 31))


def test_the_digest_is_of_the_law_and_neither_of_the_name_nor_of_the_order_of_parts():
    one = club(organs="{a: {}, b: {}}")
    other = club(organs="{b: {}, a: {}}")
    assert one.digest == other.digest == one.named("another").digest
    assert one.named("another").name == "another"
    assert one.name == "club"
    different = {
        one.digest,
        club().digest,
        club(members="[DEU, FRA, ITA]").digest,
        club(rules="{ordinary: {kind: majority, at_least: 1/2, of: members}}").digest,
    }
    assert len(different) == 4


def test_digests_of_version_1_never_change():
    """A changed digest means that old registers can no longer be verified."""
    assert good("minimal").digest == "73d9c31fcda3c5bf360a8ac7235d341d3b27ac0e7d61bd3ed7bec37658192081"


@pytest.mark.parametrize("name", ["minimal", "version-1", "every-rule", "constituencies", "former-states", "own-codes"])
def test_an_institution_survives_being_written_as_json_and_read_again(name: str):
    body = good(name)
    again = Institution.model_validate_json(body.model_dump_json(by_alias=True, exclude_none=True), strict=True)
    assert again.digest == body.digest
    assert again == body.named("")


def test_an_institution_cannot_be_changed():
    body: Any = good("minimal")
    with pytest.raises(ValueError, match="frozen"):
        body.status = "in_force"


def test_shared_weights_reach_every_rule_that_names_them():
    body = good("every-rule")
    for rule in ("weight_total", "double"):
        weights = body.rule(rule).weights_of(["FRA", "DEU"], body.as_of)
        assert weights == [68, Fraction(167, 2)]
    assert body.rule("weight_total").weights_of(["DEU"], DAY(1980, 1, 1)) == [62]
