"""What an agreement costs and brings each member: present values with their distribution, and who would rather ride."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from comity.analysis.parts.cost_benefit.weighing import Spread, Terms, Weighed, weighed
from comity.analysis.parts.cost_benefit.words import caveats, charts, findings, tables
from comity.analysis.parts.decisions import day
from comity.analysis.parts.valuing import ledger
from comity.analysis.parts.zone import number_of
from comity.kernel.errors import InputError, UnknownName
from comity.kernel.quantity import Exact
from comity.kernel.result import Result, Text
from comity.model.analysis import Analysis, Inputs


class CostBenefit(Analysis):
    """Costs and benefits of what an agreement provides, by member and issue, over a horizon and with their doubts.

    Where all members deliver, each gains its share of what the good is worth to it and bears its own part; the account
    is kept in present values over draws of benefits, costs, discount and how much can be kept from outsiders. Each
    member is then asked what it would gain by stopping while the others go on: a gain is the temptation to ride free.

    Source:
        Boardman, Greenberg, Vining and Weimer (2018), Cost-Benefit Analysis, 5th ed., ch. 3, 6 and 11; Olson (1965),
        The Logic of Collective Action, ch. 1; Barrett (2007), Why Cooperate?, ch. 1-2.

    Example:
        >>> import comity as co
        >>> account = co.analyse(co.load("g5"), "cost_benefit", issues=("energy",), draws=500)
        >>> account.values["net"]["g5"]["energy"]["all"]["median"] > 0
        True
    """

    kind: Literal["analysis.cost_benefit"] = "analysis.cost_benefit"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    issues: tuple[str, ...] = ()
    """The issues, as the stakes name them; every one whose good is valued where absent."""
    stops: tuple[str, ...] = ()
    """Members that stop contributing; all deliver where absent."""
    discount: Exact | None = None
    """The yearly rate of discount, such as `3 %`; as the stakes say, with its doubt, where absent."""
    years: Annotated[int | None, Field(ge=1, le=200)] = None
    """How many years are counted; as the stakes say where absent."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 10_000
    """How many draws of benefits and costs."""

    def run(self, inputs: Inputs) -> Result:
        """Keep the account of every good before every body.

        Raises:
            UnknownName: for an issue of the stakes, or a member that stops, that is not there.
            InputError: for an issue whose good nobody has valued, or a rate of more than the whole.
            NotComputable: where no good can be valued before the institution.
        """
        terms = self._terms(inputs)
        asked = ledger(inputs, self.issues)
        found: list[Weighed] = []
        for number, good in enumerate(asked.valued):
            inputs.step(number, len(asked.valued), good.issue)
            draws = number_of(self.draws, len(good.members))
            found.append(weighed(good, draws, inputs.seed, terms=terms, stops=self.stops))
        inputs.step(len(found), len(found), "")
        told = findings(inputs, found)
        return Result(
            kind=self.kind,
            title=Text("What it costs, what it brings", "成本与收益"),
            values=_values(found),
            tables=tables(inputs, found),
            charts=charts(inputs, found, told),
            findings=tuple(told),
            caveats=tuple(caveats(inputs, asked, self.stops)),
            provenance=inputs.provenance(self, random=True),
        )

    def _terms(self, inputs: Inputs) -> Terms:
        if self.discount is not None and self.discount > 1:
            raise InputError(f"A discount of {self.discount} a year is more than the whole.", mend="Write 3 % or 0.03.")
        bodies = (inputs.institution, *inputs.against)
        known = dict.fromkeys(member for body in bodies for member in body.members_on(day(inputs, body)))
        for member in self.stops:
            if member not in known:
                raise UnknownName("member", member, list(known))
        return Terms(self.discount, self.years)


def _told(found: Spread) -> dict[str, float]:
    return {"mean": found.mean, "low": found.low, "median": found.median, "high": found.high}


def _values(found: list[Weighed]) -> dict[str, Any]:
    values: dict[str, Any] = {"net": {}, "rides": {}, "provides": {}, "outside": {}}
    for each in found:
        body, issue = each.good.institution.name, each.good.issue
        net = {"all": _told(each.net), **{one.member: _told(one.net) for one in each.accounts}}
        values["net"].setdefault(body, {})[issue] = net
        values["rides"].setdefault(body, {})[issue] = {one.member: one.rides.share for one in each.accounts}
        values["provides"].setdefault(body, {})[issue] = each.provides
        values["outside"].setdefault(body, {})[issue] = _told(each.outside)
    return values
