"""What is said and drawn of assets: who is first in what, what the text names, the matrix of shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from comity.analysis.parts.assets.holdings import MARKET, SUPPLIER, Holding
from comity.analysis.parts.tabled import tabled
from comity.kernel.result import Chart, Column, Figure, Finding, Table, Text
from comity.kernel.saying import listed, said
from comity.library.ties import SOURCES
from comity.model.analysis import Inputs
from comity.model.naming import name_of, short

if TYPE_CHECKING:
    from comity.library.assets import Asset

COUNTS = {
    SUPPLIER: Text("States whose first supplier it is", "以其为第一进口来源的国家"),
    MARKET: Text("States whose first market it is", "以其为第一出口市场的国家"),
}
SHOWN = 12
"""How many members the chart shows."""


def _title(inputs: Inputs, figure: str) -> Text:
    return COUNTS[figure] if figure in COUNTS else inputs.figures().indicator(figure).title


def findings(inputs: Inputs, held: Sequence[Holding], named: Sequence[Asset], top: int) -> list[Finding]:
    """Who is first in most and who in nothing, the widest lead, what the text names without a figure."""
    members = list(dict.fromkeys(each.member for each in held))
    first = {member: [each for each in held if each.member == member and each.rank == 1] for member in members}
    high = {
        member: [each for each in held if each.member == member and each.rank is not None and each.rank <= top]
        for member in members
    }
    number = len({each.figure for each in held})
    found = [_most(inputs, first, high, number=number, top=top)]
    leads = [each for each in held if each.times is not None]
    if leads:
        found.append(_lead(inputs, max(leads, key=lambda each: each.times or 0.0)))
    if named:
        found.append(_gaps(named))
    return found


def _most(
    inputs: Inputs,
    first: dict[str, list[Holding]],
    high: dict[str, list[Holding]],
    *,
    number: int,
    top: int,
) -> Finding:
    ranked = sorted(first, key=lambda member: (-len(first[member]), -len(high[member])))
    leaders = [member for member in ranked if first[member]]
    figures = {f"first_{member}": Figure(len(each), "figures") for member, each in first.items()}
    figures |= {f"top_{member}": Figure(len(each), "figures") for member, each in high.items()}
    none = [member for member in ranked if not high[member]]
    body = short(inputs.institution)
    if not leaders:
        text = said(
            f"No member of {body.en} is the world's first in any of {number} figures",
            f"{body.of('zh')}没有成员在{number}项数据中居世界首位",
        )
        return Finding(text, figures)
    counts = [f"{name_of(inputs, member).en} in {len(first[member])}" for member in leaders[:5]]
    chinese = [f"{name_of(inputs, member).of('zh')}{len(first[member])}项" for member in leaders[:5]]
    english = counts[0] if len(counts) == 1 else f"{', '.join(counts[:-1])} and {counts[-1]}"
    comes = "comes" if len(leaders) == 1 else "come"
    rest, rest_zh = "", ""
    if 0 < len(none) <= 5:
        who = listed([name_of(inputs, member) for member in none])
        verb = "is" if len(none) == 1 else "are"
        rest, rest_zh = f"; {who.en} {verb} among the first {top} in nothing", f"；{who.of('zh')}无一项进入前{top}位"
    text = said(
        f"Of {number} figure{'' if number == 1 else 's'} {english} {comes} out as the world's largest{rest}",
        f"{number}项数据中居世界首位的：{'、'.join(chinese)}{rest_zh}",
    )
    return Finding(text, figures)


def _lead(inputs: Inputs, each: Holding) -> Finding:
    who, what = name_of(inputs, each.member), _title(inputs, each.figure)
    other = name_of(inputs, each.next or each.member)
    text = said(
        f"The widest lead is that of {who.en} in “{what.en}”: {each.times or 0:.1f} times {other.en}, the next",
        f"领先最多的是{who.of('zh')}的“{what.of('zh')}”：为次位{other.of('zh')}的{each.times or 0:.1f}倍",
    )
    figures = {"lead": Figure(each.times, "times"), f"{each.figure}_{each.member}": Figure(each.share, "share")}
    return Finding(text, figures)


def _gaps(named: Sequence[Asset]) -> Finding:
    without = [each for each in named if each.figure is None]
    english = "; ".join(f"{each.title.en[0].lower()}{each.title.en[1:]}" for each in without)
    chinese = "、".join(each.title.of("zh") for each in without)
    text = said(
        f"Of {len(named)} asset{'' if len(named) == 1 else 's'} that the press text names {len(without)} "
        f"{'has' if len(without) == 1 else 'have'} no figure here: {english}",
        f"报刊文章所举{len(named)}项资产中有{len(without)}项在此没有数据：{chinese}",
    )
    return Finding(text, {"named": Figure(len(named), "assets"), "gaps": Figure(len(without), "assets")})


def _members(inputs: Inputs, codes: Sequence[str]) -> dict[str, Text]:
    return {code: inputs.actors[code].name() if code in inputs.actors else Text(code) for code in codes}


def held_table(inputs: Inputs, held: Sequence[Holding]) -> Table:
    """One row a member and figure: value, share of the world, rank, who comes next."""
    panel = inputs.figures()
    rows = [
        {
            "member": each.member,
            "figure": each.figure,
            "value": each.value,
            "unit": "states" if each.figure in COUNTS else panel.indicator(each.figure).unit,
            "share": each.share,
            "rank": each.rank,
            "next": each.next,
            "times": each.times,
            "year": each.year,
        }
        for each in held
    ]
    codes = list(dict.fromkeys([*(each.member for each in held), *(each.next for each in held if each.next)]))
    columns = (
        Column("member", Text("Member", "成员"), labels=_members(inputs, codes)),
        Column("figure", Text("What", "项目"), labels={each.figure: _title(inputs, each.figure) for each in held}),
        Column("value", Text("It holds", "数值"), source=_sources(inputs, held)),
        Column("unit", Text("Unit", "单位")),
        Column("share", Text("Of the world", "占世界"), "share", percent=True, digits=1),
        Column("rank", Text("Rank", "排名")),
        Column("next", Text("Most besides", "其余最多者"), labels=_members(inputs, codes)),
        Column("times", Text("Times the next", "为次位的倍数"), digits=1),
        Column("year", Text("Year", "年份")),
    )
    note = Text(
        "Of the world: of all members of the United Nations with a figure; of what surplus states hold, where it can "
        "be negative; of all states with a list of partners, for the two counts.",
        "占世界：以有数据的联合国会员国为基数；可为负值者以顺差国之和为基数；两项计数以有伙伴名单的国家为基数。",
    )
    words = ("member", "figure", "unit", "next")
    title = Text("What each member holds", "各成员所持")
    return tabled("held", title, columns, rows, words=words, counts=("rank", "year"), note=note)


def _sources(inputs: Inputs, held: Sequence[Holding]) -> str:
    panel = inputs.figures()
    names = [each.figure for each in held if each.figure not in COUNTS]
    lines = [line for name in dict.fromkeys(names) for line in panel.indicator(name).sources.values()]
    return "; ".join(dict.fromkeys([*lines, SOURCES["partners"]]))


def named_table(inputs: Inputs, held: Sequence[Holding], named: Sequence[Asset]) -> Table:
    """One row an asset that the text names: the figure that measures it, share and rank, or the gap."""
    from comity.library.assets import assets

    at = {(each.member, each.figure): each for each in held}
    rows: list[dict[str, Any]] = []
    for each in named:
        found = at.get((each.member, each.figure or ""))
        rows.append(
            {
                "member": each.member,
                "asset": f"{each.member}.{each.id}",
                "figure": each.figure,
                "share": None if found is None else found.share,
                "rank": None if found is None else found.rank,
                "limit": each.limit.en or None,
                "claim": each.claim,
            }
        )
    titles = {f"{each.member}.{each.id}": each.title for each in named}
    columns = (
        Column("member", Text("Member", "成员"), labels=_members(inputs, [each.member for each in named])),
        Column("asset", Text("Asset, as the text has it", "文章所举资产"), labels=titles, source=assets().source),
        Column("figure", Text("Measured by", "衡量指标"),
               labels={each.figure: _title(inputs, each.figure) for each in named if each.figure}),
        Column("share", Text("Of the world", "占世界"), "share", percent=True, digits=1),
        Column("rank", Text("Rank", "排名")),
        Column("limit", Text("What it does not say", "局限"), labels={each.limit.en: each.limit for each in named}),
        Column("claim", Text("Claim checked as", "对应核查项")),
    )  # fmt: skip
    note = Text(
        "Numbers that the text gives are not repeated here: `comity analyse claims g5` holds them against data.",
        "文章给出的数字此处不再重复：以 `comity analyse claims g5` 核对。",
    )
    words = ("member", "asset", "figure", "limit", "claim")
    title = Text("The assets that the text names", "文章所举资产")
    return tabled("named", title, columns, rows, words=words, counts=("rank",), note=note)


def matrix_chart(inputs: Inputs, held: Sequence[Holding], title: Text) -> Chart:
    """Members against figures: the share of the world in every cell, the first three of the world marked by rank."""
    members = list(dict.fromkeys(each.member for each in held))[:SHOWN]
    figures = list(dict.fromkeys(each.figure for each in held))
    place = {
        "x": {
            "field": "member_label",
            "type": "nominal",
            "sort": None,
            "axis": {"title": None, "orient": "top", "labelAngle": -30, "labelOverlap": False, "ticks": False},
        },
        "y": {
            "field": "figure_label",
            "type": "nominal",
            "sort": [_title(inputs, figure) for figure in figures],
            "axis": {"title": None, "labelLimit": 300},
        },
    }
    share = "format(datum.share * 100, datum.share < 0.0995 ? '.1f' : '.0f')"
    words = f"datum.share === null ? '–' : {share} + (datum.rank <= 3 ? ' #' + datum.rank : '')"
    colour = {
        "field": "share",
        "type": "quantitative",
        "scale": {"scheme": "cividis", "reverse": True, "zero": True},
        "legend": {"title": Text("of the world", "占世界"), "format": ".0%"},
    }
    dark = {"condition": {"test": "datum.share > datum.most / 2", "value": "white"}, "value": "#222222"}
    spec: dict[str, Any] = {
        "transform": [
            {"filter": {"field": "member", "oneOf": members}},
            {"joinaggregate": [{"op": "max", "field": "share", "as": "most"}]},
            {"calculate": words, "as": "words"},
        ],
        "width": {"step": max(62, 460 // len(members))},
        "height": {"step": 26},
        "layer": [
            {"mark": {"type": "rect", "fill": "#EEEEEE", "stroke": "white"}, "encoding": place},
            {
                "transform": [{"filter": "datum.share !== null"}],
                "mark": {"type": "rect", "stroke": "white"},
                "encoding": {**place, "color": colour},
            },
            {
                "mark": {"type": "text", "fontSize": 11},
                "encoding": {**place, "text": {"field": "words", "type": "nominal"}, "color": dark},
            },
        ],
    }
    subtitle = Text(
        "Share of the world, per cent; # the rank where it is among the first three; grey: no figure",
        "占世界份额（%）；#为前三位的排名；灰色为无数据",
    )
    alt = Text(
        f"Matrix of figures and members with the share of the world in every cell. {title.en}.",
        f"数据与成员矩阵，格中为占世界份额。{title.of('zh')}。",
    )
    return Chart("assets", "held", title, subtitle, alt, spec)


def caveats(inputs: Inputs, held: Sequence[Holding], named: Sequence[Asset]) -> list[Text]:
    """What must be known before any of it is believed."""
    told = [
        Text(
            "A large share is not yet indispensable: what others can make, buy elsewhere or do without is not asked. "
            "The figures hold sizes; none is of a narrow good, such as chips, uranium or grain.",
            "份额大不等于不可或缺：未考察他国能否自产、另购或不用。数据只反映规模；没有芯片、铀、粮食等具体商品的数据。",
        )
    ]
    gaps = list(dict.fromkeys((each.member, each.figure) for each in held if each.value is None))
    if gaps:
        pairs = [(name_of(inputs, member), _title(inputs, figure)) for member, figure in gaps[:12]]
        listed_ones = ", ".join(f"{who.en} ({what.en})" for who, what in pairs)
        chinese = "、".join(f"{who.of('zh')}（{what.of('zh')}）" for who, what in pairs)
        more, more_zh = (f" and {len(gaps) - 12} more", f"等{len(gaps)}项") if len(gaps) > 12 else ("", "")
        told.append(Text(f"No figure: {listed_ones}{more}.", f"无数据：{chinese}{more_zh}。"))
    if any(each.figure == "trade_balance_usd" for each in held):
        told.append(
            Text(
                "Of trade balances and net energy exports only what is above nought counts as held.",
                "贸易差额与能源净出口只计顺差部分。",
            )
        )
    del named
    return told
