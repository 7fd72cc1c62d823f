"""Reverse majority: an act stands unless a majority is against it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Annotated, Literal

from comity.model.compiled import Part
from comity.model.reversing import unless, unless_reached
from comity.model.rule import RULES, Rule
from comity.model.ruling import Requirement
from comity.model.tally import Tally


class ReverseMajority(Rule):
    """An act stands unless another rule, read against it, carries.

    ``against`` is any rule: a no or an objection counts as its yes, a yes as its no. Where neither side has enough
    ("no opinion") the act stands.

    Source:
        Regulation (EU) No 182/2011, Articles 5 and 6, for definitive duties in trade defence.

    Example:
        >>> rule = ReverseMajority(against={"kind": "majority", "more_than": "1/2", "of": "members"})
        >>> ballots = {"DEU": "no", "FRA": "yes", "ITA": "abstain", "ESP": "no"}
        >>> rule.decide(ballots, on=datetime.date(2024, 10, 4)).outcome
        'adopted'
    """

    kind: Literal["reverse_majority"] = "reverse_majority"
    """The kind of rule."""
    against: Annotated[Rule, RULES]
    """The rule by which the act is rejected."""

    def parts(self, members: Sequence[str], on: datetime.date) -> Part:
        """That the rule does not carry against the act."""
        return unless(self.against, members, on)

    def thresholds(self, tally: Tally, on: datetime.date) -> tuple[bool, tuple[Requirement, ...]]:
        """That the rule does not carry against the act."""
        return unless_reached(self.against, tally.ballots, on)
