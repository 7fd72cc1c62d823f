"""The chart of what payments change: promises kept under each payment, way of playing by way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.kernel.result import Chart, Text
from comity.kernel.saying import BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION
from comity.rehearsal.parts.payment.measuring import Paid

PALETTE = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, "#000000", "#999999")


def charts(found: Sequence[Paid], title: Text) -> tuple[Chart, ...]:
    """Promises kept under each payment, and by how much more than without.

    Args:
        found: ways of playing under each payment.
        title: the answer.
    """
    settings = list(dict.fromkeys(each.title for each in found))
    ways = list(dict.fromkeys(each.held.title for each in found))[: len(PALETTE)]
    shown = ", ".join(f"'{each}'" for each in dict.fromkeys(each.held.way for each in found if each.held.title in ways))
    y = {"field": "setting_label", "type": "nominal", "sort": settings,
         "axis": {"title": None, "labelLimit": 260, "grid": False}}  # fmt: skip
    offset = {"field": "way_label", "type": "nominal", "sort": ways}
    scale = {"domain": ways, "range": list(PALETTE[: len(ways)])}
    legend = {"title": None, "orient": "top", "columns": 3, "labelLimit": 260}
    colour = {"field": "way_label", "type": "nominal", "scale": scale, "legend": legend}

    def panel(of: str, name: Text, *, first: bool) -> dict[str, Any]:
        x: dict[str, Any] = {"field": of, "type": "quantitative",
                             "axis": {"title": name, "format": "%" if first else "+.0%", "tickCount": 5}}  # fmt: skip
        down = y if first else {**y, "axis": {**y["axis"], "labels": False, "ticks": False}}  # type: ignore[dict-item]
        rule = {"x": {**x, "field": f"{of}_low"}, "x2": {"field": f"{of}_high"}}
        zero: list[dict[str, Any]] = [] if first else [
            {"mark": {"type": "rule", "strokeDash": [4, 3], "color": "#333333"}, "encoding": {"x": {"datum": 0}}}
        ]  # fmt: skip
        marks: list[dict[str, Any]] = [
            {"mark": {"type": "rule", "strokeWidth": 2},
             "encoding": {"y": down, "yOffset": offset, "color": colour, **rule}},
            {"mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
             "encoding": {"y": down, "yOffset": offset, "color": colour, "x": x}},
        ]  # fmt: skip
        return {"width": 230, "height": {"step": 13, "for": "offset"}, "layer": [*zero, *marks]}

    spec: dict[str, Any] = {
        "transform": [{"filter": f"indexof([{shown}], datum.way) >= 0"}],
        "hconcat": [
            panel("kept", Text("Promises kept, of those due", "到期承诺履行率"), first=True),
            panel("more", Text("More than without payment", "较无付款时的增加"), first=False),
        ],
        "spacing": 16,
    }
    subtitle = Text(
        "Left: share kept; right: paired difference, run by run on the same chances; lines: intervals of 95 %",
        "左：履行率；右：同一偶然性下逐次配对的差额；线段：95%区间",
    )
    alt = Text(
        f"Points with intervals by payment and way of playing. {title.en}", f"各付款与行事方式的点图。{title.of('zh')}"
    )
    return (Chart("games", "games", title, subtitle, alt, spec),)
