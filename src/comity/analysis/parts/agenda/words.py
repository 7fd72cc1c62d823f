"""What is said and drawn of the agenda: findings, tables, the shares with the cap, caveats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.agenda.prerogatives import Reading
from comity.analysis.parts.agenda.setting import ORIGINS, Setting
from comity.analysis.parts.agenda_rights import PREROGATIVES
from comity.analysis.parts.decisions import Decision, identified, identity
from comity.analysis.parts.matters import ASSUMED, issue_column
from comity.analysis.parts.tabled import POINTS, spread, tabled
from comity.kernel.result import Chart, Column, Figure, Finding, Table, Text
from comity.kernel.saying import BLUE, ORANGE, VERMILION, listed, parts, per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import label_of, name_of, short

SHOWN = 12
"""The most members drawn for one rule."""


def findings(inputs: Inputs, found: Sequence[Setting], chosen: Sequence[Reading]) -> list[Finding]:
    """Who expects most and whether the cap holds, what proposing is worth, and what prerogatives gain."""
    own = [each for each in found if each.decision.institution is inputs.institution] or list(found)
    told = [_strongest(inputs, own), _premium(inputs, own)]
    told += _balance(inputs, own)
    return [*told, *_readings(inputs, chosen)]


def _strongest(inputs: Inputs, own: Sequence[Setting]) -> Finding:
    body = short(own[0].decision.institution)
    each = max(own, key=lambda one: float(one.expected.max()))
    share = float(each.expected.max())
    who = name_of(inputs, each.decision.members[each.strongest])
    figures = {"largest": Figure(share, "share"), "proposers": Figure(1 / each.concentration, "effective number")}
    if share - 1 / len(each.decision.members) < 1e-6:
        text = said(
            f"{body.en}: no member can expect more than an equal share under any rule as far as rights to propose are "
            "written",
            f"{body.of('zh')}：就已写明的提案权而言，任何规则下都没有成员可期望超过均等份额",
        )
    else:
        text = said(
            f"{body.en}: {who.en} can expect most, {per_cent(share)} under “{each.decision.title.en}”",
            f"{body.of('zh')}：{who.of('zh')}可期望的份额最大，在“{each.decision.title.of('zh')}”下为{per_cent(share)}",
        )
    if each.cap is not None:
        kept = share <= each.cap + 1e-9
        verb, chinese = ("keeps", "未超过") if kept else ("exceeds", "超过")
        text = said(
            f"{text.en}; that {verb} the charter's cap of {per_cent(each.cap, 0)}",
            f"{text.of('zh')}，{chinese}章程{per_cent(each.cap, 0)}的上限",
        )
        figures["cap"] = Figure(each.cap, "share")
    return Finding(text, figures)


def _premium(inputs: Inputs, own: Sequence[Setting]) -> Finding:
    """Under which rule proposing is worth most."""
    best = max(own, key=lambda one: float((one.proposing - one.expected).max()))
    place = int((best.proposing - best.expected).argmax())
    who = name_of(inputs, best.decision.members[place])
    share, usual = float(best.proposing[place]), float(best.expected[place])
    text = said(
        f"Proposing is worth most under “{best.decision.title.en}”: whoever proposes keeps up to {per_cent(share, 0)} "
        f"({who.en}, who expects {per_cent(usual, 0)} before anybody is recognised)",
        f"提案权在“{best.decision.title.of('zh')}”下最有价值：提案者最多可得{per_cent(share, 0)}"
        f"（{who.of('zh')}，事前期望为{per_cent(usual, 0)}）",
    )
    return Finding(text, {"proposing": Figure(share, "share"), "expected": Figure(usual, "share")})


def _balance(inputs: Inputs, own: Sequence[Setting]) -> list[Finding]:
    """What a fixed chair would do, and which chance to propose keeps the balance."""
    tried = [each for each in own if each.fixed]
    if not tried:
        return []
    told: list[Finding] = []
    gains = [
        (float(shares[each.decision.members.index(member)]), member, each)
        for each in tried
        for member, shares in each.fixed.items()
    ]
    share, member, each = max(gains, key=lambda one: one[0])
    who = name_of(inputs, member)
    text = said(
        f"A fixed chair that alone proposes would hold up to {per_cent(share, 0)} ({who.en}, under "
        f"“{each.decision.title.en}”); rotation takes that away",
        f"若由固定主席独自提案，其份额最高可达{per_cent(share, 0)}（{who.of('zh')}，"
        f"“{each.decision.title.of('zh')}”）；轮值可消除这一优势",
    )
    told.append(Finding(text, {"fixed_chair": Figure(share, "share")}))
    for each in tried:
        if each.cap is None:
            continue
        strongest = name_of(inputs, each.decision.members[each.strongest])
        rule = each.decision.title
        if each.balanced is None:
            text = said(
                f"Under “{rule.en}” no limit on who proposes brings every share within the cap",
                f"在“{rule.of('zh')}”下，任何提案机会的限制都无法使各成员份额不超过上限",
            )
            told.append(Finding(text, {}))
        elif each.balanced < 1:
            text = said(
                f"Under “{rule.en}” the balance holds as long as {strongest.en} proposes no more than "
                f"{per_cent(each.balanced, 0)} of the time",
                f"在“{rule.of('zh')}”下，只要{strongest.of('zh')}的提案机会不超过"
                f"{per_cent(each.balanced, 0)}，平衡即可维持",
            )
            told.append(Finding(text, {f"balanced_{each.decision.rule}": Figure(each.balanced, "share")}))
    return told


def _readings(inputs: Inputs, chosen: Sequence[Reading]) -> list[Finding]:
    known = [each for each in chosen if each.gain.value is not None]
    if not known:
        return []
    each = max(known, key=lambda one: one.gain.value or 0.0)
    who, title = name_of(inputs, each.holder), each.matter.written.title
    gain = each.gain.value or 0.0
    lost = name_of(inputs, each.loser) if each.loser else None
    text = said(
        f"{who.en} holds rights outside the vote: by its reading alone “{title.en}” comes {gain:.0f} points nearer to "
        "its wish" + (f", at the cost of {lost.en}" if lost else ""),
        f"{who.of('zh')}拥有表决之外的权利：仅凭其解释，“{title.of('zh')}”即向其意愿靠近{gain:.0f}点"
        + (f"，{lost.of('zh')}因此受损" if lost else ""),
    )
    return [Finding(text, {f"reading_{each.holder}": each.gain.figure("points", inputs.seed)})]


def settings_table(inputs: Inputs, found: Sequence[Setting]) -> Table:
    """One row a member and rule: chance to propose, expected share, share when it proposes."""
    rows: list[dict[str, Any]] = []
    for each in found:
        order = sorted(range(len(each.decision.members)), key=lambda place: -float(each.expected[place]))
        for rank, place in enumerate(order, 1):
            expected, own = float(each.expected[place]), float(each.proposing[place])
            rows.append(
                {
                    **identified(each.decision),
                    "member": each.decision.members[place],
                    "rank": rank,
                    "origin": each.origin,
                    "recognition": float(each.recognition[place]),
                    "expected": expected,
                    "proposing": own,
                    "premium": own - expected,
                    "cap": each.cap,
                    "effective": 1 / each.concentration,
                }
            )
    people = {str(row["member"]): label_of(inputs, str(row["member"])) for row in rows}
    columns = (
        *identity([each.decision for each in found]),
        Column("member", Text("Member", "成员"), labels=people),
        Column("rank", Text("Rank", "名次")),
        Column("origin", Text("Chances to propose", "提案机会的依据"), labels=ORIGINS),
        Column("recognition", Text("Chance to propose", "提案机会"), "share", percent=True),
        Column("expected", Text("Agenda power: expected share", "议程权力：期望份额"), "share", percent=True),
        Column("proposing", Text("Share when it proposes", "自己提案时的份额"), "share", percent=True),
        Column("premium", Text("Premium of proposing", "提案溢价"), "share", percent=True),
        Column("cap", Text("Cap of the charter", "章程上限"), "share", percent=True),
        Column("effective", Text("Effective number of agenda setters", "有效议程设定者数目"), digits=2),
    )
    words = ("institution", "decision", "member", "origin")
    return tabled("shares", Text("Agenda power", "议程权力"), columns, rows, words=words, counts=("rank",))


def fixed_table(inputs: Inputs, found: Sequence[Setting]) -> Table:
    """One row a member, rule and fixed chair: what it expects, against the charter's own chances."""
    rows = [
        {
            **identified(each.decision),
            "chair": chair,
            "member": member,
            "expected": float(each.expected[place]),
            "then": float(shares[place]),
            "gain": float(shares[place] - each.expected[place]),
        }
        for each in found
        for chair, shares in each.fixed.items()
        for place, member in enumerate(each.decision.members)
    ]
    people = {member: label_of(inputs, member) for each in found for member in each.decision.members}
    columns = (
        *identity([each.decision for each in found]),
        Column("chair", Text("Fixed chair, alone to propose", "固定主席（独自提案）"), labels=people),
        Column("member", Text("Member", "成员"), labels=people),
        Column("expected", Text("By the charter's rights", "按章程权利"), "share", percent=True),
        Column("then", Text("Under the fixed chair", "固定主席之下"), "share", percent=True),
        Column("gain", Text("Gain", "增量"), "share", percent=True),
    )
    title = Text("If one member always presided", "若由一国长期主持")
    return tabled("chairs", title, columns, rows, words=("institution", "decision", "chair", "member"))


