"""What is said and drawn of going on without the largest: findings, charts, caveats."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from comity.analysis.parts.valuing import Ledger, ledger_caveats
from comity.analysis.parts.without_largest.closing import Closing
from comity.analysis.parts.without_largest.remaining import Remaining
from comity.analysis.parts.without_largest.tables import FEW, NAMED, WITH
from comity.kernel.result import Chart, Figure, Finding, Text
from comity.kernel.saying import BLUE, ORANGE, THIN, listed, money, per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import name_of, named, short

LIKELY = 0.5
SLIGHT = 0.005
"""A smaller change of a share is not worth a sentence."""


def thousands(number: float) -> str:
    """A whole number with a thin space between thousands.

    Example:
        >>> thousands(11937.2).replace(THIN, "_")
        '11_937'
    """
    return f"{number:,.0f}".replace(",", THIN)


def _who(inputs: Inputs, gone: Sequence[str]) -> Text:
    """Who goes: one member by its name, else the largest of each good."""
    different = list(dict.fromkeys(gone))
    if len(different) == 1:
        return name_of(inputs, different[0])
    return Text("the largest contributor to each good", "各项产品的最大出资者")


def own(inputs: Inputs, found: Sequence[Remaining]) -> list[Remaining]:
    """The goods of the institution asked about."""
    return [each for each in found if each.good.institution is inputs.institution]


def goods_findings(inputs: Inputs, found: Sequence[Remaining]) -> list[Finding]:
    """Whether those who stay can provide, what is still given of its own accord, what they must add, who rides."""
    told: list[Finding] = []
    for body in (inputs.institution, *inputs.against):
        of = [each for each in found if each.good.institution is body]
        if of:
            told.append(_provision(inputs, of))
    mine = own(inputs, found)
    return [*told, *_voluntary(inputs, mine), *_added(inputs, mine), *_burden(inputs, mine)] if mine else told


def _provision(inputs: Inputs, of: Sequence[Remaining]) -> Finding:
    """On how many goods providing still pays, and for how few."""
    body, who = short(of[0].good.institution), _who(inputs, [each.gone for each in of])
    before, after = (
        [each for each in of if (each.standing[stage].pays.value or 0) > LIKELY] for stage in ("with", "without")
    )
    alone = [sum((each.standing[stage].privileged.value or 0) > LIKELY for each in of) for stage in ("with", "without")]
    text = said(
        f"{body.en} without {who.en}: for those who stay, providing together probably still pays on {len(after)} of "
        f"{len(of)} goods ({len(before)} with it), and for one of them alone on {alone[1]} ({alone[0]} with it)",
        f"{who.of('zh')}退出后的{body.of('zh')}：{len(of)}项产品中有{len(after)}项由其余成员共同提供仍较可能有利"
        f"（退出前{len(before)}项）；其中{alone[1]}项较可能由一个成员单独提供即有利（退出前{alone[0]}项）",
    )
    seed = inputs.seed
    figures = {
        f"{each.good.institution.name}_{each.good.issue}_{stage}": each.standing[stage].pays.figure("share", seed)
        for each in of
        for stage in ("with", "without")
    }
    name = of[0].good.institution.name
    return Finding(text, {f"{name}_goods": Figure(len(after), "goods"), **figures})


def _voluntary(inputs: Inputs, mine: Sequence[Remaining]) -> list[Finding]:
    """Where voluntary provision falls most."""
    each = max(mine, key=_fall)
    if _fall(each) < SLIGHT:
        text = Text(
            "What members give of their own accord falls on no good by half a per cent of the whole",
            "成员自愿提供的份额在任何一项产品上的下降均不足全部的0.5%",
        )
        return [Finding(text, {})]
    before, after = (each.standing[stage].voluntary for stage in ("with", "without"))
    title, who = each.good.written.title, name_of(inputs, each.gone)
    shares = per_cent(before.value or 0, 0), per_cent(after.value or 0, 0)
    text = said(
        f"What members give of their own accord falls most on “{title.en}” when {who.en} goes: from {shares[0]} to "
        f"{shares[1]} of the whole good in the median draw",
        f"{who.of('zh')}退出时，成员自愿提供的份额在“{title.of('zh')}”上下降最多：中位数由全部的{shares[0]}降至"
        f"{shares[1]}",
    )
    unit, seed = "share of the whole good", inputs.seed
    return [Finding(text, {"voluntary": after.figure(unit, seed), "voluntary_with": before.figure(unit, seed)})]


def _fall(each: Remaining) -> float:
    return (each.standing["with"].voluntary.value or 0) - (each.standing["without"].voluntary.value or 0)


def _added(inputs: Inputs, mine: Sequence[Remaining]) -> list[Finding]:
    """What the rest must add, and who carries most of it."""
    each = max(mine, key=lambda one: one.raises)
    title, gone, following = each.good.written.title, name_of(inputs, each.gone), name_of(inputs, each.next)
    adds = each.share(each.next).adds
    willing = [one.member for one in each.shares if (one.gains_then.value or 0) > LIKELY]
    count, raised, sum_ = len(each.shares) - 1, per_cent(each.raises, 0), money(adds.value or 0)
    text = said(
        f"To make up for {gone.en} on “{title.en}” those who stay would each have to raise their parts by {raised}, "
        f"the largest of them now {following.en} ({sum_.en} a year more); for {len(willing)} of "
        f"{count} the larger part is probably still worth its cost",
        f"为弥补{gone.of('zh')}在“{title.of('zh')}”上的份额，其余成员须各增加{raised}，其中最大者为{following.of('zh')}"
        f"（每年增加{sum_.of('zh')}）；{count}个成员中有{len(willing)}个较可能仍觉值得",
    )
    figures = {
        "raises": Figure(each.raises, "share"),
        f"adds_{each.next}": adds.figure("million US dollars a year", inputs.seed),
        "willing": Figure(len(willing), "members"),
    }
    return [Finding(text, figures)]


def _burden(inputs: Inputs, mine: Sequence[Remaining]) -> list[Finding]:
    """Whether the one who goes carries more or less than its share of the benefit."""
    each = max(mine, key=lambda one: one.share(one.gone).burden.value or 0)
    ratio, title, who = each.share(each.gone).burden, each.good.written.title, name_of(inputs, each.gone)
    if ratio.value is None or abs(ratio.value - 1) < SLIGHT:
        return []
    word = ("more", "高于") if ratio.value > 1 else ("less", "低于")
    text = said(
        f"{who.en} would carry {word[0]} than its share of the benefit: {ratio.value:.2f} times as much on "
        f"“{title.en}”",
        f"{who.of('zh')}的负担{word[1]}其收益份额：在“{title.of('zh')}”上为{ratio.value:.2f}倍",
    )
    return [Finding(text, {"burden": ratio.figure("ratio", inputs.seed)})]


def fund_findings(inputs: Inputs, found: Sequence[Closing]) -> list[Finding]:
    """What is missing from a fund, and how many must raise by how much."""
    told: list[Finding] = []
    for each in found:
        everybody = max(each.raises)
        few = each.needed[Fraction(1, 2)]
        title, gone, following = each.paid.title, name_of(inputs, each.gone), name_of(inputs, each.next)
        gap, raised = per_cent(float(each.gap)), per_cent(float(each.raises[everybody]))
        english = (
            f"{short(each.body).en}, {title.en}: without {gone.en} {gap} is missing, and {following.en} pays most; the "
            f"gap closes where all {everybody} who stay raise by {raised}"
        )
        chinese = (
            f"{short(each.body).of('zh')}{title.of('zh')}：{gone.of('zh')}不缴款则缺口为{gap}，{following.of('zh')}成为最大缴款者；其余{everybody}方"
            f"各增缴{raised}即可填补"
        )
        if few is not None and few < everybody:
            english += f"; where nobody raises by more than half, the largest {few} must"
            chinese += f"；若每方增幅不超过一半，至少须由最大的{few}方增缴"
        figures = {
            f"{each.key}_gap": Figure(float(each.gap), "share"),
            f"{each.key}_raise": Figure(float(each.raises[everybody]), "share"),
            f"{each.key}_payers": Figure(few, "payers"),
        }
        told.append(Finding(said(english, chinese), figures))
    return told


def goods_charts(inputs: Inputs, found: Sequence[Remaining], told: Sequence[Finding]) -> list[Chart]:
    """k* and voluntary provision of each good, with and without the largest."""
    mine = own(inputs, found)
    if not mine:
        return []
    name = inputs.institution.name
    order = [each.good.written.title for each in mine]
    provision = next(each.text for each in told if f"{name}_goods" in each.figures)
    falls = next((each.text for each in told if "voluntary" in each.figures), provision)
    large = any(len(each.good.members) > FEW for each in mine)
    count: dict[str, Any] = {
        "type": "quantitative",
        "scale": {"type": "log"} if large else {"domainMin": 0},
        "axis": {"title": Text("Members", "成员数"), "tickMinStep": 1, "format": "d"},
    }
    part: dict[str, Any] = {
        "type": "quantitative",
        "scale": {"domain": [0, 1]},
        "axis": {"title": Text("Share of the whole good", "占全部产品"), "format": "%"},
    }
    least = Text(
        "Least number of members for whom providing pays (k*), median and middle 90 % of the draws; no mark: no group",
        "足以使提供有利的最少成员数（k*），中位数及90%抽样区间；无标记表示任何群体都不够",
    )
    given = Text(
        "Share of the whole good given of its own accord, median and middle 90 % of the draws",
        "自愿提供占全部产品的份额，中位数及90%抽样区间",
    )
    return [
        Chart("least", "goods", provision, least, _alt(provision), _pairs(name, order, "least", count)),
        Chart("voluntary", "giving", falls, given, _alt(falls), _pairs(name, order, "voluntary", part)),
    ]


def _alt(title: Text) -> Text:
    return Text(
        f"Points with intervals, with and without the largest. {title.en}.",
        f"有无最大者时的点与区间图。{title.of('zh')}。",
    )


def _pairs(body: str, order: Sequence[Text], field: str, along: dict[str, Any]) -> dict[str, Any]:
    """Two points with their intervals for each good."""
    stages = list(WITH.values())
    y = {"field": "issue_label", "type": "nominal", "sort": list(order), "axis": {"title": None, "labelLimit": 280}}
    place = {"y": y, "yOffset": {"field": "stage_label", "type": "nominal", "sort": stages}}
    colour = {
        "field": "stage_label",
        "type": "nominal",
        "scale": {"domain": stages, "range": [BLUE, ORANGE]},
        "legend": {"title": None, "orient": "top"},
    }
    shape = {"field": "stage_label", "type": "nominal", "scale": {"domain": stages, "range": ["circle", "diamond"]}}
    return {
        "transform": [{"filter": f"datum.institution === '{body}' && isValid(datum.{field})"}],
        "width": 460,
        "height": {"step": 17, "for": "offset"},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 2},
                "encoding": {
                    **place,
                    "x": {**along, "field": f"{field}_low"},
                    "x2": {"field": f"{field}_high"},
                    "color": colour,
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 75, "opacity": 1},
                "encoding": {
                    **place,
                    "x": {**along, "field": field},
                    "color": colour,
                    "shape": {**shape, "legend": None},
                },
            },
        ],
    }


def fund_chart(each: Closing, told: Sequence[Finding]) -> Chart:
    """By how much so many of the largest who stay must raise."""
    title = next(one.text for one in told if f"{each.key}_gap" in one.figures)
    counts = list(each.raises)
    spec: dict[str, Any] = {
        "transform": [{"filter": f"datum.fund === '{each.key}'"}],
        "width": 460,
        "height": {"step": 24},
        "encoding": {
            "y": {
                "field": "payers",
                "type": "ordinal",
                "sort": counts,
                "axis": {"title": Text("So many of the largest who stay raise", "增缴的其余最大缴款者数")},
            },
            "x": {
                "field": "raise",
                "type": "quantitative",
                "axis": {"title": Text("Each raises by", "每方增幅"), "format": "%"},
            },
        },
        "layer": [
            {"mark": {"type": "bar", "color": BLUE}},
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "color": "#222222"},
                "encoding": {"text": {"field": "raise", "type": "quantitative", "format": ".0%"}},
            },
        ],
    }
    subtitle = Text(
        "By how much each would have to raise what it pays, by how many of the largest remaining payers do so",
        "按增缴者数目（由最大者起计）每方须增缴的幅度",
    )
    alt = Text(f"Bars of raises by the number of payers. {title.en}.", f"按增缴者数目的增幅条形图。{title.of('zh')}。")
    return Chart(f"closing_{each.key}", "closing", title, subtitle, alt, spec)


def caveats(inputs: Inputs, asked: Ledger | None, found: Sequence[Remaining], funds: Sequence[Closing]) -> list[Text]:
    """What is assumed, what was left out, and what is known of the funds."""
    told = [] if asked is None else ledger_caveats(inputs, asked)
    if found:
        told.append(
            Text(
                "The whole good and its cost stay the same when a member goes. Whether somebody would step in is not "
                "said: that it pays does not make it happen. Income, prestige and retaliation are left out.",
                "假定成员退出后产品总量与成本不变；有利并不意味着必然有人补位。未计收入效应、声望与报复。",
            )
        )
    if any(len(each.shares) > FEW for each in found):
        told.append(
            Text(
                f"In bodies of more than {FEW} members the table of members names the {NAMED} with the largest parts.",
                f"成员超过{FEW}个的机构，成员表仅列份额最大的{NAMED}个。",
            )
        )
    undecided = [
        body
        for body in (inputs.institution, *inputs.against)
        if asked is not None and asked.before(body) and not any(each.good.institution is body for each in found)
    ]
    if undecided:
        names = listed([short(body) for body in undecided])
        told.append(
            Text(
                f"Goods are not asked about before bodies that have no rule to decide on them, or no such member: "
                f"{names.en}.",
                f"对于没有相应决策规则或没有该成员的机构，不考察公共产品：{names.of('zh')}。",
            )
        )
    for each in funds:
        told += _fund_caveats(inputs, each)
    return told


def _fund_caveats(inputs: Inputs, each: Closing) -> list[Text]:
    paid = each.paid
    told: list[Text] = []
    if paid.period:
        total = _pledged_by_all(each)
        known = sum(float(value) for value in paid.figures["pledged"].values())
        if total is not None:
            sums = [money(each, figures=3) for each in (known, total)]
            told.append(
                Text(
                    f"{paid.title.en}: shares are of the pledges known by name in round {paid.period}, "
                    f"{sums[0].en} of {sums[1].en}; a pledge is not a payment.",
                    f"{paid.title.of('zh')}：份额按{paid.period}轮已知国别的认捐计，共{sums[0].of('zh')}，"
                    f"总额为{sums[1].of('zh')}；认捐并非缴款。",
                )
            )
    ceiling: Fraction = getattr(paid.rule, "ceiling", Fraction(1))
    everybody = each.raises[max(each.raises)]
    above = [state for state in paid.own if state != each.gone and paid.own[state] * (1 + everybody) > ceiling]
    if above:
        names = named(inputs, above)
        told.append(
            Text(
                f"{paid.title.en}: raises are told without the ceiling of {per_cent(float(ceiling))}, which would stop "
                f"{names.en}; the analysis of burdens applies it.",
                f"{paid.title.of('zh')}：增幅未计{per_cent(float(ceiling)).replace(THIN, '')}的上限（该上限将使"
                f"{names.of('zh')}不再增加）；负担分析适用上限。",
            )
        )
    if paid.lacking:
        names = named(inputs, paid.lacking, most=12)
        told.append(
            Text(
                f"{paid.title.en}: no figure for {names.en}; they are left out.",
                f"{paid.title.of('zh')}：{names.of('zh')}缺少数据，未计入。",
            )
        )
    return told


def _pledged_by_all(each: Closing) -> float | None:
    """What all together pledged in the round, where the table says so."""
    held = each.paid.ledger
    if held is None:
        return None
    rows = held.filter(kind="total", period=each.paid.period)["amount"].to_list()
    return float(rows[0]) if rows else None
