"""What they command: the members' share of the world in each capability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from comity.analysis.parts.decisions import day
from comity.kernel.errors import InputError
from comity.kernel.result import Chart, Column, Figure, Finding, Result, Table, Text
from comity.kernel.saying import BLUE, ORANGE, listed, per_cent, said
from comity.model.analysis import Analysis, Inputs
from comity.model.institution import Institution
from comity.model.naming import short
from comity.model.panel import Indicator, Panel

ALWAYS = ("gdp_usd", "gdp_ppp", "population")


@dataclass(frozen=True)
class Holding:
    """What one institution's members hold of one capability."""

    institution: str
    indicator: Indicator
    value: float
    share: float
    gaps: tuple[str, ...]


class Command(Analysis):
    """What they command: each institution's share of the world total of GDP, manufacturing, energy, people and more.

    A share is of the states in the panel (the 193 members of the United Nations). Rates cannot be summed and are
    refused. Of a signed figure only what is above nought counts, for members and world alike.

    Example:
        >>> import comity as co
        >>> held = co.analyse(co.load("g5"), "command", against=[co.load("g7")])
        >>> held.values["shares"]["g5"]["population"] > held.values["shares"]["g7"]["population"]
        True
    """

    kind: Literal["analysis.command"] = "analysis.command"
    """The kind of analysis."""
    indicators: tuple[str, ...] = ()
    """The indicators; those of the charter's admission with GDP (both ways) and population where none is named."""

    def run(self, inputs: Inputs) -> Result:
        """Sum each capability over members and over the world."""
        panel = inputs.figures()
        indicators, rates = self._indicators(inputs, panel)
        bodies = (inputs.institution, *inputs.against)
        holdings = [_held(inputs, panel, body, each) for body in bodies for each in indicators]
        table = _table(bodies, holdings)
        shares: dict[str, dict[str, float]] = {body.name: {} for body in bodies}
        for holding in holdings:
            shares[holding.institution][holding.indicator.id] = holding.share
        findings = _findings(inputs, holdings)
        return Result(
            kind=self.kind,
            title=Text("What they command", "他们掌握什么"),
            values={"shares": shares},
            tables=(table,),
            charts=(_chart(inputs, findings[0].text, [each.title for each in indicators]),),
            findings=tuple(findings),
            caveats=tuple(_caveats(inputs, panel, holdings, rates)),
            provenance=inputs.provenance(self),
        )

    def _indicators(self, inputs: Inputs, panel: Panel) -> tuple[list[Indicator], list[Indicator]]:
        if self.indicators:
            asked = [panel.indicator(name) for name in self.indicators]
            rates = [each for each in asked if each.nature == "rate"]
            if rates:
                raise InputError(
                    f"A share of the world is not defined for {rates[0].id}: a rate cannot be summed over states.",
                    mend="Name amounts, such as gdp_usd or population.",
                )
            return asked, []
        admission = inputs.institution.admission.values()
        named = [criterion.figure for way in admission for criterion in way.criteria.values()]
        named += [condition.figure for way in admission for condition in way.conditions.values()]
        order = dict.fromkeys([*named, *(each for each in ALWAYS if each in panel.indicators)])
        found = [panel.indicator(name) for name in order]
        return [each for each in found if each.nature == "amount"], [each for each in found if each.nature == "rate"]


def _held(inputs: Inputs, panel: Panel, body: Institution, indicator: Indicator) -> Holding:
    members = [member for member in body.members_on(day(inputs, body)) if member in panel.actors]
    world = sum(max(value, 0.0) for value in panel.column(indicator.id) if value is not None)
    values = dict(zip(members, panel.column(indicator.id, members), strict=True))
    held = sum(max(value, 0.0) for value in values.values() if value is not None)
    gaps = tuple(member for member, value in values.items() if value is None)
    return Holding(body.name, indicator, held, held / world if world else 0.0, gaps)


