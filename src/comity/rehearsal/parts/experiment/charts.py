"""Charts of an experiment: the tornado, the response with its band or as a map, variance shares, paired differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.kernel.result import Chart, Finding, Text
from comity.model.analysis import Inputs
from comity.rehearsal.parts.experiment.labels import UNITS, point_label, unit_label, value_label
from comity.rehearsal.parts.experiment.measuring import Measured, Outcome
from comity.rehearsal.parts.experiment.tables import ENDS, ORDERS
from comity.rehearsal.parts.self_enforcement.wording import BLUE, GREY, ORANGE
from comity.rehearsal.parts.varying.ranges import Among
from comity.rehearsal.parts.varying.setting import Factor


def charts(
    inputs: Inputs,
    found: Measured,
    varied: Sequence[Factor],
    labels: Mapping[str, Text],
    *,
    outcome: str,
    told: Sequence[Finding],
) -> tuple[Chart, ...]:
    """All charts that the experiment has something for; each says the finding it shows.

    Args:
        inputs: what the analysis may read.
        found: what was measured.
        varied: the factors.
        labels: what a reader calls them.
        outcome: the outcome that is shown by factor.
        told: the findings.
    """
    by = {name: each.text for each in reversed(told) for name in each.figures}
    made: list[Chart] = []
    if varied:
        made.append(
            _tornado(found, varied, labels, outcome=outcome, title=by.get("swing_high", by.get("swing", told[0].text)))
        )
        if found.chosen == "grid" and len(varied) == 1:
            made.append(_curve(varied[0], labels, outcome=found.outcomes[outcome], title=by.get("best", told[0].text)))
        if found.chosen == "grid" and len(varied) == 2:
            made.append(_map(found, varied, labels, outcome=outcome, title=by["best"]))
        if outcome in found.indices:
            made.append(_shares(found, varied, labels, outcome=outcome, title=by["total"]))
    if found.differences:
        made.append(_differences(inputs, found, labels, outcome=outcome, title=by["difference"]))
    return tuple(made)


def _axis(outcome: Outcome) -> dict[str, Any]:
    """An axis of an outcome: per cent, billions of dollars or plain numbers."""
    if outcome.percent:
        return {"title": outcome.title, "format": ".0%"}
    unit = UNITS[outcome.unit]
    title = Text(f"{outcome.title.en}, {unit.en}", f"{outcome.title.of('zh')}，{unit.of('zh')}")
    return {"title": title, "tickCount": 6, "format": ",.0f" if outcome.unit.startswith("million") else ",.4~r"}


def _tornado(
    found: Measured, varied: Sequence[Factor], labels: Mapping[str, Text], *, outcome: str, title: Text
) -> Chart:
    reach: dict[str, list[float]] = {each.path: [] for each in varied}
    for number in found.of("end"):
        reach[found.points[number].changes[0][0]].append(found.means[number][outcome].value)
    order = [labels[path] for path in sorted(reach, key=lambda path: min(reach[path]) - max(reach[path]))]
    kind = found.outcomes[outcome]
    y = {
        "field": "factor_label",
        "type": "nominal",
        "sort": order,
        "axis": {"title": None, "labelLimit": 260, "grid": False},
    }
    x = {"field": "mean", "type": "quantitative", "axis": _axis(kind), "scale": {"zero": False, "nice": True}}
    scale = {"domain": list(ENDS.values()), "range": [BLUE, ORANGE]}
    colour = {"field": "end_label", "type": "nominal", "scale": scale, "legend": {"title": None, "orient": "top"}}
    sums = [{"calculate": f"datum.written + datum.{end}", "as": f"at_{end}"} for end in ("low", "high")]
    offset = {"field": "place", "type": "ordinal"}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar"},
            "encoding": {"y": y, "yOffset": offset, "x": x, "x2": {"field": "written"}, "color": colour},
        },
        {
            "mark": {"type": "rule", "color": "#333333"},
            "encoding": {"y": y, "yOffset": offset, "x": {**x, "field": "at_low"}, "x2": {"field": "at_high"}},
        },
        {
            "mark": {"type": "text", "dx": 5, "align": "left", "fontSize": 11},
            "encoding": {"y": y, "yOffset": offset, "x": {**x, "field": "reach"}, "text": {"field": "value_label"}},
        },
        {
            "mark": {"type": "rule", "color": "#000000", "strokeWidth": 1.2},
            "encoding": {"x": {**x, "field": "written", "aggregate": "mean"}},
        },
    ]
    spec: dict[str, Any] = {
        "transform": [
            *sums,
            {"calculate": "max(datum.mean, datum.at_high, datum.written)", "as": "reach"},
        ],
        "width": 430,
        "height": {"step": 22},
        "layer": layers,
    }
    subtitle = Text(
        f"{kind.title.en} where one factor is put to an end of its range, all else as written (line); whiskers: 90 % "
        "interval of the paired difference",
        f"单一因素取其范围端点、其余按原文（竖线）时的{kind.title.of('zh')}；须线：配对差的90%区间",
    )
    alt = Text(f"Tornado chart of single factors. {title.en}", f"单因素龙卷风图。{title.of('zh')}")
    return Chart("tornado", "swings", title, subtitle, alt, spec)


def _factor_axis(factor: Factor, labels: Mapping[str, Text]) -> dict[str, Any]:
    name = labels[factor.path]
    unit = getattr(factor.range, "unit", "")
    title = Text(f"{name.en[0].upper()}{name.en[1:]}", name.of("zh"))
    if unit:
        word = unit_label(unit)
        title = Text(f"{title.en}, {word.en}", f"{title.of('zh')}，{word.of('zh')}")
    return {"title": title, "labelAngle": 0}


def _channel(factor: Factor, labels: Mapping[str, Text], axis: str, *, stepped: bool) -> dict[str, Any]:
    """A position on an axis: a number along a scale, or words and steps side by side."""
    held = _factor_axis(factor, labels)
    if isinstance(factor.range, Among):
        words = [value_label(each) for each in factor.range.words]
        return {"field": f"{axis}_value_label", "type": "nominal", "sort": words, "axis": {**held, "labelLimit": 160}}
    if factor.place.kind in {"share", "triple"} and not factor.range.whole:
        held["format"] = ".0%" if float(factor.range.high - factor.range.low) >= 0.1 else ".1%"
    kind = "ordinal" if stepped else "quantitative"
    return {"field": axis, "type": kind, "axis": held, **({} if stepped else {"scale": {"zero": False}})}


def _curve(factor: Factor, labels: Mapping[str, Text], *, outcome: Outcome, title: Text) -> Chart:
    kind = outcome
    x = _channel(factor, labels, "x", stepped=False)
    y = {"field": "mean", "type": "quantitative", "axis": _axis(kind), "scale": {"zero": False}}
    line = {"mark": {"type": "line", "color": BLUE, "point": {"color": BLUE}}, "encoding": {"x": x, "y": y}}
    band_y = {"y": {**y, "field": "low"}, "y2": {"field": "high"}}
    band = {"mark": {"type": "area", "color": BLUE, "opacity": 0.25}, "encoding": {"x": x, **band_y}}
    if isinstance(factor.range, Among):
        line = {"mark": {"type": "point", "filled": True, "size": 70, "color": BLUE}, "encoding": {"x": x, "y": y}}
        band = {"mark": {"type": "rule", "color": BLUE}, "encoding": {"x": x, **band_y}}
    spec: dict[str, Any] = {"width": 520, "height": 240, "layer": [band, line]}
    subtitle = Text(
        f"{kind.title.en}, mean of runs; band: 90 % interval of the mean",
        f"{kind.title.of('zh')}，各次均值；色带：均值的90%区间",
    )
    alt = Text(f"Curve of the outcome over the factor. {title.en}", f"结果随因素变化的曲线。{title.of('zh')}")
    return Chart("response", "response", title, subtitle, alt, spec)


def _map(
    found: Measured, varied: Sequence[Factor], labels: Mapping[str, Text], *, outcome: str, title: Text
) -> Chart:  # fmt: skip
    kind = found.outcomes[outcome]
    x, y = (_channel(each, labels, axis, stepped=True) for each, axis in zip(varied, ("x", "y"), strict=True))
    if not isinstance(varied[1].range, Among):
        y["sort"] = "descending"
    axis = _axis(kind)
    legend = {"title": kind.title, "format": axis.get("format", ".2f"), "orient": "right"}
    colour = {"field": "mean", "type": "quantitative", "scale": {"scheme": "viridis"}, "legend": legend}
    ends = [found.means[number][outcome].value for number in found.of("design")]
    middle = (min(ends) + max(ends)) / 2
    shown = {"field": "mean", "type": "quantitative", "format": axis.get("format", ".2f")}
    light = {"condition": {"test": f"datum.mean < {middle}", "value": "#FFFFFF"}, "value": "#000000"}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "rect"}, "encoding": {"x": x, "y": y, "color": colour}},
        {"mark": {"type": "text", "fontSize": 10}, "encoding": {"x": x, "y": y, "text": shown, "color": light}},
    ]
    spec: dict[str, Any] = {
        "width": {"step": 96 if isinstance(varied[0].range, Among) else 52},
        "height": {"step": 26},
        "layer": layers,
    }
    unit = axis["title"]
    subtitle = Text(f"{unit.en}: mean of runs at each pair of values", f"{unit.of('zh')}：各组取值下的均值")
    alt = Text(f"Heat map of the outcome over two factors. {title.en}", f"结果随两因素变化的热图。{title.of('zh')}")
    return Chart("map", "response", title, subtitle, alt, spec)


def _shares(
    found: Measured, varied: Sequence[Factor], labels: Mapping[str, Text], *, outcome: str, title: Text
) -> Chart:
    names = [labels[each.path] for each in varied]
    y = {"field": "factor_label", "type": "nominal", "sort": names, "axis": {"title": None, "labelLimit": 260}}
    axis = {"title": Text("Share of the variance between settings", "占设定间方差的比例"), "format": ".0%"}
    x = {"field": "share", "type": "quantitative", "axis": axis}
    offset = {"field": "order_label", "type": "nominal", "sort": list(ORDERS.values())}
    scale = {"domain": list(ORDERS.values()), "range": [BLUE, GREY]}
    colour = {"field": "order_label", "type": "nominal", "scale": scale, "legend": {"title": None, "orient": "top"}}
    rule = {"x": {**x, "field": "low"}, "x2": {"field": "high"}}
    spec: dict[str, Any] = {
        "transform": [{"filter": f"datum.outcome === '{outcome}'"}],
        "width": 430,
        "height": {"step": 16},
        "layer": [
            {"mark": "bar", "encoding": {"y": y, "yOffset": offset, "x": x, "color": colour}},
            {"mark": {"type": "rule", "color": "#333333"}, "encoding": {"y": y, "yOffset": offset, **rule}},
        ],
    }
    kind = found.outcomes[outcome].title
    subtitle = Text(
        f"Sobol' indices of {kind.en.lower()}, all factors varied together; whiskers: 90 % bootstrap intervals",
        f"{kind.of('zh')}的Sobol'指数，各因素同时变动；须线：90%自助法区间",
    )
    alt = Text(f"Bars of variance shares by factor. {title.en}", f"各因素方差比例的条形图。{title.of('zh')}")
    return Chart("indices", "indices", title, subtitle, alt, spec)


def _differences(
    inputs: Inputs, found: Measured, labels: Mapping[str, Text], *, outcome: str, title: Text
) -> Chart:  # fmt: skip
    numbers = dict.fromkeys(number for number, _ in found.differences)
    names = [point_label(inputs, labels, found.points[number]) for number in numbers]
    kind = found.outcomes[outcome]
    axis = _axis(kind)
    more = Text(f"Difference: {axis['title'].en}", f"差异：{axis['title'].of('zh')}")
    x = {"field": "difference", "type": "quantitative", "axis": {**axis, "title": more}}
    y = {"field": "setting_label", "type": "nominal", "sort": names, "axis": {"title": None, "labelLimit": 300}}
    rule = {"x": {**x, "field": "low"}, "x2": {"field": "high"}}
    nought = {"mark": {"type": "rule", "strokeDash": [4, 3], "color": "#333333"}, "encoding": {"x": {"datum": 0}}}
    spec: dict[str, Any] = {
        "transform": [{"filter": f"datum.outcome === '{outcome}'"}],
        "width": 430,
        "height": {"step": 34},
        "layer": [
            nought,
            {"mark": {"type": "rule", "color": BLUE, "strokeWidth": 2}, "encoding": {"y": y, **rule}},
            {"mark": {"type": "point", "filled": True, "size": 80, "color": BLUE}, "encoding": {"y": y, "x": x}},
        ],
    }
    subtitle = Text(
        f"{kind.title.en}: other setting less the setting as written, run by run on the same random numbers; line: 90 "
        "% interval",
        f"{kind.title.of('zh')}：另一设定减原文，逐次使用相同随机数；线段：90%区间",
    )
    alt = Text(f"Points with intervals of paired differences. {title.en}", f"配对差及其区间的点图。{title.of('zh')}")
    return Chart("differences", "differences", title, subtitle, alt, spec)
