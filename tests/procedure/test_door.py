"""The law engine by hand: days and events may be given as text and mappings, and what is none is refused in words."""

from __future__ import annotations

import datetime

import pytest

import comity
from comity.kernel.errors import InputError, UnknownName


def test_days_may_be_text():
    state = comity.start(comity.load("g5"), "2026-02-06")
    assert state.on == datetime.date(2026, 2, 6)
    assert comity.advance(state, "2027-01-01").state.on == datetime.date(2027, 1, 1)
    assert comity.analyse(comity.load("g5"), "power", on="2026-02-06").provenance.on == "2026-02-06"


@pytest.mark.parametrize("ask", [
    lambda: comity.start(comity.load("g5"), "2026-02-30"),
    lambda: comity.advance(comity.start(comity.load("g5")), "tomorrow"),
    lambda: comity.analyse(comity.load("g5"), "power", on="6 February"),
])  # fmt: skip
def test_what_is_no_day_is_refused(ask):
    with pytest.raises(InputError, match=r"is not a date\. Write it as 2026-02-06"):
        ask()


def test_what_is_no_event_is_refused():
    state = comity.start(comity.load("g5"))
    with pytest.raises(UnknownName, match="There is no kind of event 'signd'"):
        comity.apply(state, {"kind": "signd", "on": "2026-02-06"})
    with pytest.raises(InputError, match=r"This is no event: signed\.instrument: field required"):
        comity.apply(state, {"kind": "signed", "on": "2026-02-06", "by": "member:USA"})