def readings_table(inputs: Inputs, chosen: Sequence[Reading]) -> Table:
    """One row an issue and holder of a prerogative: what its reading gains."""
    rows = [
        {
            "institution": each.matter.institution.name,
            "issue": each.matter.issue,
            "holder": each.holder,
            "rights": "+".join(each.rights),
            "text": each.text.value,
            **each.gain.columns("gain"),
            "loser": each.loser,
            "loss": each.loss,
        }
        for each in chosen
    ]
    bodies = {each.matter.institution.name: each.matter.institution.title for each in chosen}
    people = {one: label_of(inputs, one) for each in chosen for one in (each.holder, each.loser) if one}
    rights = {"+".join(each.rights): listed([PREROGATIVES[name] for name in each.rights]) for each in chosen}
    columns = (
        Column("institution", Text("Institution", "机构"), labels=bodies),
        issue_column(inputs.wanted()),
        Column("holder", Text("Member", "成员"), labels=people),
        Column("rights", Text("Prerogative", "特权"), labels=rights),
        Column("text", Text("Text, mean", "文本均值"), POINTS, digits=0),
        *spread("gain", Text("Nearer to its wish by its reading", "凭其解释更近其意愿")),
        Column("loser", Text("Loses most", "最受损者"), labels={"": Text("–", "–"), **people}),
        Column("loss", Text("By", "幅度"), POINTS, digits=1),
    )
    title = Text("Readings outside the vote", "表决之外的解释")
    return tabled("readings", title, columns, rows, words=("institution", "issue", "holder", "rights", "loser"))


