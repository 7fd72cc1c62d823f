"""Target clause: performed, not performed, not yet due, and unknown are four things."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from comity.clauses.target import Target

DUE = datetime.date(2028, 12, 31)
BEFORE, AFTER = datetime.date(2028, 12, 30), datetime.date(2029, 1, 1)


def target(**fields: Any) -> Target:
    made = {"issue": "energy", "obligor": ["JPN"], "metric": "oil_stock_days", "by": DUE}
    return Target.model_validate({**made, "verified": {"by": "secretariat", "every": "6 months"}, **fields})


@pytest.mark.parametrize(
    ("actual", "on", "found"),
    [
        (90, BEFORE, "performed"), (90, AFTER, "performed"), (89.9, BEFORE, "not_yet_due"), (89.9, DUE, "not_performed"),
        (89.9, AFTER, "not_performed"), (None, AFTER, "unknown"), (None, BEFORE, "unknown"), (0, AFTER, "not_performed"),
    ],
)  # fmt: skip
def test_a_floor(actual: float | None, on: datetime.date, found: str):
    assert target(at_least=90).assess(actual, on) == found


@pytest.mark.parametrize(
    ("actual", "found"), [(60, "performed"), (60.1, "not_performed"), (39, "not_performed"), (40, "performed")]
)
def test_a_corridor(actual: float, found: str):
    assert target(at_least=40, at_most=60).assess(actual, AFTER) == found


def test_a_target_without_a_value_or_an_obligor_is_refused():
    with pytest.raises(ValidationError, match="neither at_least nor at_most"):
        target()
    with pytest.raises(ValidationError):
        target(at_least=90, obligor=[])
