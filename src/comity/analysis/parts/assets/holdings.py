"""What each member holds of each figure: its part of the world, its rank, and who comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.panel import Panel

if TYPE_CHECKING:
    from comity.library.assets import Asset

SUPPLIER, MARKET = "first_supplier_of", "first_market_of"
"""Two counts over the lists of trade partners: of how many states it is the first supplier, the first market."""


@dataclass(frozen=True)
class Holding:
    """One member's part of one thing.

    Attributes:
        member: the member.
        figure: the indicator, or :data:`SUPPLIER` or :data:`MARKET`.
        value: what it holds; none where there is a gap.
        share: its share of the world: of what surplus states hold, where the figure is signed.
        rank: its place among the states that have a figure, the first being the largest.
        next: who holds most besides it.
        times: how many times as much as the next it holds; none where it is not the first.
        year: the year of the figure.
    """

    member: str
    figure: str
    value: float | None
    share: float | None
    rank: int | None
    next: str | None
    times: float | None
    year: int | None


def held_of(panel: Panel, figure: str, members: Sequence[str]) -> list[Holding]:
    """Each member's part of one figure, among all states of the figures."""
    column = dict(zip(panel.actors, panel.column(figure), strict=True))
    known = {actor: value for actor, value in column.items() if value is not None}
    world = sum(max(value, 0.0) for value in known.values())
    years = panel.years(figure)
    found: list[Holding] = []
    for member in members:
        value = known.get(member)
        share = None if value is None or not world else max(value, 0.0) / world
        found.append(_holding(known, member, figure, share=share, year=years.get(member)))
    return found


def _holding(known: dict[str, float], member: str, figure: str, *, share: float | None, year: int | None) -> Holding:
    value = known.get(member)
    if value is None:
        return Holding(member, figure, None, None, None, None, None, None)
    rank = 1 + sum(each > value for each in known.values())
    others = {actor: each for actor, each in known.items() if actor != member}
    other = max(others, key=lambda actor: others[actor], default=None)
    second = others[other] if other is not None else 0.0
    times = value / second if rank == 1 and second > 0 else None
    return Holding(member, figure, value, share, rank, other, times, year)


def counted_of(members: Sequence[str]) -> list[Holding]:
    """Of how many states each member is the first supplier and the first market, ties shared by all of the first."""
    from comity.library.ties import partners

    found: list[Holding] = []
    for figure, direction in ((SUPPLIER, "import"), (MARKET, "export")):
        rows = partners().filter(partners()["direction"] == direction)
        counts: Counter[str] = Counter()
        states = 0
        for _, printed in rows.group_by("iso3", maintain_order=True):
            states += 1
            best = printed["share"].max()
            counts.update(printed.filter(printed["share"] == best)["partner"].to_list())
        known = {actor: float(count) for actor, count in counts.items()}
        known |= {member: 0.0 for member in members if member not in known}
        latest = max(rows["year"].to_list())
        found += [_holding(known, member, figure, share=known[member] / states, year=latest) for member in members]
    return found


def named_of(members: Sequence[str]) -> list[Asset]:
    """The assets that the text names for these members."""
    from comity.library.assets import assets

    return [each for each in assets().assets if each.member in members]
