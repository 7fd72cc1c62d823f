"""What is wrong with a charter as law: names nobody declared, states nobody knows, numbers nobody can reach.

Each check is one function with a name; together they see everything that a schema cannot.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Any, Literal, cast

from comity.charter.reach import carried, fallbacks_end, named_rules, powers_in_their_time, weights_declared
from comity.kernel.errors import InputError
from comity.kernel.family import Spec
from comity.kernel.quantity import show
from comity.model.actor import Actors
from comity.model.compiled import LARGEST, reach
from comity.model.dated import Period, overlap, stated, within
from comity.model.institution import Institution
from comity.model.instrument import EntryIntoForce
from comity.model.parts import Constituency, Fund, member_code
from comity.model.rule import Rule
from comity.model.threshold import Bound, Quorum
from comity.model.weights import undeclared

Place = tuple[str | int, ...]
Complaint = tuple[Place, str, str]

_WORDS = {"rotating", "elected", "appointed", "none", "any_member", "chair", "secretariat"}


def check(institution: Institution, actors: Actors, unread: Iterable[str] = ()) -> Iterator[Complaint]:
    """Everything that contradicts itself or the world: the place, what is wrong, how to mend it.

    Args:
        institution: the charter, or what could be saved of it.
        actors: the table of states.
        unread: members that could not be read; nobody whom they may have meant is called a stranger.
    """
    unknown = list(known_actors(institution, actors))
    doubtful = {code for text in unread for code in _meant(text, actors)}
    doubtful |= {code for _, what, _ in unknown for code in _meant(what.split("'")[1], actors)}
    yield from unknown
    covered = list(known_on_its_day(institution))
    yield from covered
    if covered:
        institution = institution.model_copy(update={"known": None})
    found = [complaint for each in _ALWAYS for complaint in each(institution)]
    if institution.members_on(institution.as_of):
        found += [complaint for each in _OF_MEMBERS for complaint in each(institution)]
    counted = not list(unread)
    yield from seats_to_fill(institution, actors)
    yield from (
        each for each in found if each[1].split(" ")[0] not in doubtful and (counted or not each[1][0].isdigit())
    )
    yield from countable(institution, {each[0][:2] for each in found})


def _meant(text: str, actors: Actors) -> list[str]:
    """The codes that a misspelt member may have meant, and the text itself."""
    return [text, *re.findall(r"\b([A-Z]{2,})\b(?= \()", who(text, actors))]


def who(text: str, actors: Actors) -> str:
    """How to mend a misspelt state or body."""
    try:
        meant = actors.find(text)
    except InputError as error:
        return error.mend
    return f"Write {meant.code} ({meant.name().en})."


def known_on_its_day(institution: Institution) -> Iterator[Complaint]:
    """A charter knows its members on its own day."""
    known, day = institution.known, institution.as_of
    if known and not within(known.from_, known.until, day):
        yield ("known",), f"the charter's own day, {day}, lies outside", "Mend as_of or the time."


def known_actors(institution: Institution, actors: Actors) -> Iterator[Complaint]:
    """Members, and states excluded from admission, are states or bodies of the table."""
    places: list[tuple[Place, str]] = []
    for number, member in enumerate(institution.members):
        here: Place = ("members", number)
        if isinstance(member, Constituency):
            places += [((*here, "states", place), code) for place, code in enumerate(member.states)]
        else:
            places.append((here if isinstance(member, str) else (*here, "state"), member_code(member)))
    for name, admission in institution.admission.items():
        places += [(("admission", name, "exclude", place), code) for place, code in enumerate(admission.exclude)]
    for place, code in places:
        if code not in actors:
            yield place, f"there is no state or body '{code}'", who(code, actors)


def members_once(institution: Institution) -> Iterator[Complaint]:
    """Nobody is a member twice at the same time, alone or in a constituency; there are members on the own day."""
    low, high = datetime.date.min, datetime.date.max
    seen: dict[str, list[tuple[datetime.date, datetime.date]]] = {}
    for number, member in enumerate(institution.members):
        start, end = (low, high) if isinstance(member, str) else (member.from_ or low, member.until or high)
        own = [member_code(member)]
        inside = list(member.states) if isinstance(member, Constituency) else []
        for code in own + inside:
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


def some_rule(institution: Institution) -> Iterator[Complaint]:
    """A charter has a rule."""
    if not institution.rules:
        yield ("rules",), "there is no rule", "Write at least one: how does it decide?"


def names_declared(institution: Institution) -> Iterator[Complaint]:
    """Organs and rules that are named are declared, wherever they are named."""
    for name, issue in institution.issues.items():
        if issue.organ not in institution.organs:
            yield ("issues", name, "organ"), *undeclared("organ", issue.organ, institution.organs)
    if institution.otherwise is not None and institution.otherwise not in institution.issues:
        yield ("otherwise",), *undeclared("issue", institution.otherwise, institution.issues)
    for place, name in named_rules(institution):
        if name not in institution.rules:
            yield place, *undeclared("rule", name, institution.rules)


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
    quorums: list[tuple[Place, Quorum, Iterable[Rule]]] = []
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
        for depth, each in enumerate(quorum.each()):
            here: Place = (*place, *("also",) * depth)
            for to in ("open", "decide"):
                share, strict = _asked(each, to)
                if share > 1 or (share == 1 and strict):
                    more = "more than " if strict else ""
                    what = f"a quorum of {more}{show(share)} can never be reached"
                    yield (*here, to), what, "Write a share such as 3/5."
            if each.of == "weight" and not all(rule.weighs for rule in rules):
                what = "a quorum of weight needs rules with weights"
                yield (*here, "of"), what, "Write of: members, or give every rule of this organ weights."


def consents_possible(institution: Institution) -> Iterator[Complaint]:
    """No more than all need to consent before an instrument or an amendment enters into force."""
    entries: dict[Place, EntryIntoForce | None] = {
        ("instruments", name): each.entry_into_force for name, each in institution.instruments.items()
    }
    if institution.amendment:
        entries[("amendment",)] = institution.amendment.entry_into_force
    for place, entry in entries.items():
        if entry and entry.of_members and entry.of_members > 1:
            what = f"the consent of {show(entry.of_members)} of the members can never be reached"
            yield (*place, "entry_into_force", "of_members"), what, "Write a share such as 2/3."


def _asked(quorum: Quorum, to: Literal["open", "decide"]) -> tuple[Fraction, bool]:
    """The largest share that a quorum ever asked for."""
    asked = quorum.open if to == "open" else quorum.decide
    if not isinstance(asked, Bound):
        return asked or Fraction(0), False
    strict = asked.at_least is None
    return max(stated(asked.more_than if strict else asked.at_least)), strict


def one_quorum_a_rule(institution: Institution) -> Iterator[Complaint]:
    """A rule without a quorum of its own does not serve organs whose quorums differ."""
    for name, rule in institution.rules.items():
        organs = {issue.organ for issue in institution.issues.values() if issue.rule == name}
        quorums = {organ: institution.organs[organ].quorum for organ in sorted(organs) if organ in institution.organs}
        if rule.quorum is None and len({repr(quorum) for quorum in quorums.values()}) > 1:
            what = f"decides in {' and '.join(quorums)}, whose quorums differ"
            yield ("rules", name), what, "Give it a quorum of its own, or write one rule for each organ."


def countable(institution: Institution, faulty: AbstractSet[Place]) -> Iterator[Complaint]:
    """Every sound rule can be applied on the charter's own day, and counted exactly."""
    members = institution.members_on(institution.as_of)
    for name, rule in institution.rules.items():
        if not members or ("rules", name) in faulty or any(place[:1] == ("weights",) for place in faulty):
            continue
        try:
            parts = rule.all_parts(members, on=institution.as_of, quorum=institution.quorum(name))
        except InputError as error:
            yield ("rules", name), error.message[0].lower() + error.message[1:].rstrip("."), error.mend
            continue
        if any(reach(row) > LARGEST for part in parts for row in part.rows):
            what = "its weights are too large, or its shares too fine, to be counted exactly"
            yield ("rules", name), what, "Write weights and shares with fewer digits."
        elif not carried(parts):
            what = f"can never be carried: not even when all {len(members)} members of {institution.as_of} vote yes"
            yield ("rules", name), what, "Ask for no more votes than there are members."


