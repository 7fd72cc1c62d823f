"""The charts of the sheet of resilience: the heat table with its gaps, and who is among the first how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.kernel.result import Chart, Text
from comity.selection.resilience_tables import TREATMENTS, titled
from comity.selection.words import MEMBER, OTHER, bars, sentence

if TYPE_CHECKING:
    from comity.selection.resilience_sheet import Sheet

SHOWN = 24
"""Members in the charts."""


def heat(sheet: Sheet, finding: Text) -> Chart:
    """Members by indicators: shaded by place in the world, hollow where there is a gap."""
    order = list(titled(sheet).values())
    who = {"field": "member_label", "type": "nominal", "sort": {"field": "order", "op": "min"}}
    what = {"field": "indicator_label", "type": "nominal", "sort": order, "axis": {"title": None, "labelLimit": 320}}
    across = {
        **who,
        "axis": {"title": None, "orient": "top", "labelAngle": -40, "labelLimit": 140, "labelOverlap": False},
    }
    shade = {
        "field": "place",
        "type": "quantitative",
        "scale": {"scheme": "viridis", "domain": [0, 1]},
        "legend": {"title": Text("Ahead of (share of states)", "领先的国家比例"), "format": ".0%", "orient": "bottom"},
    }
    ink = {"condition": {"test": "datum.place < 0.6", "value": "white"}, "value": "#222222"}
    place = {"x": across, "y": what}
    spec: dict[str, Any] = {
        "transform": [{"filter": f"datum.order <= {SHOWN}"}],
        "width": {"step": 54},
        "height": {"step": 26},
        "layer": [
            {
                "mark": {"type": "rect", "fill": "white", "stroke": "#BDBDBD", "strokeDash": [3, 2]},
                "transform": [{"filter": "datum.value === null"}],
                "encoding": place,
            },
            {
                "mark": {"type": "text", "text": "–", "color": "#777777"},
                "transform": [{"filter": "datum.value === null"}],
                "encoding": place,
            },
            {
                "mark": {"type": "rect", "stroke": "white"},
                "transform": [{"filter": "datum.value !== null"}],
                "encoding": {**place, "color": shade},
            },
            {
                "mark": {"type": "text", "fontSize": 10},
                "transform": [{"filter": "datum.value !== null"}],
                "encoding": {
                    **place,
                    "text": {"field": "value", "type": "quantitative", "format": ",.3~r"},
                    "color": ink,
                },
            },
        ],
    }
    alt = Text(
        f"Heat table of {len(sheet.wanted)} indicators by {min(len(sheet.members), SHOWN)} states. {finding.en}",
        f"{len(sheet.wanted)}项指标与{min(len(sheet.members), SHOWN)}个国家的热力表。{finding.of('zh')}",
    )
    subtitle = Text(
        "Latest figure of each state in the indicator's own unit; shade: share of the world's states it is ahead of; "
        "dashed: gap",
        "各国最近数据，单位依指标而定；色阶为领先的世界国家比例；虚线框为缺项",
    )
    return Chart("heat", "sheet", finding, subtitle, alt, spec)


def acceptability(sheet: Sheet, finding: Text) -> Chart:
    """How often each member is among the first, with both treatments of gaps."""
    rows = min(len(sheet.ranked), SHOWN)
    words = list(TREATMENTS.values())
    who = {"field": "member_label", "type": "nominal", "sort": {"field": "order", "op": "min"}, "axis": {"title": None}}
    kind = {"field": "treatment_label", "type": "nominal"}
    legend = {"title": None, "orient": "bottom"}
    axis = {
        "format": ".0%",
        "title": Text(f"Share of weightings among the first {sheet.top}", f"居前{sheet.top}位的权重组合占比"),
    }
    share = {"field": "top", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis}
    offset = {"yOffset": {**kind, "sort": words}}
    colour = {"color": {**kind, "scale": {"domain": words, "range": [MEMBER, OTHER]}, "legend": legend}}
    both = {**offset, **colour}
    spec: dict[str, Any] = {
        **bars(rows * 2),
        "width": 480,
        "transform": [{"filter": f"datum.order <= {SHOWN}"}],
        "layer": [
            {"mark": {"type": "bar", "opacity": 0.3}, "encoding": {"y": who, "x": share, **offset, **colour}},
            {
                "mark": {"type": "rule", "strokeWidth": 2},
                "encoding": {"y": who, "x": {**share, "field": "top_low"}, "x2": {"field": "top_high"}, **both},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
                "encoding": {
                    "y": who, "x": share, **offset, **colour,
                    "shape": {**kind, "scale": {"domain": words, "range": ["circle", "diamond"]}},
                },
            },
        ],
    }  # fmt: skip
    pattern = Text(
        "Share of weightings of the indicators with figures in which a state is among the first {top}, with 95 % "
        "interval; {draws:,} weightings drawn uniformly, seed {seed}",
        "各国在有数据指标的随机权重下居前{top}位的占比及95%区间；均匀抽取{draws:,}组权重，种子{seed}",
    )
    draws = next(iter(sheet.ranks.values())).draws
    subtitle = sentence(pattern, top=sheet.top, draws=draws, seed=sheet.inputs.seed)
    alt = Text(
        f"Bars by state and treatment of gaps. {finding.en}", f"按国家与缺项处理方式的条形图。{finding.of('zh')}"
    )
    return Chart("acceptability", "ranks", finding, subtitle, alt, spec)
