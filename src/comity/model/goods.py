"""What an agreement provides, in money: what it is worth to each member, and what each member's part costs.

A good is what comes about where members deliver: observations shared, ships escorted, stocks held. Its benefits and
costs are assumptions like positions: they stand in a file of stakes, each with its uncertainty and its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from comity.kernel.family import Spec
from comity.kernel.quantity import Exact
from comity.kernel.result import Text
from comity.model.fact import Fact
from comity.model.parts import Id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def _ascending(value: tuple[Fraction, Fraction, Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    if not value[0] <= value[1] <= value[2]:
        context = {"what": "is no low, mode and high", "mend": "Write three ascending numbers: [20, 50, 80]."}
        raise PydanticCustomError("triple", "{what}", context)
    return value


Triple: TypeAlias = Annotated[tuple[Exact, Exact, Exact], AfterValidator(_ascending)]
"""Low, mode and high of a triangular distribution."""
Span = tuple[float, float, float]
"""Low, mode and high of a triangular distribution, as floats."""


class Shared(Fact):
    """An estimate for the whole world, of which each state has its share of the world's total of a figure."""

    kind: Literal["shared"] = "shared"
    """The kind of rule."""
    whole: Triple
    """Low, mode and high for the whole world, in millions of US dollars a year."""
    by: Id
    """The figure whose shares of the world total divide it, as `comity data list` names it."""
    why: Text
    """Where the estimate comes from, why the figure divides it, and what that leaves out."""


class Each(Fact):
    """The same sum for every member, whatever its size."""

    kind: Literal["each"] = "each"
    """The kind of rule."""
    value: Triple
    """Low, mode and high for one member, in millions of US dollars a year."""
    why: Text
    """Where the sum comes from, and what it leaves out."""


class Good(Spec):
    """What an agreement provides where its members deliver, valued in money.

    Where a group delivers, it provides the share of the good that its parts come to; whoever takes part gains that
    share of what the whole is worth to it and bears the cost of its own part, whoever does not gains what cannot be
    kept from it.

    Source:
        Samuelson (1954), "The Pure Theory of Public Expenditure", Review of Economics and Statistics 36(4);
        Olson (1965), The Logic of Collective Action, ch. 1; Barrett (2007), Why Cooperate?, ch. 1.
    """

    benefit: Id
    """The rule by which it follows what the whole good is worth to a member each year."""
    cost: Id
    """The rule by which it follows what a member's own part costs each year."""
    prices: Annotated[int, Field(ge=1900, le=2200)]
    """The year of whose prices the millions of US dollars are."""
    years: Annotated[int, Field(ge=1, le=200)] = 10
    """How many years are counted."""
    lead: Annotated[int, Field(ge=0, le=100)] = 0
    """How many years of cost pass before the first benefit."""
    discount: Triple = (Fraction(1, 50), Fraction(3, 100), Fraction(1, 20))
    """The yearly rate at which later sums are discounted: shares."""
    excludable: Triple = (Fraction(0), Fraction(0), Fraction(0))
    """How much of the benefit can be kept from those who do not take part: shares, 0 for a pure public good."""
    needed: Exact = Fraction(0)
    """The least share of the good that is of any use; below it nothing is provided."""
    why: Text
    """What is counted as the good, and what is not."""

    @model_validator(mode="after")
    def _shares(self) -> Self:
        for name, most in (("discount", self.discount[2]), ("excludable", self.excludable[2]), ("needed", self.needed)):
            if most > 1:
                context = {"what": f"{name} is more than the whole", "mend": "Write shares from 0 to 1, or per cent."}
                raise PydanticCustomError("share_of_good", "{what}", context)
        if self.lead >= self.years:
            context = {"what": "no year of benefit is counted", "mend": "Count more years than the lead takes."}
            raise PydanticCustomError("no_benefit", "{what}", context)
        return self


@dataclass(frozen=True)
class Worth:
    """What a good is worth to one member and what its part costs it, in millions of US dollars a year.

    ``part`` is the share of the whole good that its own part provides; None where the stakes tell only its cost, so
    that the parts of those asked about make the whole. ``why`` are the reasons of benefit and cost.
    """

    benefit: Span
    cost: Span
    part: float | None
    by_hand: bool
    why: tuple[Text, Text]


@dataclass(frozen=True)
class GoodDraws:
    """Draws of what a good is worth: ``benefit`` and ``cost``, ``draws x members``, in millions of US dollars a year.

    ``part`` is the share of the good that each member's part provides (it sums to one where the members are the world,
    or where nothing but their own costs is known); ``excludable`` and ``discount`` hold one number a draw.
    """

    members: tuple[str, ...]
    benefit: NDArray[np.float64]
    cost: NDArray[np.float64]
    part: NDArray[np.float64]
    excludable: NDArray[np.float64]
    discount: NDArray[np.float64]
    needed: float
    years: int
    lead: int
