"""Report clause: something must be submitted by a day."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from comity.model.clause import Clause, Performance
from comity.model.life import Life, Transition, ordinary


class Report(Clause):
    """The obligors must submit a report by a day; a late report still cures, and there is no value to renegotiate.

    Source:
        Paris Agreement, Article 13(7); Human Rights Council resolution 5/1, annex, paragraph 15(a).

    Example:
        >>> clause = Report(issue="review", obligor=["USA"], by="2025-08-04",
        ...                 verified={"by": "secretariat", "every": "6 months"})
        >>> clause.assess(1, datetime.date(2025, 8, 1)), clause.assess(None, datetime.date(2025, 9, 1))
        ('performed', 'unknown')
    """

    LIFE: ClassVar[Life] = {**ordinary(), ("breached", "lapsed"): Transition("breached", "within")}

    kind: Literal["report"] = "report"
    """The type of clause."""
    on_what: str = ""
    """What is reported on."""

    def assess(self, actual: float | None, on: datetime.date) -> Performance:
        """Whether it was submitted: 1 for yes, 0 for no."""
        if actual is None:
            return "unknown"
        if actual > 0:
            return "performed"
        return "not_yet_due" if on < self.by else "not_performed"
