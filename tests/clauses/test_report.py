"""Report clauses: submitted or not; a report that nobody asked about again stays owed."""

import datetime

import pytest

from comity.clauses.report import Report

DUE = datetime.date(2025, 8, 4)


def clause():
    given = {"issue": "review", "obligor": ["USA"], "by": DUE, "verified": {"by": "secretariat", "every": "6 months"}}
    return Report.model_validate(given)


@pytest.mark.parametrize(
    ("submitted", "on", "word"),
    [
        (1, datetime.date(2025, 8, 1), "performed"),
        (1, datetime.date(2026, 8, 1), "performed"),
        (0, datetime.date(2025, 8, 1), "not_yet_due"),
        (0, DUE, "not_performed"),
        (None, DUE, "unknown"),
    ],
)
def test_a_report_is_there_or_not(submitted, on, word):
    assert clause().assess(submitted, on) == word


def test_a_report_is_not_forgiven_because_nobody_gave_notice():
    assert Report.LIFE["breached", "lapsed"].to == "breached"
