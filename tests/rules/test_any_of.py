"""Any of several rules: one is enough, and the ruling says which were not needed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from comity.model.ruling import Choice
from comity.rules.any_of import AnyOf

ON = datetime.date(2026, 1, 1)
TONNAGE = {"PAN": 40, "LBR": 15, "FRA": 15, "ITA": 15, "POL": 15}


def rule(**fields: Any) -> AnyOf:
    weights = {"basis": "assumption", "values": TONNAGE}
    rules = [
        {"kind": "majority", "at_least": "3/5", "of": "members"},
        {"kind": "weighted", "at_least": "1/2", "of": "total_weight", "weights": weights},
    ]
    return AnyOf.model_validate({"rules": rules, **fields})


def for_(*yes: str) -> dict[str, Choice]:
    return {member: "yes" if member in yes else "no" for member in TONNAGE}


@pytest.mark.parametrize(
    ("yes", "adopted", "waived"),
    [
        (("PAN", "LBR"), True, [True, False]),
        (("FRA", "ITA", "POL"), True, [False, True]),
        (("PAN", "FRA", "ITA"), True, [False, False]),
        (("FRA", "ITA"), False, [False, False]),
    ],
)
def test_one_rule_is_enough(yes: tuple[str, ...], *, adopted: bool, waived: list[bool]):
    ruling = rule().decide(for_(*yes), on=ON)
    assert ruling.adopted is adopted
    assert [each.waived for each in ruling.requirements] == waived
    assert len(ruling.missing) == (0 if adopted else 2)


def test_what_is_missing_is_told_for_each_way():
    heads, weight = rule().decide(for_("FRA", "ITA"), on=ON).missing
    assert (heads.missing, weight.missing) == (1, 20)
