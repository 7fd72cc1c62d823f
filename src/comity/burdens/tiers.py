"""Tiers of capacity to pay: steps of a figure, each with what it pays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from comity.kernel.family import Spec
from comity.kernel.quantity import Exact, show
from comity.model.burden import Burden, Figures
from comity.model.weights import Complaint
from comity.solvers.sharing import proportional

if TYPE_CHECKING:
    from comity.model.institution import Institution


class Tier(Spec):
    """One tier: from which value of the figure it begins, and what its members pay."""

    at_least: Exact
    """The value of the figure from which the tier begins."""
    pays: Exact
    """What a member of the tier pays: units, or the part of the figure in proportion to which it pays."""


class Tiers(Burden):
    """Members are sorted into tiers by a figure; all of a tier pay the same units, or the same part of a measure.

    Without ``to`` every member of a tier pays the tier's units, as in the classes of contribution of the postal and
    telecommunication unions. With ``to`` it pays that part of the measure, as in the levels of discount by income per
    head of United Nations peacekeeping.

    Source:
        Constitution of the Universal Postal Union, Article 21; UN General Assembly resolution 55/235 (levels of
        contributors to peacekeeping).

    Example:
        >>> rule = Tiers(by="gdp_usd", tiers=[{"at_least": 0, "pays": 1}, {"at_least": 10, "pays": 3}])
        >>> rule.shares(["USA", "FJI"], {"gdp_usd": {"USA": Fraction(28), "FJI": Fraction(5)}})
        {'USA': Fraction(3, 4), 'FJI': Fraction(1, 4)}
    """

    kind: Literal["tiers"] = "tiers"
    """The kind of burden rule."""
    by: str
    """The figure by which members are sorted."""
    per: str | None = None
    """The figure by which it is divided first, such as population."""
    to: str | None = None
    """The measure of which a member pays its tier's part; the same units for all of a tier where absent."""
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]
    """The tiers, from the lowest to the highest; the first begins at 0."""

    def figures(self) -> tuple[str, ...]:
        """The figure that sorts, what divides it, and the measure."""
        return tuple(dict.fromkeys(name for name in (self.by, self.per, self.to) if name is not None))

    def tier_of(self, member: str, figures: Figures) -> int:
        """The number of a member's tier, from 0.

        Raises:
            ValueError: where the figure would be divided by nought.
        """
        value = figures[self.by][member]
        if self.per is not None:
            if not figures[self.per][member]:
                raise ValueError(f"{self.per} of {member} is 0: nothing can be divided by it.")
            value /= figures[self.per][member]
        return max((place for place, tier in enumerate(self.tiers) if value >= tier.at_least), default=0)

    def shares(self, members: Sequence[str], figures: Figures) -> dict[str, Fraction]:
        """What each member's tier pays, as a share of all.

        Raises:
            ValueError: where no tier with members pays anything.
        """
        paid = [self.tiers[self.tier_of(member, figures)].pays for member in members]
        if self.to is not None:
            paid = [part * figures[self.to][member] for part, member in zip(paid, members, strict=True)]
        return dict(zip(members, proportional(paid), strict=True))

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """Tiers out of order, a first one that leaves members out, a higher one that pays less."""
        del institution
        if self.tiers[0].at_least:
            what = f"members below {show(self.tiers[0].at_least)} belong to no tier"
            yield ("tiers", 0, "at_least"), what, "Let the first tier begin at 0."
        for place, (low, high) in enumerate(pairwise(self.tiers), 1):
            if high.at_least <= low.at_least:
                what = f"{show(high.at_least)} does not lie above the tier before"
                yield ("tiers", place, "at_least"), what, "Write the tiers from the lowest to the highest."
            if high.pays < low.pays:
                what = f"a higher tier pays less: {show(high.pays)} after {show(low.pays)}"
                yield ("tiers", place, "pays"), what, "Let what is paid rise from tier to tier."
        if not any(tier.pays for tier in self.tiers):
            yield ("tiers",), "no tier pays anything", "Give at least one a payment above 0."
