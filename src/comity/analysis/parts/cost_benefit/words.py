"""What is said and drawn of costs and benefits: accounts, the temptation to stop, what flows to outsiders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from comity.analysis.parts.cost_benefit.weighing import Account, Spread, Weighed
from comity.analysis.parts.matters import issue_column
from comity.analysis.parts.tabled import chance, share, spread, tabled
from comity.analysis.parts.valuing import MILLIONS, Ledger, ledger_caveats
from comity.kernel.result import Chart, Column, Figure, Finding, Table, Text
from comity.kernel.saying import BLUE, VERMILION, listed, money, parts, per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import label_of, name_of, named, short

LIKELY = 0.5
"""The share of draws above which something is said to be probable."""


def _quoted(title: Text) -> Text:
    return Text(f"“{title.en}”", f"“{title.of('zh')}”")


def _range(found: Spread) -> Text:
    low, high = money(found.low), money(found.high)
    return Text(f"90 %: {low.en} to {high.en}", f"90%区间：{low.of('zh')}至{high.of('zh')}")


def findings(inputs: Inputs, found: Sequence[Weighed]) -> list[Finding]:
    """What the members gain, who is tempted to ride, what the largest contributor's stop costs, what flows outside."""
    own = [each for each in found if each.good.institution is inputs.institution]
    told = [_gains(inputs, own), _rides(inputs, own), *_stops(inputs, own), *_outside(inputs, own)]
    return told + [_beside(inputs, body, found) for body in inputs.against if _of(found, body)]


def _of(found: Sequence[Weighed], body: object) -> list[Weighed]:
    return [each for each in found if each.good.institution is body]


def _gains(inputs: Inputs, own: Sequence[Weighed]) -> Finding:
    who = short(inputs.institution)
    paying = [each for each in own if all(one.loses.share < LIKELY for one in each.accounts)]
    best = max(own, key=lambda each: each.net.median)
    title, sum_ = best.good.written.title, money(best.net.median)
    reach = _range(best.net)
    stopped = own[0].stopped
    when, then = ("if all deliver", "若全体履行")
    if stopped:
        names = named(inputs, stopped)
        when, then = f"without {names.en}", f"若{names.of('zh')}停止出资"
    text = said(
        f"{who.en}: {when}, every member probably gains on {len(paying)} of {len(own)} goods; "
        f"most is at stake on “{title.en}”, worth {sum_.en} today to the members together ({reach.en})",
        f"{who.of('zh')}：{then}，{len(own)}项公共产品中有{len(paying)}项使每个成员都较可能获益；其中“{title.of('zh')}”所涉最大，"
        f"对全体成员的现值合计{sum_.of('zh')}（{reach.of('zh')}）",
    )
    figures = {each.good.issue: each.net.figure(MILLIONS, inputs.seed) for each in own}
    return Finding(text, {"all_gain": Figure(len(paying), "goods"), **figures})


def _riders(each: Weighed) -> list[Account]:
    return [one for one in each.accounts if one.rides.share > LIKELY]


def _rides(inputs: Inputs, own: Sequence[Weighed]) -> Finding:
    pairs = [(each, one) for each in own for one in each.accounts]
    tempted = [pair for pair in pairs if pair[1].rides.share > LIKELY]
    each, one = max(pairs, key=lambda pair: pair[1].rides.share)
    who, title = name_of(inputs, one.member), each.good.written.title
    loyal = [good for good in own if not _riders(good)]
    kept = listed([_quoted(good.good.written.title) for good in loyal]) if loyal else None
    english = f"; nobody is on {kept.en}" if kept else ""
    chinese = f"；在{kept.of('zh')}上无人如此" if kept else ""
    text = said(
        f"In {len(tempted)} of {len(pairs)} cases a member would probably be better off if it stopped paying while the "
        f"others went on, most surely {who.en} on “{title.en}” ({per_cent(one.rides.share, 0)} of draws){english}",
        f"{len(pairs)}种情形中有{len(tempted)}种，成员在他国继续出资时停止出资较可能更有利，最明显的是{who.of('zh')}在“{title.of('zh')}”上"
        f"（占抽样的{per_cent(one.rides.share, 0)}）{chinese}",
    )
    rides = one.rides
    figures = {
        "tempted": Figure(len(tempted), "cases"),
        "surest": Figure(rides.share, "share", rides.low, rides.high, rides.n, inputs.seed),
    }
    return Finding(text, figures)


