from __future__ import annotations

import dataclasses
import datetime
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.canonical import digest, dumps, plain
from comity.kernel.result import Text

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])) | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(values)
def test_canonical_json_reads_back_to_the_same_value(value: Any):
    assert json.loads(dumps(value)) == value


@given(st.dictionaries(st.text(max_size=5), st.integers(), min_size=2, max_size=6))
def test_the_order_of_keys_does_not_change_the_digest(value: dict[str, int]):
    assert digest(value) == digest(dict(reversed(list(value.items()))))


def test_a_changed_value_changes_the_digest():
    assert len({digest(each) for each in ({"a": 1}, {"a": 2}, {"b": 1}, {"a": "1"}, {"a": True}, [], {}, None)}) == 8


def test_exact_numbers_dates_and_records_are_written_as_text():
    @dataclasses.dataclass
    class Record:
        share: Fraction
        price: Decimal
        on: datetime.date

    made = plain(Record(Fraction(2, 3), Decimal("0.10"), datetime.date(2026, 2, 6)))
    assert made == {"share": "2/3", "price": "0.10", "on": "2026-02-06"}
    assert plain((Text("a", "甲"), 1)) == [{"en": "a", "zh": "甲"}, 1]


def test_known_digests_never_change():
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert dumps({"b": [1, None], "a": "é中"}) == '{"a":"é中","b":[1,null]}'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("-inf")]])
def test_a_number_that_is_not_finite_is_refused(value: Any):
    with pytest.raises(ValueError, match="not a finite number"):
        dumps(value)


@pytest.mark.parametrize("value", [{1, 2}, object(), Text, {1: "a", "1": "b"}])
def test_what_has_no_canonical_form_is_refused(value: Any):
    with pytest.raises(TypeError, match="no canonical form"):
        dumps(value)
