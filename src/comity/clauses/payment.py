"""Payment clause: an amount must be paid by a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from comity.kernel.quantity import Money
from comity.model.clause import Clause, Performance
from comity.model.life import Life, ordinary
from comity.model.weights import Complaint, undeclared

if TYPE_CHECKING:
    from comity.model.institution import Institution


class Payment(Clause):
    """The obligors must each pay an amount by a day; what is measured is the amount paid so far.

    Source:
        Charter of the United Nations, Articles 17(2) and 19; Governing Instrument of the Green Climate Fund,
        paragraph 29.

    Example:
        >>> clause = Payment(issue="finance", obligor=["USA"], amount="3 billion USD", to="fund", by="2018-12-31",
        ...                  verified={"by": "secretariat", "every": "12 months"})
        >>> clause.assess(2_000_000_000, datetime.date(2019, 1, 1))
        'not_performed'
    """

    LIFE: ClassVar[Life] = ordinary()

    kind: Literal["payment"] = "payment"
    """The type of clause."""
    amount: Money
    """The amount."""
    to: str
    """The fund that it is paid to."""

    def assess(self, actual: float | None, on: datetime.date) -> Performance:
        """Whether the whole amount was paid."""
        if actual is None:
            return "unknown"
        if actual >= self.amount.amount:
            return "performed"
        return "not_yet_due" if on < self.by else "not_performed"

    def reached(self, effort: Fraction) -> Fraction:
        """The part of the amount that was paid."""
        return self.amount.amount * min(effort, Fraction(1))

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """A fund that is not declared, and what every clause checks."""
        yield from super().problems(institution)
        if self.to not in institution.funds:
            yield ("to",), *undeclared("fund", self.to, institution.funds)
