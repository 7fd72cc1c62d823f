"""The line of positions over sessions, and the grid of agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.kernel.result import Chart, Finding, Text
from comity.model.analysis import Inputs
from comity.model.stakes import Group
from comity.model.votes import GROUP_TITLES

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#000000", "#7F7F7F", "#8C564B", "#F0E442")
"""Colours of Okabe and Ito, then greys."""


def charts(
    inputs: Inputs, latest: Mapping[str, Mapping[str, Any]], findings: Sequence[Finding], group: Group
) -> tuple[Chart, ...]:
    """Positions over sessions with bands for the members, and agreement of each pair over sessions."""
    body = inputs.institution
    members = [each for each in body.members_on(inputs.on or body.as_of) if each in latest][: len(COLOURS)]
    if len(members) < 2:
        return ()
    names = [inputs.actors[member].name() for member in members]
    ordered = sorted(members)
    grid = _grid(ordered, [inputs.actors[member].name() for member in ordered], findings)
    return (_paths(members, names, findings[0].text, group), grid)


def _paths(members: Sequence[str], names: Sequence[Text], title: Text, group: Group) -> Chart:
    who = {
        "field": "iso3_label",
        "type": "nominal",
        "scale": {"domain": list(names), "range": list(COLOURS[: len(names)])},
    }
    colour = {**who, "legend": {"title": None, "orient": "top", "columns": 5}}
    along = {"field": "session", "type": "quantitative", "scale": {"zero": False, "nice": False}}
    x = {
        **along,
        "axis": {"title": Text("Session of the General Assembly", "联大届会"), "tickMinStep": 1, "format": "d"},
    }
    y = {"type": "quantitative", "axis": {"title": Text("Ideal point (standard deviations)", "理想点（标准差）")}}
    spec: dict[str, Any] = {
        "transform": [{"filter": {"field": "iso3", "oneOf": list(members)}}],
        "width": 520,
        "height": 300,
        "layer": [
            {
                "mark": {"type": "area", "opacity": 0.18},
                "encoding": {
                    "x": x,
                    "y": {**y, "field": "low"},
                    "y2": {"field": "high"},
                    "color": colour,
                },
            },
            {
                "mark": {"type": "line", "strokeWidth": 2},
                "encoding": {"x": x, "y": {**y, "field": "value"}, "color": colour},
            },
        ],
    }
    subtitle = Text(
        f"Ideal points from {GROUP_TITLES[group].en}, with 90 % bands; the United States defines the high end",
        f"由“{GROUP_TITLES[group].zh}”推得的理想点及90%区间带；以美国为高端",
    )
    alt = Text(f"Lines of ideal points by session. {title.en}.", f"各届理想点折线。{title.zh}。")
    return Chart("points", "points", title, subtitle, alt, spec)


def _grid(members: Sequence[str], names: Sequence[Text], findings: Sequence[Finding]) -> Chart:
    title = next(
        (each.text for each in findings if any(key.startswith("cohesion") for key in each.figures)), findings[0].text
    )
    axis = {"type": "nominal", "sort": list(names)}
    place = {
        "x": {**axis, "field": "other_label", "axis": {"title": None, "labelAngle": -35, "orient": "top"}},
        "y": {**axis, "field": "iso3_label", "axis": {"title": None}},
    }
    colour = {
        "field": "mean", "type": "quantitative", "scale": {"scheme": "cividis", "domain": [0, 1]},
        "legend": {"title": Text("Agreement", "一致度"), "format": ".0%"},
    }  # fmt: skip
    recent = {"joinaggregate": [{"op": "max", "field": "session", "as": "last"}]}
    mean = {"aggregate": [{"op": "mean", "field": "agreement", "as": "mean"}], "groupby": ["iso3_label", "other_label"]}
    inside = {"field": "iso3", "oneOf": list(members)}
    spec: dict[str, Any] = {
        "transform": [
            {"filter": {"and": [inside, {**inside, "field": "other"}]}}, recent,
            {"filter": "datum.session > datum.last - 10"}, mean,
            {"calculate": "datum.mean > 0.55 ? '#111111' : '#FFFFFF'", "as": "ink"},
        ],
        "width": {"step": 54},
        "height": {"step": 28},
        "resolve": {"scale": {"color": "independent"}},
        "layer": [
            {"mark": {"type": "rect", "stroke": "white"}, "encoding": {**place, "color": colour}},
            {
                "mark": {"type": "text", "fontSize": 11},
                "encoding": {
                    **place,
                    "text": {"field": "mean", "type": "quantitative", "format": ".0%"},
                    "color": {"field": "ink", "type": "nominal", "scale": None},
                },
            },
        ],
    }  # fmt: skip
    subtitle = Text(
        "Mean agreement of each pair over the last ten sessions: 1 for the same vote, one half where one abstains",
        "最近十届每对成员的平均一致度：投票相同为1，一方弃权为二分之一",
    )
    alt = Text(f"Grid of agreement of pairs of members. {title.en}.", f"成员两两一致度矩阵。{title.zh}。")
    return Chart("pairs", "pairs", title, subtitle, alt, spec)
