"""One vote: how an institution decides on given choices, what was missing, and who could have changed or stopped it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, cast, get_args

from comity.kernel.errors import InputError, UnknownName
from comity.kernel.result import LANGUAGES, Provenance, Result
from comity.library.actors import actors
from comity.model.institution import Institution
from comity.model.parts import Constituency
from comity.model.ruling import Choice, Ground
from comity.study.vote_tables import tables
from comity.study.vote_words import Counted, caveats, sentences, title

CHOICES: tuple[Choice, ...] = get_args(Choice)


def vote(  # noqa: PLR0913 - one argument for each choice
    institution: Institution,
    matter: str | None = None,
    *,
    rule: str | None = None,
    yes: Sequence[str] = (),
    no: Sequence[str] = (),
    abstain: Sequence[str] = (),
    absent: Sequence[str] = (),
    not_participating: Sequence[str] = (),
    objects: Sequence[str] = (),
    others: str = "yes",
    excluded: Mapping[str, str] | None = None,
    reading: str | None = None,
    on: datetime.date | None = None,
) -> Result:
    """How an institution decides on these choices: verdict, what was missing, who could flip it, who can block.

    Args:
        institution: the institution.
        matter: what is decided, by its name in the charter; the first one where neither it nor a rule is named.
        rule: the rule that decides, in place of the matter.
        yes: members that vote yes, by code or in any spelling that the table of states knows.
        no: members that vote no.
        abstain: members that abstain.
        absent: members that are absent.
        not_participating: members that are present and take no part.
        objects: members that formally object.
        others: what the members not named choose.
        excluded: members with the ground on which they have no vote (``{"RUS": "party_to_dispute"}``).
        reading: the reading of the rule; where it is not named and the readings disagree, ``adopted`` is None.
        on: the day at which membership and rule are read; where absent the charter's own, or the last day before it
            on which all those named were members.

    Raises:
        UnknownName: for a matter, rule, reading or choice that is not there.
        InputError: for names of no member, members named twice, and days on which the rule cannot be applied.

    Example:
        >>> import comity as co
        >>> ruling = co.vote(co.load("unsc"), "substantive", no=["Russia"], abstain=["CHN"])
        >>> ruling.values["adopted"], ruling.values["vetoed"], ruling.values["by"]
        (False, True, ['RUS'])
    """
    if not isinstance(institution, Institution):
        raise InputError(f"{institution!r} is no institution.", mend="Load it first: comity.load('unsc').")
    chosen, what = _rule(institution, matter, rule)
    listed = (_several(each) for each in (yes, no, abstain, not_participating, absent, objects))
    named = dict(zip(CHOICES, listed, strict=True))
    day = on or _day(institution, [*(name for names in named.values() for name in names), *(excluded or {})])
    ballots = _ballots(institution, day, named, others)
    lost = _excluded(institution, day, excluded or {})
    ruling = institution.decide(chosen, ballots, on=day, reading=reading, excluded=lost)
    unused: dict[str, Ground] = {member: ground for member, ground in lost.items() if member not in ruling.excluded}
    taken = matter is None and rule is None and what is not None
    counted = Counted(institution, chosen, what, day, ruling, ballots, reading, dated=on is not None, taken=taken)
    return Result(
        kind="vote",
        title=title(counted),
        values=_values(counted),
        tables=tables(counted),
        findings=sentences(counted),
        caveats=caveats(counted, unused),
        provenance=Provenance(
            charters={institution.name: institution.digest},
            options={"matter": what, "rule": chosen, "reading": reading},
            on=day.isoformat(),
        ),
    )


def _rule(institution: Institution, matter: str | None, rule: str | None) -> tuple[str, str | None]:
    """The rule that decides, and the matter where one is named or taken.

    Raises:
        InputError: where both are named, or the charter has neither.
    """
    if matter is not None and rule is not None:
        raise InputError("Both a matter and a rule are named.", mend="A matter has its rule: name one of them.")
    if rule is not None:
        institution.rule(rule)
        return rule, None
    taken = matter if matter is not None else next(iter(institution.issues), None)
    if taken is not None:
        return institution.rule_of(taken), taken
    return next(iter(institution.rules)), None


def _ballots(
    institution: Institution, on: datetime.date, named: Mapping[Choice, Sequence[str]], others: str
) -> dict[str, Choice]:
    """One choice for every member of the day.

    Raises:
        UnknownName: for a choice that there is not.
        InputError: for those who are no members, and members named twice.
    """
    rest = others.replace("-", "_")
    if rest not in CHOICES:
        raise UnknownName("choice", others, list(CHOICES))
    members = institution.members_on(on)
    cast_: dict[str, Choice] = {}
    for choice, names in named.items():
        for name in names:
            member = member_named(institution, name, members, on)
            if member in cast_:
                twice = f"{cast_[member]} and {choice}" if cast_[member] != choice else f"{choice}, twice"
                raise InputError(f"{name} ({member}) is named twice: {twice}.", mend="A member has one choice.")
            cast_[member] = choice
    return {member: cast_.get(member, rest) for member in members}


def member_named(institution: Institution, name: str, members: Sequence[str], on: datetime.date) -> str:
    """The member that a code or spelling means.

    Raises:
        AmbiguousName: where the table of states knows several.
        InputError: where it knows none, or the state is no member on the day.
    """
    code = _code(institution, name)
    if code in members:
        return code
    seats = (each for each in institution.members if isinstance(each, Constituency) and code in each.states)
    seat = next((each.constituency for each in seats if each.constituency in members), None)
    before = actors()[code].continues if code in actors() else ""
    mend = f"Its members: {', '.join(members)}." if len(members) <= 24 else f"It has {len(members)} members."
    mend = f"Its seat was held by {before}." if before in members else mend
    mend = f"It acts through {seat}: name that." if seat else mend
    raise InputError(f"{name} ({code}) is not a member of {institution.name or 'it'} on {on}.", mend=mend)


def _code(institution: Institution, name: str) -> str:
    """The code that is meant: of a member by its own code or title, else of the table of states."""
    ever = institution.ever_members()
    titles = {
        title.of(lang).casefold(): each
        for each in ever
        if (title := institution.member_title(each))
        for lang in LANGUAGES
    }
    own = next((each for each in (name, name.upper()) if each in ever), None) or titles.get(name.strip().casefold())
    return own or actors().find(name).code


def _day(institution: Institution, names: Sequence[str]) -> datetime.date:
    """The charter's own day, or the last one before it on which all those named were members."""
    wanted, own = {_code(institution, name) for name in names}, institution.as_of
    periods = (each.until for each in institution.members if not isinstance(each, str))
    last = {until - datetime.timedelta(1) for until in periods if until and until <= own}
    for day in (own, *sorted(last, reverse=True)):
        try:
            if wanted <= set(institution.members_on(day)):
                return day
        except InputError:  # a day for which the charter does not know all members
            continue
    return own


