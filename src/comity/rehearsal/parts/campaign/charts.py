"""The charts of a campaign: adoption, the course of gains, who stays, trust."""

from __future__ import annotations

from typing import Any

from comity.kernel.result import Chart, Text
from comity.rehearsal.parts.campaign.figures import Found
from comity.rehearsal.parts.game.words import Names

BLUE = "#0072B2"
PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999"]
RUN = Text("Share of runs", "推演比例")
AXIS = {"title": Text("Round", "轮次"), "tickMinStep": 1}


def charts(found: Found, names: Names) -> tuple[Chart, ...]:
    """The charts that show something: no fan where nothing is valued, no survival where nobody left."""
    made = [_adoption(found)]
    if found.valued:
        made.append(_fan(found))
    if found.sums.of["left"][:, 1:].any():
        made.append(_staying(found, names))
    if found.sums.of["count"][:, 3].any() and len(found.members) <= 20:
        made.append(_trust(found))
    return tuple(made)


def _adoption(found: Found) -> Chart:
    hits = [int(each) / found.runs for each in found.sums.of["adopted"]]
    usual = sum(each >= 0.5 for each in hits)
    title = Text(
        f"{usual} of {len(hits)} issues have a text in at least half of the runs",
        f"{len(hits)}个议题中有{usual}个在至少半数推演中通过案文",
    )
    x = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, 1]},
        "axis": {"title": RUN, "format": "%", "tickCount": 5},
    }
    y = {"field": "issue_label", "type": "nominal", "sort": "-x", "axis": {"title": None, "labelLimit": 260}}
    rule = {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}, "y": y}
    spec: dict[str, Any] = {
        "width": 380,
        "height": {"step": 22},
        "layer": [
            {"mark": {"type": "bar", "color": BLUE, "opacity": 0.7}, "encoding": {"x": x, "y": y}},
            {"mark": {"type": "rule", "strokeWidth": 2, "color": "#000000"}, "encoding": rule},
        ],
    }
    subtitle = Text("Runs in which a text was adopted, with an interval of 95 %", "通过案文的推演比例及95%区间")
    alt = Text(f"Bars by issue. {title.en}.", f"各议题条形图。{title.of('zh')}。")
    return Chart("adoption", "adoption", title, subtitle, alt, spec)


def _fan(found: Found) -> Chart:
    last = list(found.course())[-1]
    low, middle, high = (last[f"net_{each}"] for each in ("05", "50", "95"))
    title = Text(
        f"All together end between {low:,.0f} and {high:,.0f} million USD in nine runs of ten",
        f"十次推演中有九次，全体累计净收益介于{low:,.0f}至{high:,.0f}百万美元",
    )
    across = {"field": "round", "type": "quantitative", "axis": AXIS}
    axis = {"title": Text("Net gain so far, million USD", "累计净收益，百万美元"), "format": ",.0f"}

    def band(bottom: str, top: str, opacity: float) -> dict[str, Any]:
        y = {"field": bottom, "type": "quantitative", "axis": axis}
        return {
            "mark": {"type": "area", "color": BLUE, "opacity": opacity},
            "encoding": {"x": across, "y": y, "y2": {"field": top}},
        }

    y = {"field": "net_50", "type": "quantitative", "axis": axis}
    line = {"mark": {"type": "line", "color": BLUE, "strokeWidth": 2}, "encoding": {"x": across, "y": y}}
    layers = [band("net_05", "net_95", 0.2), band("net_25", "net_75", 0.35), line]
    spec: dict[str, Any] = {"width": 520, "height": 240, "layer": layers}
    subtitle = Text(
        "Sum of all members by round: the middle run, half of the runs (dark), nine of ten (light)",
        "各轮全体成员合计：中位推演、半数推演（深色）与九成推演（浅色）",
    )
    alt = Text(f"A fan chart; the middle run ends at {middle:,.0f}. {title.en}.", f"扇形图。{title.of('zh')}。")
    return Chart("fan", "course", title, subtitle, alt, spec)


def _staying(found: Found, names: Names) -> Chart:
    left = found.sums.of["left"][:, 1:].sum(axis=1) / found.runs
    place = int(left.argmax())
    gone = [member for number, member in enumerate(found.members) if left[number]]
    name, listed = names(found.members[place]), ", ".join(f"'{member}'" for member in gone)
    title = Text(
        f"{name.en} has left in {100 * left[place]:.0f} % of runs by the end",
        f"至结束时，{name.of('zh')}在{100 * left[place]:.0f}%的推演中已退出",
    )
    y = {
        "field": "value", "type": "quantitative", "scale": {"domain": [0, 1]},
        "axis": {"title": Text("Still a member, share of runs", "仍为成员的推演比例"), "format": "%"},
    }  # fmt: skip
    spec: dict[str, Any] = {
        "transform": [{"filter": f"indexof([{listed}], datum.member) >= 0"}],
        "width": 520,
        "height": 220,
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
        "encoding": {
            "x": {"field": "round", "type": "quantitative", "axis": AXIS},
            "y": y,
            "color": {
                "field": "member_label", "type": "nominal", "scale": {"range": PALETTE},
                "legend": {"title": None, "orient": "right"},
            },
            "strokeDash": {"field": "member_label", "type": "nominal", "legend": None},
        },
    }  # fmt: skip
    subtitle = Text(
        "Survival of membership by round; members that never leave are not drawn",
        "各轮成员资格存续；从未退出的成员未绘出",
    )
    alt = Text(f"Step lines by member. {title.en}.", f"各成员阶梯线。{title.of('zh')}。")
    return Chart("staying", "staying", title, subtitle, alt, spec)


def _trust(found: Found) -> Chart:
    held = [each["value"] for each in found.trust()]
    title = Text(
        f"Trust ends between {min(held):.2f} and {max(held):.2f}", f"最终信任度介于{min(held):.2f}与{max(held):.2f}之间"
    )
    if max(held) - min(held) < 0.005:
        title = Text(f"All trust each other alike ({max(held):.2f})", f"各成员间信任度相同（{max(held):.2f}）")
    codes = {"type": "nominal"}
    y = {**codes, "field": "holder_label", "axis": {"title": Text("Who trusts", "信任方")}}
    x = {
        **codes,
        "field": "member_label",
        "axis": {"title": Text("Whom", "被信任方"), "labelAngle": -40, "labelOverlap": False},
    }
    colour = {
        "field": "value", "type": "quantitative", "scale": {"scheme": "blues", "domain": [0, 1]},
        "legend": {"title": Text("Trust", "信任度")},
    }  # fmt: skip
    dark = {"condition": {"test": "datum.value > 0.55", "value": "white"}, "value": "black"}
    text = {"field": "value", "type": "quantitative", "format": ".2f"}
    spec: dict[str, Any] = {
        "width": {"step": 48},
        "height": {"step": 26},
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "rect"}, "encoding": {"color": colour}},
            {"mark": {"type": "text", "fontSize": 11}, "encoding": {"text": text, "color": dark}},
        ],
    }
    subtitle = Text(
        "How likely each takes it that the other keeps its next promise, on average over the runs",
        "各成员认为对方履行下一承诺的概率（推演均值）",
    )
    alt = Text(f"A heat map of members by members. {title.en}.", f"成员间信任热图。{title.of('zh')}。")
    return Chart("trust", "trust", title, subtitle, alt, spec)
