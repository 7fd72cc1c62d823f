"""One good before one body when a member goes: who would provide it then, alone or together, and what they must add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comity.analysis.parts.landing import NOTHING, Measured, counted, middle
from comity.analysis.parts.valuing import Valued
from comity.model.goods import GoodDraws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STAGES = ("with", "without")
"""All members, and those who stay."""


@dataclass(frozen=True)
class Standing:
    """Who would provide the good, in one stage.

    Attributes:
        pays: how often providing the good pays for all of them together.
        least: k*, the least number of the largest beneficiaries for whom it pays, where it pays.
        privileged: how often a single member would provide it alone.
        unpaid: how often there is a group whose every member gains by its own part, nobody being paid by others.
        unpaid_least: the least number in such a group, where there is one.
        voluntary: the share of the whole good provided when everybody gives what pays for itself, the median draw.
    """

    pays: Measured
    least: Measured
    privileged: Measured
    unpaid: Measured
    unpaid_least: Measured
    voluntary: Measured


@dataclass(frozen=True)
class Share:
    """One member's part of a good.

    Attributes:
        member: the member.
        part: the share of what all members' parts provide.
        burden: its share of the cost over its share of the benefit; above 1 it carries more than it gains.
        pays_without: how often providing still pays for the others together when it goes.
        adds: what it must add each year, in millions of US dollars, when those who stay carry what the one who goes
            carried, in proportion to their parts.
        gains: how often what is provided is worth its own part to it.
        gains_then: how often it is worth the larger part.
    """

    member: str
    part: float
    burden: Measured
    pays_without: Measured
    adds: Measured
    gains: Measured
    gains_then: Measured


@dataclass(frozen=True)
class Remaining:
    """One good before one body without one member.

    Attributes:
        good: the good before the body.
        gone: who goes.
        next: whose part is then the largest.
        provides: the share of the whole good that the parts of all members come to.
        left: the share where the others do not add anything.
        raises: by what share each of the others must raise its part to make up for it.
        standing: by stage, who would provide it.
        shares: every member's part, the largest first.
    """

    good: Valued
    gone: str
    next: str
    provides: float
    left: float
    raises: float
    standing: dict[str, Standing]
    shares: tuple[Share, ...]

    def share(self, member: str) -> Share:
        """One member's part."""
        return next(each for each in self.shares if each.member == member)


@dataclass(frozen=True)
class _Year:
    """Draws of a good as yearly sums: benefits are discounted for the years of cost before the first of them."""

    benefit: NDArray[np.float64]
    cost: NDArray[np.float64]
    part: NDArray[np.float64]
    whole: NDArray[np.float64]
    needed: float

    @classmethod
    def of(cls, drawn: GoodDraws) -> _Year:
        from comity.solvers.goods import annuity

        waits = annuity(drawn.discount, drawn.years, drawn.lead) / annuity(drawn.discount, drawn.years)
        whole = drawn.cost.sum(axis=1) / drawn.part.sum()
        return cls(drawn.benefit * waits[:, None], drawn.cost, drawn.part, whole, drawn.needed)

    def among(self, places: NDArray[np.intp]) -> _Year:
        """The same good with these members alone."""
        return _Year(self.benefit[:, places], self.cost[:, places], self.part[places], self.whole, self.needed)


def largest(good: Valued) -> str:
    """The member whose part of the good is the largest."""
    parts = good.modes().part
    return good.members[int(parts.argmax())]


def remaining(good: Valued, member: str, number: int, seed: int) -> Remaining:
    """What is left of a good when a member goes.

    Args:
        good: the good before the body, with at least two members.
        member: who goes.
        number: how many draws.
        seed: the seed.
    """
    import numpy as np

    year = _Year.of(good.draws(number, seed))
    place = good.members.index(member)
    stay = np.flatnonzero(np.arange(len(good.members)) != place)
    provides, lost = float(year.part.sum()), float(year.part[place])
    raises = lost / (provides - lost)
    rest = year.among(stay)
    standing = {"with": _standing(year), "without": _standing(rest)}
    parts = _shares(year, good.members, place, raises)
    following = max((each for each in parts if each.member != member), key=lambda each: each.part)
    return Remaining(good, member, following.member, provides, provides - lost, raises, standing, parts)


def _standing(year: _Year) -> Standing:
    import numpy as np

    from comity.solvers.participation.k_group import k_group, self_supporting, voluntary

    group = k_group(year.benefit, year.whole)
    unpaid = self_supporting(year.benefit, year.cost, year.needed, whole=year.whole)
    given = voluntary(year.benefit, year.whole, year.part).provided
    given = np.where(given >= year.needed, given, 0.0)
    return Standing(
        counted(group.least > 0),
        _typical(group.least[group.least > 0]),
        counted(group.privileged),
        counted(unpaid > 0),
        _typical(unpaid[unpaid > 0]),
        _typical(given),
    )


def _typical(values: NDArray[Any]) -> Measured:
    """The median of the draws with the 5th and 95th percentile, each a number that was drawn."""
    import numpy as np

    if not len(values):
        return NOTHING
    low, median, high = np.quantile(values, [0.05, 0.5, 0.95], method="inverted_cdf")
    return Measured(float(median), float(low), float(high), len(values))


def _shares(year: _Year, members: Sequence[str], place: int, raises: float) -> tuple[Share, ...]:
    from comity.solvers.participation.k_group import exploitation

    provides = float(year.part.sum())
    burdens = exploitation(year.cost, year.benefit).ratios
    together = year.benefit.sum(axis=1)
    found: list[Share] = []
    for column, member in enumerate(members):
        worth, cost = year.benefit[:, column] * provides, year.cost[:, column]
        more = 0 if column == place else raises
        found.append(
            Share(
                member,
                float(year.part[column]) / provides,
                middle(burdens[:, column]),
                counted(together - year.benefit[:, column] >= year.whole),
                NOTHING if column == place else middle(cost * raises),
                counted(worth >= cost),
                NOTHING if column == place else counted(worth >= cost * (1 + more)),
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.part, each.member)))
