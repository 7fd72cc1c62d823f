"""The empty chair: what each rule does when a member is absent, abstains, objects, walks out or votes no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from comity.analysis.parts.absence.substance import substance
from comity.analysis.parts.absence.words import absence_findings, cells_chart
from comity.analysis.parts.chairs import MANY, MODES, OUTCOMES, STOPS, Cell, Mode, cells, gains
from comity.analysis.parts.decisions import Decision, decisions, identified, identity
from comity.kernel.errors import UnknownName
from comity.kernel.result import Column, Result, Table, Text
from comity.kernel.saying import listed
from comity.model.analysis import Analysis, Inputs

NAMED = 12
"""How many members the table of a large body names."""


class Absence(Analysis):
    """Every rule with each member absent, abstaining, objecting, walked out or voting no, all others voting yes.

    It answers whether the body can open, whether it can decide, whether the proposal is adopted and what stopped it,
    and who gains voting power while a chair is empty. One who walks out counts for the quorum to open, not for the
    quorum to decide. Contested readings stand side by side, and so do institutions. Where stakes say what members
    want, it also answers what the empty chair does to the substance: how the zone, the text and the winners move when
    the member is absent, walks out, abstains or only dissociates itself.

    Source:
        Rules of Procedure of the General Assembly (A/520), rules 67 and 86, on presence and voting; WTO Agreement,
        Article IX:1, footnote 1, on consensus of those present.

    Example:
        >>> import comity as co
        >>> empty = co.analyse(co.load("g5"), "absence", member="USA", rule="consensus")
        >>> empty.values["adopted"]["g5.consensus.members_present"]["USA"]
        {'absent': True, 'abstain': True, 'objects': False, 'walked_out': True, 'no': False}
    """

    kind: Literal["analysis.absence"] = "analysis.absence"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    member: str | None = None
    """The member whose chair is empty; each in turn where absent."""
    mode: Mode | None = None
    """What the member does; all five where absent."""
    rule: str | None = None
    """The rule asked about; all rules where absent."""
    reading: str | None = None
    """The reading of the rule, where it has several; all where absent."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 2_000
    """How many draws of what members want, where stakes say it."""

    def run(self, inputs: Inputs) -> Result:
        """Put each member through each mode under each rule."""
        decided = self._decided(inputs)
        modes = list(MODES) if self.mode is None else [self.mode]
        found: list[Cell] = []
        for number, decision in enumerate(decided):
            inputs.step(number, len(decided), decision.key)
            found += cells(decision, self._members(decision), modes)
        inputs.step(len(decided), len(decided), "")
        gained, skipped = gains(decided, self.member)
        adopted: dict[str, dict[str, dict[str, bool]]] = {}
        for cell in found:
            chairs = adopted.setdefault(cell.decision.key, {}).setdefault(cell.member, {})
            chairs[cell.mode] = cell.outcome == "adopted"
        findings = absence_findings(inputs, found, gained)
        tables = [_summary(found), _table(found, self.member)]
        if gained:
            tables.append(_gain_table(gained, decided))
        told = (
            substance(inputs, self.member, self.mode, self.draws)
            if self.rule is None and self.reading is None
            else None
        )
        charts = [cells_chart(inputs, found, findings[0].text, modes)]
        values: dict[str, Any] = {"adopted": adopted}
        caveats = _caveats(found, skipped)
        if told is not None:
            tables.append(told.table)
            charts += [] if told.chart is None else [told.chart]
            findings = [*findings, *told.findings]
            caveats += told.caveats
            values["substance"] = told.values
        return Result(
            kind=self.kind,
            title=Text("The empty chair", "空椅子"),
            values=values,
            tables=tuple(tables),
            charts=tuple(charts),
            findings=tuple(findings),
            caveats=tuple(caveats),
            provenance=inputs.provenance(self, random=told is not None),
        )

    def _decided(self, inputs: Inputs) -> list[Decision]:
        decided = decisions(inputs, self.rule, self.reading)
        if self.member is None:
            return decided
        own = [each for each in decided if self.member in each.members]
        if not own:
            known = list(dict.fromkeys(member for each in decided for member in each.members))
            raise UnknownName("member of these institutions", self.member, known)
        return own

    def _members(self, decision: Decision) -> list[str]:
        return list(decision.members) if self.member is None else [self.member]


def _said(found: Sequence[Cell], asked: str | None) -> list[Cell]:
    """The rows that a table shows: in bodies of many members, those of the heaviest."""
    largest: dict[str, dict[str, float]] = {}
    for decision in {cell.decision.key: cell.decision for cell in found}.values():
        held = largest.setdefault(decision.institution.name, {})
        for member, share in zip(decision.members, decision.shares, strict=True):
            held[member] = max(share, held.get(member, 0.0))
    named: dict[str, set[str]] = {}
    for name, held in largest.items():
        few = len(held) <= MANY or asked is not None
        ranked = sorted(held, key=lambda member: -held[member])
        named[name] = set(ranked if few else ranked[:NAMED])
    return [cell for cell in found if cell.member in named[cell.decision.institution.name]]


