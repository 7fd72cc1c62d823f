"""Looking things up: one clause, or one member, with what is recorded of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.kernel.canonical import plain
from comity.kernel.errors import UnknownName
from comity.operation.position import Position
from comity.operation.replaying import Replayed
from comity.procedure.arrears import in_arrears, owed


def clause(position: Position, name: str) -> dict[str, Any]:
    """A clause: its terms, how each obligor stands, and the evidence, findings, scores and disputes about it.

    Args:
        position: the register as it stands.
        name: the clause.

    Raises:
        UnknownName: where there is no such clause, with near ones.
    """
    state, docket = position.state, position.docket
    if name not in state.law.clauses:
        raise UnknownName("clause", name, sorted(state.law.clauses))
    held = state.law.clauses[name]
    return plain(
        {
            "clause": name,
            "title": {"en": held.title.en, "zh": held.title.of("zh")} if held.title else None,
            "kind": getattr(held, "kind", ""),
            "obligors": {
                obligor: {
                    "state": duty.state,
                    "since": duty.since,
                    "until": duty.until,
                    "due": duty.due,
                    "value": duty.value,
                    "measured": duty.measured,
                    "history": [[stage, day] for stage, day in duty.history],
                }
                for (of, obligor), duty in sorted(state.duties.items())
                if of == name
            },
            "verifications": {
                obligor: {"finding": finding, "entry": number}
                for (of, obligor), (finding, number) in sorted(docket.verifications.items())
                if of == name
            },
            "scores": [
                {"member": member, "assessor": assessor, "version": version, "score": score, "entry": number}
                for (of, member, assessor), (version, score, number) in sorted(docket.scores.items())
                if of == name
            ],
            "disputes": sorted(dispute for dispute, each in docket.disputes.items() if each.clause == name),
        }
    )


def member(position: Position, code: str) -> dict[str, Any]:
    """A member: its standing, key, duties, arrears, pledges, scores, disputes.

    Args:
        position: the register as it stands.
        code: its code.

    Raises:
        UnknownName: where it neither is nor was a member.
    """
    state, docket = position.state, position.docket
    if code not in state.members and code not in state.standings:
        raise UnknownName("member", code, state.members)
    standing = state.standings.get(code)
    return plain(
        {
            "member": code,
            "is_member": code in state.members,
            "suspended": standing.suspended if standing else None,
            "leaving": standing.leaving if standing else None,
            "key": position.roll.current.get(f"member:{code}"),
            "clauses": {name: duty.state for (name, obligor), duty in sorted(state.duties.items()) if obligor == code},
            "arrears": owed(state, code) if in_arrears(state, code) else None,
            "pledges": {
                name: {
                    part: getattr(each, part) for part in ("fund", "currency", "announced", "confirmed", "paid", "due")
                }
                for name, each in sorted(state.pledges.items())
                if each.by in {code, f"member:{code}"}
            },
            "scores": [
                {"commitment": of, "assessor": assessor, "version": version, "score": score, "entry": number}
                for (of, who, assessor), (version, score, number) in sorted(docket.scores.items())
                if who == code
            ],
            "disputes": sorted(
                name for name, each in docket.disputes.items() if code in {each.complainant, each.respondent}
            ),
        }
    )


def about_clause(each: Replayed, name: str) -> bool:
    """Whether an entry is about a clause: its act names it, or the law ruled on it."""
    return getattr(each.act, "clause", None) == name or any(found.about == name for found in each.step.determinations)


def about_member(each: Replayed, code: str) -> bool:
    """Whether an entry is about a member: it acted, it is named, or the law ruled on it."""
    return code in {each.act.member, *_named(each)}


def _named(each: Replayed) -> Iterator[str]:
    for field in ("obligor", "state", "against", "assessed"):
        yield str(getattr(each.act, field, ""))
    for found in each.step.determinations:
        yield from (str(found.facts.get(field, "")) for field in ("obligor", "member", "state"))
