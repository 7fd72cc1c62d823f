"""What the empty chair shows: sentences computed from the cells, and the figure of rules and modes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.chairs import MODES, Cell
from comity.analysis.parts.decisions import Decision
from comity.kernel.result import Chart, Figure, Finding, Text
from comity.kernel.saying import GREY, ORANGE, SKY, YELLOW, parts, per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import name_of, named, short

AWAY = ("absent", "walked_out")
AGAINST = ("objects", "no")


def absence_findings(inputs: Inputs, found: Sequence[Cell], gained: Sequence[dict[str, Any]]) -> list[Finding]:
    """One sentence a rule and reading, then who gains most."""
    groups = list(_by_decision(found).values())
    order = [body.name for body in (inputs.institution, *inputs.against)]
    groups.sort(key=lambda cells: (order.index(cells[0].decision.institution.name), not _stopped(cells)))
    findings = [_finding(inputs, cells) for cells in groups]
    return [*findings, *_gains(inputs, found, gained), *_above_cap(inputs, found, gained)]


def _gains(inputs: Inputs, found: Sequence[Cell], gained: Sequence[dict[str, Any]]) -> list[Finding]:
    """Who gains most from an empty chair; only how much, where many pairs of members tie."""
    most = max((row["gain"] for row in gained), default=0.0)
    if most <= 0:
        return []
    rows = [row for row in gained if row["gain"] > most - 1e-12]
    decisions = {cell.decision.key: cell.decision for cell in found}
    decision = decisions[rows[0]["decision"]]
    if len({row["decision"] for row in rows}) == 1 and len({row["away"] for row in rows}) == 1:
        return [_gain(inputs, decision, rows)] if len(rows) < len(decision.members) - 1 else []
    pairs, points = len(rows), f"{most * 100:.1f}"
    text = said(
        f"One empty chair adds at most {points} percentage points to another member's power, in {pairs} pairs of "
        f"members (such as {named(inputs, [rows[0]['member']]).en} with {name_of(inputs, rows[0]['away']).en} away, "
        f"under “{decision.title.en}”)",
        f"一个空席最多使另一成员的权力增加{points}个百分点，共{pairs}对成员如此"
        f"（例如按“{decision.title.of('zh')}”，{name_of(inputs, rows[0]['away']).of('zh')}缺席时的"
        f"{named(inputs, [rows[0]['member']]).of('zh')}）",
    )
    return [Finding(text, {"gain": Figure(most, "share"), "pairs": Figure(pairs)})]


def _above_cap(inputs: Inputs, found: Sequence[Cell], gained: Sequence[dict[str, Any]]) -> list[Finding]:
    """Whether an empty chair lifts a member above the charter's cap on voting power."""
    balance = inputs.institution.balance
    if balance is None or balance.power_cap is None or balance.index != "shapley_shubik":
        return []
    cap = float(balance.power_cap)
    own = {cell.decision.key: cell.decision for cell in found if cell.decision.institution is inputs.institution}
    above = [row for row in gained if row["decision"] in own and row["before"] <= cap < row["after"]]
    if not above:
        return []
    row = max(above, key=lambda each: each["after"])
    who, away = named(inputs, [row["member"]]), name_of(inputs, row["away"])
    text = said(
        f"With a chair empty the cap of {per_cent(cap)} on one member's voting power can be exceeded: with {away.en} "
        f"away {who.en} would have {per_cent(row['after'])} under “{own[row['decision']].title.en}”",
        f"席位空缺时，单一成员投票权力上限{per_cent(cap)}可能被突破：{away.of('zh')}缺席时，按"
        f"“{own[row['decision']].title.of('zh')}”，{who.of('zh')}占{per_cent(row['after'])}",
    )
    return [Finding(text, {"after": Figure(row["after"], "share"), "cap": Figure(cap, "share")})]


def _stopped(cells: Sequence[Cell]) -> bool:
    return any(cell.outcome != "adopted" for cell in cells)


