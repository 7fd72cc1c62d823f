"""One person, one vote: what a rule makes of the citizens behind its members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from comity.analysis.parts.decisions import POLICY, Decision, decisions
from comity.analysis.power import label_of
from comity.kernel.errors import InputError, NotComputable
from comity.kernel.result import Chart, Column, Figure, Finding, Result, Table, Text
from comity.kernel.saying import BLUE, GREEN, ORANGE, VERMILION, per_cent, said
from comity.model.analysis import Analysis, Inputs
from comity.model.naming import named
from comity.model.parts import actors_of, member_code

if TYPE_CHECKING:
    from comity.solvers.design import Fairness as Found

SHOWN = 30
"""The most members drawn: those of most people."""
COUNTED = 44
"""Up to so many members weights of millions are counted at once."""
MEASURES = {
    "weight": Text("voting weight", "投票权重"),
    "power": Text("Banzhaf power", "班扎夫指数"),
    "target": Text("square-root target", "平方根目标"),
}
SYSTEMS = {
    "charter": Text("the rule as it is", "现行规则"),
    "square_root": Text("square-root weights, Jagiellonian quota", "平方根权重与雅盖隆门槛"),
    "heads": Text("one vote each, simple majority", "一员一票简单多数"),
    "people": Text("weights by people, simple majority", "按人口加权简单多数"),
}


class Fairness(Analysis):
    """Power against people: whether a citizen of a large member has as much say as a citizen of a small one.

    A citizen's vote decides in its own state with a probability that falls with the square root of the population, and
    the state's vote decides with its Banzhaf power. All citizens are equal where power is in proportion to the square
    root. Populations are the rule's own where its weights are populations, else figures.

    Source:
        Penrose, J. Royal Statistical Society 109 (1946); Felsenthal and Machover, The Measurement of Voting Power
        (1998), chapter 3; Slomczynski and Zyczkowski, Acta Physica Polonica B 37 (2006).

    Example:
        >>> import comity as co
        >>> fair = co.analyse(co.load("eu-council"), "fairness", rule="qualified_majority")
        >>> round(fair.values["citizen"]["MLT"], 2), round(fair.values["citizen"]["DEU"], 2)
        (2.2, 1.18)
    """

    kind: Literal["analysis.fairness"] = "analysis.fairness"
    """The kind of analysis."""
    rule: str | None = None
    """The rule; the first whose weights are populations, else the first, where absent."""
    reading: str | None = None
    """The reading of the rule, where it has several; its own where absent."""
    figure: str = "population"
    """The figure that counts people, where the rule's weights are no populations."""

    def run(self, inputs: Inputs) -> Result:
        """Hold power against people."""
        decision = _chosen(inputs, self)
        people, source = _people(inputs, decision, self.figure)
        view = _view(decision, people)
        findings = _findings(inputs, view)
        return Result(
            kind=self.kind,
            title=Text("One person, one vote", "一人一票"),
            values=_values(view),
            tables=(_table(view), _shares(view), _systems(view)),
            charts=_charts(view, findings),
            findings=findings,
            caveats=(POLICY, label_of("no"), *_cautions(inputs, view, source)),
            provenance=inputs.provenance(self),
        )


@dataclass(frozen=True)
class View:
    """What was found: the members with people, their power, and how other systems would do."""

    decision: Decision
    members: list[str]
    people: list[int]
    weight: list[float]
    power: list[float]
    decides: list[float] | None
    found: Found
    systems: Mapping[str, tuple[float, Found]]
    lacking: list[str]


def _chosen(inputs: Inputs, asked: Fairness) -> Decision:
    found = decisions(inputs, asked.rule, asked.reading)
    own = [each for each in found if each.institution is inputs.institution]
    return ([each for each in own if _basis(each) == "population"] or own)[0]


def _basis(decision: Decision) -> str:
    return str(getattr(getattr(decision.institution.rule(decision.rule), "weights", None), "basis", ""))


