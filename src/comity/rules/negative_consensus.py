"""Negative consensus: adopted unless everybody present is against it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Literal

from comity.model.compiled import ABSTAIN, NOT_PARTICIPATING, YES, Part, Row, all_of
from comity.model.rule import Rule
from comity.model.ruling import Requirement
from comity.model.tally import Tally


class NegativeConsensus(Rule):
    """A decision is taken unless every member present objects to it: one member that does not object carries it.

    So a panel is established, a report adopted, retaliation authorised at the request of a single member. Where nobody
    is present nothing is decided.

    Source:
        Understanding on the Settlement of Disputes, Articles 6.1, 16.4, 17.14 and 22.6.

    Example:
        >>> rule = NegativeConsensus()
        >>> rule.decide({"ATG": "yes", "USA": "objects", "EU": "objects"}, on=datetime.date(2013, 1, 28)).outcome
        'adopted'
    """

    kind: Literal["negative_consensus"] = "negative_consensus"
    """The kind of rule."""

    def parts(self, members: Sequence[str], on: datetime.date) -> Part:
        """Somebody present who does not object."""
        del on
        return all_of(Row(dict.fromkeys((YES, ABSTAIN, NOT_PARTICIPATING), [1] * len(members)), 1, "threshold"))

    def thresholds(self, tally: Tally, on: datetime.date) -> tuple[bool, tuple[Requirement, ...]]:
        """Somebody present who does not object."""
        del on
        some = tally.some_consent("present")
        return some.held, (some,)
