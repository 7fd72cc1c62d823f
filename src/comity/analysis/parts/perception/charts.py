"""The figures of perception: the two curves by year, the curves contact by contact, frequency against quality."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.perceiving import FIRST, Perceived
from comity.analysis.parts.perception.words import CURVES, heat_table, names_of
from comity.kernel.result import Chart, Finding, Text
from comity.kernel.saying import BLUE, GREEN, ORANGE, PURPLE, SKY, THIN, VERMILION, per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import short

DIM = "#7F7F7F"
COLOURS = (DIM, BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY, "#000000")
PANELS = {
    "loss": Text("Before the types are known: expected loss, in units of payoff", "类型未知时：期望损失（收益单位）"),
    "misjudged": Text(
        "Of a state that is trustworthy: probability that it is not trusted", "确为可信的国家：未被信任的概率"
    ),
}


def charts(inputs: Inputs, found: Perceived, told: Sequence[Finding]) -> tuple[Chart, ...]:
    """The two curves by year, the curves contact by contact, and frequency against quality."""
    return _course(inputs, found, told[1].text), _steps(found), _quality(found)


def _course(inputs: Inputs, found: Perceived, claim: Text) -> Chart:
    names = list(names_of(found).values())
    colour = {
        "field": "forum_label",
        "type": "nominal",
        "scale": {"domain": names, "range": list(COLOURS[: len(names)])},
        "legend": {"title": None, "orient": "top", "columns": 4, "symbolOpacity": 1},
    }
    year = {
        "field": "year",
        "type": "quantitative",
        "axis": {"title": Text("Years", "年"), "tickMinStep": 1, "format": "d"},
    }
    body = inputs.institution.name

    def panel(measure: str) -> dict[str, Any]:
        height = {
            "field": "value",
            "type": "quantitative",
            "axis": {"title": None, "tickCount": 5},
            "scale": {"zero": True},
        }
        band = {
            "transform": [{"filter": f"datum.forum === 'none' || datum.forum === '{body}'"}],
            "mark": {"type": "area", "opacity": 0.13},
            "encoding": {
                "x": year,
                "y": {**height, "field": "value_low"},
                "y2": {"field": "value_high"},
                "color": colour,
            },
        }
        line = {
            "mark": {"type": "line", "strokeWidth": 2.2},
            "encoding": {"x": year, "y": height, "color": colour},
        }
        return {
            "title": {"text": PANELS[measure], "anchor": "start", "fontSize": 12},
            "transform": [{"filter": f"datum.measure === '{measure}'"}],
            "width": 470,
            "height": 170,
            "layer": [band, line],
        }

    title = said(
        "Contact lowers the expected loss; whether it lowers misjudgement of the trustworthy depends on what was "
        "believed before",
        "接触降低期望损失；是否减少对可信者的误判取决于事前的信念",
    )
    name = short(inputs.institution)
    subtitle = said(
        f"Mean over {found.rises.n} draws; shaded: the middle 90{THIN}% of draws, without a forum and with {name.en}",
        f"{found.rises.n}次抽样的均值；阴影为无论坛与{name.of('zh')}情形下90{THIN}%的抽样",
    )
    alt = Text(f"Lines by year, with and without the forum. {claim.en}.", f"有无论坛情形下逐年曲线。{claim.of('zh')}。")
    return Chart("course", "years", title, subtitle, alt, {"vconcat": [panel(each) for each in PANELS], "spacing": 18})


def _steps(found: Perceived) -> Chart:
    names = list(CURVES.values())
    prior, error, _ = found.assumed.modes
    curve = found.assumed.at_modes(range(FIRST + 1))["misjudged"]
    peak = int(curve.argmax())
    rises = bool(peak and curve[peak] > curve[0])
    start, most = (per_cent(float(curve[place]), 0) for place in (0, peak))
    title = (
        said(
            f"At the modes contact first puts a trustworthy state at risk: {start} without, {most} after {peak}",
            f"按众值计，接触起初使可信国家受损：无接触时{start}，{peak}次后{most}",
        )
        if rises
        else said(
            "At the modes contact lowers the risk of a trustworthy state at once",
            "按众值计，接触随即降低可信国家的风险",
        )
    )
    belief, errs, trust = (per_cent(each, 0) for each in (prior, error, found.assumed.level))
    subtitle = said(
        f"Prior belief {belief}, signal error {errs}, trust from a belief of {trust}; exact",
        f"先验信念{belief}，信号误差{errs}，信念达到{trust}即信任；精确计算",
    )
    alt = Text(f"Curves by the number of contacts. {title.en}.", f"按接触次数的曲线。{title.of('zh')}。")
    spec: dict[str, Any] = {
        "width": 470,
        "height": 240,
        "mark": {"type": "line", "strokeWidth": 2.2},
        "encoding": {
            "x": {"field": "contacts", "type": "quantitative", "axis": {"title": Text("Contacts", "接触次数")}},
            "y": {
                "field": "value",
                "type": "quantitative",
                "axis": {"title": Text("Probability, or loss in units of payoff", "概率，或损失（收益单位）")},
            },
            "color": {
                "field": "measure_label",
                "type": "nominal",
                "scale": {"domain": names, "range": [BLUE, VERMILION, DIM]},
                "legend": {"title": None, "orient": "top", "columns": 1, "labelLimit": 470},
            },
        },
    }
    return Chart("steps", "contacts", title, subtitle, alt, spec)


def _quality(found: Perceived) -> Chart:
    contacts, error = Text("Contacts in a year", "一年内的接触次数"), Text("Signal error", "信号误差")
    place = {
        "x": {"field": "rate", "type": "ordinal", "axis": {"title": contacts, "labelAngle": 0}},
        "y": {"field": "error", "type": "ordinal", "sort": "ascending", "axis": {"title": error, "format": ".0%"}},
    }
    colour = {
        "field": "left",
        "type": "quantitative",
        "scale": {"scheme": "cividis", "domain": [0, 1]},
        "legend": {"title": Text("Loss left", "剩余损失"), "format": ".0%", "gradientLength": 160},
    }
    ink = {"condition": {"test": "datum.left > 0.55", "value": "#111111"}, "value": "#FFFFFF"}
    word = {"field": "words", "type": "nominal"}
    spec: dict[str, Any] = {
        "transform": [{"calculate": "datum.left < 0.005 ? '<1%' : format(datum.left, '.0%')", "as": "words"}],
        "width": {"step": 54},
        "height": {"step": 26},
        "layer": [
            {"mark": {"type": "rect", "stroke": "white", "strokeWidth": 1.5}, "encoding": {**place, "color": colour}},
            {"mark": {"type": "text", "fontSize": 11}, "encoding": {**place, "text": word, "color": ink}},
        ],
    }
    left = {(row["rate"], row["error"]): row["left"] or 0.0 for row in heat_table(found).rows()}
    few, many = per_cent(left[6, 0.2], 0), per_cent(left[52, 0.4], 0)
    title = said(
        f"Quality or frequency: 6 contacts with a signal error of 20{THIN}% leave {few} of the loss, "
        f"52 with 40{THIN}% leave {many}",
        f"质量与频率：信号误差20{THIN}%时6次接触后剩余损失{few}，误差40{THIN}%时52次后剩余{many}",
    )
    subtitle = said(
        "Expected loss after a year of contacts with the best cut-off, as a share of that without any; prior belief "
        f"{per_cent(found.assumed.modes[0], 0)}",
        f"采用最优阈值，一年接触后的期望损失占无接触时的比例；先验信念{per_cent(found.assumed.modes[0], 0)}",
    )
    alt = Text(
        f"Heat map of frequency against signal error. {title.en}.", f"接触频率与信号误差热图。{title.of('zh')}。"
    )
    return Chart("quality", "quality", title, subtitle, alt, spec)
