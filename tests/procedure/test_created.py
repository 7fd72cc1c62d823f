"""Clauses that a decision creates: promises under the charter, in force at once, and no change of it."""

from __future__ import annotations

import pytest

import comity
from comity.kernel.errors import InputError
from comity.model.event import event
from comity.procedure.amending import with_clauses

REPORT = {
    "kind": "report",
    "issue": "energy",
    "obligor": ["JPN", "IND"],
    "by": "2027-01-01",
    "verified": {"by": "secretariat", "every": "6 months"},
}


def adopted(creates, law="g5", matter="energy"):
    state = comity.start(comity.load(law))
    made = {"kind": "proposal_tabled", "on": state.on, "question": "Q", "matter": matter, "by": "control"}
    tabled = comity.apply(state, event({**made, "effect": {"creates": creates}}))
    if tabled.flags:
        return tabled
    votes = {"kind": "votes_recorded", "on": state.on, "question": "Q", "others": "yes"}
    return comity.apply(tabled.state, event(votes))


def test_an_adopted_clause_is_a_duty_of_each_obligor_and_the_charter_has_another_digest():
    before = comity.start(comity.load("g5"))
    step = adopted({"stocks_report": REPORT})
    told = [(each.about, each.outcome) for each in step.determinations]
    assert told == [("Q", "adopted"), ("stocks_report", "created"), *[("stocks_report", "in_force")] * 2]
    assert step.state.duties["stocks_report", "IND"].state == "in_force"
    assert step.state.law.digest != before.law.digest
    assert before.law.digest == comity.load("g5").digest


def test_it_needs_no_rule_of_amendment():
    law = comity.load("unga")
    matter, organ = next((name, issue.organ) for name, issue in law.issues.items() if issue.rule != law.amendment.rule)
    clause = {**REPORT, "issue": matter, "obligor": ["FRA"], "verified": {"by": organ, "every": "6 months"}}
    assert adopted({"report": clause}, "unga", matter).flags == ()


@pytest.mark.parametrize(
    ("creates", "said"),
    [
        ({"oil_stocks": REPORT}, "There is a clause oil_stocks already"),
        ({"x": {**REPORT, "obligor": ["FRA"]}}, "FRA owes a clause but is not a member"),
        ({"x": {**REPORT, "by": "soon"}}, "x is no clause: by"),
    ],
)
def test_a_clause_that_cannot_be_is_void_when_it_is_tabled(creates, said):
    step = adopted(creates)
    assert [flag.what for flag in step.flags] == ["void"]
    assert said in step.flags[0].says.en
    with pytest.raises(InputError, match=said):
        with_clauses(comity.load("g5"), creates)
