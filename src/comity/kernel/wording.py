"""What is wrong with the structure of a file, in a drafter's words: pydantic's errors with place, meaning and mend."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from comity.kernel.document import EXACTLY, Document, Path, listing, mapping
from comity.kernel.errors import Problem
from comity.kernel.family import Spec
from comity.kernel.structure import described_at, fields_of

_DAY = re.compile(r"'[0-9]{4}-[0-9]{2}-[0-9]{2}'")
_DATE = ("is not a date", "Write a date such as 2026-02-06.")
_LIST = ("is not a list", "Write a list: [..., ...].")
_PARTS = ("is not a set of named parts", "Write names, each with a colon and its content.")
_FORMS: dict[str, tuple[str, str]] = {
    "string_type": ("is not a text", "Write a text; in quotes where it looks like a number or true/false."),
    "int_type": ("is not a whole number", "Write a whole number."),
    "int_parsing_size": ("is too large", "Write a smaller whole number."),
    "int_from_float": ("is not a whole number", "Write a whole number."),
    "bool_type": ("is neither true nor false", "Write true or false."),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _PARTS,
    "model_type": _PARTS,
    "model_attributes_type": _PARTS,
    "dataclass_type": ("is not a text by language", "Write {en: ..., zh: ...}."),
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": ("is not a date", "Write a date such as 2026-02-06, without a time."),
    "too_short": ("is empty", "Name at least one, or strike it."),
    "share": ("is not an exact number", EXACTLY),
    "share_below_nought": ("is below nought", "Write a number of nought or more."),
}


def explain(error: Mapping[str, Any], document: Document, root: type[Spec] = Spec) -> tuple[Path, Problem]:
    """One structural error of pydantic as a Problem, with the path of the part it is about.

    Args:
        error: one of pydantic's errors.
        document: the file that was read.
        root: the class of the whole file, whose fields are suggested and explained.
    """
    path, missing = _path(error["loc"], document.data)
    kind = str(error["type"])
    if kind == "missing" or (kind == "union_tag_not_found" and "kind" in str(error["ctx"]["discriminator"])):
        missing = missing if kind == "missing" else "kind"
        mend = _meaning(root, error["loc"], missing)
        return (*path, missing), document.problem((*path, missing), "is missing", mend)
    context: dict[str, Any] = {**(error.get("ctx") or {}), "shown": _shown(document, path, error["loc"])}
    if kind in {"extra_forbidden", "unexpected_keyword_argument"}:
        what, mend = "is not known here", _instead(str(path[-1]), root, error["loc"][:-1])
    else:
        what, mend = _refused(kind, context) or (str(error["msg"]), "See `comity schema` for what fits here.")
    return path, document.problem(path, what, mend)


def _refused(kind: str, context: Mapping[str, Any]) -> tuple[str, str] | None:
    """What is wrong with a value that is there, and how to mend it."""
    shown = str(context["shown"])
    if kind == "union_tag_invalid":
        kinds = [tag.strip().strip("'") for tag in str(context["expected_tags"]).split(",")]
        near = get_close_matches(str(context["tag"]), kinds, n=1, cutoff=0.6)
        listed = f"Kinds are {', '.join(kinds)}."
        return f"has the unknown kind '{context['tag']}'", f"Did you mean '{near[0]}'? {listed}" if near else listed
    if kind == "string_pattern_mismatch":
        return _pattern(shown, str(context["pattern"]))
    if kind == "literal_error":
        form, mend = "is not possible", f"Write {str(context['expected']).replace(chr(39), '')}."
    elif kind.startswith("greater_than"):
        form, mend = "is too small", f"Write at least {context.get('ge', context.get('gt'))}."
    elif "mend" in context:
        form, mend = str(context["what"]), str(context["mend"])
    else:
        form, mend = _FORMS.get(kind, ("", ""))
    if form == _DATE[0] and _DAY.fullmatch(shown):
        form = "is not a day of the calendar"
    return (f"{shown} {form}".strip(), mend) if form else None


def _path(location: Sequence[str | int], data: Any) -> tuple[Path, str]:
    """The part of the document an error is about (names of union branches left out), and a missing key."""
    if not location:
        return (), ""
    part, rest = location[0], location[1:]
    parts, items = mapping(data), listing(data)
    here = parts is not None and part in parts
    there = items is not None and isinstance(part, int) and part < len(items)
    if not here and not there:
        path, missing = _path(rest, data)
        return path, missing or str(part)
    path, missing = _path(rest, data[part])
    return (part, *path), missing


def _shown(document: Document, path: Path, location: Sequence[str | int]) -> str:
    """The value as the file spells it; nothing where it is a list or has parts."""
    data = document.data
    for part in path:
        data = data[part]
    if location and location[-1] == "[key]":
        data = path[-1]
    if isinstance(data, dict | list):
        return ""
    text = str(data).lower() if isinstance(data, bool) else str(data)
    return f"'{text if len(text) <= 60 else f'{text[:57]}...'}'" if data is not None else "nothing"


def _pattern(shown: str, pattern: str) -> tuple[str, str]:
    if pattern.startswith("^[a-z]"):
        return f"{shown} is not a name", "Write small letters, digits and underscores, such as rare_earths."
    if "(member:" in pattern:
        return f"{shown} is no seat", "Write member:JPN, chair, secretariat, depositary or verifier:NAME."
    words = re.findall(r"[a-z_]{4,}", pattern)
    if words:
        return f"{shown} is not possible", f"Write {', '.join(words)}, or the code of a member."
    return f"{shown} is not a code", "Write the code in capital letters, such as JPN."


def _instead(name: str, root: type[Spec], location: Sequence[str | int]) -> str:
    """The field that was meant, or the fields that a part may have."""
    known = sorted({each for described in described_at(root, location) for each in fields_of(described)})
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{near[0]}'?"
    few = known and len(known) <= 12
    return f"Strike it; known here: {', '.join(known)}." if few else "Strike it, or see `comity schema`."


def _meaning(root: type[Spec], location: Sequence[str | int], name: str) -> str:
    """What a missing field means, in the words of the class that has it."""
    classes = described_at(root, location[:-1] if location and location[-1] == name else location)
    fields = [fields_of(each) for each in classes]
    if name == "kind":
        return f"Add kind: {', '.join(sorted(str(each[name].default) for each in fields if name in each))}."
    told = next((each[name].description for each in fields if name in each and each[name].description), "")
    return f"Add it: {told[0].lower()}{told[1:]}".replace("``", "") if told else "Add it."
