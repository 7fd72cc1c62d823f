"""What is said and drawn of agreement: findings, caveats, the heat map and the line of positions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from comity.analysis.parts.matters import ORDER, SENSITIVITY, Docket, Gap, silent_caveats
from comity.analysis.parts.strips import ALONG, issues_axis, quo_tick, zone_bar
from comity.analysis.parts.venues import Cells, Venue
from comity.analysis.parts.zone import Judged
from comity.kernel.result import Chart, Figure, Finding, Text
from comity.kernel.saying import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILION, YELLOW, listed, per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import label_of, name_of, short

DRAWN = 10
"""The most members that the line of positions tells apart by colour."""
COLOURS = (BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY, YELLOW, "#000000", "#7F7F7F", "#8C564B")
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down", "triangle-right", "triangle-left",
          "circle", "square")  # fmt: skip


def _figure(each: Judged, seed: int) -> Figure:
    found = each.chance
    return Figure(found.share, "share", found.low, found.high, found.n, seed)


def _own(inputs: Inputs, judged: Sequence[Judged]) -> list[Judged]:
    return [each for each in judged if each.matter.institution is inputs.institution]


def agreement_findings(inputs: Inputs, issues: Sequence[str], cells: Cells) -> list[Finding]:
    """What the judged issues say, the answer first."""
    judged, heat = cells.judged, cells.heat
    own = _own(inputs, judged)
    found = [_answer(inputs, own)] if own else []
    found += _sensitivity(inputs, own)
    found += _blockers(inputs, own)
    found += _compared(inputs, judged)
    found += _rules(inputs, issues, heat)
    return found


def _answer(inputs: Inputs, own: Sequence[Judged]) -> Finding:
    body = short(inputs.institution)
    ranked = sorted(own, key=lambda each: -each.chance.share)
    likely = [each for each in ranked if each.chance.share > 0.5]
    best, worst = ranked[0], ranked[-1]
    figures = {each.matter.issue: _figure(each, inputs.seed) for each in own}
    figures["likely"] = Figure(len(likely), "issues")
    if len(own) == 1:
        text = said(
            f"{body.en}: agreement on {_lower(best)} has a probability of {per_cent(best.chance.share, 0)}",
            f"{body.of('zh')}就“{best.matter.written.title.of('zh')}”达成一致的概率是{per_cent(best.chance.share, 0)}",
        )
        return Finding(text, figures)
    text = said(
        f"{body.en} can probably agree on {len(likely)} of {len(own)} issues: most surely on {_lower(best)} "
        f"({per_cent(best.chance.share, 0)}), least on {_lower(worst)} ({per_cent(worst.chance.share, 0)})",
        f"{len(own)}个议题中，{body.of('zh')}有{len(likely)}个较可能达成一致：把握最大的是"
        f"{best.matter.written.title.of('zh')}（{per_cent(best.chance.share, 0)}），最小的是"
        f"{worst.matter.written.title.of('zh')}（{per_cent(worst.chance.share, 0)}）",
    )
    return Finding(text, figures)


def _lower(each: Judged) -> str:
    """The title inside a sentence: names keep their capitals."""
    title = each.matter.written.title.en
    first, _, rest = title.partition(" ")
    name = any(sign.isupper() for sign in first[1:]) or rest[:1].isupper()
    return title if name else title[:1].lower() + title[1:]


def _sensitivity(inputs: Inputs, own: Sequence[Judged]) -> list[Finding]:
    """Whether the low-sensitivity issues are the easy ones, by the mean over issues of each level."""
    means: dict[str, tuple[float, float, float]] = {}
    for level in ORDER:
        group = [each.chance for each in own if each.matter.sensitivity == level]
        if group:
            size = len(group)
            means[level] = (
                sum(each.share for each in group) / size,
                sum(each.low for each in group) / size,
                sum(each.high for each in group) / size,
            )
    if len(means) < 2:
        return []
    shares = [mean for mean, _, _ in means.values()]
    falling = all(first >= second for first, second in pairwise(shares))
    told = listed([
        Text(f"{SENSITIVITY[level].en} {per_cent(mean[0], 0)}", f"{SENSITIVITY[level].of('zh')}{per_cent(mean[0], 0)}")
        for level, mean in means.items()
    ])  # fmt: skip
    text = (
        said(
            "With these stakes the low-sensitivity issues are the easier ones: mean probability by sensitivity "
            f"{told.en}",
            f"在此诉求假设下，低敏感议题较易达成一致：按敏感度的平均通过概率为{told.of('zh')}",
        )
        if falling
        else said(
            f"With these stakes sensitivity does not order the issues: mean probability by sensitivity {told.en}",
            f"在此诉求假设下，敏感度并不决定难易：按敏感度的平均通过概率为{told.of('zh')}",
        )
    )
    draws = min(each.chance.n for each in own)
    figures = {level: Figure(mean[0], "share", mean[1], mean[2], draws, inputs.seed) for level, mean in means.items()}
    return [Finding(text, figures)]


def _blockers(inputs: Inputs, own: Sequence[Judged]) -> list[Finding]:
    """Who alone stands in the way most often."""
    totals: dict[str, list[float]] = {}
    for each in own:
        for member, found in each.blockers.items():
            totals.setdefault(member, []).append(found.share)
    if not totals:
        return []
    mean = {member: sum(shares) / len(own) for member, shares in totals.items()}
    first = min(mean, key=lambda member: (-mean[member], member))
    worst = max(own, key=lambda each: each.blockers[first].share if first in each.blockers else 0.0)
    most = worst.blockers[first]
    who = name_of(inputs, first)
    text = said(
        f"{who.en} stands alone in the way most often: on {_lower(worst)} in {per_cent(most.share, 0)} of draws",
        f"最常单独阻挡的是{who.of('zh')}：在{worst.matter.written.title.of('zh')}上占抽样的{per_cent(most.share, 0)}",
    )
    figure = Figure(most.share, "share", most.low, most.high, most.n, inputs.seed)
    return [Finding(text, {f"blocked_by_{first}": figure})]


def _compared(inputs: Inputs, judged: Sequence[Judged]) -> list[Finding]:
    """On how many issues each other body is likelier to agree, counting only intervals that lie apart."""
    own = {each.matter.issue: each for each in _own(inputs, judged)}
    found: list[Finding] = []
    for body in inputs.against:
        theirs = {each.matter.issue: each for each in judged if each.matter.institution is body}
        both = [issue for issue in own if issue in theirs]
        if not both:
            continue
        ahead = [issue for issue in both if own[issue].chance.low > theirs[issue].chance.high]
        behind = [issue for issue in both if own[issue].chance.high < theirs[issue].chance.low]
        mine, other = short(inputs.institution), short(body)
        text = said(
            f"{mine.en} is likelier than {other.en} to agree on {len(ahead)} of {len(both)} issues, less likely on "
            f"{len(behind)}; on the others the intervals overlap",
            f"{len(both)}个议题中，{mine.of('zh')}比{other.of('zh')}更可能达成一致的有{len(ahead)}个，更难的有{len(behind)}个，"
            "其余区间重叠",
        )
        counts = {f"ahead_of_{body.name}": Figure(len(ahead), "issues"), "behind": Figure(len(behind), "issues")}
        found.append(Finding(text, counts))
    return found


def _rules(inputs: Inputs, issues: Sequence[str], heat: Sequence[tuple[Venue, Judged | Gap]]) -> list[Finding]:
    """How much the rule alone does: consensus against simple majority for the same members."""
    body = inputs.institution.name
    shares = {
        key: {each.matter.issue: each.chance for venue, each in heat if venue.key == key and isinstance(each, Judged)}
        for key in (f"{body}.consensus", f"{body}.half")
    }
    strict, loose = shares.values()
    both = [issue for issue in issues if issue in strict and issue in loose]
    if not both:
        return []
    figures: dict[str, Figure] = {}
    for name, held in (("consensus", strict), ("majority", loose)):
        mean, low, high = (
            sum(getattr(held[issue], part) for issue in both) / len(both) for part in ("share", "low", "high")
        )
        figures[name] = Figure(mean, "share", low, high, min(held[issue].n for issue in both), inputs.seed)
    under, over = (per_cent(float(figures[name].value or 0), 0) for name in ("consensus", "majority"))
    text = said(
        f"The rule matters: under consensus the same members agree with a mean probability of {under}, by simple "
        f"majority of {over}",
        f"规则的作用：相同成员在协商一致下的平均通过概率为{under}，在简单多数下为{over}",
    )
    return [Finding(text, figures)]


def agreement_charts(inputs: Inputs, issues: Sequence[str], cells: Cells, title: Text) -> tuple[Chart, ...]:
    """The heat map of issues and venues, and the line of positions with the zone of each issue."""
    order = [inputs.wanted().stakes.issues[issue].title for issue in issues]
    charts = [_heat(order, cells.heat, title)]
    own = _own(inputs, cells.judged)
    if own:
        charts.append(_line(inputs, order, own))
    return tuple(charts)


def _heat(order: Sequence[Text], heat: Sequence[tuple[Venue, Judged | Gap]], title: Text) -> Chart:
    venues = list(dict.fromkeys(venue.title for venue, _ in heat))
    place = {
        "x": {
            "field": "venue_label",
            "type": "nominal",
            "sort": venues,
            "axis": {"title": None, "orient": "top", "labelAngle": -40, "labelLimit": 230, "labelOverlap": False},
        },
        "y": {
            "field": "issue_label", "type": "nominal", "sort": list(order), "axis": {"title": None, "labelLimit": 260},
        },
    }  # fmt: skip
    legend = {"title": Text("Probability", "概率"), "format": ".0%", "orient": "right", "gradientLength": 160}
    colour = {
        "field": "probability",
        "type": "quantitative",
        "scale": {"scheme": "cividis", "domain": [0, 1]},
        "legend": legend,
    }
    tile = {"type": "rect", "stroke": "white", "strokeWidth": 1.5}
    light = "!isValid(datum.probability) ? '#555555' : datum.probability > 0.55 ? '#111111' : '#FFFFFF'"
    written = "isValid(datum.probability) ? format(datum.probability, '.0%') : '–'"
    shade = {"field": "ink", "type": "nominal", "scale": None}
    spec: dict[str, Any] = {
        "transform": [{"calculate": written, "as": "words"}, {"calculate": light, "as": "ink"}],
        "width": {"step": 56},
        "height": {"step": 26},
        "resolve": {"scale": {"color": "independent"}},
        "layer": [
            {
                "transform": [{"filter": "!isValid(datum.probability)"}],
                "mark": {**tile, "color": "#EEEEEE"},
                "encoding": place,
            },
            {
                "transform": [{"filter": "isValid(datum.probability)"}],
                "mark": tile,
                "encoding": {**place, "color": colour},
            },
            {
                "mark": {"type": "text", "fontSize": 11},
                "encoding": {**place, "text": {"field": "words", "type": "nominal"}, "color": shade},
            },
        ],
    }
    subtitle = Text(
        "Probability that a text is adopted: the same members under other rules, and other clubs under their own; "
        "– where too few members have stakes or no rule decides it",
        "文本获得通过的概率：相同成员适用不同规则，以及其他机构适用其自身规则；“–”表示诉求数据不足或无规则可依",
    )
    alt = Text(
        f"Heat map of issues against rules and clubs. {title.en}.", f"议题与规则、机构的热图。{title.of('zh')}。"
    )
    return Chart("heat", "heat", title, subtitle, alt, spec)


def _line(inputs: Inputs, order: Sequence[Text], own: Sequence[Judged]) -> Chart:
    body = inputs.institution
    members = list(dict.fromkeys(member for each in own for member in each.matter.judged))
    several = len(members) <= DRAWN
    names = [label_of(inputs, member) for member in members]
    row = issues_axis(order, 260)
    who = {"field": "member_label", "type": "nominal"}
    legend = {"title": None, "orient": "top", "columns": 5}
    point: dict[str, Any] = {"y": row, "x": {**ALONG, "field": "position"}}
    if several:
        count = len(members)
        point["color"] = {**who, "scale": {"domain": names, "range": list(COLOURS[:count])}, "legend": legend}
        point["shape"] = {**who, "scale": {"domain": names, "range": list(SHAPES[:count])}, "legend": legend}
    else:
        point["color"] = {"value": GREY}
    dots = {"mark": {"type": "point", "filled": True, "size": 75, "opacity": 0.95}, "encoding": point}
    stuck = [each for each in own if each.stuck]
    title = said(
        f"The status quo lies in the gridlock interval on {len(stuck)} of {len(own)} issues"
        + (f": {listed([Text(_lower(each), '') for each in stuck]).en}" if 0 < len(stuck) <= 4 else ""),
        f"{len(own)}个议题中有{len(stuck)}个的现状处于僵局区"
        + (f"：{'、'.join(each.matter.written.title.of('zh') for each in stuck)}" if 0 < len(stuck) <= 4 else ""),
    )
    subtitle = Text(
        "Position of each member at the mode; shaded: the zone that the issue's rule adopts; line: status quo",
        "各成员立场（众值）；阴影为该议题规则下的协议区；竖线为现状",
    )
    alt = Text(f"Positions of members on each issue. {title.en}.", f"各议题上成员的立场。{title.of('zh')}。")
    spec: dict[str, Any] = {
        "transform": [{"filter": f"datum.institution === '{body.name}'"}],
        "width": 460,
        "height": {"step": 32},
        "layer": [zone_bar(row), quo_tick(row), dots],
    }
    return Chart("positions", "positions", title, subtitle, alt, spec)


def caveats(inputs: Inputs, asked: Docket, judged: Sequence[Judged], least: float) -> list[Text]:
    """What must be known before any of it is believed."""
    found = silent_caveats(inputs, asked)
    found.append(
        Text(
            f"A text counts as agreement where it lies at least {least:g} points from the status quo; members vote by "
            "what they want on this issue alone, without trades, pressure or ratification at home.",
            f"距现状至少{least:g}点的文本才算达成一致；成员只按其在该议题上的诉求表决，不计交易、压力与国内批准。",
        )
    )
    by_hand = [each for each in judged if any(stand.basis == "assumption" for stand in each.matter.stands.values())]
    if by_hand:
        issues = listed(list(dict.fromkeys(each.matter.written.title for each in by_hand)))
        found.append(
            Text(
                f"Positions set by hand, as assumptions: {issues.en}.",
                f"以下议题含人工设定的假设立场：{issues.of('zh')}。",
            )
        )
    alike = [each for each in judged if all(stand.basis == "same" for stand in each.matter.stands.values())]
    if alike:
        issues = listed(list(dict.fromkeys(each.matter.written.title for each in alike)))
        found.append(
            Text(
                f"Everyone is given the same position, so that agreement is assumed rather than found: {issues.en}.",
                f"以下议题各成员立场相同，达成一致出自假设而非结论：{issues.of('zh')}。",
            )
        )
    fewer = {each.matter.institution.name: each.chance.n for each in judged}
    if len(set(fewer.values())) > 1:
        told = ", ".join(f"{name} {number}" for name, number in fewer.items())
        found.append(Text(f"Larger bodies are given fewer draws: {told}.", f"较大机构的抽样次数较少：{told}。"))
    return found
