"""Negative consensus: a single member that does not object carries it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from comity.model.ruling import Choice
from comity.rules.negative_consensus import NegativeConsensus

ON = datetime.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("winner", "adopted"),
    [
        ("yes", True),
        ("abstain", True),
        ("not_participating", True),
        ("absent", False),
        ("no", False),
        ("objects", False),
    ],
)
def test_only_when_everybody_present_objects_is_it_stopped(winner: Choice, *, adopted: bool):
    ballots: dict[str, Choice] = {"ATG": winner, "USA": "objects", "EU": "no", "JPN": "absent"}
    ruling = NegativeConsensus().decide(ballots, on=ON)
    assert ruling.adopted is adopted
    assert ruling.blockers == ()
    if not adopted:
        assert set(ruling.flips) == {"ATG", "USA", "EU", "JPN"}
        assert [(each.of, each.missing) for each in ruling.missing] == [("present", 1)]


def test_where_nobody_is_present_nothing_is_decided():
    everybody: dict[str, Any] = dict.fromkeys(["ATG", "USA"], "absent")
    assert NegativeConsensus().decide(everybody, on=ON).outcome == "not_adopted"


def test_the_only_member_blocks_itself():
    assert NegativeConsensus().decide({"ATG": "yes"}, on=ON).blockers == ("ATG",)
