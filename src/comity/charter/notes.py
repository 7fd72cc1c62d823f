"""Remarks on a sound charter: what contradicts nothing, and yet a drafter would want to know.

Each is one function with a name; none of them makes a charter unusable.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from fractions import Fraction
from math import ceil, floor
from typing import Any

from comity.charter.reach import HIGH, LOW, Place, memberships, named_rules
from comity.charter.weaker import weaker
from comity.kernel.document import parse
from comity.kernel.errors import InputError, Problem
from comity.model.dated import at, is_dated
from comity.model.institution import Institution
from comity.model.instrument import EntryIntoForce
from comity.model.rule import Rule
from comity.model.threshold import Bound, Quorum
from comity.model.weights import Complaint


def notes(institution: Institution) -> Iterator[Complaint]:
    """Everything worth a remark: the place, what was found, what could be done.

    Example:
        >>> import comity
        >>> list(notes(comity.load("g7")))
        []
    """
    for each in _NOTES:
        yield from each(institution)


def remarks(institution: Institution, text: str, file: str) -> list[Problem]:
    """The remarks on a charter at their lines and columns, in the order of the file.

    Args:
        institution: the charter.
        text: the text that it was read from.
        file: the name of the file.
    """
    document = parse(text, file)
    return sorted(document.problem(path, what, mend, "law") for path, what, mend in notes(institution))


def rules_used(institution: Institution) -> Iterator[Complaint]:
    """Every rule decides something: a matter, a fund, an accession, a motion, or where another rule fails.

    Where a charter names no matters at all, its rules are there to be asked by name.
    """
    if not institution.issues:
        return
    used: set[str] = set()
    parts = [getattr(institution, section) for section in type(institution).model_fields if section != "rules"]
    found = {name for part in parts for _, name in named_rules(part)} & set(institution.rules)
    while found:
        used |= found
        found = {name for rule in found for _, name in named_rules(institution.rules[rule])} & set(
            institution.rules
        ) - used
    for name in institution.rules:
        if name not in used:
            yield ("rules", name), "nothing is decided by this rule", "Name it in an issue, or strike it."


def organs_meet(institution: Institution) -> Iterator[Complaint]:
    """An organ that decides is convened: it meets at intervals, somebody presides, or somebody may call it."""
    decides = {issue.organ for issue in institution.issues.values()}
    powers = institution.prerogatives
    if powers and powers.convenes not in {None, "none"}:
        return
    for name, organ in institution.organs.items():
        chaired = organ.chair not in {None, "none"}
        if name in decides and organ.meets is None and not chaired and organ.convened_by is None:
            what = "decides, but nobody can convene it: it has no interval, no chair, and nobody who calls it"
            yield ("organs", name), what, "Write meets: 12 months, a chair, or convened_by."


def clauses_end(institution: Institution) -> Iterator[Complaint]:
    """Every stage of a clause's life that waits has a time at which the wait is over; an excuse ends with its cause."""
    for name, clause in institution.clauses.items():
        waits = clause.waits().items()
        hanging = [stage for stage, word in waits if word != "excuse" and clause.wait(word, clause.by) is None]
        if hanging:
            what = f"can hang for ever: once {hanging[0]} it waits, and no time is set"
            yield ("clauses", name), what, "Write breach: {grace: 90 days, then: renegotiate, within: 180 days}, say."


def quorums_below_thresholds(institution: Institution) -> Iterator[Complaint]:
    """Staying away is no stronger than voting no: no quorum asks for more than the votes that carry the rule."""
    count = len(institution.members_on(institution.as_of))
    for name, rule in institution.rules.items():
        quorum, votes = institution.quorum(name), _votes(rule, institution, count)
        asked = _presence(quorum, institution, count) if quorum else None
        if votes is None or asked is None or asked <= votes:
            continue
        own = rule.quorum is not None
        organ = next((issue.organ for issue in institution.issues.values() if issue.rule == name), "")
        place = ("rules", name, "quorum") if own else ("organs", organ, "quorum")
        what = (
            f"asks for {asked} members present, the rule '{name}' for {votes} votes: {count - asked + 1} who could not "
            f"defeat it by voting no can stop it by staying away"
        )
        yield place, what, "Ask for no more presence than votes, if that is not meant."


