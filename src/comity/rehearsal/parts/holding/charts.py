"""Charts of whether an institution holds: survival by way of playing, promises by way, each clause over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.kernel.result import Chart, Finding, Text
from comity.kernel.saying import BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION
from comity.rehearsal.parts.holding.measuring import Held, average, comparable, weakest
from comity.rehearsal.parts.holding.tables import PARTS

PALETTE = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, "#000000", "#999999")
ACROSS = 4
"""So many panels stand side by side."""


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
    made = [_survival(found, told[0].text)]
    if any(each.due for each in found):
        made.append(_promises(found, titles, told[0].text))
    due = [name for name in clauses if any(name in each.due for each in found)]
    if due:
        made.append(_clauses(found, titles, due[: len(PALETTE)]))
    return tuple(made)


def _panels(found: Sequence[Held], field: str, words: Sequence[Text], title: Text) -> dict[str, Any]:
    """One small panel for each way of playing: what lasts, as steps with the bands of their intervals."""
    x = {"field": "round", "type": "quantitative",
         "axis": {"title": Text("Round", "轮次"), "tickMinStep": 1, "tickCount": 4}}  # fmt: skip
    y = {"field": "value", "type": "quantitative", "scale": {"domain": [0, 1]},
         "axis": {"title": title, "format": "%", "tickCount": 3}}  # fmt: skip
    legend = {"title": None, "orient": "top", "columns": 3, "labelLimit": 320, "symbolType": "stroke",
              "symbolOpacity": 1, "symbolStrokeWidth": 3}  # fmt: skip
    scale = {"domain": list(words), "range": list(PALETTE[: len(words)])}
    colour = {"field": f"{field}_label", "type": "nominal", "scale": scale, "legend": legend}
    band = {
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.2},
        "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour},
    }
    line = {
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
        "encoding": {"x": x, "y": y, "color": colour},
    }
    header = {"title": None, "labelAnchor": "start", "labelFontSize": 11, "labelLimit": 170}
    order = [each.title for each in found]
    return {
        "facet": {"field": "way_label", "type": "nominal", "sort": order, "header": header},
        "columns": ACROSS,
        "spacing": 14,
        "spec": {"width": 132, "height": 90, "layer": [band, line]},
    }


def _survival(found: Sequence[Held], title: Text) -> Chart:
    axis = Text("Share of runs", "推演比例")
    spec = _panels(found, "part", list(PARTS.values()), axis)
    number = found[0].number
    subtitle = Text(
        f"Shares of {number:,} runs by round, one panel for each way in which all members play; bands: intervals of "
        "95 %",
        f"各轮占{number:,}次推演的比例，每格为全体成员的一种行事方式；色带：95%区间",
    )
    ends = "; ".join(
        f"{each.title.en}: members {each.whole().value:.2f}, promises {each.unbroken().value:.2f}" for each in found
    )
    ends_zh = "；".join(
        f"{each.title.of('zh')}：成员{each.whole().value:.2f}，承诺{each.unbroken().value:.2f}" for each in found
    )
    alt = Text(f"Survival curves by way of playing. At the end {ends}.", f"按行事方式的存续曲线。结束时{ends_zh}。")
    return Chart("survival", "survival", title, subtitle, alt, spec)


def _promises(found: Sequence[Held], titles: Mapping[str, Text], title: Text) -> Chart:
    names = list(comparable(found))
    mean = {name: average(found, name) for name in names}
    rows = [titles[name] for name in sorted(names, key=lambda each: -mean[each])]
    y = {"field": "promise_label", "type": "nominal", "sort": rows,
         "axis": {"title": None, "labelLimit": 260, "grid": False}}  # fmt: skip
    x = {"field": "way_label", "type": "nominal", "sort": [each.title for each in found],
         "axis": {"title": None, "labelAngle": -35, "labelLimit": 220, "labelOverlap": False,
                  "grid": False}}  # fmt: skip
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
    if (weak := weakest(found)) is not None and len(rows) > 1:
        low, high = titles[weak[0]], rows[0]
        title = Text(
            f"The weakest promise is that under {low.en}, the strongest that under {high.en}",
            f"最薄弱的承诺是“{low.of('zh')}”，最稳固的是“{high.of('zh')}”",
        )
    subtitle = Text(
        "Share of the promises due that is kept, by way of playing; blank: none falls due. The weakest is "
        "named among those due in at least half of the ways",
        "各行事方式下到期承诺的履行率；空白：无到期承诺。最薄弱者仅在至少半数方式下到期的承诺中评选",
    )
    alt = Text(f"A map of promises by ways of playing. {title.en}.", f"承诺与行事方式对照图。{title.of('zh')}。")
    return Chart("promises", "promises", title, subtitle, alt, spec)


def _clauses(found: Sequence[Held], titles: Mapping[str, Text], due: Sequence[str]) -> Chart:
    there = [each for each in found if any(name in each.due for name in due)]
    names = ", ".join(f"'{name}'" for name in due)
    axis = Text("Share of runs", "推演比例")
    panels = _panels(there, "promise", [titles[name] for name in due], axis)
    spec = {"transform": [{"filter": f"indexof([{names}], datum.promise) >= 0"}], **panels}
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
