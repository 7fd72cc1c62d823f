"""Judgements on record as scores, with all their versions, so that compliance can be measured from a register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from comity.kernel.errors import InputError
from comity.model.compliance import Measured, measure
from comity.model.score import Score, Value, current
from comity.operation.acts import EvidenceSubmitted, ScoreGiven
from comity.operation.entry import entry
from comity.operation.position import read
from comity.operation.register import Register

MARKS = (b'"score_given"', b'"evidence_submitted"')
"""What the content of an entry holds that is read here."""


def scores(register: Register) -> list[Score]:
    """Every version of every judgement, in the order in which they were recorded.

    Evidence is named by its digest where it was laid before the register, so that it can be looked up anywhere.

    Args:
        register: the register.
    """
    found, digests = list[Score](), dict[str, str]()
    with register.store.reading() as view:
        for _, _, content in view.rows():
            if not any(mark in content for mark in MARKS):
                continue
            made = read(entry(content).signed.statement.event)
            if isinstance(made, EvidenceSubmitted):
                digests[made.evidence] = made.digest
            elif isinstance(made, ScoreGiven):
                found.append(score(made, digests))
    return found


def score(made: ScoreGiven, digests: dict[str, str]) -> Score:
    """One judgement as a score.

    Args:
        made: the act.
        digests: the digest of each piece of evidence by its name.

    Example:
        >>> given = {"on": "2026-03-01", "commitment": "c", "assessed": "JPN", "score": 1, "assessor": "a"}
        >>> score(ScoreGiven(guideline="2024", version=2, **given), {}).supersedes
        1
    """
    return Score(
        commitment=made.commitment,
        member=made.assessed,
        value=cast("Value", made.score),
        assessor=made.assessor,
        coder=made.coder,
        guideline=made.guideline,
        version=made.version,
        supersedes=made.version - 1 or None,
        round=made.round,
        evidence=tuple(digests.get(name, name) for name in made.evidence),
        since=made.since,
        until=made.until,
        given=made.on,
        year=made.summit,
        issue=made.issue or "",
    )


def by_guideline(found: Iterable[Score], assessor: str | None = None, **options: int) -> dict[str, Measured]:
    """Compliance and the agreement of coders under each guideline: judgements by different ones are not mixed.

    A judgement belongs to the guideline of its newest version, and takes its earlier versions with it.

    Args:
        found: the scores.
        assessor: whose; needed where there are several.
        options: ``draws`` and ``seed``, as :func:`comity.model.compliance.measure` takes them.

    Raises:
        InputError: where there are no scores, or several assessors under one guideline and none is named.
    """
    mine = [each for each in found if assessor is None or each.assessor == assessor]
    if not mine:
        raise InputError(f"There are no scores of {assessor}." if assessor else "There are no scores.")
    latest = {each.key: each.guideline for each in current(mine)}
    parts = dict[str, list[Score]]()
    for each in mine:
        parts.setdefault(latest[each.key], []).append(each)
    return {guideline: _measured(held, assessor, options) for guideline, held in sorted(parts.items())}


def _measured(held: Sequence[Score], assessor: str | None, options: dict[str, int]) -> Measured:
    return measure(held, assessor, draws=options.get("draws", 2000), seed=options.get("seed", 1))
