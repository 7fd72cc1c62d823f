"""The two figures of voting power."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.measured import Measured, acting_of
from comity.kernel.result import Chart, Text
from comity.kernel.saying import BLUE, GREEN, ORANGE, VERMILION, parts
from comity.model.analysis import Inputs

SHOWN = 15
"""The most members drawn for one rule: those of greatest weight."""
MEASURES = {
    "weight": Text("voting weight", "投票权重"),
    "banzhaf": Text("Banzhaf power", "班扎夫指数"),
    "shapley_shubik": Text("Shapley-Shubik power", "夏普利-舒比克指数"),
}


def charts_of(inputs: Inputs, measured: Sequence[Measured], title: Text) -> list[Chart]:
    """Weight beside power for each member, and the power to act of each rule."""
    charts = [_comparison(inputs, measured, title)]
    bodies = (inputs.institution, *inputs.against)
    acting = [finding.text for body in bodies if (finding := acting_of(body, measured)) is not None]
    if acting:
        charts.append(_easiness(acting[0], [body.title for body in bodies]))
    return charts


def _distinct(inputs: Inputs, measured: Sequence[Measured]) -> tuple[list[Measured], list[Measured]]:
    """The institution's rules, those that would give the same picture as an earlier one set apart."""
    own = [each for each in measured if each.decision.institution is inputs.institution]
    seen: dict[object, Measured] = {}
    for each in own:
        found = each.measures
        seen.setdefault((each.decision.weights, found and found.banzhaf, found and found.shapley_shubik), each)
    drawn = list(seen.values())
    return drawn, [each for each in own if each not in drawn]


def _comparison(inputs: Inputs, measured: Sequence[Measured], title: Text) -> Chart:
    drawn, same = _distinct(inputs, measured)
    measure = {"field": "measure_label", "type": "nominal", "legend": {"title": None, "orient": "top"}}
    words = list(MEASURES.values())
    axis = {"format": ".0%", "tickCount": 6, "title": Text("Share of all members", "占全体成员的份额")}
    place = {
        "y": {"field": "member_label", "type": "nominal", "sort": {"field": "rank"}, "axis": {"title": None}},
        "x": {"field": "share", "type": "quantitative", "axis": axis},
        "color": {**measure, "scale": {"domain": words, "range": [ORANGE, GREEN, BLUE]}},
        "shape": {**measure, "scale": {"domain": words, "range": ["diamond", "triangle-up", "circle"]}},
    }
    layers: list[dict[str, Any]] = [
        {
            "transform": [{"filter": f"datum.measure === '{name}'"}],
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "yOffset": offset},
            "encoding": place,
        }
        for name, offset in zip(MEASURES, (-8, 0, 8), strict=True)
    ]
    balance = inputs.institution.balance
    if balance is not None and balance.power_cap is not None:
        line = {"type": "rule", "strokeDash": [5, 4], "color": VERMILION, "strokeWidth": 1.5}
        layers.append({"mark": line, "encoding": {"x": {"datum": float(balance.power_cap)}}})
    keys = [each.decision.key for each in drawn]
    spec: dict[str, Any] = {
        "transform": [{"filter": {"field": "decision", "oneOf": keys}}, {"filter": f"datum.rank <= {SHOWN}"}],
        **parts("decision", [each.decision.title for each in drawn]),
        "spec": {"width": 460, "height": {"step": 30}, "layer": layers},
    }
    cap = (
        Text("", "") if len(layers) == len(MEASURES) else Text("; dashed: the charter's cap", "；虚线为章程规定的上限")
    )
    subtitle = Text(
        f"Share of weight and of voting power, by rule{cap.en}", f"各规则下的权重份额与投票权力份额{cap.of('zh')}"
    )
    alt = Text(
        f"Dots for each member and rule: share of weight, Banzhaf power and Shapley-Shubik power. {title.en}.",
        f"点图：各规则下每个成员的权重份额、班扎夫指数和夏普利-舒比克指数。{title.of('zh')}。",
    )
    return Chart("power", "shares", title, subtitle, alt, spec, _drawn_once(same, drawn))


def _drawn_once(same: Sequence[Measured], drawn: Sequence[Measured]) -> Text:
    notes: list[Text] = []
    if same:
        english = ", ".join(f"“{each.decision.title.en}”" for each in same)
        chinese = "".join(f"“{each.decision.title.of('zh')}”" for each in same)
        notes.append(
            Text(
                f"Rules with the same picture are drawn once; not repeated: {english}.",
                f"图形相同的规则只画一次，未重复：{chinese}。",
            )
        )
    if any(len(each.decision.members) > SHOWN for each in drawn):
        notes.append(Text(f"The {SHOWN} members of greatest weight.", f"仅列权重最大的{SHOWN}个成员。"))
    return Text(" ".join(note.en for note in notes), "".join(note.of("zh") for note in notes))


def _easiness(title: Text, bodies: Sequence[Text]) -> Chart:
    axis = {"format": ".0%", "tickCount": 6, "title": Text("Power to act", "行动权力")}
    y = {"field": "decision_label", "type": "nominal", "sort": "-x", "axis": {"title": None}}
    x = {"field": "act", "type": "quantitative", "axis": axis}
    shown = {"text": {"field": "act", "type": "quantitative", "format": ".3~p"}}
    layer: list[dict[str, Any]] = [
        {"mark": {"type": "bar", "height": {"band": 0.6}}, "encoding": {"x": x, "y": y}},
        {"mark": {"type": "text", "align": "left", "dx": 5}, "encoding": {"x": x, "y": y, **shown}},
    ]
    spec: dict[str, Any] = {
        "transform": [{"filter": "isValid(datum.act)"}],
        **parts("institution", bodies),
        "spec": {"width": 400, "height": {"step": 26}, "layer": layer},
    }
    subtitle = Text(
        "Share of all coalitions that can carry a proposal (Coleman)", "能够通过提案的联盟占全部联盟的比例（科尔曼）"
    )
    alt = Text(f"Bars: power to act of each rule. {title.en}.", f"条形图：各规则的行动权力。{title.of('zh')}。")
    return Chart("acts", "acts", title, subtitle, alt, spec)
