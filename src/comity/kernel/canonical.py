"""Canonical JSON and its digest: equal content, equal bytes, on every machine."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any, cast


def plain(value: Any) -> Any:
    """The value as JSON can hold it: exact numbers as text, dates as ISO 8601, tuples as lists.

    Raises:
        TypeError: for a value that has no canonical form (a set, an object, keys that read alike).
        ValueError: for a number that is not finite.

    Example:
        >>> from fractions import Fraction
        >>> plain({"share": Fraction(2, 3), "on": datetime.date(2026, 2, 6)})
        {'share': '2/3', 'on': '2026-02-06'}
    """
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(f"{value} is not a finite number and has no canonical form.")
    if value is None or isinstance(value, bool | int | str | float):
        return value
    if isinstance(value, Mapping):
        return _named(cast("Mapping[Any, Any]", value))
    if isinstance(value, list | tuple):
        return [plain(each) for each in cast("list[Any]", value)]
    return _scalar_or_record(value)


def _named(value: Mapping[Any, Any]) -> dict[str, Any]:
    named = {str(key): plain(each) for key, each in value.items()}
    if len(named) != len(value):
        raise TypeError("A mapping whose keys read alike as text has no canonical form.")
    return named


def _scalar_or_record(value: Any) -> Any:
    if isinstance(value, Fraction | Decimal):
        return str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, type):
        raise TypeError(f"The class {value.__name__} has no canonical form.")
    if dataclasses.is_dataclass(value):
        return plain({each.name: getattr(value, each.name) for each in dataclasses.fields(value)})
    if hasattr(value, "model_dump"):
        return plain(value.model_dump(mode="json", by_alias=True, exclude_none=True))
    raise TypeError(f"{type(value).__name__} has no canonical form.")


def dumps(value: Any) -> str:
    """Canonical JSON: sorted keys, no white space, UTF-8 kept readable.

    Example:
        >>> dumps({"b": 1, "a": [True, None]})
        '{"a":[true,null],"b":1}'
    """
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def record(value: Any) -> bytes:
    """Canonical JSON for what is signed and kept for good (RFC 8785), of values that read alike in every language.

    Keys are sorted by their UTF-16 code units. Only text, whole numbers within 2^53, truth values, lists and mappings
    have such a form: fractions and money are written as text; a float, or nothing at all (null), is refused.

    Raises:
        TypeError: for a value of another kind.
        ValueError: for a whole number of 2^53 or more, or text that is no Unicode (a lone surrogate).

    **Source.** Rundgren, Jordan and Erdtman 2020, RFC 8785, JSON Canonicalization Scheme, section 3.2.

    Example:
        >>> record({"b": "1/3", "a": [True, 7]})
        b'{"a":[true,7],"b":"1/3"}'
    """
    text = json.dumps(_recordable(value), separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise ValueError("Text with half a character (a lone surrogate) cannot be recorded.") from None


def _recordable(value: Any) -> Any:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        if abs(value) >= 2**53:
            raise ValueError(f"{value} is too large to be recorded as a number; write it as text.")
        return value
    if isinstance(value, Mapping):
        held = cast("Mapping[Any, Any]", value)
        if not all(isinstance(key, str) for key in held):
            raise TypeError("The keys of what is recorded are text.")
        return {key: _recordable(held[key]) for key in _ordered(held)}
    if isinstance(value, list | tuple):
        return [_recordable(each) for each in cast("list[Any]", value)]
    what = "Nothing (null)" if value is None else f"A {type(value).__name__}"
    raise TypeError(f"{what} cannot be recorded; {'leave it out' if value is None else 'write it as text'}.")


def _ordered(held: Mapping[str, Any]) -> list[str]:
    """Keys by their UTF-16 code units, which is the order of code points for all but rare characters."""
    if all(key.isascii() for key in held):
        return sorted(held)
    return sorted(held, key=lambda key: key.encode("utf-16-be", "surrogatepass"))


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal; of the bytes themselves where bytes are given.

    Example:
        >>> digest({"a": 1}) == digest({"a": 1}), len(digest(b""))
        (True, 64)
    """
    data = value if isinstance(value, bytes) else dumps(value).encode()
    return hashlib.sha256(data).hexdigest()
