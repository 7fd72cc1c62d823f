"""Compliance drawn: a dot with its interval for each member, and members by issues."""

from __future__ import annotations

from typing import Any

from comity.kernel.result import Chart, Text
from comity.kernel.saying import BLUE
from comity.model.compliance import Measured


def charts(measured: Measured, title: Text) -> tuple[Chart, ...]:
    """The dots of the members in alphabetical order, and the grid of issues where there are any."""
    who = {"field": "member_label", "type": "nominal", "sort": "ascending", "axis": {"title": None}}
    scale = {"domain": [0, 1]}
    axis = {"title": Text("Compliance", "履约率"), "format": ".0%"}
    across = {"field": "share", "type": "quantitative", "scale": scale, "axis": axis}
    spec: dict[str, Any] = {
        "width": 480,
        "height": {"step": 22},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 2, "color": BLUE},
             "encoding": {"y": who, "x": {**across, "field": "share_low"}, "x2": {"field": "share_high"}}},
            {"mark": {"type": "point", "filled": True, "size": 70, "color": BLUE, "opacity": 1},
             "encoding": {"y": who, "x": across}},
            {"mark": {"type": "text", "align": "left", "fontSize": 11},
             "encoding": {"y": who, "x": {"value": 488}, "text": {"field": "groups", "type": "nominal"}}},
        ],
    }  # fmt: skip
    subtitle = Text(
        "Dots with intervals, in alphabetical order and not by rank; members that share a letter cannot be told apart",
        "点为履约率，线为区间；按名称排列，不作排名；字母相同的成员无法区分",
    )
    alt = Text(f"Compliance of each member with its interval. {title.en}.", f"各成员履约率及区间。{title.zh}。")
    found = [Chart("members", "members", title, subtitle, alt, spec)]
    if measured.issues:
        found.append(_grid())
    return tuple(found)


def _grid() -> Chart:
    place = {
        "x": {
            "field": "issue",
            "type": "nominal",
            "axis": {"title": None, "labelAngle": -35, "labelOverlap": False, "orient": "top"},
        },
        "y": {"field": "member_label", "type": "nominal", "sort": "ascending", "axis": {"title": None}},
    }
    colour = {
        "field": "share", "type": "quantitative", "scale": {"scheme": "cividis", "domain": [0, 1]},
        "legend": {"title": Text("Compliance", "履约率"), "format": ".0%"},
    }  # fmt: skip
    spec: dict[str, Any] = {
        "transform": [{"calculate": "datum.share > 0.55 ? '#111111' : '#FFFFFF'", "as": "ink"}],
        "width": {"step": 54},
        "height": {"step": 24},
        "resolve": {"scale": {"color": "independent"}},
        "layer": [
            {"mark": {"type": "rect", "stroke": "white"}, "encoding": {**place, "color": colour}},
            {"mark": {"type": "text", "fontSize": 11},
             "encoding": {**place, "text": {"field": "share", "type": "quantitative", "format": ".0%"},
                          "color": {"field": "ink", "type": "nominal", "scale": None}}},
        ],
    }  # fmt: skip
    title = Text("Compliance by member and issue", "各成员分议题履约情况")
    subtitle = Text(
        "Few commitments stand behind a cell: the table gives each its interval", "每格所依据的承诺不多，区间见表"
    )
    return Chart("issues", "issues", title, subtitle, Text(title.en + " as a grid.", title.zh + "矩阵。"), spec)