def _people(inputs: Inputs, decision: Decision, figure: str) -> tuple[dict[str, int], Text]:
    """The people behind each member, those unknown left out, and where they are counted."""
    if _basis(decision) == "population":
        weights = zip(decision.members, decision.weights, strict=True)
        source = Text("People are the rule's own weights.", "人口即该规则的权重。")
        return {member: round(weight) for member, weight in weights if weight > 0}, source
    panel = inputs.figures()
    title = panel.indicator(figure).title
    states = {member_code(each): tuple(actors_of(each)) for each in decision.institution.members}
    counts = {
        member: [panel.value(state, figure) for state in states.get(member, (member,))] for member in decision.members
    }
    found = {member: sum(each or 0 for each in each_state) for member, each_state in counts.items()}
    known = {member: round(count) for member, count in found.items() if count > 0 and None not in counts[member]}
    source = Text(
        f"People are the figure “{title.en}” as of {panel.year}.",
        f"人口采用截至{panel.year}年的指标“{title.of('zh')}”。",
    )
    return known, source


def _view(decision: Decision, people: dict[str, int]) -> View:
    from comity.solvers.design import citizen_decides, fairness

    members = [member for member in decision.members if member in people]
    if len(members) < 2:
        raise InputError(
            f"The people of {len(members)} of {len(decision.members)} members are known: nothing can be compared.",
            mend="Bring figures with --figures FILE, or name another with --figure.",
        )
    power, probability = _power(decision)
    places = [decision.members.index(member) for member in members]
    counts = [people[member] for member in members]
    held = [power[place] for place in places]
    try:
        found = fairness(held, counts)
    except ValueError as error:
        raise NotComputable(f"“{decision.title.en}”: {error}") from None
    decides = probability and citizen_decides([probability[place] for place in places], counts).tolist()
    lacking = [member for member in decision.members if member not in people]
    weight = [decision.shares[place] for place in places]
    return View(decision, members, counts, weight, held, decides, found, _others(counts, found), lacking)


def _power(decision: Decision) -> tuple[list[float], list[float] | None]:
    """Banzhaf shares and, where it was counted, the probability of a swing."""
    from comity.solvers.design import power_of
    from comity.solvers.power import measure
    from comity.solvers.simple import reduce

    game = reduce(decision.game)
    try:
        measured = measure(game)
        return [float(each) for each in measured.banzhaf], [float(each) for each in measured.swing_probability]
    except ValueError as error:
        if game.single is None:
            raise NotComputable(f"“{decision.title.en}”: {error}") from None
        try:
            return power_of(*game.single).tolist(), None
        except ValueError as also:
            raise NotComputable(f"“{decision.title.en}”: {also}") from None


