"""The quota: what every member's power, and the body's power to act, would be at another threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from comity.analysis.parts.decisions import POLICY, Decision, decisions
from comity.analysis.power import label_of
from comity.kernel.errors import InputError, NotComputable
from comity.kernel.result import Chart, Column, Figure, Finding, Result, Table, Text
from comity.kernel.saying import BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION, per_cent, said
from comity.model.analysis import Analysis, Inputs
from comity.model.naming import named

if TYPE_CHECKING:
    from comity.solvers.design import Sweep
    from comity.solvers.simple import Simple

INDICES = {
    "banzhaf": Text("Banzhaf power", "班扎夫指数"),
    "shapley_shubik": Text("Shapley-Shubik power", "夏普利-舒比克指数"),
}
COLOURS = (BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY)
MOST = 1000
"""The most quotas of one sweep."""


Percent = Annotated[float, Field(allow_inf_nan=False)]
"""A share in per cent."""


class Quota(Analysis):
    """Power against the quota: what a higher or lower threshold would make of each member, and of the body.

    The threshold of one rule is moved through a range; its other conditions, vetoes and weights stay as they are.
    Abstention is counted as no.

    Source:
        Leech, "Voting power in the governance of the International Monetary Fund", Annals of Operations Research 109
        (2002); Kurz, "Computing the power distribution in the IMF" (2016).

    Example:
        >>> import comity as co
        >>> swept = co.analyse(co.load("g5"), "quota", rule="budget", start=60, end=80, step=10)
        >>> swept.values["quotas"], [round(act, 3) for act in swept.values["act"]]
        ([Fraction(3, 5), Fraction(2, 3), Fraction(7, 10), Fraction(4, 5)], [0.312, 0.281, 0.281, 0.125])
    """

    kind: Literal["analysis.quota"] = "analysis.quota"
    """The kind of analysis."""
    rule: str | None = None
    """The rule whose threshold is moved; the first in which weights differ, else the first, where absent."""
    reading: str | None = None
    """The reading of the rule, where it has several; its own where absent."""
    index: Literal["banzhaf", "shapley_shubik"] = "banzhaf"
    """The index of power."""
    start: Percent = 50
    """The lowest quota, in per cent."""
    end: Percent = 100
    """The highest quota, in per cent."""
    step: Annotated[float, Field(allow_inf_nan=False)] | None = None
    """The distance of quotas, in per cent; 1, or 5 where each takes long, where absent."""

    def run(self, inputs: Inputs) -> Result:
        """Move the threshold."""
        moved = _moved(inputs, self)
        shares = self._shares(moved)
        swept = _swept(inputs, moved, shares, self)
        view = View(moved, shares, swept, self.index)
        findings = _findings(inputs, view)
        powers, lines, acts = _powers(view), _lines(inputs, view), _acts(view)
        return Result(
            kind=self.kind,
            title=Text("What the quota does", "门槛的作用"),
            values=_values(view),
            tables=(lines, acts, powers),
            charts=_charts(view, lines, findings),
            findings=findings,
            caveats=(POLICY, label_of("no"), *_cautions(view)),
            provenance=inputs.provenance(self),
        )

    def _shares(self, moved: Moved) -> list[Fraction]:
        step = self.step if self.step is not None else (5 if self.index == "shapley_shubik" and moved.large else 1)
        low, high, by = (Fraction(str(value)) / 100 for value in (self.start, self.end, step))
        if not 0 < low <= high <= 1 or by <= 0 or (high - low) / by > MOST:
            raise InputError(
                f"Quotas from {self.start:g} to {self.end:g} per cent by {step:g} are no range.",
                mend=f"Give 0 < start <= end <= 100 and a step above 0, {MOST} quotas at most.",
            )
        count = int((high - low) / by) + 1
        return sorted({*(low + by * number for number in range(count)), moved.own})


@dataclass(frozen=True)
class Moved:
    """A rule with the condition that is moved: its number, its total weight, and its own share of it."""

    decision: Decision
    game: Simple
    condition: int
    total: int
    own: Fraction

    @property
    def large(self) -> bool:
        """Whether each quota takes long to count."""
        return len(self.game.members) > 40 and len(set(self.game.rows[self.condition])) > 10


@dataclass(frozen=True)
class View:
    """What was found: the rule, the shares asked for, and the power at each."""

    moved: Moved
    shares: list[Fraction]
    swept: Sweep
    index: Literal["banzhaf", "shapley_shubik"]

    @property
    def at_own(self) -> int:
        """The place of the rule's own quota."""
        return self.shares.index(self.moved.own)

    @property
    def powers(self) -> list[list[float]]:
        """Quotas x members."""
        return self.swept.power.tolist()

    @property
    def acts(self) -> list[float | None]:
        """The power to act at each quota; None where it was not counted."""
        return [act if act == act else None for act in self.swept.act.tolist()]  # noqa: PLR0124 - not a number