def _by_decision(found: Sequence[Cell]) -> dict[str, list[Cell]]:
    groups: dict[str, list[Cell]] = {}
    for cell in found:
        groups.setdefault(cell.decision.key, []).append(cell)
    return groups


def _finding(inputs: Inputs, cells: Sequence[Cell]) -> Finding:
    decision = cells[0].decision
    members = list(dict.fromkeys(cell.member for cell in cells))
    modes = {cell.mode for cell in cells}
    stopping = {
        mode: [cell.member for cell in cells if cell.mode == mode and cell.outcome != "adopted"] for mode in modes
    }
    away = next((stopping[mode] for mode in AWAY if mode in modes), None)
    against = next((stopping[mode] for mode in AGAINST if mode in modes), None)
    figures = {mode: Figure(len(stopping[mode]), "members") for mode in MODES if mode in modes}
    figures |= {f"{decision.key}.{mode}": figure for mode, figure in figures.items()}
    body, title = short(decision.institution), decision.title
    if away is not None and against is not None:
        english, chinese = _contrast(inputs, members, away, against)
    else:
        mode = next(iter(mode for mode in MODES if mode in modes))
        english, chinese = _one(inputs, members, stopping[mode], mode)
    text = Text(f"{body.en}, “{title.en}”: {english}", f"{body.of('zh')}“{title.of('zh')}”：{chinese}")
    return Finding(text, figures)


def _contrast(inputs: Inputs, members: Sequence[str], away: Sequence[str], against: Sequence[str]) -> tuple[str, str]:
    """How staying away and objecting compare: of one member, of all alike, or of some."""
    count = len(members)
    kinds = (len(away) == count, len(against) == count)
    alike = not away or kinds[0], not against or kinds[1]
    if all(alike):
        who = name_of(inputs, members[0])
        english, chinese = (_ALONE if count == 1 else _ALIKE)[kinds]
        return english.format(who=who.en), chinese.format(who=who.of("zh"))
    absent, opposed = _some(inputs, away, count), _some(inputs, against, count)
    if set(away) == set(against):
        return (
            f"only {absent.en} can stop a decision, by staying away as by objecting",
            f"只有{absent.of('zh')}能阻止决定，缺席与反对同样有效",
        )
    if not away:
        any_of = "" if len(against) == 1 else "any of "
        return (
            f"no empty chair stops a decision; an objection by {any_of}{opposed.en} does",
            f"任何席位空缺都不妨碍决定；能凭反对阻止的是{opposed.of('zh')}",
        )
    return (
        f"by staying away {absent.en} can stop a decision, by objecting {opposed.en}",
        f"缺席即可阻止决定的有：{absent.of('zh')}；反对即可阻止的有：{opposed.of('zh')}",
    )


_ALIKE = {
    (False, False): (
        "no single member can stop a decision, by staying away or by objecting",
        "没有哪个成员能凭缺席或反对单独阻止决定",
    ),
    (False, True): (
        "an absent member stops nothing; one that objects stops everything",
        "缺席的成员阻止不了什么，反对的成员能阻止一切",
    ),
    (True, True): (
        "one empty chair stops a decision as surely as an objection",
        "一个空席与一次反对同样足以阻止决定",
    ),
    (True, False): (
        "an absent member stops everything; one that objects stops nothing",
        "缺席会阻止一切，反对却阻止不了什么",
    ),
}
_ALONE = {
    (False, False): ("{who} stops nothing, by staying away or by objecting", "{who}无论缺席还是反对都阻止不了"),
    (False, True): (
        "{who} stops nothing by staying away; its objection stops everything",
        "{who}缺席阻止不了什么，反对则能阻止一切",
    ),
    (True, True): ("{who} stops everything, by staying away as by objecting", "{who}无论缺席还是反对都会使决定受阻"),
    (True, False): (
        "{who} stops everything by staying away, nothing by objecting",
        "{who}缺席会阻止一切，反对却阻止不了什么",
    ),
}
"""Sentences by whether staying away stops a decision, and whether objecting does."""


