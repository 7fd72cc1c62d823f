"""``selection.inverse``: is there any weighting that gives exactly the members, where, and if not, why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from comity.kernel.errors import NotComputable
from comity.kernel.result import Chart, Column, Figure, Finding, Result, Table, Text
from comity.model.analysis import Inputs
from comity.selection.acceptability import counts, measured
from comity.selection.criteria import Contest, Selecting
from comity.selection.words import COLOURS, listed, percent, sentence, state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.solvers.choice.inverse import Inverse as Found
    from comity.solvers.choice.inverse import Obstacle


ANYWHERE = Text("No single weight excludes these members", "没有哪一项权重本身会排除这些成员")

RING = "M0,-1A1,1,0,1,1,0,1A1,1,0,1,1,0,-1ZM0,-0.6A0.6,0.6,0,1,0,0,0.6A0.6,0.6,0,1,0,0,-0.6Z"
"""A ring as a filled shape, so that the legend shows it as it is drawn."""


class Inverse(Selecting):
    """Whether any weighting seats exactly the charter's members: the widest margin, the region of weights, the reason.

    Decided exactly by linear programming over all weightings; only the volume of the region is estimated, by draws.

    Example:
        >>> Inverse(aggregate="weighted_product").draws
        10000
    """

    kind: Literal["selection.inverse"] = "selection.inverse"
    """The kind of analysis."""
    draws: Annotated[int, Field(ge=1, le=10_000_000)] = 10_000
    """How many weightings are drawn to estimate the volume of the region."""

    def run(self, inputs: Inputs) -> Result:
        """Ask which weights give the members."""
        contest = self.ranked(inputs)
        refuse_topsis(contest)
        away = contest.why_not()
        if away is not None:
            return _impossible(self, contest, away)
        found = solved(contest)
        volume = counts(contest, _everywhere(contest), self.draws)
        share = measured(contest, volume.exact, volume.draws)
        return Result(
            kind=self.kind,
            title=Text("Is there any weighting that gives exactly these members?", "是否存在恰好选出这些成员的权重？"),
            values=_values(contest, found, share, volume.exact_error),
            tables=(_table(contest, found), *_reason_table(contest, found.obstacle)),
            charts=(_chart(contest, found),) if found.exists else (),
            findings=tuple(_findings(contest, found, share)),
            caveats=contest.caveats,
            provenance=contest.provenance(self, random=True),
        )


def refuse_topsis(contest: Contest) -> None:
    """Refuse what linear programming cannot decide.

    Raises:
        NotComputable: for TOPSIS, whose scores are not linear in the weights.
    """
    if contest.admission.aggregate == "topsis":
        raise NotComputable(
            "TOPSIS scores are not linear in the weights, so that the question cannot be decided exactly.",
            mend="Use the weighted sum or product, or ask selection.acceptability, which draws weights.",
        )


def solved(contest: Contest) -> Found:
    """The answer of the linear program for the charter's members."""
    from comity.solvers.choice.inverse import weighting_for

    return weighting_for(contest.scoring, sorted(contest.asked))


def reason(contest: Contest, obstacle: Obstacle) -> Text:
    """Why no weighting gives the members, in words.

    Example:
        "Germany is at least France on every criterion, so that no weighting seats France without Germany."
    """
    out, inside = _mixed(contest, obstacle.outsiders), _mixed(contest, obstacle.insiders)
    if obstacle.dominance and obstacle.equal:
        pattern = Text(
            "{out} and {inside} are equal on every criterion, so that only a tie could seat {inside} without {out}.",
            "{out}与{inside}在每项指标上都相等，只有靠并列才能让{inside}入选而{out}落选。",
        )
    elif obstacle.dominance:
        pattern = Text(
            "{out} is at least {inside} on every criterion, so that no weighting seats {inside} without {out}.",
            "{out}在每项指标上都不低于{inside}，因此任何权重都无法让{inside}入选而{out}落选。",
        )
    elif len(obstacle.insiders) == 1:
        pattern = Text(
            "The mix {out} is at least {inside} on every criterion, so that under any weighting at least one of these "
            "outsiders scores no less than {inside}.",
            "组合“{out}”在每项指标上都不低于{inside}，因此在任何权重下，这些局外国家中至少有一个得分不低于{inside}。",
        )
    else:
        pattern = Text(
            "The mix {out} is at least the mix {inside} on every criterion, so that under any weighting at least one "
            "of the former scores no less than one of the latter.",
            "组合“{out}”在每项指标上都不低于组合“{inside}”，因此在任何权重下，前者中至少有一个得分不低于后者中的某一个。",
        )
    return sentence(pattern, out=out, inside=inside)


def _mixed(contest: Contest, mix: Mapping[int, float]) -> Text:
    actors = contest.inputs.actors
    if len(mix) == 1:
        return state(actors, contest.states[next(iter(mix))])
    parts = [
        Text(f"{percent(share).en} {name.en}", f"{percent(share).of('zh')}{name.of('zh')}")
        for number, share in mix.items()
        for name in (state(actors, contest.states[number]),)
    ]
    return listed(parts)


