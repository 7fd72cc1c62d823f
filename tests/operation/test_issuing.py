"""Issued texts: what a register generates, and a digest that is not that of it."""

import datetime

import pytest
from tests.operation.door import founded, say

import comity
from comity.kernel.errors import InputError, UnknownName
from comity.operation import issuing
from comity.operation.acts import TextIssued
from comity.operation.refusing import Conflict
from comity.operation.verifying import verify

DAY = datetime.date(2026, 3, 1)


def issued(state, **changes) -> TextIssued:
    digest = issuing.digest(comity.advance(state, DAY).state, "charter", "zh")
    fields = {"on": DAY, "instrument": "charter", "lang": "zh", "digest": digest}
    return TextIssued.model_validate(fields | changes)


@pytest.fixture(scope="module")
def state():
    return comity.start(comity.load("g5"))


def test_the_text_of_the_day_of_the_issue_is_the_one_that_counts(state):
    issuing.check(state, issued(state))
    with pytest.raises(Conflict, match="is not that of the text of charter in 'zh'"):
        issuing.check(state, issued(state, on=datetime.date(2026, 3, 2)))


def test_the_text_in_one_language_is_not_that_in_the_other(state):
    with pytest.raises(Conflict, match="in 'en'"):
        issuing.check(state, issued(state, lang="en"))


def test_a_text_that_nobody_adopted_is_none(state):
    with pytest.raises(UnknownName, match="question 'Q1'"):
        issuing.check(state, issued(state, instrument="Q1"))
    tabled = {"kind": "proposal_tabled", "on": "2026-03-01", "by": "member:JPN", "question": "Q1", "matter": "energy"}
    with pytest.raises(InputError, match="it has no adopted text"):
        issuing.check(comity.apply(state, tabled).state, issued(state, instrument="Q1"))


def test_an_adopted_decision_has_a_text(state):
    tabled = {"kind": "proposal_tabled", "on": "2026-03-01", "by": "member:JPN", "question": "Q1", "matter": "energy"}
    votes = {"kind": "votes_recorded", "on": "2026-03-01", "question": "Q1", "others": "yes", "no": ["USA"]}
    after = comity.apply(comity.apply(state, tabled).state, votes).state
    issuing.check(after, issued(after, instrument="Q1", lang="en", digest=issuing.digest(after, "Q1", "en")))


def test_verification_finds_a_text_that_is_not_that_of_the_clauses(tmp_path, monkeypatch):
    event = {"kind": "text_issued", "on": "2026-03-01", "instrument": "charter", "lang": "en", "digest": "0" * 64}
    with founded(tmp_path / "g5.db") as register:
        with monkeypatch.context() as careless:
            careless.setattr(issuing, "check", lambda _state, _act: None)
            say(register, "secretariat", event, "1")
        with pytest.raises(Conflict):
            say(register, "secretariat", event, "2")
    (fault,) = verify(tmp_path / "g5.db").faults
    assert (fault.entry, fault.what) == (1, "text")
    assert verify(tmp_path / "g5.db", only=["chain", "signatures"]).honest
