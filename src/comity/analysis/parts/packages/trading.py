"""Exchanges between members of one body: who gives way on what, for what, and at whose cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.analysis.parts.matters import Matter
from comity.analysis.parts.zone import Chance, chance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.model.grounds import Draws
    from comity.solvers.bargain.exchange import Exchange, Terms

    Floats = NDArray[np.float64]

MANY = 30
"""In larger bodies only the most salient members trade."""
TRADERS = 10
"""How many trade in a large body: those to which the issues matter most."""
LISTED = 40
"""The most exchanges listed for one body."""


@dataclass(frozen=True)
class Trade:
    """One exchange in one body.

    Attributes:
        given: the issue on which the giver moves.
        taken: the issue on which the taker moves.
        giver: who moves on the first.
        taker: who moves on the second.
        deal: its terms.
        effects: what every member with stakes gains or loses by it.
        lasts: the share of draws in which both still gain by it.
        span: the 5th and 95th percentile of what each of the two gains, nought where there is no gain.
    """

    given: Matter
    taken: Matter
    giver: str
    taker: str
    deal: Exchange
    effects: dict[str, float]
    lasts: Chance
    span: tuple[float, float]

    @property
    def hurt(self) -> list[str]:
        """Third members that lose, the one that loses most first."""
        losing = [member for member, effect in self.effects.items() if effect < -1e-9 and member not in self.two]
        return sorted(losing, key=lambda member: (self.effects[member], member))

    @property
    def two(self) -> tuple[str, str]:
        """The two that trade."""
        return self.giver, self.taker


@dataclass(frozen=True)
class Floor:
    """A body's matters with what its members want: at the modes, and drawn."""

    matters: tuple[Matter, ...]
    modes: tuple[Draws, ...]
    drawn: tuple[Draws, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """Who sits there."""
        return self.matters[0].decision.members


def floor(matters: Sequence[Matter], draws: int, seed: int) -> Floor:
    """What the members of a body want on all its matters."""
    return Floor(tuple(matters), tuple(m.modes() for m in matters), tuple(m.draws(draws, seed) for m in matters))


def trades(ground: Floor) -> tuple[list[Trade], int]:
    """The most profitable exchanges at the modes, and how many there are in all.

    The outcome of an issue is the mean of positions weighted by voting weight times salience. Where the rule gives no
    weights every member has the same.
    """
    import numpy as np

    from comity.solvers.bargain.exchange import exchanges

    wants = [_wants(each, modes) for each, modes in zip(ground.matters, ground.modes, strict=True)]
    taking = [k for k, (_, weight, _) in enumerate(wants) if weight.sum() > 0]
    if len(taking) < 2:
        return [], 0
    position, weight, salience = (np.concatenate([wants[k][part] for k in taking]).T for part in range(3))
    kept = _traders(salience)
    power = np.divide(weight, salience, out=np.zeros_like(weight), where=salience > 0)
    found = exchanges(position, power, salience, among=kept)
    offered: dict[tuple[int, int], Terms] = {}
    listed: list[Trade] = []
    for deal in found[:LISTED]:
        pair = (taking[deal.given], taking[deal.taken])
        if pair not in offered:
            offered[pair] = _offered(ground, pair, kept)
        gained = offered[pair].gain[:, kept.index(deal.giver), kept.index(deal.taker)]
        low, high = np.quantile(gained, [0.05, 0.95])
        listed.append(
            Trade(
                ground.matters[pair[0]],
                ground.matters[pair[1]],
                ground.members[deal.giver],
                ground.members[deal.taker],
                deal,
                dict(zip(ground.members, map(float, deal.effects), strict=True)),
                chance(int((gained > 0).sum()), len(gained)),
                (float(low), float(high)),
            )
        )
    return listed, len(found)


def _wants(matter: Matter, drawn: Draws) -> tuple[Floats, Floats, Floats]:
    """Position, voting weight times salience, and salience as a share of one: draws x members each."""
    import numpy as np

    shares = np.array(matter.decision.shares)
    shares = shares if shares.sum() > 0 else np.full(len(shares), 1 / len(shares))
    salience = np.nan_to_num(drawn.salience, nan=0.0) / 100
    return np.nan_to_num(drawn.position, nan=0.0), shares * salience, salience


def _traders(salience: Floats) -> list[int]:
    """Who trades, by place: all, or in a large body those to which the issues matter most."""
    import numpy as np

    members = len(salience)
    if members <= MANY:
        return list(range(members))
    return sorted(int(i) for i in np.argsort(-salience.sum(axis=1), kind="stable")[:TRADERS])


def _offered(ground: Floor, pair: tuple[int, int], kept: Sequence[int]) -> Terms:
    """The terms of all trades over two issues, draw by draw, those draws left out in which nobody cares."""
    import numpy as np

    from comity.solvers.bargain.exchange import terms

    wants = [_wants(ground.matters[k], ground.drawn[k]) for k in pair]
    position, weight, salience = (np.stack([each[part] for each in wants], axis=2) for part in range(3))
    cared = (weight.sum(axis=1) > 0).all(axis=1)
    return terms(position[cared], weight[cared], salience[cared], among=kept)
