"""A decision rule: how the choices of members become a decision, explained and compiled."""

from __future__ import annotations

import datetime
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, TypeVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from comity.kernel.family import Family, Spec
from comity.kernel.quantity import Exact
from comity.kernel.result import Text

if TYPE_CHECKING:
    from comity.model.institution import Institution
    from comity.solvers.game import Game

Choice = Literal["yes", "no", "abstain", "not_participating", "absent", "objects"]
Seen = Literal["text", "quoted", "recalled"]
Base = Literal["members", "present", "present_and_voting", "votes_cast", "total_weight"]
Outcome = Literal["adopted", "not_adopted", "no_quorum"]
T = TypeVar("T")


class Period(Spec, Generic[T]):
    """A value that held for a time, from its first day up to, and not including, its last."""

    from_: datetime.date | None = Field(default=None, alias="from")
    """First day, or open."""
    until: datetime.date | None = None
    """The first day on which it no longer holds, or open."""
    value: T
    """The value."""

    def holds(self, on: datetime.date) -> bool:
        """Whether it holds on that day."""
        return (self.from_ is None or self.from_ <= on) and (self.until is None or on < self.until)


Dated = T | tuple[Period[T], ...]


def at(value: Any, on: datetime.date) -> Any:
    """The value on a day, of a value that may have changed over time; None where none held.

    Example:
        >>> at((Period[int](until=datetime.date(1965, 8, 31), value=7), Period[int](value=9)), datetime.date(1950, 6, 25))
        7
    """
    if isinstance(value, tuple) and all(isinstance(each, Period) for each in value):  # pyright: ignore[reportUnknownVariableType]
        return next((each.value for each in value if each.holds(on)), None)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return value
