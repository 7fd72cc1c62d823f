"""``selection.ranking``: who would be in the club at the declared weights, by how much, and what decides it."""

from __future__ import annotations

from typing import Any, Literal

from comity.kernel.result import Chart, Column, Figure, Finding, Result, Table, Text
from comity.model.analysis import Inputs
from comity.selection.admitted import admitted
from comity.selection.criteria import Contest, Selecting
from comity.selection.words import COLOURS, MEMBERSHIP, bars, count, sentence, states

SHOWN = 15
"""States in the chart and in the table of contributions."""


class Ranking(Selecting):
    """The club at the declared weights: score, rank, seat, cut line, ties, gaps, and each criterion's contribution.

    Where a variant has conditions and no criteria, everyone who meets them is admitted.

    Example:
        >>> Ranking(variant="article").kind
        'selection.ranking'
    """

    kind: Literal["selection.ranking"] = "selection.ranking"
    """The kind of analysis."""

    def run(self, inputs: Inputs) -> Result:
        """Rank the states and seat the first."""
        contest = self.contest(inputs)
        if not contest.criteria:
            return admitted(self, contest)
        tables = (_ranking(contest), _contributions(contest))
        return Result(
            kind=self.kind,
            title=Text("Who would be in at the declared weights", "按所定权重谁会入选"),
            values=_values(contest),
            tables=tables,
            charts=(_chart(contest),),
            findings=tuple(_findings(contest)),
            caveats=(*contest.caveats, *_could(contest)),
            provenance=contest.provenance(self),
        )


def _values(contest: Contest) -> dict[str, Any]:
    seating = contest.seating
    gaps = {state: _missing(contest, number) for number, state in enumerate(contest.states)}
    return {
        "variant": contest.variant,
        "seats": contest.seats,
        "weights": dict(zip(contest.criteria, contest.weights.tolist(), strict=True)),
        "club": list(contest.club),
        "members": list(contest.members),
        "same": set(contest.club) == set(contest.members),
        "cut": seating.cut,
        "tied": [contest.states[number] for number in seating.tied],
        "rank": dict(zip(contest.states, seating.ranks.tolist(), strict=True)),
        "score": dict(zip(contest.states, contest.scores.tolist(), strict=True)),
        "gaps": {state: names for state, names in gaps.items() if names},
        "could": list(contest.could),
    }


def _missing(contest: Contest, number: int) -> list[str]:
    flags = contest.missing[number].tolist()
    return [name for name, gap in zip(contest.criteria, flags, strict=True) if gap]


def _ranking(contest: Contest) -> Table:
    import polars as pl

    seated, tied = set(contest.club), {contest.states[number] for number in contest.seating.tied}
    rows = [
        {
            "iso3": contest.states[number],
            "rank": int(contest.seating.ranks[number]),
            "score": float(contest.scores[number]),
            "seat": contest.states[number] in seated,
            "member": contest.states[number] in contest.members,
            "tie": contest.states[number] in tied,
            "gaps": len(_missing(contest, number)),
            "could": contest.states[number] in contest.could,
        }
        for number in contest.seating.order
    ]
    columns = (
        Column("iso3", Text("State", "国家"), actor=True),
        Column("rank", Text("Rank", "名次")),
        Column("score", Text("Score", "得分"), unit=_unit(contest), digits=4),
        Column("seat", Text("Seat", "入选")),
        Column("member", Text("Member in the charter", "章程所列成员")),
        Column("tie", Text("Tie at the last seat", "末席并列")),
        Column("gaps", Text("Figures missing", "缺失数据项数")),
        Column("could", Text("Seated if what is missing were the world's largest", "若缺失数据取世界最大值可入选")),
    )
    note = Text(
        "Equal scores share a rank; a tie at the last seat is marked.", "得分相同者名次并列；末席并列另行标明。"
    )
    return Table(
        "ranking", Text("Ranking at the declared weights", "按所定权重的排名"), columns, pl.DataFrame(rows), note
    )


def _unit(contest: Contest) -> str:
    units = {"share_of_world": "share of the world", "min_max": "0 to 1", "rank": "0 to 1"}
    own = {"weighted_sum": units[contest.admission.scale], "weighted_product": "logarithm", "topsis": "0 to 1"}
    return own[contest.admission.aggregate]


