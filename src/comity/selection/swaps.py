"""``selection.swaps``: how small a change of the weights gives one state's seat to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from comity.kernel.result import Chart, Column, Figure, Finding, Result, Table, Text
from comity.model.analysis import Inputs
from comity.selection.criteria import Contest, Selecting
from comity.selection.inverse import refuse_topsis
from comity.selection.words import COLOURS, percent, sentence, state, states

if TYPE_CHECKING:
    from comity.solvers.choice.swaps import Hold, Swap


class Swaps(Selecting):
    """The smallest change of weights that swaps a seat, and the nearest challenger of each seated state.

    It starts from the club that the declared weights give, which need not be the charter's members.

    Example:
        >>> Swaps(weights={"gdp": "1/2"}).kind
        'selection.swaps'
    """

    kind: Literal["selection.swaps"] = "selection.swaps"
    """The kind of analysis."""

    def run(self, inputs: Inputs) -> Result:
        """Find every single swap, nearest first."""
        from comity.solvers.choice.swaps import holds, nearest_swaps

        contest = self.ranked(inputs)
        refuse_topsis(contest)
        _ = contest.seating
        swaps = nearest_swaps(contest.scoring, contest.weights, contest.seats)
        held = holds(contest.scoring, contest.weights, contest.seats)
        return Result(
            kind=self.kind,
            title=Text("How small a change of weights swaps a seat?", "多小的权重变动会使席位易主？"),
            values=_values(contest, swaps, held),
            tables=(_nearest(contest, swaps), _pairs(contest, swaps), _tornado(contest, held)),
            charts=(_tornado_chart(contest, held), *_nearest_chart(contest, swaps)),
            findings=tuple(_findings(contest, swaps, held)),
            caveats=(*contest.caveats, *_start(contest)),
            provenance=contest.provenance(self),
        )


def challengers(swaps: list[Swap], seated: tuple[int, ...]) -> dict[int, Swap | None]:
    """For each seated state the nearest swap that takes its seat; None where no weights give one."""
    return {number: next((swap for swap in swaps if swap.leaves == number), None) for number in seated}


def _values(contest: Contest, swaps: list[Swap], held: list[Hold]) -> dict[str, Any]:
    listed = [_plain(contest, swap) for swap in swaps]
    nearest = challengers(swaps, contest.seating.seated)
    return {
        "variant": contest.variant,
        "seats": contest.seats,
        "members": list(contest.members),
        "start": list(contest.club),
        "start_is_charter": set(contest.club) == set(contest.members),
        "smallest": listed[0] if listed else None,
        "challengers": {
            contest.states[number]: None if swap is None else _plain(contest, swap) for number, swap in nearest.items()
        },
        "swaps": listed,
        "holds": {
            name: {
                "declared": float(weight),
                "low": hold.low,
                "high": hold.high,
                "below": _pair(contest, hold.below),
                "above": _pair(contest, hold.above),
            }
            for name, weight, hold in zip(contest.criteria, contest.weights, held, strict=True)
        },
    }


def _pair(contest: Contest, pair: tuple[int, int] | None) -> list[str] | None:
    return None if pair is None else [contest.states[number] for number in pair]


def _plain(contest: Contest, swap: Swap) -> dict[str, Any]:
    return {
        "leaves": contest.states[swap.leaves],
        "enters": contest.states[swap.enters],
        "moved": swap.moved,
        "weights": dict(zip(contest.criteria, swap.weights.tolist(), strict=True)),
    }


def _nearest(contest: Contest, swaps: list[Swap]) -> Table:
    import polars as pl

    rows = [
        {
            "iso3": contest.states[number],
            "place": place + 1,
            "challenger": None if swap is None else contest.states[swap.enters],
            "moved": None if swap is None else swap.moved,
        }
        for place, (number, swap) in enumerate(challengers(swaps, contest.seating.seated).items())
    ]
    columns = (
        Column("iso3", Text("Seated", "入选者"), actor=True),
        Column("place", Text("Rank", "名次")),
        Column("challenger", Text("Nearest challenger", "最近的挑战者"), actor=True),
        Column("moved", Text("Weight to be moved", "需移动的权重"), digits=1, percent=True),
    )
    note = Text(
        "Weight moved: taken from some criteria and given to others. Empty where no weights swap that seat alone.",
        "移动的权重：从某些指标取走并加到其他指标的权重。空白表示没有权重能单独使该席易主。",
    )
    frame = pl.DataFrame(rows, schema_overrides={"challenger": pl.String, "moved": pl.Float64})
    return Table("challengers", Text("The nearest challenger of each seat", "各席位最近的挑战者"), columns, frame, note)


def _pairs(contest: Contest, swaps: list[Swap]) -> Table:
    import polars as pl

    schema = {"leaves": pl.String, "enters": pl.String, "moved": pl.Float64}
    schema |= dict.fromkeys(contest.criteria, pl.Float64)
    rows = [
        {
            "leaves": contest.states[swap.leaves],
            "enters": contest.states[swap.enters],
            "moved": swap.moved,
            **dict(zip(contest.criteria, swap.weights.tolist(), strict=True)),
        }
        for swap in swaps
    ]
    columns = (
        Column("leaves", Text("Leaves", "离席"), actor=True),
        Column("enters", Text("Enters", "入席"), actor=True),
        Column("moved", Text("Weight to be moved", "需移动的权重"), digits=1, percent=True),
        *(Column(name, contest.title(name), digits=1, percent=True) for name in contest.criteria),
    )
    title = Text("Every single swap that some weights give, with these weights", "凡有权重可实现的单一易席及其权重")
    return Table("swaps", title, columns, pl.DataFrame(rows, schema=schema))


def _tornado(contest: Contest, held: list[Hold]) -> Table:
    import polars as pl

    order = sorted(range(len(held)), key=lambda number: held[number].high - held[number].low)
    rows = [
        {
            "criterion": contest.criteria[number],
            "declared": float(contest.weights[number]),
            "low": held[number].low,
            "high": held[number].high,
            "below": _swapped(contest, held[number].below),
            "above": _swapped(contest, held[number].above),
        }
        for number in order
    ]
    columns = (
        Column("criterion", Text("Criterion", "指标"), labels={name: contest.title(name) for name in contest.criteria}),
        Column("declared", Text("Declared weight", "所定权重"), digits=1, percent=True),
        Column("low", Text("Seats unchanged from", "席位不变的下限"), digits=1, percent=True),
        Column("high", Text("to", "上限"), digits=1, percent=True),
        Column("below", Text("Below that", "低于下限时")),
        Column("above", Text("Above that", "高于上限时")),
    )
    note = Text(
        "One weight moves at a time; the others keep their proportions. SAU>DEU: Saudi Arabia's seat goes to Germany.",
        "每次只改变一项权重，其余保持比例。SAU>DEU表示沙特阿拉伯的席位归德国。",
    )
    title = Text("How far each weight alone can move", "各项权重单独可变动的范围")
    text = {"below": pl.String, "above": pl.String}
    return Table("holds", title, columns, pl.DataFrame(rows, schema_overrides=text), note)


def _swapped(contest: Contest, pair: tuple[int, int] | None) -> str | None:
    return None if pair is None else f"{contest.states[pair[0]]}>{contest.states[pair[1]]}"


def _tornado_chart(contest: Contest, held: list[Hold]) -> Chart:
    tight = min(range(len(held)), key=lambda number: held[number].high - held[number].low)
    pattern = Text(
        "The seats stay as they are only while {what} weighs {low} to {high}",
        "只有当{what}的权重在{low}至{high}之间时，席位才不变",
    )
    ends = {"low": percent(held[tight].low, 0), "high": percent(held[tight].high, 0)}
    place = {"field": "criterion_label", "type": "nominal", "sort": None, "axis": {"title": None}}

    def across(field: str) -> dict[str, Any]:
        title = Text("Weight of the criterion", "该项指标的权重")
        axis = {"format": ".0%", "title": title, "values": [0, 0.2, 0.4, 0.6, 0.8, 1]}
        return {"field": field, "type": "quantitative", "axis": axis, "scale": {"domain": [-0.16, 1.16]}}

    bar = {
        "mark": {"type": "bar", "height": 14, "color": COLOURS[5]},
        "encoding": {"y": place, "x": across("low"), "x2": {"field": "high"}},
    }
    ticks = {
        "mark": {"type": "tick", "thickness": 2, "size": 22, "color": "#000000"},
        "encoding": {"y": place, "x": across("declared")},
    }
    layers: list[dict[str, Any]] = [bar, ticks]
    for field, name, align, shift in (("low", "below", "right", -5), ("high", "above", "left", 5)):
        layers.append(
            {
                "transform": [{"filter": f"datum.{name} != null"}],
                "mark": {"type": "text", "align": align, "dx": shift, "fontSize": 11},
                "encoding": {"y": place, "x": across(field), "text": {"field": name, "type": "nominal"}},
            }
        )
    return Chart(
        "holds",
        "holds",
        sentence(pattern, what=contest.title(contest.criteria[tight]), **ends),
        Text(
            "Bar: how far one weight can move, the others in proportion, before a seat changes; tick: declared weight; "
            "who loses a seat > who takes it",
            "横条：其余权重保持比例时，单项权重在席位易主前可变动的范围；竖线：所定权重；失席者>得席者",
        ),
        Text(
            "For each criterion the range of its weight within which the seats do not change.",
            "各项指标权重在席位不变前提下的范围。",
        ),
        {"height": {"step": 34}, "width": 460, "layer": layers},
    )


def _nearest_chart(contest: Contest, swaps: list[Swap]) -> tuple[Chart, ...]:
    if not swaps:
        return ()
    place = {
        "field": "iso3_label",
        "type": "nominal",
        "sort": {"field": "place", "op": "min"},
        "axis": {"title": None},
    }
    axis = {"format": ".0%", "title": Text("Weight to be moved", "需移动的权重")}
    share = {"field": "moved", "type": "quantitative", "axis": axis}
    never = Text("no weights swap this seat alone", "没有权重能单独换下")
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "bar", "color": COLOURS[0]}, "encoding": {"y": place, "x": share}},
        {
            "transform": [{"filter": "datum.moved == null"}],
            "mark": {"type": "text", "align": "left", "dx": 6, "text": never},
            "encoding": {"y": place, "x": {"datum": 0}},
        },
        {
            "transform": [{"filter": "datum.moved != null"}],
            "mark": {"type": "text", "align": "left", "dx": 6},
            "encoding": {"y": place, "x": share, "text": {"field": "challenger_label", "type": "nominal"}},
        },
    ]
    return (
        Chart(
            "challengers",
            "challengers",
            _smallest(contest, swaps[0]),
            Text(
                "Least share of all weight to be moved between criteria until the challenger named takes the seat",
                "使所示挑战者取得该席位所需在指标间移动的最小权重",
            ),
            Text(
                "Bars of the weight to be moved for each seat, with the challenger.",
                "各席位易主所需移动的权重及挑战者。",
            ),
            {"height": {"step": 26}, "width": 460, "layer": layers},
        ),
    )


def _smallest(contest: Contest, swap: Swap) -> Text:
    actors = contest.inputs.actors
    pattern = Text(
        "Moving {moved} of the weight gives {leaves}'s seat to {enters}",
        "移动{moved}的权重，{leaves}的席位便归{enters}",
    )
    leaves, enters = (state(actors, contest.states[number]) for number in (swap.leaves, swap.enters))
    return sentence(pattern, moved=percent(swap.moved), leaves=leaves, enters=enters)


def _findings(contest: Contest, swaps: list[Swap], held: list[Hold]) -> list[Finding]:
    if not swaps:
        text = Text("No weights swap a single seat of this club.", "没有权重能使其中任何一席单独易主。")
        return [Finding(text)]
    pattern = Text("{what}: {how}.", "{what}：{how}。")
    text = sentence(pattern, what=_smallest(contest, swaps[0]), how=_change(contest, swaps[0]))
    found = [Finding(text, {"moved": Figure(swaps[0].moved, "share of weight")})]
    safe = [number for number, swap in challengers(swaps, contest.seating.seated).items() if swap is None]
    if safe:
        one = "{who} cannot be swapped out alone by any weights."
        pattern = Text(one, "没有任何权重能单独换下{who}。")
        who = states(contest.inputs.actors, [contest.states[number] for number in safe])
        found.append(Finding(sentence(pattern, who=who), {"safe": Figure(len(safe))}))
    return [*found, *_missed(contest, swaps), *_alone(contest, held)]


def _change(contest: Contest, swap: Swap) -> Text:
    parts = [
        Text(f"{title.en} {before.en} to {after.en}", f"{title.of('zh')}由{before.of('zh')}变为{after.of('zh')}")
        for name, old, new in zip(contest.criteria, contest.weights.tolist(), swap.weights.tolist(), strict=True)
        if abs(new - old) > 0.0005
        for title, before, after in ((contest.title(name), percent(old), percent(new)),)
    ]
    return Text(", ".join(each.en for each in parts), "，".join(each.of("zh") for each in parts))


def _missed(contest: Contest, swaps: list[Swap]) -> list[Finding]:
    """How far the charter's members are, where one swap would bring them in."""
    club, members = set(contest.club), set(contest.members)
    out, new = members - club, club - members
    if len(out) != 1 or len(new) != 1:
        return []
    pair = contest.states.index(min(new)), min(out)
    swap = next((each for each in swaps if each.leaves == pair[0] and contest.states[each.enters] == pair[1]), None)
    if swap is None:
        return []
    pattern = Text(
        "To seat exactly the charter's members, {moved} of the weight must move: {how}.",
        "要恰好选出章程所列成员，须移动{moved}的权重：{how}。",
    )
    text = sentence(pattern, moved=percent(swap.moved), how=_change(contest, swap))
    return [Finding(text, {"moved_to_charter": Figure(swap.moved, "share of weight")})]


