"""What is said and drawn of hedging: findings, tables, where states lean before and after, what autonomy they have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.exposure import GROSS, PRINTED, TREATIES, Exposure, gap_caveats
from comity.analysis.parts.hedging.diverting import Leaning, Shock
from comity.analysis.parts.landing import Measured
from comity.analysis.parts.tabled import HIGH, LOW, LOWER, UPPER, spread, tabled
from comity.kernel.result import Chart, Column, Figure, Finding, Table, Text
from comity.kernel.saying import BLUE, GREEN, GREY, ORANGE, VERMILION, per_cent, said
from comity.library.ties import SOURCES
from comity.model.analysis import Inputs
from comity.model.naming import name_of, named

SHOWN = 24
"""How many states the charts show: those with most at risk."""
VERDICTS = {
    "stays": Text("stays with the power", "仍偏向该大国"),
    "wavers": Text("may turn", "可能转向"),
    "turns": Text("turns to the rival", "转向对手"),
    "elsewhere": Text("with the rival before", "原已偏向对手"),
    "unknown": Text("not known", "无从判断"),
}
COLOURS = {"stays": BLUE, "wavers": GREEN, "turns": VERMILION, "elsewhere": ORANGE, "unknown": GREY}
ALLY = {"yes": Text("ally", "盟国"), "no": Text("no ally", "非盟国")}


def _act(inputs: Inputs, shock: Shock) -> Text:
    who = name_of(inputs, shock.power)
    size = per_cent(shock.size, 0)
    if shock.act == "tariff":
        answer = ("answered in kind", "并遭对等报复") if shock.answered else ("", "")
        return Text(
            f"a tariff of {size} by {who.en}{', ' + answer[0] if answer[0] else ''}",
            f"{who.of('zh')}加征{size}关税{answer[1]}",
        )
    if shock.size == 1:
        return Text(f"a withdrawal of {who.en} from all trade", f"{who.of('zh')}退出全部贸易")
    return Text(f"a withdrawal of {who.en} from {size} of trade", f"{who.of('zh')}退出{size}的贸易")


def findings(inputs: Inputs, held: Sequence[Leaning], shock: Shock) -> list[Finding]:
    """Whether anybody turns, allies apart; who has most at risk; who is least autonomous."""
    found = [_turning(inputs, held, shock)]
    if allies := [each for each in held if each.ally]:
        found.append(_allies(inputs, allies, held, shock))
    found += [_risk(inputs, held[0], shock), _least(inputs, held, shock)]
    return found


def _turning(inputs: Inputs, held: Sequence[Leaning], shock: Shock) -> Finding:
    act, rival, power = _act(inputs, shock), name_of(inputs, shock.rival), name_of(inputs, shock.power)
    groups = {verdict: [each for each in held if each.verdict == verdict] for verdict in VERDICTS}
    bound, turned, before = groups["stays"] + groups["wavers"], groups["turns"], groups["elsewhere"]
    figures = {
        f"turned_{each.member}": _turned(each).figure("share of draws", inputs.seed) for each in held if each.known
    }
    figures |= {verdict: Figure(len(each), "states") for verdict, each in groups.items()}
    unknown = _unknown(held)
    if turned:
        who = named(inputs, [each.member for each in turned])
        verb = "comes" if len(turned) == 1 else "come"
        text = said(
            f"Under {act.en}, {who.en} {verb} to trade more with {rival.en}; {len(bound)} of {len(held)} still "
            f"{_trade(bound)} more with {power.en}, {len(before)} did with {rival.en} before{unknown.en}",
            f"在{act.of('zh')}之下，{who.of('zh')}与{rival.of('zh')}的贸易将反超；{len(held)}国中{len(bound)}国与"
            f"{power.of('zh')}的贸易仍更多，{len(before)}国此前已与{rival.of('zh')}贸易更多{unknown.of('zh')}",
        )
        return Finding(text, figures)
    text = said(
        f"{act.en} turns nobody to {rival.en}: {len(bound)} of {len(held)} still {_trade(bound)} more with {power.en}, "
        f"{len(before)} traded more with {rival.en} before{unknown.en}",
        f"{act.of('zh')}未使任何一国转向{rival.of('zh')}：{len(held)}国中{len(bound)}国与{power.of('zh')}的贸易仍更多，"
        f"{len(before)}国此前已与{rival.of('zh')}贸易更多{unknown.of('zh')}",
    )
    return Finding(text, figures)


def _trade(members: Sequence[Leaning]) -> str:
    return "trades" if len(members) == 1 else "trade"


def _unknown(members: Sequence[Leaning]) -> Text:
    """How many of some states print no trade with either; nothing where all print it."""
    count = sum(1 for each in members if not each.known)
    return Text(f"; of {count} it is not known", f"；{count}国无从判断") if count else Text("", "")


def _turned(each: Leaning) -> Measured:
    """In what share of the draws it leans to the rival afterwards."""
    from dataclasses import replace

    after = each.to_power[1]
    ends = [None if end is None else 1 - end for end in (after.value, after.high, after.low)]
    return replace(after, value=ends[0], low=ends[1], high=ends[2])


def _allies(inputs: Inputs, allies: Sequence[Leaning], held: Sequence[Leaning], shock: Shock) -> Finding:
    power, rival = name_of(inputs, shock.power), name_of(inputs, shock.rival)
    turned = [each for each in allies if each.verdict == "turns"]
    bound = [each for each in allies if each.verdict in {"stays", "wavers"}]
    before = [each for each in allies if each.verdict == "elsewhere"]
    whole = len(allies) == len(held)
    who = named(inputs, [each.member for each in turned])
    hedge = f"{who.en} would turn" if turned else "no ally turns"
    hedging = f"{who.of('zh')}将转向" if turned else "没有盟国转向"
    every = "Every one is an ally" if whole else f"{len(allies)} of {len(held)} are allies"
    text = said(
        f"{every} of {power.en} by treaty: {hedge}; {len(bound)} still {_trade(bound)} more with {power.en}, "
        f"{len(before)} traded more with {rival.en} before, alliance or not{_unknown(allies).en}",
        f"{len(held)}国中{len(allies)}国为{power.of('zh')}的条约盟国：{hedging}；{len(bound)}国与{power.of('zh')}的贸易"
        f"仍更多，{len(before)}国虽为盟国，此前已与{rival.of('zh')}贸易更多{_unknown(allies).of('zh')}",
    )
    figures = {"allies": Figure(len(allies), "states"), "allies_turned": Figure(len(turned), "states")}
    guarded = {
        f"security_{each.member}": Figure(each.security, "share") for each in allies if each.security is not None
    }
    return Finding(text, {**figures, "allies_bound": Figure(len(bound), "states"), **guarded})


def _risk(inputs: Inputs, each: Leaning, shock: Shock) -> Finding:
    who, act = name_of(inputs, each.member), _act(inputs, shock)
    share = per_cent(each.risk.value or 0.0)
    low, high = per_cent(each.risk.low or 0.0), per_cent(each.risk.high or 0.0)
    text = said(
        f"{who.en} has most at risk: under {act.en} sales worth {share} of its GDP ({low} to {high}) find no other "
        "buyer",
        f"{who.of('zh')}风险最大：在{act.of('zh')}之下，相当于其GDP{share}（{low}至{high}）的出口找不到其他买家",
    )
    return Finding(text, {f"at_risk_{each.member}": each.risk.figure("share of GDP", inputs.seed)})


def _least(inputs: Inputs, held: Sequence[Leaning], shock: Shock) -> Finding:
    each = min(held, key=lambda one: 1.0 if one.autonomy[0].value is None else one.autonomy[0].value)
    who, power = name_of(inputs, each.member), name_of(inputs, shock.power)
    before, after = each.autonomy
    text = said(
        f"{who.en} is least autonomous of {power.en}: {before.value or 0:.2f} of 1 ({before.low or 0:.2f} to "
        f"{before.high or 0:.2f}, by what one weighs), and {after.value or 0:.2f} after the act",
        f"对{power.of('zh')}自主性最低的是{who.of('zh')}：{before.value or 0:.2f}（满分1，视权重为"
        f"{before.low or 0:.2f}至{before.high or 0:.2f}），事后为{after.value or 0:.2f}",
    )
    figures = {f"autonomy_{one.member}": one.autonomy[0].figure("index 0 to 1", inputs.seed) for one in held}
    after_act = {f"autonomy_after_{one.member}": one.autonomy[1].figure("index 0 to 1", inputs.seed) for one in held}
    return Finding(text, {**figures, **after_act})


def _member(inputs: Inputs, held: Sequence[Leaning]) -> Column:
    names = {each.member: inputs.actors[each.member].name() for each in held}
    return Column("member", Text("State", "国家"), labels=names)


def lean_table(inputs: Inputs, held: Sequence[Leaning], shock: Shock) -> Table:
    """One row a state: where it leans before and after, and in how many draws it leans to the rival afterwards."""
    power, rival = name_of(inputs, shock.power), name_of(inputs, shock.rival)
    rows: list[dict[str, Any]] = [
        {
            "member": each.member,
            "ally": "yes" if each.ally else "no",
            **(each.lean[0].columns("before") if each.known else {}),
            **(each.lean[1].columns("after") if each.known else {}),
            **(_turned(each).columns("turned") if each.known else {}),
            "verdict": each.verdict,
        }
        for each in held
    ]
    columns = (
        _member(inputs, held),
        Column("ally", Text("Ally of the power", "条约盟国"), labels=ALLY, source=SOURCES["alliances"]),
        *spread("before", Text("Leans to the power before", "事前偏向"), "share", percent=True, digits=0),
        *spread("after", Text("and after", "事后偏向"), "share", percent=True, digits=0),
        Column("turned", Text("Leans to the rival after", "事后偏向对手的概率"), "share", percent=True, digits=0),
        Column("turned_low", LOW, "share", percent=True, digits=0),
        Column("turned_high", HIGH, "share", percent=True, digits=0),
        Column("verdict", Text("It", "结论"), labels=VERDICTS),
    )
    note = Text(
        f"Leaning: the part of {power.en} in trade with {power.en} and {rival.en} together; half is even. Turns: more "
        "draws lean to the rival afterwards, not before; stays: 95 % of the draws lean to the power afterwards.",
        f"偏向：与{power.of('zh')}的贸易占与{power.of('zh')}、{rival.of('zh')}两国贸易之和的份额，一半为持平。转向：事后多数抽样偏向对手而"
        "事前不然；仍偏向：事后95%的抽样偏向该大国。",
    )
    words = ("member", "ally", "verdict")
    return tabled("lean", Text("Where they lean", "偏向何方"), columns, rows, words=words, note=note)


def autonomy_table(inputs: Inputs, held: Sequence[Leaning], shock: Shock) -> Table:
    """One row a state: how autonomous it is of the power, and what its defence hangs on it."""
    power = name_of(inputs, shock.power)
    rows: list[dict[str, Any]] = [
        {
            "member": each.member,
            **each.autonomy[0].columns("before"),
            **each.autonomy[1].columns("after"),
            "security": each.security,
        }
        for each in held
    ]

    def index(name: str, title: Text) -> Column:
        return Column(name, title, "index 0 to 1", digits=2)

    guarded = Text("Of its defence, hangs on the power", "防务对其依赖")
    columns = (
        _member(inputs, held),
        index("before", Text("Autonomy", "自主性")),
        index("before_low", LOWER),
        index("before_high", UPPER),
        index("after", Text("after", "事后")),
        index("after_low", LOWER),
        index("after_high", UPPER),
        Column("security", guarded, "share", SOURCES["alliances"], percent=True, digits=0),
    )
    note = Text(
        f"Autonomy of {power.en}: one less the mean of exports to it and imports from it over GDP and the part of "
        "defence that hangs on it, by drawn weights.",
        f"对{power.of('zh')}的自主性：1减去对其出口、自其进口占GDP的份额与防务依赖份额按抽取权重的平均值。",
    )
    return tabled("autonomy", Text("Strategic autonomy", "战略自主"), columns, rows, words=("member",), note=note)


def losses_table(inputs: Inputs, held: Sequence[Leaning]) -> Table:
    """One row a state: trade with the power and the rival before and after, and what is lost."""
    rows: list[dict[str, Any]] = []
    for each in held:
        row: dict[str, Any] = {"member": each.member, **each.risk.columns("risk"), **each.supplies.columns("supplies")}
        for name, stages in (("power", each.dependence), ("rival", each.on_rival)):
            row |= {f"{name}_before": stages[0].value, f"{name}_after": stages[1].value}
        rows.append(row)

    def share(name: str, title: Text) -> Column:
        return Column(name, title, "share", SOURCES["partners"], percent=True, digits=1)

    columns = (
        _member(inputs, held),
        share("risk", Text("Sales lost", "失去的出口")),
        share("risk_low", LOWER),
        share("risk_high", UPPER),
        share("supplies", Text("Supplies lost", "失去的进口")),
        share("supplies_low", LOWER),
        share("supplies_high", UPPER),
        share("power_before", Text("Trade with the power", "与该国贸易")),
        share("power_after", Text("after", "事后")),
        share("rival_before", Text("Trade with the rival", "与对手贸易")),
        share("rival_after", Text("after", "事后")),
    )
    note = Text("All over GDP. Lost is what finds no other partner.", "均为占GDP份额。“失去”指找不到其他伙伴的部分。")
    return tabled("losses", Text("What it costs them", "各国的代价"), columns, rows, words=("member",), note=note)


def lean_chart(inputs: Inputs, held: Sequence[Leaning], shock: Shock, title: Text, *, draws: int) -> Chart:
    """Each state from where it leans before to where it leans after, with the interval, the middle marked."""
    shown = [each.member for each in held if each.known][:SHOWN]
    power, rival = name_of(inputs, shock.power), name_of(inputs, shock.rival)
    verdicts = [verdict for verdict in VERDICTS if verdict != "unknown"]
    place = {"field": "member_label", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 200}}
    axis = {
        "title": Text(f"← {rival.en} · part of {power.en} in trade with both · {power.en} →",
                      f"← {rival.of('zh')} · {power.of('zh')}在两国贸易之和中的份额 · {power.of('zh')} →"),
        "format": ".0%",
    }  # fmt: skip
    along = {"type": "quantitative", "scale": {"domain": [0, 1]}}
    colour = {
        "field": "verdict_label",
        "type": "nominal",
        "scale": {"domain": [VERDICTS[each] for each in verdicts], "range": [COLOURS[each] for each in verdicts]},
        "legend": {"title": None, "orient": "top"},
    }
    spec: dict[str, Any] = {
        "transform": [{"filter": {"field": "member", "oneOf": shown}}],
        "width": 460,
        "height": {"step": 26},
        "layer": [
            {"mark": {"type": "rule", "color": "#888888", "strokeDash": [4, 3]},
             "encoding": {"x": {"datum": 0.5, "type": "quantitative"}}},
            {"mark": {"type": "rule", "strokeWidth": 8, "opacity": 0.25},
             "encoding": {"y": place, "x": {**along, "field": "after_low", "axis": axis},
                          "x2": {"field": "after_high"}, "color": colour}},
            {"mark": {"type": "rule", "strokeWidth": 2},
             "encoding": {"y": place, "x": {**along, "field": "before"}, "x2": {"field": "after"}, "color": colour}},
            {"mark": {"type": "point", "filled": False, "fill": "white", "size": 60},
             "encoding": {"y": place, "x": {**along, "field": "before"}, "color": colour}},
            {"mark": {"type": "point", "filled": True, "size": 70},
             "encoding": {"y": place, "x": {**along, "field": "after"}, "color": colour}},
        ],
    }  # fmt: skip
    act = _act(inputs, shock)
    subtitle = Text(
        f"Hollow: before; filled: after {act.en}, with the middle 90 % of {draws:,} draws; most at risk first",
        f"空心：事前；实心：{act.of('zh')}之后，浅色为{draws:,}次抽样的中间90%；风险大者在前",
    )
    alt = Text(
        f"Points before and after on the line between two powers. {title.en}.",
        f"两大国之间事前与事后的位置图。{title.of('zh')}。",
    )
    caption = Text(f"n = {draws:,}, seed {inputs.seed}", f"n = {draws:,}，种子{inputs.seed}")
    return Chart("leaning", "lean", title, subtitle, alt, spec, caption)


def autonomy_chart(inputs: Inputs, held: Sequence[Leaning], shock: Shock, draws: int) -> Chart:
    """Bars of the index before the act, with the interval and a tick where it stands afterwards."""
    shown = [each.member for each in held][:SHOWN]
    place = {
        "field": "member_label",
        "type": "nominal",
        "sort": {"field": "before", "op": "min", "order": "ascending"},
        "axis": {"title": None, "labelLimit": 200},
    }
    along = {"type": "quantitative", "scale": {"domain": [0, 1]}}
    axis = {"title": Text("Autonomy, 0 (wholly dependent) to 1", "自主性，0（完全依赖）至1")}
    spec: dict[str, Any] = {
        "transform": [{"filter": {"field": "member", "oneOf": shown}}],
        "width": 460,
        "height": {"step": 26},
        "layer": [
            {"mark": {"type": "bar", "height": {"band": 0.6}, "color": "#CFE3F2"},
             "encoding": {"y": place, "x": {**along, "field": "before", "axis": axis}}},
            {"mark": {"type": "rule", "strokeWidth": 2, "color": BLUE},
             "encoding": {"y": place, "x": {**along, "field": "before_low"}, "x2": {"field": "before_high"}}},
            {"mark": {"type": "tick", "thickness": 3, "color": VERMILION},
             "encoding": {"y": place, "x": {**along, "field": "after"}}},
        ],
    }  # fmt: skip
    power, act = name_of(inputs, shock.power), _act(inputs, shock)
    title = _least(inputs, held, shock).text
    subtitle = Text(
        f"Autonomy of {power.en} before (bar; line: middle 90 % of {draws:,} draws) and after {act.en} (tick)",
        f"对{power.of('zh')}的自主性：条为事前（线为{draws:,}次抽样的中间90%），竖线为{act.of('zh')}之后",
    )
    alt = Text(f"Bars of autonomy with intervals. {title.en}.", f"自主性条形图及区间。{title.of('zh')}。")
    caption = Text(f"n = {draws:,}, seed {inputs.seed}", f"n = {draws:,}，种子{inputs.seed}")
    return Chart("autonomy", "autonomy", title, subtitle, alt, spec, caption)


def caveats(inputs: Inputs, found: Exposure, asked: Sequence[str], shock: Shock) -> list[Text]:
    """What must be known before any of it is believed."""
    low, mode, high = shock.elasticity
    less, some, most = shock.found
    told = [
        Text(
            f"The answer of trade is assumed: an elasticity of {low:g} to {high:g} (mode {mode:g}), and "
            f"{per_cent(less, 0)} to {per_cent(most, 0)} of lost trade (mode {per_cent(some, 0)}) finding other "
            "partners in the proportions of today. Prices, exchange rates, exemptions and what the act costs the power "
            "itself are left out.",
            f"贸易的反应为假设：弹性为{low:g}至{high:g}（众值{mode:g}），失去的贸易有{less * 100:.0f}%至"
            f"{most * 100:.0f}%（众值{some * 100:.0f}%）按现有比例转向其他伙伴。"
            "未计价格、汇率、豁免以及该举措对大国自身的代价。",
        ),
        Text(
            "Leaning is where trade goes, not what a government wants: a state may hedge in arms, votes or words while "
            "its trade stays, and the reverse. What is lost is gross sales, which is more than the income in them.",
            "“偏向”指贸易流向而非政府意愿：一国可在军购、投票或言辞上两面下注而贸易不变，反之亦然。所失为出口总额，高于其中所含收入。",
        ),
        Text(
            "No figure of technology or of energy by supplier is at hand: autonomy counts market, supplies and "
            "defence by treaty only. A promise of defence counts as before when the power acts: losing it is no gain "
            "in autonomy.",
            "没有按来源国划分的技术和能源数据：自主性只计市场、供应和条约防务。"
            "大国采取行动后其防御承诺仍按原值计：失去承诺不等于获得自主。",
        ),
    ]
    silent = [each for each in asked if found.has(each) and _no_defence(found, each, shock.power)]
    if silent:
        who = named(inputs, silent, most=12)
        told.append(
            Text(
                f"No figure of military expenditure for {who.en}: defence is left out of its autonomy.",
                f"{who.of('zh')}缺军费数据：其自主性未计防务。",
            )
        )
    return [*told, PRINTED, GROSS, TREATIES, *gap_caveats(inputs, found, asked)]


def _no_defence(found: Exposure, member: str, power: str) -> bool:
    at = found.place(member), found.place(power)
    return bool(found.promised[at]) and bool(found.security()[at] != found.security()[at])
