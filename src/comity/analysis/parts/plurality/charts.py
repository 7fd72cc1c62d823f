"""The charts of plurality: dots with and without, lines over time, steps of growth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.analysis.parts.plurality.times import titles
from comity.kernel.result import Chart, Text
from comity.kernel.saying import BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION, parts, said

NUMBER: dict[str, Any] = {"type": "quantitative", "scale": {"type": "log", "domainMin": 1, "nice": False}}
TICKS = [1, 2, 3, 5, 10, 20, 50, 100, 200]
AXIS = {"title": Text("Effective number (logarithmic scale)", "有效数目（对数刻度）"), "values": TICKS, "format": "d"}
SHOWN_SINCE = 1900
NUMBER_LINE = {"title": None, "tickCount": 4}


def dots(finding: Text, order: Sequence[Text], bodies: Sequence[Text], who: Text) -> Chart:
    """One row a measure: the number with its interval, and hollow without the members asked about."""
    row = {"field": "measure_label", "type": "nominal", "sort": list(order), "axis": {"title": None, "labelLimit": 330}}
    link = {"y": row, "x": {**NUMBER, "field": "effective"}, "x2": {"field": "others"}}
    layers = [
        {
            "mark": {"type": "rule", "color": "#BDBDBD", "strokeWidth": 1.5},
            "transform": [{"filter": "datum.others !== null && datum.effective !== null"}],
            "encoding": link,
        },
        _bar("effective_low", "effective_high", BLUE, row),
        _bar("others_low", "others_high", ORANGE, row),
        _dot("effective", BLUE, "circle", row, filled=True),
        _dot("others", ORANGE, "diamond", row, filled=False),
    ]
    spec: dict[str, Any] = {
        **parts("institution", bodies),
        "spec": {"width": 420, "height": {"step": 22}, "layer": layers},
    }
    subtitle = said(
        f"Equal holders that would be as concentrated: filled circles with {who.en}, hollow diamonds without; bars "
        "are 90 % intervals",
        f"同等集中程度所相当的均等持有者数：实心圆为含{who.of('zh')}，空心菱形为不含；横条为90%区间",
    )
    alt = Text(
        f"Dots: effective numbers of {', '.join(body.en for body in bodies)} by measure, with and without {who.en}. "
        f"{finding.en}.",
        f"点图：{'、'.join(body.of('zh') for body in bodies)}各项指标的有效数目，含与不含{who.of('zh')}。"
        f"{finding.of('zh')}。",
    )
    return Chart("dots", "numbers", finding, subtitle, alt, spec)


def _bar(low: str, high: str, colour: str, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "mark": {"type": "rule", "color": colour, "strokeWidth": 7, "opacity": 0.45},
        "transform": [{"filter": f"datum.{low} !== null"}],
        "encoding": {"y": row, "x": {**NUMBER, "field": low, "axis": AXIS}, "x2": {"field": high}},
    }


def _dot(field: str, colour: str, shape: str, row: dict[str, Any], *, filled: bool) -> dict[str, Any]:
    return {
        "mark": {
            "type": "point", "shape": shape, "size": 80, "opacity": 1, "strokeWidth": 2, "stroke": colour,
            "fill": colour if filled else "white",
        },
        "transform": [{"filter": f"datum.{field} !== null"}],
        "encoding": {"y": row, "x": {**NUMBER, "field": field, "axis": AXIS}},
    }  # fmt: skip


def lines(finding: Text, who: Text) -> Chart:
    """The world's series over time, one panel a series, with and without, events marked."""
    when = {"field": "year", "type": "quantitative", "scale": {"zero": False, "nice": False}}
    years = {**when, "axis": {"format": "d", "title": None, "tickCount": 8}}
    kinds = [Text("all", "全部"), Text("without", "若缺席"), Text("Parties present", "出席缔约方数")]
    legend = {"title": None, "orient": "top"}
    counted = {"field": "line_label", "type": "nominal"}
    colour = {**counted, "scale": {"domain": kinds, "range": [BLUE, ORANGE, GREEN]}, "legend": legend}
    dash = {**counted, "scale": {"domain": kinds, "range": [[1, 0], [5, 3], [2, 2]]}, "legend": legend}
    marked = [{"filter": "isValid(datum.event)"}]
    layers = [
        {
            "mark": {"type": "rule", "color": "#BDBDBD", "strokeDash": [3, 3]},
            "transform": marked,
            "encoding": {"x": when},
        },
        _label("left", "datum.event !== '1991'", when),
        _label("right", "datum.event === '1991'", when),
        {
            "mark": {"type": "line", "strokeWidth": 2},
            "encoding": {
                "x": years,
                "y": {"field": "effective", "type": "quantitative", "scale": {"zero": True}, "axis": NUMBER_LINE},
                "color": colour,
                "strokeDash": dash,
            },
        },
    ]
    spec: dict[str, Any] = {
        "transform": [{"filter": f"datum.year >= {SHOWN_SINCE}"}],
        **parts("series", list(titles().values())),
        "spec": {"width": 520, "height": 84, "layer": layers},
    }
    subtitle = said(
        f"Effective number of states in the world by year; dashed without {who.en}",
        f"各年世界各国的有效数目；虚线为不含{who.of('zh')}",
    )
    alt = Text(
        f"Lines over time, one panel a measure. {finding.en}.", f"历时折线图，每项指标一格。{finding.of('zh')}。"
    )
    return Chart("over_time", "over_time", finding, subtitle, alt, spec)


