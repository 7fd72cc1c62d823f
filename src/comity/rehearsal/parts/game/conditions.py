"""Conditions on which a shock begins: what is on the public record of a game when a round begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from comity.kernel.quantity import exact

FORMS = "notice to JPN; breach by JPN; JPN leaves; text on energy; trust of JPN in USA < 1/2"
"""How conditions are written, for messages."""
CODE = "[A-Z][A-Z0-9_]{1,15}"
GRAMMAR: dict[Literal["notice", "breach", "leaves", "text", "trust"], str] = {
    "notice": rf"notice to (?P<who>{CODE})",
    "breach": rf"breach by (?P<who>{CODE})",
    "leaves": rf"(?P<who>{CODE}) leaves",
    "text": r"text on (?P<issue>[a-z][a-z0-9_]*)",
    "trust": rf"trust of (?P<holder>{CODE}) in (?P<who>{CODE}) (?P<sign>[<>]) (?P<share>[0-9./]+)",
}


@dataclass(frozen=True)
class Condition:
    """A condition as it was read.

    Attributes:
        sort: what it asks about.
        members: the members it names.
        issue: the issue it names; empty where it names none.
        above: whether trust must lie above the share, instead of below.
        share: the share that trust is held against.
    """

    sort: Literal["notice", "breach", "leaves", "text", "trust"]
    members: tuple[str, ...] = ()
    issue: str = ""
    above: bool = False
    share: Fraction = Fraction(0)


def condition(written: str) -> Condition:
    """A condition from its words.

    Raises:
        ValueError: where it cannot be read.

    Example:
        >>> condition("trust of JPN in USA < 1/2").members
        ('JPN', 'USA')
    """
    for sort, pattern in GRAMMAR.items():
        if found := re.fullmatch(pattern, written):
            named = found.groupdict()
            members = tuple(named[name] for name in ("holder", "who") if named.get(name))
            share = exact(named["share"]) if named.get("share") else Fraction(0)
            return Condition(sort, members, named.get("issue") or "", named.get("sign") == ">", share)
    raise ValueError(f"'{written}' is no condition; conditions are written like: {FORMS}.")
