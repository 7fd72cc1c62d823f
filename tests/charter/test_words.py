"""Rules in words: every kind has its own, and they say what the rule says."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import comity
from comity.charter import words
from comity.charter.words import rule_in_words
from comity.kernel.result import Text
from comity.library.places import shipped_names
from comity.model.rule import RULES, Rule


@pytest.mark.parametrize("kind", RULES.members())
def test_every_kind_of_rule_has_words_of_its_own(kind: str):
    assert kind in words._KINDS


@pytest.mark.parametrize("name", shipped_names("charter"))
def test_every_rule_that_ships_is_told_in_both_languages(name: str):
    body = comity.load(name)
    for rule in body.rules.values():
        said = rule_in_words(rule, on=body.as_of, members=body.members_on(body.as_of))
        assert said.en
        assert any("\u4e00" <= letter <= "\u9fff" for letter in said.zh)
        assert "{" not in said.en + said.zh


def rule(kind: str, **given: object) -> Rule:
    return RULES.get(kind).model_validate({"kind": kind, **given})


def test_a_share_of_all_members_is_told_in_heads_where_they_are_known():
    asked = rule("majority", more_than="1/2", of="members")
    assert rule_in_words(asked).en == "more than 1/2 of all members"
    assert rule_in_words(asked, members=["A", "B", "C", "D"]).en == "more than 1/2 of all members (3 of 4)"
    voting = rule("majority", at_least="2/3", of="present_and_voting")
    assert rule_in_words(voting, members=["A", "B"]).en == "at least 2/3 of those present and voting"


def test_dated_values_are_told_of_the_day_or_period_by_period():
    periods = [{"until": "1965-08-31", "value": "7/11"}, {"from": "1965-08-31", "value": "9/15"}]
    asked = rule("majority", at_least=periods, of="members")
    assert rule_in_words(asked).en == (
        "at least 7/11 of all members until 1965-08-31; at least 3/5 of all members from 1965-08-31"
    )
    assert rule_in_words(asked, on=datetime.date(1950, 6, 25)).en == "at least 7/11 of all members"
    late = rule("majority", at_least=periods[1:], of="members")
    assert rule_in_words(late, on=datetime.date(1950, 6, 25)).en == "not stated for that day"


def test_vetoes_and_quorums_are_told_with_the_names_that_the_caller_knows():
    asked = rule(
        "majority", more_than="1/2", of="members", veto=["FRA"], quorum={"open": "1/3", "decide": {"more_than": "1/2"}}
    )
    said = rule_in_words(asked, named=lambda code: Text("France", "法国") if code == "FRA" else Text(code))
    assert said.en == (
        "more than 1/2 of all members; veto of France; quorum: at least 1/3 of all members to open, more than 1/2 of all "
        "members to decide"
    )
    assert said.zh.startswith("超过全体成员的1/2；法国有否决权；法定人数：")


def test_a_kind_from_elsewhere_is_told_by_its_fields(monkeypatch):
    monkeypatch.delitem(words._KINDS, "majority")
    assert rule_in_words(rule("majority", more_than="1/2", of="members")).en == "majority (more than 1/2, of members)"


EVERY = {
    "heads_of_members": "at least 3/5 of all members (3 of 4)",
    "double": (
        "at least 55 % of all members (3 of 4) with at least 65 % of the total weight; fewer than 2 members cannot block "
        "the weight"
    ),
    "minus_one": "consensus of those present, minus 1; no vote for the member concerned; contested",
    "nine": "at least 3 votes in favour",
    "two_thirds_and_three": "at least 2/3 of those present and voting with at least 3 votes in favour",
    "second_vote": "more than 1/2 of those present and voting, a second vote within 48 hours on a tie",
    "casting_vote": "more than 1/2 of the weight of the votes cast, a tie broken by FRA",
    "approved": "more than 1/2 of those present and voting, with the approval of FRA",
    "of_a_class": (
        "among FRA, DEU and ITA: at least 2/3 of all members (2 of 3); no vote for members in arrears and suspended "
        "members; parties to the dispute must abstain; failing that after 24 hours: agreed"
    ),
    "special": (
        "among FRA and DEU: at least 4/5 of all members (2 of 2); at least 2/3 of the total weight and also (adopted "
        "unless every member present objects or else more than 1/2 of the votes cast, with the veto of ITA)"
    ),
    "reverse": "stands unless rejected by at least 55 % of all members (3 of 4) with at least 65 % of the total weight",
    "silence": "adopted unless somebody objects within 72 hours",
    "tacit": (
        "adopted unless (at least 1/3 of all members (2 of 4) or else at least 1/2 of the total weight) object within 10 "
        "months"
    ),
    "standing_aside": (
        "unanimity of those who do not abstain; fails where abstainers reach 1/3 of members and 1/3 of weight"
    ),
}


@pytest.mark.parametrize("name", EVERY)
def test_the_words_of_every_rule(name: str):
    body = comity.load(str(Path(__file__).parents[1] / "charters" / "good" / "every-rule.yaml"))
    assert rule_in_words(body.rule(name), on=body.as_of, members=body.members_on(body.as_of)).en == EVERY[name]


def test_a_fallback_is_told_by_its_title_where_the_caller_gives_it():
    asked = rule("consensus", objection="all_members", fallback={"rule": "voted", "after": "24 hours"})
    said = rule_in_words(asked, titles={"rules.voted": Text("Vote of two thirds", "三分之二表决")})
    assert said.en.endswith("; failing that after 24 hours: Vote of two thirds")
    assert said.zh.endswith("；24小时后仍未通过则适用：三分之二表决")
