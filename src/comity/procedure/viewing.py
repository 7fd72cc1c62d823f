"""What a seat may know of an institution, as plain values that JSON can hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.kernel.canonical import plain
from comity.procedure.arrears import in_arrears, owed
from comity.procedure.money import ladder
from comity.procedure.powers import Power, powers
from comity.procedure.state import Pledge, Question, State, Treaty


def view(state: State, seat: str = "control") -> dict[str, Any]:
    """The institution as a seat sees it: what is public, and of open ballots only its own.

    Args:
        state: the institution as it stands.
        seat: who looks; ``control`` and ``secretariat`` see every ballot.

    Example:
        >>> import comity
        >>> view(comity.start(comity.load("g5")))["clauses"]["oil_stocks"]["JPN"]["state"]
        'in_force'
    """
    return plain(
        {
            "on": state.on,
            "events": state.number,
            "charter": state.law.digest,
            "members": list(state.members),
            "suspended": [code for code, each in sorted(state.standings.items()) if each.suspended is not None],
            "leaving": {
                code: each.leaving for code, each in sorted(state.standings.items()) if each.leaving is not None
            },
            "sessions": {
                name: {
                    "organ": session.organ,
                    "open": session.open,
                    "attendance": dict(sorted(session.attendance.items())),
                    "level": dict(sorted(session.level.items())),
                    "agenda": [item for item, _ in session.agenda],
                }
                for name, session in sorted(state.sessions.items())
            },
            "questions": {name: _question(each, seat) for name, each in sorted(state.questions.items())},
            "instruments": {name: _treaty(state, each) for name, each in sorted(state.treaties.items())},
            "clauses": _clauses(state),
            "powers": [_power(each) for each in powers(state)],
            "pledges": {
                name: {**_record(each), "rung": ladder(each, state)} for name, each in sorted(state.pledges.items())
            },
            "contributions": {
                member: {"owed": owed(state, member), "arrears": in_arrears(state, member)}
                for member in sorted(state.dues)
            },
            "reviews": {
                name: {
                    "state": each.state,
                    "status": each.status,
                    "outcome": "unknown" if each.status in {"scheduled", "rescheduled"} else each.status,
                    "session": each.session,
                    "reports": list(each.reports),
                    "non_cooperation": each.non_cooperation,
                    "recommendations": {
                        label: dict(zip(("by", "answer", "status"), said, strict=True))
                        for label, said in sorted(each.recommendations.items())
                    },
                }
                for name, each in sorted(state.reviews.items())
            },
        }
    )


def _question(question: Question, seat: str) -> dict[str, Any]:
    member = seat.partition(":")[2]
    secret = not question.settled and seat not in {"control", "secretariat"}
    ballots = {code: choice for code, choice in sorted(question.ballots.items()) if not secret or code == member}
    return {
        "sort": question.sort,
        "matter": question.matter,
        "rule": question.rule,
        "status": question.status,
        "contested": question.contested,
        "sponsors": list(question.sponsors),
        "paragraphs": len(question.paragraphs),
        "ballots": ballots,
        "statements": [list(each) for each in question.statements],
        "due": question.at or question.due,
    }


def _treaty(state: State, treaty: Treaty) -> dict[str, Any]:
    return {
        "in_force": treaty.in_force if treaty.in_force and treaty.in_force <= state.on else None,
        "enters": treaty.in_force,
        "states": {code: tie.standing(state.on) for code, tie in sorted(treaty.ties.items())},
        "leaving": {code: tie.leaving for code, tie in sorted(treaty.ties.items()) if tie.leaving is not None},
    }


def _clauses(state: State) -> Mapping[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for (clause, obligor), duty in sorted(state.duties.items()):
        binding = clause in state.law.clauses and state.law.clauses[clause].force == "binding"
        word = duty.state if binding or duty.state != "breached" else "not_delivered"
        found.setdefault(clause, {})[obligor] = {
            "state": word,
            "since": duty.since,
            "until": duty.until,
            "measured": duty.measured,
        }
    return found


def _power(power: Power) -> dict[str, Any]:
    return {name: getattr(power, name) for name in ("holder", "act", "clause", "obligor", "until")}


def _record(value: Pledge) -> dict[str, Any]:
    return {name: getattr(value, name) for name in vars(value)}


def cite(state: State, text: str, paragraph: int) -> str:
    """One paragraph of an adopted text, as it is cited.

    Raises:
        KeyError: where no such text was adopted, or it has no such paragraph.
    """
    question = state.questions[text]
    if question.status != "adopted" or not 1 <= paragraph <= len(question.paragraphs):
        raise KeyError(f"{text} has no paragraph {paragraph} that was adopted.")
    words = question.paragraphs[paragraph - 1]
    return f"{text}, paragraph {paragraph}" + (f": {words}" if words else "")
