"""Ties of dependence between members and powers, measured: what stands in the tables of leverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from comity.analysis.parts.exposure import Exposure

By = Literal["trade", "exports", "imports", "defence"]


@dataclass(frozen=True)
class Tie:
    """What one member depends on one other state for.

    Attributes:
        member: who depends.
        power: on whom.
        value: what is measured, as a share; none where there is no figure.
        low: its low end.
        high: its high end.
        vulnerable: the value weighed by asymmetry; none where there is no figure.
        exports: the printed share of the member's exports that go there.
        imports: the printed share of its imports that come from there.
        basis: ``printed`` in both directions, ``one`` direction only (at least the value), or ``bound``.
        defence: the power's part of all that is obliged to defend the member and of its own; 0 without a promise.
    """

    member: str
    power: str
    value: float | None
    low: float | None
    high: float | None
    vulnerable: float | None
    exports: float | None
    imports: float | None
    basis: str
    defence: float | None


@dataclass(frozen=True)
class Standing:
    """One member's trade as a whole.

    Attributes:
        member: the member.
        openness: exports and imports over GDP.
        first: the largest printed partner of exports and of imports, with its share.
        concentration: Hirschman's index of exports and of imports, from its low to its high end, 0 to 100.
    """

    member: str
    openness: float
    first: dict[str, tuple[str, float]]
    concentration: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Depending:
    """Everything that was found.

    Attributes:
        ties: one a member and power, the members in the order of their greatest tie.
        standings: the members, in that order.
        powers: the columns.
        largest: the power on which each member depends most, and whether the intervals leave no doubt.
        centrality: the weight of each power in the dependence of all states, a share, with its rank.
        circle: the fewest powers that hold each other above the threshold.
    """

    ties: tuple[Tie, ...]
    standings: tuple[Standing, ...]
    powers: tuple[str, ...]
    largest: dict[str, tuple[str, bool]]
    centrality: dict[str, tuple[float, int]]
    circle: tuple[str, ...]


def measured(found: Exposure, rows: Sequence[str], powers: Sequence[str], by: By, *, threshold: float) -> Depending:
    """All ties between these members and powers, the most dependent members first."""
    import numpy as np

    from comity.solvers.dependence import shortest_circle

    ties = _ties(found, rows, powers, by)
    most = {
        member: max((tie for tie in ties if tie.member == member), key=lambda tie: tie.value or 0.0, default=None)
        for member in rows
    }
    order = sorted(rows, key=lambda member: -((tie.value or 0.0) if (tie := most[member]) else 0.0))
    ties.sort(key=lambda tie: order.index(tie.member))
    largest: dict[str, tuple[str, bool]] = {}
    for member in order:
        tie = most[member]
        if tie is not None and tie.value:
            others = [each.high or 0.0 for each in ties if each.member == member and each.power != tie.power]
            largest[member] = tie.power, (tie.low or 0.0) > max(others, default=0.0)
    places = found.places(powers)
    value = found.traded()[0]
    held = np.nan_to_num(value[np.ix_(places, places)]) >= max(threshold, 1e-12)
    circle = tuple(powers[place] for place in shortest_circle(held))
    standings = tuple(_standing(found, member) for member in order)
    return Depending(tuple(ties), standings, tuple(powers), largest, _central(found, powers), circle)


def _ties(found: Exposure, rows: Sequence[str], powers: Sequence[str], by: By) -> list[Tie]:
    import numpy as np

    from comity.solvers.dependence import vulnerability

    security, way = found.security(), "trade" if by == "defence" else by
    value, low, high = (security, security, security) if by == "defence" else found.traded(way)
    weighed = vulnerability(found.traded(way)[0], found.income)
    ways = {"exports": [found.exports], "imports": [found.imports]}.get(by, [found.exports, found.imports])
    known = np.sum([np.isfinite(each.value) for each in ways], axis=0)
    ties: list[Tie] = []
    for member in rows:
        for power in (power for power in powers if power != member):
            at = found.place(member), found.place(power)
            basis = "printed" if by == "defence" or known[at] == len(ways) else "one" if known[at] else "bound"
            tie = Tie(
                member=member,
                power=power,
                value=_known(value[at]),
                low=_known(low[at]),
                high=_known(high[at]),
                vulnerable=_known(weighed[at]),
                exports=_known(found.lists["export"][at]),
                imports=_known(found.lists["import"][at]),
                basis=basis,
                defence=_known(security[at]),
            )
            ties.append(tie)
    return ties


def _known(number: float) -> float | None:
    return None if number != number else float(number)  # noqa: PLR0124 - not a number is not equal to itself


def _standing(found: Exposure, member: str) -> Standing:
    import numpy as np

    from comity.solvers.dependence import concentration, hirschman

    place = found.place(member)
    first: dict[str, tuple[str, float]] = {}
    index: dict[str, tuple[float, float]] = {}
    for way, shares in found.lists.items():
        row = shares[place]
        if not np.isnan(row).all():
            partner = int(np.nanargmax(row))
            first[way] = found.actors[partner], float(row[partner])
            low, high = concentration(row)
            index[way] = hirschman(low), hirschman(high)
    openness = float((found.totals["export"][place] + found.totals["import"][place]) / found.income[place])
    return Standing(member, openness, first, index)


def _central(found: Exposure, powers: Sequence[str]) -> dict[str, tuple[float, int]]:
    """The weight of each power in the dependence of all states on each other, with its rank among all."""
    import numpy as np

    from comity.solvers.dependence import centrality

    weights = centrality(np.nan_to_num(found.traded()[0]))
    return {
        power: (float(weights[at]), int((weights > weights[at]).sum()) + 1)
        for power, at in zip(powers, found.places(powers), strict=True)
    }
