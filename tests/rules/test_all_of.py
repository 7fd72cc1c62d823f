"""All of several rules: every one must carry, each over its own class."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from comity.model.ruling import Choice
from comity.rules.all_of import AllOf

ON = datetime.date(2026, 1, 1)
FOUNDERS = ["BRA", "CHN", "IND", "RUS", "ZAF"]
SHARES = {**dict.fromkeys(FOUNDERS, 18), "EGY": 4, "ARE": 3, "BGD": 3}


def special(**fields: Any) -> AllOf:
    rules = [
        {"kind": "majority", "at_least": "4/5", "of": "members", "among": FOUNDERS},
        {
            "kind": "weighted",
            "at_least": "2/3",
            "of": "total_weight",
            "weights": {"basis": "assumption", "values": SHARES},
        },
    ]
    return AllOf.model_validate({"rules": rules, **fields})


def for_(*yes: str) -> dict[str, Choice]:
    return {member: "yes" if member in yes else "no" for member in SHARES}


@pytest.mark.parametrize(
    ("yes", "adopted"),
    [
        (("BRA", "CHN", "IND", "RUS"), True),
        (("BRA", "CHN", "IND", "EGY", "ARE", "BGD"), False),  # three founders only, and 64 of 100
        (("BRA", "CHN", "IND", "RUS", "ZAF"), True),
        (("EGY", "ARE", "BGD"), False),
    ],
)
def test_both_conditions_are_needed(yes: tuple[str, ...], *, adopted: bool):
    assert special().decide(for_(*yes), on=ON).adopted is adopted


def test_each_requirement_stands_in_the_ruling_with_its_class_and_unit():
    ruling = special().decide(for_("BRA", "CHN", "IND", "EGY", "ARE", "BGD"), on=ON)
    heads, weight = ruling.requirements
    assert (heads.among, heads.reached, heads.base, heads.missing, heads.unit) == (tuple(FOUNDERS), 3, 5, 1, "heads")
    assert (weight.among, weight.reached, weight.base, weight.unit) == ((), 64, 100, "weight")
    assert float(weight.missing) == pytest.approx(100 * 2 / 3 - 64)
    assert ruling.flips == ("RUS", "ZAF")
    assert ruling.blockers == ()


def test_a_quorum_by_weight_reads_the_weights_inside():
    ballots: dict[str, Choice] = {**for_("BRA", "CHN", "IND", "RUS"), "ZAF": "absent"}
    by_weight = special(quorum={"decide": "83 %", "of": "weight"})
    assert by_weight.weighs
    assert by_weight.decide(ballots, on=ON).outcome == "no_quorum"
    assert special(quorum={"decide": "82 %", "of": "weight"}).decide(ballots, on=ON).adopted


def test_a_veto_inside_is_a_condition_and_a_veto_outside_is_a_veto():
    inner = {"kind": "majority", "more_than": "1/2", "of": "members", "veto": ["CHN"]}
    ballots = for_("BRA", "IND", "RUS", "ZAF", "EGY")
    inside = AllOf.model_validate({"rules": [inner]}).decide(ballots, on=ON)
    assert (inside.outcome, inside.vetoed_by, [each.what for each in inside.missing]) == ("not_adopted", (), ["veto"])
    outside = AllOf.model_validate({"rules": [{**inner, "veto": []}], "veto": ["CHN"]}).decide(ballots, on=ON)
    assert (outside.outcome, outside.vetoed_by, outside.missing) == ("not_adopted", ("CHN",), ())
