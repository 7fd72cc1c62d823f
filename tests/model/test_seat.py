"""The seat protocol: one answer counts once; what is late or illegal is recorded and the fallback plays."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from comity.model.event import event
from comity.model.seat import PASS, Answer, Ask, Move, Span, legal_values, settle

DAY = datetime.date(2026, 2, 6)
VOTE = Move("vote:Q", "ballot_cast", "Article 1", {"question": "Q"}, {"choice": ("yes", "no")})
PAY = Move("pay", "contribution_paid", "", {}, {"amount": Span(Fraction(0), Fraction(50), "USD")})
ASK = Ask("7", "member:JPN", "vote", {}, (VOTE, PAY, PASS), DAY)
YES, FALLBACK = Answer("7", "vote:Q", {"choice": "yes"}), Answer("7", "pass")


def test_the_same_question_answered_twice_counts_once():
    settled = settle(ASK, [YES, Answer("7", "vote:Q", {"choice": "no"})], FALLBACK)
    assert (settled.answer, settled.by, settled.ignored) == (YES, "seat", 1)


def test_no_answer_lets_the_fallback_play():
    settled = settle(ASK, [], FALLBACK)
    assert (settled.answer, settled.by, settled.said) == (FALLBACK, "fallback", None)
    assert settled.fault == "No answer came."


def test_a_late_answer_is_recorded_and_the_fallback_plays():
    settled = settle(ASK, [YES], FALLBACK, late=True)
    assert (settled.answer, settled.by, settled.said) == (FALLBACK, "fallback", YES)
    assert settled.fault == "It came after 2026-02-06."


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (Answer("6", "pass"), "It answers 6, not 7."),
        (Answer("7", "veto"), "'veto' is no legal move; there are vote:Q, pay, pass."),
        (Answer("7", "vote:Q", {"choice": "maybe"}), "'maybe' cannot be chosen for choice; choose among yes, no."),
        (Answer("7", "vote:Q"), "The move vote:Q leaves choice open."),
        (Answer("7", "pay", {"amount": 51}), "51 lies outside 0 to 50 USD."),
        (
            Answer("7", "pay", {"amount": 0.5}),
            "0.5 is not an exact number; write a fraction such as 2/3, a decimal, or 55 %.",
        ),
        (Answer("7", "pass", {"colour": "blue"}), "The move pass has no slot 'colour'; it has none."),
    ],
)
def test_an_illegal_answer_is_recorded_with_its_fault(wrong, fault):
    settled = settle(ASK, [wrong, YES], FALLBACK)
    assert (settled.by, settled.said, settled.fault, settled.ignored) == ("fallback", wrong, fault, 1)


def test_a_fallback_that_is_not_legal_is_the_fault_of_whoever_declared_it():
    with pytest.raises(ValueError, match="no legal move"):
        settle(ASK, [], Answer("7", "veto"))


def test_numbers_are_read_exactly_and_money_is_written_with_its_currency():
    values = legal_values(ASK, Answer("7", "pay", {"amount": "12.50"}))
    assert values == {"amount": Fraction(25, 2)}
    paid = event(PAY.event("member:JPN", DAY, **values))
    assert str(paid.amount) == "12.50 USD"


def test_a_filled_move_is_an_event():
    assert event(VOTE.event("member:JPN", DAY, choice="no")).choice == "no"


@pytest.mark.parametrize(
    ("share", "chance", "true"),
    [("0", 0, False), ("1", 2**32 - 1, True), ("1/3", 1431655765, True), ("1/3", 1431655766, False)],
)
def test_a_chance_is_compared_in_whole_numbers(share, chance, true):
    assert Ask("7", "member:JPN", "vote", {}, (PASS,), DAY, chance).likely(Fraction(share)) is true