def chart(inputs: Inputs, found: Sequence[Setting], title: Text) -> Chart:
    """Expected share and share when proposing, by member and rule, with the charter's cap."""
    own = [each for each in found if each.decision.institution is inputs.institution] or list(found)
    keys = [each.decision.key for each in own]
    y = {"field": "member_label", "type": "nominal", "sort": {"field": "rank"}, "axis": {"title": None}}
    axis = {"format": ".0%", "tickCount": 6, "title": Text("Share of what is decided", "占所决定总量的份额")}
    words = [Text("expected before anybody is recognised", "事前期望"), Text("when it proposes itself", "自己提案时")]
    scale = {"domain": words, "range": [BLUE, ORANGE]}
    layers: list[dict[str, Any]] = []
    for field, word, shape in (("expected", words[0], "circle"), ("proposing", words[1], "diamond")):
        layers.append(
            {
                "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1, "shape": shape},
                "encoding": {
                    "y": y,
                    "x": {"field": field, "type": "quantitative", "axis": axis, "scale": {"domain": [0, 1]}},
                    "color": {"datum": word, "scale": scale, "legend": {"title": None, "orient": "top"}},
                },
            }
        )
    if own[0].cap is not None:
        line = {"type": "rule", "strokeDash": [5, 4], "color": VERMILION, "strokeWidth": 1.5}
        layers.append({"mark": line, "encoding": {"x": {"datum": own[0].cap}}})
    spec: dict[str, Any] = {
        "transform": [{"filter": {"field": "decision", "oneOf": keys}}, {"filter": f"datum.rank <= {SHOWN}"}],
        **parts("decision", [each.decision.title for each in own]),
        "spec": {"width": 460, "height": {"step": 24}, "layer": layers},
    }
    cap = Text("; dashed: the charter's cap", "；虚线为章程上限") if own[0].cap is not None else Text("")
    subtitle = Text(
        f"Shares under closed-rule bargaining, by rule{cap.en}", f"各规则下封闭提案议价的份额{cap.of('zh')}"
    )
    alt = Text(f"Dots of agenda power by member and rule. {title.en}.", f"各规则下成员议程权力点图。{title.of('zh')}。")
    return Chart("shares", "shares", title, subtitle, alt, spec)


def caveats(skipped: Sequence[Decision], discount: float, ambiguity: float | None) -> list[Text]:
    """What must be known before any of it is believed."""
    found = [
        Text(
            f"One stationary equilibrium of dividing a sum (discount {discount:g}): without stationarity any division "
            "is an equilibrium for three and more patient members (Sutton 1986). Who may propose is what organs write; "
            "persons outside the members and what is not written count as equal chances.",
            f"此为分配一笔总量的一个平稳均衡（贴现因子{discount:g}）：若不限于平稳策略，三个以上有耐心的成员之间任何分配"
            "都可成为均衡（Sutton 1986）。提案权以机关条款为准；成员以外者或未规定者视为机会均等。",
        )
    ]
    if ambiguity is not None:
        found += [
            Text(
                f"A text is taken to bear readings {ambiguity:g} points either way: an assumption.",
                f"假定文本可在上下{ambiguity:g}点的范围内作不同解释。",
            ),
            ASSUMED,
        ]
    if skipped:
        bodies = [short(each.institution) for each in skipped[:6]]
        rules = [each.title for each in skipped[:6]]
        names = listed(
            [
                Text(f"{body.en}, {rule.en}", f"{body.of('zh')}，{rule.of('zh')}")
                for body, rule in zip(bodies, rules, strict=True)
            ]
        )
        found.append(
            Text(
                f"Not divided, because members are many and differ or nothing can be adopted: {names.en}.",
                f"因成员众多且各不相同或无法通过而未计算：{names.of('zh')}。",
            )
        )
    return found