def _contributions(contest: Contest) -> Table:
    import polars as pl

    leading = contest.seating.order[:SHOWN]
    additive = contest.admission.aggregate != "topsis"
    rows = [
        {
            "iso3": contest.states[number],
            "rank": int(contest.seating.ranks[number]),
            "criterion": name,
            "figure": None if contest.missing[number, place] else float(contest.raw[number, place]),
            "unit": contest.panel.indicator(contest.admission.criteria[name].figure).unit,
            "year": contest.panel.years(contest.admission.criteria[name].figure).get(contest.states[number]),
            "value": float(contest.values[number, place]),
            "part": float(contest.weights[place] * contest.scoring.values[number, place]) if additive else None,
            "score": float(contest.scores[number]),
            "membership": "member" if contest.states[number] in contest.members else "other",
        }
        for number in leading
        for place, name in enumerate(contest.criteria)
    ]
    labels = {name: contest.title(name) for name in contest.criteria}
    columns = (
        Column("iso3", Text("State", "国家"), actor=True),
        Column("rank", Text("Rank", "名次")),
        Column("criterion", Text("Criterion", "指标"), labels=labels),
        Column("figure", Text("Figure", "数据")),
        Column("unit", Text("Unit", "单位")),
        Column("year", Text("Year", "年份")),
        Column("value", Text("On the common scale", "统一尺度上的值"), digits=4),
        Column("part", Text("Contribution to the score", "对得分的贡献"), unit=_unit(contest), digits=4),
        Column("score", Text("Score", "得分"), unit=_unit(contest), digits=4),
        Column("membership", Text("Membership", "成员身份"), labels=MEMBERSHIP),
    )
    frame = pl.DataFrame(rows, schema_overrides={"figure": pl.Float64, "part": pl.Float64, "year": pl.Int64})
    title = Text("What each criterion contributes, leading states", "各项指标对领先国家得分的贡献")
    return Table("contributions", title, columns, frame)


def _chart(contest: Contest) -> Chart:
    title = _headline(contest)
    seats = count(contest.seats, "seat", "seats", "个席位")
    pattern = Text(
        "Score: weighted {how} of the criteria ({vintage}); {seats}, the dashed line is the cut",
        "得分为各项指标的{how}（{vintage}）；{seats}，虚线为入选线",
    )
    how = {
        "weighted_sum": Text("sum", "加权和"),
        "weighted_product": Text("product (logarithm)", "加权积（对数）"),
        "topsis": Text("TOPSIS closeness", "TOPSIS贴近度"),
    }[contest.admission.aggregate]
    alt = Text(
        f"Horizontal bars of the {SHOWN} highest scores, divided by criterion, with the cut line.",
        f"得分最高的{SHOWN}国的横条图，按指标分段，并标出入选线。",
    )
    shown = min(SHOWN, len(contest.states))
    subtitle = sentence(pattern, how=how, vintage=contest.vintage(), seats=seats)
    return Chart("ranking", "contributions", title, subtitle, alt, _spec(contest, shown))


def _spec(contest: Contest, rows: int) -> dict[str, Any]:
    place = {
        "field": "iso3_label",
        "type": "nominal",
        "sort": {"field": "rank", "op": "min"},
        "axis": {"title": None},
    }
    axis: dict[str, Any] = {"title": Text("Score", "得分"), "tickCount": 6}
    if contest.admission.scale == "share_of_world" and contest.admission.aggregate == "weighted_sum":
        axis |= {"title": Text("Score (share of the world)", "得分（世界份额）"), "format": "~%"}
    divided = contest.admission.aggregate == "weighted_sum"
    part = {"field": "part" if divided else "score", "type": "quantitative", "axis": axis}
    order = [contest.title(name) for name in contest.criteria]
    colour = {
        "field": "criterion_label",
        "type": "nominal",
        "scale": {"domain": order, "range": list(COLOURS[: len(order)])},
        "legend": {"title": None, "orient": "bottom", "columns": 2},
    }
    bar: dict[str, Any] = {"mark": {"type": "bar"}, "encoding": {"y": place, "x": part}}
    if divided:
        bar["encoding"]["color"] = colour
    else:
        bar["transform"] = [{"filter": {"field": "criterion_label", "equal": order[0]}}]
    shape = {
        "field": "membership_label",
        "type": "nominal",
        "scale": {"domain": list(MEMBERSHIP.values()), "range": ["diamond", "circle"]},
        "legend": {"title": None, "orient": "bottom"},
    }
    ends = {
        "mark": {"type": "point", "filled": True, "size": 70, "color": "#000000", "opacity": 1},
        "encoding": {"y": place, "x": {"aggregate": "max", "field": "score"}, "shape": shape},
    }
    cut = {
        "mark": {"type": "rule", "strokeDash": [5, 4], "strokeWidth": 1.5},
        "encoding": {"x": {"datum": contest.seating.cut}},
    }
    layers = [bar, ends, cut] if contest.seating.cut is not None else [bar, ends]
    return {**bars(rows), "width": 520, "layer": layers}


