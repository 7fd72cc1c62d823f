"""One good before one body: whether its members hold together, who would leave or join, what would hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.analysis.parts.landing import Measured, counted
from comity.analysis.parts.stability.coalitions import Base, Sanction, Terms, at_modes, sanction
from comity.analysis.parts.valuing import Valued
from comity.model.goods import GoodDraws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.solvers.participation.over_draws import Drawn

LISTED = 10
"""How many stable coalitions of a good are listed, the largest first."""
STEPS = 20
"""Into how many steps the scale of penalties is cut."""
SCALE: dict[Base, float] = {"cost": 1.0, "benefit": 1.0, "trade": 0.005}
"""The largest penalty of the scale, by its base."""


@dataclass(frozen=True)
class One:
    """What belonging to the club as written means for one state; sums are present values in millions of US dollars.

    Attributes:
        member: who.
        inside: whether it belongs.
        gain: what it gains by staying, or by joining.
        moves: how often it would rather leave, or rather join.
        ends: how often its exit ends the club.
        needed: the penalty at which it would stay, at the modes; None where none reaches it.
        payoff: what it gets as things are, at the modes.
        transfer: what it receives (below nought: pays) where transfers hold the club, at the modes.
        shapley: its Shapley share of what the club's members get together, at the modes.
        nucleolus: its share by the nucleolus.
        largest: whether it belongs to the largest coalition that holds, at the modes.
    """

    member: str
    inside: bool
    gain: Measured
    moves: Measured
    ends: Measured
    needed: float | None
    payoff: float
    transfer: float | None
    shapley: float | None
    nucleolus: float | None
    largest: bool | None


@dataclass(frozen=True)
class Held:
    """What holds one good's club together.

    Attributes:
        good: the good before the body; its members are those who were asked, with the invited.
        club: who belongs as written.
        acts: how often the club does anything.
        internal: how often nobody inside would rather leave.
        external: how often nobody asked outside would rather join; None where nobody was asked.
        stable: how often both.
        coalitions: the largest coalitions that hold at the modes, each with how often it does.
        number: how many coalitions that do something hold at the modes; None where they are too many to look at.
        penalty: the smallest penalty that holds the club, over the draws in which one does.
        beyond: how often no penalty holds it.
        curve: how often the club holds under penalties of 0 to 1 in equal steps.
        surplus: what members get together less what each would get by leaving.
        potential: how often that is nought or more, so that transfers can hold the club.
        excess: the largest complaint of the least core at the modes; nought or less says that the core is not empty.
        clause: the least number of members for entry into force that holds the club at the modes; 0 where none is
            needed, None where none does.
        clause_share: the shares of the club's parts between which a clause holds it, at the modes.
        minimum: by number asked for, the sizes of coalitions that hold at the modes.
        ones: everyone asked.
    """

    good: Valued
    club: tuple[str, ...]
    acts: Measured
    internal: Measured
    external: Measured | None
    stable: Measured
    coalitions: tuple[tuple[tuple[str, ...], Measured], ...]
    number: int | None
    penalty: Measured
    beyond: Measured
    curve: tuple[Measured, ...]
    surplus: Measured
    potential: Measured
    excess: float | None
    clause: int | None
    clause_share: tuple[float, float] | None
    minimum: dict[int, dict[int, int]]
    ones: tuple[One, ...]

    @property
    def inside(self) -> list[One]:
        """The members."""
        return [one for one in self.ones if one.inside]

    @property
    def outside(self) -> list[One]:
        """Those who were asked to join."""
        return [one for one in self.ones if not one.inside]


def held(good: Valued, draws: int, seed: int, terms: Terms) -> Held:
    """Ask one good's club what holds it.

    Args:
        good: the good before the body.
        draws: how many draws.
        seed: the seed.
        terms: who is invited, the penalty, the least number of members, and what the others do.
    """
    import numpy as np

    from comity.solvers.participation.over_draws import belonging_to, holding_factor

    club = good.members
    invited = tuple(each for each in terms.invited if each not in club and each not in good.silent)
    invited = tuple(each for each in invited if good.grounds.worth(good.issue, each) is not None)
    asked = replace(good, members=club + invited)
    inside = np.arange(len(asked.members)) < len(club)
    drawn, taken = _present(asked.draws(draws, seed), terms)
    mode, at_mode = _present(asked.modes(), terms)
    found = belonging_to(drawn, inside, terms.penalty * taken.of(inside))
    now = belonging_to(mode, inside, terms.penalty * at_mode.of(inside))
    factor = holding_factor(belonging_to(drawn, inside), inside, taken.of(inside))
    slack = found.slack[:, None]
    leaves, joins = found.gain < -slack, found.gain > slack
    stays = np.asarray(~leaves[:, inside].any(axis=1))
    nobody = np.asarray(~joins[:, ~inside].any(axis=1))
    surplus = found.gain[:, inside].sum(axis=1)
    modes = at_modes(mode, inside, terms, at_mode)
    largest = set(modes.coalitions[0]) if modes.coalitions else set[int]()
    ones = [
        One(
            member=member,
            inside=bool(inside[place]),
            gain=_spread(found.gain[:, place]),
            moves=counted((leaves if inside[place] else joins)[:, place]),
            ends=counted(found.stands & ~found.goes_on[:, place]) if inside[place] else Measured(None),
            needed=modes.needed.get(place),
            payoff=float(now.payoff[0, place]),
            transfer=modes.transfers.get(place),
            shapley=modes.shapley.get(place),
            nucleolus=modes.nucleolus.get(place),
            largest=None if modes.number is None else place in largest,
        )
        for place, member in enumerate(asked.members)
    ]
    acts = found.stands
    return Held(
        good=asked,
        club=club,
        acts=counted(acts),
        internal=counted(acts & stays),
        external=counted(nobody) if invited else None,
        stable=counted(np.asarray(acts & stays & nobody)),
        coalitions=tuple(_with_chance(asked, drawn, taken, each, terms=terms) for each in modes.coalitions[:LISTED]),
        number=modes.number,
        penalty=_spread(factor[np.isfinite(factor) & acts]),
        beyond=counted(np.where(acts, np.isinf(factor), True)),
        curve=tuple(counted(acts & (factor <= step / STEPS * SCALE[terms.base] + 1e-12)) for step in range(STEPS + 1)),
        surplus=_spread(surplus),
        potential=counted(acts & (surplus >= -found.slack)),
        excess=modes.excess,
        clause=modes.clause,
        clause_share=modes.clause_share,
        minimum=modes.minimum,
        ones=tuple(ones),
    )


def _present(drawn: GoodDraws, terms: Terms) -> tuple[Drawn, Sanction]:
    """Benefits and costs as present values over the good's years, and what a sanction takes."""
    from comity.solvers.goods import annuity
    from comity.solvers.participation.over_draws import Drawn

    gains, payments = annuity(drawn.discount, drawn.years, drawn.lead), annuity(drawn.discount, drawn.years)
    good = Drawn(
        drawn.benefit * gains[:, None],
        drawn.cost * payments[:, None],
        drawn.part,
        drawn.excludable,
        drawn.needed,
        terms.rest == "reconsider",
        terms.least,
    )
    return good, sanction(good, drawn.members, terms, payments)


def _spread(values: NDArray[np.float64]) -> Measured:
    """The median with the middle nine tenths."""
    import numpy as np

    if not len(values):
        return Measured(None)
    low, median, high = np.quantile(values, [0.05, 0.5, 0.95])
    return Measured(float(median), float(low), float(high), len(values))


def _with_chance(
    asked: Valued, drawn: Drawn, taken: Sanction, coalition: Sequence[int], *, terms: Terms
) -> tuple[tuple[str, ...], Measured]:
    """A coalition by name, with the share of draws in which it holds."""
    import numpy as np

    from comity.solvers.participation.over_draws import belonging_to

    inside = np.zeros(len(asked.members), dtype=np.bool_)
    inside[list(coalition)] = True
    found = belonging_to(drawn, inside, terms.penalty * taken.of(inside))
    slack = found.slack[:, None]
    kept = (found.gain[:, inside] >= -slack).all(axis=1) & (found.gain[:, ~inside] <= slack).all(axis=1)
    return tuple(asked.members[place] for place in coalition), counted(found.stands & kept)
