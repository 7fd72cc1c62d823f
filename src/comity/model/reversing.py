"""Reading a rule against a proposal: what stands unless enough members oppose it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from comity.model.compiled import Part, joined, negated, turned
from comity.model.rule import Rule
from comity.model.ruling import Choice, Requirement

TURNED: dict[Choice, Choice] = {"yes": "no", "no": "yes", "objects": "yes"}


def unless(rule: Rule, members: Sequence[str], on: datetime.date) -> Part:
    """The conditions that hold exactly where the rule, read with no and objections as its yes, does not carry."""
    return negated(turned(joined(rule.conditions(members, on))))


def unless_reached(
    rule: Rule, ballots: Mapping[str, Choice], on: datetime.date
) -> tuple[bool, tuple[Requirement, ...]]:
    """Whether the rule, read against the proposal, does not carry; its requirements counted from the other side."""
    carried, asked = rule.carries({member: TURNED.get(choice, choice) for member, choice in ballots.items()}, on)
    opposite = [each.opposite() for each in asked]
    return not carried, tuple(replace(each, waived=not carried and not each.held) for each in opposite)
