"""Ratification at home: what parliaments and other ratifiers leave of what governments could agree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, ValidationError

from comity.analysis.decisions import Decision, identified, identity, name_of, short
from comity.analysis.matters import Docket, Gap, docket, issue_column, silent_caveats
from comity.analysis.ratification_words import STAGES, WHY, findings_of, zone_chart
from comity.analysis.ratifying import Ratified, pinching, ratified
from comity.kernel.errors import InputError, UnknownName
from comity.kernel.result import Column, Result, Table, Text
from comity.model.analysis import Analysis, Inputs
from comity.model.stakes import Home


class Ratification(Analysis):
    """Governments sign, others ratify: the agreement zone before and after every ratifier at home must consent too.

    The pivotal ratifier stands between its government and the status quo, by the share ``resists`` of the way, and
    consents to what it likes no less than the status quo. A member accepts what its government and its ratifier both
    accept. The governments sign the compromise (mean of positions weighted by salience), moved to the nearest text that
    the rule adopts; that text may fail at home. A ratifier that binds can also draw the text towards its government
    (the Schelling conjecture): the same compromise is then moved to the nearest text that it lets pass.

    Source:
        Schelling, The Strategy of Conflict (1960), chapter 2; Putnam, International Organization 42(3) (1988); Milner
        and Rosendorff, Journal of Conflict Resolution 41(1) (1997); Tarar, Journal of Conflict Resolution 45(3) (2001).

    Example:
        >>> Ratification(member="USA", resists="0, 1/2, 1").resists
        '0, 1/2, 1'
    """

    kind: Literal["analysis.ratification"] = "analysis.ratification"
    """The kind of analysis."""
    reads_stakes: ClassVar[bool] = True
    issues: tuple[str, ...] = ()
    """The issues; all where none is named."""
    member: str | None = None
    """The one member whose ratifier is asked about, the others' governments deciding alone; all where absent."""
    resists: str | None = None
    """How much of the way back to the status quo the ratifier stands instead, as low, mode and high: ``0, 1/2, 1``."""
    least: Annotated[float, Field(ge=0, le=50, allow_inf_nan=False)] = 5
    """Texts nearer than this to the status quo are no agreement, in points of the scale."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 10_000
    """How many draws of what members want."""

    def run(self, inputs: Inputs) -> Result:
        """Let the ratifiers speak on every issue before every body."""
        asked = docket(self._given(inputs), self.issues)
        asked, without = _with_ratifiers(asked)
        if not asked.matters:
            raise InputError(
                "No member of these bodies with stakes on these issues has a ratifier in the file of stakes.",
                mend="Add ratifiers: {CODE: {title: ..., resists: [0, 1/4, 1/2], why: ...}}, or give member and resists.",
            )
        found: list[Ratified] = []
        for number, matter in enumerate(asked.matters):
            inputs.step(number, len(asked.matters), f"{matter.institution.name} {matter.issue}")
            found.append(ratified(matter, self.draws, inputs.seed, self.least))
        inputs.step(len(found), len(found), "")
        findings = findings_of(inputs, asked, found, self)
        zones = _zones(found)
        return Result(
            kind=self.kind,
            title=Text("Ratification at home", "国内批准"),
            values=_values(found),
            tables=(zones, _texts(found), _homes(found)),
            charts=(zone_chart(inputs, asked, found, findings[0].text, self),),
            findings=findings,
            caveats=(*silent_caveats(inputs, asked), *_caveats(self), *without),
            provenance=inputs.provenance(self, random=True),
        )

    def _given(self, inputs: Inputs) -> Inputs:
        """The inputs with the ratifiers that are asked about."""
        grounds = inputs.wanted()
        ratifiers = dict(grounds.stakes.ratifiers)
        if self.member is not None:
            bodies = (inputs.institution, *inputs.against)
            known = [member for body in bodies for member in body.members_on(inputs.date)]
            if self.member not in known:
                raise UnknownName("member of these institutions", self.member, list(dict.fromkeys(known)))
            if self.member not in ratifiers and self.resists is None:
                raise InputError(
                    f"{self.member} has no ratifier in the stakes '{grounds.stakes.name}'.",
                    mend='Say how much it resists: resists="0, 1/2, 1"; or add it under ratifiers.',
                )
            ratifiers = {self.member: ratifiers.get(self.member, _unnamed(inputs, self.member))}
        if self.resists is not None:
            ratifiers = {member: _resisting(home, self.resists) for member, home in ratifiers.items()}
        changed = grounds.stakes.model_copy(update={"ratifiers": ratifiers})
        return replace(inputs, stakes=replace(grounds, stakes=changed))


def _unnamed(inputs: Inputs, member: str) -> Home:
    who = name_of(inputs, member)
    title = Text(f"ratifier at home of {who.en}", f"{who.of('zh')}国内批准者")
    asked = Text("assumed in the question", "提问时的假设")
    return Home.model_validate({"title": title, "resists": (0, 0, 0), "why": asked})


def _resisting(home: Home, resists: str) -> Home:
    try:
        return Home.model_validate({**dict(home), "resists": tuple(each.strip() for each in resists.split(","))})
    except ValidationError:
        raise InputError(
            f"resists: '{resists}' is no low, mode and high of a share of the way.",
            mend='Write three ascending shares from 0 to 1: "0, 1/2, 1".',
        ) from None


def _with_ratifiers(asked: Docket) -> tuple[Docket, list[Text]]:
    """The matters in which somebody has a ratifier, and which bodies have none."""
    ratifiers = {
        each.issue + each.institution.name: any(member in each.grounds.stakes.ratifiers for member in each.judged)
        for each in asked.matters
    }
    kept = tuple(each for each in asked.matters if ratifiers[each.issue + each.institution.name])
    judged = {each.institution.name for each in asked.matters}
    left = [body for body in asked.bodies if body.name in judged - {each.institution.name for each in kept}]
    said = [
        Text(
            f"Not judged: no member of {short(body).en} has a ratifier in the stakes.",
            f"未作判断：{short(body).of('zh')}没有成员在诉求文件中列有国内批准者。",
        )
        for body in left
    ]
    gaps: tuple[Gap, ...] = asked.gaps
    return Docket(asked.issues, asked.bodies, kept, gaps), said


def _identity(found: Sequence[Ratified]) -> tuple[Column, ...]:
    decided: list[Decision] = [each.matter.decision for each in found]
    return (*identity(decided), issue_column(found[0].matter.grounds))


def _identified(each: Ratified) -> dict[str, Any]:
    return {**identified(each.matter.decision), "issue": each.matter.issue}


def _trio(name: str, title: Text, unit: str = "points", *, percent: bool = False) -> tuple[Column, ...]:
    low, high = Text(f"{title.en}, from", f"{title.of('zh')}下限"), Text(f"{title.en}, to", f"{title.of('zh')}上限")
    names = (name, title), (f"{name}_low", low), (f"{name}_high", high)
    return tuple(
        Column(each, words, "share" if percent else unit, percent=percent, digits=None if percent else 1)
        for each, words in names
    )


def _frame(name: str, title: Text, columns: tuple[Column, ...], rows: list[dict[str, Any]], note: Text) -> Table:
    import polars as pl

    words = {"institution", "decision", "issue", "stage", "member", "why"}
    schema = {column.name: pl.String if column.name in words else pl.Float64 for column in columns}
    return Table(name, title, columns, pl.DataFrame(rows, schema=schema), note)


NOTE = Text(
    "Shares of draws with their 95 % interval (Wilson); points as mean, with the middle 90 % of the draws.",
    "概率为抽样占比及其95%区间（Wilson法）；分值为均值及抽样中间90%的范围。",
)


def _zones(found: Sequence[Ratified]) -> Table:
    rows = [
        {
            **_identified(each),
            "stage": stage,
            **each.open[stage].columns("open"),
            **each.width[stage].columns("width"),
            **each.low[stage].columns("from"),
            **each.high[stage].columns("to"),
        }
        for each in found
        for stage in STAGES
    ]
    columns = (
        *_identity(found),
        Column("stage", Text("Who must consent", "须同意者"), labels=STAGES),
        *_trio("open", Text("An agreement exists", "存在协议的概率"), percent=True),
        *_trio("width", Text("Width of the zone (nought where shut)", "协议区宽度（关闭计为零）")),
        *_trio("from", Text("Zone begins", "协议区起点")),
        *_trio("to", Text("Zone ends", "协议区终点")),
    )
    return _frame("zones", Text("Zones before and after ratification", "批准前后的协议区"), columns, rows, NOTE)


def _texts(found: Sequence[Ratified]) -> Table:
    rows = [
        {
            **_identified(each),
            **each.text.columns("text"),
            **each.survives.columns("survives"),
            "member": getattr(pinching(each), "member", None),
            "all_alike": each.all_alike,
        }
        for each in found
    ]
    columns = (
        *_identity(found),
        *_trio("text", Text("Text the governments sign", "各国政府签署的文本")),
        *_trio("survives", Text("It carries at home", "在国内获批准的概率"), percent=True),
        Column("member", Text("Pinching ratifier of", "收窄协议区的批准者所属国"), actor=True),
        Column("all_alike", Text("All ratifiers close it at", "全体批准者关闭协议区的临界值"), "share", percent=True),
    )
    return _frame("texts", Text("The text at home", "文本在国内的命运"), columns, rows, NOTE)


def _homes(found: Sequence[Ratified]) -> Table:
    rows = [
        {
            **_identified(each),
            "member": home.member,
            "resists": home.resists,
            **home.pivot.columns("pivot"),
            **home.survives.columns("survives"),
            **home.pinch.columns("pinch"),
            **home.closes.columns("closes"),
            **home.gain.columns("gain"),
            **home.gains.columns("gains"),
            "break_even": home.break_even,
            "why": home.why,
        }
        for each in found
        for home in each.homes
    ]
    columns = (
        *_identity(found),
        Column("member", Text("Member", "成员"), actor=True),
        Column("resists", Text("Share of the way, mode", "回退比例（众数）"), "share", percent=True),
        *_trio("pivot", Text("Pivotal ratifier", "关键批准者位置")),
        *_trio("survives", Text("It consents to the text", "批准该文本的概率"), percent=True),
        *_trio("pinch", Text("Zone narrower for its sake", "因其收窄的宽度")),
        *_trio("closes", Text("It alone shuts the zone", "单独关闭协议区的概率"), percent=True),
        *_trio("gain", Text("Text nearer to its government", "文本向其政府靠近")),
        *_trio("gains", Text("Government gains by it", "政府因此获益的概率"), percent=True),
        Column("break_even", Text("Zone closes at", "协议区关闭的临界值"), "share", percent=True),
        Column("why", Text("At the break-even", "临界值说明"), labels=WHY),
    )
    return _frame("homes", Text("Each ratifier", "各批准者"), columns, rows, NOTE)


def _values(found: Sequence[Ratified]) -> dict[str, Any]:
    values: dict[str, Any] = {"agreement": {}, "survives": {}, "pinching": {}, "break_even": {}}
    for each in found:
        body, issue = each.matter.institution.name, each.matter.issue
        chance = {stage: each.open[stage].value for stage in STAGES}
        width = {stage: each.width[stage].value for stage in STAGES}
        said = {
            "agreement": {"open": chance, "width": width},
            "survives": each.survives.value,
            "pinching": getattr(pinching(each), "member", None),
            "break_even": {home.member: home.break_even for home in each.homes},
        }
        for name, value in said.items():
            values[name].setdefault(body, {})[issue] = value
    return values


def _caveats(asked: Ratification) -> list[Text]:
    found = [
        Text(
            "How far a ratifier resists is an assumption, one share for all issues; seats after an election are not "
            "forecast. Ask again with member and resists.",
            "批准者的抵制程度是假设，对所有议题取同一比例；并不预测选举后的席位。可用member与resists参数重新计算。",
        ),
        Text(
            f"Texts of less than {asked.least:g} points from the status quo are no agreement. Survival at home is "
            "counted where the governments agree; the break-even is exact at the modes, not over the draws.",
            f"距现状不足{asked.least:g}分的文本不算协议。国内批准的概率只在各国政府达成一致的抽样中计算；临界值按众数精确求得，并非抽样结果。",
        ),
        Text(
            "Informal texts often need no consent at home; where a government can act by itself its ratifier stands "
            "for those who would have to pay for it or pass laws.",
            "非正式文件往往无须国内批准；政府可自行决定时，“批准者”代表须为其拨款或立法者。",
        ),
    ]
    if asked.member is not None:
        found.append(
            Text(
                "Only this member's ratifier is counted; the other governments decide alone.",
                "仅计入该成员的批准者；其他政府自行决定。",
            )
        )
    return found
