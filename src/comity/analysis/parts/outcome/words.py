"""What is said and drawn of outcomes: findings, tables, the strip of texts, caveats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from comity.analysis.parts.matters import Docket, Matter, issue_column, silent_caveats
from comity.analysis.parts.outcome.lenses import HEAVIER, HEAVY, LENSES, MANY, Landing
from comity.analysis.parts.strips import ALONG, issues_axis, quo_tick, zone_bar
from comity.analysis.parts.tabled import LOWER, POINTS, UPPER, tabled
from comity.kernel.result import Chart, Column, Figure, Finding, Table, Text
from comity.kernel.saying import BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION, said
from comity.model.analysis import Inputs
from comity.model.naming import label_of, short

DRAWN = ("compromise", "core", "nash", "kalai_smorodinsky", "legislative", "condorcet")
COLOURS = (BLUE, "#000000", ORANGE, GREEN, VERMILION, PURPLE)
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down")


@dataclass(frozen=True)
class Landed:
    """One issue before one body with where each lens puts the text, and the zone at the modes."""

    matter: Matter
    landings: tuple[Landing, ...]
    zone: tuple[float, float] | None

    def of(self, lens: str) -> Landing | None:
        """One lens."""
        return next((each for each in self.landings if each.lens == lens and each.text.value is not None), None)


def _own(inputs: Inputs, found: Sequence[Landed]) -> list[Landed]:
    return [each for each in found if each.matter.institution is inputs.institution] or list(found)


def findings(inputs: Inputs, found: Sequence[Landed]) -> list[Finding]:
    """Where the process matters most, whether the compromise is adopted, and how fragile pressure models are."""
    own = _own(inputs, found)
    return [*_apart(inputs, own), *_outside(own), *_fragile(own)]


def _figure(landing: Landing, seed: int) -> Figure:
    return landing.text.figure("points", seed)


def _apart(inputs: Inputs, own: Sequence[Landed]) -> list[Finding]:
    """The issue on which compromise and legislative bargaining end farthest apart."""
    pairs = [(each, first, second) for each in own
             if (first := each.of("compromise")) and (second := each.of("legislative"))]  # fmt: skip
    body = short(inputs.institution)
    if not pairs:
        first = own[0].of("compromise")
        text = Text(
            f"{body.en}: the compromise is the only model computed for all issues",
            f"{body.of('zh')}：仅折中均值适用于全部议题",
        )
        return [Finding(text, {} if first is None else {own[0].matter.issue: _figure(first, inputs.seed)})]
    each, first, second = max(pairs, key=lambda pair: abs((pair[1].text.value or 0) - (pair[2].text.value or 0)))
    title = each.matter.written.title
    here, there = f"{first.text.value or 0:.0f}", f"{second.text.value or 0:.0f}"
    text = said(
        f"{body.en}: the process matters most on “{title.en}”: compromise would end at {here}, proposals in turn under "
        f"the rule at {there}, of 100",
        f"{body.of('zh')}：过程影响最大的是“{title.of('zh')}”：折中为{here}，按规则轮流提案则为{there}（满分100）",
    )
    figures = {"compromise": _figure(first, inputs.seed), "legislative": _figure(second, inputs.seed)}
    return [Finding(text, figures)]


def _outside(own: Sequence[Landed]) -> list[Finding]:
    """On how many issues the compromise lies outside what the rule would adopt, at the modes."""
    known = [(each, landing) for each in own if (landing := each.of("compromise"))]
    outside = [
        each for each, landing in known
        if each.zone is None or not each.zone[0] - 0.5 <= (landing.text.value or 0) <= each.zone[1] + 0.5
    ]  # fmt: skip
    text = said(
        f"On {len(outside)} of {len(known)} issues the compromise lies outside the zone that the rule adopts: somebody "
        "would rather have nothing",
        f"{len(known)}个议题中有{len(outside)}个的折中文本处于规则可通过的协议区之外：有成员宁可没有文本",
    )
    return [Finding(text, {"outside": Figure(len(outside), "issues")})]


def _fragile(own: Sequence[Landed]) -> list[Finding]:
    """How far the three readings of the challenge model end apart."""
    spreads: list[tuple[float, Landed]] = []
    for each in own:
        ends = [landing.text.value for landing in each.landings
                if landing.lens.startswith("challenge") and landing.text.value is not None]  # fmt: skip
        if len(ends) > 1:
            spreads.append((max(ends) - min(ends), each))
    if not spreads:
        return []
    widest, each = max(spreads, key=lambda pair: pair[0])
    title = each.matter.written.title
    text = said(
        f"The challenge model is fragile: its three readings end up to {widest:.0f} points apart (“{title.en}”)",
        f"挑战模型不稳健：其三种解读的结果最多相差{widest:.0f}点（“{title.of('zh')}”）",
    )
    return [Finding(text, {"spread": Figure(widest, "points")})]


def lenses_table(inputs: Inputs, found: Sequence[Landed]) -> Table:
    """One row a model, issue and body."""
    rows: list[dict[str, Any]] = []
    for each in found:
        for landing in each.landings:
            text = landing.text
            rows.append(
                {
                    "institution": each.matter.institution.name,
                    "issue": each.matter.issue,
                    "lens": landing.lens,
                    "text": text.value,
                    "low": text.low,
                    "high": text.high,
                    "draws": text.n,
                    "status_quo": each.matter.status_quo,
                    "zone_low": each.zone[0] if each.zone else None,
                    "zone_high": each.zone[1] if each.zone else None,
                }
            )
    columns = (
        Column("institution", Text("Institution", "机构"), labels=_bodies(found)),
        issue_column(inputs.wanted()),
        Column("lens", Text("Model", "模型"), labels=LENSES),
        Column("text", Text("Text, mean", "文本均值"), POINTS, digits=0),
        Column("low", LOWER, POINTS, digits=0),
        Column("high", UPPER, POINTS, digits=0),
        Column("draws", Text("Draws (1: at the modes)", "抽样次数（1为众值）")),
        Column("status_quo", Text("Status quo", "现状"), POINTS, digits=0),
        Column("zone_low", Text("Zone from", "协议区下端"), POINTS, digits=0),
        Column("zone_high", Text("Zone to", "协议区上端"), POINTS, digits=0),
    )
    title = Text("Where each model puts the text", "各模型的文本位置")
    return tabled("lenses", title, columns, rows, words=("institution", "issue", "lens"), counts=("draws",))


def _bodies(found: Sequence[Landed]) -> dict[str, Text]:
    return {each.matter.institution.name: each.matter.institution.title for each in found}


def members_table(inputs: Inputs, found: Sequence[Landed]) -> Table:
    """One row a member and issue: how far the compromise and the Nash text lie from what it wants."""
    rows: list[dict[str, Any]] = []
    for each in found:
        ends = {lens: landing.text.value for lens in ("compromise", "nash") if (landing := each.of(lens))}
        for member, stand in each.matter.stands.items():
            position = stand.position[1]
            quo = abs(each.matter.status_quo - position)
            row: dict[str, Any] = {
                "institution": each.matter.institution.name,
                "issue": each.matter.issue,
                "member": member,
                "position": position,
                "from_status_quo": quo,
            }
            for lens in ("compromise", "nash"):
                end = ends.get(lens)
                row[lens] = None if end is None else quo - abs(end - position)
            rows.append(row)
    people = {str(row["member"]): label_of(inputs, str(row["member"])) for row in rows}
    columns = (
        Column("institution", Text("Institution", "机构"), labels=_bodies(found)),
        issue_column(inputs.wanted()),
        Column("member", Text("Member", "成员"), labels=people),
        Column("position", Text("Position", "立场"), POINTS, digits=0),
        Column("from_status_quo", Text("Distance of the status quo", "与现状的距离"), POINTS, digits=0),
        Column("compromise", Text("Nearer by the compromise", "折中使其更近"), POINTS, digits=1),
        Column("nash", Text("Nearer by the Nash text", "纳什解使其更近"), POINTS, digits=1),
    )
    note = Text("A negative number: the member would rather have the status quo.", "负数表示该成员宁愿维持现状。")
    title = Text("Who wins and who loses by the text", "谁因文本得失")
    return tabled("members", title, columns, rows, words=("institution", "issue", "member"), note=note)


def chart(inputs: Inputs, found: Sequence[Landed], title: Text) -> Chart:
    """A strip for each issue: the zone, the status quo, and one mark a model."""
    body = inputs.institution
    order = [each.matter.written.title for each in _own(inputs, found)]
    y = issues_axis(order)
    names = [LENSES[lens] for lens in DRAWN]
    which = {"field": "lens_label", "type": "nominal"}
    legend = {"title": None, "orient": "top", "columns": 3}
    marks = {
        "transform": [{"filter": {"field": "lens", "oneOf": list(DRAWN)}}],
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 0.95},
        "encoding": {
            "y": y,
            "x": {**ALONG, "field": "text"},
            "color": {**which, "scale": {"domain": names, "range": list(COLOURS)}, "legend": legend},
            "shape": {**which, "scale": {"domain": names, "range": list(SHAPES)}, "legend": legend},
        },
    }
    pressure = {
        "transform": [{"filter": "indexof(datum.lens, 'challenge') === 0"}],
        "mark": {"type": "rule", "strokeWidth": 2, "color": SKY},
        "encoding": {
            "y": y,
            "x": {**ALONG, "field": "text", "aggregate": "min"},
            "x2": {"field": "text", "aggregate": "max"},
        },
    }
    spec: dict[str, Any] = {
        "transform": [{"filter": f"datum.institution === '{body.name}'"}],
        "width": 460,
        "height": {"step": 34},
        "layer": [zone_bar(y), pressure, quo_tick(y), marks],
    }
    subtitle = Text(
        "Mean text of each model; shaded: the zone of the rule at the modes; tick: status quo; thin line: span of the "
        "challenge model's readings",
        "各模型的平均文本；阴影为众值下规则的协议区；短线为现状；细线为挑战模型三种解读的跨度",
    )
    alt = Text(
        f"Marks of each model's text for each issue. {title.en}.", f"各议题上各模型的文本位置。{title.of('zh')}。"
    )
    return Chart("lenses", "lenses", title, subtitle, alt, spec)


def caveats(inputs: Inputs, asked: Docket, weights: str) -> list[Text]:
    """What must be known before any of it is believed."""
    return [
        *silent_caveats(inputs, asked),
        Text(
            f"Members weigh: {weights}. Compromise and core over all draws; Nash and Kalai-Smorodinsky over at most "
            f"{HEAVY} draws of texts one point apart; legislative bargaining over at most {HEAVIER}, each member as "
            "likely to propose, with a discount of 0.9; the challenge model at the modes. In bodies of more than "
            f"{MANY} members the last two are left out.",
            f"成员权重：{weights}。折中与僵局区使用全部抽样；纳什解与卡莱-斯莫罗廷斯基解至多{HEAVY}次，文本间隔一点；"
            f"立法议价至多{HEAVIER}次，各成员提案机会相等，贴现因子0.9；挑战模型按众值。成员超过{MANY}个时略去后两者。",
        ),
        Text(
            "Pressure models know no rule. Where models were held against decisions of the European Union, the "
            "compromise mean erred less than models of procedure (Achen 2006).",
            "压力模型不含规则。以欧盟决策检验时，折中均值的误差小于程序性模型（Achen 2006）。",
        ),
    ]
