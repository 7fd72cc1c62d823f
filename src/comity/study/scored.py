"""Compliance from the scores that were given in a register: the register's record, measured as a table of a user is."""

from __future__ import annotations

from typing import Any

from comity.kernel.canonical import digest, plain
from comity.kernel.errors import InputError
from comity.kernel.result import Result
from comity.library.scores import Scores
from comity.model.score import Score
from comity.observation.compliance import Compliance
from comity.operation.acts import ScoreGiven
from comity.operation.register import Register
from comity.operation.replaying import replayed
from comity.study.ask import inputs


def scores(register: Register) -> tuple[Score, ...]:
    """The judgements of compliance that a register holds, every version, in order.

    A judgement that names no year is of the year in which its period ends, else of that in which it was given.

    Args:
        register: the register.
    """
    return tuple(_score(each.act) for each in replayed(register) if isinstance(each.act, ScoreGiven))


def _score(act: ScoreGiven) -> Score:
    ends = act.until or act.on
    return Score.model_validate(
        {
            "commitment": act.commitment,
            "member": act.assessed,
            "value": act.score,
            "assessor": act.assessor,
            "guideline": act.guideline,
            "version": act.version,
            "supersedes": act.version - 1 if act.version > 1 else None,
            "evidence": act.evidence,
            "since": act.since,
            "until": act.until,
            "given": act.on,
            "year": act.year or ends.year,
            "issue": act.issue or "",
        }
    )


def compliance(register: Register, *, seed: int = 1, **options: Any) -> Result:
    """Compliance by member, issue and year from the scores of a register, with intervals and no ranking of neighbours.

    Args:
        register: the register.
        seed: the seed of random draws.
        **options: ``assessor``, ``draws``, ``confidence`` of :class:`comity.observation.compliance.Compliance`.

    Raises:
        InputError: where no score was given, or several assessors gave some and none is named.
    """
    found = scores(register)
    if not found:
        raise InputError("No score was given in this register.", mend="score_given records one; docs/register.md.")
    state = register.position().state
    held = Scores(found, digest([plain(each) for each in found]))
    given = inputs(state.law, on=state.on, seed=seed)
    return Compliance.model_validate({"kind": "observation.compliance", **options}).told(given, held)