def _label(align: str, which: str, when: dict[str, Any]) -> dict[str, Any]:
    """The words of some events, beside their line in the first panel."""
    return {
        "mark": {
            "type": "text", "align": align, "dx": 3 if align == "left" else -3, "fontSize": 9, "color": "#666666",
            "baseline": "bottom",
        },
        "transform": [{"filter": f"isValid(datum.event) && datum.series === 'capabilities' && {which}"}],
        "encoding": {"x": when, "y": {"value": 0}, "text": {"field": "event_label", "type": "nominal"}},
    }  # fmt: skip


def steps(finding: Text, bodies: Mapping[str, Text], order: Sequence[Text]) -> Chart:
    """Each body's number after each change of its membership, by measure."""
    colours = [BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY]
    shapes = ["circle", "square", "diamond", "triangle-up", "cross", "triangle-down"]
    who = {"field": "measure_label", "type": "nominal"}
    legend = {"title": None, "orient": "right", "labelLimit": 220}
    number = {"field": "effective", "type": "quantitative", "axis": {"title": Text("Effective number", "有效数目")}}
    line: dict[str, Any] = {
        "mark": {"type": "line", "interpolate": "step-after", "point": {"size": 50, "filled": True}},
        "encoding": {
            "x": {"field": "on", "type": "temporal", "axis": {"title": None, "format": "%Y"}},
            "y": number,
            "color": {**who, "scale": {"domain": list(order), "range": colours[: len(order)]}, "legend": legend},
            "shape": {**who, "scale": {"domain": list(order), "range": shapes[: len(order)]}, "legend": legend},
        },
    }
    spec: dict[str, Any] = {
        "transform": [{"filter": {"field": "institution", "oneOf": list(bodies)}}],
        **parts("institution", list(bodies.values())),
        "spec": {"width": 400, "height": 150, **line},
    }
    subtitle = Text(
        "Effective number of powers among the members after each change of membership, at today's figures; "
        "capabilities of the year",
        "每次成员变动后成员中的有效大国数，按当前数据；物质能力取当年数值",
    )
    alt = Text(f"Steps over the years. {finding.en}.", f"逐年阶梯图。{finding.of('zh')}。")
    return Chart("growth", "growth", finding, subtitle, alt, spec)
