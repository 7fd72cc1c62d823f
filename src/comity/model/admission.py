"""Admission: which states would be members if capability decided."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from comity.kernel.family import Spec
from comity.kernel.quantity import Exact
from comity.kernel.result import Text
from comity.model.fact import Fact
from comity.model.threshold import given, one_of
from comity.model.weights import Code

Scale = Literal["share_of_world", "min_max", "rank"]
Aggregate = Literal["weighted_sum", "weighted_product", "topsis"]
Deficit = Literal["zero", "negative"]


def _refused(what: str, mend: str) -> PydanticCustomError:
    return PydanticCustomError("admission", "{what}", {"what": what, "mend": mend})


class Criterion(Spec):
    """One capability that counts, and how much."""

    title: Text | None = None
    """Its name for a reader; the indicator's where absent."""
    weight: Exact
    """Its weight; weights are taken in proportion."""
    figure: str
    """The indicator that measures it."""
    deficit: Deficit | None = None
    """How a negative figure counts: as nought, or against the state. Must be declared for a signed figure."""


class Condition(Spec):
    """A figure that a state must reach to be admitted at all."""

    model_config = ConfigDict(json_schema_extra=one_of("at_least", "more_than"))

    title: Text | None = None
    """Its name for a reader; the indicator's where absent."""
    figure: str
    """The indicator that measures it."""
    at_least: Exact | None = None
    """The value that suffices."""
    more_than: Exact | None = None
    """The value that must be passed."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.at_least is None) == (self.more_than is None):
            what = f"states {'neither' if self.at_least is None else 'both'} of at_least and more_than"
            raise _refused(what, "Write one: more_than: 100000000, say.")
        return self


_CRITERIA: dict[str, Any] = {"required": ["criteria"], "properties": {"criteria": {"minProperties": 1}}}
_CONDITIONS: dict[str, Any] = {"required": ["conditions"], "properties": {"conditions": {"minProperties": 1}}}


class Admission(Fact):
    """One way of choosing members: by conditions, by ranking on criteria for a number of seats, or both."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [_CRITERIA, _CONDITIONS], "if": _CRITERIA, "then": given("seats")},
    )

    title: Text | None = None
    """Its name for a reader."""
    seats: Annotated[int, Field(ge=1)] | None = None
    """How many are admitted; all who satisfy the conditions where absent."""
    scale: Scale = "share_of_world"
    """How figures become comparable."""
    aggregate: Aggregate = "weighted_sum"
    """How criteria become one score."""
    gaps: Literal["least", "drop"] = "least"
    """How a state without a figure counts: at the least value of that criterion, or not at all."""
    exclude: tuple[Code, ...] = ()
    """States that cannot be admitted."""
    criteria: dict[str, Criterion] = {}
    """The capabilities that count."""
    conditions: dict[str, Condition] = {}
    """What a state must reach to be admitted at all."""

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.criteria and not self.conditions:
            raise _refused("states neither criteria nor conditions", "Write criteria and seats, or conditions.")
        if self.criteria and self.seats is None:
            raise _refused("ranks by criteria but states no seats", "Write how many are admitted: seats: 5, say.")
        return self
