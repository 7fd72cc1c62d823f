"""Constructive abstention: those who stand aside do not stop a decision and are not bound, unless they are too many."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from comity.kernel.errors import InputError
from comity.model.ruling import Choice
from comity.rules.constructive_abstention import ConstructiveAbstention

ON = datetime.date(2026, 1, 1)
PEOPLE = {"DEU": 84, "FRA": 68, "ITA": 59, "ESP": 48, "CYP": 1, "MLT": 1}


def rule(**fields: Any) -> ConstructiveAbstention:
    made = {"heads": "1/3", "weight": "1/3", "weights": {"basis": "population", "values": PEOPLE}}
    return ConstructiveAbstention.model_validate({**made, **fields})


def aside(*members: str, **others: Choice) -> dict[str, Choice]:
    return {**dict.fromkeys(PEOPLE, "yes"), **dict.fromkeys(members, "abstain"), **others}


@pytest.mark.parametrize(
    ("ballots", "adopted"),
    [
        (aside("CYP"), True),
        (aside("CYP", "MLT"), True),  # a third of the states, not of the people
        (aside("DEU"), True),  # a third of the people nearly, not of the states
        (aside("DEU", "CYP"), True),  # 85 of 261
        (aside("DEU", "ESP"), False),  # both shares
        (aside("CYP", MLT="not_participating"), True),
        (aside(CYP="no"), False),
        (aside(CYP="objects"), False),
        (aside(CYP="absent"), False),  # an empty chair has not agreed
        (aside(*PEOPLE), False),
    ],
)
def test_unanimity_of_those_who_do_not_stand_aside(ballots: dict[str, Choice], *, adopted: bool):
    ruling = rule().decide(ballots, on=ON)
    assert ruling.adopted is adopted
    stood_aside = tuple(member for member, choice in ballots.items() if choice in {"abstain", "not_participating"})
    assert ruling.not_bound == (stood_aside if adopted else ())


def test_every_member_can_block_and_the_shares_of_those_aside_are_told():
    ruling = rule().decide(aside("DEU", "ESP"), on=ON)
    assert ruling.blockers == tuple(PEOPLE)
    agreed, heads, weight = ruling.requirements
    assert (agreed.held, heads.missing, weight.missing) == (True, 1, 45)
    few = rule().decide(aside("CYP", "MLT"), on=ON)
    assert [each.waived for each in few.requirements] == [False, True, False]


def test_dated_shares_are_read_on_their_day():
    dated = rule(heads=({"from": "2009-12-01", "value": "1/3"},))
    assert dated.decide(aside("CYP"), on=ON).adopted
    with pytest.raises(InputError, match="The share of heads is not stated for 1999-05-01"):
        dated.decide(aside("CYP"), on=datetime.date(1999, 5, 1))
