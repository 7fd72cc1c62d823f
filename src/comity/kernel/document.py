"""YAML 1.2 with line and column: every key and value knows where it stands.

No tags, anchors or aliases; a key stands once; numbers are read exactly from their text. ``NO`` is a text, as in
YAML 1.2, and never False.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from comity.kernel.errors import DocumentError, Problem
from comity.kernel.unreadable import unreadable

Path = tuple[str | int, ...]
EXACTLY = "Write a fraction such as 2/3, a decimal such as 0.55, a share such as 55 %, or a whole number."

_INTEGER = re.compile(r"^[-+]?(0|[1-9][0-9]*)$")
_DECIMAL = re.compile(r"^[-+]?[0-9]+\.[0-9]+$")
_EXPONENT = re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")
_DATE = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_LONGEST_NUMBER = 40
_LONGEST_NAME = 100
_LARGEST = 4_000_000
_DEEPEST = 40
_UNREADABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_BRACKETS = re.compile(r"[\[\]{}]")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True)
class Document:
    """The content of a file, and where each part of it stands.

    Attributes:
        name: the name of the file, for messages.
        data: mappings, lists, texts, whole numbers, ``Decimal`` numbers, dates, booleans, None.
        places: line and column (from 1) of each value by its path; keys of mappings under ``(*path, key)``.
        problems: what is wrong with the file as YAML, found while it was read.
    """

    name: str
    data: Any
    places: Mapping[Path, tuple[int, int]]
    problems: tuple[Problem, ...] = field(default=())

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column of a part, or of the nearest part above it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def problem(self, path: Sequence[str | int], what: str, mend: str, stage: Any = "structure") -> Problem:
        """A problem at the place where this part stands."""
        line, column = self.place(tuple(path))
        return Problem(line, column, spell(path), what, mend, stage)


def mapping(value: object) -> dict[str, Any] | None:
    """The value where it is a set of named parts, else None."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def listing(value: object) -> list[Any] | None:
    """The value where it is a list, else None."""
    return cast("list[Any]", value) if isinstance(value, list) else None


def spell(path: Sequence[str | int]) -> str:
    """A path as a reader writes it.

    Example:
        >>> spell(("members", 2, "state"))
        'members[2].state'
    """
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def scalar(text: str) -> Any:
    """A plain (unquoted) scalar under the YAML 1.2 core schema, numbers exact, dates as dates.

    Example:
        >>> scalar("NO"), scalar("2/3"), scalar("0.55"), scalar("2026-02-06"), scalar("true")
        ('NO', '2/3', Decimal('0.55'), datetime.date(2026, 2, 6), True)
    """
    if text.lower() in _WORDS and text in {text.lower(), text.upper(), text.capitalize()}:
        return _WORDS[text.lower()]
    if len(text) > _LONGEST_NUMBER:
        return text
    if _INTEGER.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return Decimal(text)
    return (_day(text) if _DATE.match(text) else None) or text


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


