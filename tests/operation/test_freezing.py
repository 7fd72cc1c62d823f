"""States as plain JSON and back: nothing is lost of any state that a known case comes to."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from immutables import Map

import comity
from comity.kernel.result import Text
from comity.operation.docket import Dispute, Docket
from comity.operation.freezing import frozen, thawed
from comity.operation.position import Position
from comity.operation.roll import Holding, Roll
from comity.procedure import State
from comity.procedure.case import read, replay

FOLDER = Path(comity.__file__).parent / "library" / "cases"
CASES = [case for file in sorted(FOLDER.glob("*.yaml")) for case in read(file.read_text(encoding="utf-8"), file.name)]
AT = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
load = cache(comity.load)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
codes = st.from_regex("[A-Z]{3}", fullmatch=True)
numbers = st.integers(0, 10**6)


def through(value: Any, sort: Any) -> Any:
    """The value after it was written as JSON and read."""
    return thawed(json.loads(json.dumps(frozen(value, sort))), sort)


@pytest.mark.parametrize("case", [pytest.param(each, id=each.id) for each in CASES])
def test_the_state_of_every_known_case(case: Any):
    state = replay(case, load).state
    again = through(state, State)
    assert replace(again, law=again.law.named(state.law.name)) == state
    assert again.law.digest == state.law.digest


def mapped(key: Any, value: Any) -> Any:
    return st.dictionaries(key, value, max_size=4).map(Map)


rolls = st.builds(
    Roll,
    register=words,
    minutes=st.booleans(),
    exercise=st.booleans(),
    keys=mapped(words, st.builds(Holding, words, numbers, st.none() | numbers, words)),
    current=mapped(words, words),
    seen=mapped(words, numbers),
)
dockets = st.builds(
    Docket,
    evidence=mapped(words, st.tuples(numbers, words)),
    verifications=mapped(st.tuples(words, codes), st.tuples(words, numbers)),
    scores=mapped(st.tuples(words, codes, words), st.tuples(numbers, st.integers(-1, 1), numbers)),
    readings=mapped(st.tuples(words, codes, words, words), st.tuples(numbers, st.integers(-1, 1), numbers)),
    commitments=mapped(words, st.tuples(numbers, words)),
    disputes=mapped(
        words,
        st.builds(Dispute, codes, codes, words, st.lists(st.tuples(words, numbers)).map(tuple), st.none() | st.dates()),
    ),
    corrections=mapped(numbers, st.lists(numbers).map(tuple)),
    rates=mapped(st.tuples(codes, codes), st.tuples(st.fractions(), st.dates(), numbers)),
)


@settings(deadline=None, max_examples=50)
@given(rolls, dockets, mapped(numbers, st.tuples(words)))
def test_rolls_and_dockets(roll: Roll, docket: Docket, flagged: Any):
    assert through(roll, Roll) == roll
    assert through(docket, Docket) == docket
    assert through(flagged, Map[int, tuple[str, ...]]) == flagged


def test_a_position():
    state = comity.start(comity.load("g5"))
    position = Position(
        7, state, Roll("ab", keys=Map({"k": Holding("chair", 0)})), recorded=AT, flagged=Map({3: ("void",)})
    )
    again = through(position, Position)
    assert replace(again, state=state) == position


@settings(deadline=None)
@given(st.fractions(), st.dates(), st.frozensets(words), st.none() | st.booleans())
def test_simple_values(share: Fraction, day: datetime.date, names: frozenset[str], known: bool | None):  # noqa: FBT001
    assert through(share, Fraction) == share
    assert through(day, datetime.date | datetime.datetime) == day
    assert through(names, frozenset[str]) == names
    assert through(known, bool | None) is known
    assert through((share, day), tuple[Fraction, datetime.date]) == (share, day)


def test_an_instant_stays_one_and_a_text_keeps_both_languages():
    assert through(AT, datetime.date | datetime.datetime) == AT
    assert through(Text("a", "甲"), Text) == Text("a", "甲")


@pytest.mark.parametrize("sort", [object, set[int], int | str, complex])
def test_a_type_that_has_no_plain_form(sort: Any):
    with pytest.raises(TypeError, match="has no plain form"):
        frozen(None, sort)


@pytest.mark.parametrize("plain", [{"size": 1}, {"nothing": 1}, [], None, {"size": 1, "state": {}}])
def test_what_is_no_position(plain: Any):
    with pytest.raises((TypeError, ValueError, KeyError, AttributeError)):
        thawed(plain, Position)