def _table(bodies: Sequence[Institution], holdings: Sequence[Holding]) -> Table:
    import polars as pl

    indicators = {each.indicator.id: each.indicator for each in holdings}
    rows = [
        {
            "institution": each.institution,
            "indicator": each.indicator.id,
            "share": each.share,
            "value": each.value,
            "unit": each.indicator.unit,
            "gaps": ", ".join(each.gaps),
        }
        for each in holdings
    ]
    columns = (
        Column("institution", Text("Institution", "机构"), labels={body.name: short(body) for body in bodies}),
        Column("indicator", Text("Capability", "实力"), labels={name: each.title for name, each in indicators.items()}),
        Column("share", Text("Share of world", "占世界份额"), "share", percent=True),
        Column("value", Text("Members together", "成员合计"), source="; ".join(_sources(indicators))),
        Column("unit", Text("Unit", "单位")),
        Column("gaps", Text("Members without a figure", "缺数据成员"), "code"),
    )
    return Table("shares", Text("Shares of the world", "占世界份额"), columns, pl.DataFrame(rows))


def _sources(indicators: Mapping[str, Indicator]) -> list[str]:
    return list(dict.fromkeys(source for each in indicators.values() for source in each.sources))


def _findings(inputs: Inputs, holdings: Sequence[Holding]) -> list[Finding]:
    own = short(inputs.institution)
    mine = {each.indicator.id: each for each in holdings if each.institution == inputs.institution.name}
    figures = {name: Figure(each.share, "share") for name, each in mine.items()}
    lead = next(iter(mine.values()))
    if not inputs.against:
        share = per_cent(lead.share)
        text = said(
            f"{own.en} members hold {share} of the world's {_lower(lead.indicator.title.en)}",
            f"{own.of('zh')}成员占世界{lead.indicator.title.of('zh')}的{share}",
        )
        return [Finding(text, figures)]
    return [_compared(inputs, other, mine, holdings) for other in inputs.against]


def _compared(
    inputs: Inputs, against: Institution, mine: Mapping[str, Holding], holdings: Sequence[Holding]
) -> Finding:
    own, other = short(inputs.institution), short(against)
    theirs = {each.indicator.id: each for each in holdings if each.institution == against.name}
    behind = [mine[name].indicator.title for name in mine if mine[name].share < theirs[name].share]
    ahead = [mine[name].indicator.title for name in mine if mine[name].share > theirs[name].share]
    figures = {f"{name}_{inputs.institution.name}": Figure(each.share, "share") for name, each in mine.items()}
    figures |= {f"{name}_{against.name}": Figure(each.share, "share") for name, each in theirs.items()}
    if not behind and not ahead:
        text = Text(
            f"{own.en} and {other.en} hold the same share of everything counted",
            f"{own.of('zh')}与{other.of('zh')}各项份额相同",
        )
    elif not behind or not ahead:
        text = _sweep(own, other, mine, theirs)
    else:
        few, first, second = (behind, own, other) if len(behind) <= len(ahead) else (ahead, other, own)
        words = listed([Text(_lower(title.en), title.of("zh")) for title in few])
        count = len(mine) - len(few)
        text = Text(
            f"{first.en} holds more of {count} of {len(mine)} capabilities; {second.en} leads in {words.en}",
            f"{len(mine)}项实力中有{count}项{first.of('zh')}份额更大；{second.of('zh')}领先的是{words.of('zh')}",
        )
    return Finding(text, figures)


def _sweep(own: Text, other: Text, mine: Mapping[str, Holding], theirs: Mapping[str, Holding]) -> Text:
    """One of the two holds more of everything: say so with its widest and its narrowest lead."""
    ahead = all(mine[name].share >= theirs[name].share for name in mine)
    first, second = (mine, theirs) if ahead else (theirs, mine)
    leader, trailing = (own, other) if ahead else (other, own)
    order = sorted(first, key=lambda name: second[name].share - first[name].share)

    def pair(name: str) -> Text:
        more, less = per_cent(first[name].share, 0), per_cent(second[name].share, 0)
        return said(f"{more} against {less}", f"{more}对{less}")

    titles = [first[name].indicator.title for name in (order[0], order[-1])]
    wide, narrow = pair(order[0]), pair(order[-1])
    return said(
        f"{leader.en} holds more than {trailing.en} of all {len(mine)} capabilities: widest in "
        f"{_lower(titles[0].en)} ({wide.en}), narrowest in {_lower(titles[1].en)} ({narrow.en})",
        f"全部{len(mine)}项实力{leader.of('zh')}均多于{trailing.of('zh')}：差距最大的是{titles[0].of('zh')}（{wide.of('zh')}），"
        f"最小的是{titles[1].of('zh')}（{narrow.of('zh')}）",
    )


