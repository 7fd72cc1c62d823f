"""A tariff or a withdrawal by one power, drawn: where each state's trade leans before and after, and its autonomy."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from comity.analysis.parts.assumed import drawn
from comity.analysis.parts.exposure import Exposure
from comity.analysis.parts.landing import Measured, counted, middle

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


Act = Literal["tariff", "withdrawal"]
SURE = 0.95
"""In what share of the draws something must hold to be called settled."""


@dataclass(frozen=True)
class Shock:
    """What one power does, and how trade is taken to answer.

    Attributes:
        power: who acts.
        rival: to whom others may turn.
        act: a tariff on what it buys, or a withdrawal from trade both ways.
        size: the tariff, or the share of trade withdrawn.
        answered: whether the others answer a tariff in kind.
        elasticity: by how many per cent trade falls for each per cent of tariff: low, mode, high.
        found: which part of the trade lost finds another partner: low, mode, high.
    """

    power: str
    rival: str
    act: Act
    size: float
    answered: bool
    elasticity: tuple[float, float, float]
    found: tuple[float, float, float]


@dataclass(frozen=True)
class Leaning:
    """One state before and after the act.

    Attributes:
        member: the state.
        ally: whether the power is obliged by treaty to defend it.
        known: whether its trade with the power or the rival is printed at all.
        lean: the power's part of its trade with the two, before and after.
        to_power: in what share of the draws it trades more with the power than with the rival, before and after.
        dependence: trade with the power over GDP, before and after.
        on_rival: trade with the rival over GDP, before and after.
        risk: exports that find no other buyer, over GDP.
        supplies: imports that find no other seller, over GDP.
        autonomy: one less what it depends on the power for, before and after.
        security: what its defence hangs on the power; none where spending is a gap.
    """

    member: str
    ally: bool
    known: bool
    lean: tuple[Measured, Measured]
    to_power: tuple[Measured, Measured]
    dependence: tuple[Measured, Measured]
    on_rival: tuple[Measured, Measured]
    risk: Measured
    supplies: Measured
    autonomy: tuple[Measured, Measured]
    security: float | None

    @property
    def verdict(self) -> str:
        """What the act does to where it leans: ``stays``, ``wavers``, ``turns``, ``elsewhere`` before, ``unknown``."""
        before, after = ((each.value or 0.0) for each in self.to_power)
        if not self.known:
            return "unknown"
        if before < 0.5:
            return "elsewhere"
        if after < 0.5:
            return "turns"
        return "stays" if after >= SURE else "wavers"


def leanings(found: Exposure, members: Sequence[str], shock: Shock, *, draws: int, seed: int) -> list[Leaning]:
    """Every member before and after the act, those with most at risk first."""
    import numpy as np

    from comity.solvers.diversion import autonomy, diverted, simplex

    security = found.security()[:, found.place(shock.power)]
    places = found.places(members)
    remains = _remains(shock, draws, seed)
    before = {
        way: _shares(found, way, members, (shock.power, shock.rival), draws=draws, seed=seed)
        for way in ("export", "import")
    }
    part = drawn(seed, "hedging.found", shock.found, draws)
    after = {way: diverted(shares, 0, remains[way][:, None], part[:, None]) for way, shares in before.items()}
    scale = {way: found.totals[way][places] / found.income[places] for way in before}
    weights = simplex(_uniforms(seed, "weights", "all", draws, number=3))
    guarded = np.broadcast_to(security[places], (draws, len(places)))

    def autonomous(shares: dict[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        parts = [shares[way][..., 0] * scale[way] for way in ("export", "import")]
        return autonomy(np.stack([*parts, guarded], axis=-1), weights)

    stages = (before, {way: each.shares for way, each in after.items()})
    traded = [sum((shares[way] * scale[way][:, None] for way in shares), np.zeros(1)) for shares in stages]
    free = [autonomous(shares) for shares in stages]
    lost = {way: after[way].lost * scale[way] for way in after}
    made: list[Leaning] = []
    for number, member in enumerate(members):
        (own, power, rival) = (found.place(each) for each in (member, shock.power, shock.rival))
        sides = [(each[:, number, 0], each[:, number, 1]) for each in traded]
        leans = [np.where(one + two > 0, one / np.where(one + two > 0, one + two, 1.0), 0.5) for one, two in sides]
        flows = [way.value[own, to] for way in (found.exports, found.imports) for to in (power, rival)]
        made.append(
            Leaning(
                member=member,
                ally=bool(found.promised[own, power]),
                known=bool(np.isfinite(flows).any()),
                lean=(middle(leans[0]), middle(leans[1])),
                to_power=(counted(leans[0] > 0.5), counted(leans[1] > 0.5)),
                dependence=(middle(sides[0][0]), middle(sides[1][0])),
                on_rival=(middle(sides[0][1]), middle(sides[1][1])),
                risk=middle(lost["export"][:, number]),
                supplies=middle(lost["import"][:, number]),
                autonomy=(middle(free[0][:, number]), middle(free[1][:, number])),
                security=_nothing(float(security[own])),
            )
        )
    return sorted(made, key=lambda each: (-(each.risk.value or 0.0), each.member))


def _remains(shock: Shock, draws: int, seed: int) -> dict[str, NDArray[np.float64]]:
    """What is left of exports to the power and of imports from it, draw by draw."""
    import numpy as np

    from comity.solvers.diversion import kept

    everything = np.ones(draws)
    if shock.act == "withdrawal":
        left = everything * (1 - shock.size)
        return {"export": left, "import": left}
    left = kept(everything * shock.size, drawn(seed, "hedging.elasticity", shock.elasticity, draws))
    return {"export": left, "import": left if shock.answered else everything}


def _shares(
    found: Exposure, way: str, members: Sequence[str], sides: tuple[str, str], *, draws: int, seed: int
) -> NDArray[np.float64]:
    """Shares of the power, the rival and all others in each member's trade, drawn within their bounds."""
    import numpy as np

    flows = found.exports if way == "export" else found.imports
    columns: list[NDArray[np.float64]] = []
    for side in sides:
        held: list[NDArray[np.float64]] = []
        for member in members:
            at = found.place(member), found.place(side)
            total = found.totals[way][at[0]]
            low, high = (
                np.clip(np.nan_to_num(each[at] / total, nan=gap), 0, 1)
                for each, gap in ((flows.low, 0.0), (flows.high, 1.0))
            )
            held.append(low + (high - low) * _uniforms(seed, f"{way}.{side}", member, draws)[:, 0])
        columns.append(np.column_stack(held))
    both = np.maximum(columns[0] + columns[1], 1.0)
    power, rival = columns[0] / both, columns[1] / both
    return np.stack([power, rival, np.maximum(1 - power - rival, 0.0)], axis=-1)


def _uniforms(seed: int, purpose: str, member: str, draws: int, *, number: int = 1) -> NDArray[np.float64]:
    """Numbers between 0 and 1 of one quantity of one state: the same in whatever body it is asked about."""
    from comity.kernel.streams import Stream

    first = int.from_bytes(hashlib.sha256(member.encode()).digest()[:3], "big")
    return Stream(seed, f"hedging.{purpose}").uniforms(range(draws), [first + place for place in range(number)])


def _nothing(number: float) -> float | None:
    return None if number != number else float(number)  # noqa: PLR0124 - not a number is not equal to itself
