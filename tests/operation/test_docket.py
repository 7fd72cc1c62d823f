"""The docket: what may be laid before a register, by whom, and what is refused, in words."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest

import comity
from comity.kernel.errors import ComityError, InputError, UnknownName
from comity.operation.acts import act
from comity.operation.docket import Docket, entered
from comity.operation.refusing import Conflict, NotAllowed

DAY = datetime.date(2026, 3, 1)
STATE = comity.start(comity.load("g5"))
CLAUSE = "oil_stocks"
VERIFIER = STATE.law.clauses[CLAUSE].verified.by
EVIDENCE = {"kind": "evidence_submitted", "evidence": "E1", "digest": "ab" * 32, "title": "Stocks", "source": "IEA"}
FOUND = {"kind": "verification_made", "clause": CLAUSE, "obligor": "JPN", "finding": "met", "evidence": ["E1"]}
SCORE = {
    "kind": "score_given",
    "commitment": "c1",
    "assessed": "JPN",
    "score": 1,
    "assessor": "RG",
    "guideline": "2024",
}
BROUGHT = {"kind": "dispute_brought", "dispute": "D1", "against": "JPN", "clause": CLAUSE, "says": "Stocks are low."}
MOVED = {"kind": "dispute_moved", "dispute": "D1", "step": "consultation"}
AWARD = {
    "kind": "award_made",
    "dispute": "D1",
    "finds": "partly",
    "says": "Stocks were low.",
    "comply_by": "2027-01-01",
}
RATE = {"kind": "rate_quoted", "base": "EUR", "quote": "USD", "rate": "1.08", "of": "2026-02-27", "source": "ECB"}


def after(*said: tuple[str, dict[str, Any]]) -> Docket:
    """The docket after acts, each by a seat, numbered from 1."""
    docket = Docket()
    for number, (by, event) in enumerate(said, 1):
        docket = entered(docket, act({"on": "2026-03-01", "by": by, **event}), number, STATE)
    return docket


LAID = ("member:JPN", EVIDENCE)
SCORED = ("observer:RG", SCORE)
DISPUTE = ("member:USA", BROUGHT)


def test_evidence_and_what_is_found_on_it():
    docket = after(LAID, (f"verifier:{VERIFIER}", FOUND), ("member:USA", {**FOUND, "finding": "not_met"}))
    assert dict(docket.evidence) == {"E1": (1, "ab" * 32)}
    assert dict(docket.verifications) == {(CLAUSE, "JPN"): ("met", 2)}
    assert dict(docket.findings) == {(CLAUSE, "JPN", "member:USA"): ("not_met", 3)}


def test_a_later_finding_of_the_same_verifier_replaces_the_earlier_one():
    docket = after(LAID, ("secretariat", FOUND), (f"verifier:{VERIFIER}", {**FOUND, "finding": "cannot_tell"}))
    assert dict(docket.verifications) == {(CLAUSE, "JPN"): ("cannot_tell", 3)}


def test_scores_their_versions_and_those_of_coders():
    docket = after(
        SCORED,
        ("observer:RG", {**SCORE, "score": 0, "version": 2}),
        ("observer:RG", {**SCORE, "coder": "x", "score": -1}),
        ("observer:RG", {**SCORE, "coder": "y"}),
        ("member:USA", {**SCORE, "assessor": "USA"}),
    )
    assert dict(docket.scores) == {("c1", "JPN", "RG"): (2, 0, 2), ("c1", "JPN", "USA"): (1, 1, 5)}
    assert dict(docket.readings) == {("c1", "JPN", "RG", "x"): (1, -1, 3), ("c1", "JPN", "RG", "y"): (1, 1, 4)}
    assert dict(docket.assessors) == {"RG": "observer:RG", "USA": "member:USA"}


def test_a_dispute_from_its_beginning_to_its_award():
    docket = after(
        DISPUTE, ("member:JPN", MOVED), ("member:USA", {**MOVED, "step": "panel"}), ("verifier:panel", AWARD)
    )
    found = docket.disputes["D1"]
    assert found.steps == (("brought", 1), ("consultation", 2), ("panel", 3), ("decided", 4))
    assert (found.complainant, found.respondent, found.clause) == ("USA", "JPN", CLAUSE)
    assert found.comply_by == datetime.date(2027, 1, 1)
    assert not found.open


def test_corrections_stand_beside_and_rates_replace_each_other():
    fixed = {"kind": "correction_made", "entry": 1, "says": "Meant to vote no.", "intended": {"choice": "no"}}
    docket = after(
        LAID, ("member:JPN", fixed), ("secretariat", fixed), ("chair", RATE), ("secretariat", {**RATE, "rate": "1.1"})
    )
    assert dict(docket.corrections) == {1: (2, 3)}
    assert dict(docket.rates) == {("EUR", "USD"): (Fraction(11, 10), datetime.date(2026, 2, 27), 5)}


def test_the_newest_issue_of_a_text_by_language():
    text = {"kind": "text_issued", "instrument": "charter", "lang": "en", "digest": "cd" * 32}
    docket = after(
        ("secretariat", text), ("secretariat", {**text, "lang": "zh"}), ("secretariat", {**text, "digest": "ef" * 32})
    )
    assert dict(docket.texts) == {("charter", "en"): ("ef" * 32, 3), ("charter", "zh"): ("cd" * 32, 2)}


@pytest.mark.parametrize(
    ("sort", "before", "by", "event", "says"),
    [
        (Conflict, [LAID], "member:USA", EVIDENCE,
         "Evidence E1 was submitted in entry 1. Give a new file a new name; what is wrong is corrected with"),
        (UnknownName, [], "member:USA", {**EVIDENCE, "clause": "oil_stock"}, "oil_stocks"),
        (InputError, [], "member:USA", {**EVIDENCE, "since": "2026-02-01", "until": "2026-01-01"},
         "The period ends on 2026-01-01, before it begins on 2026-02-01. Exchange the two days."),
        (UnknownName, [], "secretariat", FOUND, "Submit it first."),
        (NotAllowed, [LAID], "member:JPN", FOUND,
         "JPN cannot verify its own obligation. A verifier is not the obligor."),
        (NotAllowed, [LAID], "verifier:JPN", FOUND, "JPN cannot verify its own obligation."),
        (UnknownName, [LAID], "secretariat", {**FOUND, "obligor": "FRA"}, "FRA"),
        (NotAllowed, [], "member:JPN", {**SCORE, "assessor": "JPN"}, "JPN cannot score itself. Scores come from others."),
        (NotAllowed, [], "observer:RG", {**SCORE, "assessor": "JPN"}, "JPN cannot score itself."),
        (NotAllowed, [], "member:USA", SCORE,
         "member:USA cannot judge in the name of RG. Write assessor: USA, or let it sign."),
        (NotAllowed, [SCORED], "observer:X", {**SCORE, "version": 2},
         "observer:X cannot judge in the name of RG. observer:RG speaks for it here."),
        (Conflict, [SCORED], "observer:RG", SCORE,
         "RG's judgement of JPN on c1 has version 1, not 0. Give version 2; earlier ones stay on record."),
        (Conflict, [], "observer:RG", {**SCORE, "version": 2}, "has version 0, not 1. Give version 1;"),
        (Conflict, [], "member:USA", {"kind": "correction_made", "entry": 1, "says": "x"},
         "Entry 1 is not there yet. The last one is 0."),
        (Conflict, [DISPUTE], "member:USA", BROUGHT, "There is a dispute D1. Give this one another name."),
        (NotAllowed, [], "member:JPN", BROUGHT, "A dispute is brought by one member against another."),
        (NotAllowed, [], "secretariat", BROUGHT, "A dispute is brought by one member against another."),
        (UnknownName, [DISPUTE], "member:USA", {**MOVED, "dispute": "D2"}, "D1"),
        (NotAllowed, [DISPUTE], "member:IND", MOVED,
         "member:IND cannot move a dispute of others. The secretariat or the chair does."),
        (NotAllowed, [DISPUTE], "member:JPN", {**MOVED, "step": "settled"},
         "JPN, the respondent, cannot end the dispute alone: settled. The complainant says so, or the secretariat"),
        (NotAllowed, [DISPUTE], "member:JPN", {**MOVED, "step": "withdrawn"}, "cannot end the dispute alone: withdrawn"),
        (NotAllowed, [DISPUTE], "member:USA", AWARD, "USA cannot decide its own dispute."),
        (NotAllowed, [DISPUTE], "member:IND", AWARD,
         "member:IND cannot decide a dispute. A panel or tribunal (verifier:NAME), the chair or secretariat do."),
        (NotAllowed, [DISPUTE], "observer:RG", AWARD, "observer:RG cannot decide a dispute."),
        (Conflict, [DISPUTE, ("verifier:panel", AWARD)], "member:USA", MOVED, "The dispute D1 ended: decided, entry 2."),
        (NotAllowed, [], "member:USA", RATE, "member:USA cannot quote rates. The secretariat or the chair does."),
        (InputError, [], "secretariat", {**RATE, "rate": "0"}, "0 USD for one EUR is no rate of exchange."),
        (InputError, [], "secretariat", {**RATE, "quote": "EUR"}, "for one EUR is no rate of exchange."),
        (InputError, [], "secretariat", {**RATE, "of": "2026-03-02"}, "The rate is of 2026-03-02, after 2026-03-01."),
    ],
)  # fmt: skip
def test_refusals(sort: type[ComityError], before: list[Any], by: str, event: dict[str, Any], says: str):
    docket = after(*before)
    with pytest.raises(sort) as refused:
        entered(docket, act({"on": "2026-03-01", "by": by, **event}), len(before) + 1, STATE)
    assert says in str(refused.value)
    assert docket == after(*before)


def test_what_is_none_of_the_docket_s_changes_nothing():
    docket = after(LAID)
    made = act({"kind": "key_revoked", "on": "2026-03-01", "seat": "chair", "key": "ab" * 32, "reason": "lost"})
    assert entered(docket, made, 2, STATE) is docket
