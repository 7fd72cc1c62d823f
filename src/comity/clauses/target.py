"""Target clause: a measured quantity must reach a value by a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from comity.kernel.quantity import Exact
from comity.model.clause import Clause, Performance
from comity.model.life import Life, ordinary
from comity.model.threshold import given
from comity.model.weights import Complaint

if TYPE_CHECKING:
    from comity.model.institution import Institution


class Target(Clause):
    """The obligors must bring a metric to at least, or at most, a value by a day.

    Source:
        International Energy Program Agreement (1974), Article 2: oil stocks of so many days of net imports.

    Example:
        >>> clause = Target(issue="energy", obligor=["JPN"], metric="oil_stock_days", at_least=90, by="2028-12-31",
        ...                 verified={"by": "secretariat", "every": "6 months"})
        >>> clause.assess(88, datetime.date(2029, 1, 31)), clause.assess(None, datetime.date(2029, 1, 31))
        ('not_performed', 'unknown')
    """

    model_config = ConfigDict(json_schema_extra={"anyOf": [given("at_least"), given("at_most")]})

    LIFE: ClassVar[Life] = ordinary()

    kind: Literal["target"] = "target"
    """The type of clause."""
    metric: str
    """What is measured."""
    at_least: Exact | None = None
    """The least value that performs the clause."""
    at_most: Exact | None = None
    """The largest value that performs the clause."""

    @model_validator(mode="after")
    def _some_target(self) -> Self:
        if self.at_least is None and self.at_most is None:
            context = {"what": "states neither at_least nor at_most", "mend": "Write the value that performs it."}
            raise PydanticCustomError("target", "{what}", context)
        return self

    def assess(self, actual: float | None, on: datetime.date) -> Performance:
        """Whether the target is met; before the due day a target not yet met is not yet due."""
        if actual is None:
            return "unknown"
        met = (self.at_least is None or actual >= self.at_least) and (self.at_most is None or actual <= self.at_most)
        if met:
            return "performed"
        return "not_yet_due" if on < self.by else "not_performed"

    def reached(self, effort: Fraction) -> Fraction:
        """The bound where all is done; as far below or above it as is left undone."""
        if self.at_least is not None:
            return self.at_least * min(effort, Fraction(1))
        return (self.at_most or Fraction(0)) + (self.at_most or Fraction(1)) * (1 - min(effort, Fraction(1)))

    def renewed(self, due: datetime.date | None, value: Fraction | None) -> Self:
        """The clause with another day, and another value in the place of its bound."""
        renewed = super().renewed(due, value)
        bound = "at_most" if self.at_least is None else "at_least"
        return renewed if value is None else renewed.model_copy(update={bound: value})

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """A target that contradicts itself, and what every clause checks."""
        yield from super().problems(institution)
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            yield ("at_least",), "at_least lies above at_most", "Swap them, or strike one."
