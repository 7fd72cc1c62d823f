"""The figures of package deals: which issue opens which, and who gains and loses by the best exchange."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.packages.linking import Dealt
from comity.analysis.parts.packages.words import exchange_finding, links_finding
from comity.kernel.result import Chart, Text
from comity.kernel.saying import BLUE, VERMILION, parts
from comity.model.analysis import Inputs


def packages_charts(inputs: Inputs, found: Sequence[Dealt]) -> tuple[Chart, ...]:
    """The heat map of links, where something is stuck, and the bars of the best exchanges, where there are any."""
    charts: list[Chart] = []
    stuck = [each for each in found if any(one.links for one in each.stuck)]
    trading = [each for each in found if each.trades]
    if stuck:
        charts.append(_heat(stuck, links_finding(inputs, stuck[0]).text))
    if trading:
        charts.append(_bars(trading, exchange_finding(inputs, trading[0]).text))
    return tuple(charts)


def _heat(stuck: Sequence[Dealt], title: Text) -> Chart:
    axis = {"title": None, "labelLimit": 230}
    place = {
        "x": {
            "field": "other_label",
            "type": "nominal",
            "axis": {**axis, "orient": "top", "labelAngle": -35, "labelOverlap": False},
        },
        "y": {"field": "stuck_label", "type": "nominal", "sort": None, "axis": {**axis, "labelLimit": 260}},
    }
    legend = {"title": Text("Opens it", "能打开"), "format": ".0%", "orient": "right", "gradientLength": 160}
    colour = {
        "field": "works",
        "type": "quantitative",
        "scale": {"scheme": "cividis", "domain": [0, 1]},
        "legend": legend,
    }
    tile = {"mark": {"type": "rect", "stroke": "white", "strokeWidth": 1.5}, "encoding": {**place, "color": colour}}
    ink = {"condition": {"test": "datum.works > 0.55", "value": "#111111"}, "value": "#FFFFFF"}
    words = {"field": "words", "type": "nominal"}
    spec: dict[str, Any] = {
        "transform": [
            {"filter": "isValid(datum.works)"},
            {"calculate": "format(datum.works, '.0%')", "as": "words"},
        ],
        **parts("institution", [each.body.title for each in stuck]),
        "spec": {
            "width": {"step": 48},
            "height": {"step": 26},
            "layer": [
                tile,
                {"mark": {"type": "text", "fontSize": 11}, "encoding": {**place, "text": words, "color": ink}},
            ],
        },
    }
    subtitle = Text(
        "Down: issues stuck alone. Across: the issue put beside it. Share of the draws in which it is stuck and some "
        "package of both opens it",
        "纵向：单独僵持的议题；横向：搭配的议题。数值为僵持的抽样中存在可打开它的组合的比例",
    )
    alt = Text(
        f"Heat map of stuck issues against issues put beside them. {title.en}.",
        f"僵持议题与搭配议题的热图。{title.of('zh')}。",
    )
    return Chart("links", "links", title, subtitle, alt, spec)


def _bars(trading: Sequence[Dealt], title: Text) -> Chart:
    axis = {"title": Text("Points times salience", "点数乘以重视程度"), "tickCount": 7}
    place = {
        "y": {"field": "member_label", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 220}},
        "x": {"field": "effect", "type": "quantitative", "axis": axis},
    }
    colour = {
        "condition": {"test": "datum.effect < 0", "value": VERMILION},
        "value": BLUE,
    }
    words = {"field": "words", "type": "nominal"}
    label = {"type": "text", "fontSize": 11, "color": "#222222"}
    spec: dict[str, Any] = {
        "transform": [{"calculate": "format(datum.effect, '+.1f') + ' · ' + datum.role_label", "as": "words"}],
        **parts("institution", [each.body.title for each in trading]),
        "spec": {
            "width": 420,
            "height": {"step": 24},
            "layer": [
                {"mark": {"type": "bar", "height": 15}, "encoding": {**place, "color": colour}},
                {
                    "transform": [{"filter": "datum.effect >= 0"}],
                    "mark": {**label, "align": "left", "dx": 4},
                    "encoding": {**place, "text": words},
                },
                {
                    "transform": [{"filter": "datum.effect < 0"}],
                    "mark": {**label, "align": "left", "dx": 4},
                    "encoding": {**place, "x": {"datum": 0, "type": "quantitative"}, "text": words},
                },
            ],
        },
    }
    subtitle = Text(
        "What every member gains (blue) or loses (vermilion) by the most profitable exchange, at the modes",
        "最有利的交换使各成员获得（蓝）或损失（朱红）的数量，按众值计算",
    )
    alt = Text(
        f"Bars of gains and losses by the best exchange. {title.en}.", f"最佳交换的得失条形图。{title.of('zh')}。"
    )
    return Chart("effects", "effects", title, subtitle, alt, spec)
