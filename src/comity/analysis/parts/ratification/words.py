"""What is said and drawn of ratification: findings, tables, the zone before and after, caveats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.landing import Measured
from comity.analysis.parts.matters import Docket, issue_column, silent_caveats
from comity.analysis.parts.ratification.ratifying import Ratified, pinching
from comity.analysis.parts.strips import ALONG, AXIS, issues_axis, quo_tick
from comity.analysis.parts.tabled import POINTS, chance, share, spread, tabled
from comity.kernel.result import Chart, Column, Figure, Finding, Table, Text
from comity.kernel.saying import BLUE, GREY, per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import label_of, name_of, short

STAGES = {
    "governments": Text("governments alone", "仅政府"),
    "ratified": Text("with ratifiers", "计入批准者"),
}
WHY = {
    "closes": Text("closes there", "至此关闭"),
    "not_needed": Text("carries without this member", "无此成员亦可通过"),
    "shut": Text("no zone at the modes", "众值下无协议区"),
    "never": Text("not even the whole way closes it", "全程亦不关闭"),
}


def _own(inputs: Inputs, found: Sequence[Ratified]) -> list[Ratified]:
    return [each for each in found if each.matter.institution is inputs.institution] or list(found)


def findings(inputs: Inputs, found: Sequence[Ratified]) -> list[Finding]:
    """Which signature is least likely to survive at home, who pinches, who gains by tied hands, what shuts a zone."""
    own = [each for each in _own(inputs, found) if each.survives.value is not None]
    told: list[Finding] = []
    body = short(inputs.institution)
    if not own:
        text = Text(f"{body.en}: the governments sign nothing", f"{body.of('zh')}：各政府不会签署任何文本")
        return [Finding(text, {})]
    worst = min(own, key=lambda each: each.survives.value or 0.0)
    safe = [each for each in own if (each.survives.value or 0.0) > 0.5]
    title = worst.matter.written.title
    text = said(
        f"{body.en}: on {len(safe)} of {len(own)} issues what the governments would sign probably survives at home; "
        f"least on “{title.en}” ({per_cent(worst.survives.value or 0.0, 0)})",
        f"{body.of('zh')}：{len(own)}个议题中有{len(safe)}个的签署文本较可能获国内批准；最难的是“{title.of('zh')}”"
        f"（{per_cent(worst.survives.value or 0.0, 0)}）",
    )
    figures = {each.matter.issue: each.survives.figure("share", inputs.seed) for each in own}
    told.append(Finding(text, {**figures, "survive": Figure(len(safe), "issues")}))
    return [*told, *_pinch(inputs, own), *_tied(inputs, own), *_closing(inputs, own)]


def _pinch(inputs: Inputs, own: Sequence[Ratified]) -> list[Finding]:
    """Whose ratifier narrows a zone most."""
    pinched = [(each, home) for each in own if (home := pinching(each)) is not None]
    if not pinched:
        return []
    each, home = max(pinched, key=lambda pair: pair[1].pinch.value or 0.0)
    who, title = name_of(inputs, home.member), each.matter.written.title
    points = f"{home.pinch.value or 0.0:.0f}"
    text = said(
        f"The ratifier that narrows a zone most is that of {who.en}: by {points} points on “{title.en}”",
        f"压缩协议区最多的是{who.of('zh')}的批准者：在“{title.of('zh')}”上缩小{points}点",
    )
    return [Finding(text, {f"pinch_{home.member}": home.pinch.figure("points", inputs.seed)})]


def _tied(inputs: Inputs, own: Sequence[Ratified]) -> list[Finding]:
    """Who gains most by a ratifier that binds."""
    tied = [(each, home) for each in own for home in each.homes if (home.gain.value or 0.0) > 0.5]
    if not tied:
        text = Text(
            "Tied hands gain nobody half a point on average: ratifiers cost agreement and buy little",
            "“自缚双手”平均未使任何成员获益半点以上：批准程序降低达成协议的可能而收获甚微",
        )
        return [Finding(text, {})]
    each, home = max(tied, key=lambda pair: pair[1].gain.value or 0.0)
    who, title = name_of(inputs, home.member), each.matter.written.title
    points = f"{home.gain.value or 0.0:.1f}"
    text = said(
        f"Tied hands serve {who.en} most: on “{title.en}” the text comes {points} points nearer to its government",
        f"“自缚双手”最有利于{who.of('zh')}：在“{title.of('zh')}”上文本向其政府靠近{points}点",
    )
    return [Finding(text, {f"tied_{home.member}": home.gain.figure("points", inputs.seed)})]


def _closing(inputs: Inputs, own: Sequence[Ratified]) -> list[Finding]:
    """Whose ratifier would have to move least for a zone to close, at the modes."""
    rows = [(at - home.resists, at, each, home) for each in own for home in each.homes
            if (at := home.break_even) is not None]  # fmt: skip
    if not rows:
        text = Text(
            "At the modes no single ratifier can close an open zone, however far it resists",
            "按众值计，任何一国的批准者无论如何抵制都不能单独关闭已有的协议区",
        )
        return [Finding(text, {})]
    spare, at, each, home = min(rows, key=lambda row: row[0])
    title, who = each.matter.written.title, name_of(inputs, home.member)
    share, now = per_cent(at, 0), per_cent(home.resists, 0)
    english, chinese = (f"it is taken to stand at {now}", f"目前假设为{now}")
    if spare <= 0:
        english, chinese = f"taken to stand at {now}, it is beyond that", f"目前假设为{now}，已越过该点"
    text = said(
        f"At the modes the zone on “{title.en}” closes where the ratifier of {who.en} stands {share} of the way back "
        f"to the status quo; {english}",
        f"按众值计，{who.of('zh')}的批准者向现状退回{share}时，“{title.of('zh')}”的协议区关闭；{chinese}",
    )
    figures = {"break_even": Figure(at, "share"), "resists": Figure(home.resists, "share")}
    return [Finding(text, figures)]


def issues_table(inputs: Inputs, found: Sequence[Ratified]) -> Table:
    """One row an issue, body and stage: how often there is a zone, where it lies, whether the signature survives."""
    rows: list[dict[str, Any]] = []
    for each in found:
        for stage in STAGES:
            survives = each.survives if stage == "ratified" else Measured(None)
            rows.append(
                {
                    "institution": each.matter.institution.name,
                    "issue": each.matter.issue,
                    "stage": stage,
                    **each.open[stage].columns("open"),
                    **each.width[stage].columns("width"),
                    "zone_low": each.low[stage].value,
                    "zone_high": each.high[stage].value,
                    "status_quo": each.matter.status_quo,
                    "text": each.text.value,
                    **survives.columns("survives"),
                    "all_alike": each.all_alike if stage == "ratified" else None,
                }
            )
    columns = (
        Column("institution", Text("Institution", "机构"), labels=_bodies(found)),
        issue_column(inputs.wanted()),
        Column("stage", Text("Who must consent", "须谁同意"), labels=STAGES),
        *chance("open", Text("Probability of a zone", "有协议区的概率")),
        *spread("width", Text("Mean width", "平均宽度")),
        Column("zone_low", Text("Zone from, mean", "协议区下端均值"), POINTS, digits=0),
        Column("zone_high", Text("Zone to, mean", "协议区上端均值"), POINTS, digits=0),
        Column("status_quo", Text("Status quo", "现状"), POINTS, digits=0),
        Column("text", Text("Text signed, mean", "签署文本均值"), POINTS, digits=0),
        *chance("survives", Text("Survives at home", "获国内批准")),
        share("all_alike", Text("Share at which all ratifiers close it", "全部批准者关闭协议区的份额")),
    )
    note = Text(
        "The governments sign the mean of positions weighted by salience, moved to the nearest text that the rule "
        "adopts; it survives where enough ratifiers consent for the rule to adopt it.",
        "各政府签署以重要程度加权的立场均值，并移至规则所能通过的最近文本；若同意的批准者足以使规则通过，则视为获批准。",
    )
    title = Text("Before and after ratification", "批准前后")
    return tabled("issues", title, columns, rows, words=("institution", "issue", "stage"), note=note)


def _bodies(found: Sequence[Ratified]) -> dict[str, Text]:
    return {each.matter.institution.name: each.matter.institution.title for each in found}


def homes_table(inputs: Inputs, found: Sequence[Ratified]) -> Table:
    """One row a member, issue and body: where its ratifier stands, whether it consents, what its resistance does."""
    rows: list[dict[str, Any]] = [
        {
            "institution": each.matter.institution.name,
            "issue": each.matter.issue,
            "member": home.member,
            "resists": home.resists,
            "pivot": home.pivot.value,
            **home.survives.columns("survives"),
            **home.pinch.columns("pinch"),
            **home.closes.columns("closes"),
            **home.gain.columns("gain"),
            "break_even": home.break_even,
            "why": home.why,
        }
        for each in found
        for home in each.homes
    ]
    people = {home.member: label_of(inputs, home.member) for each in found for home in each.homes}
    columns = (
        Column("institution", Text("Institution", "机构"), labels=_bodies(found)),
        issue_column(inputs.wanted()),
        Column("member", Text("Member", "成员"), labels=people),
        share("resists", Text("Way back to the status quo (mode)", "退回现状的份额（众值）")),
        Column("pivot", Text("Pivotal ratifier, mean", "关键批准者立场均值"), POINTS, digits=0),
        *chance("survives", Text("Consents", "同意")),
        *spread("pinch", Text("Narrows the zone by", "缩小协议区")),
        *chance("closes", Text("Alone shuts the zone", "单独关闭协议区")),
        *spread("gain", Text("Text nearer to its government when it alone binds", "仅其受约束时文本靠近其政府")),
        share("break_even", Text("Share at which the zone closes", "协议区关闭的份额")),
        Column("why", Text("What that share means", "该份额的含义"), labels=WHY),
    )
    words = ("institution", "issue", "member", "why")
    return tabled("homes", Text("Each ratifier", "各批准者"), columns, rows, words=words)


def chart(inputs: Inputs, found: Sequence[Ratified], title: Text) -> Chart:
    """The mean zone of each issue before and after ratification, with the status quo and the text signed."""
    body = inputs.institution
    order = list(dict.fromkeys(each.matter.written.title for each in _own(inputs, found)))
    y = issues_axis(order)
    stages = list(STAGES.values())
    stage = {
        "field": "stage_label",
        "type": "nominal",
        "scale": {"domain": stages, "range": [GREY, BLUE]},
        "legend": {"title": None, "orient": "top"},
    }
    bars = {
        "mark": {"type": "bar", "height": {"band": 0.8}},
        "encoding": {
            "y": y,
            "yOffset": {"field": "stage_label", "type": "nominal", "sort": stages},
            "x": {**ALONG, "field": "zone_low", "axis": AXIS},
            "x2": {"field": "zone_high"},
            "color": stage,
        },
    }
    signed = {
        "mark": {"type": "point", "filled": True, "size": 55, "color": "#D55E00", "shape": "diamond"},
        "encoding": {"y": y, "x": {**ALONG, "field": "text", "aggregate": "min"}},
    }
    spec: dict[str, Any] = {
        "transform": [{"filter": f"datum.institution === '{body.name}'"}],
        "width": 460,
        "height": {"step": 34, "for": "position"},
        "layer": [bars, quo_tick(y, color="#222222", height=24), signed],
    }
    subtitle = Text(
        "Mean zone of the governments and with ratifiers; line: status quo; diamond: what the governments would sign",
        "政府的平均协议区与计入批准者后的协议区；竖线为现状；菱形为政府将签署的文本",
    )
    alt = Text(
        f"Bars of the zone before and after ratification. {title.en}.", f"批准前后协议区条形图。{title.of('zh')}。"
    )
    return Chart("zones", "issues", title, subtitle, alt, spec)


def caveats(inputs: Inputs, asked: Docket) -> list[Text]:
    """What must be known before any of it is believed."""
    return [
        *silent_caveats(inputs, asked),
        Text(
            "A ratifier stands between its government and the status quo by a share that is assumed; one that wants "
            "more than its government, and ratifiers that bargain with each other, are left out. Members without a "
            "ratifier in the stakes are taken to ratify what they sign.",
            "批准者位于政府与现状之间，其份额为假设；未考虑比政府要求更多的批准者，也未考虑批准者之间的讨价还价。"
            "诉求文件中没有批准者的成员视为签署即批准。",
        ),
    ]
