"""The strip of an issue: the scale of texts from 0 to 100, the zone shaded on it, the status quo as a tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.kernel.result import Text

ALONG: dict[str, Any] = {"type": "quantitative", "scale": {"domain": [0, 100]}}
"""A place on the scale of texts."""
AXIS = {"title": Text("Text, from the weakest (0) to the strongest (100)", "文本：从最弱（0）到最强（100）")}


def issues_axis(order: Sequence[Text], limit: int = 280) -> dict[str, Any]:
    """One strip an issue, in this order."""
    axis = {"title": None, "labelLimit": limit}
    return {"field": "issue_label", "type": "nominal", "sort": list(order), "axis": axis}


def zone_bar(issue: dict[str, Any]) -> dict[str, Any]:
    """The zone of each issue, from its columns ``zone_low`` and ``zone_high``."""
    return {
        "mark": {"type": "bar", "height": 16, "color": "#CFE3F2"},
        "encoding": {
            "y": issue,
            "x": {**ALONG, "field": "zone_low", "aggregate": "min", "axis": AXIS},
            "x2": {"field": "zone_high", "aggregate": "max"},
        },
    }


def quo_tick(issue: dict[str, Any], *, color: str = "#444444", height: int = 20) -> dict[str, Any]:
    """The status quo of each issue, from its column ``status_quo``."""
    return {
        "mark": {"type": "tick", "thickness": 2, "color": color, "height": height},
        "encoding": {"y": issue, "x": {**ALONG, "field": "status_quo", "aggregate": "min"}},
    }
