"""Statements and entries: the same content gives the same bytes, and nothing else is taken for one."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.canonical import record
from comity.kernel.errors import InputError
from comity.operation.entry import Entry, Signed, Statement, entry, instant, signed
from comity.operation.signing import Key, signed_by

KEY = Key.of("member:JPN", bytes([8]) * 32)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)
events = st.dictionaries(words, values, max_size=5)
requests = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=40)
moments = st.datetimes(timezones=st.just(datetime.UTC)).filter(lambda each: each.year >= 1000)


@given(values)
def test_what_is_recorded_reads_back_and_is_recorded_again_the_same(value: Any):
    content = record(value)
    assert json.loads(content) == value
    assert record(json.loads(content)) == content


@given(st.dictionaries(words, st.booleans(), min_size=2, max_size=6))
def test_the_order_in_which_fields_are_given_is_no_matter(value: dict[str, bool]):
    assert record(value) == record(dict(reversed(list(value.items()))))


@given(events, requests, st.integers(0, 2**40), st.booleans(), moments)
def test_an_entry_reads_back_with_its_signature(event, request_, after, only, at):
    said = Statement("ab" * 32, "member:JPN", request_, after, event, only).signed(KEY)
    held = Entry(after, at, said)
    again = entry(held.content())
    assert again.signed == said
    assert again.content() == held.content()
    assert instant(again.recorded) == instant(at)
    assert signed_by(KEY.public, again.signed.statement.content(), again.signed.signature)
    assert signed(json.loads(json.dumps(said.plain()))) == said


def made(**changes: Any) -> dict[str, Any]:
    plain = Statement("", "member:JPN", "1", 0, {"kind": "x"}).signed(KEY).plain()
    return {**plain, **changes}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ([], "no signed statement"),
        ({}, "'statement'"),
        (made(statement=[]), "no signed statement"),
        (made(key="AB" * 32), "is not 64 lower-case hexadecimal digits"),
        (made(key=" " + "ab" * 31 + "a"), "is not 64 lower-case hexadecimal digits"),
        (made(signature="ab" * 63), "is not 128 lower-case hexadecimal digits"),
        (made(signature=7), "7 is no text"),
        (made(statement={**made()["statement"], "comity": "statement/2"}), "of another version"),
        (made(statement={**made()["statement"], "note": ""}), "unknown field note"),
        (made(statement={**made()["statement"], "only": False}), "only is true or left out"),
        (made(statement={**made()["statement"], "after": True}), "after is a whole number"),
        (made(statement={**made()["statement"], "after": -1}), "after is a whole number"),
        (made(statement={**made()["statement"], "after": 1.0}), "after is a whole number"),
        (made(statement={**made()["statement"], "event": []}), "event a mapping"),
        (made(statement={**made()["statement"], "request": ""}), "A request has 1 to 200 characters"),
        (made(statement={**made()["statement"], "request": "x" * 201}), "A request has 1 to 200 characters"),
        (made(statement={**made()["statement"], "request": "\0"}), "A request has 1 to 200 characters"),
        (made(statement={**made()["statement"], "request": "\ud800"}), "A request has 1 to 200 characters"),
        (made(statement={**made()["statement"], "seat": "日本"}), "A seat is written like member:JPN"),
        (made(statement={**made()["statement"], "seat": None}), "None is no text"),
    ],
)
def test_what_is_no_signed_statement(data: Any, says: str):
    with pytest.raises(InputError) as refused:
        signed(data)
    assert says in str(refused.value)


def deep() -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(100_000):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ({"value": 0.5}, "The event cannot be recorded: 'value': A float cannot be recorded; write it as text."),
        (
            {"kind": "x", "due": None},
            "The event cannot be recorded: 'due': Nothing (null) cannot be recorded; leave it out.",
        ),
        ({"n": 2**53}, "'n': 9007199254740992 is too large to be recorded as a number; write it as text."),
        ({"says": "\udfff"}, "'says': Text with half a character (a lone surrogate) cannot be recorded."),
        (deep(), "The event cannot be recorded: its lists and mappings lie too deep."),
    ],
)
def test_events_that_cannot_be_recorded_say_which_field_and_why(event: dict[str, Any], says: str):
    with pytest.raises(InputError) as refused:
        Statement("", "chair", "1", 0, event).signed(KEY)
    assert says in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"recorded": 1}'])
def test_bytes_that_are_no_entry(content: bytes):
    with pytest.raises(InputError, match="This is no entry of a register"):
        entry(content)


@pytest.mark.parametrize("change", [{"recorded": "2026-03-01T00:00:00"}, {"number": "0"}, {"more": 1}])
def test_an_entry_has_its_fields_and_no_others(change: dict[str, Any]):
    held = Entry(
        0,
        datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC),
        Signed(Statement("", "chair", "1", 0, {}), "ab" * 32, "cd" * 64),
    )
    with pytest.raises(InputError, match="This is no entry of a register"):
        entry(json.dumps({**json.loads(held.content()), **change}).encode())