class _Reading:
    """One pass over the node tree of a file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []

    def read(self, node: Any, path: Path) -> Any:
        if len(path) > _DEEPEST:
            raise RecursionError
        self.places.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
        if node.id == "mapping":
            return self._mapping(node, path)
        if node.id == "sequence":
            return [self.read(each, (*path, number)) for number, each in enumerate(node.value)]
        if _UNREADABLE.search(node.value):
            self._complain(node, path, "holds a character that is no text", "Write the character itself.")
            return _UNREADABLE.sub("?", node.value)
        return node.value if node.style else self._plain(node, path)

    def _plain(self, node: Any, path: Path) -> Any:
        value = scalar(node.value)
        if not isinstance(value, str):
            return value
        if len(value) > _LONGEST_NUMBER and (_INTEGER.match(value) or _DECIMAL.match(value)):
            self._complain(node, path, f"{value[:10]}... has {len(value)} characters", "Write a shorter number.")
        elif _EXPONENT.match(value) and not _INTEGER.match(value):
            self._complain(node, path, f"'{value}' is not an exact number", EXACTLY)
        elif _DATE.match(value):
            self._complain(node, path, f"'{value}' is not a day of the calendar", "Write a date such as 2026-02-06.")
        return value

    def _mapping(self, node: Any, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if key_node.id != "scalar" or not key or len(key) > _LONGEST_NAME or _UNREADABLE.search(key):
                self._complain(key_node, path, "a part has no plain name", "Write one word, then a colon.")
                continue
            here = (*path, key)
            if key == "<<":
                self._complain(key_node, path, "merging by << is not allowed", "Write the parts out where needed.")
                continue
            if key in found:
                self._complain(key_node, here, f"the key '{key}' stands twice", "Keep one of the two.")
                continue
            self.places[here] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            found[key] = self.read(value_node, here)
        return found

    def _complain(self, node: Any, path: Path, what: str, mend: str) -> None:
        mark = node.start_mark
        self.problems.append(Problem(mark.line + 1, mark.column + 1, spell(path), what, mend, "syntax"))


def parse(text: str, name: str) -> Document:
    """The document that a text holds, with its problems as YAML collected rather than raised.

    Args:
        text: the content of the file.
        name: the name of the file, for messages.

    Raises:
        DocumentError: where the text cannot be read as YAML 1.2 at all, or uses tags, anchors or aliases.

    Example:
        >>> document = parse("members: [USA, NO]", "club.yaml")
        >>> document.data, document.place(("members", 1))
        ({'members': ['USA', 'NO']}, (1, 16))
    """
    if problem := _no_text(text):
        raise DocumentError(name, [problem])
    reading = _Reading(name)
    try:
        _no_deeper(text)
        node = _composed(text, name)
        data = reading.read(node, ())
    except RecursionError:
        problem = _syntax(1, 1, "nested too deeply to be a charter", "Use a few levels only.")
        raise DocumentError(name, [problem]) from None
    return Document(name, data, reading.places, tuple(reading.problems))


def _no_deeper(text: str) -> None:
    """Stop at brackets nested deeper than any charter nests, before the parser loses its time on them."""
    depth = 0
    for sign in _BRACKETS.finditer(text):
        depth += 1 if sign.group() in "[{" else -1
        if depth > _DEEPEST:
            raise RecursionError


def _composed(text: str, name: str) -> Any:
    """The node tree of the only document in the text."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    yaml: Any = YAML(typ="safe", pure=True)
    composer: Any = YAML(typ="safe", pure=True)
    suspect = any(sign in text for sign in "&*!")
    try:
        forbidden = [problem for event in yaml.parse(text) if (problem := _forbidden(event))] if suspect else []
        if forbidden:
            raise DocumentError(name, forbidden[:20])
        node: Any = composer.compose(text)
    except MarkedYAMLError as error:
        raise DocumentError(name, [unreadable(error)]) from None
    if node is None:
        raise DocumentError(name, [_syntax(1, 1, "the file is empty", "Start from `comity new`.")])
    return node


def _syntax(line: int, column: int, what: str, mend: str) -> Problem:
    return Problem(line, column, "", what, mend, "syntax")


def _no_text(text: str) -> Problem | None:
    """What makes the whole text unreadable: its size, or characters that nobody can see."""
    if len(text) > _LARGEST:
        return _syntax(1, 1, f"the file has {len(text):,} characters", f"A charter has at most {_LARGEST:,}.")
    for pattern, what, mend in (
        (_UNREADABLE, "is a control character, which no text holds", "Delete it, or save the file as UTF-8 text."),
        (_TURNING, "is an invisible character that turns the direction of reading", "Delete it."),
    ):
        if found := pattern.search(text):
            before = text[: found.start()]
            column = found.start() - (before.rfind("\n") + 1) + 1
            return _syntax(before.count("\n") + 1, column, f"U+{ord(found.group()):04X} {what}", mend)
    return None


def _forbidden(event: Any) -> Problem | None:
    mark = event.start_mark
    if type(event).__name__ == "AliasEvent":
        what = f"the alias *{event.anchor} is not allowed"
    elif getattr(event, "anchor", None):
        what = f"the anchor &{event.anchor} is not allowed"
    elif getattr(event, "tag", None) and str(event.tag) not in {"None", "!"}:
        short = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        what = f"the tag {short} is not allowed"
    else:
        return None
    mend = "Write the value out where it is needed; put a text that begins with & * or ! in quotes."
    return _syntax(mark.line + 1, mark.column + 1, what, mend)