def _table(found: Sequence[Cell], asked: str | None) -> Table:
    import polars as pl

    rows = [
        {
            **identified(cell.decision),
            "member": cell.member,
            "mode": cell.mode,
            "opens": cell.opens,
            "outcome": cell.outcome,
            "stopped_by": cell.stop,
        }
        for cell in _said(found, asked)
    ]
    columns = (
        *identity([cell.decision for cell in found]),
        Column("member", Text("Member", "成员"), actor=True),
        Column("mode", Text("What it does", "成员的做法"), labels=MODES),
        Column("opens", Text("Can the body open", "能否开会"), labels=OPENS),
        Column("outcome", Text("Outcome", "结果"), labels=OUTCOMES),
        Column("stopped_by", Text("Stopped by", "受阻原因"), labels=STOPS),
    )
    frame = pl.DataFrame(rows, schema={column.name: pl.String for column in columns})
    return Table("chairs", Text("Each member in each mode", "各成员的各种做法"), columns, frame)


OPENS = {"yes": Text("yes", "能"), "no": Text("no", "不能"), "unwritten": Text("no quorum written", "未规定法定人数")}
VERDICTS = {
    "adopted": Text("adopted", "通过"),
    "blocked": Text("blocked", "受阻"),
    "no_quorum": Text("no quorum", "不足法定人数"),
    "depends": Text("depends on who", "视成员而定"),
}


def _summary(found: Sequence[Cell]) -> Table:
    import polars as pl

    groups: dict[tuple[str, str], list[Cell]] = {}
    for cell in found:
        groups.setdefault((cell.decision.key, cell.mode), []).append(cell)
    rows: list[dict[str, Any]] = []
    for (_, mode), each in groups.items():
        outcomes = {"blocked" if cell.outcome == "not_adopted" else cell.outcome for cell in each}
        blocking = sum(cell.outcome != "adopted" for cell in each)
        verdict = outcomes.pop() if len(outcomes) == 1 else "depends"
        count = f"{blocking}/{len(each)}" if verdict == "depends" else ""
        head = {**identified(each[0].decision), "mode": mode, "verdict": verdict, "blocking": blocking}
        rows.append({**head, "members": len(each), "count": count})
    columns = (
        *identity([cell.decision for cell in found]),
        Column("mode", Text("What one member does", "一个成员的做法"), labels=MODES),
        Column("verdict", Text("The proposal is", "提案结果"), labels=VERDICTS),
        Column("blocking", Text("Members that stop it so", "以此阻止的成员数")),
        Column("members", Text("Members looked at", "考察的成员数")),
        Column("count", Text("Of how many", "比例")),
    )
    return Table("modes", Text("Rules and modes", "规则与做法"), columns, pl.DataFrame(rows))


def _gain_table(gained: Sequence[dict[str, Any]], decided: Sequence[Decision]) -> Table:
    import polars as pl

    columns = (
        *identity(decided),
        Column("away", Text("Empty chair", "缺席者"), actor=True),
        Column("member", Text("Member", "成员"), actor=True),
        Column("before", Text("Power with all present", "全员在场时权力"), "share", percent=True),
        Column("after", Text("Power while it is away", "缺席期间权力"), "share", percent=True),
        Column("gain", Text("Gain", "增量"), "share", percent=True),
    )
    title = Text("Who gains voting power while a chair is empty", "席位空缺时谁的投票权力上升")
    note = Text(
        "Shapley-Shubik index, yes against no; power is what all others hold once the empty chair is taken as absent.",
        "夏普利-舒比克指数（赞成对反对）；缺席者视为缺席后其余成员的权力。",
    )
    return Table("gains", title, columns, pl.DataFrame(gained), note)


def _caveats(found: Sequence[Cell], skipped: Sequence[Decision]) -> list[Text]:
    caveats = [
        Text(
            "All other members are taken to vote yes: this shows what one member can stop, not what it will.",
            "假定其余成员全部赞成：本分析显示单个成员能够阻止什么，而非将会阻止什么。",
        )
    ]
    contested = any(len(cell.decision.institution.readings(cell.decision.rule)) > 1 for cell in found)
    if contested:
        caveats.append(
            Text(
                "Where a rule is unwritten or contested every reading is shown; none of them is the right one by law.",
                "规则不成文或有争议之处，列出每一种解读；其中没有哪一种在法律上是唯一正确的。",
            )
        )
    bodies = [cell.decision.institution for cell in found if cell.opens == "unwritten"]
    if bodies:
        who = listed([body.title for body in {body.name: body for body in bodies}.values()])
        caveats.append(
            Text(
                f"No quorum to open is written for some rules of: {who.en}.",
                f"以下机构的部分规则未规定开会法定人数：{who.of('zh')}。",
            )
        )
    if any(len(cell.decision.members) > MANY for cell in found):
        caveats.append(
            Text(
                f"In bodies of more than {MANY} members the table names the {NAMED} of greatest weight; ask for any "
                "other by name.",
                f"成员超过{MANY}个的机构，表中仅列权重最大的{NAMED}个；其余可按名称查询。",
            )
        )
    if skipped:
        rules = listed([each.title for each in skipped])
        caveats.append(
            Text(
                f"Who gains power is not counted here, the body being too large, under: {rules.en}.",
                f"机构过大，此处未计算以下规则的权力增减：{rules.of('zh')}。",
            )
        )
    return caveats
