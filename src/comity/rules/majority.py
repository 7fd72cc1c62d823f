"""Majority by heads: each member has one vote."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from comity.model.compiled import Part, all_of, share, support
from comity.model.rule import Rule
from comity.model.ruling import Requirement
from comity.model.tally import Tally
from comity.model.threshold import Bound, HeadBase
from comity.model.weights import Complaint

if TYPE_CHECKING:
    from comity.model.institution import Institution


class Majority(Rule, Bound):
    """A decision is taken when the yes votes reach a share of a base, each member having one vote.

    Of ``members`` the absent and abstaining weigh like a "no"; of those ``present_and_voting`` (or of ``votes_cast``)
    they do not count; of those ``present`` abstainers weigh like a "no" and the absent do not count.

    Source:
        UN Charter, Articles 18 and 27; Rules of Procedure of the General Assembly (A/520), rules 82-86.

    Example:
        >>> import datetime
        >>> rule = Majority(at_least="2/3", of="present_and_voting")
        >>> ballots = {"A": "yes", "B": "yes", "C": "no", "D": "abstain"}
        >>> rule.decide(ballots, on=datetime.date(2022, 4, 7)).outcome
        'adopted'
    """

    kind: Literal["majority"] = "majority"
    """The kind of rule."""
    of: HeadBase
    """What the share is a share of."""

    def parts(self, members: Sequence[str], on: datetime.date) -> Part:
        """The share of the base, and that somebody supports it."""
        bound, strict = self.bound(on)
        weights = self.weights_of(members, on)
        return all_of(share(weights, bound, strict=strict, of=self.of), support(weights))

    def thresholds(self, tally: Tally, on: datetime.date) -> tuple[bool, tuple[Requirement, ...]]:
        """The share of the base, and that somebody supports it."""
        bound, strict = self.bound(on)
        asked = tally.share(bound, strict=strict, of=self.of)
        some = tally.some_support()
        return asked.held and some.held, (asked,) if some.held else (asked, some)

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """A share that cannot be reached, and what every rule checks."""
        yield from super().problems(institution)
        yield from self.excess()
