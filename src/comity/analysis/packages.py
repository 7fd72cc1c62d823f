"""Package deals: what members can trade across issues, which link opens a stuck issue, and whether a deal is safe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from comity.analysis.parts.matters import LEAST, docket
from comity.analysis.parts.packages.charts import packages_charts
from comity.analysis.parts.packages.linking import Dealt, stuck_ones
from comity.analysis.parts.packages.tables import (
    effects_table,
    exchanges_table,
    links_table,
    payments_table,
    safety_table,
)
from comity.analysis.parts.packages.trading import floor, trades
from comity.analysis.parts.packages.words import cautions, packages_findings
from comity.kernel.errors import InputError
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs


class Packages(Analysis):
    """Linkage across issues: exchanges, packages that open what is stuck, side payments, and stability.

    An exchange lets two members each give way on the issue that matters less to them; third members gain or lose by
    it. An issue is stuck where its rule adopts no text far enough from the status quo. It is opened by a second issue
    where the rules of both adopt some package of two texts, each member judging the package as a whole: the sum of
    salience times what it gains on either issue against no agreement on both. Gains are in points times salience:
    points of the scale for a member to which the issue matters fully. This is no money.

    Source:
        Tollison and Willett (1979), International Organization 33(4); Sebenius (1983), International Organization
        37(2); Stokman and Van Oosten (1994), in Bueno de Mesquita and Stokman (eds), *European Community Decision
        Making*; McKelvey (1976), Journal of Economic Theory 12, on why packages need not be stable.

    Example:
        >>> import comity as co
        >>> found = co.analyse(co.load("g5"), "packages", draws=100)
        >>> sorted(found.values)
        ['exchanges', 'links', 'payments', 'stability']
    """

    kind: Literal["analysis.packages"] = "analysis.packages"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    issues: tuple[str, ...] = ()
    """The issues that are put beside each other, as the stakes name them; `all`, or all where absent."""
    draws: Annotated[int, Field(ge=100, le=100_000)] = 500
    """How many draws of what members want; fewer in bodies of many members, as the table says."""
    least: Annotated[float, Field(ge=0, le=100)] = LEAST
    """How many points from the status quo a text must lie to count as an agreement."""

    def run(self, inputs: Inputs) -> Result:
        """Put every pair of issues before every body.

        Raises:
            UnknownName: for an issue that the stakes do not have.
            InputError: for an issue that was named and that the institution has no rule for; where nothing can be
                judged.
        """
        asked = docket(inputs, self.issues)
        if not asked.matters:
            reasons = "; ".join(dict.fromkeys(gap.reason.en for gap in asked.gaps))
            raise InputError(f"Nothing can be judged: {reasons}.", mend="Give stakes for the members: --stakes FILE.")
        found: list[Dealt] = []
        for number, body in enumerate(asked.bodies):
            inputs.step(number, len(asked.bodies), body.name)
            matters = asked.before(body)
            if matters:
                members = len(matters[0].decision.members)
                ground = floor(matters, number_of(self.draws, members), inputs.seed)
                listed, count = trades(ground)
                stuck = stuck_ones(ground, self.least)
                found.append(Dealt(body, len(matters), members, tuple(listed), count, tuple(stuck)))
        inputs.step(len(asked.bodies), len(asked.bodies), "")
        findings = packages_findings(inputs, found)
        tables = (
            exchanges_table(inputs, found),
            links_table(inputs, found),
            effects_table(found),
            payments_table(inputs, found),
            safety_table(inputs, found),
        )
        return Result(
            kind=self.kind,
            title=Text("Package deals", "一揽子交易"),
            values=_values(found),
            tables=tables,
            charts=packages_charts(inputs, found),
            findings=tuple(findings),
            caveats=tuple(cautions(inputs, asked, found, self.least)),
            provenance=inputs.provenance(self, random=True),
        )


def number_of(draws: int, members: int) -> int:
    """How many draws a body of so many members is given.

    Example:
        >>> number_of(500, 5), number_of(500, 193)
        (500, 100)
    """
    return draws if members <= 30 else min(draws, 100)


def _values(found: Sequence[Dealt]) -> dict[str, Any]:
    return {
        "exchanges": {each.body.name: each.count for each in found},
        "links": {
            each.body.name: {
                stuck.matter.issue: {
                    link.other.issue: None if link.works is None else link.works.share for link in stuck.links
                }
                for stuck in each.stuck
            }
            for each in found
        },
        "payments": {
            each.body.name: {
                stuck.matter.issue: None if stuck.payment is None else float(stuck.payment.paid.sum())
                for stuck in each.stuck
            }
            for each in found
        },
        "stability": {
            each.body.name: {
                stuck.matter.issue: {"with": stuck.stability.link.other.issue, "safe": stuck.stability.safe}
                for stuck in each.stuck
                if stuck.stability is not None
            }
            for each in found
        },
    }
