"""What is said and drawn of outside options: findings, charts, caveats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.matters import Docket, silent_caveats
from comity.analysis.parts.outside_options.tables import WORDS
from comity.analysis.parts.outside_options.threatening import READINGS, Threatened, worst
from comity.analysis.parts.strips import ALONG, AXIS, issues_axis, quo_tick
from comity.kernel.result import Chart, Figure, Finding, Text
from comity.kernel.saying import BLUE, GREY, ORANGE, VERMILION, per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import name_of, named, short

LIKELY = 0.5


def own(inputs: Inputs, found: Sequence[Threatened]) -> list[Threatened]:
    """The issues of the institution asked about, else all."""
    return [each for each in found if each.matter.institution is inputs.institution] or list(found)


def findings(inputs: Inputs, found: Sequence[Threatened]) -> list[Finding]:
    """Where a threat is credible and serves its author, where it moves the text, adoption, who loses."""
    mine = own(inputs, found)
    return [_serves(inputs, mine), *_moves(inputs, mine), *_adoption(inputs, mine), *_loses(inputs, mine)]


def _actors(inputs: Inputs, mine: Sequence[Threatened]) -> Text:
    actors = mine[0].acting.actors
    first = name_of(inputs, actors[0])
    if len(actors) == 1:
        return first
    others = named(inputs, actors[1:])
    return Text(f"{first.en} with {others.en}", f"{first.of('zh')}与{others.of('zh')}")


def _serves(inputs: Inputs, mine: Sequence[Threatened]) -> Finding:
    body, who = short(mine[0].matter.institution), _actors(inputs, mine)
    credible = [each for each in mine if (each.credible.value or 0) > LIKELY]
    serves = [each for each in credible if (each.readings["exit"].gains.value or 0) > LIKELY]
    anyway = [each for each in serves if (each.plain.value or 0) < LIKELY]
    harms = [each for each in credible if (each.readings["gone"].hurts.value or 0) > LIKELY]
    cost = mine[0].acting.cost
    price = (
        Text(f" at a cost of {cost:g} points", f"（成本{cost:g}点）") if cost else Text(" at no cost", "（不计成本）")
    )
    english = (
        f"{body.en}: a threat of {who.en} to act outside{price.en} is probably credible on {len(credible)} of "
        f"{len(mine)} issues and probably serves it on {len(serves)}"
    )
    chinese = (
        f"{body.of('zh')}：{who.of('zh')}以单独行动相威胁{price.of('zh')}，{len(mine)}个议题中有{len(credible)}个"
        f"较可能可信，{len(serves)}个较可能对其有利"
    )
    if anyway:
        english += f", on {len(anyway)} of them where probably no text would be adopted anyway"
        chinese += f"，其中{len(anyway)}个本就较可能无文本通过"
    if harms:
        english += f"; where it takes the status quo from all, it probably harms its author on {len(harms)}"
        chinese += f"；若各方均因此失去现状，则在{len(harms)}个上较可能对其不利"
    text = said(english, chinese)
    figures = {f"credible_{each.matter.issue}": each.credible.figure("share", inputs.seed) for each in mine}
    counts = {"credible": Figure(len(credible), "issues"), "serves": Figure(len(serves), "issues")}
    return Finding(
        text, {**counts, "anyway": Figure(len(anyway), "issues"), "harms": Figure(len(harms), "issues"), **figures}
    )


def _moves(inputs: Inputs, mine: Sequence[Threatened]) -> list[Finding]:
    """Where the text comes nearest to the one that threatens."""
    each = max(mine, key=lambda one: one.readings["exit"].nearer.value or 0)
    nearer = each.readings["exit"].nearer
    title, who = each.matter.written.title, name_of(inputs, each.acting.actors[0])
    if (nearer.value or 0) < 0.5:
        text = said(
            f"With somewhere to go {who.en} moves no text by half a point on average: where a text is adopted at all, "
            "it is already good enough",
            f"即使另有去处，{who.of('zh')}也未能使任何文本平均移动半点以上：凡能通过的文本本已足够好",
        )
        return [Finding(text, {"nearer": nearer.figure("points", inputs.seed)})]
    points = f"{nearer.value or 0:.1f}"
    text = said(
        f"With somewhere to go {who.en} moves the text most on “{title.en}”: by {points} points nearer to its wish, "
        "where there is a text with and without the threat",
        f"{who.of('zh')}另有去处时，对“{title.of('zh')}”的文本影响最大：在两种情形下均有文本的抽样中，向其意愿靠近{points}点",
    )
    return [Finding(text, {"nearer": nearer.figure("points", inputs.seed)})]


def _adoption(inputs: Inputs, mine: Sequence[Threatened]) -> list[Finding]:
    """On which issues the threat makes a text less and more likely."""

    def change(each: Threatened, reading: str) -> float:
        return (each.readings[reading].adopted.value or 0) - (each.plain.value or 0)

    told: list[Finding] = []
    pairs = [(each, reading) for each in mine for reading in READINGS]
    least, most = min(pairs, key=lambda pair: change(*pair)), max(pairs, key=lambda pair: change(*pair))
    for (each, reading), english, chinese in ((least, "less likely", "更难"), (most, "likelier", "更可能")):
        if abs(change(each, reading)) < 0.01 or (change(each, reading) > 0) != (english == "likelier"):
            continue
        title, how = each.matter.written.title, WORDS[reading]
        shares = per_cent(each.plain.value or 0, 0), per_cent(each.readings[reading].adopted.value or 0, 0)
        text = said(
            f"The threat makes a text {english} most on “{title.en}”: {shares[1]} instead of {shares[0]}, if {how.en}",
            f"威胁使“{title.of('zh')}”的文本{chinese}通过：由{shares[0]}变为{shares[1]}（{how.of('zh')}）",
        )
        adopted = each.readings[reading].adopted.figure("share", inputs.seed)
        figures = {f"adopted_{each.matter.issue}": adopted, "without": each.plain.figure("share", inputs.seed)}
        told.append(Finding(text, figures))
    return told


def _loses(inputs: Inputs, mine: Sequence[Threatened]) -> list[Finding]:
    """Who loses most often against the status quo that is gone."""
    found = worst(mine)
    if found is None:
        text = Text(
            "Nobody else is left worse off than under the status quo by the threat",
            "没有其他成员因威胁而境况不如原现状",
        )
        return [Finding(text, {})]
    each, loser = found
    who, title = name_of(inputs, loser.member), each.matter.written.title
    often, points = per_cent(loser.loses.value or 0, 0), f"{loser.loss.value or 0:.0f}"
    english = (
        f"Worst off, once the status quo is gone, is {who.en} on “{title.en}”: worse than under the status quo in "
        f"{often} of the draws, then by {points} points"
    )
    chinese = (
        f"现状不复存在后境况最差的是{who.of('zh')}，在“{title.of('zh')}”上：{often}的抽样中不如原现状，相差{points}点"
    )
    if (loser.signs.value or 0) >= 0.005:
        english += f", and in {per_cent(loser.signs.value or 0, 0)} by a text that it accepts all the same"
        chinese += f"；其中{per_cent(loser.signs.value or 0, 0)}系因其仍然接受的文本"
    text = said(english, chinese)
    figures = {
        f"loses_{loser.member}": loser.loses.figure("share", inputs.seed),
        "loss": loser.loss.figure("points", inputs.seed),
        "signs": loser.signs.figure("share", inputs.seed),
    }
    return [Finding(text, figures)]


def charts(inputs: Inputs, found: Sequence[Threatened], told: Sequence[Finding]) -> list[Chart]:
    """The texts on their strips; and how often a text is adopted in each reading."""
    mine = own(inputs, found)
    name = mine[0].matter.institution.name
    order = [each.matter.written.title for each in mine]
    adoption = next((each.text for each in told if "without" in each.figures), told[0].text)
    return [_strips(name, order, told[0].text), _adopted(name, order, adoption)]


def _strips(name: str, order: Sequence[Text], title: Text) -> Chart:
    y = issues_axis(order)
    marks = (
        ("before", GREY, "circle", 110),
        ("after", BLUE, "diamond", 60),
        ("outside", VERMILION, "triangle-up", 60),
    )
    layers = [
        {
            "mark": {"type": "point", "filled": True, "size": size, "color": colour, "shape": shape, "opacity": 1},
            "encoding": {"y": y, "x": {**ALONG, "field": field, "axis": AXIS}},
        }
        for field, colour, shape, size in marks
    ]
    spec: dict[str, Any] = {
        "transform": [{"filter": f"datum.institution === '{name}'"}],
        "width": 460,
        "height": {"step": 26},
        "layer": [quo_tick(y, color="#222222", height=20), *layers],
    }
    subtitle = Text(
        "Line: status quo; triangle: acting outside; circle: text without the threat; diamond: with it; means of the "
        "draws with a text in both cases",
        "竖线：现状；三角：单独行动的结果；圆点：无威胁时的文本；菱形：有威胁时的文本；均为两种情形下均有文本的抽样均值",
    )
    alt = Text(f"Strips of texts by issue. {title.en}.", f"各议题文本位置图。{title.of('zh')}。")
    return Chart("texts", "texts", title, subtitle, alt, spec)


def _adopted(name: str, order: Sequence[Text], title: Text) -> Chart:
    stages = list(WORDS.values())
    y = {"field": "issue_label", "type": "nominal", "sort": list(order), "axis": {"title": None, "labelLimit": 280}}
    place = {"y": y, "yOffset": {"field": "reading_label", "type": "nominal", "sort": stages}}
    domain = {"domain": stages, "range": [GREY, BLUE, ORANGE]}
    shapes = {"domain": stages, "range": ["circle", "diamond", "square"]}
    colour = {"field": "reading_label", "type": "nominal", "scale": domain, "legend": {"title": None, "orient": "top"}}
    shape = {"field": "reading_label", "type": "nominal", "scale": shapes, "legend": None}
    axis = {"title": Text("Probability that a text is adopted", "文本获通过的概率"), "format": "%"}
    along = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis}
    whisker = {**place, "x": {**along, "field": "adopted_low"}, "x2": {"field": "adopted_high"}, "color": colour}
    points = {**place, "x": {**along, "field": "adopted"}, "color": colour, "shape": shape}
    spec: dict[str, Any] = {
        "transform": [{"filter": f"datum.institution === '{name}'"}],
        "width": 460,
        "height": {"step": 12, "for": "offset"},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 2}, "encoding": whisker},
            {"mark": {"type": "point", "filled": True, "size": 60, "opacity": 1}, "encoding": points},
        ],
    }
    subtitle = Text(
        "Probability that the body adopts a text, with its 95 % interval, without the threat and in two readings of it",
        "无威胁及两种威胁情形下文本获通过的概率及95%区间",
    )
    alt = Text(f"Points of adoption by issue. {title.en}.", f"各议题通过概率点图。{title.of('zh')}。")
    return Chart("adoption", "threats", title, subtitle, alt, spec)


def caveats(inputs: Inputs, asked: Docket, silent: Sequence[Text]) -> list[Text]:
    """What is assumed, and what was not asked."""
    return [
        *silent_caveats(inputs, asked),
        *(Text(f"{why.en}.", f"{why.of('zh')}。") for why in silent),
        Text(
            "How far acting outside carries the world is assumed, and so is its cost; retaliation, other issues and "
            "what others might do together are left out. A sentence that a threat serves somebody is no advice.",
            "单独行动能使各方移动多远及其成本均为假设；未计报复、其他议题及他方可能的联合行动。称某一威胁对某方有利，并非建议。",
        ),
    ]