def _moved(inputs: Inputs, asked: Quota) -> Moved:
    from comity.solvers.game import CHOICES
    from comity.solvers.simple import Simple

    decision = _chosen(inputs, asked)
    game = decision.game
    given = [game.coefficients[:, CHOICES.index(word), :].tolist() for word in ("yes", "no")]
    rows = [tuple(y - n for y, n in zip(yes, no, strict=True)) for yes, no in zip(*given, strict=True)]
    needs = [int(need) - sum(no) for need, no in zip(game.thresholds.tolist(), given[1], strict=True)]
    for number, (row, tag) in enumerate(zip(rows, game.tags, strict=True)):
        if tag == "threshold" and sum(row) and _in_proportion(row, decision.weights):
            own = Fraction(needs[number], sum(row))
            moved = Simple(game.members, tuple(rows), tuple(needs), game.formula)
            return Moved(decision, moved, number, sum(row), own)
    raise NotComputable(f"The rule {decision.title.en} has no threshold of weight or heads that could be moved.")


def _chosen(inputs: Inputs, asked: Quota) -> Decision:
    found = decisions(inputs, asked.rule, asked.reading)
    own = [each for each in found if each.institution is inputs.institution]
    uneven = [each for each in own if len(set(each.weights)) > 1]
    return (uneven or own)[0]


def _in_proportion(row: Sequence[int], weights: Sequence[Fraction]) -> bool:
    total, whole = sum(row), sum(weights, Fraction(0))
    return all(value * whole == weight * total for value, weight in zip(row, weights, strict=True))


