"""The indispensable assets of each member: its part of the world in every figure, and what no figure holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from comity.analysis.assets_words import caveats, findings, held_table, matrix_chart, named_table
from comity.analysis.exposure import members_of, provenance
from comity.kernel.errors import InputError, NotComputable
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs
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


class Assets(Analysis):
    """What each member holds that others would miss: its share of the world and its rank, in everything that ships.

    An asset is indispensable as far as others cannot do without it: a large share of the world, and nobody near. Beside
    the figures stand two counts over the lists of trade partners: of how many states a member is the first supplier and
    the first market. The assets that the press text on a G5 names are listed with the figure that measures each, or
    with the gap; the text's own numbers are held against data by `comity analyse claims g5`.

    Source:
        Hirschman (1945), *National Power and the Structure of Foreign Trade*, chapter II, on the supply effect and what
        cannot be replaced.

    Example:
        >>> import comity as co
        >>> held = co.analyse(co.load("g5"), "assets")
        >>> held.values["first"]["CHN"][0]
        'gdp_ppp'
    """

    kind: Literal["analysis.assets"] = "analysis.assets"
    """The kind of analysis."""
    figures: tuple[str, ...] = ()
    """The indicators; every amount that ships where none is named."""
    members: tuple[str, ...] = ()
    """The states asked about; the members of the institution and of those it is compared with where absent."""
    top: Annotated[int, Field(ge=1, le=50)] = 3
    """Down to which rank in the world a holding counts as an asset."""

    def run(self, inputs: Inputs) -> Result:
        """Measure every member's part of every figure.

        Raises:
            UnknownName: for an indicator that is not there.
            InputError: for a rate, of which nobody has a part.
            NotComputable: where no member has a figure.
        """
        panel = inputs.figures()
        asked = [member for member in members_of(inputs, self.members) if member in panel.actors]
        figures = self._figures(panel)
        held = [each for figure in figures for each in _held(panel, figure, asked)]
        if not self.figures:
            held += _counted(asked)
        if not any(each.value is not None for each in held):
            raise NotComputable(f"No member of {inputs.institution.title.en} has a figure.", mend="Name --members.")
        listed = [each for each in _named(asked) if not self.figures or each.figure in self.figures]
        told = findings(inputs, held, listed, self.top)
        first = {member: [each.figure for each in held if each.member == member and each.rank == 1] for member in asked}
        return Result(
            kind=self.kind,
            title=Text("Indispensable assets", "不可或缺的资产"),
            values={
                "first": first,
                "ranks": {
                    member: {each.figure: each.rank for each in held if each.member == member} for member in asked
                },
                "shares": {
                    member: {each.figure: each.share for each in held if each.member == member} for member in asked
                },
                "gaps": [f"{each.member}.{each.id}" for each in listed if each.figure is None],
            },
            tables=(held_table(inputs, held), named_table(inputs, held, listed)),
            charts=(matrix_chart(inputs, held, told[0].text),),
            findings=tuple(told),
            caveats=tuple(caveats(inputs, held, listed)),
            provenance=provenance(inputs, self),
        )

    def _figures(self, panel: Panel) -> list[str]:
        for name in self.figures:
            if panel.indicator(name).nature == "rate":
                raise InputError(f"{name} is a rate: nobody holds a part of it.", mend="Name amounts, such as gdp_usd.")
        return list(self.figures) or [name for name, each in panel.indicators.items() if each.nature == "amount"]


def _held(panel: Panel, figure: str, members: Sequence[str]) -> list[Holding]:
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


def _counted(members: Sequence[str]) -> list[Holding]:
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


def _named(members: Sequence[str]) -> list[Asset]:
    from comity.library.assets import assets

    return [each for each in assets().assets if each.member in members]