def _others(people: Sequence[int], here: Found) -> dict[str, tuple[float, Found]]:
    """The same people under other systems: the quota and the fairness of each."""
    from comity.solvers.design import fairness, jagiellonian, power_of, square_root

    roots, heads = square_root(people), [1] * len(people)
    quota = jagiellonian(people)
    asked = {
        "square_root": (roots, quota, -(-Fraction(quota) * sum(roots) // 1)),
        "heads": (heads, 0.5, len(people) // 2 + 1),
    }
    if len(people) <= COUNTED:
        asked["people"] = (list(people), 0.5, sum(people) // 2 + 1)
    found = {"charter": (float("nan"), here)}
    for name, (weights, share, least) in asked.items():
        try:
            found[name] = (share, fairness(power_of(weights, min(int(least), sum(weights))), people))
        except ValueError:  # too large to count: the comparison goes without it
            continue
    return found


def _values(view: View) -> dict[str, Any]:
    by = {
        "people": view.people,
        "power": view.power,
        "target": view.found.target.tolist(),
        "citizen": view.found.citizen.tolist(),
        **({"citizen_decides": view.decides} if view.decides else {}),
    }
    values: dict[str, Any] = {name: dict(zip(view.members, column, strict=True)) for name, column in by.items()}
    systems = {
        name: {"misplaced": found.misplaced, "largest": found.largest, "gini": found.gini}
        for name, (_, found) in view.systems.items()
    }
    quota = {"jagiellonian_quota": view.systems["square_root"][0]} if "square_root" in view.systems else {}
    return {"rule": view.decision.key, **values, **quota, "systems": systems}


def _table(view: View) -> Table:
    import polars as pl

    citizen, target = view.found.citizen.tolist(), view.found.target.tolist()
    rows = [
        {
            "member": member,
            "people": people,
            "weight": view.weight[place],
            "power": view.power[place],
            "target": target[place],
            "citizen": citizen[place],
        }
        for place, (member, people) in enumerate(zip(view.members, view.people, strict=True))
    ]
    columns = (
        Column("member", Text("Member", "成员"), actor=True),
        Column("people", Text("People", "人口"), "persons"),
        Column("weight", Text("Share of weight", "权重份额"), "share", percent=True),
        Column("power", Text("Banzhaf power", "班扎夫指数"), "share", percent=True),
        Column("target", Text("Square-root target", "平方根目标"), "share", percent=True),
        Column("citizen", Text("Say of a citizen (average: 1)", "公民话语权（平均为1）"), digits=2),
    )
    frame = pl.DataFrame(rows).sort("people", "member", descending=[True, False])
    return Table("citizens", Text("Power and people", "权力与人口"), columns, frame)


def _shares(view: View) -> Table:
    import polars as pl

    target = view.found.target.tolist()
    ranked = sorted(range(len(view.members)), key=lambda place: -view.people[place])
    rows = [
        {"member": view.members[place], "rank": rank + 1, "measure": name, "share": share}
        for rank, place in enumerate(ranked)
        for name, share in (("weight", view.weight[place]), ("power", view.power[place]), ("target", target[place]))
    ]
    columns = (
        Column("member", Text("Member", "成员"), actor=True),
        Column("rank", Text("Rank by people", "人口名次")),
        Column("measure", Text("Measure", "度量"), labels=MEASURES),
        Column("share", Text("Share", "份额"), "share", percent=True),
    )
    return Table("shares", Text("Weight, power and target", "权重、权力与目标"), columns, pl.DataFrame(rows))


def _systems(view: View) -> Table:
    import polars as pl

    rows = [
        {
            "system": name,
            "quota": None if name == "charter" else quota,
            "misplaced": found.misplaced,
            "largest": found.largest,
            "gini": found.gini,
        }
        for name, (quota, found) in view.systems.items()
    ]
    columns = (
        Column("system", Text("System", "制度"), labels=SYSTEMS),
        Column("quota", Text("Quota", "门槛"), "share", percent=True),
        Column("misplaced", Text("Power misplaced", "错置的权力"), "share", percent=True, digits=2),
        Column("largest", Text("Largest deviation from target", "与目标的最大偏差"), "share", percent=True, digits=2),
        Column("gini", Text("Gini of citizens' say", "公民话语权基尼系数"), digits=4),
    )
    schema = {column.name: pl.String if column.name == "system" else pl.Float64 for column in columns}
    return Table(
        "systems", Text("The same people, other rules", "同样的人口，不同的规则"), columns, pl.DataFrame(rows, schema)
    )


def _findings(inputs: Inputs, view: View) -> tuple[Finding, ...]:
    title = view.decision.title
    citizen: list[float] = view.found.citizen.tolist()
    most, least = citizen.index(max(citizen)), citizen.index(min(citizen))
    first, last = (named(inputs, [view.members[place]]) for place in (most, least))
    high, low = f"{citizen[most]:.2g}", f"{citizen[least]:.2g}"
    text = said(
        f"Under “{title.en}” a citizen of {first.en} has {high} times the say of the average citizen, "
        f"one of {last.en} {low} times",
        f"按“{title.of('zh')}”，{first.of('zh')}公民的话语权是平均公民的{high}倍，{last.of('zh')}公民是{low}倍",
    )
    figures = {view.members[place]: Figure(citizen[place], "average = 1") for place in (most, least)}
    moved = per_cent(view.found.misplaced)
    found = [Finding(text, figures)]
    second = said(
        f"{moved} of the power would have to move for all citizens to have the same say (Gini {view.found.gini:.2f})",
        f"要使所有公民话语权相同，须转移{moved}的权力（基尼系数{view.found.gini:.2f}）",
    )
    found.append(Finding(second, {"misplaced": Figure(view.found.misplaced, "share"), "gini": Figure(view.found.gini)}))
    if "square_root" in view.systems:
        quota, other = view.systems["square_root"]
        rest = per_cent(other.misplaced, 2)
        third = said(
            f"With square-root weights and a quota of {per_cent(quota)}, {rest} would have to move",
            f"若采用平方根权重和{per_cent(quota)}的门槛，须转移的权力为{rest}",
        )
        found.append(Finding(third, {"quota": Figure(quota, "share"), "misplaced": Figure(other.misplaced, "share")}))
    return tuple(found)


def _cautions(inputs: Inputs, view: View, source: Text) -> list[Text]:
    found = [
        source,
        Text(
            "The square-root law takes citizens to vote independently of each other; where opinion moves in blocs, "
            "power in proportion to people is the fairer (Gelman, Katz and Bafumi 2004).",
            "平方根定律假定公民彼此独立投票；若意见成片变动，则按人口比例分配权力更为公平（Gelman、Katz与Bafumi，2004年）。",
        ),
    ]
    if view.lacking:
        who = named(inputs, view.lacking)
        found.append(
            Text(
                f"No count of people for {who.en}: left out of the comparison, not out of the vote.",
                f"缺少{who.of('zh')}的人口数：不列入比较，但仍参加投票。",
            )
        )
    return found


def _charts(view: View, findings: Sequence[Finding]) -> tuple[Chart, ...]:
    y: dict[str, Any] = {"field": "member_label", "type": "nominal", "axis": {"title": None, "labelOverlap": False}}
    x = {"field": "citizen", "type": "quantitative"}
    axis = {"tickCount": 6, "title": Text("Say of a citizen; average citizen = 1", "公民话语权（平均公民为1）")}
    bars = {
        "mark": {"type": "bar", "height": {"band": 0.6}, "color": BLUE},
        "encoding": {"y": {**y, "sort": {"field": "people", "order": "descending"}}, "x": {**x, "axis": axis}},
    }
    line = {"mark": {"type": "rule", "strokeDash": [5, 4], "color": VERMILION}, "encoding": {"x": {"datum": 1}}}
    rank = {"window": [{"op": "row_number", "as": "row"}], "sort": [{"field": "people", "order": "descending"}]}
    spec = {"width": 460, "height": {"step": 19}, "transform": [rank, {"filter": f"datum.row <= {SHOWN}"}]}
    title, rule = findings[0].text, view.decision.title
    subtitle = Text(f"“{rule.en}”; members by number of people", f"“{rule.of('zh')}”；成员按人口排列")
    alt = Text(f"Bars: say of a citizen of each member. {title.en}.", f"条形图：各成员公民的话语权。{title.of('zh')}。")
    note = (
        Text("")
        if len(view.members) <= SHOWN
        else Text(f"The {SHOWN} most populous.", f"仅列人口最多的{SHOWN}个成员。")
    )
    first = Chart("citizens", "citizens", title, subtitle, alt, {**spec, "layer": [bars, line]}, note)
    words = list(MEASURES.values())
    legend = {"field": "measure_label", "type": "nominal", "legend": {"title": None, "orient": "top"}}
    axis = {"format": ".0%", "tickCount": 6, "title": Text("Share of all members", "占全体成员的份额")}
    dots = {
        "y": {**y, "sort": {"field": "rank"}},
        "x": {"field": "share", "type": "quantitative", "axis": axis},
        "color": {**legend, "scale": {"domain": words, "range": [ORANGE, BLUE, GREEN]}},
        "shape": {**legend, "scale": {"domain": words, "range": ["diamond", "circle", "triangle-up"]}},
    }
    mark = {"type": "point", "filled": True, "size": 60, "opacity": 1}
    keep = [{"filter": f"datum.rank <= {SHOWN}"}]
    spec = {"width": 460, "height": {"step": 19}, "transform": keep, "mark": mark, "encoding": dots}
    title = findings[1].text
    alt = Text(f"Dots: weight, power and target. {title.en}.", f"点图：权重、权力与目标。{title.of('zh')}。")
    return first, Chart("fairness", "shares", title, subtitle, alt, spec, note)
