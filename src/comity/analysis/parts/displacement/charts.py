"""The figures of displacement: issues before forums, shares with and without the body, the phase diagram."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.displacement.displacing import LEVELS, Displaced
from comity.analysis.parts.displacement.shopping import COMMONS, RIVALRIES
from comity.analysis.parts.displacement.tables import STAGES, VARIANTS, forum_labels
from comity.analysis.parts.displacement.words import phase_title, variants_finding
from comity.kernel.result import Chart, Finding, Text
from comity.kernel.saying import BLUE, THIN, VERMILION, said
from comity.model.analysis import Inputs
from comity.model.naming import short

DIM = "#7F7F7F"


def charts(inputs: Inputs, found: Displaced, told: Sequence[Finding]) -> tuple[Chart, ...]:
    """All of them, the answer first."""
    return (
        _dumbbell(found, told[0].text),
        _heat(inputs, found, told[2].text),
        _variants(inputs, found),
        _phase(inputs, found),
    )


def _dumbbell(found: Displaced, title: Text) -> Chart:
    order = list(forum_labels(found).values())
    y = {"field": "forum_label", "type": "nominal", "sort": order, "axis": {"title": None, "labelLimit": 160}}
    axis = {"title": Text("Share of the issues on which it is first", "居首议题份额"), "format": ".0%", "tickCount": 6}
    x = {"field": "share", "type": "quantitative", "axis": axis, "scale": {"domainMin": 0}}
    stages = list(STAGES.values())
    stage = {
        "field": "stage_label",
        "type": "nominal",
        "scale": {"domain": stages, "range": [DIM, BLUE]},
        "legend": {"title": None, "orient": "top", "symbolOpacity": 1, "symbolType": "circle"},
    }
    offset = {"field": "stage_label", "type": "nominal", "sort": stages}
    bars = {
        "mark": {"type": "rule", "strokeWidth": 7, "opacity": 0.18},
        "encoding": {
            "y": y,
            "yOffset": offset,
            "x": {**x, "field": "share_low"},
            "x2": {"field": "share_high"},
            "color": stage,
        },
    }
    points = {
        "mark": {"type": "point", "filled": True, "size": 85, "opacity": 1},
        "encoding": {"y": y, "yOffset": offset, "x": x, "color": stage},
    }
    link = {
        "mark": {"type": "line", "color": "#444444", "strokeWidth": 1.4},
        "encoding": {"y": y, "yOffset": offset, "x": x, "detail": {"field": "forum"}},
    }
    spec: dict[str, Any] = {
        "width": 460,
        "height": {"step": 34, "for": "position"},
        "layer": [bars, link, points],
    }
    subtitle = said(
        f"Mean over {found.draws} draws; bars: the middle 90{THIN}% of draws",
        f"{found.draws}次抽样的均值；条形为90{THIN}%的抽样",
    )
    alt = Text(f"Shares of the issues by forum. {title.en}.", f"各论坛居首议题份额。{title.of('zh')}。")
    return Chart("shares", "forums", title, subtitle, alt, spec)


def _heat(inputs: Inputs, found: Displaced, title: Text) -> Chart:
    titles = [inputs.wanted().stakes.issues[issue].title for issue in found.given.issues]
    forums = list(forum_labels(found).values())
    place = {
        "x": {
            "field": "forum_label",
            "type": "nominal",
            "sort": forums,
            "axis": {"title": None, "orient": "top", "labelAngle": 0, "labelLimit": 90},
        },
        "y": {"field": "issue_label", "type": "nominal", "sort": titles, "axis": {"title": None, "labelLimit": 260}},
    }
    legend = {"title": Text("First in", "居首"), "format": ".0%", "orient": "right", "gradientLength": 160}
    scale = {"scheme": "cividis", "domain": [0, 1]}
    colour = {"field": "first", "type": "quantitative", "scale": scale, "legend": legend}
    known = "isValid(datum.adopted)"
    mark = "datum.chosen === 'comes' ? '▲ ' : datum.chosen === 'stays' ? '● ' : datum.chosen === 'goes' ? '○ ' : ''"
    number = "datum.first > 0 && datum.first < 0.005 ? '<1%' : format(datum.first, '.0%')"
    ink = f"!{known} ? '#555555' : datum.first > 0.55 ? '#111111' : '#FFFFFF'"
    tile = {"type": "rect", "stroke": "white", "strokeWidth": 1.5}
    spec: dict[str, Any] = {
        "transform": [
            {"calculate": f"{known} ? ({mark}) + ({number}) : '–'", "as": "words"},
            {"calculate": ink, "as": "ink"},
        ],
        "width": {"step": 62},
        "height": {"step": 26},
        "resolve": {"scale": {"color": "independent"}},
        "layer": [
            {"transform": [{"filter": f"!{known}"}], "mark": {**tile, "color": "#EEEEEE"}, "encoding": place},
            {"transform": [{"filter": known}], "mark": tile, "encoding": {**place, "color": colour}},
            {
                "mark": {"type": "text", "fontSize": 11},
                "encoding": {
                    **place,
                    "text": {"field": "words", "type": "nominal"},
                    "color": {"field": "ink", "type": "nominal", "scale": None},
                },
            },
        ],
    }
    subtitle = Text(
        "Draws in which most movers, by capability and salience, take the issue there; ● first with and without the "
        "body, ▲ first only with it, ○ only without; – cannot take it up",
        "多数推动者（按实力与重视程度）将议题携往该论坛的抽样；●有无该机构均为首选，▲仅有该机构时为首选，○仅没有时为首选；–无从受理",
    )
    alt = Text(f"Heat table of issues against forums. {title.en}.", f"议题与论坛热表。{title.of('zh')}。")
    return Chart("cells", "cells", title, subtitle, alt, spec)


def _variants(inputs: Inputs, found: Displaced) -> Chart:
    order = [VARIANTS[name] for name in found.variants]
    axis = {"title": Text("Share of the issues on which it is first", "居首议题份额"), "format": ".0%", "tickCount": 6}
    y = {"field": "variant_label", "type": "nominal", "sort": order, "axis": {"title": None, "labelLimit": 280}}
    x = {"field": "share", "type": "quantitative", "axis": axis, "scale": {"domainMin": 0}}
    bars = {
        "mark": {"type": "rule", "strokeWidth": 8, "opacity": 0.2, "color": BLUE},
        "encoding": {"y": y, "x": {**x, "field": "share_low"}, "x2": {"field": "share_high"}},
    }
    points = {
        "mark": {"type": "point", "filled": True, "size": 85, "opacity": 1, "color": BLUE},
        "encoding": {"y": y, "x": x},
    }
    title = variants_finding(inputs, found).text
    subtitle = said(f"Mean over draws; bars: the middle 90{THIN}% of draws", f"抽样均值；条形为90{THIN}%的抽样")
    alt = Text(f"Shares under other assumptions. {title.en}.", f"其他假设下的份额。{title.of('zh')}。")
    spec: dict[str, Any] = {"width": 380, "height": {"step": 26}, "layer": [bars, points]}
    return Chart("variants", "variants", title, subtitle, alt, spec)


def _phase(inputs: Inputs, found: Displaced) -> Chart:
    body = short(inputs.institution)
    steps = len({each.shift.rivalry for each in found.phases}) - 1
    half = [(ends[1] - ends[0]) / steps / 2 for ends in (RIVALRIES, COMMONS)]
    across = Text(
        "Rivalry: spread of its members' positions (1 = the stakes)", "竞争强度：成员立场的离散（1为现有诉求）"
    )
    up = Text("Common benefit of agreeing with all, points", "与全体达成一致的共同利益（点）")
    x = {"type": "quantitative", "scale": {"domain": [RIVALRIES[0] - half[0], RIVALRIES[1] + half[0]], "nice": False}}
    y = {"type": "quantitative", "scale": {"domain": [COMMONS[0] - half[1], COMMONS[1] + half[1]], "nice": False}}
    top = max(0.5, *(each.share.value or 0.0 for each in found.phases))
    colour = {
        "field": "share",
        "type": "quantitative",
        "scale": {"scheme": "cividis", "domain": [0, top]},
        "legend": {"title": Text("First on", "居首份额"), "format": ".0%", "gradientLength": 160},
    }
    tiles = {
        "transform": [
            {"filter": "datum.part === 'cell'"},
            {"calculate": f"datum.rivalry - {half[0]}", "as": "left"},
            {"calculate": f"datum.rivalry + {half[0]}", "as": "right"},
            {"calculate": f"datum.common - {half[1]}", "as": "below"},
            {"calculate": f"datum.common + {half[1]}", "as": "above"},
        ],
        "mark": {"type": "rect", "stroke": "white", "strokeWidth": 0.5},
        "encoding": {
            "x": {**x, "field": "left", "axis": {"title": across, "grid": False, "tickCount": 5}},
            "x2": {"field": "right"},
            "y": {**y, "field": "below", "axis": {"title": up, "grid": False, "tickCount": 5}},
            "y2": {"field": "above"},
            "color": colour,
        },
    }
    written = {
        "transform": [{"filter": "datum.part === 'cell'"}],
        "mark": {"type": "text", "fontSize": 11},
        "encoding": {
            "x": {**x, "field": "rivalry"},
            "y": {**y, "field": "common"},
            "text": {"field": "share", "type": "quantitative", "format": ".0%"},
            "color": {"condition": {"test": f"datum.share > {0.55 * top}", "value": "#111111"}, "value": "#FFFFFF"},
        },
    }
    level = {
        "field": "level",
        "type": "nominal",
        "scale": {"domain": [f"{each:.0%}" for each in LEVELS], "range": [[2, 3], [7, 3], [1, 0]]},
        "legend": {"title": Text("Line", "等值线"), "symbolStrokeColor": "#444444"},
    }
    lines = {
        "transform": [{"filter": "datum.part === 'line'"}, {"calculate": "format(datum.share, '.0%')", "as": "level"}],
        "mark": {"type": "rule", "color": "#FFFFFF", "strokeWidth": 2.4},
        "encoding": {
            "x": {**x, "field": "rivalry"},
            "x2": {"field": "rivalry_to"},
            "y": {**y, "field": "common"},
            "y2": {"field": "common_to"},
            "strokeDash": level,
        },
    }
    here = {
        "transform": [
            {"filter": f"datum.part === 'cell' && datum.rivalry === {RIVALRIES[0]} && datum.common === {COMMONS[0]}"}
        ],
        "mark": {
            "type": "point",
            "shape": "diamond",
            "filled": True,
            "size": 170,
            "color": VERMILION,
            "fill": VERMILION,
            "stroke": "white",
        },
        "encoding": {"x": {**x, "datum": 1}, "y": {**y, "datum": -half[1] / 1.6}},
    }
    spec: dict[str, Any] = {"width": 430, "height": 330, "layer": [tiles, lines, written, here]}
    title = phase_title(inputs, found)
    subtitle = said(
        f"Share of the issues on which {body.en} is first; diamond: the stakes as they stand",
        f"{body.of('zh')}居首的议题份额；菱形为现有诉求所在",
    )
    alt = Text(
        f"Phase diagram over rivalry and common benefit. {title.en}.", f"竞争强度与共同利益的相图。{title.of('zh')}。"
    )
    return Chart("phase", "phase", title, subtitle, alt, spec)