def numbers_possible(institution: Institution) -> Iterator[Complaint]:
    """Caps are shares, and criteria have weight."""
    if institution.balance:
        for cap in ("agenda_cap", "power_cap"):
            value = getattr(institution.balance, cap)
            if value is not None and not 0 < value <= 1:
                yield ("balance", cap), f"a cap of {show(value)} is no share", "Write a share such as 2/5."
    for name, admission in institution.admission.items():
        if admission.criteria and not any(criterion.weight for criterion in admission.criteria.values()):
            yield ("admission", name, "criteria"), "no criterion has any weight", "Give at least one a weight above 0."


def seats_to_fill(institution: Institution, actors: Actors) -> Iterator[Complaint]:
    """There are no more seats than states."""
    for name, admission in institution.admission.items():
        if admission.seats is not None and admission.seats > len(actors.un_members()):
            what = f"{admission.seats} seats are more than there are states"
            yield ("admission", name, "seats"), what, f"Write at most {len(actors.un_members())}."


def shared_weights(institution: Institution) -> Iterator[Complaint]:
    """Weights that several rules share name members, all of them."""
    for name, weights in institution.weights.items():
        yield from ((("weights", name, *path[1:]), what, mend) for path, what, mend in weights.problems(institution))


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
        yield from _fund_possible(institution, name, fund)