def _headline(contest: Contest) -> Text:
    actors, club, members = contest.inputs.actors, set(contest.club), set(contest.members)
    if club == members:
        return Text(
            "At the declared weights the club is exactly the charter's members", "按所定权重，入选者正是章程所列成员"
        )
    both = [state for state in contest.club if state in members]
    new = [state for state in contest.club if state not in members]
    if not both:
        return Text("At the declared weights no member of the charter is seated", "按所定权重，章程所列成员无一入选")
    if not new:
        pattern = Text("At the declared weights only {both} are seated", "按所定权重，只有{both}入选")
        return sentence(pattern, both=states(actors, both))
    out = [state for state in contest.members if state not in club]
    pattern = Text(
        "At the declared weights {new} {takes}, not {out}"
        if out
        else "At the declared weights {new} {joins} the members",
        "按所定权重，入选的是{new}，而不是{out}" if out else "按所定权重，{new}与章程所列成员一同入选",
    )
    takes = "takes a seat" if len(new) == 1 else "take seats"
    joins = "joins" if len(new) == 1 else "join"
    return sentence(pattern, new=states(actors, new), out=states(actors, out, 6), takes=takes, joins=joins)


def _findings(contest: Contest) -> list[Finding]:
    actors, seating = contest.inputs.actors, contest.seating
    kept = [state for state in contest.members if state in contest.club]
    pattern = Text(
        "At the declared weights the {seats} go to {club}; {kept} of the charter's {members} members are among them.",
        "按所定权重，{seats}归于{club}；章程所列{members}个成员中有{kept}个入选。",
    )
    text = sentence(
        pattern,
        seats=count(contest.seats, "seat", "seats", "个席位"),
        club=states(actors, contest.club),
        kept=len(kept),
        members=len(contest.members),
    )
    found = [Finding(text, {"members_seated": Figure(len(kept)), "seats": Figure(contest.seats)})]
    out = [state for state in contest.members if state not in contest.club and state in contest.states]
    found += [_place(contest, state) for state in out[:6]]
    if seating.tied:
        pattern = Text("The last seat is a tie between {who}.", "末席由{who}并列。")
        tied = [contest.states[number] for number in seating.tied]
        found.append(Finding(sentence(pattern, who=states(actors, tied)), {"tied": Figure(len(tied))}))
    elif seating.cut is not None:
        found.append(_distance(contest))
    return found


def _place(contest: Contest, state: str) -> Finding:
    rank = int(contest.seating.ranks[contest.states.index(state)])
    pattern = Text(
        "{who}, a member in the charter, comes {rank} of {all}.", "章程所列成员{who}在{all}国中列第{rank}位。"
    )
    who = states(contest.inputs.actors, [state])
    text = sentence(pattern, who=who, rank=_ordinal(rank), all=len(contest.states))
    return Finding(Text(text.en, text.of("zh").replace(_ordinal(rank), str(rank))), {"rank": Figure(rank)})


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _distance(contest: Contest) -> Finding:
    order = contest.seating.order
    last, first = order[contest.seats - 1], order[contest.seats]
    gap = float(contest.scores[last] - contest.scores[first])
    pattern = Text(
        "The last seat goes to {last}, {gap} ahead of {first} in the score.",
        "末席归{last}，得分领先{first}{gap}。",
    )
    shown = f"{gap:.2g}"
    if contest.admission.scale == "share_of_world" and contest.admission.aggregate == "weighted_sum":
        shown = Text(f"{gap * 100:.2g} points of world share", f"{gap * 100:.2g}个百分点（世界份额）")
    name = [states(contest.inputs.actors, [contest.states[number]]) for number in (last, first)]
    text = sentence(pattern, last=name[0], first=name[1], gap=shown)
    return Finding(text, {"ahead": Figure(gap, unit="score")})


def _could(contest: Contest) -> list[Text]:
    if not contest.missing.any():
        return []
    if not contest.could:
        return [
            Text(
                "No state with a missing figure would hold a seat even if that figure were the largest in the world.",
                "即使缺失的数据取世界最大值，也没有哪个缺数据的国家会入选。",
            )
        ]
    pattern = Text(
        "{many} with missing figures would each hold a seat if those figures were the largest in the world: {who}.",
        "若缺失的数据取世界最大值，{many}会各自入选：{who}。",
    )
    many = count(len(contest.could), "state", "states", "个缺数据的国家")
    return [sentence(pattern, many=many, who=states(contest.inputs.actors, contest.could, 8))]
