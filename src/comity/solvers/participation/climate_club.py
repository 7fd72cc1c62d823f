"""The climate club: regions that charge a target price of carbon, and a uniform tariff on those that do not.

Abatement costs are quadratic, damages linear in emissions and shared out by income; a tariff brings the importer terms
of trade less a loss of efficiency, and costs the exporter what it brings the importer in terms of trade. Nobody
retaliates, one tariff is laid on all goods, and no trade law stands against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.solvers.participation.payoffs import Payoffs, bilateral, counted

CORRECTION = 0.837
"""By how much engineering estimates of abatement costs are scaled to the model's."""


@dataclass(frozen=True)
class Regions:
    """The regions of a climate club: one number a region, in its order.

    Attributes:
        income: gross domestic product, billion USD a year.
        emissions: million tonnes of CO2 a year.
        sales: ``regions x regions``; what the row sells to the column, billion USD a year.
        abatement: the cost of abating everything as a share of income, engineering estimate.
        terms: what a tariff brings in terms of trade: share of imports per unit of tariff.
        loss: what it loses in efficiency: share of imports per squared unit of tariff.
    """

    income: NDArray[np.float64]
    emissions: NDArray[np.float64]
    sales: NDArray[np.float64]
    abatement: NDArray[np.float64]
    terms: NDArray[np.float64]
    loss: NDArray[np.float64]

    def __post_init__(self) -> None:
        number = counted(len(self.income))
        if self.sales.shape != (number, number):
            raise ValueError(f"Sales of {number} regions to each other are a table of {number} rows and columns.")
        for what, each in vars(self).items():
            if what != "sales" and each.shape != (number,):
                raise ValueError(f"{what}: one number for each of {number} regions.")
            if not np.isfinite(each).all() or (each < 0).any():
                raise ValueError(f"{what}: numbers of nought or more, without gaps.")
        if not (self.abatement > 0).all() or not (self.income > 0).all():
            raise ValueError("Income and the cost of abatement must be above nought.")


@dataclass(frozen=True)
class Climate:
    """What abatement does at a target price, region by region, beyond what each does for itself alone.

    Attributes:
        abated: emissions that a member abates beyond its own policy, million tonnes.
        cost: what that costs it, billion USD a year.
        harm: the damage that a tonne does it, USD.
    """

    abated: NDArray[np.float64]
    cost: NDArray[np.float64]
    harm: NDArray[np.float64]


def climate(regions: Regions, price: float, *, correction: float = CORRECTION) -> Climate:
    """Abatement of members at the target price against that at their own damage.

    Args:
        regions: the regions.
        price: the target price, USD a tonne: the world's damage of a tonne, shared out by income.
        correction: the factor on engineering estimates of abatement costs.

    Raises:
        ValueError: for a price that is not above nought.
    """
    if price <= 0:
        raise ValueError(f"A target price of {price} USD a tonne is none.")
    harm = price * regions.income / regions.income.sum()
    intensity = regions.emissions / regions.income / 1000
    full = correction * regions.abatement
    alone, member = harm * intensity / (2 * full), price * intensity / (2 * full)
    return Climate((member - alone) * regions.emissions, regions.income * full * (member**2 - alone**2), harm)


def club(regions: Regions, price: float, tariff: float, *, correction: float = CORRECTION) -> Payoffs:
    """What each region gains in every club over a world without one, billion USD a year.

    Args:
        regions: the regions.
        price: the target price, USD a tonne of CO2.
        tariff: the uniform tariff of members on all that outsiders sell them, as a share.
        correction: the factor on engineering estimates of abatement costs.

    **Source**: Nordhaus (2015), "Climate Clubs: Overcoming Free-riding in International Climate Policy", American
    Economic Review 105(4): 1339-1370 (C-DICE); the losses and gains of tariffs follow Ossa (2014), American Economic
    Review 104(12): 4104-4146.

    Raises:
        ValueError: for a price that is not above nought, or a tariff below it.

    Example:
        >>> # each sells 1 to the other: a tariff of a tenth brings 0.1 in terms of trade and loses 0.01
        >>> ones, sales = np.ones(2), np.array([[0.0, 1], [1, 0]])
        >>> club(Regions(ones, ones, sales, ones, ones, ones), 10, 0.1).column(0).round(3).tolist()
        [0.0, 0.09, -0.1, 0.0]
    """
    if tariff < 0:
        raise ValueError(f"A tariff of {tariff} is no penalty.")
    does = climate(regions, price, correction=correction)
    public = np.outer(does.harm, does.abated) / 1000
    bought = regions.sales.T  # what the row buys from the column
    earned = (tariff * regions.terms - tariff**2 * regions.loss)[:, None] * bought
    charged = tariff * regions.terms[None, :] * regions.sales
    for each in (earned, charged):
        np.fill_diagonal(each, 0.0)
    return bilateral(earned.sum(axis=1) - does.cost, public - earned, public - charged)


def smallest_tariff(
    regions: Regions, price: float, coalition: Sequence[int], *, correction: float = CORRECTION
) -> tuple[float, int] | None:
    """The smallest tariff at which no member of a club would rather leave, and who is the last to be held.

    What a member gains by staying is a quadratic function of the tariff: constant, terms of trade lost by leaving and
    suffered outside, loss of efficiency; the tariffs that hold it are an interval, found exactly.

    Args:
        regions: the regions.
        price: the target price, USD a tonne of CO2.
        coalition: its members, as places in the order of the regions.
        correction: the factor on engineering estimates of abatement costs.

    Returns:
        The tariff, as a share, and the member; None where no tariff holds the club.
    """
    does = climate(regions, price, correction=correction)
    inside = np.zeros(len(regions.income), dtype=np.bool_)
    inside[list(coalition)] = True
    low, high, last = 0.0, np.inf, coalition[0]
    for member in coalition:
        bought = regions.sales[~inside, member].sum()
        sold = sum(regions.terms[other] * regions.sales[member, other] for other in coalition if other != member)
        constant = does.harm[member] * does.abated[member] / 1000 - does.cost[member]
        slope, bend = regions.terms[member] * bought + sold, regions.loss[member] * bought
        ends = _between(float(constant), float(slope), float(bend))
        if ends is None:
            return None
        if ends[0] > low:
            low, last = ends[0], member
        high = min(high, ends[1])
    return (low, last) if low <= high else None


def _between(constant: float, slope: float, bend: float) -> tuple[float, float] | None:
    """Where ``constant + slope t - bend t**2`` is nought or more, for ``t`` of nought or more."""
    if bend <= 0:
        if constant >= 0:
            return 0.0, np.inf
        return (-constant / slope, np.inf) if slope > 0 else None
    root = slope**2 + 4 * bend * constant
    if root < 0:
        return None
    top = slope + root**0.5
    if top <= 0:
        return (0.0, 0.0) if constant >= 0 else None
    return max(0.0, -2 * constant / top), top / (2 * bend)
