"""Admission by conditions alone: everyone who meets them is in."""

from __future__ import annotations

from comity.kernel.result import Chart, Column, Figure, Finding, Result, Table, Text
from comity.selection.criteria import Contest, Selecting
from comity.selection.words import MEMBER, MEMBERSHIP, OTHER, bars, count, sentence, states


def admitted(analysis: Selecting, contest: Contest) -> Result:
    """Everyone who meets the conditions, and whether that selects the charter's members."""
    import polars as pl

    named = contest.admission.conditions
    rows = [
        {
            "iso3": state,
            **{name: contest.panel.value(state, each.figure) for name, each in named.items()},
            "membership": "member" if state in contest.members else "other",
        }
        for state in contest.states
    ]
    units = {name: contest.panel.indicator(each.figure).unit for name, each in named.items()}
    columns = (
        Column("iso3", Text("State", "国家"), actor=True),
        *(Column(name, contest.title(name), unit=units[name]) for name in named),
        Column("membership", Text("Membership", "成员身份"), labels=MEMBERSHIP),
    )
    frame = pl.DataFrame(rows).sort(next(iter(named)), "iso3", descending=[True, False])
    club: list[str] = frame["iso3"].to_list()
    values = {
        "variant": contest.variant,
        "seats": None,
        "club": club,
        "members": list(contest.members),
        "same": set(club) == set(contest.members),
    }
    table = Table("admitted", Text("Who meets the conditions", "符合条件的国家"), columns, frame)
    return Result(
        kind="selection.ranking",
        title=Text("Who would be in by the conditions alone", "仅凭条件谁会入选"),
        values=values,
        tables=(table,),
        charts=(_admitted_chart(contest),),
        findings=(_admission(contest, club),),
        caveats=contest.caveats,
        provenance=contest.provenance(analysis),
    )


def _admission(contest: Contest, club: list[str]) -> Finding:
    members = set(contest.members)
    more = [state for state in club if state not in members]
    out = [state for state in contest.members if state not in club]
    pattern = Text("{many} the conditions: {who}.", "{many}符合条件：{who}。")
    meets = "meets" if len(club) == 1 else "meet"
    many = count(len(club), f"state {meets}", f"states {meets}", "个国家")
    first = sentence(pattern, many=many, who=states(contest.inputs.actors, club))
    if more:
        second = Text(
            f"They admit {len(more)} beside {len(members) - len(out)} of the charter's {len(members)} members, so that "
            f"they do not select the {len(members)} by themselves.",
            f"除章程所列{len(members)}国中的{len(members) - len(out)}国外，还有{len(more)}国符合，"
            f"因此单凭这些条件选不出这{len(members)}国。",
        )
    elif out:
        second = sentence(
            Text("They leave out {who}, members in the charter.", "章程所列成员{who}不符合。"),
            who=states(contest.inputs.actors, out),
        )
    else:
        second = Text("They are exactly the charter's members.", "正是章程所列成员。")
    figures = {"admitted": Figure(len(club)), "beside_members": Figure(len(more))}
    return Finding(Text(f"{first.en} {second.en}", first.of("zh") + second.of("zh")), figures)


def _admitted_chart(contest: Contest) -> Chart:
    name, condition = next(iter(contest.admission.conditions.items()))
    rows = min(len(contest.states), 30)
    title = contest.title(name)
    unit = contest.panel.indicator(condition.figure).unit
    bound = float((condition.more_than if condition.at_least is None else condition.at_least) or 0)
    colour = {
        "field": "membership_label",
        "type": "nominal",
        "scale": {"domain": list(MEMBERSHIP.values()), "range": [MEMBER, OTHER]},
        "legend": {"title": None, "orient": "bottom"},
    }
    bar = {
        "mark": {"type": "bar"},
        "encoding": {
            "y": {"field": "iso3_label", "type": "nominal", "sort": None, "axis": {"title": None}},
            "x": {"field": name, "type": "quantitative", "axis": {"title": title, "format": "~s", "tickCount": 6}},
            "color": colour,
        },
    }
    line = {"mark": {"type": "rule", "strokeDash": [5, 4]}, "encoding": {"x": {"datum": bound}}}
    first = [{"window": [{"op": "row_number", "as": "place"}]}, {"filter": f"datum.place <= {rows}"}]
    subtitle = Text("{what} ({unit}, {vintage}); the dashed line is the condition", "{what}（{vintage}）；虚线为条件")
    return Chart(
        "admitted",
        "admitted",
        _headline(contest),
        sentence(subtitle, what=title, unit=unit, vintage=contest.vintage()),
        Text("Horizontal bars of the states that meet the conditions.", "符合条件各国的横条图。"),
        {**bars(rows), "width": 520, "transform": first, "layer": [bar, line]},
    )


def _headline(contest: Contest) -> Text:
    if set(contest.states) == set(contest.members):
        return Text("The conditions select exactly the charter's members", "条件恰好选出章程所列成员")
    verb = "admit" if len(contest.admission.conditions) > 1 else "admits"
    subject = "conditions" if len(contest.admission.conditions) > 1 else "condition"
    many = count(len(contest.states), "state", "states", "个国家")
    pattern = Text("The {subject} alone {verb} {many}, not {members}", "仅凭条件会有{many}入选，而非{members}个")
    return sentence(pattern, subject=subject, verb=verb, many=many, members=len(contest.members))
