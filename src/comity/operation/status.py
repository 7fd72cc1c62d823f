"""Where an institution stands: members, questions, clauses, money, disputes, and what falls due by a day."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

from comity.kernel.canonical import plain
from comity.operation.position import Position
from comity.procedure import Determination, advance
from comity.procedure.arrears import in_arrears, owed


def status(position: Position) -> dict[str, Any]:
    """The register in short: what is open, what is in force, who owes, who can sign.

    Args:
        position: the register as it stands.
    """
    state, roll, docket = position.state, position.roll, position.docket
    return plain(
        {
            "register": roll.register,
            "entries": position.size,
            "recorded": position.recorded.isoformat(timespec="milliseconds"),
            "on": state.on,
            "charter": state.law.digest,
            "members": list(state.members),
            "suspended": sorted(code for code, each in state.standings.items() if each.suspended is not None),
            "leaving": {code: each.leaving for code, each in sorted(state.standings.items()) if each.leaving},
            "sitting": dict(sorted(state.sitting.items())),
            "open_questions": sorted(state.unsettled),
            "questions": dict(sorted(Counter(each.status for each in state.questions.values()).items())),
            "clauses": {
                clause: dict(
                    sorted((member, duty.state) for (name, member), duty in state.duties.items() if name == clause)
                )
                for clause in sorted({name for name, _ in state.duties})
            },
            "arrears": {member: owed(state, member) for member in sorted(state.dues) if in_arrears(state, member)},
            "disputes": {name: each.steps[-1][0] for name, each in sorted(docket.disputes.items())},
            "evidence": len(docket.evidence),
            "scores": len(docket.scores),
            "corrected": sorted(docket.corrections),
            "flagged": dict(sorted(Counter(what for kinds in position.flagged.values() for what in kinds).items())),
            "keys": dict(sorted(roll.current.items())),
        }
    )


def due(position: Position, on: datetime.date) -> list[Determination]:
    """What lapses, takes effect or falls due by itself until a day, if nothing else happens.

    Args:
        position: the register as it stands.
        on: the day.

    Raises:
        InputError: for a day before the one that has been reached.
    """
    return list(advance(position.state, on).determinations)
