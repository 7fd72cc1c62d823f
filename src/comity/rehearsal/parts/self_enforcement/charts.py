"""Charts of promises that keep themselves: the map of patience and noise, and what each suspension leaves of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.kernel.result import Chart, Finding, Table, Text
from comity.kernel.saying import BLUE, GREEN, ORANGE, VERMILION, parts
from comity.model.analysis import Inputs
from comity.rehearsal.parts.self_enforcement.keeping import Kept
from comity.rehearsal.parts.self_enforcement.tables import PAYMENT, WHERE, lengths, versions

_SHADES = {"both": GREEN, "paid": ORANGE, "unpaid": VERMILION, "plain": BLUE, "neither": "#E8E8E8"}


def charts(inputs: Inputs, found: Sequence[Kept], told: Sequence[Finding], drawn: Table) -> tuple[Chart, ...]:
    """Where each promise of the institution can be kept, and what it is worth by the length of the suspension.

    Args:
        inputs: what the analysis may read.
        found: the promises.
        told: the findings, which give the titles.
        drawn: the map of patience and noise.
    """
    body = inputs.institution
    own = [each for each in found if each.promise.institution is body]
    order = list(versions(inputs, own).values())
    mine: dict[str, Any] = {"filter": f"datum.institution === '{body.name}'"}
    by_name = {name: each for each in told for name in each.figures}
    where = by_name.get("critical", told[0]).text
    worth = by_name.get("least", told[0]).text
    there = set(drawn.frame["kept"].to_list())
    return _map(mine, order, where, [word for word in WHERE if word in there]), _suspensions(mine, order, own, worth)


def _map(mine: dict[str, Any], order: list[Text], title: Text, shown: Sequence[str]) -> Chart:
    axis = {"values": [0, 0.2, 0.4, 0.6, 0.8, 1], "grid": False}
    x_title = Text(
        "Discount factor from one look to the next (patience grows to the right)", "每期贴现因子（越靠右越有耐心）"
    )
    x = {"field": "left", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {**axis, "title": x_title}}
    y_title = Text("Looks that err", "核查出错比例")
    y = {
        "field": "low",
        "type": "quantitative",
        "scale": {"domain": [0, 0.5]},
        "axis": {"title": y_title, "format": ".0%", "values": [0, 0.1, 0.2, 0.3, 0.4, 0.5], "grid": False},
    }
    scale = {"domain": [WHERE[word] for word in shown], "range": [_SHADES[word] for word in shown]}
    legend = {"title": Text("Can be kept", "能够履行"), "orient": "top", "columns": 4, "labelLimit": 240}
    cells = {
        "mark": {"type": "rect", "strokeWidth": 0.4},
        "encoding": {
            "x": x,
            "x2": {"field": "right"},
            "y": y,
            "y2": {"field": "top"},
            "color": {"field": "kept_label", "type": "nominal", "scale": scale, "legend": legend},
            "stroke": {"field": "kept_label", "type": "nominal", "scale": scale, "legend": None},
        },
    }
    own = {
        "transform": [{"filter": "datum.here === 'own'"}, {"calculate": "datum.noise + 0.01", "as": "middle"}],
        "mark": {"type": "point", "shape": "diamond", "filled": True, "size": 90, "color": "#000000"},
        "encoding": {"x": {**x, "field": "factor"}, "y": {**y, "field": "middle"}},
    }
    spec: dict[str, Any] = {
        "transform": [
            mine,
            {"calculate": "datum.factor - 0.01", "as": "left"},
            {"calculate": "datum.factor + 0.01", "as": "right"},
            {"calculate": "datum.noise", "as": "low"},
            {"calculate": "datum.noise + 0.02", "as": "top"},
        ],
        **parts("version", order),
        "spec": {"width": 460, "height": 170, "layer": [cells, own]},
    }
    subtitle = Text(
        "Where some suspension deters every party, at the modes; false alarms and misses alike; diamond: as stated",
        "在众数下存在足以威慑各方的中止期的区域；误报与漏报比例相同；菱形为现定位置",
    )
    alt = Text(
        f"Map of patience against noise, shaded by whether a promise can be kept. {title.en}",
        f"耐心与噪声的区域图，按承诺能否履行着色。{title.of('zh')}",
    )
    return Chart("map", "map", title, subtitle, alt, spec)


def _suspensions(mine: dict[str, Any], order: list[Text], own: Sequence[Kept], title: Text) -> Chart:
    words = list(lengths(own).values())
    axis = {"title": Text("Suspension after a notice, in looks", "违约通知后的中止期（核查次数）"), "labelAngle": 0}
    x = {"field": "looks_label", "type": "nominal", "sort": words, "axis": axis}
    y_axis = {"title": Text("bn USD a year", "十亿美元/年"), "tickCount": 4}
    y = {"field": "billions", "type": "quantitative", "axis": y_axis}
    side = {"field": "payment_label", "type": "nominal", "sort": list(PAYMENT.values())}
    sides = [word for word in PAYMENT if any(each.paid == (word == "with") for each in own)]
    shades = {"with": ORANGE, "without": BLUE}
    scale = {"domain": [PAYMENT[word] for word in sides], "range": [shades[word] for word in sides]}
    colour = {**side, "scale": scale, "legend": {"title": None, "orient": "top"}}
    bars = {
        "mark": {"type": "bar"},
        "encoding": {
            "x": x,
            "xOffset": side,
            "y": y,
            "color": colour,
            "opacity": {"condition": {"test": "datum.holds", "value": 1}, "value": 0.18},
        },
    }
    whiskers = {
        "mark": {"type": "rule", "color": "#444444"},
        "encoding": {"x": x, "xOffset": side, "y": {**y, "field": "billions_low"}, "y2": {"field": "billions_high"}},
    }
    sums = [
        {"calculate": f"datum.{name} / 1000", "as": name.replace("value", "billions")}
        for name in ("value", "value_low", "value_high")
    ]
    spec: dict[str, Any] = {
        "transform": [mine, *sums],
        **parts("version", order),
        "resolve": {"scale": {"y": "independent"}},
        "spec": {"width": 460, "height": 150, "layer": [bars, whiskers]},
    }
    subtitle = Text(
        "What the promise is worth to all members if it is kept, median and 90 % of draws; pale: it would not be kept",
        "若得以履行，承诺对全体成员的价值，中位数与90%抽样；浅色：不会得到履行",
    )
    alt = Text(
        f"Bars of value by the length of the suspension. {title.en}", f"按中止期长短列示的价值柱状图。{title.of('zh')}"
    )
    return Chart("suspensions", "suspensions", title, subtitle, alt, spec)
