"""The scale of assessments of the United Nations, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from comity.kernel.quantity import Exact, show
from comity.model.burden import Burden, Figures
from comity.model.weights import Complaint
from comity.solvers.sharing import lightened, lowered, proportional, raised

if TYPE_CHECKING:
    from comity.model.institution import Institution

STEPS = ("income", "low_income", "floor", "least_developed", "ceiling")
"""The steps of the scale, in their order."""


class ScaleOfAssessments(Burden):
    """Capacity to pay after the method of the United Nations: income, relief for low income per head, floor, ceilings.

    Five steps, each exact: (1) shares of the members' income; (2) a member whose income per head is below the average
    of all members is relieved by the gradient times the part by which it falls short, and those above carry the relief
    in proportion; (3) shares below the floor are raised to it; (4) least developed countries are cut to their ceiling,
    the others but those at the floor carry it; (5) shares above the ceiling are cut to it, and all who are not limited
    carry it. The scale proper averages gross national income over three and six years and first subtracts an eighth of
    external debt; neither is done here, for want of data, and rates are not rounded to a thousandth of a per cent.

    Source:
        UN General Assembly resolutions 73/271, paragraph 6, and 79/249; Committee on Contributions, step-by-step
        explanation of the methodology (report A/79/11).

    Example:
        >>> rule = ScaleOfAssessments(floor=0, ceiling="1/2", least_developed_ceiling="1/100")
        >>> figures = {
        ...     "gdp_usd": {"USA": Fraction(90), "IND": Fraction(8), "NPL": Fraction(2)},
        ...     "population": {"USA": Fraction(1), "IND": Fraction(8), "NPL": Fraction(1)},
        ...     "least_developed": {"USA": Fraction(0), "IND": Fraction(0), "NPL": Fraction(1)},
        ... }
        >>> [str(share) for share in rule.shares(["USA", "IND", "NPL"], figures).values()]
        ['1/2', '49/100', '1/100']
    """

    kind: Literal["scale_of_assessments"] = "scale_of_assessments"
    """The kind of burden rule."""
    income: str = "gdp_usd"
    """The figure of income: gross national income proper, gross domestic product where that is not at hand."""
    people: str = "population"
    """The figure of people."""
    gradient: Exact = Fraction(4, 5)
    """The strength of the relief for low income per head."""
    floor: Exact = Fraction(1, 100_000)
    """The least share of a member."""
    least_developed_ceiling: Exact = Fraction(1, 10_000)
    """The largest share of a least developed country."""
    ceiling: Exact = Fraction(22, 100)
    """The largest share of a member."""

    def figures(self) -> tuple[str, ...]:
        """Income, people, and who is a least developed country."""
        return self.income, self.people, "least_developed"

    def steps(self, members: Sequence[str], figures: Figures) -> Mapping[str, dict[str, Fraction]]:
        """The shares after each step, by :data:`STEPS`.

        Raises:
            ValueError: where the limits cannot be kept by these members, or a figure is missing.
        """
        income, people, poorest = (
            [figures[name][member] for member in members] for name in (self.income, self.people, "least_developed")
        )
        if self.ceiling * len(members) < 1:
            raise ValueError(f"{len(members)} members at a ceiling of {self.ceiling} pay less than the whole.")
        relieved = proportional(lightened(income, people, self.gradient))
        lifted = raised(relieved, self.floor)
        at_floor = {place for place, share in enumerate(lifted) if share == self.floor}
        poor = [self.least_developed_ceiling if flag else Fraction(1) for flag in poorest]
        spared = lowered(lifted, poor, at_floor)
        capped = lowered(spared, list(self.ceilings(members, figures).values()), at_floor)
        found = (proportional(income), relieved, lifted, spared, capped)
        return {step: dict(zip(members, shares, strict=True)) for step, shares in zip(STEPS, found, strict=True)}

    def shares(self, members: Sequence[str], figures: Figures) -> dict[str, Fraction]:
        """The share of each member after the last step.

        Raises:
            ValueError: where the limits cannot be kept by these members, or a figure is missing.
        """
        return self.steps(members, figures)[STEPS[-1]]

    def ceilings(self, members: Sequence[str], figures: Figures) -> dict[str, Fraction]:
        """That of least developed countries, and that of all."""
        poorest = figures["least_developed"]
        return {member: self.least_developed_ceiling if poorest[member] else self.ceiling for member in members}

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """Limits that so many members cannot keep, or that contradict each other."""
        count = len(institution.states_on(institution.as_of))
        if self.ceiling * count < 1:
            yield (
                ("ceiling",),
                f"{count} members at a ceiling of {show(self.ceiling)} pay less than the whole",
                "Raise it.",
            )
        if self.floor * count > 1:
            yield ("floor",), f"{count} members at a floor of {show(self.floor)} pay more than the whole", "Lower it."
        if not self.floor <= self.least_developed_ceiling <= self.ceiling:
            what = "the ceiling of least developed countries is not between floor and ceiling"
            yield ("least_developed_ceiling",), what, "Set it between the two."
        if self.gradient > 1:
            yield ("gradient",), f"a gradient of {show(self.gradient)} relieves of more than all", "Write at most 1."
