"""Voting power: what each member's vote weighs, and what it decides."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from comity.analysis.parts.attending import Told, attending
from comity.analysis.parts.decisions import POLICY, Decision, decisions, identified, identity
from comity.analysis.parts.measured import CAP, Estimated, Measured, cap_of, findings_of, measures_of
from comity.analysis.parts.power.abstaining import abstaining
from comity.analysis.parts.power.blocs import blocs, unions_of
from comity.analysis.parts.power.charts import MEASURES, charts_of
from comity.analysis.parts.power.leaning import leaning
from comity.kernel.quantity import Exact
from comity.kernel.result import Column, Result, Table, Text
from comity.model.analysis import Analysis, Inputs
from comity.model.naming import short


def _written(value: object) -> object:
    """A probability given as a float, as its shortest text, which is read exactly."""
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else value


Chance = Annotated[Exact, BeforeValidator(_written)]
"""A probability or correlation: ``1/10``, ``10 %`` or ``0.1``."""
Outside = Literal["no", "objects", "abstain", "absent"]


class Power(Analysis):
    """Voting power under every rule: weight against Banzhaf and Shapley-Shubik power, and Coleman's three measures.

    A member's weight is what the rule gives it; its power is how often it decides. Each rule is read as "yes" against
    one other word: under ``no``, an abstention is counted as no.

    Source:
        Banzhaf, Rutgers Law Review 19 (1965); Shapley and Shubik, American Political Science Review 48 (1954); Coleman
        (1971); Felsenthal and Machover, The Measurement of Voting Power (1998).

    Example:
        >>> import comity as co
        >>> power = co.analyse(co.load("g5"), "power", rule="budget")
        >>> power.values["power"]["g5.budget.as_written"]["exact"]["shapley_shubik"]["JPN"]
        Fraction(2, 15)
    """

    kind: Literal["analysis.power"] = "analysis.power"
    """The kind of analysis."""
    rule: str | None = None
    """The rule asked about; all rules where absent."""
    reading: str | None = None
    """The reading of the rule, where it has several; all where absent."""
    outside: Outside = "no"
    """What the members outside a coalition choose."""
    abstention: bool = False
    """Also ask with abstention as a third choice beside yes and no."""
    unions: tuple[str, ...] = ()
    """Charters whose members act as blocs within the institution."""
    absent: dict[str, Chance] = {}
    """The probability that a member is absent, by member; "all" stands for those not named."""
    correlation: Chance | None = None
    """How strongly any two members' leanings hang together, from 0 to below 1; drawn, with intervals."""
    positions: dict[str, float] = {}
    """The members' positions on one line, from which their votes follow, in place of a correlation."""
    draws: Annotated[int, Field(ge=2, le=10_000_000)] = 100_000
    """The most draws, where something must be drawn."""

    def run(self, inputs: Inputs) -> Result:
        """Count the coalitions of every rule."""
        decided = decisions(inputs, self.rule, self.reading)
        measured: list[Measured] = []
        for number, decision in enumerate(decided):
            inputs.step(number, len(decided), decision.key)
            measured.append(Measured(decision, measures_of(decision, self.outside, inputs.step)))
        inputs.step(len(decided), len(decided), "")
        counted = [each for each in measured if each.measures is not None]
        tables = (_powers(counted), _shares(measured), _acts(measured))
        findings = findings_of(inputs, measured)
        own = [each for each in decided if each.institution is inputs.institution]
        if self.abstention:
            table, more = abstaining(inputs, own)
            tables, findings = (table, *tables), [*findings, *more]
        told = self._told(inputs, own)
        caveats = [POLICY, label_of(self.outside), *_weighing(decided), *_approached(measured), *_refused(measured)]
        return Result(
            kind=self.kind,
            title=Text("Who decides", "谁说了算"),
            values={
                "outside": self.outside,
                "power": {each.decision.key: _values(each) for each in counted},
                **{name: each.values for name, each in told.items()},
            },
            tables=(*(each.table for each in told.values()), *tables),
            charts=tuple(charts_of(inputs, measured, findings[0].text)),
            findings=(*findings, *(finding for each in told.values() for finding in each.findings)),
            caveats=(*caveats, *(caveat for each in told.values() for caveat in each.caveats)),
            provenance=inputs.provenance(self, random=any(each.drawn for each in told.values())),
        )

    def _told(self, inputs: Inputs, own: Sequence[Decision]) -> dict[str, Told]:
        """What is asked beside the plain measures, by name."""
        found: dict[str, Told] = {}
        if self.unions:
            unions = unions_of(inputs, self.unions)
            found["blocs"] = blocs(inputs, own, unions, outside=self.outside, draws=self.draws)
        if self.absent:
            found["attending"] = attending(inputs, own, self.absent, self.draws)
        if self.correlation is not None or self.positions:
            given = (self.correlation, self.positions)
            found["correlated"] = leaning(inputs, own, *given, draws=self.draws, outside=self.outside)
        return found


