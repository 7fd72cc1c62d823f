"""Payment clauses: the whole amount by the day, into a fund that is declared."""

import datetime

import pytest

from comity.clauses.payment import Payment
from comity.kernel.errors import DocumentError

DUE = datetime.date(2018, 12, 31)


def clause(**more):
    given = {"issue": "finance", "obligor": ["USA"], "amount": "3 billion USD", "to": "fund", "by": DUE}
    return Payment.model_validate({**given, "verified": {"by": "secretariat", "every": "12 months"}, **more})


@pytest.mark.parametrize(
    ("paid", "on", "word"),
    [
        (None, DUE, "unknown"),
        (3e9, datetime.date(2015, 1, 1), "performed"),
        (2e9, datetime.date(2015, 1, 1), "not_yet_due"),
        (2e9, DUE, "not_performed"),
        (0, DUE, "not_performed"),
    ],
)
def test_only_the_whole_amount_performs(paid, on, word):
    assert clause().assess(paid, on) == word


def test_a_fund_that_is_not_declared_is_told_at_its_place():
    import comity

    text = """
comity: 1
title: {en: Club}
status: proposed
as_of: 2026-01-01
members: [USA]
organs: {secretariat: {}, council: {chair: rotating}}
rules: {all: {kind: consensus, objection: all_members}}
issues: {finance: {organ: council, rule: all}}
funds: {green: {rule: all}}
clauses:
  dues:
    {kind: payment, issue: finance, obligor: [USA], amount: 1 million USD, to: gren, by: 2026-12-31,
     verified: {by: secretariat, every: 12 months}}
"""
    with pytest.raises(DocumentError) as told:
        comity.read(text, "club", actors=comity.actors())
    assert [(each.path, each.mend) for each in told.value.problems] == [("clauses.dues.to", "Did you mean 'green'?")]