def _stops(inputs: Inputs, own: Sequence[Weighed]) -> list[Finding]:
    pairs = [(each, one) for each in own for one in each.accounts if each.net.median > 0]
    if not pairs:
        return []
    each, one = max(pairs, key=lambda pair: pair[1].others.median / pair[0].net.median)
    who, title, loss = name_of(inputs, one.member), each.good.written.title, money(one.others.median)
    saves, reach = money(one.cost.median), _range(one.others)
    text = said(
        f"The stop that would hurt most is that of {who.en} on “{title.en}”: it costs the others {loss.en} "
        f"({reach.en}) and saves {saves.en}",
        f"影响最大的停止出资是{who.of('zh')}在“{title.of('zh')}”上：使其他成员损失{loss.of('zh')}（{reach.of('zh')}），"
        f"自身节省{saves.of('zh')}",
    )
    return [Finding(text, {f"stop_{one.member}": one.others.figure(MILLIONS, inputs.seed)})]


def _outside(inputs: Inputs, own: Sequence[Weighed]) -> list[Finding]:
    open_ones = [each for each in own if each.riders]
    if not open_ones:
        return []
    each = max(open_ones, key=lambda one: one.outside.median)
    state, gains = each.riders[0]
    whole, title = money(each.outside.median), each.good.written.title
    who, most, reach = name_of(inputs, state), money(gains.median), _range(each.outside)
    text = said(
        f"States outside would gain {whole.en} on “{title.en}” without paying ({reach.en}), {who.en} most of them "
        f"({most.en})",
        f"在“{title.of('zh')}”上，未出资的域外国家可获益{whole.of('zh')}（{reach.of('zh')}），其中{who.of('zh')}最多"
        f"（{most.of('zh')}）",
    )
    return [Finding(text, {"outside": each.outside.figure(MILLIONS, inputs.seed)})]


def _beside(inputs: Inputs, body: Any, found: Sequence[Weighed]) -> Finding:
    mine = {each.good.issue: each for each in _of(found, inputs.institution)}
    pairs = [(mine[each.good.issue], each) for each in _of(found, body) if each.good.issue in mine]
    more = [pair for pair in pairs if pair[0].provides > pair[1].provides]
    who, other = short(inputs.institution), short(body)
    shares = [f"{per_cent(ours.provides, 0)} / {per_cent(theirs.provides, 0)}" for ours, theirs in pairs]
    text = said(
        f"{who.en} provides more of the good than {other.en} on {len(more)} of {len(pairs)} issues "
        f"({', '.join(shares)} of the world's whole)",
        f"{len(pairs)}个议题中有{len(more)}个，{who.of('zh')}提供的份额高于{other.of('zh')}（占全球整体的{'、'.join(shares)}）",
    )
    return Finding(text, {f"more_than_{body.name}": Figure(len(more), "issues")})


def _identity(inputs: Inputs, found: Sequence[Weighed]) -> tuple[Column, Column]:
    bodies = {each.good.institution.name: each.good.institution.title for each in found}
    return Column("institution", Text("Institution", "机构"), labels=bodies), issue_column(inputs.wanted())


def tables(inputs: Inputs, found: Sequence[Weighed]) -> tuple[Table, ...]:
    """The members' accounts, what each would gain by stopping, the goods, and what states outside gain."""
    return _accounts(inputs, found), _stopping(inputs, found), _goods(inputs, found), _riding(inputs, found)


