"""Links between issues before one body: which second issue opens one that is stuck, what else would, and how stable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.analysis.parts.matters import Matter
from comity.analysis.parts.packages.trading import MANY, Floor, Trade
from comity.analysis.parts.zone import Chance, chance
from comity.model.institution import Institution

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.model.grounds import Draws
    from comity.solvers.linkage import Payment, Side

STEP = 2
"""The points between texts of the grid."""
HALF = 4
"""The points between texts where draws of a body of more than 16 members are looked at."""
COARSE = 10
"""The same of a body of more than 30."""
PRICED = 200
"""The most draws in which a payment is asked for."""
WALK = 5
"""The points between texts where packages are put against each other."""


@dataclass(frozen=True)
class Link:
    """A stuck issue beside another.

    Attributes:
        stuck: the issue that its rule does not open.
        other: the issue put beside it.
        room: the share of packages on the grid that open it, at the modes.
        text: the best package at the modes, stuck issue first; None where there is none.
        gains: what each member gains by it.
        works: the share of the draws in which the issue is stuck and the link opens it; None where it never is.
    """

    stuck: Matter
    other: Matter
    room: float
    text: tuple[float, float] | None
    gains: dict[str, float]
    works: Chance | None


@dataclass(frozen=True)
class Stability:
    """Whether some package of a link is safe from the next.

    Attributes:
        link: the link.
        safe: how many packages of the grid no other beats.
        run: packages, each beating the one before, that lead from one package back to it; empty where some is safe.
    """

    link: Link
    safe: int
    run: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Stuck:
    """An issue on which a body cannot agree by itself.

    Attributes:
        matter: the issue.
        share: the share of draws in which it is stuck.
        links: every other issue put beside it.
        payment: the least payment that has it adopted alone; None where none can.
        prices: the 5th and 95th percentile of what that text costs, of the draws in which a payment can buy it; None
            where it never can.
        stability: of its best link; None where no link opens it, or the body is large.
    """

    matter: Matter
    share: Chance
    links: tuple[Link, ...]
    payment: Payment | None
    prices: tuple[float | None, float | None]
    stability: Stability | None

    @property
    def best(self) -> Link | None:
        """The link that opens it in the most draws, of those that do at the modes."""
        return _best(self.links)

    @property
    def payers(self) -> list[str]:
        """Who could pay all of it out of its own gain, those that gain most first."""
        if self.payment is None or not self.payment.paid.any():
            return []
        cost = float(self.payment.paid.sum())
        gains = dict(zip(self.matter.decision.members, map(float, self.payment.gain), strict=True))
        return [member for member in sorted(gains, key=lambda each: -gains[each]) if gains[member] >= cost]

    @property
    def paid(self) -> dict[str, float]:
        """What each is paid, those left out that are paid nothing."""
        if self.payment is None:
            return {}
        rows = zip(self.matter.decision.members, map(float, self.payment.paid), strict=True)
        return {member: amount for member, amount in rows if amount > 0}


@dataclass(frozen=True)
class Dealt:
    """What was found in one body: its best exchanges, how many there are, and the issues that are stuck."""

    body: Institution
    issues: int
    members: int
    trades: tuple[Trade, ...]
    count: int
    stuck: tuple[Stuck, ...]


def _best(links: Sequence[Link]) -> Link | None:
    found = [link for link in links if link.text is not None]
    return max(found, key=lambda link: (link.works.share if link.works else 0.0, link.room), default=None)


def grid(step: int) -> NDArray[np.float64]:
    """The texts looked at."""
    import numpy as np

    return np.arange(0, 100 + step, step, dtype=np.float64)


def stuck_ones(ground: Floor, least: float) -> list[Stuck]:
    """The issues of a body that are stuck at the modes, each with its links.

    An issue is stuck where its rule adopts no text that lies at least ``least`` points from the status quo.
    """
    from comity.solvers.linkage import CODED, transfer

    modes = [_side(m, drawn, least, STEP) for m, drawn in zip(ground.matters, ground.modes, strict=True)]
    count = len(ground.members)
    step = STEP if count <= CODED else HALF if count <= MANY else COARSE
    drawn = [_side(m, each, least, step) for m, each in zip(ground.matters, ground.drawn, strict=True)]
    found: list[Stuck] = []
    for k, matter in enumerate(ground.matters):
        if _open(matter, ground.modes[k], least)[0]:
            continue
        closed = ~_open(matter, ground.drawn[k], least)
        links = tuple(
            _link((matter, ground.matters[j]), (modes[k], modes[j]), (drawn[k], drawn[j]), closed)
            for j in range(len(ground.matters))
            if j != k
        )
        share = chance(int(closed.sum()), len(closed))
        payment = transfer(modes[k])
        span = _prices(matter, ground.drawn[k], payment)
        found.append(Stuck(matter, share, links, payment, span, _stability(ground, _best(links), least)))
    return found


def _open(matter: Matter, drawn: Draws, least: float) -> NDArray[np.bool_]:
    from comity.solvers.spatial.line import zones

    quo, fixed = matter.status_quo, matter.fixed()
    return zones(matter.decision.game, drawn.low, drawn.high, status_quo=quo, least=least, fixed=fixed).open


def _side(matter: Matter, drawn: Draws, least: float, step: int) -> Side:
    import numpy as np

    from comity.solvers.linkage import Side, gains

    texts = grid(step)
    gain = gains(drawn.position, drawn.salience / 100, (drawn.high - drawn.low) / 2, texts)
    distance = np.abs(texts - matter.status_quo)
    return Side(matter.decision.game, matter.fixed(), gain, (distance >= least) & (distance > 0))


def _prices(matter: Matter, drawn: Draws, payment: Payment | None) -> tuple[float | None, float | None]:
    import numpy as np

    from comity.solvers.linkage import Side, gains, prices

    if payment is None:
        return None, None
    text = grid(STEP)[[payment.text]]
    some = slice(0, PRICED)
    reach = (drawn.high[some] - drawn.low[some]) / 2
    gain = gains(drawn.position[some], drawn.salience[some] / 100, reach, text)
    found = prices(Side(matter.decision.game, matter.fixed(), gain, np.array([True])))
    known = found[~np.isnan(found)]
    if not len(known):
        return None, None
    low, high = np.quantile(known, [0.05, 0.95])
    return float(low), float(high)


def _link(
    pair: tuple[Matter, Matter], modes: tuple[Side, Side], drawn: tuple[Side, Side], closed: NDArray[np.bool_]
) -> Link:
    from comity.solvers.linkage import best, packages

    open_ones = packages(*modes)
    place = best(*modes, open_ones)
    gains: dict[str, float] = {}
    text = None
    if place is not None:
        texts = grid(STEP)
        text = (float(texts[place[0]]), float(texts[place[1]]))
        total = modes[0].gain[0, place[0]] + modes[1].gain[0, place[1]]
        gains = dict(zip(pair[0].decision.members, map(float, total), strict=True))
    opened = packages(*(_of(side, closed) for side in drawn))
    works = chance(int(opened.any(axis=(1, 2)).sum()), len(opened)) if len(opened) else None
    return Link(*pair, float(open_ones.mean()), text, gains, works)


def _of(side: Side, which: NDArray[np.bool_]) -> Side:
    from dataclasses import replace

    return replace(side, gain=side.gain[which])


def _stability(ground: Floor, link: Link | None, least: float) -> Stability | None:
    import numpy as np

    from comity.solvers.linkage import beats, cycle

    if link is None or len(ground.members) > MANY:
        return None
    order: Sequence[Matter] = ground.matters
    sides = [_side(m, ground.modes[order.index(m)], least, WALK) for m in (link.stuck, link.other)]
    beating = beats(*sides)
    safe = int((~beating.any(axis=0)).sum())
    texts = grid(WALK)
    run: list[int] | None = None
    if not safe and link.text is not None:
        near = [int(np.abs(texts - at).argmin()) for at in link.text]
        run = cycle(beating, near[0] * len(texts) + near[1])
        starts = (cycle(beating, start) for start in range(len(beating)))
        run = run or next((each for each in starts if each), None)
    points = [(float(texts[at // len(texts)]), float(texts[at % len(texts)])) for at in run or ()]
    return Stability(link, safe, tuple(points))
