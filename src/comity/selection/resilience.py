"""``selection.resilience``: ten national indicators as a sheet with its gaps, and who ranks how under any weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs
from comity.model.panel import Panel
from comity.selection import resilience_charts as charts
from comity.selection import resilience_tables as tables
from comity.selection import resilience_words as words
from comity.selection.resilience_indicators import INDICATORS, Wanted
from comity.selection.resilience_sheet import Sheet, cells_of

if TYPE_CHECKING:
    from comity.solvers.choice.ranks import Ranks

LEAST = 2
"""Members from which ranks say something."""


class Resilience(Analysis):
    """What members fall back on: ten national indicators as a sheet with years, ranks and gaps, and who ranks how.

    The mission names seven indicators (high-end manufacturing, basic research, digital coverage, settlement in the
    national currency, food, energy, emergency response); research spending, high-technology exports and reserves are
    ours. Where no figure ships the sheet says what source would fill the gap. Weights are drawn uniformly from all that
    are possible; a member's gap counts as the worst place in the world, or is left out of its sum: both are shown.

    Source:
        Lahdelma and Salminen (2001), "SMAA-2: Stochastic Multicriteria Acceptability Analysis for Group Decision
        Making", Operations Research 49(3): 444-454.

    Example:
        >>> import comity as co
        >>> sheet = co.analyse(co.load("g5"), "resilience", draws=500)
        >>> sheet.values["sheet"]["CHN"]["settlement"] is None
        True
    """

    kind: Literal["selection.resilience"] = "selection.resilience"
    """The kind of analysis."""
    indicators: tuple[str, ...] = ()
    """The indicators, by name; all ten where none is named."""
    scale: Literal["rank", "min_max"] = "rank"
    """How figures become comparable: by place in the world, or by distance between the world's least and largest."""
    top: Annotated[int, Field(ge=1)] | None = None
    """How many count as first; a third of the members where absent."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 10_000
    """How many weightings are drawn."""

    def run(self, inputs: Inputs) -> Result:
        """Write the sheet and draw weightings.

        Raises:
            UnknownName: for an indicator that is not among the ten.
            InputError: where as many count as first as there are members.
            NotComputable: where fewer than two members have figures.
        """
        sheet = self.sheet(inputs)
        told = words.findings(sheet)
        return Result(
            kind=self.kind,
            title=Text("National resilience", "国家韧性"),
            values=_values(sheet),
            tables=(tables.sheet_table(sheet), tables.ranks_table(sheet), tables.gaps_table(sheet)),
            charts=(charts.heat(sheet, told[0].text), charts.acceptability(sheet, told[1].text)),
            findings=tuple(told),
            caveats=tuple(words.caveats(sheet)),
            provenance=replace(inputs.provenance(self, random=True), sources=_lines(sheet)),
        )

    def sheet(self, inputs: Inputs) -> Sheet:
        """The figures of the members, and their ranks over random weights."""
        panel = inputs.figures()
        wanted = self._wanted(panel)
        bodies = (inputs.institution, *inputs.against)
        listed = dict.fromkeys(each for body in bodies for each in body.members_on(inputs.on or body.as_of))
        members = tuple(each for each in listed if each in panel.actors)
        cells = tuple(cell for each in wanted for cell in cells_of(panel, each, members))
        ranked = tuple(each for each in members if any(c.value is not None for c in cells if c.member == each))
        if len(ranked) < LEAST:
            raise NotComputable(
                f"Fewer than two members of {inputs.institution.title.en} have figures of resilience.",
                mend="Name other indicators, or compare with another institution: --against g7.",
            )
        top = max(1, round(len(ranked) / 3)) if self.top is None else self.top
        if top >= len(ranked):
            raise InputError(f"{top} of {len(ranked)} members cannot all be first.", mend="Give a smaller --top.")
        return Sheet(inputs, members, wanted, cells, ranked, self._ranks(inputs, wanted, ranked), top)

    def _wanted(self, panel: Panel) -> tuple[Wanted, ...]:
        names = [each.name for each in INDICATORS]
        for name in self.indicators:
            if name not in names:
                raise UnknownName("indicator of resilience", name, names)
        chosen = [each for each in INDICATORS if not self.indicators or each.name in self.indicators]
        return tuple(each if each.figure in panel.indicators else replace(each, figure="") for each in chosen)

    def _ranks(self, inputs: Inputs, wanted: Sequence[Wanted], ranked: Sequence[str]) -> dict[str, Ranks]:
        import numpy as np

        from comity.kernel.streams import Stream
        from comity.solvers.choice.ranks import TREATMENTS, ranks
        from comity.solvers.choice.scale import normalise
        from comity.solvers.choice.weights import Region, limits

        panel = inputs.figures()
        figures = [each.figure for each in wanted if each.figure]
        columns = [[np.nan if value is None else value for value in panel.column(name)] for name in figures]
        scaled = normalise(np.array(columns, dtype=np.float64).T, self.scale)
        values = scaled[[panel.actors.index(member) for member in ranked]]
        region = Region.of(limits(figures))
        uniforms = Stream(inputs.seed, "resilience.weights").uniforms

        def told(done: int, total: int) -> None:
            inputs.step(done, total, "weightings")

        return {
            treatment: ranks(values, treatment, region=region, uniforms=uniforms, draws=self.draws, progress=told)
            for treatment in TREATMENTS
        }


def _lines(sheet: Sheet) -> tuple[str, ...]:
    """The attribution line of every source used."""
    used = [sheet.panel.indicator(each.figure) for each in sheet.wanted if each.figure]
    return tuple(dict.fromkeys(line for indicator in used for line in indicator.sources.values()))


def _values(sheet: Sheet) -> dict[str, Any]:
    ranks: dict[str, dict[str, dict[str, float]]] = {}
    for treatment, found in sheet.ranks.items():
        first, among = found.among(1), found.among(sheet.top)
        for place, member in enumerate(sheet.ranked):
            ranks.setdefault(member, {})[treatment] = {
                "first": float(first[place]),
                "top": float(among[place]),
                "mean_rank": float(found.expected[place]),
            }
    return {
        "top": sheet.top,
        "sheet": {member: {cell.wanted.name: cell.value for cell in sheet.of(member)} for member in sheet.members},
        "gaps": {each.name: each.fill.en for each in sheet.wanted if not each.figure},
        "ranks": ranks,
    }
