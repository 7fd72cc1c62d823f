"""Who depends on whom: trade over income, asymmetry, concentration of partners, and promises of defence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from comity.analysis.parts.exposure import POWERS, Exposure, exposure, members_of, provenance, states
from comity.analysis.parts.leverage.depending import By, measured
from comity.analysis.parts.leverage.words import (
    caveats,
    concentration_chart,
    findings,
    matrix_chart,
    members_table,
    pairs_table,
    powers_table,
)
from comity.kernel.errors import InputError, NotComputable
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs

WIDE = 12
"""Up to so many members each is a column of the matrix as well."""


class Leverage(Analysis):
    """Who depends on whom among the members, and on which powers: what a state could squeeze another with.

    Dependence is trade with the other state over the member's own income: the other's share in its trade times its
    openness. Weighed by asymmetry it is vulnerability: the share of the mutual dependence that falls on the member.
    Concentration of partners is Hirschman's index, with the bounds that the partners left out of the source allow. The
    network is a matrix: rows depend on columns.

    Source:
        Hirschman (1945), *National Power and the Structure of Foreign Trade*; Keohane and Nye (1977), *Power and
        Interdependence*; Oneal and Russett (1997), International Studies Quarterly 41(2).

    Example:
        >>> import comity as co
        >>> held = co.analyse(co.load("g5"), "leverage", members=("CAN", "MEX"), power=("USA", "CHN"))
        >>> held.values["largest"]
        {'MEX': 'USA', 'CAN': 'USA'}
    """

    kind: Literal["analysis.leverage"] = "analysis.leverage"
    """The kind of analysis."""
    power: tuple[str, ...] = ()
    """The powers on whom dependence is asked; the members, where they are few, with USA, China and Russia else."""
    members: tuple[str, ...] = ()
    """The states that depend; the members of the institution and of those it is compared with where absent."""
    by: By = "trade"
    """What is measured: trade, exports or imports over GDP, or the part of its defence that hangs on the other."""
    threshold: Annotated[float, Field(ge=0, le=1)] = 0.01
    """From which share of GDP on one counts as held by another."""

    def run(self, inputs: Inputs) -> Result:
        """Measure every tie of every member.

        Raises:
            InputError: for a name that is no state.
            NotComputable: where no member has figures.
        """
        found = exposure(inputs)
        asked = members_of(inputs, self.members)
        rows = [member for member in asked if found.has(member)]
        powers = self._powers(inputs, found, rows)
        if not rows:
            raise NotComputable(
                f"No member of {inputs.institution.title.en} has trade partners and GDP in the figures.",
                mend="Name states: --members CAN MEX.",
            )
        held = measured(found, rows, powers, self.by, threshold=self.threshold)
        told = findings(inputs, held, self.by, self.threshold)
        table = pairs_table(inputs, held, self.by)
        return Result(
            kind=self.kind,
            title=Text("Who depends on whom", "谁依赖谁"),
            values={
                "dependence": {
                    member: {tie.power: tie.value for tie in held.ties if tie.member == member}
                    for member in held.largest
                },
                "largest": {member: power for member, (power, _) in held.largest.items()},
                "concentration": {each.member: each.concentration for each in held.standings},
                "centrality": {power: weight for power, (weight, _) in held.centrality.items()},
                "circle": list(held.circle),
            },
            tables=(table, members_table(inputs, held), powers_table(inputs, held)),
            charts=(matrix_chart(inputs, held, told[0].text, self.by), concentration_chart(inputs, held)),
            findings=tuple(told),
            caveats=tuple(caveats(inputs, found, asked, self.by)),
            provenance=provenance(inputs, self),
        )

    def _powers(self, inputs: Inputs, found: Exposure, rows: Sequence[str]) -> list[str]:
        if self.power:
            named = states(inputs.actors, self.power)
            if lacking := [power for power in named if power not in found.actors]:
                raise InputError(f"No figures of {', '.join(lacking)}.", mend="Name a state that trades: --power CHN.")
            return named
        few: Sequence[str] = rows if len(rows) <= WIDE else ()
        return list(dict.fromkeys([*few, *(power for power in POWERS if power in found.actors)]))
