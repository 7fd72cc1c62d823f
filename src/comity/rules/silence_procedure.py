"""Silence procedure: what nobody objects to in time is agreed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from comity.kernel.quantity import Duration
from comity.model.compiled import AGAINST, Part, Row, all_of
from comity.model.reversing import unless, unless_reached
from comity.model.rule import RULES, Rule
from comity.model.ruling import Requirement
from comity.model.tally import Tally


class SilenceProcedure(Rule):
    """A decision is taken when nobody breaks the silence within a time; those who say nothing consent.

    One objection breaks it, or as many as ``breaks`` asks for: a rule read with objections as its yes. No meeting is
    held, so that no quorum of an organ is asked for.

    Source:
        MARPOL, Article 16(2)(f)(iii) and (g)(ii) (tacit acceptance); General Assembly decision 74/544 of 27 March 2020.

    Example:
        >>> rule = SilenceProcedure(within="72 hours")
        >>> rule.decide({"FRA": "yes", "DEU": "absent", "ITA": "absent"}, on=datetime.date(2020, 4, 2)).outcome
        'adopted'
        >>> rule.decide({"FRA": "yes", "DEU": "absent", "ITA": "objects"}, on=datetime.date(2020, 4, 2)).flips
        ('ITA',)
    """

    ASKS_PRESENCE: ClassVar[bool] = False

    kind: Literal["silence_procedure"] = "silence_procedure"
    """The kind of rule."""
    within: Duration
    """The time within which silence can be broken."""
    breaks: Annotated[Rule, RULES] | None = None
    """The rule by which objections break it; one objection where absent."""

    def parts(self, members: Sequence[str], on: datetime.date) -> Part:
        """No objection, or too few to break the silence."""
        if self.breaks is None:
            return all_of(Row(dict.fromkeys(AGAINST, [-1] * len(members)), 0, "threshold"))
        return unless(self.breaks, members, on)

    def thresholds(self, tally: Tally, on: datetime.date) -> tuple[bool, tuple[Requirement, ...]]:
        """No objection, or too few to break the silence."""
        if self.breaks is not None:
            return unless_reached(self.breaks, tally.ballots, on)
        base = tally.base("members")
        asked = Requirement("threshold", "members", base, base - tally.of("no", "objects"), base)
        return asked.held, (asked,)
