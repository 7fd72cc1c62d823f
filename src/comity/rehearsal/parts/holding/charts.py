"""Charts of whether an institution holds: survival by way of playing, promises by way, each clause over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.kernel.result import Chart, Finding, Text
from comity.kernel.saying import BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION
from comity.rehearsal.parts.holding.measuring import Held
from comity.rehearsal.parts.holding.tables import PARTS

PALETTE = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, "#000000", "#999999")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 2], [10, 3], [1, 3], [3, 1])
MOST = len(PALETTE)
"""So many ways can be told apart as lines."""


def charts(
    found: Sequence[Held], titles: Mapping[str, Text], clauses: Sequence[str], told: Sequence[Finding]
) -> tuple[Chart, ...]:
    """All charts that show something.

    Args:
        found: the ways of playing.
        titles: what a reader calls issues and clauses.
        clauses: the clauses of the charter.
        told: the findings, which give the titles.
    """
    made = [_survival(found[:MOST], told[0].text)]
    if any(each.due for each in found):
        made.append(_promises(found, titles, told[0].text))
    due = [name for name in clauses if any(name in each.due for each in found)]
    if due:
        made.append(_clauses(found[:MOST], titles, due))
    return tuple(made)


def _lines(found: Sequence[Held], title: Text) -> list[dict[str, Any]]:
    """Steps by way of playing, each with the band of its interval."""
    order = [each.title for each in found]
    x = {"field": "round", "type": "quantitative", "axis": {"title": Text("Round", "轮次"), "tickMinStep": 1}}
    y = {"field": "value", "type": "quantitative", "scale": {"domain": [0, 1]},
         "axis": {"title": title, "format": "%", "tickCount": 5}}  # fmt: skip
    scale = {"domain": order, "range": list(PALETTE[: len(order)])}
    legend = {"title": None, "orient": "bottom", "columns": 2, "labelLimit": 320, "symbolSize": 400}
    colour = {"field": "way_label", "type": "nominal", "scale": scale, "legend": legend}
    dash = {"field": "way_label", "type": "nominal", "scale": {"domain": order, "range": list(DASHES[: len(order)])},
            "legend": legend}  # fmt: skip
    band = {
        "mark": {"type": "area", "interpolate": "step", "opacity": 0.18},
        "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"},
                     "color": {**colour, "legend": None}},
    }  # fmt: skip
    line = {
        "mark": {"type": "line", "interpolate": "step", "strokeWidth": 2},
        "encoding": {"x": x, "y": y, "color": colour, "strokeDash": dash},
    }
    return [band, line]


def _shown(found: Sequence[Held]) -> str:
    return ", ".join(f"'{each.way}'" for each in found)


def _survival(found: Sequence[Held], title: Text) -> Chart:
    axis = Text("Runs in which it still holds", "仍维系的推演比例")
    header = {"title": None, "labelAnchor": "start", "labelOrient": "top", "labelFontWeight": "bold"}
    spec: dict[str, Any] = {
        "transform": [{"filter": f"indexof([{_shown(found)}], datum.way) >= 0"}],
        "facet": {"column": {"field": "part_label", "type": "nominal", "sort": list(PARTS.values()), "header": header}},
        "spacing": 24,
        "spec": {"width": 250, "height": 210, "layer": _lines(found, axis)},
    }
    number = found[0].number
    subtitle = Text(
        f"Shares of {number:,} runs by round; bands: intervals of 95 %; lines that coincide hide each other",
        f"各轮占{number:,}次推演的比例；色带：95%区间；重合的曲线相互遮盖",
    )
    ends = "; ".join(
        f"{each.title.en}: members {each.whole().value:.2f}, promises {each.unbroken().value:.2f}" for each in found
    )
    ends_zh = "；".join(
        f"{each.title.of('zh')}：成员{each.whole().value:.2f}，承诺{each.unbroken().value:.2f}" for each in found
    )
    alt = Text(
        f"Survival curves by way of playing. At the end {ends}.", f"按行事方式的存续曲线。结束时{ends_zh}。"
    )
    return Chart("survival", "survival", title, subtitle, alt, spec)


def _promises(found: Sequence[Held], titles: Mapping[str, Text], title: Text) -> Chart:
    names = list(dict.fromkeys(name for each in found for name in each.due))
    average = {
        name: sum(share.value for each in found if (share := each.kept(name)) is not None)
        / max(sum(each.kept(name) is not None for each in found), 1)
        for name in names
    }
    rows = [titles[name] for name in sorted(names, key=lambda each: -average[each])]
    y = {"field": "promise_label", "type": "nominal", "sort": rows,
         "axis": {"title": None, "labelLimit": 260, "grid": False}}  # fmt: skip
    x = {"field": "way_label", "type": "nominal", "sort": [each.title for each in found],
         "axis": {"title": None, "labelAngle": -35, "labelLimit": 200, "labelOverlap": False, "grid": False}}  # fmt: skip
    legend = {"title": Text("Kept", "履行率"), "format": "%", "orient": "right"}
    colour = {"field": "value", "type": "quantitative", "scale": {"scheme": "blues", "domain": [0, 1]},
              "legend": legend}  # fmt: skip
    dark = {"condition": {"test": "datum.value > 0.55", "value": "white"}, "value": "black"}
    text = {"field": "value", "type": "quantitative", "format": ".0%"}
    spec: dict[str, Any] = {
        "width": {"step": 58},
        "height": {"step": 22},
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "rect"}, "encoding": {"color": colour}},
            {"mark": {"type": "text", "fontSize": 11}, "encoding": {"text": text, "color": dark}},
        ],
    }
    low, high = rows[-1], rows[0]
    title = Text(
        f"The weakest promise is that under {low.en}, the strongest that under {high.en}",
        f"最薄弱的承诺是“{low.of('zh')}”，最稳固的是“{high.of('zh')}”",
    ) if len(rows) > 1 else title  # fmt: skip
    subtitle = Text(
        "Share of the promises due that is kept, by way of playing; strongest above, weakest below",
        "各行事方式下到期承诺的履行率；上强下弱",
    )
    alt = Text(f"A map of promises by ways of playing. {title.en}.", f"承诺与行事方式对照图。{title.of('zh')}。")
    return Chart("promises", "promises", title, subtitle, alt, spec)


def _clauses(found: Sequence[Held], titles: Mapping[str, Text], due: Sequence[str]) -> Chart:
    there = [each for each in found if any(name in each.due for name in due)]
    names = ", ".join(f"'{name}'" for name in due)
    axis = Text("Runs in which it is unbroken", "未被违背的推演比例")
    header = {"title": None, "labelAnchor": "start", "labelOrient": "top", "labelFontWeight": "bold"}
    row = {"field": "promise_label", "type": "nominal", "sort": [titles[name] for name in due], "header": header}
    spec: dict[str, Any] = {
        "transform": [{"filter": f"indexof([{_shown(there)}], datum.way) >= 0 && indexof([{names}], datum.promise) >= 0"}],
        "facet": {"row": row},
        "spec": {"width": 520, "height": 200, "layer": _lines(there, axis)},
    }
    lasting = [each for each in there if due[0] in each.due and each.unbroken(due[0]).value >= 0.5]
    owing = [each for each in there if due[0] in each.due]
    name = titles[due[0]]
    title = Text(
        f"{name.en}: unbroken in at least half of the runs under {len(lasting)} of {len(owing)} ways of playing",
        f"{name.of('zh')}：{len(owing)}种行事方式中有{len(lasting)}种在至少半数推演中未被违背",
    )
    subtitle = Text(
        "Time to the first breach by choice, as the share of runs that have seen none; bands: intervals of 95 %",
        "至首次主动违背的时间：尚无违背的推演比例；色带：95%区间",
    )
    alt = Text(f"Survival curves of clauses. {title.en}.", f"条款存续曲线。{title.of('zh')}。")
    return Chart("clauses", "lives", title, subtitle, alt, spec)
