"""Reverse majority: the act stands unless enough oppose it; no opinion lets it stand."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from comity.model.ruling import Choice
from comity.rules.reverse_majority import ReverseMajority

ON = datetime.date(2026, 1, 1)
PEOPLE = {"DEU": 84, "FRA": 68, "ITA": 59, "ESP": 48, "HUN": 10, "MLT": 1}


def rule(**fields: Any) -> ReverseMajority:
    against = {
        "kind": "double_majority",
        "heads": {"at_least": "55 %", "of": "members"},
        "weight": {"at_least": "65 %", "of": "total_weight"},
        "weights": {"basis": "population", "values": PEOPLE},
    }
    return ReverseMajority.model_validate({"against": against, **fields})


def against(*no: str, others: Choice = "abstain") -> dict[str, Choice]:
    return {member: "no" if member in no else others for member in PEOPLE}


@pytest.mark.parametrize(
    ("no", "others", "adopted"),
    [
        (("DEU", "FRA", "ITA", "ESP"), "abstain", False),  # 4 of 6 and 259 of 270
        (("DEU", "FRA", "ITA"), "abstain", True),  # three heads are not 55 %
        (("FRA", "ESP", "HUN", "MLT"), "absent", True),  # four heads, too few people
        ((), "absent", True),
        ((), "no", False),
        (("DEU",), "objects", False),
    ],
)
def test_the_act_stands_unless_a_qualified_majority_is_against(no: Any, others: Choice, *, adopted: bool):
    assert rule().decide(against(*no, others=others), on=ON).adopted is adopted


def test_the_requirements_are_counted_from_the_side_of_the_act():
    heads, weight = rule().decide(against("DEU", "FRA", "ITA"), on=ON).requirements
    assert (heads.held, heads.reached, heads.waived) == (True, 3, False)
    assert (weight.held, weight.waived) == (False, True)
    fallen = rule().decide(against("DEU", "FRA", "ITA", "ESP"), on=ON)
    assert [(each.missing, each.unit) for each in fallen.missing] == [(1, "heads"), (83.5, "weight")]
    assert fallen.flips == ("DEU", "FRA", "ITA", "ESP")


def test_the_quorum_is_asked_as_usual():
    there = rule(quorum={"decide": {"more_than": "1/2"}})
    assert there.decide(against("DEU", others="absent"), on=ON).outcome == "no_quorum"
    assert there.decide(against("DEU"), on=ON).adopted
