"""What every rule can say of itself: classes that count, approval, exclusions, fallbacks, and what a ruling tells."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

import comity
from comity.kernel.errors import InputError, UnknownName
from comity.model.institution import Institution
from comity.model.rule import RULES, Rule
from comity.model.ruling import NO_RULE, Choice, Remedy

ON = datetime.date(2026, 1, 1)
FIVE: dict[str, Choice] = {"FRA": "yes", "DEU": "yes", "ITA": "yes", "POL": "no", "ESP": "abstain"}


def made(**fields: Any) -> Rule:
    return RULES.get("majority").model_validate({"more_than": "1/2", "of": "present_and_voting", **fields})


def body(**rules: dict[str, Any]) -> Institution:
    common = {"comity": 1, "title": {"en": "Five"}, "status": "proposed", "as_of": "2026-01-01"}
    text = json.dumps({**common, "members": list(FIVE), "rules": rules})
    return comity.read(text, "five", actors=comity.actors())


def test_only_the_class_counts_but_everybody_makes_the_quorum():
    rule = made(among=["POL", "ESP", "ITA"], quorum={"decide": "4/5"})
    ruling = rule.decide(FIVE, on=ON)
    assert ruling.outcome == "not_adopted"
    quorum, threshold = ruling.requirements
    assert (quorum.reached, quorum.base, quorum.among) == (5, 5, ())
    assert (threshold.reached, threshold.base, threshold.among) == (1, 2, ("ITA", "POL", "ESP"))
    assert ruling.missing[0].missing == 1
    assert ruling.flips == ("POL", "ESP")
    assert rule.decide({**FIVE, "FRA": "absent", "DEU": "absent"}, on=ON).outcome == "no_quorum"


def test_a_dated_class_is_read_on_its_day():
    rule = made(among=({"until": "2000-01-01", "value": ("POL",)}, {"from": "2000-01-01", "value": ("FRA",)}))
    assert rule.decide(FIVE, on=ON).adopted
    assert not rule.decide(FIVE, on=datetime.date(1999, 12, 31)).adopted
    later = made(among=({"from": "2000-01-01", "value": ("FRA",)},))
    with pytest.raises(InputError, match="Who counts is not stated for 1999-12-31"):
        later.decide(FIVE, on=datetime.date(1999, 12, 31))


@pytest.mark.parametrize("choice", ["no", "abstain", "absent", "objects", "not_participating"])
def test_lacking_approval_is_an_unmet_condition_and_never_a_veto(choice: Choice):
    ruling = made(approval=["FRA"]).decide({**FIVE, "FRA": choice, "POL": "yes"}, on=ON)
    assert (ruling.outcome, ruling.vetoed_by, ruling.flips) == ("not_adopted", (), ("FRA",))
    assert [(each.of, each.missing) for each in ruling.missing] == [("approval", 1)]
    assert ruling.blockers == ("FRA",)


def test_an_excluded_member_leaves_the_electorate_before_quorum_and_threshold():
    rule = made(exclude=["arrears", "member_concerned"], at_least="2/3", more_than=None)
    assert rule.decide(FIVE, on=ON).adopted
    ruling = rule.decide(FIVE, on=ON, excluded={"FRA": "arrears", "POL": "suspended"})
    assert ruling.excluded == {"FRA": "arrears"}  # the rule does not name suspension: POL votes
    assert (ruling.electorate, ruling.counts["yes"], ruling.outcome) == (("DEU", "ITA", "POL", "ESP"), 2, "adopted")
    assert not rule.decide(FIVE, on=ON, excluded={"FRA": "arrears", "DEU": "member_concerned"}).adopted


def test_a_party_to_a_dispute_must_abstain_and_stays_in_the_base():
    rule = made(at_least="3/5", more_than=None, of="members", veto=["FRA"], abstains=["party_to_dispute"])
    ruling = rule.decide({**FIVE, "FRA": "no", "POL": "yes"}, on=ON, excluded={"FRA": "party_to_dispute"})
    assert (ruling.outcome, ruling.vetoed_by) == ("adopted", ())
    assert (ruling.counts["abstain"], ruling.requirements[0].base) == (2, 5)
    assert ruling.excluded == {"FRA": "party_to_dispute"}
    assert "FRA" not in ruling.flips + ruling.blockers
    absent = rule.decide({**FIVE, "FRA": "absent"}, on=ON, excluded={"FRA": "party_to_dispute"})
    assert absent.counts["absent"] == 1


def test_an_unknown_ground_is_refused():
    with pytest.raises(ValueError, match="laziness is no ground; a member's ground is one of arrears"):
        made().decide(FIVE, on=ON, excluded={"FRA": "laziness"})  # type: ignore[dict-item]


def test_a_fallback_is_named_where_the_rule_did_not_carry_and_asked_of_the_same_ballots():
    agreed = {"kind": "consensus", "objection": "members_present", "fallback": {"rule": "voted", "after": "24 hours"}}
    voted = {"kind": "majority", "at_least": "2/3", "of": "present_and_voting"}
    five = body(agreed=agreed, voted=voted)
    ruling = five.decide("agreed", FIVE, on=ON)
    assert ruling.outcome == "not_adopted"
    assert ruling.remedy == Remedy("fallback", "voted", "24 hours", "adopted")
    assert five.decide("agreed", {**FIVE, "POL": "abstain"}, on=ON).remedy is None


def test_readings_stand_side_by_side_and_the_chosen_one_is_on_top():
    agreed = {"kind": "consensus", "objection": "members_present", "contested": ["all_members"]}
    five = body(agreed=agreed)
    empty_chair: dict[str, Choice] = {**FIVE, "POL": "absent"}
    ruling = five.decide("agreed", empty_chair, on=ON)
    assert (ruling.outcome, ruling.contested) == ("adopted", True)
    assert ruling.readings == {"members_present": "adopted", "all_members": "not_adopted"}
    other = five.decide("agreed", empty_chair, on=ON, reading="all_members")
    assert (other.outcome, other.readings, other.contested) == ("not_adopted", ruling.readings, True)
    assert not five.decide("agreed", {**FIVE, "POL": "yes"}, on=ON).contested
    with pytest.raises(UnknownName, match="reading"):
        five.decide("agreed", FIVE, on=ON, reading="mine")


def test_a_rule_that_calls_itself_disputed_is_contested_whatever_the_ballots():
    practice = {"kind": "consensus", "objection": "members_present", "contested": True, "note": {"en": "Practice."}}
    ruling = body(practice=practice).decide("practice", dict.fromkeys(FIVE, "yes"), on=ON)
    assert (ruling.adopted, ruling.contested) == (True, True)
    assert (ruling.article, ruling.basis) == ("", NO_RULE)


def test_ballots_are_those_of_the_members_of_the_day():
    five = body(voted={"kind": "majority", "more_than": "1/2", "of": "members"})
    with pytest.raises(InputError, match="USA: ballots and the members on 2026-01-01 differ"):
        five.decide("voted", {**FIVE, "USA": "yes"}, on=ON)
    with pytest.raises(InputError, match="maybe is no choice"):
        five.decide("voted", {**FIVE, "FRA": "maybe"}, on=ON)  # type: ignore[dict-item]


def test_the_ruling_as_json_has_exact_numbers_and_what_was_missing():
    told = made(at_least="4/5", more_than=None, article="Article 1").decide(FIVE, on=ON).as_json()
    assert (told["adopted"], told["article"], told["counts"]) == (False, "Article 1", {"yes": 3, "no": 1, "abstain": 1})
    assert told["requirements"][0]["required"] == "16/5"
    assert told["missing"] == [
        {"what": "threshold", "of": "present_and_voting", "unit": "heads", "missing": "1", "more_than": False}
    ]
    assert json.loads(json.dumps(told)) == told


def test_strangers_and_undeclared_fallbacks_are_told():
    rule = {"kind": "majority", "more_than": "1/2", "of": "members", "among": ["USA"], "approval": ["GBR"]}
    with pytest.raises(comity.DocumentError) as found:
        body(voted={**rule, "fallback": {"rule": "votid"}})
    told = str(found.value)
    assert "rules.voted.among[0]  USA is to be counted but is not a member" in told
    assert "rules.voted.approval[0]  GBR is to approve but is not a member" in told
    assert "rules.voted.fallback.rule  the rule 'votid' is not declared  Did you mean 'voted'?" in told
