"""Where would a text land: the same issue under several models of bargaining and pressure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from comity.analysis.parts.matters import LEAST, Matter, docket, judgeable
from comity.analysis.parts.outcome.lenses import landings
from comity.analysis.parts.outcome.words import Landed, caveats, chart, findings, lenses_table, members_table
from comity.analysis.parts.zone import at_modes, ends, number_of
from comity.kernel.errors import InputError
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs
from comity.model.naming import named

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Outcome(Analysis):
    """Where each issue would be settled: compromise, cooperative solutions, legislative bargaining, pressure.

    The compromise mean weighs positions by power and salience; the Nash and Kalai-Smorodinsky solutions are taken over
    the zone of the issue's rule; legislative bargaining lets each member propose in turn of chance; the influence
    lenses know no rule. They answer different questions, and where they end apart the outcome hangs on the process.

    Source:
        Van den Bos (1991) and Achen (2006) on the compromise mean; Nash (1950); Kalai and Smorodinsky (1975); Banks and
        Duggan (2000); Bueno de Mesquita (1994) as reconstructed by Scholz, Calbert and Smith (2011).

    Example:
        >>> import comity as co
        >>> lands = co.analyse(co.load("g5"), "outcome", issues=("energy",), draws=200)
        >>> 0 <= lands.values["texts"]["g5"]["energy"]["compromise"] <= 100
        True
    """

    kind: Literal["analysis.outcome"] = "analysis.outcome"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    issues: tuple[str, ...] = ()
    """The issues, as the stakes name them; `all`, or all where absent."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 5_000
    """How many draws of the light models; the heavy ones are given fewer, as the table says."""
    weights: str = "equal"
    """What a member brings to bear: `equal`, `votes` (its weight under the rule), or the name of an indicator."""
    least: Annotated[float, Field(ge=0, le=100)] = LEAST
    """How many points from the status quo a text must lie to count as an agreement."""

    def run(self, inputs: Inputs) -> Result:
        """Put every issue before every body under every lens.

        Raises:
            UnknownName: for an issue or an indicator that is not there.
            InputError: where the indicator has no figure for a member, or none above nought.
            NotComputable: where no issue can be judged.
        """
        asked = judgeable(docket(inputs, self.issues))
        found: list[Landed] = []
        for number, matter in enumerate(asked.matters):
            inputs.step(number, len(asked.matters), matter.issue)
            draws = number_of(self.draws, len(matter.decision.members))
            lands = landings(matter, draws, inputs.seed, power=self._power(inputs, matter), least=self.least)
            zone = ends(at_modes(matter, self.least))
            found.append(Landed(matter, tuple(lands), zone))
        inputs.step(len(asked.matters), len(asked.matters), "")
        told = findings(inputs, found)
        texts: dict[str, dict[str, dict[str, float | None]]] = {}
        for each in found:
            body = texts.setdefault(each.matter.institution.name, {})
            body[each.matter.issue] = {landing.lens: landing.text.value for landing in each.landings}
        return Result(
            kind=self.kind,
            title=Text("Where would a text land", "文本会落在何处"),
            values={"texts": texts},
            tables=(lenses_table(inputs, found), members_table(inputs, found)),
            charts=(chart(inputs, found, told[0].text),),
            findings=tuple(told),
            caveats=tuple(caveats(inputs, asked, self.weights)),
            provenance=inputs.provenance(self, random=True),
        )

    def _power(self, inputs: Inputs, matter: Matter) -> NDArray[np.float64]:
        import numpy as np

        decision = matter.decision
        if self.weights == "equal":
            return np.ones(len(decision.members))
        if self.weights == "votes":
            return np.array(decision.shares)
        figures = dict(zip(matter.judged, inputs.figures().column(self.weights, matter.judged), strict=True))
        _refuse(inputs, self.weights, [member for member, value in figures.items() if value is None or value <= 0])
        known = {member: float(value) for member, value in figures.items() if value is not None}
        total = sum(known.values())
        return np.array([known.get(member, 0.0) / total for member in decision.members])


def _refuse(inputs: Inputs, indicator: str, lacking: Sequence[str]) -> None:
    if lacking:
        names = named(inputs, lacking, most=12)
        raise InputError(
            f"{indicator} cannot weigh {names.en}: no figure above nought.", mend="Use --weights equal, or another."
        )
