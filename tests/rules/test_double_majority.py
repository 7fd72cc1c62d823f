"""Double majority: both shares are needed, and too few members cannot block by weight."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from comity.model.ruling import Choice
from comity.rules.double_majority import DoubleMajority

ON = datetime.date(2026, 1, 1)
PEOPLE = {"DEU": 83, "FRA": 67, "ITA": 60, "LUX": 1, "MLT": 1}


def rule(**fields: Any) -> DoubleMajority:
    made: dict[str, Any] = {
        "heads": {"at_least": "55 %", "of": "members"},
        "weight": {"at_least": "65 %", "of": "total_weight"},
        "weights": {"basis": "population", "values": PEOPLE},
    }
    return DoubleMajority.model_validate(made | fields)


def for_(*yes: str) -> dict[str, Choice]:
    return {member: "yes" if member in yes else "no" for member in PEOPLE}


@pytest.mark.parametrize(
    ("yes", "adopted"),
    [
        (("DEU", "FRA", "ITA"), True),
        (("DEU", "FRA"), False),  # weight, but too few heads
        (("FRA", "ITA", "LUX", "MLT"), False),  # heads, but 129 of 212
        (("DEU", "FRA", "LUX"), True),
        ((), False),
    ],
)
def test_heads_and_weight_are_both_needed(yes: tuple[str, ...], *, adopted: bool):
    assert rule().decide(for_(*yes), on=ON).adopted is adopted


def test_one_large_member_cannot_block_where_two_are_needed():
    without_germany = for_("FRA", "ITA", "LUX", "MLT")
    assert not rule().decide(without_germany, on=ON).adopted
    assert rule(blocking_minimum=2).decide(without_germany, on=ON).adopted
    assert not rule(blocking_minimum=2).decide(for_("FRA", "ITA", "LUX"), on=ON).adopted


def test_the_absent_withhold_their_yes_as_those_against_do():
    ballots: dict[str, Choice] = {**for_("FRA", "ITA", "LUX", "MLT"), "DEU": "absent"}
    assert rule(blocking_minimum=2).decide(ballots, on=ON).adopted
    assert not rule(blocking_minimum=1).decide(ballots, on=ON).adopted


def test_both_requirements_stand_in_the_ruling():
    heads, weight = rule().decide(for_("DEU", "FRA", "ITA"), on=ON).requirements
    assert (heads.reached, heads.base, weight.reached, weight.base) == (3, 5, 210, 212)


def test_support_without_weight_adopts_nothing():
    weightless = rule(
        weights={"basis": "votes", "values": {**dict.fromkeys(PEOPLE, 0), "DEU": 1}},
        weight={"at_least": "1/2", "of": "present_and_voting"},
        heads={"at_least": "1/5", "of": "members"},
    )
    ballots: dict[str, Choice] = {**dict.fromkeys(PEOPLE, "absent"), "LUX": "yes"}
    assert not weightless.decide(ballots, on=ON).adopted
