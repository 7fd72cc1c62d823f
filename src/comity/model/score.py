"""Scores: judgements of how far a member kept a commitment, versioned, by whom and on what grounds (convention 11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from pydantic import Field

from comity.kernel.family import Spec
from comity.kernel.quantity import Day
from comity.kernel.result import Text
from comity.model.weights import Code

Value = Literal[-1, 0, 1]
"""No compliance or the opposite of it; partial compliance or work in progress; full compliance or nearly so."""
VALUES: dict[int, Text] = {
    -1: Text("not complied with", "未履行"),
    0: Text("partly, or in progress", "部分履行或进行中"),
    1: Text("complied with", "已履行"),
}
"""What the three values of the G7 and G20 Research Groups mean."""
Key = tuple[str, str, str, str]


class Score(Spec):
    """One judgement: how far one member kept one commitment, as one assessor, or one of its coders, saw it.

    A later version replaces an earlier one of the same judgement and never removes it. Where ``coder`` is empty the
    score is the assessor's own, agreed one; with a coder it is one of several independent readings.

    Example:
        >>> score = Score(commitment="bali-47", member="JPN", value=1, assessor="g20rg", year=2022, issue="climate")
        >>> score.version, score.percent
        (1, 100)
    """

    commitment: Annotated[str, Field(min_length=1)]
    """The commitment that is judged."""
    member: Code
    """Whose conduct is judged."""
    value: Value
    """-1, 0 or +1."""
    assessor: Annotated[str, Field(min_length=1)]
    """Who answers for the judgement."""
    coder: str = ""
    """Which of the assessor's coders read the evidence; empty for the agreed score."""
    guideline: str = ""
    """By which guideline it was judged."""
    version: Annotated[int, Field(ge=1)] = 1
    """Which version of this judgement it is."""
    supersedes: int | None = None
    """The version it replaces; none for the first."""
    round: str = ""
    """What the assessor calls this round: interim, final."""
    evidence: tuple[str, ...] = ()
    """The digests or addresses of the evidence."""
    since: Day | None = None
    """The first day of the conduct that is judged."""
    until: Day | None = None
    """The last day of it."""
    given: Day | None = None
    """The day on which the judgement was given."""
    year: int
    """The year of the summit that made the commitment."""
    issue: str = ""
    """The issue the commitment belongs to."""

    @property
    def key(self) -> Key:
        """Which judgement it is a version of: commitment, member, assessor and coder."""
        return self.commitment, self.member, self.assessor, self.coder

    @property
    def percent(self) -> int:
        """The score as a percentage of full compliance: (value + 1) / 2."""
        return (self.value + 1) * 50


def current(scores: Iterable[Score]) -> list[Score]:
    """The latest version of each judgement, in the order in which the judgements were first given.

    Example:
        >>> first = Score(commitment="c", member="JPN", value=0, assessor="a", year=2022)
        >>> second = first.model_copy(update={"version": 2, "supersedes": 1, "value": 1})
        >>> [score.value for score in current([second, first])]
        [1]
    """
    latest: dict[Key, Score] = {}
    for score in scores:
        held = latest.get(score.key)
        if held is None or score.version > held.version:
            latest[score.key] = score
    return list(latest.values())


def histories(scores: Iterable[Score]) -> dict[Key, list[Score]]:
    """Every judgement with all its versions, the first version first."""
    found: dict[Key, list[Score]] = {}
    for score in sorted(scores, key=lambda each: each.version):
        found.setdefault(score.key, []).append(score)
    return found


def flaws(scores: Sequence[Score]) -> list[tuple[int, str, str, str]]:
    """What is wrong with a set of scores taken together.

    Returns:
        For each flaw the place of the score in the sequence, the field, what is wrong, and how to mend it.
    """
    found: list[tuple[int, str, str, str]] = []
    places: dict[tuple[Key, int], int] = {}
    belongs: dict[str, tuple[int, str]] = {}
    for place, score in enumerate(scores):
        if (score.key, score.version) in places:
            what = f"version {score.version} of the score of {score.member} on {score.commitment} stands twice"
            found.append((place, "version", what, "Give the later judgement the next version."))
        places.setdefault((score.key, score.version), place)
        if belongs.setdefault(score.commitment, (score.year, score.issue)) != (score.year, score.issue):
            what = f"{score.commitment} stands with another year or issue before"
            found.append((place, "commitment", what, "A commitment has one year and one issue."))
        if score.since is not None and score.until is not None and score.until < score.since:
            found.append((place, "until", f"the period ends on {score.until}, before it begins", "Swap the days."))
    for place, score in enumerate(scores):
        before = score.version - 1 if score.supersedes is None else score.supersedes
        if score.supersedes is not None and score.supersedes >= score.version:
            what = f"version {score.version} cannot replace version {score.supersedes}"
            found.append((place, "supersedes", what, "Name an earlier version."))
        elif before and (score.key, before) not in places:
            what = f"version {before}, which version {score.version} replaces, is missing"
            found.append((place, "supersedes", what, "Keep every version: history is not removed."))
    return [*found, *_alone(scores)]


def _alone(scores: Sequence[Score]) -> list[tuple[int, str, str, str]]:
    """Assessors whose scores name one coder only: no agreement can be said of one."""
    coders: dict[str, dict[str, int]] = {}
    for place, score in enumerate(scores):
        if score.coder:
            coders.setdefault(score.assessor, {}).setdefault(score.coder, place)
    return [
        (place, "coder", f"{coder} is the only coder of {assessor}; a second is missing",
         "Add the second coder's scores, or leave the coder empty for agreed ones.")
        for assessor, named in coders.items() if len(named) == 1 for coder, place in named.items()
    ]  # fmt: skip