def _values(each: Measured) -> dict[str, Any]:
    """The measures by member, as numbers and (``exact``) as fractions."""
    if each.measures is None:
        return {}
    members = each.decision.members
    found = {name: getattr(each.measures, name, None) for name in _MEASURED}
    shares = {name: dict(zip(members, values, strict=True)) for name, values in found.items() if values is not None}
    numbers = {name: {member: float(share) for member, share in given.items()} for name, given in shares.items()}
    weight = dict(zip(members, each.decision.shares, strict=True))
    if isinstance(each.measures, Estimated):
        found = {"error_at_most": each.measures.bound, "route": each.measures.route, "act": each.measures.act}
        return {"weight": weight, **numbers, **{name: value for name, value in found.items() if value is not None}}
    act = each.measures.act
    return {"weight": weight, **numbers, "act": float(act), "exact": {**shares, "act": act}}


def _powers(counted: Sequence[Measured]) -> Table:
    import polars as pl

    rows = [
        {
            **identified(each.decision),
            "member": member,
            "weight": weight,
            **{name: _value(each, name, place) for name in _MEASURED},
        }
        for each in counted
        for place, (member, weight) in enumerate(zip(each.decision.members, each.decision.shares, strict=True))
    ]
    columns = (
        *identity([each.decision for each in counted]),
        Column("member", Text("Member", "成员"), actor=True),
        Column("weight", Text("Share of weight", "权重份额"), "share", percent=True),
        *(Column(name, title, "share", percent=True) for name, title in _MEASURED.items()),
    )
    words = {"institution", "decision", "member"}
    schema = {column.name: pl.String if column.name in words else pl.Float64 for column in columns}
    frame = pl.DataFrame(rows, schema=schema)
    return Table("power", Text("Voting power of each member", "各成员的投票权力"), columns, frame)


def _value(each: Measured, name: str, place: int) -> float | None:
    values = getattr(each.measures, name, None)
    return None if values is None else float(values[place])


_MEASURED = {
    "banzhaf": Text("Banzhaf, share of all swings", "班扎夫指数（归一化）"),
    "shapley_shubik": Text("Shapley-Shubik", "夏普利-舒比克指数"),
    "swing_probability": Text("Probability of a swing", "成为关键票的概率"),
    "prevent": Text("Power to prevent (Coleman)", "阻止权力（科尔曼）"),
    "initiate": Text("Power to initiate (Coleman)", "发起权力（科尔曼）"),
}


def _shares(measured: Sequence[Measured]) -> Table:
    import polars as pl

    rows: list[dict[str, Any]] = []
    for each in measured:
        decision, found = each.decision, each.measures
        heaviest = sorted(range(len(decision.members)), key=lambda place: -decision.weights[place])
        for rank, place in enumerate(heaviest):
            values = {"weight": decision.shares[place]}
            if found is not None:
                values |= {"banzhaf": float(found.banzhaf[place]), "shapley_shubik": float(found.shapley_shubik[place])}
            head = {**identified(decision), "member": decision.members[place], "rank": rank + 1}
            rows.extend({**head, "measure": name, "share": value} for name, value in values.items())
    columns = (
        *identity([each.decision for each in measured]),
        Column("member", Text("Member", "成员"), actor=True),
        Column("rank", Text("Rank by weight", "权重名次")),
        Column("measure", Text("Measure", "度量"), labels=MEASURES),
        Column("share", Text("Share", "份额"), "share", percent=True),
    )
    return Table("shares", Text("Weight and power side by side", "权重与权力对照"), columns, pl.DataFrame(rows))