def _lower(title: str) -> str:
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def _chart(inputs: Inputs, finding: Text, order: Sequence[Text]) -> Chart:
    bodies = [short(body) for body in (inputs.institution, *inputs.against)]
    colours = [BLUE, ORANGE, "#009E73", "#CC79A7", "#D55E00", "#56B4E9"][: len(bodies)]
    shapes = ["circle", "square", "diamond", "triangle-up", "cross", "triangle-down"][: len(bodies)]
    share = {
        "field": "share",
        "type": "quantitative",
        "axis": {"format": ".0%", "tickCount": 6, "title": Text("Share of world", "占世界份额")},
    }
    row = {"field": "indicator_label", "type": "nominal", "sort": list(order), "axis": {"title": None}}
    legend = {"title": None, "orient": "top"}
    who = {"field": "institution_label", "type": "nominal"}
    dots = {
        "y": row,
        "x": share,
        "color": {**who, "scale": {"domain": bodies, "range": colours}, "legend": legend},
        "shape": {**who, "scale": {"domain": bodies, "range": shapes}, "legend": legend},
    }
    link = {"y": row, "x": {**share, "aggregate": "min"}, "x2": {"field": "share", "aggregate": "max"}}
    spec: dict[str, Any] = {
        "width": 460,
        "height": {"step": 30},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 2, "color": "#9AA5B1"}, "encoding": link},
            {"mark": {"type": "point", "filled": True, "size": 130, "opacity": 1}, "encoding": dots},
        ],
    }
    alt = Text(
        f"Dots: share of the world held by the members of {', '.join(body.en for body in bodies)}. {finding.en}.",
        f"点图：{'、'.join(body.of('zh') for body in bodies)}成员占世界的份额，每行一项实力。{finding.of('zh')}。",
    )
    subtitle = Text("Share of the total of 193 states, per cent", "占193国总量的百分比")
    return Chart("shares", "shares", finding, subtitle, alt, spec)


def _caveats(inputs: Inputs, panel: Panel, holdings: Sequence[Holding], rates: Sequence[Indicator]) -> list[Text]:
    found = [_gap(inputs, each) for each in holdings if each.gaps]
    signed = dict.fromkeys(each.indicator.title for each in holdings if each.indicator.signed)
    found += [
        Text(
            f"{title.en} can be negative: deficits count as nought, so the share is of what surplus states have.",
            f"{title.of('zh')}可为负值：逆差按零计，份额以各顺差国之和为基数。",
        )
        for title in signed
    ]
    found += [
        Text(
            f"{rate.title.en} is a rate and has no share of the world; it is left out.",
            f"{rate.title.of('zh')}是比率，不存在世界份额，未列入。",
        )
        for rate in rates
    ]
    return found + _dated(inputs, panel, holdings)


def _gap(inputs: Inputs, each: Holding) -> Text:
    names = listed([inputs.actors[gap].name() for gap in each.gaps])
    return Text(
        f"{each.indicator.title.en}: no figure for {names.en}, counted as nought in {each.institution}.",
        f"{each.indicator.title.of('zh')}：{names.of('zh')}缺数据，在{each.institution}中按零计。",
    )


def _dated(inputs: Inputs, panel: Panel, holdings: Sequence[Holding]) -> list[Text]:
    bodies = (inputs.institution, *inputs.against)
    members = {member for body in bodies for member in body.members_on(day(inputs, body))}
    found: list[Text] = []
    outside = sorted(members - set(panel.actors))
    if outside:
        found.append(
            Text(
                f"Not counted, because shares are of states of the United Nations: {', '.join(outside)}.",
                f"份额以联合国会员国为基数，以下成员未计入：{'、'.join(outside)}。",
            )
        )
    names = list(dict.fromkeys(each.indicator.id for each in holdings))
    older = panel.older(names, sorted(members & set(panel.actors)))
    if older:
        first = min(year for _, _, year in older)
        found.append(
            Text(
                f"{len(older)} figures of members are older than {panel.year}, the oldest of {first}.",
                f"成员数据中有{len(older)}项早于{panel.year}年，最早为{first}年。",
            )
        )
    return found
