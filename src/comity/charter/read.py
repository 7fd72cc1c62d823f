"""Reading a charter: from its text to an Institution, with every problem of the file at once."""

from __future__ import annotations

import copy
import datetime
import json
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from comity.charter.check import check
from comity.kernel.wording import explain
from comity.kernel.document import Document, Path, listing, mapping, parse
from comity.kernel.errors import DocumentError, Problem
from comity.model.actor import Actors
from comity.model.institution import Institution

_STANDIN: dict[str, Any] = {
    "rules": {"kind": "consensus", "objection": "members_present"},
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
        >>> read("comity: 1", "club", actors=comity.actors())
        Traceback (most recent call last):
        ...
        comity.kernel.errors.DocumentError: club.yaml:1:1  title  is missing  ...
    """
    document = parse(text, file or f"{name}.yaml")
    if not isinstance(document.data, dict):
        wrong = document.problem((), "is no charter: a charter has named parts", "Start from `comity new`.")
        raise DocumentError(document.name, [*document.problems, wrong])
    institution, problems, broken = _validate(document)
    if institution is not None:
        problems += _law(document, institution, actors, broken)
    if document.problems or problems or institution is None:
        raise DocumentError(document.name, [*document.problems, *problems])
    return institution.named(name)


def _validate(document: Document) -> tuple[Institution | None, list[Problem], set[Path]]:
    """The institution, or what could be saved of it; the problems; and the parts that had to be set aside."""
    data = plain(document.data)
    try:
        return Institution.model_validate_json(json.dumps(data), strict=True), [], set()
    except ValidationError as error:
        explained = [explain(each, document) for each in error.errors(include_url=False)]
    broken = {path[:2] for path, _ in explained}
    try:
        saved = Institution.model_validate_json(json.dumps(_without(data, broken)), strict=True)
    except ValidationError:
        saved = None
    return saved, [problem for _, problem in explained], broken


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
    aside = broken | {path[:1] for path in broken if len(path) == 1}
    found = (each for each in check(institution, actors) if not {each[0][:1], each[0][:2]} & aside)
    return [document.problem(path, what, mend, "law") for path, what, mend in found]


def plain(data: Any) -> Any:
    """The document as JSON can hold it, exact decimals and dates as their text: what loader and JSON Schema both see."""
    if (parts := mapping(data)) is not None:
        return {key: plain(value) for key, value in parts.items()}
    if (items := listing(data)) is not None:
        return [plain(value) for value in items]
    if isinstance(data, Decimal):
        return str(data)
    return data.isoformat() if isinstance(data, datetime.date) else data
