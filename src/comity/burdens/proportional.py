"""Proportional burden: shares follow a figure, between a floor and a ceiling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from comity.kernel.quantity import Exact, show
from comity.model.burden import Burden
from comity.model.weights import Complaint

if TYPE_CHECKING:
    from comity.model.institution import Institution


class Proportional(Burden):
    """Each member bears a share in proportion to a figure, not below the floor and not above the ceiling.

    What floors add and ceilings cut is carried by the remaining members in proportion, until every share lies within
    the limits; the shares are exact and sum to one.

    Source:
        UN General Assembly, scale of assessments: capacity to pay with floor and ceiling (A/RES/79/249).

    Example:
        >>> rule = Proportional(to="gdp_usd", ceiling="1/2")
        >>> rule.shares({"USA": Fraction(8), "JPN": Fraction(1), "IND": Fraction(1)})
        {'USA': Fraction(1, 2), 'JPN': Fraction(1, 4), 'IND': Fraction(1, 4)}
    """

    kind: Literal["proportional"] = "proportional"
    """The kind of burden rule."""
    to: str
    """The figure the shares follow."""
    floor: Exact = Fraction(0)
    """The least share of a member."""
    ceiling: Exact = Fraction(1)
    """The largest share of a member."""

    def shares(self, capacity: Mapping[str, Fraction]) -> dict[str, Fraction]:
        """The exact share of each member, summing to one.

        Raises:
            ValueError: where floor and ceiling cannot be kept by so many members, or nobody has capacity.
        """
        count = len(capacity)
        if self.floor * count > 1 or self.ceiling * count < 1:
            limits = f"floor {show(self.floor)} and ceiling {show(self.ceiling)}"
            raise ValueError(f"{count} members cannot share one whole between {limits}.")
        if min(capacity.values()) < 0 or not any(capacity.values()):
            raise ValueError("Capacities are numbers of zero or more, and somebody has some.")
        fixed: dict[str, Fraction] = {}
        while True:
            rest = 1 - sum(fixed.values(), Fraction(0))
            open_ones = {member: value for member, value in capacity.items() if member not in fixed}
            total = sum(open_ones.values(), Fraction(0))
            drawn = {
                member: rest * value / total if total else rest / len(open_ones) for member, value in open_ones.items()
            }
            low = sum((self.floor - share for share in drawn.values() if share < self.floor), Fraction(0))
            high = sum((share - self.ceiling for share in drawn.values() if share > self.ceiling), Fraction(0))
            if not low and not high:
                return {member: fixed.get(member, drawn.get(member, Fraction(0))) for member in capacity}
            if low >= high:
                fixed |= {member: self.floor for member, share in drawn.items() if share < self.floor}
            if high >= low:
                fixed |= {member: self.ceiling for member, share in drawn.items() if share > self.ceiling}

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """Limits that so many members cannot keep."""
        count = len(institution.members_on(institution.as_of))
        if self.floor * count > 1:
            yield ("floor",), f"{count} members at a floor of {show(self.floor)} pay more than the whole", "Lower it."
        if self.ceiling * count < 1:
            yield (
                ("ceiling",),
                f"{count} members at a ceiling of {show(self.ceiling)} pay less than the whole",
                "Raise it.",
            )