def _one(inputs: Inputs, members: Sequence[str], stopping: Sequence[str], mode: str) -> tuple[str, str]:
    deed = MODES[mode]
    if len(members) == 1:
        who = name_of(inputs, members[0])
        result = ("is adopted", "仍获通过") if not stopping else ("is not adopted", "不获通过")
        return f"when {who.en} {deed.en}, the proposal {result[0]}", f"{who.of('zh')}{deed.of('zh')}时，提案{result[1]}"
    some = _some(inputs, stopping, len(members))
    return (
        f"when one member {deed.en}, the proposal is stopped by {some.en}",
        f"一个成员{deed.of('zh')}时，能阻止提案的有：{some.of('zh')}",
    )


def _some(inputs: Inputs, members: Sequence[str], of: int) -> Text:
    if not members:
        return Text("nobody", "无")
    if len(members) == of:
        return Text("every member", "每个成员")
    if len(members) <= 5:
        return named(inputs, members)
    return Text(f"{len(members)} of {of} members", f"{of}个成员中的{len(members)}个")


def _gain(inputs: Inputs, decision: Decision, rows: Sequence[dict[str, Any]]) -> Finding:
    row = rows[0]
    away, who = name_of(inputs, row["away"]), named(inputs, [each["member"] for each in rows])
    before, after, title = per_cent(row["before"]), per_cent(row["after"]), decision.title
    gain, power = ("gains", "its power") if len(rows) == 1 else ("gain", "the power of each")
    text = said(
        f"{who.en} {gain} most from an empty chair: with {away.en} away, {power} under “{title.en}” goes "
        f"from {before} to {after}",
        f"席位空缺时获益最大的是{who.of('zh')}：{away.of('zh')}缺席时，按“{title.of('zh')}”其权力从{before}升至{after}",
    )
    return Finding(text, {"before": Figure(row["before"], "share"), "after": Figure(row["after"], "share")})


def cells_chart(inputs: Inputs, found: Sequence[Cell], title: Text, modes: Sequence[str]) -> Chart:
    """Rules against modes: adopted, blocked, no quorum, or depending on who it is; words in every cell."""
    bodies = [
        body.title
        for body in (inputs.institution, *inputs.against)
        if any(cell.decision.institution is body for cell in found)
    ]
    place = {
        "x": {
            "field": "mode_label",
            "type": "nominal",
            "sort": [MODES[mode] for mode in modes],
            "axis": {"title": None, "orient": "top", "labelAngle": 0},
        },
        "y": {"field": "decision_label", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 300}},
    }
    colour = {
        "field": "verdict",
        "type": "nominal",
        "scale": {"domain": ["adopted", "blocked", "no_quorum", "depends"], "range": [SKY, ORANGE, GREY, YELLOW]},
        "legend": None,
    }
    tile = {"mark": {"type": "rect", "stroke": "white", "strokeWidth": 2}, "encoding": {**place, "color": colour}}
    words = {"field": "words", "type": "nominal"}
    symbols = "{'adopted': '✓ ', 'blocked': '✕ ', 'no_quorum': '○ ', 'depends': ''}[datum.verdict]"
    said_in = f"{symbols} + (datum.count === '' ? datum.verdict_label : '✕ ' + datum.count)"
    spec: dict[str, Any] = {
        "transform": [{"calculate": said_in, "as": "words"}],
        **parts("institution", bodies),
        "spec": {
            "width": {"step": 88},
            "height": {"step": 32},
            "layer": [
                tile,
                {"mark": {"type": "text", "fontSize": 11, "color": "#222222"}, "encoding": {**place, "text": words}},
            ],
        },
    }
    subtitle = Text(
        "The proposal when one member does this and all others vote yes; a fraction: so many members stop it",
        "其余成员均赞成时，一个成员如此行事提案的结果；分数表示能阻止提案的成员数",
    )
    alt = Text(
        f"Matrix of rules and what one member does, with the outcome in words. {title.en}.",
        f"规则与成员做法矩阵，以文字标明结果。{title.of('zh')}。",
    )
    return Chart("chairs", "modes", title, subtitle, alt, spec)
