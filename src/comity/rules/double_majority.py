"""Double majority: a share of heads and a share of weight together."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from comity.model.compiled import YES, Part, Row, share, support
from comity.model.ruling import Requirement
from comity.model.tally import Tally
from comity.model.threshold import Bound, HeadBase, WeightBase
from comity.model.weighing import WeighingRule
from comity.model.weights import Complaint

if TYPE_CHECKING:
    from comity.model.institution import Institution


class Heads(Bound):
    """The share of heads."""

    of: HeadBase
    """What the share is a share of."""


class Mass(Bound):
    """The share of weight."""

    of: WeightBase
    """What the share is a share of."""


class DoubleMajority(WeighingRule):
    """A decision is taken when both a share of the members and a share of the weight support it.

    With ``blocking_minimum`` the share of weight is deemed reached when fewer than that many members withhold their
    yes: a blocking minority needs at least so many.

    Source:
        Treaty on European Union, Article 16(4) (55 % of states, 65 % of people, at least four to block); IMF
        Articles of Agreement, Article XXVIII(a) (three fifths of members, 85 % of the total voting power).

    Example:
        >>> import datetime
        >>> rule = DoubleMajority(heads={"at_least": "2/3", "of": "members"},
        ...     weight={"at_least": "65 %", "of": "total_weight"}, blocking_minimum=2,
        ...     weights={"basis": "population", "values": {"DEU": 83, "FRA": 67, "LUX": 1}})
        >>> rule.decide({"DEU": "no", "FRA": "yes", "LUX": "yes"}, on=datetime.date(2020, 1, 1)).outcome
        'adopted'
    """

    kind: Literal["double_majority"] = "double_majority"
    """The kind of rule."""
    heads: Heads
    """The share of members."""
    weight: Mass
    """The share of weight."""
    blocking_minimum: Annotated[int, Field(ge=1)] | None = None
    """How many members a blocking minority needs at least."""

    def parts(self, members: Sequence[str], on: datetime.date) -> Part:
        """Heads, and weight or too few to block, and that somebody with weight supports it."""
        count = len(members)
        weights = self.weights_of(members, on)
        bound, strict = self.heads.bound(on)
        heads = share([Fraction(1)] * count, bound, strict=strict, of=self.heads.of)
        bound, strict = self.weight.bound(on)
        mass = share(weights, bound, strict=strict, of=self.weight.of)
        if self.blocking_minimum is None:
            return Part((heads, mass, support(weights)), ("and", (0, 1, 2)))
        few = Row({YES: [1] * count}, count - self.blocking_minimum + 1, "threshold")
        return Part((heads, mass, few, support(weights)), ("and", (0, ("or", (1, 2)), 3)))

    def thresholds(self, tally: Tally, on: datetime.date) -> tuple[bool, tuple[Requirement, ...]]:
        """Heads, and weight or too few to block, and that somebody with weight supports it."""
        bound, strict = self.heads.bound(on)
        heads = tally.share(bound, strict=strict, of=self.heads.of)
        bound, strict = self.weight.bound(on)
        mass = tally.share(bound, strict=strict, of=self.weight.of, by_weight=True)
        withheld = tally.base("members") - tally.of("yes")
        few = self.blocking_minimum is not None and withheld < self.blocking_minimum
        some = tally.some_support(by_weight=True)
        mass = replace(mass, waived=few and not mass.held)
        asked = (heads, mass) if some.held else (heads, mass, some)
        return heads.held and (mass.held or few) and some.held, asked

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """Weights for those who are no members, members without weight, shares that cannot be reached."""
        yield from super().problems(institution)
        count = len(institution.members_on(institution.as_of))
        if self.blocking_minimum is not None and self.blocking_minimum > count:
            what = f"{self.blocking_minimum} members can never block: there are {count}"
            yield ("blocking_minimum",), what, "Write fewer, or strike it."
        for name, bound in (("heads", self.heads), ("weight", self.weight)):
            for path, what, mend in bound.excess():
                yield (name, *path), what, mend