def _fund_possible(institution: Institution, name: str, fund: Fund) -> Iterator[Complaint]:
    """What follows a default needs a rule under which shares are owed; votes follow weights that exist."""
    if fund.shortfall == "re_share" and (fund.burden is None or not fund.burden.owed):
        what = "nothing is owed that others could take over"
        yield ("funds", name, "shortfall"), what, "Write a burden rule, or shortfall: shrink."
    if fund.votes and fund.votes.weights not in institution.weights:
        what, mend = undeclared("weight", fund.votes.weights, institution.weights)
        yield ("funds", name, "votes", "weights"), what, mend
    if fund.votes and fund.votes.basic > 1:
        yield ("funds", name, "votes", "basic"), f"a share of {show(fund.votes.basic)} is no share", "Write at most 1."


def _specs_within(value: object, place: Place) -> Iterator[tuple[Place, Spec]]:
    if isinstance(value, Spec):
        yield place, value
    for part, content in _parts(cast("object", value)):
        yield from _specs_within(content, (*place, part))


def _lists_within(value: object, place: Place) -> Iterator[tuple[Place, tuple[Any, ...]]]:
    if isinstance(value, tuple):
        yield place, cast("tuple[Any, ...]", value)
    for part, content in _parts(cast("object", value)):
        yield from _lists_within(content, (*place, part))


def _parts(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, Spec):
        fields = type(value).model_fields
        yield from ((fields[name].alias or name, content) for name, content in value if name in fields)
    elif isinstance(value, Mapping):
        yield from cast("Mapping[str, object]", value).items()
    elif isinstance(value, tuple):
        yield from enumerate(cast("tuple[object, ...]", value))


_Checks = tuple[Callable[[Institution], Iterator[Complaint]], ...]
_ALWAYS: _Checks = (
    members_once,
    periods_in_order,
    some_rule,
    names_declared,
    weights_declared,
    fallbacks_end,
    quorums_reachable,
    consents_possible,
    one_quorum_a_rule,
    numbers_possible,
)
_OF_MEMBERS: _Checks = (turns_of_members, powers_in_their_time, shared_weights, kinds_content)
"""Checks that mean something only where there are members."""
