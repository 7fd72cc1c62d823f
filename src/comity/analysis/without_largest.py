"""Going on without the largest: who can provide each good alone or together when a member goes, and who must pay."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from comity.analysis.parts.decisions import day
from comity.analysis.parts.paying import paying
from comity.analysis.parts.valuing import Ledger, Valued, ledger
from comity.analysis.parts.without_largest.closing import Closing, closing
from comity.analysis.parts.without_largest.remaining import STAGES, Remaining, largest, remaining
from comity.analysis.parts.without_largest.tables import closing_table, goods_tables, members_table
from comity.analysis.parts.without_largest.words import caveats, fund_chart, fund_findings, goods_charts, goods_findings
from comity.analysis.parts.zone import number_of
from comity.kernel.errors import NotComputable, UnknownName
from comity.kernel.result import Chart, Finding, Result, Table, Text
from comity.model.analysis import Analysis, Inputs
from comity.model.naming import short


class WithoutLargest(Analysis):
    """What remains of each common good, and of the funds, when the largest contributor goes.

    A group is privileged where one member would provide the good alone; k* is the least number of the largest
    beneficiaries for whom providing it pays. Both are asked with all members and without the largest, over draws of
    what the good is worth and costs; so is what members would give of their own accord, what those who stay must add,
    and whether the larger part is worth it to them. Where the charter's fund has known payers, it is asked how many of
    those who stay must raise by how much.

    Source:
        Olson (1965), The Logic of Collective Action, ch. 1; Olson and Zeckhauser (1966), Review of Economics and
        Statistics 48(3); Schelling (1978), Micromotives and Macrobehavior, ch. 7; Snidal (1985), "The Limits of
        Hegemonic Stability Theory", International Organization 39(4).

    Example:
        >>> import comity as co
        >>> rest = co.analyse(co.load("g7"), "without_largest", issues=("energy",), draws=500)
        >>> pays = rest.values["goods"]["g7"]["energy"]
        >>> pays["without"]["pays"] < pays["with"]["pays"]
        True
    """

    kind: Literal["analysis.without_largest"] = "analysis.without_largest"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    member: str | None = None
    """Who goes; the member with the largest part of each good, and the largest payer, where absent."""
    issues: tuple[str, ...] = ()
    """The issues, as the stakes name them; every one whose good is valued where absent."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 5_000
    """How many draws of benefits and costs."""

    def run(self, inputs: Inputs) -> Result:
        """Ask every good and fund what is left without the largest.

        Raises:
            UnknownName: for an issue of the stakes, or a member, that is not there.
            InputError: for an issue whose good nobody has valued.
            NotComputable: where neither goods nor payers are known.
        """
        known = _known(inputs)
        if self.member is not None and self.member not in known:
            raise UnknownName("member", self.member, list(known))
        asked, found, why = self._goods(inputs)
        funds = self._funds(inputs)
        if not found and not funds:
            raise NotComputable(
                f"{short(inputs.institution).en}: neither goods nor payers are known. {why}",
                mend="Give stakes in which issues have a good, or add a burden to a fund of the charter.",
            )
        told: list[Finding] = []
        tables: list[Table] = []
        charts: list[Chart] = []
        if found:
            told += goods_findings(inputs, found)
            tables += [*goods_tables(inputs, found), members_table(inputs, found)]
            charts += goods_charts(inputs, found, told)
        if funds:
            told += fund_findings(inputs, funds)
            tables.append(closing_table(inputs, funds))
            charts += [fund_chart(each, told) for each in funds]
        return Result(
            kind=self.kind,
            title=Text("Without the largest", "没有最大者"),
            values={"goods": _goods_values(found), "funds": _fund_values(funds)},
            tables=tuple(tables),
            charts=tuple(charts),
            findings=tuple(told),
            caveats=tuple(caveats(inputs, asked, found, funds)),
            provenance=inputs.provenance(self, random=bool(found)),
        )

    def _goods(self, inputs: Inputs) -> tuple[Ledger | None, list[Remaining], str]:
        """The goods, and why there are none where nothing is valued."""
        try:
            asked = ledger(inputs, self.issues)
        except NotComputable as error:
            return None, [], error.message
        goods = [
            each
            for each in asked.valued
            if len(each.members) > 1 and self.member in {None, *each.members} and _decides(each)
        ]
        found: list[Remaining] = []
        for number, each in enumerate(goods):
            inputs.step(number, len(goods), each.issue)
            draws = number_of(self.draws, len(each.members))
            found.append(remaining(each, self.member or largest(each), draws, inputs.seed))
        inputs.step(len(goods), len(goods), "")
        return asked, found, "The member has no part in any valued good that they decide on."

    def _funds(self, inputs: Inputs) -> list[Closing]:
        """The funds of the bodies, where their payers are known and the member is one of them."""
        found: list[Closing] = []
        for body in (inputs.institution, *inputs.against):
            try:
                paid = paying(replace(inputs, institution=body, against=()), measure="gdp_usd")
            except NotComputable:
                continue
            gone = self.member or paid.payers[0]
            if paid.own.get(gone) and len(paid.payers) > 1:
                found.append(closing(body, paid, gone))
        return found


def _decides(good: Valued) -> bool:
    """Whether the body has a rule by which it decides the issue."""
    return good.institution.matter(good.issue, *good.written.matters) is not None


def _known(inputs: Inputs) -> dict[str, None]:
    """Members of the bodies, and the states that sit in their constituencies."""
    bodies = (inputs.institution, *inputs.against)
    members = [member for body in bodies for member in body.members_on(day(inputs, body))]
    states = [state for body in bodies for state in body.states_on(day(inputs, body))]
    return dict.fromkeys([*members, *states])


def _goods_values(found: list[Remaining]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for each in found:
        rows = values.setdefault(each.good.institution.name, {}).setdefault(each.good.issue, {"gone": each.gone})
        rows |= {"next": each.next, "provides": each.provides, "left": each.left, "raises": each.raises}
        for stage in STAGES:
            rows[stage] = {name: measured.value for name, measured in vars(each.standing[stage]).items()}
    return values


def _fund_values(funds: list[Closing]) -> dict[str, Any]:
    return {
        each.key: {
            "gone": each.gone,
            "next": each.next,
            "gap": float(each.gap),
            "raises": {str(count): float(raised) for count, raised in each.raises.items()},
            "needed": {str(most): count for most, count in each.needed.items()},
        }
        for each in funds
    }
