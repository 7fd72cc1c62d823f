"""Reading a charter: from its text to an Institution, with every problem of the file at once."""

from __future__ import annotations

import copy
import datetime
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from comity.charter.check import check, who
from comity.kernel.document import Document, Path, listing, mapping, parse
from comity.kernel.errors import DocumentError, Problem
from comity.kernel.wording import explain
from comity.model.actor import Actors
from comity.model.institution import Institution
from comity.model.weights import CODE

_STANDIN: dict[str, Any] = {
    "rules": {"kind": "weighted", "more_than": "1/2", "of": "total_weight", "weights": "unread"},
    "weights": {"basis": "assumption", "values": {}},
    "organs": {},
    "issues": {"organ": "?", "rule": "?"},
    "funds": {"rule": "?"},
}
_REQUIRED: dict[str, Any] = {
    "comity": 1,
    "title": {"en": "?"},
    "status": "proposed",
    "as_of": "2000-01-01",
    "members": [],
    "rules": {},
}


def read(text: str, name: str, *, actors: Actors, file: str = "") -> Institution:
    """The institution that a charter describes.

    Args:
        text: the charter, as YAML 1.2.
        name: the name by which the institution is called.
        actors: the table of states its members are looked up in.
        file: the name of the file, for messages; ``name.yaml`` where absent.

    Raises:
        DocumentError: with every problem of the file, each at its line and column.

    Example:
        >>> import comity
        >>> text = "{comity: 1, title: {en: Club}, status: proposed, as_of: 2026-01-01, members: [UK], rules: {}}"
        >>> try:
        ...     read(text, "club", actors=comity.actors())
        ... except DocumentError as error:
        ...     print(error.problems[0].sentence("club.yaml"))
        club.yaml:1:79  members[0]  there is no state or body 'UK'  Write GBR (United Kingdom).
    """
    document = parse(text, file or f"{name}.yaml")
    if not isinstance(document.data, dict):
        wrong = document.problem((), "is no charter: a charter has named parts", "Start from `comity new`.")
        raise DocumentError(document.name, [*document.problems, wrong])
    institution, problems, broken = _validate(document, actors)
    told = {problem.path for problem in problems}
    problems += [problem for problem in document.problems if problem.path not in told]
    if institution is not None:
        problems += _law(document, institution, actors, broken)
    if problems or institution is None:
        raise DocumentError(document.name, problems)
    return institution.named(name)


def _validate(document: Document, actors: Actors) -> tuple[Institution | None, list[Problem], set[Path]]:
    """The institution, or what could be saved of it; the problems; and the parts that had to be set aside."""
    data = plain(document.data)
    try:
        return Institution.model_validate_json(json.dumps(data), strict=True), [], set()
    except ValidationError as error:
        errors = error.errors(include_url=False)
    within = {each["loc"][:length] for each in errors for length in range(len(each["loc"]))}
    followed = [each for each in errors if not (each["type"] == "too_short" and each["loc"] in within)]
    explained = [_explained(each, document, actors) for each in followed]
    broken = {path[:2] for path, _ in explained}
    try:
        saved = Institution.model_validate_json(json.dumps(_without(data, broken)), strict=True)
    except ValidationError:
        saved = None
    return saved, [problem for _, problem in explained], broken


def _explained(error: Any, document: Document, actors: Actors) -> tuple[Path, Problem]:
    """One structural error; where a code is misspelt, with the state that may have been meant."""
    path, problem = explain(error, document, Institution)
    misspelt = error["type"] == "string_pattern_mismatch" and error["ctx"]["pattern"] == CODE
    return path, replace(problem, mend=who(str(error["input"])[:80], actors)) if misspelt else problem


def _without(data: dict[str, Any], broken: set[Path]) -> dict[str, Any]:
    """The charter with its broken parts replaced by empty ones of the same name, so that the rest can be checked."""
    sound = copy.deepcopy(data)
    for section, *rest in sorted(((str(path[0]), *path[1:]) for path in broken if path), key=str):
        parts, items = mapping(sound.get(section)), listing(sound.get(section))
        if rest and parts is not None and rest[0] in parts:
            parts[str(rest[0])] = _STANDIN.get(section)
        elif rest and items is not None and isinstance(rest[0], int):
            items[rest[0]] = None
        else:
            sound.pop(section, None)
    return {**_REQUIRED, **{section: _kept(content) for section, content in sound.items()}}


def _kept(content: Any) -> Any:
    if (parts := mapping(content)) is not None:
        return {name: part for name, part in parts.items() if part is not None}
    items = listing(content)
    return content if items is None else [item for item in items if item is not None]


def _law(document: Document, institution: Institution, actors: Actors, broken: set[Path]) -> list[Problem]:
    unread = [_text_of(document.data, path) for path in sorted(broken, key=str) if path[:1] == ("members",)]
    found = (
        (_as_written(path, document, broken), what, mend) for path, what, mend in check(institution, actors, unread)
    )
    return [
        document.problem(path, what, mend, "law")
        for path, what, mend in found
        if not {path[:1], path[:2]} & broken and not _of_broken_section(what, broken)
    ]


def _as_written(path: Path, document: Document, broken: set[Path]) -> Path:
    """The path in the file, where broken entries before it were left out of a list."""
    items = listing(document.data.get(path[0])) if path else None
    if items is None or len(path) == 1:
        return path
    kept = [number for number in range(len(items)) if (path[0], number) not in broken]
    return (path[0], kept[int(path[1])], *path[2:])


def _of_broken_section(what: str, broken: set[Path]) -> bool:
    """Whether a name is only missing because the whole section that declares it could not be read."""
    word = what.split(" ")[1] if what.endswith("not declared") else ""
    return bool({(word,), (f"{word}s",)} & broken)


def _text_of(data: Any, path: Path) -> str:
    """The word by which an unreadable member was called."""
    for part in (*path, "state"):
        parts, items = mapping(data), listing(data)
        data = parts.get(str(part)) if parts is not None else items[int(part)] if items and part != "state" else data
    return data if isinstance(data, str) else ""


def plain(data: Any) -> Any:
    """The document as JSON can hold it, decimals and dates as their text: what loader and JSON Schema both see."""
    if (parts := mapping(data)) is not None:
        return {key: plain(value) for key, value in parts.items()}
    if (items := listing(data)) is not None:
        return [plain(value) for value in items]
    if isinstance(data, Decimal):
        return str(data)
    return data.isoformat() if isinstance(data, datetime.date) else data
