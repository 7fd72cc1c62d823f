"""The log: readable, replayed to the same state by the law alone, and taken up again wherever it was cut."""

from __future__ import annotations

import json

import pytest

import comity
from comity.kernel.errors import InputError
from comity.rehearsal.parts.game.log import header, line, read, replay
from comity.rehearsal.parts.game.play import state_digest


@pytest.fixture(scope="module")
def kept(played):
    game, log = played(rounds=6, players={"USA": "hold_out", "IND": "free_ride"})
    return game, [line(header(game.problem)), *(line(entry) for entry in log)]


def test_its_events_lead_to_the_same_state(kept, g5):
    game, lines = kept
    log = read(lines, "game.jsonl")
    assert log.problem == game.problem
    assert log.end == "rounds"
    assert replay(log, g5) == game.driver.state
    assert log.state == state_digest(game)


@pytest.mark.parametrize("cut", [0.1, 0.35, 0.5, 0.77, 0.99])
def test_the_answers_on_a_cut_log_lead_to_the_same_game(kept, played, cut):
    game, lines = kept
    some = lines[: int(len(lines) * cut)]
    known = read(some, "game.jsonl").answers
    _, log = played(rounds=6, players={"USA": "hold_out", "IND": "free_ride"}, known=known)
    assert [line(header(game.problem)), *(line(entry) for entry in log)] == lines


def test_a_last_line_that_was_cut_off_is_left_out(kept):
    _, lines = kept
    log = read([*lines[:20], lines[20][:9]], "game.jsonl")
    assert log.end == ""
    assert len(log.answers) > 0


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda _lines: [], "game.jsonl is no log of a rehearsal."),
        (lambda lines: [lines[1]], "game.jsonl is no log of a rehearsal."),
        (lambda lines: [lines[0], "{", lines[1]], "game.jsonl:2: this line is no JSON."),
        (lambda lines: [lines[0].replace('"rounds":6', '"rounds":7'), *lines[1:]], "is not the one that was frozen"),
    ],
)
def test_a_log_that_was_changed_is_refused(kept, spoil, said):
    with pytest.raises(InputError) as caught:
        read(spoil(kept[1]), "game.jsonl")
    assert said in str(caught.value)


def test_changed_events_lead_to_another_state_and_are_refused(kept, g5):
    _, lines = kept
    changed = [text for text in lines if '"kind":"question_put"' not in text]
    with pytest.raises(InputError, match="lead to another state"):
        replay(read(changed, "game.jsonl"), g5)
    with pytest.raises(InputError, match="The charter 'g5' changed since"):
        replay(read(lines, "game.jsonl"), comity.load("g7"))


def test_it_can_be_read_by_a_person(kept):
    entries = [json.loads(text) for text in kept[1]]
    vote = next(entry["answer"] for entry in entries if entry.get("answer", {}).get("about") == "vote")
    assert vote["reason"].endswith(("of its range, at least 0.75", "of its range, at least 0.90", "at least 0.00"))
    assert any(any("adopted" in told for told in entry.get("says", [])) for entry in entries)