def _alone(contest: Contest, held: list[Hold]) -> list[Finding]:
    found: list[tuple[float, str, int, tuple[int, int]]] = []
    for number, (hold, weight) in enumerate(zip(held, contest.weights.tolist(), strict=True)):
        found += [(weight - hold.low, "down", number, hold.below)] if hold.below else []
        found += [(hold.high - weight, "up", number, hold.above)] if hold.above else []
    if not found:
        return []
    distance, way, number, pair = min(found)
    hold = held[number]
    pattern = Text(
        "Of single weights, {what} needs the least: at {to} instead of {declared}, {enters} takes {leaves}'s seat.",
        "就单项权重而言，{what}所需变动最小：由{declared}变为{to}时，{enters}取得{leaves}的席位。",
    )
    actors = contest.inputs.actors
    text = sentence(
        pattern,
        what=contest.title(contest.criteria[number]),
        to=percent(hold.low if way == "down" else hold.high),
        declared=percent(float(contest.weights[number])),
        leaves=state(actors, contest.states[pair[0]]),
        enters=state(actors, contest.states[pair[1]]),
    )
    return [Finding(text, {"distance": Figure(distance, "share of weight")})]


def _start(contest: Contest) -> list[Text]:
    found: list[Text] = []
    if set(contest.club) != set(contest.members):
        pattern = Text(
            "The declared weights do not give the charter's members; changes start from the club they give: {club}.",
            "所定权重并不选出章程所列成员；变动以其选出的组合为起点：{club}。",
        )
        found.append(sentence(pattern, club=states(contest.inputs.actors, contest.club)))
    if contest.seating.tied:
        found.append(
            Text(
                "The last seat is a tie, decided by the order of the table of states.", "末席并列，按国家表的次序决定。"
            )
        )
    return found
