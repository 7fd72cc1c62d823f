"""Freezing: every value of the law comes back equal, from the last states of all known cases."""

from __future__ import annotations

import datetime
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import comity
from comity.operation.freezing import frozen, thawed
from comity.operation.position import Position
from comity.operation.roll import Roll
from comity.procedure import State
from comity.procedure.case import Case, read, replay

FILES = sorted((Path(comity.__file__).parent / "library" / "cases").glob("*.yaml"))
CASES: list[Case] = [case for file in FILES for case in read(file.read_text(encoding="utf-8"), file.name)]


@pytest.mark.parametrize("case", [pytest.param(each, id=each.id) for each in CASES])
def test_the_last_state_of_a_case_comes_back(case: Case) -> None:
    """The state after every known case is the same after a way through JSON text."""
    state = replay(case, comity.load).state
    plain = json.loads(json.dumps(frozen(state, State)))
    again = thawed(plain, State)
    assert again == state
    assert again.law.name == state.law.name
    assert again.law.digest == state.law.digest
    assert frozen(again, State) == plain


def test_a_position_comes_back() -> None:
    """So does the roll, the docket and what was flagged around it."""
    from immutables import Map

    state = replay(CASES[0], comity.load).state
    when = datetime.datetime(2026, 3, 1, 12, 0, 0, 1000, tzinfo=datetime.UTC)
    position = Position(7, state, Roll("00" * 32), recorded=when, flagged=Map({3: ("void",)}))
    assert thawed(json.loads(json.dumps(frozen(position, Position))), Position) == position


@pytest.mark.parametrize(
    ("value", "sort"),
    [
        (Fraction(2, 3), Fraction),
        (datetime.date(2026, 2, 6), datetime.date | datetime.datetime),
        (datetime.datetime(2026, 2, 6, 9, tzinfo=datetime.UTC), datetime.date | datetime.datetime),
        (None, int | None),
        (frozenset({"b", "a"}), frozenset[str]),
        (("a", 1), tuple[str, int]),
        ((), tuple[str, ...]),
    ],
)
def test_values_come_back(value: Any, sort: Any) -> None:
    """Plain values keep their type."""
    again = thawed(json.loads(json.dumps(frozen(value, sort))), sort)
    assert again == value
    assert type(again) is type(value)


def test_what_has_no_plain_form_is_refused() -> None:
    """A type that cannot be written as plain JSON says so."""
    with pytest.raises(TypeError, match="has no plain form"):
        frozen(object(), object)
    with pytest.raises(TypeError, match="has no plain form"):
        frozen(1, int | str)