def _everywhere(contest: Contest) -> Any:
    from comity.solvers.choice.weights import Region, limits

    return Region.of(limits(contest.criteria))


def _values(contest: Contest, found: Found, share: Figure, error: float) -> dict[str, Any]:
    named = list(contest.criteria)
    obstacle = found.obstacle
    return {
        "variant": contest.variant,
        "seats": contest.seats,
        "members": list(contest.members),
        "exists": found.exists,
        "margin": found.margin,
        "weights": dict(zip(named, found.weights.tolist(), strict=True)) if found.exists else None,
        "low": None if found.low is None else dict(zip(named, found.low.tolist(), strict=True)),
        "high": None if found.high is None else dict(zip(named, found.high.tolist(), strict=True)),
        "volume": share.value,
        "volume_error": error,
        "draws": share.n,
        "reason": None if obstacle is None else reason(contest, obstacle),
        "outsiders": None if obstacle is None else {contest.states[n]: p for n, p in obstacle.outsiders.items()},
        "insiders": None if obstacle is None else {contest.states[n]: p for n, p in obstacle.insiders.items()},
    }


def _table(contest: Contest, found: Found) -> Table:
    import polars as pl

    none = [None] * len(contest.criteria)
    frame = pl.DataFrame(
        {
            "criterion": list(contest.criteria),
            "declared": contest.weights.tolist(),
            "low": none if found.low is None else found.low.tolist(),
            "high": none if found.high is None else found.high.tolist(),
            "widest": found.weights.tolist() if found.exists else none,
        },
        schema_overrides={"low": pl.Float64, "high": pl.Float64, "widest": pl.Float64},
    )
    columns = (
        Column("criterion", Text("Criterion", "指标"), labels={name: contest.title(name) for name in contest.criteria}),
        Column("declared", Text("Declared weight", "所定权重"), digits=1, percent=True),
        Column("low", Text("Least weight with these members", "选出这些成员的最小权重"), digits=1, percent=True),
        Column("high", Text("Largest weight with these members", "选出这些成员的最大权重"), digits=1, percent=True),
        Column("widest", Text("Where the margin is largest", "优势最大处的权重"), digits=1, percent=True),
    )
    note = Text(
        "Least and largest weight of each criterion alone; not every combination within them gives the members.",
        "所列为各项指标单独可取的最小与最大权重；并非界限内的每种组合都能选出这些成员。",
    )
    title = Text("The weights that give exactly these members", "恰好选出这些成员的权重")
    return Table("weights", title, columns, frame, note)


def _reason_table(contest: Contest, obstacle: Obstacle | None) -> tuple[Table, ...]:
    import polars as pl

    if obstacle is None:
        return ()
    values = contest.scoring.values
    first = values[0] * 0
    for number, share in obstacle.outsiders.items():
        first = first + share * values[number]
    frame = pl.DataFrame(
        {
            "criterion": list(contest.criteria),
            "outsiders": first.tolist(),
            "insiders": (first - obstacle.ahead).tolist(),
            "ahead": obstacle.ahead.tolist(),
        }
    )
    titles = {name: contest.title(name) for name in contest.criteria}
    columns = (
        Column("criterion", Text("Criterion", "指标"), labels=titles),
        Column("outsiders", _mixed(contest, obstacle.outsiders), digits=4),
        Column("insiders", _mixed(contest, obstacle.insiders), digits=4),
        Column("ahead", Text("Ahead by", "领先"), digits=4),
    )
    return (
        Table("reason", Text("Why no weighting gives these members", "为何没有权重能选出这些成员"), columns, frame),
    )


def _chart(contest: Contest, found: Found) -> Chart:
    assert found.low is not None
    assert found.high is not None
    narrow = int((found.high - found.low).argmin())
    anywhere = bool(found.low[narrow] <= 0.0005 and found.high[narrow] >= 0.9995)
    title = (
        ANYWHERE
        if anywhere
        else sentence(
            Text(
                "Only with {what} {range} of all weight can these members come out",
                "只有当{what}占全部权重的{range}时，才可能选出这些成员",
            ),
            what=contest.title(contest.criteria[narrow]),
            range=_range(float(found.low[narrow]), float(found.high[narrow])),
        )
    )
    place = {
        "field": "criterion_label",
        "type": "nominal",
        "sort": [contest.title(name) for name in contest.criteria],
        "axis": {"title": None},
    }

    def across(field: str) -> dict[str, Any]:
        axis = {"format": ".0%", "title": Text("Weight", "权重")}
        return {"field": field, "type": "quantitative", "axis": axis, "scale": {"domain": [0, 1]}}

    marks = [Text("largest margin", "优势最大处"), Text("declared", "所定权重")]
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "height": 12, "color": COLOURS[5]},
            "encoding": {"y": place, "x": across("low"), "x2": {"field": "high"}},
        }
    ]
    for field, label in zip(("widest", "declared"), marks, strict=True):
        shape = {"datum": label, "type": "nominal", "scale": {"domain": marks, "range": ["diamond", RING]}}
        layers.append(
            {
                "mark": {"type": "point", "filled": True, "size": 80, "color": "#000000"},
                "encoding": {
                    "y": place,
                    "x": across(field),
                    "shape": {**shape, "legend": {"title": None, "orient": "bottom"}},
                },
            }
        )
    return Chart(
        "weights",
        "weights",
        title,
        Text(
            "Bars: least to largest weight of each criterion in any weighting that gives exactly these members",
            "横条：在恰好选出这些成员的权重组合中，各项指标权重的最小值至最大值",
        ),
        Text("Ranges of the weights that give exactly these members.", "恰好选出这些成员的各项权重范围。"),
        {"height": {"step": 34}, "width": 460, "layer": layers},
    )


