"""What is wrong with the structure of a file, in a drafter's words: pydantic's errors with place, meaning and mend."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from comity.kernel.document import Document, Path, listing, mapping
from comity.kernel.errors import Problem
from comity.kernel.family import Spec

_FORMS: dict[str, tuple[str, str]] = {
    "string_type": ("is not a text", "Write a text; in quotes where it looks like a number or true/false."),
    "int_type": ("is not a whole number", "Write a whole number."),
    "int_from_float": ("is not a whole number", "Write a whole number."),
    "bool_type": ("is neither true nor false", "Write true or false."),
    "tuple_type": ("is not a list", "Write a list: [..., ...]."),
    "list_type": ("is not a list", "Write a list: [..., ...]."),
    "dict_type": ("is not a set of named parts", "Write names, each with a colon and its content."),
    "model_type": ("is not a set of named parts", "Write names, each with a colon and its content."),
    "model_attributes_type": ("is not a set of named parts", "Write names, each with a colon and its content."),
    "dataclass_type": ("is not a text in languages", "Write {en: ..., zh: ...}."),
    "date_type": ("is not a date", "Write a date such as 2026-02-06."),
    "date_parsing": ("is not a date", "Write a date such as 2026-02-06."),
    "date_from_datetime_parsing": ("is not a date", "Write a date such as 2026-02-06."),
    "date_from_datetime_inexact": ("is not a date", "Write a date such as 2026-02-06, without a time."),
    "too_short": ("is empty", "Name at least one, or strike it."),
}


def explain(error: Mapping[str, Any], document: Document) -> tuple[Path, Problem]:
    """One structural error of pydantic as a Problem, with the path of the part it is about."""
    path, missing = _path(error["loc"], document.data)
    kind = str(error["type"])
    context = dict(error.get("ctx") or {})
    shown = _shown(document, path)
    if kind == "missing":
        what, mend = "is missing", _meaning(missing)
        return (*path, missing), document.problem((*path, missing), what, mend)
    if kind in {"extra_forbidden", "unexpected_keyword_argument"}:
        near = get_close_matches(str(path[-1]), _field_names(), n=1, cutoff=0.6)
        what, mend = "is not known here", f"Did you mean '{near[0]}'?" if near else "Strike it, or see `comity schema`."
    elif kind == "union_tag_invalid":
        near = get_close_matches(str(context["tag"]), _tags(context), n=1, cutoff=0.4)
        what = f"has the unknown kind '{context['tag']}'"
        mend = f"Did you mean '{near[0]}'?" if near else f"Known kinds: {', '.join(_tags(context))}."
    elif kind == "union_tag_not_found":
        what, mend = "has no kind", "Write kind: and one of those that `comity schema` lists."
    elif kind == "literal_error":
        what, mend = f"{shown} is not possible", f"Write {str(context['expected']).replace(chr(39), '')}."
    elif kind == "string_pattern_mismatch":
        what, mend = _pattern(shown, str(context["pattern"]))
    elif kind.startswith("greater_than"):
        what, mend = f"{shown} is too small", f"Write at least {context.get('ge', context.get('gt'))}."
    elif kind in _FORMS:
        form, mend = _FORMS[kind]
        what = f"{shown} {form}".strip()
    else:
        what, mend = str(error["msg"]), ""
    return path, document.problem(path, what, mend)


def _path(location: tuple[str | int, ...], data: Any) -> tuple[Path, str]:
    """The part of the document an error is about (names of union branches left out), and a missing key."""
    path: list[str | int] = []
    missing = ""
    for part in location:
        parts, items = mapping(data), listing(data)
        if parts is not None and part in parts:
            data = parts[str(part)]
        elif items is not None and isinstance(part, int) and part < len(items):
            data = items[part]
        else:
            missing = str(part)
            continue
        path.append(part)
    return tuple(path), missing


def _shown(document: Document, path: Path) -> str:
    data = document.data
    for part in path:
        data = data[part]
    if isinstance(data, dict | list):
        return ""
    return f"'{data}'" if data is not None else "nothing"


def _pattern(shown: str, pattern: str) -> tuple[str, str]:
    if pattern.startswith("^[a-z]"):
        return f"{shown} is not a name", "Write small letters, digits and underscores, such as rare_earths."
    if "rotating" in pattern or "any_member" in pattern:
        words = [
            word
            for word in ("rotating", "elected", "appointed", "none", "any_member", "chair", "secretariat")
            if word in pattern
        ]
        return f"{shown} is not possible", f"Write {', '.join(words)}, or the code of a member."
    return f"{shown} is not a code", "Write capital letters, such as JPN."


def _tags(context: Mapping[str, Any]) -> list[str]:
    return [tag.strip().strip("'") for tag in str(context["expected_tags"]).split(",")]


def _specs(root: type[Spec]) -> list[type[Spec]]:
    return [root, *(each for child in root.__subclasses__() for each in _specs(child))]


@cache
def _field_names() -> list[str]:
    return sorted(
        {field.alias or name for spec in _specs(Spec) for name, field in spec.model_fields.items()} | {"en", "zh"}
    )


@cache
def _meanings() -> dict[str, str]:
    fields = (
        (field.alias or name, field.description) for spec in _specs(Spec) for name, field in spec.model_fields.items()
    )
    return {name: description for name, description in fields if description}


def _meaning(name: str) -> str:
    told = _meanings().get(name, "")
    return f"Add it: {told[0].lower()}{told[1:]}" if told else "Add it."
