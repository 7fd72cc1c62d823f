"""Rules that nobody can ever carry, vetoes that nobody could ever cast, fallbacks that lead back to their beginning."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from comity.kernel.family import Spec
from comity.model.compiled import YES, Part
from comity.model.dated import is_dated
from comity.model.institution import Institution, member_code
from comity.model.rule import Rule
from comity.model.weights import Complaint

if TYPE_CHECKING:
    from comity.solvers.game import Formula

Place = tuple[str | int, ...]
Span = tuple[datetime.date, datetime.date]
LOW, HIGH = datetime.date.min, datetime.date.max


REFERS = ("rule", "procedure", "preliminary", "unless", "permits")
"""The fields by which a part of a charter names a rule."""


def named_rules(value: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every name of a rule in a part of a charter, with its place."""
    if isinstance(value, Spec):
        fields = type(value).model_fields
        for name, each in value:
            here = (*place, fields[name].alias or name) if name in fields else place
            if name in REFERS and isinstance(each, str):
                yield here, each
            yield from named_rules(each, here)
    elif isinstance(value, dict):
        for name, each in cast("dict[str, Any]", value).items():
            yield from named_rules(each, (*place, name))
    elif isinstance(value, tuple):
        for number, each in enumerate(cast("tuple[Any, ...]", value)):
            yield from named_rules(each, (*place, number))


def weights_declared(institution: Institution) -> Iterator[Complaint]:
    """Weights by whose share an instrument enters into force are declared, or written there."""
    entries = {("instruments", name): each.entry_into_force for name, each in institution.instruments.items()}
    for place, entry in entries.items():
        if entry and isinstance(entry.weights, str) and entry.weights not in institution.weights:
            what = f"the weights '{entry.weights}' are not declared"
            yield (
                (*place, "entry_into_force", "weights"),
                what,
                "Declare them under weights, or write their values here.",
            )
        if entry and entry.share and entry.weights is None:
            what = "asks for a share of weight, but states no weights"
            yield (*place, "entry_into_force", "share"), what, "Add weights: their name, or their values."


def carried(parts: Sequence[Part], choice: int = YES) -> bool:
    """Whether a rule, as linear conditions, is carried when every member makes the same choice.

    Example:
        >>> from comity.model.compiled import Row
        >>> carried([Part((Row({YES: [1, 1]}, 3, "threshold"),), 0)])
        False
    """
    return all(_holds(part, part.formula, choice) for part in parts)


def _holds(part: Part, formula: Formula, choice: int) -> bool:
    if isinstance(formula, int):
        asked = part.rows[formula]
        return sum(asked.coefficients.get(choice, ())) >= asked.threshold
    word, below = formula
    held = [_holds(part, each, choice) for each in below]
    return all(held) if word == "and" else any(held)


def powers_in_their_time(institution: Institution) -> Iterator[Complaint]:
    """Whoever holds a veto, approves or is counted for a time is a member on some day of that time."""
    spans = memberships(institution)
    for name, rule in institution.rules.items():
        for place, deed, code, span in _held(rule):
            theirs = spans.get(code, [])
            if theirs and not any(start < span[1] and span[0] < until for start, until in theirs):
                what = f"{code} {deed} {_told(span)}, but is a member {' and '.join(map(_told, theirs))}"
                yield ("rules", name, *place), what, "Mend the dates of one of the two, or strike it here."


def _held(rule: Rule) -> Iterator[tuple[Place, str, str, Span]]:
    """Each member that a rule, or one inside it, names for a time: place, what it does, code, time."""
    for name, deed in (("veto", "holds a veto"), ("approval", "is to approve"), ("among", "is to be counted")):
        named = getattr(rule, name)
        for number, period in enumerate(named if is_dated(named) else ()):
            span = (period.from_ or LOW, period.until or HIGH)
            for place, code in enumerate(cast("tuple[str, ...]", period.value)):
                yield (name, number, "value", place), deed, code, span
    for inner, each in rule.inside():
        yield from (((*inner, *place), deed, code, span) for place, deed, code, span in _held(each))


def memberships(institution: Institution) -> dict[str, list[Span]]:
    """The times during which each member belongs."""
    spans: dict[str, list[Span]] = {}
    for each in institution.members:
        span = (LOW, HIGH) if isinstance(each, str) else (each.from_ or LOW, each.until or HIGH)
        spans.setdefault(member_code(each), []).append(span)
    return spans


def _told(span: Span) -> str:
    start = f"from {span[0]}" if span[0] != LOW else ""
    until = f"until {span[1]}" if span[1] != HIGH else ""
    return " ".join(each for each in (start, until) if each) or "at all times"


def fallbacks_end(institution: Institution) -> Iterator[Complaint]:
    """A rule that falls back to another does not come back to itself; a circle is told at its first rule."""
    order = list(institution.rules)
    for name in institution.rules:
        chain = [name]
        while (after := fallback_of(institution.rules, chain[-1])) is not None and after not in chain:
            chain.append(after)
        if after == name == min(chain, key=order.index):
            what = f"falls back to itself: {' → '.join([*chain, name])}"
            yield ("rules", name, "fallback"), what, "Let the last of them decide without a fallback."


def fallback_of(rules: Mapping[str, Rule], name: str) -> str | None:
    """The rule to which a rule falls back, where both are declared."""
    back = rules[name].fallback
    return back.rule if back and back.rule in rules else None
