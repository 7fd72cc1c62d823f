"""Who can block, who is needed, who counts for nothing, and whether anybody dominates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from comity.analysis.parts.agenda_rights import agenda, agenda_findings, agenda_table, prerogative_table
from comity.analysis.parts.decisions import Decision, decisions, identified, identity
from comity.analysis.parts.measured import balance_findings
from comity.kernel.result import Chart, Column, Figure, Finding, Result, Table, Text
from comity.kernel.saying import BLUE, GREY, ORANGE, SKY, parts, said
from comity.model.analysis import Analysis, Inputs
from comity.model.naming import named, short

STANDINGS = {
    "dictator": Text("decides alone", "独断"),
    "veto": Text("veto", "否决"),
    "ordinary": Text("one voice", "一票"),
    "dummy": Text("never counts", "无作用"),
}
SORTS = {
    "winning": Text("carries a proposal", "通过提案"),
    "blocking": Text("blocks a proposal", "阻止提案"),
}
DRAWN = 25
"""The most members of an institution that the figure shows."""


@dataclass(frozen=True)
class Standing:
    """One rule with its special players and its smallest coalitions; None where they could not be found."""

    decision: Decision
    veto: tuple[str, ...]
    dictator: tuple[str, ...]
    dummy: tuple[str, ...] | None
    coalitions: dict[str, tuple[int | None, tuple[tuple[str, ...], ...]] | None]


class Vetoes(Analysis):
    """Veto players, minimal winning and blocking coalitions, dummies, dictators, and who dominates.

    Agenda power is read from who may propose and who presides; prerogatives outside the vote (who convenes, interprets,
    arbitrates) are listed apart and enter no index. Each rule is read as yes against no (abstention counted as no).

    Source:
        Tsebelis, Veto Players (2002); Felsenthal and Machover, The Measurement of Voting Power (1998), chapter 2.

    Example:
        >>> import comity as co
        >>> vetoes = co.analyse(co.load("g5"), "vetoes")
        >>> vetoes.values["rules"]["g5.consensus.members_present"]["veto"]
        ['USA', 'CHN', 'RUS', 'IND', 'JPN']
    """

    kind: Literal["analysis.vetoes"] = "analysis.vetoes"
    """The kind of analysis."""
    rule: str | None = None
    """The rule asked about; all rules where absent."""
    reading: str | None = None
    """The reading of the rule, where it has several; all where absent."""
    limit: int = 5
    """How many coalitions of each sort are listed, the smallest first."""

    def run(self, inputs: Inputs) -> Result:
        """Look for the special players and the smallest coalitions of every rule."""
        decided = decisions(inputs, self.rule, self.reading)
        standings: list[Standing] = []
        for number, decision in enumerate(decided):
            inputs.step(number, len(decided), decision.key)
            standings.append(_standing(decision, self.limit))
        inputs.step(len(decided), len(decided), "")
        findings = [*_findings(inputs, standings), *balance_findings(inputs, decided), *agenda_findings(inputs)]
        rights = agenda(inputs)
        tables = [_players(standings), _coalitions(standings), agenda_table(inputs, rights)]
        if any(body.prerogatives is not None for body in (inputs.institution, *inputs.against)):
            tables.append(prerogative_table(inputs))
        charts = [_chart(inputs, standings, findings[0].text)] if _drawable(standings) else []
        return Result(
            kind=self.kind,
            title=Text("Who can block", "谁能阻止"),
            values={"rules": {each.decision.key: _values(each) for each in standings}},
            tables=tuple(tables),
            charts=tuple(charts),
            findings=tuple(findings),
            caveats=tuple(_caveats(standings)),
            provenance=inputs.provenance(self),
        )


def _standing(decision: Decision, limit: int) -> Standing:
    from comity.solvers import coalitions
    from comity.solvers.simple import reduce

    game = reduce(decision.game)
    found: dict[str, tuple[int | None, tuple[tuple[str, ...], ...]] | None] = {}
    for sort, search in (("winning", coalitions.minimal_winning), ("blocking", coalitions.minimal_blocking)):
        try:
            listed = search(game, limit)
            found[sort] = (listed.count, listed.listed)
        except ValueError:
            found[sort] = None
    try:
        idle = coalitions.dummies(game)
    except ValueError:
        idle = None
    return Standing(decision, coalitions.veto_players(game), coalitions.dictators(game), idle, found)


def _values(each: Standing) -> dict[str, Any]:
    sorts = {
        sort: None if found is None else {"count": found[0], "smallest": [list(one) for one in found[1]]}
        for sort, found in each.coalitions.items()
    }
    dummy = None if each.dummy is None else list(each.dummy)
    return {"veto": list(each.veto), "dictator": list(each.dictator), "dummy": dummy, **sorts}


def _players(standings: Sequence[Standing]) -> Table:
    import polars as pl

    rows: list[dict[str, str]] = []
    for each in standings:
        for member in each.decision.members:
            standing = "veto" if member in each.veto else "ordinary"
            if member in each.dictator:
                standing = "dictator"
            elif each.dummy is not None and member in each.dummy:
                standing = "dummy"
            rows.append({**identified(each.decision), "member": member, "standing": standing})
    columns = (
        *identity([each.decision for each in standings]),
        Column("member", Text("Member", "成员"), actor=True),
        Column("standing", Text("Standing", "地位"), labels=STANDINGS),
    )
    return Table("players", Text("Standing of each member", "各成员的地位"), columns, pl.DataFrame(rows))


def _coalitions(standings: Sequence[Standing]) -> Table:
    import polars as pl

    rows: list[dict[str, Any]] = []
    for each in standings:
        for sort, found in each.coalitions.items():
            listed = () if found is None else found[1]
            rows.append(
                {
                    **identified(each.decision),
                    "sort": sort,
                    "count": None if found is None or found[0] is None else str(found[0]),
                    "smallest": len(listed[0]) if listed else None,
                    "listed": _listed(listed, None if found is None else found[0]),
                }
            )
    columns = (
        *identity([each.decision for each in standings]),
        Column("sort", Text("Coalition that", "联盟类型"), labels=SORTS),
        Column("count", Text("Minimal coalitions", "最小联盟数")),
        Column("smallest", Text("Members in the smallest", "最小者成员数")),
        Column("listed", Text("The smallest of them", "其中最小者"), actor=True),
    )
    schema = {column.name: pl.Int64 if column.name == "smallest" else pl.String for column in columns}
    title = Text("Coalitions that carry or block", "能通过或阻止的联盟")
    note = Text(
        "A minimal coalition needs every one of its members; an empty count means too many to count here.",
        "最小联盟缺一不可；数目空缺表示数量过大，此处无法计数。",
    )
    return Table("coalitions", title, columns, pl.DataFrame(rows, schema=schema), note)


def _listed(coalitions: Sequence[Sequence[str]], count: int | None) -> str:
    """The coalitions small enough to print, and how many there are in all where some are left out."""
    drawn = [" + ".join(one) for one in coalitions if len(one) <= DRAWN]
    if drawn and (count is None or len(drawn) < count):
        drawn.append(f"... ({len(drawn)} of {'more' if count is None else count})")
    return "; ".join(drawn)


def _findings(inputs: Inputs, standings: Sequence[Standing]) -> list[Finding]:
    found: list[Finding] = []
    for body in (inputs.institution, *inputs.against):
        mine = [each for each in standings if each.decision.institution is body]
        for rule in dict.fromkeys(each.decision.rule for each in sorted(mine, key=lambda each: not each.veto)):
            readings = [each for each in mine if each.decision.rule == rule]
            same = len({(each.veto, each.dictator, each.dummy) for each in readings}) == 1
            plain = body.rule(rule).title or Text(rule.replace("_", " "))
            found += [_finding(inputs, readings[0], plain)] if same else [_finding(inputs, each) for each in readings]
    return found


def _finding(inputs: Inputs, each: Standing, called: Text | None = None) -> Finding:
    decision, title = each.decision, called or each.decision.title
    body, count = short(decision.institution), len(decision.members)
    blocking = each.coalitions["blocking"]
    least = len(blocking[1][0]) if blocking and blocking[1] else None
    figures = {"veto_players": Figure(len(each.veto), "members"), "members": Figure(count, "members")}
    if each.dictator:
        who = named(inputs, each.dictator)
        text = said(
            f"{body.en}: under “{title.en}” {who.en} decides alone",
            f"{body.of('zh')}：按“{title.of('zh')}”，{who.of('zh')}一家说了算",
        )
    elif len(each.veto) == count:
        text = said(
            f"{body.en}: under “{title.en}” each of the {count} members can block alone",
            f"{body.of('zh')}：按“{title.of('zh')}”，{count}个成员中任何一个都能单独阻止",
        )
    elif each.veto:
        who = named(inputs, each.veto)
        text = said(
            f"{body.en}: under “{title.en}” only {who.en} can block alone",
            f"{body.of('zh')}：按“{title.of('zh')}”，只有{who.of('zh')}能单独阻止",
        )
    else:
        several = "" if least is None else f"; it takes {least}"
        chinese = "" if least is None else f"，至少要{least}个"
        text = said(
            f"{body.en}: under “{title.en}” no member can block alone{several}",
            f"{body.of('zh')}：按“{title.of('zh')}”，没有成员能单独阻止{chinese}",
        )
        figures["smallest_blocking"] = Figure(least, "members")
    if each.dummy:
        idle = named(inputs, each.dummy)
        text = Text(f"{text.en}; the vote of {idle.en} never counts", f"{text.of('zh')}；{idle.of('zh')}的票从不起作用")
    return Finding(text, figures)


def _caveats(standings: Sequence[Standing]) -> list[Text]:
    label = Text(
        "Abstention counted as no: the rules are read as yes against no.",
        "弃权按反对计：规则按赞成与反对两种选择解读。",
    )
    found = [label]
    uncounted = [
        each.decision.title
        for each in standings
        if each.dummy is None or any(sort is None or sort[0] is None for sort in each.coalitions.values())
    ]
    if uncounted:
        english = ", ".join(f"“{title.en}”" for title in uncounted)
        chinese = "".join(f"“{title.of('zh')}”" for title in uncounted)
        found.append(
            Text(
                f"Coalitions cannot all be counted yet under {english}: too many members of different weight. Veto "
                "players are exact all the same.",
                f"在{chinese}下，权重各异的成员过多，目前尚不能数清全部联盟；否决者的判定仍然精确。",
            )
        )
    return found


def _drawable(standings: Sequence[Standing]) -> bool:
    return any(len(each.decision.members) <= DRAWN for each in standings)


def _chart(inputs: Inputs, standings: Sequence[Standing], title: Text) -> Chart:
    drawn = [each for each in standings if len(each.decision.members) <= DRAWN]
    bodies = [body.title for body in (inputs.institution, *inputs.against)]
    place = {
        "x": {
            "field": "member",
            "type": "nominal",
            "sort": None,
            "axis": {"title": None, "orient": "top", "labelAngle": 0},
        },
        "y": {"field": "decision_label", "type": "nominal", "sort": None, "axis": {"title": None}},
    }
    colour = {
        "field": "standing",
        "type": "nominal",
        "scale": {"domain": list(STANDINGS), "range": [ORANGE, BLUE, SKY, GREY]},
        "legend": None,
    }
    ink = {"condition": {"test": "datum.standing === 'veto'", "value": "white"}, "value": "#222222"}
    words = {"field": "standing_label", "type": "nominal"}
    spec: dict[str, Any] = {
        "transform": [{"filter": {"field": "decision", "oneOf": [each.decision.key for each in drawn]}}],
        **parts("institution", bodies),
        "spec": {
            "width": {"step": 66 if max(len(each.decision.members) for each in drawn) <= 8 else 46},
            "height": {"step": 30},
            "layer": [
                {"mark": {"type": "rect", "stroke": "white", "strokeWidth": 2}, "encoding": {**place, "color": colour}},
                {"mark": {"type": "text", "fontSize": 10}, "encoding": {**place, "text": words, "color": ink}},
            ],
        },
    }
    spec["resolve"] = {"scale": {"x": "independent", "y": "independent"}}
    subtitle = Text("Standing of each member under each rule", "各成员在各规则下的地位")
    alt = Text(
        f"Matrix of rules and members, each with its standing. {title.en}.",
        f"规则与成员矩阵，标明各成员地位。{title.of('zh')}。",
    )
    return Chart("standing", "players", title, subtitle, alt, spec)
