"""Charts of talks: concessions as fans, what is agreed as strips, and gains beside the Nash solution."""

from __future__ import annotations

from typing import Any

from comity.kernel.result import Chart, Text
from comity.kernel.saying import BLUE, ORANGE
from comity.model.analysis import Inputs
from comity.model.naming import label_of
from comity.rehearsal.parts.negotiation.holding import Held
from comity.rehearsal.parts.negotiation.words import conceding, gaining, package

MOST = 8
"""The most members that are drawn round by round: those that hold most of the votes' power."""


def charts(inputs: Inputs, held: Held) -> tuple[Chart, ...]:
    """The charts of the institution asked about."""
    if not held.agreed.any():
        return (_fan(inputs, held),)
    return _strips(inputs, held), _fan(inputs, held), _dumbbell(inputs, held)


def _own(held: Held) -> dict[str, Any]:
    return {"filter": f"datum.institution === '{held.body.name}'"}


def _fan(inputs: Inputs, held: Held) -> Chart:
    import numpy as np

    weight = dict(zip(held.package.members, np.asarray(held.setting.heed, dtype=np.int64).tolist(), strict=True))
    shown = sorted(held.who, key=lambda member: -int(weight[member]))[:MOST]
    order = [label_of(inputs, each) for each in held.who if each in shown]
    listed = " || ".join(f"datum.member === '{member}'" for member in shown)
    x = {
        "field": "round",
        "type": "quantitative",
        "axis": {"title": Text("Round", "轮次"), "tickMinStep": 1, "tickCount": 5, "grid": False},
        "scale": {"domain": [1, held.asked.shape[1]], "nice": False},
    }
    scale = {"domain": [0, 1]}
    axis = {"title": Text("Its offer gives itself", "其报价自得"), "format": ".0%", "values": [0, 0.5, 1]}
    y = {"field": "asks", "type": "quantitative", "axis": axis, "scale": scale}
    band = {
        "mark": {"type": "area", "color": BLUE, "opacity": 0.2, "clip": True},
        "encoding": {"x": x, "y": {**y, "field": "asks_low"}, "y2": {"field": "asks_high"}},
    }
    line = {"mark": {"type": "line", "color": BLUE, "strokeWidth": 2, "clip": True}, "encoding": {"x": x, "y": y}}
    header = {"title": None, "labelFontSize": 12, "labelLimit": 150}
    spec: dict[str, Any] = {
        "transform": [_own(held), {"filter": listed}],
        "facet": {"field": "member_label", "type": "nominal", "sort": order, "header": header},
        "columns": 4,
        "spacing": 16,
        "spec": {"width": 120, "height": 90, "layer": [band, line]},
    }
    title = conceding(inputs, held).text
    subtitle = Text(
        "Share of its range that each member's latest offer gives itself: median and 90 % of talks still held",
        "各成员最新报价使自身所得占其区间的比例：中位数与仍在进行的谈判的90%区间",
    )
    alt = Text(f"Fans of concessions by member. {title.en}", f"各成员让步的扇形图。{title.of('zh')}")
    return Chart("concessions", "concessions", title, subtitle, alt, spec)


def _strips(inputs: Inputs, held: Held) -> Chart:
    order = [each.title for each in held.package.issues]
    y = {"field": "issue_label", "type": "nominal", "sort": order, "axis": {"title": None, "labelLimit": 260}}
    axis = {"title": Text("Share of agreements", "占协议比例"), "format": ".0%", "tickCount": 5}
    x = {"field": "from", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis}
    shade = {
        "field": "place",
        "type": "quantitative",
        "scale": {"scheme": "cividis", "domain": [0, 1]},
        "legend": {"title": Text("Option, first to last", "选项（首至末）"), "values": [0, 1], "format": ".0%",
                   "orient": "top", "gradientLength": 140},
    }  # fmt: skip
    ink = {"condition": {"test": "datum.place > 0.55", "value": "#111111"}, "value": "#FFFFFF"}
    words = {"text": {"field": "option_label", "type": "nominal"}, "color": ink}
    spec: dict[str, Any] = {
        "width": 520,
        "height": {"step": 34},
        "transform": [
            _own(held),
            {"filter": "datum.share > 0"},
            {"stack": "share", "groupby": ["issue"], "sort": [{"field": "place"}], "as": ["from", "to"]},
            {"calculate": "(datum.from + datum.to) / 2", "as": "middle"},
        ],
        "layer": [
            {
                "mark": {"type": "bar", "stroke": "white", "strokeWidth": 1.5, "height": 24},
                "encoding": {"y": y, "x": x, "x2": {"field": "to"}, "color": shade},
            },
            {
                "transform": [{"filter": "datum.share > 0.09"}],
                "mark": {"type": "text", "fontSize": 11, "limit": 150},
                "encoding": {"y": y, "x": {**x, "field": "middle"}, **words},
            },
        ],
    }
    title = package(inputs, held).text
    subtitle = Text(
        "How often each option is part of the agreement, issue by issue", "各议题中各选项成为协议内容的频率"
    )  # fmt: skip
    alt = Text(f"Strips of options by issue. {title.en}", f"各议题选项的条形图。{title.of('zh')}")
    return Chart("packages", "packages", title, subtitle, alt, spec)


def _dumbbell(inputs: Inputs, held: Held) -> Chart:
    y = {"field": "member_label", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 200}}
    axis = {"title": Text("Share of its range", "占其区间的比例"), "format": ".0%", "tickCount": 6}
    x = {"field": "gain", "type": "quantitative", "axis": axis}
    what = {"talks": Text("has in the end", "最终所得"), "nash": Text("at the Nash solution", "纳什解所得")}
    scale = {"domain": list(what.values()), "range": [BLUE, ORANGE]}

    def dot(field: str, words: Text, shape: str) -> dict[str, Any]:
        colour = {"datum": words, "type": "nominal", "scale": scale, "legend": {"title": None, "orient": "top"}}
        mark = {"type": "point", "filled": True, "size": 90, "shape": shape, "opacity": 1}
        return {"mark": mark, "encoding": {"y": y, "x": {**x, "field": field}, "color": colour}}

    spec: dict[str, Any] = {
        "width": 460,
        "height": {"step": 26},
        "transform": [_own(held)],
        "layer": [
            {
                "mark": {"type": "rule", "color": "#BDBDBD", "strokeWidth": 1.5},
                "encoding": {"y": y, "x": {**x, "field": "gain_low"}, "x2": {"field": "gain_high"}},
            },
            {
                "mark": {"type": "rule", "color": "#777777", "strokeWidth": 4},
                "encoding": {"y": y, "x": x, "x2": {"field": "compromise"}},
            },
            dot("compromise", what["nash"], "diamond"),
            dot("gain", what["talks"], "circle"),
        ],
    }
    title = gaining(inputs, held).text
    subtitle = Text(
        "Means over draws, 0 without agreement; thin line: 90 % of draws of what each has in the end",
        "各抽样均值，无协议计为0；细线为最终所得的90%抽样区间",
    )
    alt = Text(f"Dumbbells of gains. {title.en}", f"所得的哑铃图。{title.of('zh')}")
    return Chart("gains", "members", title, subtitle, alt, spec)