def _rows(found: Sequence[Weighed], make: Callable[[Weighed], Iterable[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [
        {"institution": each.good.institution.name, "issue": each.good.issue, **row}
        for each in found
        for row in make(each)
    ]


def _member(inputs: Inputs, found: Sequence[Weighed]) -> Column:
    people = {one.member: label_of(inputs, one.member) for each in found for one in each.accounts}
    return Column("member", Text("Member", "成员"), labels=people)


def _stopping(inputs: Inputs, found: Sequence[Weighed]) -> Table:
    def rows(each: Weighed) -> Iterable[dict[str, Any]]:
        for one in each.accounts:
            yield {
                "member": one.member,
                **({} if one.ratio is None else one.ratio.columns("ratio")),
                **one.stopping.columns("stopping"),
                **one.rides.columns("rides"),
                **one.others.columns("others"),
            }

    columns = (
        *_identity(inputs, found),
        _member(inputs, found),
        *spread("ratio", Text("Benefits over costs, median", "收益成本比，中位数"), "ratio"),
        *spread("stopping", Text("Would gain by stopping alone", "单独停止可得"), MILLIONS, digits=0),
        *chance("rides", Text("Better off by stopping alone", "单独停止更有利的概率")),
        *spread("others", Text("Its stop costs the others", "其停止使他人损失"), MILLIONS, digits=0),
    )
    title, words = Text("Who would rather stop", "谁宁愿停止出资"), ("institution", "issue", "member")
    return tabled("stopping", title, columns, _rows(found, rows), words=words)


def _accounts(inputs: Inputs, found: Sequence[Weighed]) -> Table:
    def rows(each: Weighed) -> Iterable[dict[str, Any]]:
        for one in each.accounts:
            yield {
                "member": one.member,
                **one.gain.columns("gain"),
                **one.cost.columns("cost"),
                **one.net.columns("net"),
                "net_mean": one.net.mean,
                "net_p25": one.net.quantiles[1],
                "net_p75": one.net.quantiles[3],
                **one.loses.columns("loses"),
            }

    columns = (
        *_identity(inputs, found),
        _member(inputs, found),
        *spread("gain", Text("Benefits, present value, median", "收益现值，中位数"), MILLIONS, digits=0),
        *spread("cost", Text("Costs, present value, median", "成本现值，中位数"), MILLIONS, digits=0),
        *spread("net", Text("Net present value, median", "净现值，中位数"), MILLIONS, digits=0),
        Column("net_mean", Text("Net present value, mean", "净现值，均值"), MILLIONS, digits=0),
        Column("net_p25", Text("Net, lower quarter", "净现值，下四分位"), MILLIONS, digits=0),
        Column("net_p75", Text("Net, upper quarter", "净现值，上四分位"), MILLIONS, digits=0),
        *chance("loses", Text("Loses by taking part", "参与而受损的概率")),
    )
    title = Text("Each member's account", "各成员账目")
    return tabled("accounts", title, columns, _rows(found, rows), words=("institution", "issue", "member"))


def _goods(inputs: Inputs, found: Sequence[Weighed]) -> Table:
    prices = {each.good.issue: each.good.good.prices for each in found}

    def rows(each: Weighed) -> Iterable[dict[str, Any]]:
        yield {
            "provides": each.provides,
            **each.net.columns("net"),
            **each.cost.columns("cost"),
            **each.outside.columns("outside"),
            "prices": prices[each.good.issue],
        }

    columns = (
        *_identity(inputs, found),
        share("provides", Text("Share of the whole good", "占公共产品整体的份额")),
        *spread("net", Text("Members together, net present value", "成员合计净现值"), MILLIONS, digits=0),
        *spread("cost", Text("Members together, costs", "成员合计成本"), MILLIONS, digits=0),
        *spread("outside", Text("States outside gain", "域外国家获益"), MILLIONS, digits=0),
        Column("prices", Text("Prices of", "价格年份"), "year"),
    )
    title, words = Text("The goods", "公共产品"), ("institution", "issue")
    return tabled("goods", title, columns, _rows(found, rows), words=words, counts=("prices",))


def _riding(inputs: Inputs, found: Sequence[Weighed]) -> Table:
    def rows(each: Weighed) -> Iterable[dict[str, Any]]:
        yield from ({"state": state, **gain.columns("gain")} for state, gain in each.riders)

    columns = (
        *_identity(inputs, found),
        Column("state", Text("State outside", "域外国家"), actor=True),
        *spread("gain", Text("Gains without paying, present value", "未出资而得的现值"), MILLIONS, digits=0),
    )
    title, words = Text("Who rides free outside", "域外谁在搭便车"), ("institution", "issue", "state")
    return tabled("outside", title, columns, _rows(found, rows), words=words)


def charts(inputs: Inputs, found: Sequence[Weighed], told: Sequence[Finding]) -> tuple[Chart, ...]:
    """Benefits over costs of each member with their interval, and how often each would rather stop."""
    body = inputs.institution
    own = [each for each in found if each.good.institution is body]
    order = [each.good.written.title for each in own]
    people = [label_of(inputs, member) for member in dict.fromkeys(one.member for each in own for one in each.accounts)]
    mine: dict[str, Any] = {"filter": f"datum.institution === '{body.name}'"}
    few = len(people) <= 24
    made = [_temptation(mine, order, people, told[1].text)]
    if few:
        made.insert(0, _ratios(mine, order, people, told[0].text))
    return tuple(made)


def _ratios(mine: dict[str, Any], order: list[Text], people: list[Text], title: Text) -> Chart:
    y = {"field": "member_label", "type": "nominal", "sort": people, "axis": {"title": None}}
    axis = {"title": Text("Benefits over costs (log scale)", "收益与成本之比（对数刻度）"), "tickCount": 5}
    x = {"type": "quantitative", "scale": {"type": "log"}, "axis": axis}
    tempted: dict[str, Any] = {
        "condition": {"test": f"datum.rides > {LIKELY}", "value": VERMILION},
        "value": BLUE,
    }
    line = {
        "mark": {"type": "rule", "strokeWidth": 2},
        "encoding": {
            "y": y,
            "x": {**x, "field": "ratio_low"},
            "x2": {"field": "ratio_high"},
            "color": tempted,
        },
    }
    point = {
        "mark": {"type": "point", "filled": True, "size": 55},
        "encoding": {"y": y, "x": {**x, "field": "ratio"}, "color": tempted},
    }
    even = {
        "mark": {"type": "rule", "color": "#444444", "strokeDash": [4, 3]},
        "encoding": {"x": {**x, "datum": 1}},
    }
    spec: dict[str, Any] = {
        "transform": [mine],
        **parts("issue", order),
        "spec": {"width": 460, "height": {"step": 16}, "layer": [even, line, point]},
    }
    subtitle = Text(
        "Median and 90 % of draws; dashed: gains and costs are even; red: would probably gain by stopping alone",
        "中位数与90%抽样区间；虚线处收支相抵；红色为单独停止较可能更有利者",
    )
    alt = Text(f"Points of benefits over costs. {title.en}.", f"收益成本比点图。{title.of('zh')}。")
    return Chart("ratios", "stopping", title, subtitle, alt, spec)


def _temptation(mine: dict[str, Any], order: list[Text], people: list[Text], title: Text) -> Chart:
    y = {"field": "issue_label", "type": "nominal", "sort": order, "axis": {"title": None, "labelLimit": 260}}
    many = len(people) > 12
    axis = {"title": None, "orient": "top", "labelAngle": -90 if many else 0, "labelLimit": 130}
    x = {"field": "member_label", "type": "nominal", "sort": people, "axis": axis}
    legend = {"title": Text("Better off by stopping", "停止更有利"), "format": ".0%"}
    scale = {"domain": [0, 1], "range": ["#FFFFFF", VERMILION]}
    cells = {
        "mark": {"type": "rect", "stroke": "#FFFFFF"},
        "encoding": {
            "y": y,
            "x": x,
            "color": {"field": "rides", "type": "quantitative", "scale": scale, "legend": legend},
        },
    }
    words = {
        "mark": {"type": "text", "fontSize": 11},
        "encoding": {"y": y, "x": x, "text": {"field": "rides", "type": "quantitative", "format": ".0%"}},
    }
    spec: dict[str, Any] = {
        "transform": [mine],
        "width": {"step": 20 if many else 92},
        "height": {"step": 30},
        "layer": [cells] if many else [cells, words],
    }
    subtitle = Text(
        "Share of draws in which a member would be better off by stopping alone, while the others go on",
        "在他国继续出资的情况下，成员单独停止更有利的抽样占比",
    )
    alt = Text(f"Heat table of the temptation to stop. {title.en}.", f"停止出资诱因热力表。{title.of('zh')}。")
    return Chart("temptation", "stopping", title, subtitle, alt, spec)


def caveats(inputs: Inputs, asked: Ledger, stops: Sequence[str]) -> list[Text]:
    """What must be known before any of it is believed."""
    found = ledger_caveats(inputs, asked)
    found.append(
        Text(
            "The good grows in proportion to what is paid in; learning, congestion and what a stop does to trust are "
            "left out. Distribution within states is not looked at, and sums are not weighted by need.",
            "公共产品按出资比例增减；未计学习效应、拥挤效应，以及停止出资对信任的影响。不涉及国内分配，也未按需要加权。",
        )
    )
    for body in asked.bodies:
        if absent := [member for member in stops if member not in body.members_on(inputs.on or body.as_of)]:
            names, who = named(inputs, absent), short(body)
            english = f"{names.en} {'is' if len(absent) == 1 else 'are'} no member of {who.en}: nothing stops there"
            found.append(Text(f"{english}.", f"{names.of('zh')}不是{who.of('zh')}的成员，其停止对该机构无影响。"))
    return found
