"""The sheet of resilience: every member by every indicator, with ranks among members and in the world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.analysis import Inputs
from comity.model.panel import Panel
from comity.selection.resilience_indicators import Wanted

if TYPE_CHECKING:
    from comity.solvers.choice.ranks import Ranks


@dataclass(frozen=True)
class Cell:
    """One indicator of one member.

    Attributes:
        member: the member.
        wanted: the indicator.
        value: its figure; None for a gap.
        year: the year of the figure.
        rank: its rank among the members that have a figure.
        world_rank: its rank in the world.
        of_world: how many states of the world have a figure.
        place: its place in the world, from 0 (last) to 1 (first).
    """

    member: str
    wanted: Wanted
    value: float | None
    year: int | None
    rank: int | None
    world_rank: int | None
    of_world: int
    place: float | None


@dataclass(frozen=True)
class Sheet:
    """The sheet and the ranks.

    Attributes:
        inputs: what the analysis was given.
        members: the states compared, in the order of the charters.
        wanted: the indicators.
        cells: one a member and indicator.
        ranked: the members that have any figure.
        ranks: the ranks by treatment of gaps.
        top: how many count as first.
    """

    inputs: Inputs
    members: tuple[str, ...]
    wanted: tuple[Wanted, ...]
    cells: tuple[Cell, ...]
    ranked: tuple[str, ...]
    ranks: Mapping[str, Ranks]
    top: int

    @property
    def panel(self) -> Panel:
        """The figures."""
        return self.inputs.figures()

    def of(self, member: str) -> list[Cell]:
        """The cells of one member."""
        return [cell for cell in self.cells if cell.member == member]

    def order(self) -> list[str]:
        """The ranked members, the best mean rank first (gaps left out), then the others."""
        found = self.ranks["left_out"].expected
        best = sorted(range(len(self.ranked)), key=lambda place: (found[place], place))
        return [*(self.ranked[place] for place in best), *(each for each in self.members if each not in self.ranked)]


def cells_of(panel: Panel, wanted: Wanted, members: Sequence[str]) -> list[Cell]:
    """The cells of one indicator, one a member."""
    if not wanted.figure:
        return [Cell(member, wanted, None, None, None, None, 0, None) for member in members]
    world = [value for value in panel.column(wanted.figure) if value is not None]
    here = dict(zip(members, panel.column(wanted.figure, members), strict=True))
    years = panel.years(wanted.figure)
    found: list[Cell] = []
    for member, value in here.items():
        if value is None:
            found.append(Cell(member, wanted, None, None, None, None, len(world), None))
            continue
        above = sum(each > value for each in world)
        rank = 1 + sum(each is not None and each > value for each in here.values())
        below = sum(each < value for each in world)
        place = below / (len(world) - 1) if len(world) > 1 else 1.0
        found.append(Cell(member, wanted, value, years[member], rank, above + 1, len(world), place))
    return found
