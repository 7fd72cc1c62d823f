"""Case files: what is wrong in one is told at its place, and a case that does not come out says what did."""

from __future__ import annotations

import pytest

import comity
from comity.kernel.errors import DocumentError, InputError
from comity.procedure.case import read, replay

TEXT = """
cases:
  - id: one
    facts: A vote of the council on energy.
    said: made
    seen: text
    basis: derived
    given: {charter: g5}
    events:
      - {kind: proposal_tabled, on: 2026-02-07, by: "member:JPN", question: Q1, matter: energy}
      - {kind: votes_recorded, on: 2026-02-08, question: Q1, no: [USA], others: yes}
    then:
      - {about: Q1, outcome: adopted, counts: {yes: 4, no: 1}}
"""


def missed(text: str) -> tuple[str, ...]:
    (case,) = read(text, "case.yaml")
    return replay(case, comity.load).missed


def test_a_case_that_comes_out_misses_nothing():
    assert missed(TEXT) == ()


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("outcome: adopted", "outcome: not_adopted", "outcome is adopted, not not_adopted"),
        ("yes: 4, no: 1", "yes: 3, no: 2", "counts are {'no': 1, 'yes': 4}"),
        ("outcome: adopted", "outcome: adopted, vetoed_by: [USA]", "vetoed_by is []"),
        ("outcome: adopted", "outcome: adopted, article: Charter", "article is 'practice, no rule cited'"),
        ("outcome: adopted", "outcome: adopted, facts: {matter: war}", "facts.matter is energy, not war"),
        ("outcome: adopted", "outcome: adopted, readings: {another: adopted}", "readings.another is (nothing)"),
        ("about: Q1", "about: Q2", "about Q2"),
    ],
)
def test_what_did_not_come_out_is_told_with_what_did(written: str, instead: str, told: str):
    (line,) = missed(TEXT.replace(written, instead))
    assert told in line


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ("{flag: void, says: nothing such}", "no flag void nothing such was raised"),
        ("{state: {questions.Q1.status: open}}", "questions.Q1.status is adopted, not open"),
        ("{state: {questions.Q9.status: open}}", "questions.Q9.status is (nothing), not open"),
        ("{state: {members: [FRA]}}", "without ['FRA']"),
    ],
)
def test_a_flag_or_part_of_the_state_that_is_not_there_is_told(expected: str, told: str):
    (line,) = missed(TEXT + f"      - {expected}\n")
    assert told in line


def test_what_is_expected_comes_in_its_order():
    twice = TEXT + "      - {about: Q1, outcome: adopted}\n"
    assert "did not come out" in missed(twice)[0]


@pytest.mark.parametrize(
    ("written", "instead", "place", "mend"),
    [
        ("votes_recorded", "votes_recordet", "cases[0].events[1].kind", "votes_recorded"),
        ("others: yes", "others: perhaps", "cases[0].events[1].others", ""),
        ("basis: derived", "basis: invented", "cases[0].basis", ""),
        ("    said: made\n", "", "cases[0]", "said"),
    ],
)
def test_what_is_wrong_in_a_case_is_told_at_its_place(written: str, instead: str, place: str, mend: str):
    with pytest.raises(DocumentError) as told:
        read(TEXT.replace(written, instead), "case.yaml")
    (problem,) = told.value.problems
    assert problem.path.startswith(place)
    assert mend in f"{problem.path} {problem.what} {problem.mend}"


def test_a_file_without_cases_is_refused():
    with pytest.raises(DocumentError, match="is no file of cases"):
        read("charter: g5\n", "case.yaml")


def test_changes_must_leave_a_charter():
    wrong = TEXT.replace("{charter: g5}", "{charter: g5, changes: {rules.no_rule.at_least: 4/5}}")
    with pytest.raises(InputError, match=r"no part 'rules\.no_rule\.at_least'"):
        missed(wrong)
