"""Facts about the institutions that ship, checked against common knowledge and the instruments."""

from __future__ import annotations

import datetime

import pytest

import comity
from comity.library.institutions import load
from comity.library.places import shipped_names
from comity.model.parts import actors_of

DAY = datetime.date


@pytest.mark.parametrize(
    ("name", "on", "count"),
    [
        ("g2", None, 2), ("g5", None, 5), ("g7", None, 7), ("g7", DAY(1976, 6, 26), 6), ("g20", None, 21),
        ("g20", DAY(2023, 9, 8), 20), ("brics", None, 10), ("brics", DAY(2010, 12, 23), 4), ("brics", DAY(2024, 6, 1), 9),
        ("sco", None, 10), ("sco", DAY(2017, 6, 8), 6), ("imf", None, 190), ("unsc", None, 15),
    ],
)  # fmt: skip
def test_so_many_members_on_a_day(name: str, on: datetime.date | None, count: int):
    body = comity.load(name)
    assert len(body.members_on(on or body.as_of)) == count


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_the_council_has_fifteen_members_all_year_and_five_vetoes(year: int):
    council = comity.load("unsc")
    for on in (DAY(year, 1, 1), DAY(year, 7, 1), DAY(year, 12, 31)):
        members = council.members_on(on)
        assert len(members) == 15
        assert set(council.rule("substantive").holders(members, on)) == {"CHN", "FRA", "GBR", "RUS", "USA"}
        assert council.rule("procedural").holders(members, on) == []


def test_the_special_majorities_of_the_fund_are_blocked_by_the_united_states_alone():
    fund = comity.load("imf")
    members = fund.members_on(fund.as_of)
    without = {member: "absent" if member == "USA" else "yes" for member in members}
    decided = {
        rule: fund.rule(rule).decide(without, on=fund.as_of, quorum=fund.quorum(rule)).outcome  # pyright: ignore[reportArgumentType]
        for rule in fund.rules
    }
    assert decided == {
        "ordinary": "adopted",
        "special70": "adopted",
        "special85": "not_adopted",
        "amendment": "not_adopted",
    }


@pytest.mark.parametrize(
    ("written", "meant"), [("G7", "g7"), ("UNSC", "unsc"), ("g-20", "g20"), ("BRICS", "brics"), ("I M F", "imf")]
)
def test_a_name_is_found_in_capitals_with_hyphens_or_spaces(written: str, meant: str):
    assert load(written).name == meant


@pytest.mark.parametrize("name", shipped_names("charter"))
def test_every_actor_of_a_shipped_charter_has_names_in_two_languages(name: str):
    for member in comity.load(name).members:
        for code in actors_of(member):
            assert comity.actors()[code].name().zh


@pytest.mark.parametrize("name", ["g7", "g20", "brics"])
def test_an_unwritten_consensus_is_given_in_both_readings(name: str):
    assert list(comity.load(name).readings("consensus")) == ["members_present", "all_members"]


def test_a_rumour_and_an_idea_say_that_they_are_none():
    assert comity.load("g5").status == "rumoured"
    assert comity.load("g5").denied_by is not None
    assert comity.load("g2").status == "proposed"
