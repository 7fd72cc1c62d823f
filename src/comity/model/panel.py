"""Figures: what was measured of whom, when, in what unit, by which source, under which licence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from comity.kernel.canonical import digest
from comity.kernel.errors import UnknownName
from comity.kernel.family import Spec
from comity.kernel.result import Text

if TYPE_CHECKING:
    import polars as pl

COLUMNS = ("iso3", "indicator", "year", "value", "unit", "low", "high", "status", "source", "licence")
STATUSES = ("reported", "derived", "recalled")


class Indicator(Spec):
    """What a figure measures."""

    id: str
    """The name by which criteria and commands call it."""
    title: Text
    """Its name for a reader."""
    unit: str
    """Unit of measurement."""
    nature: Literal["amount", "rate"] = "amount"
    """``amount`` can be summed over states, ``rate`` (a percentage, a price) cannot."""
    signed: bool = False
    """Whether it can be negative."""
    definition: Text
    """What is counted, and what it does not say."""
    sources: dict[str, str] = {}
    """Names of its sources and the attribution line each asks for."""


@dataclass(frozen=True)
class Panel:
    """The figures as of one year.

    For each state and indicator it holds the latest value not later than ``year`` and not older than ``year - back``;
    each cell keeps its own year.

    Attributes:
        frame: one row a cell, with the columns :data:`COLUMNS`, sorted by indicator and state.
        year: the year looked back from.
        back: how many years back a value may be.
        indicators: what each indicator is.
        actors: the codes of the states the panel is about (the world of its shares).
        digests: SHA-256 of each file the figures come from, by its name.

    Example:
        >>> import comity
        >>> comity.panel(year=2025).value("USA", "gdp_usd") > 2e13
        True
    """

    frame: pl.DataFrame
    year: int
    back: int
    indicators: Mapping[str, Indicator]
    actors: tuple[str, ...]
    digests: Mapping[str, str]

    @cached_property
    def _cells(self) -> dict[str, dict[str, tuple[float, int]]]:
        cells: dict[str, dict[str, tuple[float, int]]] = {}
        for iso3, indicator, year, value in self.frame.select("iso3", "indicator", "year", "value").iter_rows():
            cells.setdefault(indicator, {})[iso3] = (value, year)
        return cells

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the cells of this panel."""
        return digest(self.frame.select("iso3", "indicator", "year", "value").write_csv().encode())

    def indicator(self, name: str) -> Indicator:
        """The description of one indicator.

        Raises:
            UnknownName: where the figures have no such indicator, with near ones and how to bring one's own.
        """
        if name not in self.indicators:
            raise UnknownName("indicator", name, list(self.indicators), mend="Bring your own with --figures FILE.")
        return self.indicators[name]

    def value(self, actor: str, indicator: str) -> float | None:
        """One figure, or None where there is a gap."""
        self.indicator(indicator)
        cell = self._cells.get(indicator, {}).get(actor)
        return None if cell is None else cell[0]

    def column(self, indicator: str, actors: Iterable[str] | None = None) -> list[float | None]:
        """One indicator for several states (all of the panel by default), in their order; None is a gap."""
        self.indicator(indicator)
        cells = self._cells.get(indicator, {})
        return [cells[actor][0] if actor in cells else None for actor in (self.actors if actors is None else actors)]

    def years(self, indicator: str) -> dict[str, int]:
        """The year of each state's figure."""
        return {actor: year for actor, (_, year) in self._cells.get(indicator, {}).items()}

    def older(self, indicators: Sequence[str], actors: Sequence[str]) -> list[tuple[str, str, int]]:
        """The cells whose figure is older than the year asked for: ``(actor, indicator, year)``."""
        years = {name: self.years(name) for name in indicators}
        found = [(actor, name, years[name].get(actor)) for name in indicators for actor in actors]
        return [(actor, name, year) for actor, name, year in found if year is not None and year < self.year]

    def gaps(self, indicators: Sequence[str], actors: Sequence[str]) -> list[tuple[str, str]]:
        """The cells that are missing: ``(actor, indicator)``."""
        return [(actor, name) for name in indicators for actor in actors if self.value(actor, name) is None]

    def sources(self, indicators: Sequence[str]) -> dict[str, str]:
        """The sources behind these indicators' cells with the attribution line each asks for."""
        return {source: line for name in indicators for source, line in self.indicator(name).sources.items()}
