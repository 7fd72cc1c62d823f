"""Consensus: who can object, what an empty chair does, and how contested readings stand side by side."""

from __future__ import annotations

import datetime

import pytest

from comity.model.ruling import Choice
from comity.rules.consensus import Consensus, Objection

ON = datetime.date(2025, 11, 22)


@pytest.mark.parametrize(
    ("choice", "of_those_present", "of_all_members"),
    [
        ("yes", True, True),
        ("abstain", True, True),
        ("not_participating", True, True),
        ("absent", True, False),
        ("no", False, False),
        ("objects", False, False),
    ],
)
def test_what_one_member_among_three_does(choice: Choice, *, of_those_present: bool, of_all_members: bool):
    ballots: dict[str, Choice] = {"ARG": choice, "BRA": "yes", "ZAF": "yes"}
    readings: list[tuple[Objection, bool]] = [("members_present", of_those_present), ("all_members", of_all_members)]
    for objection, adopted in readings:
        ruling = Consensus(objection=objection).decide(ballots, on=ON)
        assert ruling.adopted is adopted
        if not adopted:
            assert ruling.flips == ("ARG",)
            assert ruling.vetoed_by == ()


def test_nobody_agrees_to_nothing_and_the_ruling_says_so():
    ruling = Consensus(objection="members_present").decide({"ARG": "absent", "BRA": "absent"}, on=ON)
    assert ruling.outcome == "not_adopted"
    assert [each.held for each in ruling.requirements] == [True, False]
    assert (ruling.requirements[1].of, ruling.requirements[1].reached, ruling.requirements[1].base) == ("members", 0, 2)


def test_contested_readings_are_all_given_and_the_rules_own_comes_first():
    rule = Consensus(objection="members_present", contested=("all_members", "members_present"))
    assert list(rule.readings()) == ["members_present", "all_members"]
    assert [reading.objection for _, reading in rule.readings().values() if isinstance(reading, Consensus)] == [
        "members_present",
        "all_members",
    ]
    assert all(title.zh for title, _ in rule.readings().values())
    assert list(Consensus(objection="all_members").readings()) == ["all_members"]


def test_two_objectors_cannot_flip_it_alone():
    ruling = Consensus(objection="members_present").decide({"A": "objects", "B": "no", "C": "yes"}, on=ON)
    assert ruling.flips == ()


def test_the_counts_and_the_article_stand_in_the_ruling():
    ruling = Consensus(objection="members_present", article="Article IX:1").decide({"A": "yes", "B": "absent"}, on=ON)
    assert (ruling.rule, ruling.article, dict(ruling.counts)) == ("consensus", "Article IX:1", {"yes": 1, "absent": 1})


@pytest.mark.parametrize(("against", "adopted"), [(0, True), (1, True), (2, False), (3, False)])
def test_consensus_minus_one(against: int, *, adopted: bool):
    ballots: dict[str, Choice] = {name: "objects" if n < against else "yes" for n, name in enumerate("ABCD")}
    ruling = Consensus(objection="members_present", minus=1).decide(ballots, on=ON)
    assert ruling.adopted is adopted
    assert ruling.blockers == ()
    assert sum(each.missing for each in ruling.missing) == max(against - 1, 0)


def test_consensus_minus_all_still_needs_one_that_consents():
    rule = Consensus(objection="members_present", minus=3)
    assert not rule.decide({"A": "objects", "B": "no"}, on=ON).adopted
    assert rule.decide({"A": "objects", "B": "abstain"}, on=ON).adopted


def test_a_disputed_consensus_without_another_reading_says_so():
    rule = Consensus(objection="members_present", contested=True)
    assert list(rule.readings()) == ["members_present"]
    assert rule.decide({"A": "yes"}, on=ON).contested
    assert not Consensus(objection="members_present", contested=("all_members",)).decide({"A": "yes"}, on=ON).contested
