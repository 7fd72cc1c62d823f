"""Proportional burden: shares follow a figure, between a floor and a ceiling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from comity.kernel.quantity import Exact, show
from comity.model.burden import Figures, Measured
from comity.model.weights import Complaint
from comity.solvers.sharing import proportional

if TYPE_CHECKING:
    from comity.model.institution import Institution


class Proportional(Measured):
    """Each member bears a share in proportion to a figure, not below the floor and not above the ceiling.

    What floors add and ceilings cut is carried by the remaining members in proportion, until every share lies within
    the limits; the shares are exact and sum to one.

    Source:
        The "ability to pay" of Adam Smith, Wealth of Nations (1776), book V, chapter II; for limits, UN General
        Assembly, scale of assessments (A/RES/79/249).

    Example:
        >>> rule = Proportional(to="gdp_usd", ceiling="1/2")
        >>> gdp = {"USA": Fraction(8), "JPN": Fraction(1), "IND": Fraction(1)}
        >>> rule.shares(["USA", "JPN", "IND"], {"gdp_usd": gdp})
        {'USA': Fraction(1, 2), 'JPN': Fraction(1, 4), 'IND': Fraction(1, 4)}
    """

    kind: Literal["proportional"] = "proportional"
    """The kind of burden rule."""
    floor: Exact = Fraction(0)
    """The least share of a member."""
    ceiling: Exact = Fraction(1)
    """The largest share of a member."""

    def shares(self, members: Sequence[str], figures: Figures) -> dict[str, Fraction]:
        """The exact share of each member, summing to one.

        Raises:
            ValueError: where floor and ceiling cannot be kept by so many members, or nobody has capacity.
        """
        found = proportional(self.measure(members, figures), self.floor, self.ceiling)
        return dict(zip(members, found, strict=True))

    def ceilings(self, members: Sequence[str], figures: Figures) -> dict[str, Fraction]:
        """The same for all."""
        del figures
        return dict.fromkeys(members, self.ceiling)

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """Limits that so many members cannot keep."""
        yield from super().problems(institution)
        count = len(institution.states_on(institution.as_of))
        if self.floor * count > 1:
            yield ("floor",), f"{count} members at a floor of {show(self.floor)} pay more than the whole", "Lower it."
        if self.ceiling * count < 1:
            yield (
                ("ceiling",),
                f"{count} members at a ceiling of {show(self.ceiling)} pay less than the whole",
                "Raise it.",
            )
