"""``selection.acceptability``: who is seated in how many weightings, and how often exactly these members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from comity.kernel.errors import InputError
from comity.kernel.result import Chart, Column, Figure, Finding, Result, Table, Text
from comity.model.analysis import Inputs
from comity.selection.criteria import Contest, Selecting
from comity.selection.words import MEMBER, MEMBERSHIP, OTHER, bars, count, percent, sentence, state, states

if TYPE_CHECKING:
    from comity.solvers.choice.acceptability import Acceptability as Counted
    from comity.solvers.choice.weights import Region

SHOWN = 20
"""States in the chart."""
SETS = 20
"""Sets in the table and the values."""
CONVERGED = 0.005
"""The standard error at which shares count as converged where the user asks for none."""

Range = tuple[Annotated[float, Field(ge=0, le=1)], Annotated[float, Field(ge=0, le=1)]]


class Acceptability(Selecting):
    """P(seat) of every state over weights drawn uniformly from all that are allowed, and P(exactly these members).

    **Source**: Lahdelma, Hokkanen and Salminen (1998), "SMAA - Stochastic multiobjective acceptability analysis",
    European Journal of Operational Research 106: 137-143.

    Example:
        >>> Acceptability(draws=1000, ranges={"gdp": (0.1, 0.5)}, order=("gdp", "military")).draws
        1000
    """

    kind: Literal["selection.acceptability"] = "selection.acceptability"
    """The kind of analysis."""
    draws: Annotated[int, Field(ge=1, le=10_000_000)] = 10_000
    """How many weightings are drawn; the most where ``error`` is given."""
    error: Annotated[float, Field(gt=0, lt=1)] | None = None
    """Stop as soon as the largest standard error is within this."""
    ranges: dict[str, Range] = {}
    """The least and the most weight of some criteria, as shares of all weight."""
    order: tuple[str, ...] = ()
    """Criteria of which none may weigh more than the one before."""

    def run(self, inputs: Inputs) -> Result:
        """Draw weightings and count who is seated."""
        contest = self.ranked(inputs)
        counted = counts(contest, self.region(contest), self.draws, self.error)
        tables = (_seats(contest, counted), _sets(contest, counted), _central(contest, counted))
        return Result(
            kind=self.kind,
            title=Text("How robust is the choice?", "选择有多稳健？"),
            values=_values(contest, counted, self.error),
            tables=tables,
            charts=(_chart(self, contest, counted),),
            findings=tuple(_findings(contest, counted)),
            caveats=(*contest.caveats, *_doubts(self, contest, counted)),
            provenance=contest.provenance(self, random=True),
        )

    def region(self, contest: Contest) -> Region:
        """The weights that the user allows.

        Raises:
            InputError: for ranges or orders that no weights can keep.
        """
        from comity.solvers.choice.weights import Region, limits

        try:
            return Region.of(limits(contest.criteria, self.ranges, self.order))
        except ValueError as error:
            raise InputError(str(error)) from None


def counts(contest: Contest, region: Region, draws: int, error: float | None = None, *, quiet: bool = False) -> Counted:
    """Who is seated how often over weights drawn from a region; the same draws for the same seed in every contest.

    Raises:
        InputError: where there are more seats than states.
    """
    from comity.kernel.streams import Stream
    from comity.solvers.choice.acceptability import acceptability

    def told(done: int, total: int) -> None:
        contest.inputs.step(done, total, "weightings")

    try:
        return acceptability(
            contest.scoring,
            contest.seats,
            contest.asked,
            region=region,
            uniforms=Stream(contest.inputs.seed, "selection.weights").uniforms,
            draws=draws,
            target=error or CONVERGED,
            stop=error is not None,
            progress=None if quiet else told,
        )
    except ValueError as wrong:
        raise InputError(str(wrong), mend="Give fewer seats, or exclude fewer states.") from None


def _values(contest: Contest, counted: Counted, error: float | None) -> dict[str, Any]:
    sets = [
        {"members": [contest.states[number] for number in each], "p": float(p), "error": float(wrong)}
        for each, p, wrong in zip(counted.sets[:SETS], counted.shares, counted.shares_error, strict=False)
    ]
    exact = counted.central_exact.tolist() if counted.exact else None
    return {
        "variant": contest.variant,
        "seats": contest.seats,
        "members": list(contest.members),
        "p_seat": dict(zip(contest.states, counted.seated.tolist(), strict=True)),
        "p_seat_error": dict(zip(contest.states, counted.seated_error.tolist(), strict=True)),
        "p_exact_set": counted.exact,
        "p_exact_set_error": counted.exact_error,
        "sets": sets,
        "distinct_sets": len(counted.sets),
        "central_weights": None if exact is None else dict(zip(contest.criteria, exact, strict=True)),
        "draws": counted.draws,
        "target_error": error or CONVERGED,
        "largest_error": max(float(counted.seated_error.max()), counted.exact_error),
        "converged": counted.converged,
    }


def _leading(contest: Contest, counted: Counted) -> list[int]:
    """The states by share of weightings, the members first among equals; all that are ever seated, and all members."""
    numbers = range(len(contest.states))
    ever = [n for n in numbers if counted.seated[n] > 0 or contest.states[n] in contest.members]
    return sorted(ever, key=lambda n: (-counted.seated[n], contest.states[n] not in contest.members, n))


def _seats(contest: Contest, counted: Counted) -> Table:
    import polars as pl

    from comity.solvers.choice.acceptability import interval

    low, high = interval(counted.seated, counted.draws)
    ranks = contest.seating.ranks
    rows = [
        {
            "iso3": contest.states[number],
            "place": place + 1,
            "p_seat": float(counted.seated[number]),
            "error": float(counted.seated_error[number]),
            "low": float(low[number]),
            "high": float(high[number]),
            "rank": int(ranks[number]),
            "membership": "member" if contest.states[number] in contest.members else "other",
        }
        for place, number in enumerate(_leading(contest, counted))
    ]
    columns = (
        Column("iso3", Text("State", "国家"), actor=True),
        Column("place", Text("Place", "位次")),
        Column("p_seat", Text("Holds a seat", "入选占比"), unit="share of weightings", digits=1, percent=True),
        Column("error", Text("Standard error", "标准误"), digits=2, percent=True),
        Column("low", Text("95 % interval, from", "95%区间下限"), digits=1, percent=True),
        Column("high", Text("to", "上限"), digits=1, percent=True),
        Column("rank", Text("Rank at the declared weights", "按所定权重的名次")),
        Column("membership", Text("Membership", "成员身份"), labels=MEMBERSHIP),
    )
    note = sentence(
        Text(
            "Every state that is not listed held no seat in {draws:,} weightings.",
            "未列出的国家在{draws:,}组权重中均未入选。",
        ),
        draws=counted.draws,
    )
    title = Text("In how many weightings each state holds a seat", "各国在多大比例的权重组合下入选")
    return Table("seats", title, columns, pl.DataFrame(rows), note)


def _sets(contest: Contest, counted: Counted) -> Table:
    import polars as pl

    rows = [
        {
            "members": " ".join(contest.states[number] for number in each),
            "p": float(p),
            "error": float(wrong),
            "same": frozenset(each) == contest.asked,
        }
        for each, p, wrong in zip(counted.sets[:SETS], counted.shares, counted.shares_error, strict=False)
    ]
    columns = (
        Column("members", Text("Seated", "入选者"), actor=True),
        Column("p", Text("Share of weightings", "权重组合占比"), digits=1, percent=True),
        Column("error", Text("Standard error", "标准误"), digits=2, percent=True),
        Column("same", Text("The charter's members", "即章程所列成员")),
    )
    title = Text("The sets that come out most often", "最常出现的组合")
    return Table("sets", title, columns, pl.DataFrame(rows))


def _central(contest: Contest, counted: Counted) -> Table:
    import polars as pl

    chosen = [(contest.states[n], counted.central[n]) for n in _leading(contest, counted) if counted.seated[n] > 0]
    rows = [
        {"iso3": code, "criterion": name, "weight": float(weight)}
        for code, weights in chosen
        for name, weight in zip(contest.criteria, weights, strict=True)
    ]
    labels: Mapping[str, Text] = {name: contest.title(name) for name in contest.criteria}
    columns = (
        Column("iso3", Text("State", "国家"), actor=True),
        Column("criterion", Text("Criterion", "指标"), labels=labels),
        Column("weight", Text("Mean weight where it holds a seat", "入选时的平均权重"), digits=1, percent=True),
    )
    title = Text("Which weights favour whom (central weights)", "哪些权重有利于谁（中心权重）")
    return Table("central", title, columns, pl.DataFrame(rows))


def _chart(analysis: Acceptability, contest: Contest, counted: Counted) -> Chart:
    rows = min(len(_leading(contest, counted)), SHOWN)
    pattern = Text(
        "Share of weightings in which a state holds one of {seats}, with 95 % interval; {draws:,} weightings drawn "
        "uniformly{limits}; {scale}",
        "各国取得{seats}之一的权重组合占比及95%区间；{limits}均匀抽取{draws:,}组权重；{scale}",
    )
    limited = bool(analysis.ranges or analysis.order)
    limits = Text(" within the limits given", "在给定范围内") if limited else Text("", "")
    scale = {
        "share_of_world": Text("shares of the world", "按世界份额"),
        "min_max": Text("min-max scale", "按极差标准化"),
        "rank": Text("ranks", "按名次"),
    }[contest.admission.scale]
    seats = count(contest.seats, "seat", "seats", "个席位")
    return Chart(
        "seats",
        "seats",
        _headline(contest, counted),
        sentence(pattern, seats=seats, draws=counted.draws, limits=limits, scale=scale),
        _alt(contest, counted),
        _spec(rows),
        sentence(Text("n = {n:,}, seed {seed}", "n = {n:,}，种子{seed}"), n=counted.draws, seed=contest.inputs.seed),
    )


def _spec(rows: int) -> dict[str, Any]:
    place = {"field": "iso3_label", "type": "nominal", "sort": {"field": "place", "op": "min"}, "axis": {"title": None}}
    share = {
        "field": "p_seat",
        "type": "quantitative",
        "scale": {"domain": [0, 1]},
        "axis": {"format": ".0%", "title": Text("Share of weightings with a seat", "入选的权重组合占比")},
    }
    labels = list(MEMBERSHIP.values())
    colour = {
        "field": "membership_label",
        "type": "nominal",
        "scale": {"domain": labels, "range": [MEMBER, OTHER]},
        "legend": {"title": None, "orient": "bottom"},
    }
    shape = {
        "field": "membership_label",
        "type": "nominal",
        "scale": {"domain": labels, "range": ["diamond", "circle"]},
    }
    return {
        **bars(rows),
        "width": 520,
        "transform": [{"filter": f"datum.place <= {rows}"}],
        "layer": [
            {"mark": {"type": "bar", "opacity": 0.25}, "encoding": {"y": place, "x": share, "color": colour}},
            {
                "mark": {"type": "rule", "strokeWidth": 2},
                "encoding": {
                    "y": place,
                    "x": {"field": "low", "type": "quantitative"},
                    "x2": {"field": "high"},
                    "color": colour,
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
                "encoding": {"y": place, "x": share, "color": colour, "shape": shape},
            },
        ],
    }


def _headline(contest: Contest, counted: Counted) -> Text:
    who = Text(f"the {len(contest.members)} of the charter", f"章程所列{len(contest.members)}国")
    if not counted.exact:
        pattern = Text(
            "In none of the weightings drawn are {who} exactly the club",
            "在所抽取的权重组合中，{who}从未恰好成为入选者",
        )
        return sentence(pattern, who=who)
    pattern = Text("{who} are exactly the club in {share} of weightings", "{who}恰好入选的权重组合占{share}")
    if counted.exact == 1:
        pattern = Text("{who} are exactly the club in every weighting drawn", "在所抽取的每一组权重中，{who}都恰好入选")
    text = sentence(pattern, who=who, share=percent(counted.exact))
    return Text(text.en[0].upper() + text.en[1:], text.zh)


def _alt(contest: Contest, counted: Counted) -> Text:
    actors = contest.inputs.actors
    first = _leading(contest, counted)[:8]
    shown = [(state(actors, contest.states[n]), percent(float(counted.seated[n]), 0)) for n in first]
    return Text(
        "Bars of the share of weightings with a seat: " + ", ".join(f"{who.en} {p.en}" for who, p in shown) + ".",
        "各国入选的权重组合占比：" + "、".join(f"{who.of('zh')}{p.of('zh')}" for who, p in shown) + "。",
    )


def measured(contest: Contest, share: float, draws: int) -> Figure:
    """A share counted in draws, with its 95 % interval, the number of draws and the seed."""
    import numpy as np

    from comity.solvers.choice.acceptability import interval

    low, high = interval(np.array([share]), draws)
    return Figure(share, "share of weightings", float(low[0]), float(high[0]), draws, contest.inputs.seed)


def _findings(contest: Contest, counted: Counted) -> list[Finding]:
    exact = measured(contest, counted.exact, counted.draws)
    pattern = Text(
        "Over {draws:,} weightings drawn uniformly, exactly the charter's members are seated in {share} "
        "(95 % interval {low} to {high}).",
        "在均匀抽取的{draws:,}组权重中，恰好由章程所列成员入选的占{share}（95%区间{low}至{high}）。",
    )
    bounds = {"low": percent(exact.low or 0, 2), "high": percent(exact.high or 0, 2)}
    text = sentence(pattern, draws=counted.draws, share=percent(counted.exact), **bounds)
    found = [Finding(text, {"p_exact_set": exact})]
    return [*found, *_who(contest, counted), *_most_often(contest, counted)]


def _who(contest: Contest, counted: Counted) -> list[Finding]:
    leading = _leading(contest, counted)
    members = [n for n in leading if contest.states[n] in contest.members]
    rivals = [n for n in leading if contest.states[n] not in contest.members][:3]
    parts: list[Finding] = []
    for numbers, pattern in (
        (members, Text("Of the charter's members, {shares}.", "章程所列成员的入选占比：{shares}。")),
        (rivals, Text("The strongest outsiders: {shares}.", "最强的局外国家：{shares}。")),
    ):
        if numbers:
            text = sentence(pattern, shares=_shares(contest, counted, numbers))
            figures = {contest.states[n]: measured(contest, float(counted.seated[n]), counted.draws) for n in numbers}
            parts.append(Finding(text, figures))
    return parts


def _shares(contest: Contest, counted: Counted, numbers: Sequence[int]) -> Text:
    shown = numbers[:8]
    pairs = [(state(contest.inputs.actors, contest.states[n]), percent(float(counted.seated[n]), 0)) for n in shown]
    english = ", ".join(
        f"{who.en} {'holds a seat in ' if not place else ''}{p.en}" for place, (who, p) in enumerate(pairs)
    )
    return Text(english, "、".join(f"{who.of('zh')}{p.of('zh')}" for who, p in pairs))


def _most_often(contest: Contest, counted: Counted) -> list[Finding]:
    pattern = Text(
        "The set that comes out most often is {who}, in {share}; {many} came out in all.",
        "最常出现的组合是{who}，占{share}；总共出现{many}。",
    )
    text = sentence(
        pattern,
        who=states(contest.inputs.actors, [contest.states[number] for number in counted.sets[0]]),
        share=percent(float(counted.shares[0])),
        many=count(len(counted.sets), "set", "sets", "种组合"),
    )
    return [Finding(text, {"p_first_set": measured(contest, float(counted.shares[0]), counted.draws)})]


def _doubts(analysis: Acceptability, contest: Contest, counted: Counted) -> list[Text]:
    reason = contest.why_not()
    found = [] if reason is None else [reason]
    if not counted.converged:
        largest = max(float(counted.seated_error.max()), counted.exact_error)
        pattern = Text(
            "Not converged: after {draws:,} weightings the largest standard error is {error}, above {target}.",
            "尚未收敛：抽取{draws:,}组权重后，最大标准误为{error}，高于{target}。",
        )
        target = percent(analysis.error or CONVERGED, 2)
        found.append(sentence(pattern, draws=counted.draws, error=percent(largest, 2), target=target))
    how = Text(
        "Weights are drawn uniformly because nobody has stated any; the shares measure how much is left to that "
        "choice, not how likely a club is.",
        "权重均匀抽取，因为并无公布的权重；占比衡量的是结果有多取决于权重的选择，而不是某个组合成真的可能性。",
    )
    return [*found, how]
