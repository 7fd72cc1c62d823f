"""Reading what a model said: tolerant of wrapping, of nothing else; only a move of the menu can come of it."""

from __future__ import annotations

import datetime
import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model.seat import PASS, Answer, Ask, Move, NoAnswer, Span, legal_values, settle
from comity.rehearsal.parts.seats.speech import LONGEST_REASON, LONGEST_WORD, clean, read

VOTE = Move("vote:Q", "ballot_cast", "Article 7", {}, {"choice": ("yes", "no", "abstain")})
TABLE = Move("propose:energy", "proposal_tabled", "", {}, {"text": Span(Fraction(0), Fraction(100))})
MENU = (VOTE, TABLE, PASS)
ASK = Ask("4.2", "member:JPN", "vote", {}, MENU, datetime.date(2026, 2, 6))
YES = {"move": "vote:Q", "slots": {"choice": "yes"}, "reason": "Good."}


def said(value):
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        said(YES),
        f"```json\n{said(YES)}\n```",
        f"I think yes is best.\n\n{said(YES)}\nThat is all.",
        f'<think>Perhaps {{"move": "pass"}}? No.</think>{said(YES)}',
        f"{said(YES)}\n{said(YES)}",
        said({"move": "vote:Q", "choice": "yes", "reason": "Good."}),
        said({"move": 1, "slots": {"choice": "YES"}, "reason": "Good."}),
        said({"move": " vote:Q ", "slots": {"choice": " yes\n"}, "reason": "\u001b[31mGood.\n"}).replace("[31m", ""),
        'Since {energy} matters: {"note": {"a": 1}} ' + said(YES),
    ],
)
def test_one_answer_is_read_however_it_is_wrapped(text):
    assert read(text, ASK) == Answer("4.2", "vote:Q", {"choice": "yes"}, "Good.")


@pytest.mark.parametrize("number", ["62.5", "125/2", 62.5, "62.50"])
def test_numbers_are_read_from_their_text_exactly(number):
    answer = read(said({"move": "propose:energy", "slots": {"text": number}}), ASK)
    assert legal_values(ASK, answer) == {"text": Fraction(125, 2)}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "It said nothing."),
        (" \n", "It said nothing."),
        ("I vote yes.", "It said nothing that is a JSON object with a move."),
        ('{"move": "vote:Q", "slots": {"choice": "yes"', "It said nothing that is a JSON object with a move."),
        ('["vote:Q"]', "It said nothing that is a JSON object with a move."),
        ('{"move": "pass", "move": "vote:Q"}', "It said nothing that is a JSON object with a move."),
        ('{"move": NaN}', "It said nothing that is a JSON object with a move."),
        ("{" * 20_000, "It said nothing that is a JSON object with a move."),
        ('{"a":' * 5_000, "It said nothing that is a JSON object with a move."),
        (f"{said(YES)} or {said({'move': 'pass'})}", "It gave 2 answers that differ."),
    ],
)
def test_what_is_no_single_answer_is_none(text, fault):
    with pytest.raises(NoAnswer) as caught:
        read(text, ASK)
    assert str(caught.value) == fault


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({"move": "veto"}, "'veto' is no legal move; there are vote:Q, propose:energy, pass."),
        ({"move": "4"}, "'4' is no legal move; there are vote:Q, propose:energy, pass."),
        ({"move": "0"}, "'0' is no legal move"),
        ({"move": None}, "'' is no legal move"),
        ({"move": ["pass"]}, "'[\"pass\"]' is no legal move"),
        ({"move": "vote:Q"}, "The move vote:Q leaves choice open."),
        ({"move": "vote:Q", "slots": {"choice": "veto"}}, "'veto' cannot be chosen for choice"),
        ({"move": "pass", "slots": {"choice": "yes"}}, "The move pass has no slot 'choice'"),
        ({"move": "propose:energy", "slots": {"text": 101}}, "101 lies outside 0 to 100."),
        ({"move": "propose:energy", "slots": {"text": -1}}, "'-1' is not an exact number"),
        ({"move": "propose:energy", "slots": {"text": "1e99999999"}}, "'1e99999999' is not an exact number"),
        ({"move": "propose:energy", "slots": {"text": "9" * 5000}}, "is not an exact number"),
        ({"move": "propose:energy", "slots": {"text": {"a": 1}}}, "is not an exact number"),
    ],
)
def test_what_is_not_on_the_menu_is_replaced_by_the_fallback(value, fault):
    settled = settle(ASK, [read(said(value), ASK)], Answer("4.2", "pass"))
    assert settled.by == "fallback"
    assert settled.fault.startswith(fault) or fault in settled.fault
    assert settled.answer.move == "pass"


def test_its_words_are_kept_short_and_plain():
    answer = read(
        said({"move": "m" * 9999, "slots": {f"s{n}": "v" * 9999 for n in range(99)}, "reason": "r" * 9999}), ASK
    )
    assert (len(answer.move), len(answer.reason), len(answer.slots)) == (LONGEST_WORD, LONGEST_REASON, 8)
    assert {len(each) for each in answer.slots.values()} == {LONGEST_WORD}
    assert clean("a\x1b[2J\r\nb\u202ec\x00", 80) == "a [2J b c"


@given(st.text(max_size=300) | st.builds(said, st.recursive(st.none() | st.text() | st.integers(), st.lists)))
def test_whatever_it_says_only_a_legal_move_comes_of_it(text):
    try:
        answers = [read(text, ASK)]
    except NoAnswer:
        answers = []
    settled = settle(ASK, answers, Answer("4.2", "pass"))
    assert settled.answer.move in {move.id for move in MENU}


objects = st.fixed_dictionaries(
    {"move": st.sampled_from(["vote:Q", "propose:energy", "pass", "1", "2", 3, "veto", None]) | st.text()},
    optional={
        "slots": st.dictionaries(st.sampled_from(["choice", "text", "x"]), st.text() | st.floats() | st.none())
        | st.text(),
        "reason": st.text() | st.integers(),
        "choice": st.sampled_from(["yes", "veto"]),
    },
)


@given(objects)
def test_whatever_object_it_gives_only_a_legal_move_comes_of_it(value):
    try:
        answers = [read(json.dumps(value), ASK)]
    except NoAnswer:
        answers = []
    settled = settle(ASK, answers, Answer("4.2", "pass"))
    move = ASK.move(settled.answer.move)
    assert move is not None
    assert set(settled.values) == set(move.slots)
