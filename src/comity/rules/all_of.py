"""All of several rules together: double and triple conditions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from comity.model.compiled import Part, joined
from comity.model.rule import RULES, Rule
from comity.model.ruling import Requirement
from comity.model.tally import Tally


class AllOf(Rule):
    """A decision is taken when every one of several rules carries.

    Each may count another class of members, another base, heads or weight: four of five founders with two thirds of
    the shares, or both halves of a body of two groups.

    Source:
        Agreement on the New Development Bank, Article 6(b) (special majority); Montreal Protocol, Article 2(9)(c).

    Example:
        >>> rule = AllOf(rules=[
        ...     {"kind": "majority", "at_least": "4/5", "of": "members", "among": ["BRA", "RUS", "IND", "CHN", "ZAF"]},
        ...     {"kind": "majority", "at_least": "2/3", "of": "members"}])
        >>> ballots = {"BRA": "yes", "RUS": "yes", "IND": "yes", "CHN": "no", "ZAF": "no", "EGY": "yes", "ARE": "yes"}
        >>> [str(each.missing) for each in rule.decide(ballots, on=datetime.date(2026, 1, 1)).requirements]
        ['1', '0']
    """

    kind: Literal["all_of"] = "all_of"
    """The kind of rule."""
    rules: Annotated[tuple[Annotated[Rule, RULES], ...], Field(min_length=1)]
    """The rules that must carry."""

    def parts(self, members: Sequence[str], on: datetime.date) -> Part:
        """The conditions of every rule."""
        return joined([joined(rule.conditions(members, on)) for rule in self.rules])

    def thresholds(self, tally: Tally, on: datetime.date) -> tuple[bool, tuple[Requirement, ...]]:
        """Whether every rule carries."""
        found = [rule.carries(tally.ballots, on) for rule in self.rules]
        return all(carried for carried, _ in found), tuple(each for _, asked in found for each in asked)
