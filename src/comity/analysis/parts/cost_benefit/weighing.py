"""Costs and benefits of one good before one body: present values over draws, who would gain by stopping, who rides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from comity.analysis.parts.valuing import Valued
from comity.analysis.parts.zone import Chance, chance
from comity.kernel.result import Figure
from comity.model.goods import GoodDraws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The quantiles by which a distribution is told."""
RIDERS = 10
"""How many states outside are named."""


@dataclass(frozen=True)
class Spread:
    """A quantity over draws: its mean and the quantiles of :data:`QUANTILES`."""

    mean: float
    quantiles: tuple[float, ...]
    n: int

    @property
    def low(self) -> float:
        """The end below which a twentieth of the draws lies."""
        return self.quantiles[0]

    @property
    def median(self) -> float:
        """The middle of the draws."""
        return self.quantiles[2]

    @property
    def high(self) -> float:
        """The end above which a twentieth of the draws lies."""
        return self.quantiles[-1]

    def columns(self, name: str) -> dict[str, float | None]:
        """The median with the middle nine tenths of the draws as three columns of a table."""
        return {name: self.median, f"{name}_low": self.low, f"{name}_high": self.high}

    def figure(self, unit: str, seed: int) -> Figure:
        """The median as a figure of a finding, with the middle nine tenths of the draws."""
        return Figure(self.median, unit, self.low, self.high, self.n, seed)


@dataclass(frozen=True)
class Account:
    """What a good brings one member where all members deliver, and what changes where it alone stops.

    Attributes:
        member: whose account it is.
        gain: the present value of its benefits.
        cost: the present value of its costs.
        net: gains less costs.
        ratio: gains over costs; None where the part costs nothing.
        loses: how often it loses by taking part.
        stopping: what it would gain by stopping while the others go on.
        rides: how often that is a gain.
        others: what its stopping costs the others together.
    """

    member: str
    gain: Spread
    cost: Spread
    net: Spread
    ratio: Spread | None
    loses: Chance
    stopping: Spread
    rides: Chance
    others: Spread


@dataclass(frozen=True)
class Weighed:
    """The account of one good before one body.

    Attributes:
        good: the good before the body.
        stopped: members that are taken not to deliver.
        provides: the share of the whole good that comes about.
        accounts: one for every member.
        net: what all members gain together.
        cost: what all members pay together.
        outside: what states outside the body gain without paying.
        riders: the states outside that gain most, with what they gain.
    """

    good: Valued
    stopped: tuple[str, ...]
    provides: float
    accounts: tuple[Account, ...]
    net: Spread
    cost: Spread
    outside: Spread
    riders: tuple[tuple[str, Spread], ...]

    def account(self, member: str) -> Account:
        """One member's account."""
        return next(each for each in self.accounts if each.member == member)


@dataclass(frozen=True)
class Terms:
    """How sums of many years are counted: as the stakes say, unless another rate or horizon is asked for."""

    discount: Fraction | None = None
    years: int | None = None

    def applied(self, drawn: GoodDraws) -> GoodDraws:
        """The draws under these terms."""
        import numpy as np

        rate = drawn.discount if self.discount is None else np.full(len(drawn.discount), float(self.discount))
        years = self.years or drawn.years
        return replace(drawn, discount=rate, years=years, lead=min(drawn.lead, years - 1))


def spread(values: NDArray[np.float64]) -> Spread:
    """A quantity over draws.

    Example:
        >>> import numpy as np
        >>> spread(np.arange(101.0)).quantiles
        (5.0, 25.0, 50.0, 75.0, 95.0)
    """
    import numpy as np

    found = np.quantile(values, QUANTILES)
    return Spread(float(values.mean()), tuple(float(each) for each in found), len(values))


def _nets(drawn: GoodDraws, delivers: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Present gains and payments of every member where these deliver, each ``draws x members``."""
    from comity.solvers.goods import payoffs, present_values, provided

    share = float(provided(drawn.part, delivers, drawn.needed))
    gain, paid = payoffs(drawn.benefit, drawn.cost, share, delivers, excludable=drawn.excludable)
    return present_values(gain, paid, drawn.discount, drawn.years, lead=drawn.lead)


def weighed(good: Valued, draws: int, seed: int, *, terms: Terms, stops: Sequence[str] = ()) -> Weighed:
    """The account of one good before one body.

    Args:
        good: the good before the body.
        draws: how many draws.
        seed: the seed.
        terms: how sums of many years are counted.
        stops: members that do not deliver.
    """
    import numpy as np

    from comity.solvers.goods import provided

    drawn = terms.applied(good.draws(draws, seed))
    delivers = np.array([member not in stops for member in good.members])
    gain, paid = _nets(drawn, delivers)
    net = gain - paid
    accounts: list[Account] = []
    for place, member in enumerate(good.members):
        other = delivers.copy()
        other[place] = not delivers[place]
        gain_then, paid_then = _nets(drawn, other)
        change = (gain_then - paid_then - net) * (1 if delivers[place] else -1)
        others = -(change.sum(axis=1) - change[:, place])
        costs = paid[:, place]
        accounts.append(
            Account(
                member=member,
                gain=spread(gain[:, place]),
                cost=spread(costs),
                net=spread(net[:, place]),
                ratio=spread(gain[:, place] / costs) if costs.min() > 0 else None,
                loses=chance(int((net[:, place] < 0).sum()), draws),
                stopping=spread(change[:, place]),
                rides=chance(int((change[:, place] > 0).sum()), draws),
                others=spread(others),
            )
        )
    share = float(provided(drawn.part, delivers, drawn.needed))
    outside, riders = _outside(good, drawn, share, seed)
    return Weighed(
        good=good,
        stopped=tuple(member for member in good.members if member in stops),
        provides=share,
        accounts=tuple(accounts),
        net=spread(net.sum(axis=1)),
        cost=spread(paid.sum(axis=1)),
        outside=outside,
        riders=riders,
    )


def _outside(good: Valued, drawn: GoodDraws, share: float, seed: int) -> tuple[Spread, tuple[tuple[str, Spread], ...]]:
    """What states outside gain without paying, together and those that gain most."""
    import numpy as np

    from comity.solvers.goods import annuity

    grounds, number = good.grounds, len(drawn.discount)
    beyond = [
        state
        for state in grounds.panel.actors
        if state not in good.members and grounds.worth(good.issue, state) is not None
    ]
    if not beyond:
        return spread(np.zeros(number)), ()
    reach = share * (1.0 - drawn.excludable) * annuity(drawn.discount, drawn.years, drawn.lead)
    gains = grounds.goods(good.issue, beyond, number, seed).benefit * reach[:, None]
    order: list[int] = np.argsort(-gains.mean(axis=0), kind="stable")[:RIDERS].tolist()
    return spread(gains.sum(axis=1)), tuple((beyond[place], spread(gains[:, place])) for place in order)
