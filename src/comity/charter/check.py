"""What is wrong with a charter as law: names nobody declared, states nobody knows, numbers nobody can reach.

Each check is one function with a name; together they see everything that a schema cannot.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, cast

from comity.kernel.errors import InputError
from comity.kernel.family import Spec
from comity.kernel.quantity import show
from comity.model.actor import Actors
from comity.model.dated import Period, overlap
from comity.model.institution import Constituency, Institution, actors_of, member_code
from comity.model.threshold import Quorum

Place = tuple[str | int, ...]
Complaint = tuple[Place, str, str]

_WORDS = {"rotating", "elected", "appointed", "none", "any_member", "chair", "secretariat"}


def check(institution: Institution, actors: Actors) -> Iterator[Complaint]:
    """Everything that contradicts itself or the world: the place, what is wrong, how to mend it."""
    yield from known_actors(institution, actors)
    yield from members_once(institution)
    yield from periods_in_order(institution)
    yield from names_declared(institution)
    yield from turns_of_members(institution)
    yield from quorums_reachable(institution)
    yield from numbers_possible(institution)
    yield from kinds_content(institution)


def known_actors(institution: Institution, actors: Actors) -> Iterator[Complaint]:
    """Members, and states excluded from admission, are states or bodies of the table."""
    places: list[tuple[Place, str]] = []
    for number, member in enumerate(institution.members):
        inside = (
            ("members", number)
            if isinstance(member, str)
            else ("members", number, "states" if isinstance(member, Constituency) else "state")
        )
        places += [(inside, code) for code in actors_of(member)]
    for name, admission in institution.admission.items():
        places += [(("admission", name, "exclude"), code) for code in admission.exclude]
    for place, code in places:
        if code not in actors:
            try:
                meant = actors.find(code)
            except InputError as error:
                mend = error.mend
            else:
                mend = f"Write {meant.code} ({meant.name().en})."
            yield place, f"there is no state or body '{code}'", mend


def members_once(institution: Institution) -> Iterator[Complaint]:
    """Nobody is a member twice at the same time; the charter has members on its own day."""
    low, high = datetime.date.min, datetime.date.max
    seen: dict[str, list[tuple[datetime.date, datetime.date]]] = {}
    for number, member in enumerate(institution.members):
        start, end = (low, high) if isinstance(member, str) else (member.from_ or low, member.until or high)
        code = member_code(member)
        if any(start < over and begun < end for begun, over in seen.get(code, [])):
            yield ("members", number), f"{code} is a member twice at the same time", "Strike one of the two."
        seen.setdefault(code, []).append((start, end))
    if not institution.members_on(institution.as_of):
        yield ("members",), f"there is no member on {institution.as_of}", "Name members, or mend their dates or as_of."


def periods_in_order(institution: Institution) -> Iterator[Complaint]:
    """Every period ends after it begins, and periods of one value do not overlap."""
    for place, spec in _specs_within(institution, ()):
        start, end = getattr(spec, "from_", None), getattr(spec, "until", None)
        if isinstance(start, datetime.date) and isinstance(end, datetime.date) and end <= start:
            yield place, f"ends on {end}, not after it begins on {start}", "Swap or mend the dates."
    for place, values in _lists_within(institution, ()):
        if values and all(isinstance(each, Period) for each in values) and (pair := overlap(values)):
            yield (
                (*place, pair[1]),
                f"overlaps the period before it (number {pair[0] + 1})",
                "Periods are half-open: let one end where the next begins.",
            )


def names_declared(institution: Institution) -> Iterator[Complaint]:
    """Organs, rules and funds that are named are declared."""
    wanted: list[tuple[Place, str, Mapping[str, object], str]] = []
    for name, issue in institution.issues.items():
        wanted.append((("issues", name, "organ"), issue.organ, institution.organs, "organ"))
        wanted.append((("issues", name, "rule"), issue.rule, institution.rules, "rule"))
    wanted += [
        (("funds", name, "rule"), fund.rule, institution.rules, "rule") for name, fund in institution.funds.items()
    ]
    if institution.accession:
        wanted.append((("accession", "rule"), institution.accession.rule, institution.rules, "rule"))
    for place, name, declared, word in wanted:
        if name not in declared:
            known = f"Declared: {', '.join(declared)}." if declared else ""
            yield place, f"the {word} '{name}' is not declared", f"Declare it under {word}s. {known}".strip()


def turns_of_members(institution: Institution) -> Iterator[Complaint]:
    """Whoever presides, proposes, convenes, interprets or arbitrates by name is a member."""
    members = institution.ever_members()
    named: list[tuple[Place, str | None]] = []
    for name, organ in institution.organs.items():
        named += [(("organs", name, "chair"), organ.chair), (("organs", name, "proposes"), organ.proposes)]
        named += [(("organs", name, "order", number), code) for number, code in enumerate(organ.order)]
    if institution.prerogatives:
        named += [
            (("prerogatives", power), getattr(institution.prerogatives, power))
            for power in ("convenes", "interprets", "arbitrates")
        ]
    for place, code in named:
        if code is not None and code not in _WORDS and code not in members:
            yield place, f"{code} is not a member", "Name a member, or add it to members."


def quorums_reachable(institution: Institution) -> Iterator[Complaint]:
    """No quorum asks for more than everybody, or for weight where no rule of the organ has weights."""
    quorums: list[tuple[Place, Quorum, Iterable[object]]] = []
    for name, organ in institution.organs.items():
        rules = [
            institution.rules[issue.rule]
            for issue in institution.issues.values()
            if issue.organ == name and issue.rule in institution.rules
        ]
        if organ.quorum:
            quorums.append((("organs", name, "quorum"), organ.quorum, rules))
    quorums += [
        (("rules", name, "quorum"), rule.quorum, (rule,)) for name, rule in institution.rules.items() if rule.quorum
    ]
    for place, quorum, rules in quorums:
        for each in quorum.each():
            for to in ("open", "decide"):
                share, strict = each.bound(to) or (Fraction(0), False)
                if share > 1 or (share == 1 and strict):
                    yield (*place, to), f"a quorum of {show(share)} can never be reached", "Write a share such as 3/5."
            if each.of == "weight" and not all(hasattr(rule, "weights") for rule in rules):
                yield (
                    (*place, "of"),
                    "a quorum of weight needs a rule with weights",
                    "Write of: members, or a weighted rule.",
                )


def numbers_possible(institution: Institution) -> Iterator[Complaint]:
    """Caps are shares, criteria have weight, there are no more seats than states."""
    if institution.balance:
        for cap in ("agenda_cap", "power_cap"):
            value = getattr(institution.balance, cap)
            if value is not None and not 0 < value <= 1:
                yield ("balance", cap), f"a cap of {show(value)} is no share", "Write a share such as 2/5."
    for name, admission in institution.admission.items():
        if admission.criteria and not any(criterion.weight for criterion in admission.criteria.values()):
            yield ("admission", name, "criteria"), "no criterion has any weight", "Give at least one a weight above 0."


def kinds_content(institution: Institution) -> Iterator[Complaint]:
    """What each rule, clause and burden rule knows of its own errors."""
    for name, rule in institution.rules.items():
        yield from ((("rules", name, *path), what, mend) for path, what, mend in rule.problems(institution))
    for name, clause in institution.clauses.items():
        yield from ((("clauses", name, *path), what, mend) for path, what, mend in clause.problems(institution))
    for name, fund in institution.funds.items():
        if fund.burden:
            burdens = fund.burden.problems(institution)
            yield from ((("funds", name, "burden", *path), what, mend) for path, what, mend in burdens)


def _specs_within(value: object, place: Place) -> Iterator[tuple[Place, Spec]]:
    if isinstance(value, Spec):
        yield place, value
    for part, content in _parts(value):
        yield from _specs_within(content, (*place, part))


def _lists_within(value: object, place: Place) -> Iterator[tuple[Place, tuple[Any, ...]]]:
    if isinstance(value, tuple):
        yield place, cast("tuple[Any, ...]", value)
    for part, content in _parts(value):
        yield from _lists_within(content, (*place, part))


def _parts(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, Spec):
        fields = type(value).model_fields
        yield from ((fields[name].alias or name, content) for name, content in value if name in fields)
    elif isinstance(value, Mapping):
        yield from cast("Mapping[str, object]", value).items()
    elif isinstance(value, tuple):
        yield from enumerate(cast("tuple[object, ...]", value))
