"""Weighted majority: members vote with weights."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from comity.model.compiled import Part
from comity.model.ruling import Requirement
from comity.model.tally import Tally
from comity.model.threshold import WeightBase
from comity.model.voting import VotedRule
from comity.model.weighing import WeighingRule
from comity.model.weights import Complaint

if TYPE_CHECKING:
    from comity.model.institution import Institution


class Weighted(WeighingRule, VotedRule):
    """A decision is taken when the weight of the yes votes reaches a share of a base of weight.

    Source:
        IMF Articles of Agreement, Article XII, section 5 (votes), and the special majorities of Articles III and XXVI.

    Example:
        >>> import datetime
        >>> rule = Weighted(at_least="2/3", of="total_weight",
        ...                 weights={"basis": "assumption", "values": {"USA": 30, "CHN": 28, "JPN": 16, "IND": 26}})
        >>> rule.decide({"USA": "yes", "CHN": "no", "JPN": "yes", "IND": "yes"}, on=datetime.date(2026, 2, 6)).outcome
        'adopted'
    """

    kind: Literal["weighted"] = "weighted"
    """The kind of rule."""
    of: WeightBase
    """What the share is a share of."""

    def parts(self, members: Sequence[str], on: datetime.date) -> Part:
        """The share of the weight, and that somebody with weight supports it."""
        return self.share_parts(self.weights_of(members, on), members, self.of, on)

    def thresholds(self, tally: Tally, on: datetime.date) -> tuple[bool, tuple[Requirement, ...]]:
        """The share of the weight, and that somebody with weight supports it."""
        return self.share_reached(tally, self.of, on, by_weight=True)

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """Weights for those who are no members, members without weight, a share that cannot be reached."""
        yield from super().problems(institution)
        yield from self.excess()
        yield from self.tie_problems(self.of, institution)