def _range(low: float, high: float) -> Text:
    ends = percent(low, 0), percent(high, 0)
    if low <= 0.0005:
        return Text(f"at no more than {ends[1].en}", f"{ends[1].of('zh')}以下")
    if high >= 0.9995:
        return Text(f"at {ends[0].en} or more", f"{ends[0].of('zh')}以上")
    return Text(f"between {ends[0].en} and {ends[1].en}", f"{ends[0].of('zh')}至{ends[1].of('zh')}")


def _findings(contest: Contest, found: Found, share: Figure) -> list[Finding]:
    many = len(contest.members)
    if found.obstacle is not None:
        pattern = Text(
            "No weighting of these criteria gives exactly the {many} members of the charter. {why}",
            "没有任何权重能恰好选出章程所列的{many}个成员。{why}",
        )
        text = sentence(pattern, many=many, why=reason(contest, found.obstacle))
        return [Finding(text, {"margin": Figure(found.margin, "score")})]
    pattern = Text(
        "Yes: some weightings give exactly the {many} members of the charter, {share} of all (95 % interval {low} to "
        "{high}).",
        "存在：有些权重恰好选出章程所列的{many}个成员，占全部权重组合的{share}（95%区间{low}至{high}）。",
    )
    bounds = {"low": percent(share.low or 0, 2), "high": percent(share.high or 0, 2)}
    if share.value == 1:
        pattern = Text(
            "Yes: every weighting drawn gives exactly the charter's {many} members (95 % interval {low} to {high}).",
            "存在：所抽取的每一组权重都恰好选出章程所列的{many}个成员（95%区间{low}至{high}）。",
        )
    first = sentence(pattern, many=many, share=percent(float(share.value or 0)), **bounds)
    return [Finding(first, {"volume": share}), _where(contest, found)]


def _where(contest: Contest, found: Found) -> Finding:
    heavy = sorted(range(len(contest.criteria)), key=lambda number: -found.weights[number])
    parts = [
        Text(f"{title.en} {weight.en}", f"{title.of('zh')}{weight.of('zh')}")
        for number in heavy
        if found.weights[number] > 0.0005
        for title, weight in ((contest.title(contest.criteria[number]), percent(float(found.weights[number]), 0)),)
    ]
    shares = contest.admission.scale == "share_of_world" and contest.admission.aggregate == "weighted_sum"
    margin = (
        Text(f"{found.margin * 100:.2g} points of world share", f"{found.margin * 100:.2g}个百分点（世界份额）")
        if shares
        else Text(f"{found.margin:.2g}")
    )
    pattern = Text(
        "They are furthest ahead with these weights: {weights}; even there the weakest member leads the strongest "
        "outsider by only {margin}.",
        "在以下权重下优势最大：{weights}；即便如此，最弱的成员也只领先最强的局外国家{margin}。",
    )
    return Finding(sentence(pattern, weights=listed(parts), margin=margin), {"margin": Figure(found.margin, "score")})


def _impossible(analysis: Inverse, contest: Contest, why: Text) -> Result:
    import polars as pl

    titles = {name: contest.title(name) for name in contest.criteria}
    columns = (
        Column("criterion", Text("Criterion", "指标"), labels=titles),
        Column("declared", Text("Declared weight", "所定权重"), digits=1, percent=True),
    )
    frame = pl.DataFrame({"criterion": list(contest.criteria), "declared": contest.weights.tolist()})
    values = {
        "variant": contest.variant,
        "seats": contest.seats,
        "members": list(contest.members),
        "exists": False,
        "margin": None,
        "weights": None,
        "reason": why,
    }
    pattern = Text(
        "No weighting gives exactly the charter's members. {why}", "没有任何权重能恰好选出章程所列成员。{why}"
    )
    return Result(
        kind=analysis.kind,
        title=Text("Is there any weighting that gives exactly these members?", "是否存在恰好选出这些成员的权重？"),
        values=values,
        tables=(Table("weights", Text("The declared weights", "所定权重"), columns, frame),),
        findings=(Finding(sentence(pattern, why=why)),),
        caveats=contest.caveats,
        provenance=contest.provenance(analysis),
    )