def _votes(rule: Rule, institution: Institution, count: int) -> int | None:
    """The votes that carry a rule of all members, in heads."""
    bound = rule if isinstance(rule, Bound) else getattr(rule, "heads", None)
    if not isinstance(bound, Bound) or getattr(bound, "of", "") != "members" or rule.among:
        return None
    least = at(getattr(rule, "minimum_yes", None), institution.as_of) or 0
    if bound.at_least is None and bound.more_than is None:
        return least
    return max(least, _heads(*bound.bound(institution.as_of), count))


def _presence(quorum: Quorum, institution: Institution, count: int) -> int | None:
    """The members that must be present to decide."""
    shares = [each.bound("decide", institution.as_of) for each in quorum.each() if each.of == "members"]
    return max((_heads(*share, count) for share in shares if share is not None), default=None)


def _heads(share: Fraction, strict: bool, count: int) -> int:  # noqa: FBT001
    return floor(share * count) + 1 if strict else ceil(share * count)


def numbers_reached(institution: Institution) -> Iterator[Complaint]:
    """No rule asks, on any day on which the members are known, for more votes than there are members."""
    changes = {day for spans in memberships(institution).values() for span in spans for day in span}
    for place, rule in _every_rule(institution):
        number: Any = getattr(rule, "minimum_yes", None)
        periods: set[datetime.date] = {each.from_ or LOW for each in number} if is_dated(number) else set()
        for day in sorted((changes | periods) - {LOW, HIGH}):
            least, there = at(number, day), _members(institution, day)
            if least is not None and there and least > len(there):
                what = f"asks for {least} votes on {day}, when there are {len(there)} members"
                yield (*place, "minimum_yes"), what, "Date the number, if that is not meant."
                break


def _every_rule(institution: Institution) -> Iterator[tuple[Place, Rule]]:
    """Every rule and the rules inside it, each with its place."""
    found: list[tuple[Place, Rule]] = [(("rules", name), rule) for name, rule in institution.rules.items()]
    for place, rule in found:
        yield place, rule
        found += [((*place, *inner), each) for inner, each in rule.inside()]


def _members(institution: Institution, day: datetime.date) -> list[str]:
    """The members of a day; nobody where they are not known."""
    try:
        return institution.members_on(day)
    except InputError:
        return []


def amendments_strong(institution: Institution) -> Iterator[Complaint]:
    """Whoever can change the charter can also carry what the charter protects."""
    deciding = {issue.rule for name, issue in institution.issues.items() if "amend" not in name}
    for place, amending, entry in _amending(institution):
        for protected in sorted(deciding - {amending}):
            try:
                found = weaker(institution, amending, protected, entry)
            except InputError:
                continue
            if found.weaker:
                who = f"{_listed(found.who)} can amend and cannot carry '{protected}' ({found.how})"
                yield (
                    place,
                    f"'{amending}' is weaker than '{protected}', which it can change: {who}",
                    f"Let amendments ask for at least as much as '{protected}'.",
                )
            elif found.weaker is None:
                what = f"could not be compared with '{protected}': {found.how}"
                yield place, what, "Compare them by hand."


def _amending(institution: Institution) -> Iterator[tuple[tuple[str, ...], str, EntryIntoForce | None]]:
    """The rules by which the charter is changed, each with its place and the consents it needs."""
    own = institution.amendment
    if own:
        yield ("amendment", "rule"), own.rule, own.entry_into_force
    for name, issue in institution.issues.items():
        if "amend" in name and not (own and own.rule == issue.rule):
            yield ("issues", name, "rule"), issue.rule, own.entry_into_force if own else None


def _listed(who: tuple[str, ...]) -> str:
    if len(who) <= 5:
        return " and ".join(each for each in (", ".join(who[:-1]), *who[-1:]) if each)
    return f"{len(who)} members ({', '.join(who[:3])} ...)"


_NOTES: tuple[Callable[[Institution], Iterator[Complaint]], ...] = (
    rules_used,
    organs_meet,
    clauses_end,
    quorums_below_thresholds,
    numbers_reached,
    amendments_strong,
)