def _several(names: Sequence[str]) -> Sequence[str]:
    return [names] if isinstance(names, str) else names


def _excluded(institution: Institution, on: datetime.date, given: Mapping[str, str]) -> dict[str, Ground]:
    members, grounds = institution.members_on(on), get_args(Ground)
    lost: dict[str, Ground] = {}
    for name, ground in given.items():
        if ground.replace("-", "_") not in grounds:
            raise UnknownName("ground", ground, list(grounds))
        member = member_named(institution, name, members, on)
        if member in lost:
            raise InputError(f"{name} ({member}) is excluded twice.", mend="Name one ground.")
        lost[member] = cast("Ground", ground.replace("-", "_"))
    return lost


def _values(counted: Counted) -> dict[str, Any]:
    ruling = counted.ruling
    told = ruling.as_json()
    counts = {choice: ruling.counts.get(choice, 0) for choice in CHOICES}
    own: dict[str, Any] = {
        "institution": counted.institution.name,
        "matter": counted.matter,
        "rule": counted.rule,
        "on": counted.on,
        "adopted": counted.adopted,
        "vetoed": bool(ruling.vetoed_by),
        "by": list(ruling.vetoed_by),
        "reading": counted.reading,
        "counts": counts,
        "block_with": counted.block_with,
        "ballots": dict(counted.ballots),
    }
    kept = ("outcome", "article", "requirements", "missing", "contested", "readings", "flips", "blockers")
    more = ("not_bound", "remedy", "electorate", "excluded")
    return own | {name: told[name] for name in (*kept, *more)}