def _swept(inputs: Inputs, moved: Moved, shares: Sequence[Fraction], asked: Quota) -> Sweep:
    from comity.solvers.design import quota_sweep

    quotas = [-(-share.numerator * moved.total // share.denominator) for share in shares]
    try:
        return quota_sweep(moved.game, quotas, condition=moved.condition, index=asked.index, progress=inputs.step)
    except ValueError as error:
        raise NotComputable(f"“{moved.decision.title.en}” cannot be swept: {error}") from None


def _values(view: View) -> dict[str, Any]:
    columns = zip(*view.powers, strict=True)
    return {
        "rule": view.moved.decision.key,
        "index": view.index,
        "own_quota": view.moved.own,
        "quotas": view.shares,
        "power": {member: list(column) for member, column in zip(view.moved.decision.members, columns, strict=True)},
        "act": view.acts,
    }


def _powers(view: View) -> Table:
    import polars as pl

    decision = view.moved.decision
    rows = [
        {"quota": float(share), "member": member, "weight": weight, "power": power}
        for share, row in zip(view.shares, view.powers, strict=True)
        for member, weight, power in zip(decision.members, decision.shares, row, strict=True)
    ]
    columns = (
        _QUOTA,
        Column("member", Text("Member", "成员"), actor=True),
        Column("weight", Text("Share of weight", "权重份额"), "share", percent=True),
        Column("power", INDICES[view.index], "share", percent=True),
    )
    title = Text("Power of each member at each quota", "各门槛下各成员的权力")
    return Table("powers", title, columns, pl.DataFrame(rows))


_QUOTA = Column("quota", Text("Quota", "门槛"), "share", percent=True)


def groups_of(view: View) -> list[list[int]]:
    """Members of equal power at every quota together, the strongest at the rule's own quota first."""
    held: dict[tuple[float, ...], list[int]] = {}
    for place, column in enumerate(zip(*view.powers, strict=True)):
        held.setdefault(tuple(round(power, 12) for power in column), []).append(place)
    weights = view.moved.decision.shares
    at_own = view.powers[view.at_own]
    return sorted(held.values(), key=lambda places: (-weights[places[0]], -at_own[places[0]]))


def _lines(inputs: Inputs, view: View) -> Table:
    import polars as pl

    decision = view.moved.decision
    shown = groups_of(view)[: len(COLOURS)]
    words = {
        decision.members[places[0]]: named(inputs, [decision.members[place] for place in places]) for places in shown
    }
    rows = [
        {"quota": float(share), "line": decision.members[places[0]], "power": row[places[0]]}
        for places in shown
        for share, row in zip(view.shares, view.powers, strict=True)
    ]
    labels = {code: said(text.en, text.of("zh")) for code, text in words.items()}
    columns = (
        _QUOTA,
        Column("line", Text("Members", "成员"), labels=labels),
        Column("power", INDICES[view.index], "share", percent=True),
    )
    title = Text("Power of the members of greatest weight", "权重最大成员的权力")
    return Table("lines", title, columns, pl.DataFrame(rows))


def _acts(view: View) -> Table:
    import polars as pl

    rows = [
        {"quota": float(share), "act": act, "largest": max(row)}
        for share, act, row in zip(view.shares, view.acts, view.powers, strict=True)
    ]
    columns = (
        _QUOTA,
        Column("act", Text("Power to act (Coleman)", "行动权力（科尔曼）"), "share", percent=True, digits=2),
        Column("largest", Text("Largest power of one member", "单一成员最大权力"), "share", percent=True),
    )
    schema = {column.name: pl.Float64 for column in columns}
    return Table("acts", Text("Power to act at each quota", "各门槛下的行动权力"), columns, pl.DataFrame(rows, schema))


def _findings(inputs: Inputs, view: View) -> tuple[Finding, ...]:
    decision, own = view.moved.decision, view.at_own
    first = groups_of(view)[0]
    who = named(inputs, [decision.members[place] for place in first])
    column = [row[first[0]] for row in view.powers]
    low, high, here = per_cent(column[0]), per_cent(column[-1]), per_cent(column[own])
    asked = [
        per_cent(float(share), 2).replace(".00", "") for share in (view.shares[0], view.shares[-1], view.moved.own)
    ]
    each, every = (" each", "各") if len(first) > 1 else ("", "")
    have = "have" if len(first) > 1 else "has"
    title = decision.title
    figures = {"own": Figure(column[own], "share"), "quota": Figure(float(view.moved.own), "share")}
    same = max(column) - min(column) < 1e-12
    if same:
        text = said(
            f"No quota changes the power of {who.en} under “{title.en}”: {here}{each} throughout",
            f"按“{title.of('zh')}”，任何门槛都不改变{who.of('zh')}的权力：始终{every}为{here}",
        )
    else:
        low_en, low_zh = f"{low} at {asked[0]} and ", f"门槛为{asked[0]}时{every}占{low}，"
        if asked[0] == asked[2]:
            low_en = low_zh = ""
        they = "they" if len(first) > 1 else "it"
        text = said(
            f"With the charter's quota of {asked[2]} {who.en} {have} {here} of the power{each}; "
            f"{they} would have {low_en}{high} at {asked[1]}",
            f"按章程的门槛{asked[2]}，{who.of('zh')}{every}占权力的{here}；{low_zh}门槛为{asked[1]}时{every}占{high}",
        )
    return Finding(text, figures), *_easier(view, asked)


def _easier(view: View, asked: Sequence[str]) -> tuple[Finding, ...]:
    act, easiest = view.acts[view.at_own], view.acts[0]
    if act is None or easiest is None:
        return ()
    (here, here_zh), (low, low_zh) = _odds(act), _odds(easiest)
    text = said(
        f"A proposal is carried by {here} at a quota of {asked[2]}, by {low} at {asked[0]}",
        f"能够通过提案的联盟：门槛为{asked[2]}时{here_zh}，{asked[0]}时{low_zh}",
    )
    return (Finding(text, {"act": Figure(act, "share"), "act_at_start": Figure(easiest, "share")}),)


def _odds(act: float) -> tuple[str, str]:
    if not act:
        return "no coalition", "没有"
    if act < 0.001:
        return f"one coalition in {1 / act:,.0f}", f"每{1 / act:,.0f}个中有1个"
    return f"{per_cent(act)} of coalitions", f"占{per_cent(act)}"


def _cautions(view: View) -> list[Text]:
    found: list[Text] = []
    if view.shares[0] <= Fraction(1, 2) and (view.acts[0] or 1) > 0.5:
        found.append(
            Text(
                "At a quota of half or less two opposed coalitions may both carry.",
                "门槛不超过一半时，对立的两个联盟可能都获通过。",
            )
        )
    return found


def _charts(view: View, lines: Table, findings: Sequence[Finding]) -> tuple[Chart, ...]:
    words = list((lines.column("line").labels or {}).values())
    colour: dict[str, Any] = {
        "field": "line_label",
        "type": "nominal",
        "legend": {"title": None, "orient": "top", "columns": 3, "labelLimit": 400},
        "scale": {"domain": words, "range": list(COLOURS[: len(words)])},
    }
    y = {"field": "power", "axis": {"format": ".0%", "tickCount": 6, "title": INDICES[view.index]}}
    title, rule = findings[0].text, view.moved.decision.title
    subtitle = Text(f"“{rule.en}”; dashed: the charter's own quota", f"“{rule.of('zh')}”；虚线为章程规定的门槛")
    alt = Text(f"Lines: power against the quota. {title.en}.", f"折线图：权力随门槛的变化。{title.of('zh')}。")
    spec = _against_quota(view, y, {"color": colour}, 300)
    powers = Chart("quota", "lines", title, subtitle, alt, spec, _unshown(view))
    if len(findings) == 1:
        return (powers,)
    y = {"field": "act", "axis": {"format": ".3~p", "tickCount": 5, "title": Text("Power to act", "行动权力")}}
    title = findings[1].text
    alt = Text(
        f"Line: power to act against the quota. {title.en}.", f"折线图：行动权力随门槛的变化。{title.of('zh')}。"
    )
    return powers, Chart("quota_acts", "acts", title, subtitle, alt, _against_quota(view, y, {}, 180))


def _against_quota(view: View, y: dict[str, Any], more: dict[str, Any], height: int) -> dict[str, Any]:
    heads = len(set(view.moved.decision.weights)) == 1
    across = Text("Quota: share of all members", "门槛：占全体成员的份额")
    if not heads:
        across = Text("Quota: share of all weight", "门槛：占全部权重的份额")
    scale = {"zero": False, "nice": False}
    x = {"field": "quota", "type": "quantitative", "scale": scale, "axis": {"format": ".0%", "title": across}}
    own = {"datum": float(view.moved.own)}
    dashed = {"mark": {"type": "rule", "strokeDash": [5, 4], "color": "#555555"}, "encoding": {"x": own}}
    mark = {"type": "line", "strokeWidth": 2, "interpolate": "step-before" if heads else "linear"}
    mark |= {} if more else {"color": BLUE}
    drawn = {"mark": mark, "encoding": {"x": x, "y": {"type": "quantitative", **y}, **more}}
    return {"width": 560, "height": height, "layer": [dashed, drawn]}


def _unshown(view: View) -> Text:
    groups = groups_of(view)
    if len(groups) <= len(COLOURS):
        return Text("")
    rest = sum(len(places) for places in groups[len(COLOURS) :])
    return Text(f"Not drawn: {rest} members of smaller weight.", f"未画出：权重较小的{rest}个成员。")
