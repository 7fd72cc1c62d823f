"""Charts of a shared burden: before and after, shrink or re-share, one cost under many rules, votes, the ladder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.analysis.parts.burdens.tables import RUNG, SHOWN, WAYS, WHEN, WHICH, Found, parts_of, rule_names, ways_table
from comity.analysis.parts.paying import CHARTER
from comity.kernel.result import Chart, Finding, Text
from comity.kernel.saying import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILION, YELLOW
from comity.model.analysis import Inputs
from comity.model.naming import short

WIDTH = 460
PER_CENT = {"format": ".0%", "tickCount": 6}
BY_RANK = {"field": "rank", "op": "min"}


def charts(inputs: Inputs, found: Found, told: Mapping[str, Finding]) -> tuple[Chart, ...]:
    """The charts of one fund; ``told`` are the findings by the first figure they hold."""
    made = [
        _ways(inputs, found, told["gap"].text),
        _changes(inputs, found, (told.get("most_more") or told["gap"]).text),
        _rules(inputs, found, _title(told, found)),
    ]
    if found.borne and "suits" in told:
        made.append(_curves(inputs, found, told["suits"].text))
    if "rms" in told:
        made.append(_official(found, told["rms"].text))
    if "votes_before" in told:
        made.append(_votes(told["votes_before"].text))
    if found.rungs:
        made.append(_ladder(found, (told.get("pledged") or told["gap"]).text))
    return tuple(made)


def _title(told: Mapping[str, Finding], found: Found) -> Text:
    rules = [rule for rule in found.paid.shares if rule in told]
    return told[rules[0]].text if rules else told["largest"].text


def _payers(found: Found) -> tuple[list[dict[str, str]], Text]:
    """The largest payers alone, and the caption that says so."""
    if len(found.paid.payers) <= SHOWN:
        return [], Text("")
    note = Text(f"The {SHOWN} largest payers.", f"仅列最大的{SHOWN}个缴款者。")
    return [{"filter": f"datum.rank <= {SHOWN}"}], note


def _rows() -> dict[str, Any]:
    axis = {"title": None, "labelLimit": 190, "labelOverlap": False}
    return {"field": "member_label", "type": "nominal", "sort": BY_RANK, "axis": axis}


def _legend(field: str, words: Sequence[Text], colours: Sequence[str], **more: Any) -> dict[str, Any]:
    return {
        "field": f"{field}_label",
        "type": "nominal",
        "scale": {"domain": list(words), "range": list(colours)},
        "legend": {"title": None, "orient": "top", "labelLimit": 260, **more},
    }


def _dumbbell(keep: list[dict[str, str]], field: str, words: Sequence[Text], axis: Text) -> dict[str, Any]:
    """Two dots a row, joined by a line."""
    x = {"field": "share", "type": "quantitative", "axis": {**PER_CENT, "title": axis}}
    line = {
        "mark": {"type": "line", "color": GREY, "strokeWidth": 2},
        "encoding": {"y": _rows(), "x": x, "detail": {"field": "member"}},
    }
    dots = {
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
        "encoding": {
            "y": _rows(),
            "x": x,
            "color": _legend(field, words, (ORANGE, BLUE)),
            "shape": {
                "field": f"{field}_label",
                "type": "nominal",
                "scale": {"domain": list(words), "range": ["diamond", "circle"]},
            },
        },
    }
    return {"width": WIDTH, "height": {"step": 20}, "transform": keep, "layer": [line, dots]}


def _changes(inputs: Inputs, found: Found, title: Text) -> Chart:
    keep, note = _payers(found)
    spec = _dumbbell(keep, "when", list(WHEN.values()), Text("Share of the whole", "占总额份额"))
    body, fund = short(inputs.institution), found.paid.title
    subtitle = Text(
        f"{body.en}, “{fund.en}”: share of each payer, and when those who stay re-share the whole",
        f"{body.of('zh')}“{fund.of('zh')}”：各缴款者的份额，以及留下者重新分摊后的份额",
    )
    alt = Text(f"Two dots a payer, before and after. {title.en}.", f"每个缴款者之前与之后两点。{title.of('zh')}。")
    return Chart("changes", "changes", title, subtitle, alt, spec, note)


def _ways(inputs: Inputs, found: Found, title: Text) -> Chart:
    takers, named_parts = parts_of(inputs, found.left)
    there = set(ways_table(inputs, found).frame["part"])
    words = {part: name for part, name in named_parts.items() if part in there}
    hues = {"kept": GREY, "more": YELLOW, "gap": VERMILION}
    named = dict(zip((f"more_{state}" for state in takers), (BLUE, SKY, GREEN, PURPLE), strict=False))
    colours = [{**hues, **named}[part] for part in words]
    bars = {
        "mark": {"type": "bar", "height": {"band": 0.7}, "stroke": "white"},
        "encoding": {
            "y": {
                "field": "way_label",
                "type": "nominal",
                "sort": list(WAYS.values()),
                "axis": {"title": None, "labelLimit": 200},
            },
            "x": {
                "field": "share",
                "type": "quantitative",
                "stack": "zero",
                "scale": {"domain": [0, 1]},
                "axis": {**PER_CENT, "title": Text("Share of the whole before", "占原总额份额")},
            },
            "color": _legend("part", list(words.values()), colours, columns=3),
            "order": {"field": "place", "type": "quantitative"},
        },
    }
    body = short(inputs.institution)
    after = (
        Text("after an exit: the fund's own rule among those who stay", "退出之后：留下者之间适用该基金自身的规则")
        if found.mode == "exit" and found.paid.rule.owed
        else Text("the others take it over in proportion to what they pay", "其余成员按其负担比例承接")
    )
    subtitle = Text(f"{body.en}; {after.en}", f"{body.of('zh')}；{after.of('zh')}")
    alt = Text(f"Two stacked bars: shrink, re-share. {title.en}.", f"两条堆叠条：缩减、重新分摊。{title.of('zh')}。")
    return Chart("ways", "ways", title, subtitle, alt, {"width": WIDTH, "height": {"step": 46}, **bars})


def _rules(inputs: Inputs, found: Found, title: Text) -> Chart:
    words = list(rule_names(found.paid).values())
    most = 15
    cell = {
        "y": _rows(),
        "x": {
            "field": "rule_label",
            "type": "nominal",
            "sort": words,
            "axis": {"title": None, "orient": "top", "labelAngle": -35, "labelLimit": 200, "labelOverlap": False},
        },
    }
    fill = {
        "field": "share",
        "type": "quantitative",
        "scale": {"type": "sqrt", "scheme": "viridis", "reverse": True, "domain": [0, 1]},
        "legend": {"format": ".0%", "title": None, "orient": "right", "values": [0.01, 0.05, 0.2, 0.5, 1]},
    }
    number = {
        "text": {"field": "share", "type": "quantitative", "format": ".1%"},
        "color": {"condition": {"test": "datum.share > 0.08", "value": "white"}, "value": "#222222"},
    }
    spec: dict[str, Any] = {
        "width": 62 * len(words),
        "height": {"step": 22},
        "transform": [{"filter": f"datum.rank <= {most}"}],
        "layer": [
            {"mark": {"type": "rect", "stroke": "white"}, "encoding": {**cell, "color": fill}},
            {"mark": {"type": "text", "fontSize": 11}, "encoding": {**cell, **number}},
        ],
    }
    body = short(inputs.institution)
    subtitle = Text(
        f"{body.en}: share of each payer under its own rule and under others",
        f"{body.of('zh')}：各缴款者按现行规则与其他规则的份额",
    )
    alt = Text(f"A grid of payers and rules. {title.en}.", f"缴款者与规则的网格。{title.of('zh')}。")
    many = len(found.paid.payers) > most
    note = Text(f"The {most} largest payers.", f"仅列最大的{most}个缴款者。") if many else Text("")
    return Chart("rules", "rules", title, subtitle, alt, spec, note)


def _curves(inputs: Inputs, found: Found, title: Text) -> Chart:
    apart: dict[tuple[tuple[float, float], ...], str] = {}
    for rule, each in found.borne.items():
        apart.setdefault(tuple(each.curve), rule)
    shown = {rule: name for rule, name in rule_names(found.paid).items() if rule in apart.values()}
    colours = (VERMILION, BLUE, GREEN, ORANGE, PURPLE, SKY, "#000000", GREY, YELLOW)
    axis = {"format": ".0%", "tickCount": 5}
    had = Text("Share of income, poorest per head first", "收入累计份额（人均由低到高）")
    x = {"field": "had", "type": "quantitative", "axis": {**axis, "title": had}}
    y = {"field": "borne", "type": "quantitative", "axis": {**axis, "title": Text("Share borne", "负担累计份额")}}
    lines = {
        "transform": [{"filter": {"field": "rule", "oneOf": list(shown)}}],
        "mark": {"type": "line"},
        "encoding": {
            "x": x,
            "y": y,
            "color": _legend("rule", list(shown.values()), colours[: len(shown)], columns=3),
            "strokeWidth": {"condition": {"test": f"datum.rule === '{CHARTER}'", "value": 4}, "value": 2},
            "order": {"field": "had"},
        },
    }
    even = {
        "mark": {"type": "line", "strokeDash": [4, 4], "color": "#555555"},
        "encoding": {"x": x, "y": {**y, "field": "had"}},
    }
    spec = {"width": 400, "height": 330, "layer": [lines, even]}
    body = short(inputs.institution)
    subtitle = Text(
        f"{body.en}: below the dashed line the richer per head bear more than their income; rules that ask the same of "
        "all are one line",
        f"{body.of('zh')}：虚线之下表示人均较富者的负担重于其收入份额；结果相同的规则合为一线",
    )
    alt = Text(f"Curves of burden against income. {title.en}.", f"负担与收入的集中曲线。{title.of('zh')}。")
    return Chart("curves", "curves", title, subtitle, alt, spec)


def _official(found: Found, title: Text) -> Chart:
    spec = _dumbbell(
        [{"filter": f"datum.rank <= {SHOWN}"}], "which", list(WHICH.values()), Text("Share", "份额")
    )  # fmt: skip
    mark = spec["layer"][1]
    mark["encoding"]["fillOpacity"] = {"condition": {"test": "datum.seen === 'recalled'", "value": 0}, "value": 1}
    period = found.fixed.period if found.fixed else ""
    subtitle = Text(f"Scale of {period}; hollow where recalled", f"{period}年比额表；凭记忆者为空心")
    alt = Text(
        f"Two dots a payer: computed, official. {title.en}.", f"每个缴款者计算值与正式值两点。{title.of('zh')}。"
    )
    note = Text(f"The {SHOWN} highest rates.", f"仅列比率最高的{SHOWN}个。")
    return Chart("official", "official", title, subtitle, alt, spec, note)


def _votes(title: Text) -> Chart:
    words = [WHEN["before"], Text("after the exit", "退出之后")]
    spec = _dumbbell(
        [{"filter": f"datum.rank <= {SHOWN}"}], "when", words, Text("Share of votes", "票数份额")
    )  # fmt: skip
    subtitle = Text("Votes computed from the quotas that stay", "按留存份额计算的票数")
    alt = Text(f"Two dots a member: votes before and after. {title.en}.", f"各成员之前与之后的票数。{title.of('zh')}。")
    note = Text(f"The {SHOWN} members of most votes.", f"仅列票数最多的{SHOWN}个成员。")
    return Chart("votes", "votes", title, subtitle, alt, spec, note)


def _ladder(found: Found, title: Text) -> Chart:
    rounds = list(dict.fromkeys(each.period for each in found.rungs))
    x = {"field": "amount", "type": "quantitative", "axis": {"tickCount": 5, "title": Text("million USD", "百万美元")}}
    bars = {
        "mark": {"type": "bar", "height": {"band": 0.65}, "strokeWidth": 2},
        "encoding": {
            "y": {
                "field": "rung_label",
                "type": "nominal",
                "sort": list(RUNG.values()),
                "axis": {"title": None, "labelLimit": 220},
            },
            "x": {**x, "stack": "zero"},
            "color": {
                "field": "round",
                "type": "nominal",
                "scale": {"domain": rounds, "range": [BLUE, SKY, GREEN, VERMILION]},
                "legend": {"title": None, "orient": "top"},
            },
            "stroke": {
                "field": "round",
                "type": "nominal",
                "scale": {"domain": rounds, "range": [BLUE, SKY, GREEN, VERMILION]},
            },
            "order": {"field": "place", "type": "quantitative"},
            "fillOpacity": {"condition": {"test": "datum.seen === 'recalled'", "value": 0}, "value": 1},
        },
    }
    subtitle = Text("By round; hollow where recalled", "按轮次；凭记忆者为空心")
    alt = Text(
        f"Bars: pledged, confirmed, paid, rescinded. {title.en}.", f"认捐、确认、实缴、撤销条形图。{title.of('zh')}。"
    )
    keep = {"filter": f"datum.member === '{found.rungs[0].state}'"}
    place = {"calculate": f"indexof({rounds}, datum.round)", "as": "place"}
    spec = {"width": WIDTH, "height": {"step": 34}, "transform": [keep, place], **bars}
    return Chart("ladder", "ladder", title, subtitle, alt, spec)
