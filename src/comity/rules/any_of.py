"""Any of several rules: alternatives."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from comity.model.compiled import Part, joined
from comity.model.rule import RULES, Rule
from comity.model.ruling import Requirement
from comity.model.tally import Tally


class AnyOf(Rule):
    """A decision is taken when at least one of several rules carries.

    Source:
        MARPOL, Article 16(2)(f)(iii): one third of the Parties, or those with half of the world's tonnage.

    Example:
        >>> rule = AnyOf(rules=[
        ...     {"kind": "majority", "at_least": "1/3", "of": "members"},
        ...     {"kind": "weighted", "at_least": "1/2", "of": "total_weight",
        ...      "weights": {"basis": "assumption", "values": {"PAN": 60, "FRA": 20, "ITA": 10, "POL": 10}}}])
        >>> ballots = {"PAN": "yes", "FRA": "no", "ITA": "no", "POL": "absent"}
        >>> rule.decide(ballots, on=datetime.date(2026, 1, 1)).outcome
        'adopted'
    """

    kind: Literal["any_of"] = "any_of"
    """The kind of rule."""
    rules: Annotated[tuple[Annotated[Rule, RULES], ...], Field(min_length=1)]
    """The rules of which one must carry."""

    def parts(self, members: Sequence[str], on: datetime.date) -> Part:
        """The conditions of any rule."""
        return joined([joined(rule.conditions(members, on)) for rule in self.rules], "or")

    def thresholds(self, tally: Tally, on: datetime.date) -> tuple[bool, tuple[Requirement, ...]]:
        """Whether a rule carries; where one does, the decision does not wait for the others."""
        found = [rule.carries(tally.ballots, on) for rule in self.rules]
        reached = any(carried for carried, _ in found)
        asked = (each for _, asked in found for each in asked)
        return reached, tuple(replace(each, waived=each.waived or (reached and not each.held)) for each in asked)
