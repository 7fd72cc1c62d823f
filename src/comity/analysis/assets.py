"""The indispensable assets of each member: its part of the world in every figure, and what no figure holds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from comity.analysis.parts.assets.holdings import counted_of, held_of, named_of
from comity.analysis.parts.assets.words import caveats, findings, held_table, matrix_chart, named_table
from comity.analysis.parts.exposure import members_of, provenance
from comity.kernel.errors import InputError, NotComputable
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs
from comity.model.panel import Panel


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
    indicators: tuple[str, ...] = ()
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
        figures = self._asked(panel)
        held = [each for figure in figures for each in held_of(panel, figure, asked)]
        if not self.indicators:
            held += counted_of(asked)
        if not any(each.value is not None for each in held):
            raise NotComputable(f"No member of {inputs.institution.title.en} has a figure.", mend="Name --members.")
        listed = [each for each in named_of(asked) if not self.indicators or each.figure in self.indicators]
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

    def _asked(self, panel: Panel) -> list[str]:
        for name in self.indicators:
            if panel.indicator(name).nature == "rate":
                raise InputError(f"{name} is a rate: nobody holds a part of it.", mend="Name amounts, such as gdp_usd.")
        return list(self.indicators) or [name for name, each in panel.indicators.items() if each.nature == "amount"]
