"""Silence procedure: the silent consent; one objection, or enough of them, breaks it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from comity.model.ruling import Choice
from comity.model.threshold import Quorum
from comity.rules.silence_procedure import SilenceProcedure

ON = datetime.date(2026, 1, 1)
HALF = Quorum.model_validate({"decide": "1/2"})


@pytest.mark.parametrize(
    ("choice", "adopted"),
    [
        ("yes", True),
        ("absent", True),
        ("abstain", True),
        ("not_participating", True),
        ("no", False),
        ("objects", False),
    ],
)
def test_one_objection_breaks_the_silence(choice: Choice, *, adopted: bool):
    ballots: dict[str, Choice] = {"FRA": choice, "DEU": "absent", "ITA": "absent"}
    ruling = SilenceProcedure.model_validate({"within": "72 hours"}).decide(ballots, on=ON, quorum=HALF)
    assert ruling.adopted is adopted
    assert ruling.blockers == ("FRA", "DEU", "ITA")
    if not adopted:
        assert [each.missing for each in ruling.missing] == [1]


def test_no_meeting_is_held_so_that_the_quorum_of_the_organ_does_not_bind_but_its_own_does():
    silent: dict[str, Choice] = dict.fromkeys(["FRA", "DEU"], "absent")
    rule = SilenceProcedure.model_validate({"within": "72 hours"})
    assert rule.decide(silent, on=ON, quorum=HALF).adopted
    own = rule.model_copy(update={"quorum": HALF})
    assert own.decide(silent, on=ON).outcome == "no_quorum"


def tacit() -> SilenceProcedure:
    tonnage: dict[str, Any] = {"PAN": 60, "LBR": 10, "FRA": 10, "ITA": 10, "POL": 5, "ESP": 5}
    rules = [
        {"kind": "majority", "at_least": "1/3", "of": "members"},
        {
            "kind": "weighted",
            "at_least": "50 %",
            "of": "total_weight",
            "weights": {"basis": "assumption", "values": tonnage},
        },
    ]
    return SilenceProcedure.model_validate({"within": "10 months", "breaks": {"kind": "any_of", "rules": rules}})


@pytest.mark.parametrize(
    ("objecting", "adopted"),
    [((), True), (("FRA",), True), (("FRA", "POL"), False), (("PAN",), False), (("LBR",), True)],
)
def test_tacit_acceptance_is_broken_by_a_third_of_the_parties_or_half_of_the_tonnage(objecting: Any, *, adopted: bool):
    members = ["PAN", "LBR", "FRA", "ITA", "POL", "ESP"]
    ballots: dict[str, Choice] = {member: "objects" if member in objecting else "absent" for member in members}
    ruling = tacit().decide(ballots, on=ON, quorum=HALF)
    assert ruling.adopted is adopted
    assert ruling.blockers == ("PAN",)
    if adopted:
        assert ruling.missing == ()
