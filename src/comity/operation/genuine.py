"""Whether entries are genuine, by their bytes alone: in canonical form, and signed with the key that they name.

This is most of the work of verifying, so it is done in processes of their own, which load little else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from comity.kernel.canonical import record
from comity.operation.signing import signed_by

STATEMENT = b'"statement":'
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def forged(contents: Sequence[bytes]) -> list[int]:
    """Of some entries, those whose signature is not that of their key over their statement, or that are not canonical.

    Args:
        contents: the content of each, as it is kept.
    """
    wrong = list[int]()
    for number, content in enumerate(contents):
        try:
            data = _READ.decode(content.decode())
            signed = content[content.index(STATEMENT) + len(STATEMENT) : -1]
            if not (
                signed_by(data["key"], signed, data["signature"])
                and _INSTANT.fullmatch(data["recorded"])
                and canonical(data, content)
            ):
                wrong.append(number)
        except (KeyError, TypeError, ValueError, RecursionError):
            wrong.append(number)
    return wrong


def _whole(digits: str) -> int:
    if abs(number := int(digits)) >= 2**53:
        raise ValueError(f"{digits} is too large to be recorded as a number")
    return number


def _refused(number: str) -> float:
    raise ValueError(f"{number} is not a whole number")


_READ = json.JSONDecoder(parse_int=_whole, parse_float=_refused, parse_constant=_refused)
_SORTED = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical(data: Any, content: bytes) -> bool:
    """Whether bytes are the canonical JSON of what was read from them.

    Plain sorted JSON is the same, and quick to write, where all is ASCII and nothing is null.

    Args:
        data: what was read, without fractions and large numbers.
        content: the bytes.

    Example:
        >>> canonical({"a": 1}, b'{"a":1}'), canonical({"a": 1}, b'{"a": 1}'), canonical([None], b"[null]")
        (True, False, False)
    """
    if content.isascii() and b"null" not in content:
        return _SORTED.encode(data).encode() == content
    try:
        return record(data) == content
    except (TypeError, ValueError):
        return False
