"""YAML 1.2 with line and column: what a scalar is, where a part stands, what is refused."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.document import listing, mapping, parse, scalar, spell
from comity.kernel.errors import DocumentError

letters = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"), max_size=12
)
words = st.text("abcdefgh_", min_size=1, max_size=6)
contents = st.recursive(
    st.integers(-(10**12), 10**12) | st.booleans() | st.none() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(contents.filter(lambda value: value is not None))
def test_json_is_read_as_it_is(value: Any):
    document = parse(json.dumps(value, ensure_ascii=False), "f")
    assert document.data == value
    assert document.problems == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"), ("no", "no"), ("Yes", "Yes"), ("on", "on"), ("off", "off"), ("y", "y"), ("true", True), ("False", False),
        ("TRUE", True), ("tRUE", "tRUE"), ("null", None), ("~", None), ("", None), ("0", 0), ("-5", -5), ("+5", 5), ("007", "007"),
        ("0x1F", "0x1F"), ("0o7", "0o7"), ("1_000", "1_000"), ("1.50", Decimal("1.50")), ("1.", "1."), (".5", ".5"), ("1e3", "1e3"),
        (".inf", ".inf"), (".nan", ".nan"), ("2026-02-06", datetime.date(2026, 2, 6)), ("2026-2-6", "2026-2-6"), ("12:30", "12:30"),
        ("2026-02-31", "2026-02-31"), ("2/3", "2/3"), ("55 %", "55 %"), ("<<", "<<"), ("9" * 41, "9" * 41), ("9" * 40, 10**40 - 1),
    ],
)  # fmt: skip
def test_a_plain_scalar_is_what_yaml_1_2_says(text: str, value: Any):
    found = scalar(text)
    assert (found, type(found)) == (value, type(value))


def test_every_part_knows_where_it_stands():
    text = "a:\n  b: [1, {c: 2}]\n'd e': >-\n  folded\n  text\n"
    document = parse(text, "f")
    assert document.data == {"a": {"b": [1, {"c": 2}]}, "d e": "folded text"}
    places = {spell(path): document.place(path) for path in document.places}
    assert places == {
        "": (1, 1),
        "a": (1, 1),
        "a.b": (2, 3),
        "a.b[0]": (2, 7),
        "a.b[1]": (2, 10),
        "a.b[1].c": (2, 11),
        "d e": (3, 1),
    }
    assert document.place(("a", "b", 1, "missing", "deeper")) == (2, 10)
    assert document.place(("nothing",)) == (1, 1)


def test_quoted_scalars_are_texts():
    assert parse("a: '5'\nb: \"true\"\nc: '2026-02-06'\nd: ''\n", "f").data == {
        "a": "5",
        "b": "true",
        "c": "2026-02-06",
        "d": "",
    }


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a: &x 1\n", "1:4", "anchor &x"), ("a: 1\nb: *x\n", "2:4", "alias *x"), ("a: !t 1\n", "1:4", "tag !t"),
        ("a: !!str 1\n", "1:4", "tag !!str"), ("a: 1\n\tb: 2\n", "2:1", "a tab"), ("a: [1\n", "1:4", "bracket ["),
        ("a: {b: 1\n", "1:4", "brace {"), ("a: 'x\n", "1:4", "quotation mark"), ("a: b: c\n", "1:5", "a colon"),
        ("a: 1\n---\nb: 2\n", "2:1", "second document"), ("", "1:1", "empty"), ('a: "\\q"\n', "1:6", "backslash"),
        ("a: x\0\n", "1:5", "U+0000"), ("é: \u202e\n", "1:4", "U+202E"), ("a: ]\n", "1:4", "value is missing"),
        ("a: -\n", "1:4", "no list can begin"), ("a: @x\n", "1:4", "no value begins"), ("a: 'b' c\n", "1:8", "does not fit"),
    ],
)  # fmt: skip
def test_what_is_no_yaml_of_ours_is_refused_at_its_place(text: str, place: str, said: str):
    with pytest.raises(DocumentError) as found:
        parse(text, "f")
    assert str(found.value).startswith(f"f:{place}  ")
    assert said in str(found.value)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a: 1\na: 2\n", (2, 1), "stands twice"), ("? [a]\n: 1\n", (1, 3), "no plain name"), ("<<: {a: 1}\n", (1, 1), "merging"),
        ("a: 1e3\n", (1, 4), "not an exact number"), ("a: 2026-02-31\n", (1, 4), "not a day"), ('a: "\\u0007"\n', (1, 4), "no text"),
        (f"a: {'9' * 50}\n", (1, 4), "has 50 characters"),
    ],
)  # fmt: skip
def test_problems_that_leave_the_rest_readable_are_collected(text: str, place: tuple[int, int], said: str):
    (problem,) = parse(text, "f").problems
    assert ((problem.line, problem.column), problem.stage) == (place, "syntax")
    assert said in problem.what


def test_a_duplicate_key_keeps_the_first_and_tells_all():
    document = parse("a: 1\na: 2\na: 3\n", "f")
    assert document.data == {"a": 1}
    assert [problem.line for problem in document.problems] == [2, 3]


@given(letters)
def test_any_text_in_quotes_comes_back(text: str):
    quoted = "'" + text.replace("'", "''") + "'"
    try:
        found = parse(f"a: {quoted}\n", "f").data["a"]
    except DocumentError as refused:
        assert "invisible" in str(refused)  # noqa: PT017 - characters that turn the direction are refused
        return
    assert found == text


def test_a_mapping_and_a_listing_are_told_apart():
    assert (mapping({"a": 1}), mapping([1]), listing([1]), listing({"a": 1})) == ({"a": 1}, None, [1], None)
