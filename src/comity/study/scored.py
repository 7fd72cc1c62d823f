"""Compliance from the scores that were given in a register: the register's record, measured as a table of a user is."""

from __future__ import annotations

from typing import Any

from comity.kernel.canonical import digest, plain
from comity.kernel.errors import InputError
from comity.kernel.result import Result
from comity.library.scores import Scores
from comity.observation.compliance import Compliance
from comity.operation.compliance import scores
from comity.operation.register import Register
from comity.study.ask import inputs


def compliance(register: Register, *, seed: int = 1, **options: Any) -> Result:
    """Compliance by member, issue and year from the scores of a register, with intervals and no ranking of neighbours.

    Args:
        register: the register.
        seed: the seed of random draws.
        **options: ``assessor``, ``draws``, ``confidence`` of :class:`comity.observation.compliance.Compliance`.

    Raises:
        InputError: where no score was given, or several assessors gave some and none is named.
    """
    found = tuple(scores(register))
    if not found:
        raise InputError("No score was given in this register.", mend="score_given records one; docs/register.md.")
    state = register.position().state
    held = Scores(found, digest([plain(each) for each in found]))
    given = inputs(state.law, on=state.on, seed=seed)
    return Compliance.model_validate({"kind": "observation.compliance", **options}).told(given, held)
