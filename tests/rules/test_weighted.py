"""Weighted majority: fractions stay exact, weightless support adopts nothing, missing weights are told."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from comity.kernel.errors import InputError
from comity.rules.weighted import Weighted

ON = datetime.date(2026, 1, 1)


def rule(values: dict[str, Any], **fields: Any) -> Weighted:
    made = {"at_least": "2/3", "of": "total_weight", **fields}
    return Weighted.model_validate({"weights": {"basis": "assumption", "values": values}, **made})


def test_thirds_and_decimals_are_counted_exactly():
    thirds = rule({"AA": "1/3", "BB": "1/3", "CC": "1/3"})
    assert thirds.decide({"AA": "yes", "BB": "yes", "CC": "no"}, on=ON).adopted
    tenths = rule({"AA": "0.1", "BB": "0.2", "CC": "0.3"}, at_least="1/2")
    assert tenths.decide({"AA": "yes", "BB": "yes", "CC": "no"}, on=ON).adopted  # 0.1 + 0.2 is exactly 0.3
    assert tenths.compile(["AA", "BB", "CC"], on=ON).adopted(np.array([[0, 0, 1], [0, 1, 0]])).tolist() == [True, True]


def test_who_abstains_counts_in_the_total_and_not_among_votes_cast():
    ballots: Any = {"AA": "yes", "BB": "abstain", "CC": "absent"}
    values = {"AA": 3, "BB": 4, "CC": 5}
    assert not rule(values).decide(ballots, on=ON).adopted
    assert rule(values, of="votes_cast").decide(ballots, on=ON).adopted
    assert rule(values, of="present").decide(ballots, on=ON).requirements[0].base == 7


def test_support_without_weight_adopts_nothing_and_the_ruling_says_why():
    ruling = rule({"AA": 0, "BB": 5}, of="present_and_voting").decide({"AA": "yes", "BB": "absent"}, on=ON)
    assert ruling.outcome == "not_adopted"
    assert [(each.of, each.held) for each in ruling.requirements] == [
        ("present_and_voting", True),
        ("total_weight", False),
    ]


def test_a_weight_changes_on_its_day_and_is_never_made_up():
    dated = rule({"AA": [{"from": "2000-01-01", "value": 5}], "BB": 5}, at_least="1/2")
    assert dated.weights_of(["BB", "AA"], ON) == [5, 5]
    with pytest.raises(InputError, match="No weight is stated for AA on 1999-12-31"):
        dated.decide({"AA": "yes", "BB": "no"}, on=datetime.date(1999, 12, 31))
    with pytest.raises(InputError, match="No weight is stated for CC, DD"):
        dated.compile(["AA", "CC", "DD"], on=ON)


def test_weights_that_are_only_named_need_their_charter():
    named = Weighted(at_least=Fraction(1, 2), of="total_weight", weights="votes")
    with pytest.raises(InputError, match="'votes' are not declared"):
        named.compile(["AA"], on=ON)


@pytest.mark.parametrize("values", [{"AA": 2**62, "BB": 2**62}, {"AA": f"1/{2**61 - 1}", "BB": f"1/{2**31 - 1}"}])
def test_weights_too_large_to_count_are_refused_and_never_wrap(values: dict[str, Any]):
    with pytest.raises(ValueError, match="too large"):
        rule(values).compile(["AA", "BB"], on=ON)


def test_a_quorum_of_weight_counts_weight():
    quorate = rule({"AA": 8, "BB": 1, "CC": 1}, of="votes_cast", quorum={"decide": "1/2", "of": "weight"})
    assert quorate.decide({"AA": "yes", "BB": "absent", "CC": "absent"}, on=ON).adopted
    assert quorate.decide({"AA": "absent", "BB": "yes", "CC": "yes"}, on=ON).outcome == "no_quorum"


def test_a_tie_of_weight_is_broken_by_the_casting_vote():
    values = {"AA": 2, "BB": 1, "CC": 1}
    cast: dict[str, Any] = {"at_least": None, "more_than": "1/2", "of": "votes_cast", "tie": "casting_vote"}
    ballots: dict[str, Any] = {"AA": "no", "BB": "yes", "CC": "yes"}
    assert rule(values, **cast, casting_vote="CC").decide(ballots, on=ON).adopted
    assert not rule(values, **cast, casting_vote="AA").decide(ballots, on=ON).adopted