def _acts(measured: Sequence[Measured]) -> Table:
    import polars as pl

    rows: list[dict[str, Any]] = []
    for each in measured:
        found = each.measures
        cap, holds = cap_of(each.decision, found)
        balance = each.decision.institution.balance
        index = "shapley_shubik" if balance is None else balance.index
        largest = None if found is None else max(getattr(found, index))
        rows.append(
            {
                **identified(each.decision),
                "members": len(each.decision.members),
                "winning": None if each.counted is None else str(each.counted.winning),
                "act": None if found is None or found.act is None else float(found.act),
                "largest": None if largest is None else float(largest),
                "cap": None if cap is None else float(cap),
                "holds": holds,
            }
        )
    columns = (
        *identity([each.decision for each in measured]),
        Column("members", Text("Members", "成员数")),
        Column("winning", Text("Winning coalitions", "获胜联盟数")),
        Column("act", Text("Power to act (Coleman)", "行动权力（科尔曼）"), "share", percent=True, digits=2),
        Column("largest", Text("Largest power of one member", "单一成员最大权力"), "share", percent=True),
        Column("cap", Text("Cap on voting power", "权力上限"), "share", percent=True),
        Column("holds", Text("Balance", "平衡条款"), labels=CAP),
    )
    words = {"institution", "decision", "winning", "holds"}
    schema = {column.name: pl.String if column.name in words else pl.Float64 for column in columns}
    frame = pl.DataFrame(rows, schema={**schema, "members": pl.Int64})
    return Table("acts", Text("How easily each rule decides", "各规则的决策难易"), columns, frame)


def label_of(outside: Outside) -> Text:
    """How the six choices became two."""
    words = {
        "no": Text(
            "Abstention counted as no: the rules are read as yes against no.",
            "弃权按反对计：规则按赞成与反对两种选择解读。",
        ),
        "objects": Text("The rules are read as yes against a formal objection.", "规则按赞成与正式反对两种选择解读。"),
        "abstain": Text(
            "The rules are read as yes against abstention; nobody votes no.",
            "规则按赞成与弃权两种选择解读，无人投反对票。",
        ),
        "absent": Text(
            "The rules are read as yes against absence; nobody votes no.",
            "规则按赞成与缺席两种选择解读，无人投反对票。",
        ),
    }
    return words[outside]


def _weighing(decided: Sequence[Decision]) -> list[Text]:
    """Where the weights come from, in the charter's own words."""
    found: dict[str, Text] = {}
    for each in decided:
        why = getattr(getattr(each.institution.rule(each.rule), "weights", None), "why", None)
        if isinstance(why, Text):
            name = short(each.institution)
            found[why.en] = Text(f"{name.en}, weights: {why.en}", f"{name.of('zh')}的权重：{why.of('zh')}")
    return list(found.values())


def _approached(measured: Sequence[Measured]) -> list[Text]:
    """How the indices of bodies too large to count were computed, and how far off they can be."""
    bounds = [each.measures.bound for each in measured if isinstance(each.measures, Estimated)]
    if not bounds:
        return []
    mantissa, _, exponent = f"{max(bounds):.0e}".partition("e")
    most = f"{mantissa}·10^{int(exponent)}"
    return [
        Text(
            f"Bodies too large to count one by one: Banzhaf and Shapley-Shubik power carry a proven error of at most "
            f"{most}; Coleman's measures are left out.",
            f"规模过大、无法逐一计数的机构：班扎夫与夏普利-舒比克指数的误差经证明不超过{most}；科尔曼各项度量从略。",
        )
    ]


def _refused(measured: Sequence[Measured]) -> list[Text]:
    refused = [each.decision for each in measured if each.measures is None]
    bodies = {each.institution.name: each.institution for each in refused}
    found: list[Text] = []
    for name, body in bodies.items():
        mine = [each for each in refused if each.institution.name == name]
        english = ", ".join(f"“{each.title.en}”" for each in mine)
        chinese = "".join(f"“{each.title.of('zh')}”" for each in mine)
        count = len(mine[0].members)
        found.append(
            Text(
                f"{short(body).en}, {english}: exact voting power of {count} members with such weights cannot be "
                "computed yet; weights are shown alone.",
                f"{short(body).of('zh')}{chinese}：{count}个成员且权重如此，目前尚不能精确计算投票权力，仅列出权重。",
            )
        )
    return found
