"""What a language model said, read as an answer: one JSON object that names a move of the menu; the rest is nothing.

It is tolerant of wrapping (a fence, words around the object, thoughts before it) and of nothing else: where several
objects disagree, none is taken, so that an answer quoted out of the record cannot pass for the model's own.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, cast

from comity.model.seat import Answer, Ask, Move, NoAnswer

LONGEST_WORD = 200
"""The longest name or value that is kept of what was said."""
LONGEST_REASON = 300
"""The longest reason that is kept."""
OPENINGS = 200
"""In how many places an object may begin before a text is given up."""


def read(said: str, ask: Ask) -> Answer:
    """The answer in what a model said.

    Args:
        said: the text.
        ask: the question.

    Raises:
        NoAnswer: where it holds no JSON object that names a move, or several that differ.

    Example:
        >>> import datetime
        >>> from comity.model.seat import PASS
        >>> ask = Ask("3.1", "member:JPN", "leave", {}, (PASS,), datetime.date(2026, 1, 1))
        >>> read('Sure! {"move": "pass", "slots": {}, "reason": "Too early."}', ask).reason
        'Too early.'
    """
    if not said.strip():
        raise NoAnswer("It said nothing.")
    found = list(_objects(re.sub(r"(?s)<think>.*?</think>", "", said)))
    if not found:
        raise NoAnswer("It said nothing that is a JSON object with a move.")
    answers = [_answer(each, ask) for each in found]
    if any((each.move, each.slots) != (answers[0].move, answers[0].slots) for each in answers):
        raise NoAnswer(f"It gave {len(answers)} answers that differ.")
    return answers[-1]


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects in a text that name a move, from the outside."""
    decoder = json.JSONDecoder(
        object_pairs_hook=_once, parse_float=str, parse_int=str, parse_constant=_no_number, strict=False
    )
    place = 0
    for _ in range(OPENINGS):
        place = text.find("{", place)
        if place < 0:
            return
        try:
            value, place = cast("tuple[dict[str, Any], int]", decoder.raw_decode(text, place))
        except (ValueError, RecursionError):
            place += 1
            continue
        if "move" in value:
            yield value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def _answer(value: dict[str, Any], ask: Ask) -> Answer:
    """The move by its id, or by its place in the menu; slots beside the move count like those within ``slots``."""
    name = clean(value["move"], LONGEST_WORD)
    if ask.move(name) is None and name.isdecimal() and 1 <= int(name[:4]) <= len(ask.moves):
        name = ask.moves[int(name[:4]) - 1].id
    move, inside = ask.move(name), value.get("slots")
    slots = dict(cast("dict[str, Any]", inside)) if isinstance(inside, dict) else {}
    slots |= {} if move is None else {each: value[each] for each in move.slots if each in value}
    kept = {clean(each, LONGEST_WORD): clean(slots[each], LONGEST_WORD) for each in list(slots)[:8]}
    return Answer(ask.id, name, _plain(move, kept), clean(value.get("reason", ""), LONGEST_REASON))


def _plain(move: Move | None, slots: dict[str, str]) -> dict[str, str]:
    """Words of a choice in the spelling of the menu."""
    allowed = {} if move is None else move.slots
    spelled = {
        name: {word.casefold(): word for word in words} for name, words in allowed.items() if isinstance(words, tuple)
    }
    return {name: spelled.get(name, {}).get(value.casefold(), value) for name, value in slots.items()}


def clean(value: Any, longest: int) -> str:
    """A word of somebody else for the record: one line, no control signs, not too long."""
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
    shown = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text[: 4 * longest])
    return " ".join(shown.split())[:longest]
