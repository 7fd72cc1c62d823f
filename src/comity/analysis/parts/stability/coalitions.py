"""All coalitions of those who could provide a good, at the modes: which hold, what holds them, what each could get."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.solvers.participation.over_draws import Drawn
    from comity.solvers.participation.payoffs import Payoffs

Rest = Literal["reconsider", "carry_on"]
Base = Literal["cost", "benefit", "trade"]
MINIMA = 12
"""The most members of whom every minimum of participation is tried."""
NUCLEOLUS = 10
"""The most members whose nucleolus is found here."""


@dataclass(frozen=True)
class Terms:
    """What is asked of every good.

    Attributes:
        invited: states outside that might join.
        penalty: what a sanction takes from each who stays out, as a share of its base.
        base: what that is a share of: what its own part costs, what the whole good is worth to it, or what it sells to
            the members.
        least: how many members an agreement needs before it binds anyone.
        rest: whether the others reconsider after an exit (and stop where they would lose), or carry on.
        sales: what one state sells to another in a year, by seller and buyer, where penalties are of trade.
    """

    invited: tuple[str, ...] = ()
    penalty: float = 0.0
    base: Base = "cost"
    least: int = 0
    rest: Rest = "reconsider"
    sales: Mapping[tuple[str, str], float] = field(default_factory=dict[tuple[str, str], float])


@dataclass(frozen=True)
class Sanction:
    """What a sanction of one takes from those outside a club, as present values.

    Attributes:
        flat: by state and draw, whoever the members are (``draws x states``); None where it hangs on them.
        pairs: what each loses by each member in a year (``states x states``).
        years: what one a year is worth today (``draws``).
    """

    flat: NDArray[np.float64] | None
    pairs: NDArray[np.float64]
    years: NDArray[np.float64]

    def of(self, inside: NDArray[np.bool_]) -> NDArray[np.float64]:
        """The losses by a club of these members: ``draws x states``."""
        return self.flat if self.flat is not None else self.years[:, None] * (self.pairs @ inside)[None, :]


def sanction(good: Drawn, names: Sequence[str], terms: Terms, years: NDArray[np.float64]) -> Sanction:
    """What a sanction takes from each of these states, by its base."""
    import numpy as np

    flat = {"cost": good.cost, "benefit": good.benefit}.get(terms.base)
    pairs = np.array(
        [[0.0 if one == other else terms.sales.get((one, other), 0.0) for other in names] for one in names]
    )
    return Sanction(flat, pairs, years)


@dataclass(frozen=True)
class AtModes:
    """What is found at the modes by looking at all coalitions."""

    coalitions: tuple[tuple[int, ...], ...]
    number: int | None
    needed: dict[int, float | None]
    transfers: dict[int, float]
    shapley: dict[int, float]
    nucleolus: dict[int, float]
    excess: float | None
    clause: int | None
    clause_share: tuple[float, float] | None
    minimum: dict[int, dict[int, int]]


def at_modes(mode: Drawn, inside: NDArray[np.bool_], terms: Terms, taken: Sanction) -> AtModes:
    """All coalitions of those asked, where they are few enough; else of the members; else of nobody."""
    from comity.solvers.participation import minimum, penalty, transfers
    from comity.solvers.participation.payoffs import MOST
    from comity.solvers.participation.stable import belonging, mask, stability

    members = len(inside) if len(inside) <= MOST else int(inside.sum())
    if members > MOST:
        return AtModes((), None, {}, {}, {}, {}, None, None, None, {})
    free = _payoffs(mode, members, terms)
    base = taken.of(inside)[0, :members]
    flat = taken.flat is not None
    losses = base if flat else taken.years[0] * taken.pairs[:members, :members]
    reached = minimum.enough(members, terms.least)
    punished = penalty.sanctioned(free, terms.penalty * losses) if terms.penalty else free
    whole = minimum.with_minimum(punished, reached)
    club = mask(place for place in range(members) if inside[place])
    found = stability(whole)
    standing = [each for each in found.found(least=1) if whole.standing[each]]
    holding = penalty.smallest_sanction(minimum.with_minimum(free, reached), club, list(base))
    acts = bool(whole.standing[club])
    paid = (transfers.settled(whole, club) if acts else None) or {}
    share = minimum.holding_share(punished, club, list(mode.part[:members])) if acts else None
    by_number = minimum.by_minimum(punished, "either") if members <= MINIMA else {}
    shared = _shared(mode, int(inside.sum()), terms)
    return AtModes(
        coalitions=tuple(belonging(each, members) for each in standing),
        number=len(standing),
        needed={place: None if each is None else float(each) for place, each in holding.needed.items()},
        transfers={place: float(each) for place, each in paid.items()},
        shapley=shared[0],
        nucleolus=shared[1],
        excess=shared[2],
        clause=_clause(punished, club, int(inside.sum())),
        clause_share=None if share is None else (float(share[0]), float(share[1])),
        minimum={
            number: _standing_sizes(each.stable & punished.standing & minimum.enough(members, number))
            for number, each in by_number.items()
        },
    )


def _payoffs(mode: Drawn, members: int, terms: Terms) -> Payoffs:
    from comity.solvers.participation.payoffs import linear_good

    return linear_good(
        mode.benefit[0, :members],
        mode.cost[0, :members],
        parts=mode.part[:members],
        excludable=float(mode.excludable[0]),
        needed=mode.needed,
        joint=terms.rest == "reconsider",
    )


def _standing_sizes(stable: NDArray[np.bool_]) -> dict[int, int]:
    import numpy as np

    from comity.solvers.participation.payoffs import sizes

    members = len(stable).bit_length() - 1
    counts = np.bincount(sizes(members)[stable], minlength=members + 1)
    return {size: int(count) for size, count in enumerate(counts) if size and count}


def _clause(free: Payoffs, club: int, size: int) -> int | None:
    """The least number of members that an agreement must ask for so that nobody in the club would rather leave."""
    from comity.solvers.participation.minimum import enough, with_minimum
    from comity.solvers.participation.stable import stability

    for number in (0, size):
        bound = with_minimum(free, enough(free.members, number))
        if bound.standing[club] and stability(bound).internal[club]:
            return number
    return None


def _shared(mode: Drawn, members: int, terms: Terms) -> tuple[dict[int, float], dict[int, float], float | None]:
    """How the members could share what they get together: Shapley, nucleolus, and the complaint of the least core."""
    import numpy as np

    from comity.solvers.nucleolus import of_worths
    from comity.solvers.participation.stable import belonging, together
    from comity.solvers.participation.transfers import least_core, shapley

    if members < 2:
        return {}, {}, None
    worths = np.rint(together(_payoffs(mode, members, terms))).astype(np.int64)
    values = {place: float(each) for place, each in enumerate(shapley(worths))}
    nucleolus: dict[int, float] = {}
    if members <= NUCLEOLUS and int(worths[[1 << place for place in range(members)]].sum()) <= int(worths[-1]):
        named: dict[Collection[str], int] = {
            tuple(map(str, belonging(each, members))): int(worths[each]) for each in range(1, 1 << members)
        }
        nucleolus = {int(place): float(each) for place, each in of_worths(named).shares.items()}
    return values, nucleolus, least_core(worths).excess
