"""On what can the members agree: each issue's zone under its rule, who stands in the way, and where else it passes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from comity.analysis.parts.agreement.tables import heat_table, issues_table, positions_table
from comity.analysis.parts.agreement.words import agreement_charts, agreement_findings, caveats
from comity.analysis.parts.matters import LEAST, Gap, Matter, docket, judgeable
from comity.analysis.parts.venues import SHIPPED, Cells, Venue, venues
from comity.analysis.parts.zone import Judged, judge
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs


class Agreement(Analysis):
    """The agreement zone of each issue under its rule, with the probability that a text is adopted.

    A member accepts the texts that are nearer to its position than the status quo, or within its reservation where the
    stakes give one. The zone holds the texts that the rule adopts; the core is the gridlock interval, from which
    nothing moves; a blocker is a member without whose refusal there would be a zone. Positions are uncertain, so each
    probability is counted over draws and has a 95 % interval. The same issues are put to the same members under other
    rules, and to other clubs under theirs.

    Source:
        Black (1948), "On the Rationale of Group Decision-making", Journal of Political Economy 56(1); Romer and
        Rosenthal (1978), Public Choice 33(4); Tsebelis (2002), *Veto Players*, chapters 1 and 2.

    Example:
        >>> import comity as co
        >>> zone = co.analyse(co.load("g5"), "agreement", issues=("climate_monitoring",), clubs=("g5",), draws=500)
        >>> 0 <= zone.values["probability"]["g5"]["climate_monitoring"] <= 1
        True
    """

    kind: Literal["analysis.agreement"] = "analysis.agreement"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    issues: tuple[str, ...] = ()
    """The issues, as the stakes name them; `all`, or all where absent."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 10_000
    """How many draws of the positions; fewer in bodies of many members, as the table says."""
    least: Annotated[float, Field(ge=0, le=100)] = LEAST
    """How many points from the status quo a text must lie to count as an agreement."""
    text: Annotated[float | None, Field(ge=0, le=100)] = None
    """One text, in points of the scale, whose chances are asked about; any text where absent."""
    clubs: tuple[str, ...] = SHIPPED
    """Other institutions that decide the same issues in the heat map, by name; `all` for every one that ships."""

    def run(self, inputs: Inputs) -> Result:
        """Judge every issue before every body, then under other rules and in other clubs.

        Raises:
            UnknownName: for an issue that the stakes do not have, or a club that is not there.
            InputError: for an issue that was named and that the institution has no rule for.
            NotComputable: where no issue can be judged for want of rules or stakes.
        """
        asked = judgeable(docket(inputs, self.issues))
        places = venues(inputs, asked, self.clubs)
        judged: list[Judged] = []
        heat: list[tuple[Venue, Judged | Gap]] = []
        work = [*((None, each) for each in asked.matters), *((place, each) for place in places for each in place.cells)]
        work.sort(key=lambda pair: asked.issues.index(pair[1].issue))
        for number, (place, each) in enumerate(work):
            inputs.step(number, len(work), each.issue)
            found = self._judge(inputs, each, blockers=place is None) if isinstance(each, Matter) else each
            if place is None and isinstance(found, Judged):
                judged.append(found)
            elif place is not None:
                heat.append((place, found))
        inputs.step(len(work), len(work), "")
        judged.sort(key=lambda each: asked.bodies.index(each.matter.institution))
        heat.sort(key=lambda pair: places.index(pair[0]))
        said = caveats(inputs, asked, judged, self.least)
        return self._result(inputs, asked.issues, Cells(tuple(judged), tuple(heat)), said)

    def _judge(self, inputs: Inputs, matter: Matter, *, blockers: bool) -> Judged:
        return judge(matter, self.draws, inputs.seed, least=self.least, text=self.text, blockers=blockers)

    def _result(
        self,
        inputs: Inputs,
        issues: Sequence[str],
        cells: Cells,
        said: Sequence[Text],
    ) -> Result:
        judged, heat = cells.judged, cells.heat
        probability: dict[str, dict[str, float]] = {}
        zones: dict[str, dict[str, Any]] = {}
        for each in judged:
            name = each.matter.institution.name
            probability.setdefault(name, {})[each.matter.issue] = each.chance.share
            zones.setdefault(name, {})[each.matter.issue] = {
                "zone": list(each.zone) if each.zone else None,
                "core": list(each.core) if each.core else None,
                "blockers": {member: chance.share for member, chance in each.blockers.items()},
                "draws": each.chance.n,
            }
        findings = agreement_findings(inputs, issues, cells)
        tables = (issues_table(inputs, judged), heat_table(inputs, heat), positions_table(inputs, judged))
        return Result(
            kind=self.kind,
            title=Text("On what can they agree", "他们能在哪些问题上达成一致"),
            values={"probability": probability, "issues": zones},
            tables=tables,
            charts=agreement_charts(inputs, issues, cells, findings[0].text),
            findings=tuple(findings),
            caveats=tuple(said),
            provenance=inputs.provenance(self, random=True),
        )
