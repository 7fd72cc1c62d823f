"""What is said and drawn of leverage: findings, tables, the matrix of dependence, the bounds of concentration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.exposure import GROSS, PRINTED, TREATIES, Exposure, gap_caveats
from comity.analysis.parts.leverage.depending import By, Depending, Tie
from comity.analysis.parts.tabled import tabled
from comity.kernel.result import Chart, Column, Figure, Finding, Table, Text
from comity.kernel.saying import BLUE, ORANGE, per_cent, said
from comity.library.ties import SOURCES
from comity.model.analysis import Inputs
from comity.model.naming import name_of, named, short

SHOWN = 24
"""How many members the charts show, the most dependent ones."""
MEASURE = {
    "trade": Text("Trade with the other, of own GDP", "与对方贸易占本国GDP"),
    "exports": Text("Exports to the other, of own GDP", "对对方出口占本国GDP"),
    "imports": Text("Imports from the other, of own GDP", "自对方进口占本国GDP"),
    "defence": Text("Of its defence, hangs on the other", "防务依赖对方的份额"),
}
BASES = {
    "printed": Text("is", "为"),
    "one": Text("at least", "至少"),
    "bound": Text("at most", "至多"),
}


def _worth(by: By) -> tuple[str, str]:
    return {
        "trade": ("trade with {0} is worth {1} of its GDP", "与{0}的贸易相当于其GDP的{1}"),
        "exports": ("exports to {0} are worth {1} of its GDP", "对{0}的出口相当于其GDP的{1}"),
        "imports": ("imports from {0} are worth {1} of its GDP", "自{0}的进口相当于其GDP的{1}"),
        "defence": (
            "of what is obliged to defend it and its own, {0} spends {1}",
            "在其自身与承诺方军费合计中，{0}占{1}",
        ),
    }[by]


def _figure(tie: Tie) -> Figure:
    return Figure(tie.value, "share", tie.low, tie.high)


def findings(inputs: Inputs, held: Depending, by: By, threshold: float) -> list[Finding]:
    """The greatest tie and what it is the other way, on whom most depend, who holds whom, whose partners are few."""
    known = [tie for tie in held.ties if tie.value]
    if not known:
        body = short(inputs.institution)
        text = Text(f"{body.en}: no tie that the figures show", f"{body.of('zh')}：数据中未见任何依赖关系")
        return [Finding(text, {})]
    found = [_greatest(inputs, held, known, by)]
    if len(held.largest) > 1 and len(held.powers) > 1:
        found.append(_leader(inputs, held))
    if by != "defence":
        found += [*_circle(inputs, held, threshold), *_concentrated(inputs, held)]
    return found


def _greatest(inputs: Inputs, held: Depending, known: Sequence[Tie], by: By) -> Finding:
    tie = max(known, key=lambda each: each.value or 0.0)
    back = next((each for each in held.ties if (each.member, each.power) == (tie.power, tie.member)), None)
    who, other = name_of(inputs, tie.member), name_of(inputs, tie.power)
    english, chinese = _worth(by)
    share = per_cent(tie.value or 0.0, 0)
    least = ("at least ", "至少") if tie.basis == "one" else ("", "")
    told = Text(
        f"{who.en} depends most: its {english.format(other.en, least[0] + share)}",
        f"{who.of('zh')}依赖最深：{chinese.format(other.of('zh'), least[1] + share)}",
    )
    if by == "defence":
        told = Text(f"{who.en} depends most: {english.format(other.en, share)}", told.zh)
    figures = {f"{tie.member}_on_{tie.power}": _figure(tie)}
    if back is not None and back.value is not None:
        reverse = per_cent(back.value, 1)
        told = Text(f"{told.en}; the other way it is {reverse}", f"{told.zh}；反向为{reverse}")
        figures[f"{back.member}_on_{back.power}"] = _figure(back)
    for each in known:
        figures.setdefault(f"{each.member}_on_{each.power}", _figure(each))
    return Finding(said(told.en, told.zh), figures)


def _leader(inputs: Inputs, held: Depending) -> Finding:
    counted = Counter(power for power, _ in held.largest.values())
    power, count = counted.most_common(1)[0]
    sure = sum(clear for leader, clear in held.largest.values() if leader == power)
    who = name_of(inputs, power)
    asked = len([member for member in held.largest if member != power])
    of = f"{asked} member{'' if asked == 1 else 's'}"
    text = said(
        f"{who.en} is the power on which most depend: the greatest tie of {count} of {of}, beyond doubt of {sure}",
        f"依赖者最多的是{who.of('zh')}：{asked}个成员中有{count}个与其联系最深，其中{sure}个确定无疑",
    )
    figures = {f"largest_{each}": Figure(number, "members") for each, number in counted.items()}
    return Finding(text, {**figures, "sure": Figure(sure, "members")})


def _circle(inputs: Inputs, held: Depending, threshold: float) -> list[Finding]:
    if len(held.powers) < 2:
        return []
    share = per_cent(threshold)
    if not held.circle:
        text = Text(
            f"No two of these powers hold each other: nowhere do ties of {share} of GDP or more come round",
            f"这些大国之间没有相互牵制：占GDP{share}以上的依赖关系不构成回路",
        )
        return [Finding(said(text.en, text.zh), {})]
    who = named(inputs, held.circle)
    by_pair = {(tie.member, tie.power): tie for tie in held.ties}
    steps = list(zip(held.circle, (*held.circle[1:], held.circle[0]), strict=True))
    figures = {f"{one}_on_{other}": _figure(by_pair[one, other]) for one, other in steps if (one, other) in by_pair}
    pair = len(held.circle) == 2
    on, on_zh = ("the other", "对方") if pair else ("the next", "下一国（末国对首国）")
    text = said(
        f"{who.en} hold each other: each depends on {on} for {share} of its GDP or more"
        + ("" if pair else ", and the last on the first"),
        f"{who.of('zh')}相互牵制：每一国对{on_zh}的依赖均达GDP的{share}以上",
    )
    return [Finding(text, figures)]


def _concentrated(inputs: Inputs, held: Depending) -> list[Finding]:
    rows = [(each.concentration["export"], each) for each in held.standings if "export" in each.concentration]
    if not rows:
        return []
    (low, high), each = max(rows, key=lambda row: row[0][0])
    partner, share = each.first["export"]
    who, other = name_of(inputs, each.member), name_of(inputs, partner)
    text = said(
        f"{who.en} sells to the fewest: Hirschman's index of its export markets is {low:.0f} to {high:.0f} of 100, "
        f"with {per_cent(share, 0)} going to {other.en}",
        f"{who.of('zh')}的出口市场最集中：赫希曼指数为{low:.0f}至{high:.0f}（满分100），"
        f"其中{per_cent(share, 0)}输往{other.of('zh')}",
    )
    middle = (low + high) / 2
    return [Finding(text, {f"concentration_{each.member}": Figure(middle, "index 0 to 100", low, high)})]


def pairs_table(inputs: Inputs, held: Depending, by: By) -> Table:
    """One row a member and a power."""
    rows = [
        {
            "member": tie.member,
            "power": tie.power,
            "value": tie.value,
            "value_low": tie.low,
            "value_high": tie.high,
            "basis": tie.basis,
            "vulnerable": tie.vulnerable,
            "exports": tie.exports,
            "imports": tie.imports,
            "defence": tie.defence,
        }
        for tie in held.ties
    ]
    names = _names(inputs, held)
    source = SOURCES["alliances" if by == "defence" else "partners"]
    columns = (
        Column("member", Text("Who depends", "依赖方"), labels=names),
        Column("power", Text("On whom", "依赖对象"), labels=names),
        Column("value", MEASURE[by], "share", source, percent=True, digits=1),
        Column("value_low", Text("Low", "下限"), "share", percent=True, digits=1),
        Column("value_high", Text("High", "上限"), "share", percent=True, digits=1),
        Column("basis", Text("It", "含义"), labels=BASES),
        Column("vulnerable", Text("Asymmetric", "不对称"), "share", percent=True, digits=1),
        Column("exports", Text("Of its exports", "占其出口"), "share", percent=True, digits=0),
        Column("imports", Text("Of its imports", "占其进口"), "share", percent=True, digits=0),
        Column("defence", Text("Of its defence", "占其防务"), "share", SOURCES["alliances"], percent=True, digits=0),
    )
    note = Text(
        "It: whether the number is what the lists print, or the trade of one direction only (at least), or not printed "
        "(at most the high end). Asymmetric: times the share of the pair's mutual dependence that falls on the member. "
        "Of its defence: the other's part of its own military expenditure and that of all who are obliged to "
        "defend it by treaty.",
        "含义：数值为来源所列；或仅一个方向所列（至少）；或未列出（至多为上限）。不对称：乘以双方相互依赖中由该成员承担的份额。"
        "占其防务：对方军费占该成员自身及所有条约防御承诺方军费合计的份额。",
    )
    title = Text("Who depends on whom", "谁依赖谁")
    return tabled("pairs", title, columns, rows, words=("member", "power", "basis"), note=note)


def _names(inputs: Inputs, held: Depending) -> dict[str, Text]:
    firsts = [partner for each in held.standings for partner, _ in each.first.values()]
    return {code: _plain(inputs, code) for code in [*(each.member for each in held.standings), *held.powers, *firsts]}


def _plain(inputs: Inputs, code: str) -> Text:
    return inputs.actors[code].name() if code in inputs.actors else Text(code)


def members_table(inputs: Inputs, held: Depending) -> Table:
    """One row a member: how open, its first partners, how concentrated."""
    rows: list[dict[str, Any]] = []
    for each in held.standings:
        row: dict[str, Any] = {"member": each.member, "openness": each.openness}
        for way in ("export", "import"):
            partner, share = each.first.get(way, (None, None))
            low, high = each.concentration.get(way, (None, None))
            middle = None if low is None or high is None else (low + high) / 2
            row |= {f"{way}_first": partner, f"{way}_share": share, f"{way}_index": middle}
            row |= {f"{way}_index_low": low, f"{way}_index_high": high}
        rows.append(row)
    names, index = _names(inputs, held), "index 0 to 100"
    columns = (
        Column("member", Text("Member", "成员"), labels=names),
        Column("openness", Text("Trade over GDP", "贸易占GDP"), "share", percent=True, digits=0),
        Column("export_first", Text("First market", "第一市场"), labels=names),
        Column("export_share", Text("Of its exports", "占其出口"), "share", percent=True, digits=0),
        Column("export_index", Text("Concentration of markets", "市场集中度"), index, digits=0),
        Column("export_index_low", Text("Low", "下限"), index, digits=0),
        Column("export_index_high", Text("High", "上限"), index, digits=0),
        Column("import_first", Text("First supplier", "第一来源"), labels=names),
        Column("import_share", Text("Of its imports", "占其进口"), "share", percent=True, digits=0),
        Column("import_index", Text("Concentration of suppliers", "来源集中度"), index, digits=0),
        Column("import_index_low", Text("Low", "下限"), index, digits=0),
        Column("import_index_high", Text("High", "上限"), index, digits=0),
    )
    note = Text(
        "Hirschman's index: a hundred times the root of the sum of squared shares of partners; the middle of the "
        "bounds that the partners left out of the source allow, and these bounds.",
        "赫希曼指数：伙伴份额平方和的平方根乘以一百；所示为上下限的中点及上下限，由来源未列出的伙伴决定。",
    )
    words = ("member", "export_first", "import_first")
    return tabled("members", Text("Each member's trade", "各成员的贸易"), columns, rows, words=words, note=note)


def powers_table(inputs: Inputs, held: Depending) -> Table:
    """One row a power: how many depend on it most, and its weight in the dependence of all states."""
    rows: list[dict[str, Any]] = []
    for power in held.powers:
        ties = [tie for tie in held.ties if tie.power == power and tie.value is not None]
        weight, rank = held.centrality[power]
        rows.append(
            {
                "power": power,
                "first": sum(leader == power for leader, _ in held.largest.values()),
                "sure": sum(leader == power and clear for leader, clear in held.largest.values()),
                "mean": sum(tie.value or 0.0 for tie in ties) / len(ties) if ties else None,
                "known": len(ties),
                "centrality": weight,
                "rank": rank,
            }
        )
    columns = (
        Column("power", Text("Power", "大国"), labels=_names(inputs, held)),
        Column("first", Text("First for members", "首位依赖成员数")),
        Column("sure", Text("Beyond doubt", "确定无疑")),
        Column("mean", Text("Mean dependence", "平均依赖"), "share", percent=True, digits=1),
        Column("known", Text("Of members", "已知成员数")),
        Column(
            "centrality",
            Text("World weight", "全球权重"),
            "share",
            percent=True,
            digits=1,
        ),
        Column("rank", Text("World rank", "世界排名")),
    )
    note = Text(
        "First for members: on whom so many depend most. World weight: every state passes its "
        "weight on to those it trades with, in proportion to dependence, 85 % of it at each step (Brin and Page 1998).",
        "首位依赖成员数：以其为最大依赖对象的成员数。全球权重：每个国家按依赖程度将其权重传给贸易伙伴，每一步传递85%（Brin与Page，1998年）。",
    )
    counts = ("first", "sure", "known", "rank")
    title = Text("On whom they depend", "依赖的对象")
    return tabled("powers", title, columns, rows, words=("power",), counts=counts, note=note)


def matrix_chart(inputs: Inputs, held: Depending, title: Text, by: By) -> Chart:
    """The matrix: rows depend on columns, darker is more, with the number or its bound in every cell."""
    shown = [each.member for each in held.standings[:SHOWN]]
    place = {
        "x": {
            "field": "power_label",
            "type": "nominal",
            "sort": [_plain(inputs, power) for power in held.powers],
            "axis": {
                "title": Text("on whom", "依赖对象"),
                "orient": "top",
                "labelAngle": -40,
                "labelOverlap": False,
                "domain": False,
                "ticks": False,
            },
        },
        "y": {"field": "member_label", "type": "nominal", "sort": None, "axis": {"title": None}},
    }
    number = "format(datum.value * 100, datum.value < 0.0995 ? '.1f' : '.0f')"
    bound = "datum.value_high === null ? '?' : '<' + format(ceil(datum.value_high * 1000) / 10, '.1f')"
    words = f"datum.value === null ? {bound} : (datum.basis === 'one' ? '≥' : '') + {number}"
    colour = {
        "field": "value",
        "type": "quantitative",
        "scale": {"scheme": "cividis", "reverse": True, "zero": True},
        "legend": {
            "title": Text("share of GDP" if by != "defence" else "share", "占GDP份额" if by != "defence" else "份额"),
            "format": ".0%",
            "orient": "right",
        },
    }
    text = {"field": "words", "type": "nominal"}
    dark = {"condition": {"test": "datum.value > datum.most / 2", "value": "white"}, "value": "#222222"}
    spec: dict[str, Any] = {
        "transform": [
            {"filter": {"field": "member", "oneOf": shown}},
            {"joinaggregate": [{"op": "max", "field": "value", "as": "most"}]},
            {"calculate": words, "as": "words"},
        ],
        "width": {"step": max(54, 460 // len(held.powers))},
        "height": {"step": 26},
        "layer": [
            {"mark": {"type": "rect", "fill": "#EEEEEE", "stroke": "white"}, "encoding": place},
            {
                "transform": [{"filter": "datum.value !== null"}],
                "mark": {"type": "rect", "stroke": "white"},
                "encoding": {**place, "color": colour},
            },
            {"mark": {"type": "text", "fontSize": 11}, "encoding": {**place, "text": text, "color": dark}},
        ],
    }  # fmt: skip
    measure = MEASURE[by]
    subtitle = Text(
        f"{measure.en}, per cent; rows depend on columns. Grey: not among the partners printed, “<” the most it can be",
        f"{measure.of('zh')}（%）；行依赖列。灰色：不在所列伙伴之中，“<”为可能的上限",
    )
    alt = Text(
        f"Matrix of dependence, rows on columns, with the number in every cell. {title.en}.",
        f"依赖关系矩阵，行依赖列，格中为数值。{title.of('zh')}。",
    )
    return Chart("dependence", "pairs", title, subtitle, alt, spec)


def concentration_chart(inputs: Inputs, held: Depending) -> Chart:
    """The bounds of Hirschman's index for markets and suppliers of each member."""
    shown = [each.member for each in held.standings[:SHOWN]]
    place = {"field": "member_label", "type": "nominal", "sort": None, "axis": {"title": None}}
    layers: list[dict[str, Any]] = []
    kinds = {"export": (Text("markets", "出口市场"), BLUE, -5), "import": (Text("suppliers", "进口来源"), ORANGE, 5)}
    for way, (label, colour, offset) in kinds.items():
        layers.append(
            {
                "transform": [{"calculate": f"'{way}'", "as": "way"}],
                "mark": {"type": "rule", "strokeWidth": 6, "yOffset": offset},
                "encoding": {
                    "y": place,
                    "x": {
                        "field": f"{way}_index_low",
                        "type": "quantitative",
                        "scale": {"zero": True},
                        "axis": {"title": Text("Hirschman's index, 0 to 100", "赫希曼指数（0至100）")},
                    },
                    "x2": {"field": f"{way}_index_high"},
                    "color": {
                        "datum": label,
                        "type": "nominal",
                        "scale": {"domain": [each[0] for each in kinds.values()], "range": [BLUE, ORANGE]},
                        "legend": {"title": None, "orient": "top"},
                    },
                },
            }
        )
        del colour
    found = _concentrated(inputs, held)
    title = found[0].text if found else Text("How concentrated trade is", "贸易集中程度")
    spec: dict[str, Any] = {
        "transform": [{"filter": {"field": "member", "oneOf": shown}}],
        "width": 460,
        "height": {"step": 26},
        "layer": layers,
    }
    subtitle = Text(
        "Concentration of partners between its bounds: a bar is wide where the partners left out matter",
        "伙伴集中度的上下限：未列出的伙伴影响越大，条越宽",
    )
    alt = Text(f"Bars between the bounds of concentration. {title.en}.", f"集中度上下限条形图。{title.of('zh')}。")
    return Chart("concentration", "members", title, subtitle, alt, spec)


def caveats(inputs: Inputs, found: Exposure, asked: Sequence[str], by: By) -> list[Text]:
    """What must be known before any of it is believed."""
    told = [] if by == "defence" else [PRINTED, GROSS]
    own = Text(
        "Dependence is no influence: it says what could be withheld, not that it would be, nor that the state would "
        "yield; one that is squeezed looks for others.",
        "依赖不等于影响力：它说明对方可以扣留什么，而不说明会否扣留，也不说明该国是否会屈服。",
    )
    return [*told, TREATIES, own, *gap_caveats(inputs, found, asked)]
