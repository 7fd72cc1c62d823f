"""The tables of plurality: numbers with and without, the world over time, who moved it, the growth of membership."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.analysis.parts.plurality.measures import GROUPS, Counted, names_of
from comity.analysis.parts.plurality.times import EVENTS, OTHERS, Moment, Part, Stage, titles
from comity.analysis.parts.plurality.words import effect
from comity.kernel.result import Column, Table, Text
from comity.model.analysis import Inputs
from comity.model.naming import label_of

UNIT = ""
"""An effective number has no unit."""
EFFECTS = {
    "more": Text("more plural", "更多元"),
    "fewer": Text("less plural", "更集中"),
    "same": Text("no change", "不变"),
    "absent": Text("not a holder", "不在其中"),
    "unknown": Text("cannot be told", "无法判断"),
}
"""What an exit does."""


def measure_titles(found: Sequence[Counted]) -> dict[str, Text]:
    """The measures for a reader."""
    return {each.held.key: each.held.title for each in found}


def numbers(inputs: Inputs, found: Sequence[Counted]) -> Table:
    """How many there really are, with and without the members asked about; one row a body and measure."""
    import polars as pl

    columns = (
        Column("institution", Text("Institution", "机构"), labels=names_of(inputs)),
        Column("measure", Text("Measured by", "衡量指标"), labels=measure_titles(found)),
        Column("members", Text("Holders", "持有者数")),
        Column("effective", Text("Effective number", "有效数目"), UNIT, digits=1),
        Column("effective_low", Text("from", "下限"), UNIT, digits=1),
        Column("effective_high", Text("to", "上限"), UNIT, digits=1),
        Column("others", Text("Without", "若缺席"), UNIT, digits=1),
        Column("others_low", Text("from", "下限"), UNIT, digits=1),
        Column("others_high", Text("to", "上限"), UNIT, digits=1),
        Column("effect", Text("The others are", "其余各方"), labels=EFFECTS),
    )
    kinds = {"institution": pl.String, "measure": pl.String, "effect": pl.String, "members": pl.Int64}
    schema = {column.name: kinds.get(column.name, pl.Float64) for column in columns}
    note = Text(
        "Below a number its 90 % interval; where part of the whole is not seen, the least and the largest possible; "
        "none where rates, weights or votes are exact as written.",
        "数字之下为90%区间；若总量有未见部分，则为可能的最小值与最大值；按所载为准者不列区间。",
    )
    title = Text("How many there really are", "实际相当于多少个")
    frame = pl.DataFrame([_row(each) for each in found], schema=schema)
    return Table("numbers", title, columns, frame, note)


def _row(each: Counted) -> dict[str, Any]:
    number, others = each.number, each.others
    told = not each.held.exact or number.value is None
    return {
        "institution": each.held.body,
        "measure": each.held.key,
        "members": each.seen,
        "effective": number.value,
        "effective_low": number.low if told else None,
        "effective_high": number.high if told else None,
        "others": None if others is None else others.value,
        "others_low": others.low if others is not None and told else None,
        "others_high": others.high if others is not None and told else None,
        "effect": effect(each),
    }


def holders(inputs: Inputs, found: Sequence[Counted]) -> Table:
    """Behind each number: the largest holder, the share of the absent, a second order, years and sources."""
    import polars as pl

    from comity.solvers.plurality import overweight

    rows = [
        {
            "institution": each.held.body,
            "measure": each.held.key,
            "group": each.held.group,
            "largest": each.largest[0],
            "largest_share": each.largest[1],
            "share": each.share,
            "threshold": None if each.number.value is None else overweight(each.number.value),
            "shannon": each.shannon,
            "when": each.held.when,
            "gaps": len(each.held.gaps),
            "source": each.held.source or "charter",
        }
        for each in found
    ]
    largest = {each.largest[0]: label_of(inputs, each.largest[0]) for each in found}
    columns = (
        Column("institution", Text("Institution", "机构"), labels=names_of(inputs)),
        Column("measure", Text("Measured by", "衡量指标"), labels=measure_titles(found)),
        Column("group", Text("Counts", "对象"), labels=GROUPS),
        Column("largest", Text("Largest", "最大者"), labels=largest),
        Column("largest_share", Text("Its share", "其份额"), percent=True, digits=1),
        Column("share", Text("Share of the absent", "缺席者份额"), percent=True, digits=1),
        Column("threshold", Text("Exit adds above", "退出反增的界限"), percent=True, digits=1),
        Column("shannon", Text("Order 1", "一阶"), UNIT, digits=1),
        Column("when", Text("Of", "时期")),
        Column("gaps", Text("Gaps", "缺数")),
        Column("source", Text("Source", "来源")),
    )
    numeric = {"largest_share": pl.Float64, "share": pl.Float64, "threshold": pl.Float64, "shannon": pl.Float64}
    schema = {column.name: numeric.get(column.name, pl.String) for column in columns} | {"gaps": pl.Int64}
    note = Text(
        "An exit makes the others more plural exactly where the share of who leaves is above 2 / (number + 1), "
        "and it never takes more than one. Order 1 (Shannon) lets the small count for more.",
        "退出者份额高于2/（有效数目+1）时，其余各方反而更多元；减少不会超过一。一阶（香农）给小者更多分量。",
    )
    title = Text("Who is behind the numbers", "数字背后是谁")
    return Table("holders", title, columns, pl.DataFrame(rows, schema=schema), note)


def over_time(moments: Sequence[Moment]) -> Table:
    """The world year by year in each series, with and without; one row a line's point."""
    import polars as pl

    lines = {
        "with": Text("all", "全部"),
        "without": Text("without", "若缺席"),
        "parties": Text("Parties present", "出席缔约方数"),
    }
    rows: list[dict[str, Any]] = []
    for each in moments:
        ceiling = each.number is None
        line = "parties" if ceiling else "with"
        number = float(each.states) if ceiling else each.number
        event = str(each.year) if each.year in EVENTS and line == "with" else None
        rows.append({"series": each.series, "year": each.year, "line": line, "effective": number,
                     "states": each.states, "event": event})  # fmt: skip
        if each.others is not None:
            rows.append({"series": each.series, "year": each.year, "line": "without", "effective": each.others,
                         "states": each.states - 1, "event": None})  # fmt: skip
    columns = (
        Column("series", Text("Measured by", "衡量指标"), labels=titles()),
        Column("year", Text("Year", "年份")),
        Column("line", Text("Counted", "计入"), labels=lines),
        Column("effective", Text("Effective number", "有效数目"), UNIT, digits=2),
        Column("states", Text("States", "国家数")),
        Column("event", Text("Event", "事件"), labels={str(year): text for year, text in EVENTS.items()}),
    )
    kinds = {"year": pl.Int64, "effective": pl.Float64, "states": pl.Int64}
    schema = {column.name: kinds.get(column.name, pl.String) for column in columns}
    note = Text(
        "Parties present are a ceiling: the effective number of delegations of the Conferences is not at hand.",
        "出席缔约方数是上限：缔约方大会各代表团的有效数目无从得知。",
    )
    return Table(
        "over_time", Text("The world over time", "世界的历时变化"), columns, pl.DataFrame(rows, schema=schema), note
    )


def who_moved(inputs: Inputs, parts: Mapping[str, Sequence[Part]]) -> Table:
    """Whose change of share moved the world's number; the parts of one series add up to its change."""
    import polars as pl

    rows = [
        {"series": series, "who": each.who, "since": each.since, "until": each.until, "before": each.before,
         "after": each.after, "part": each.part}
        for series, found in parts.items()
        for each in found
    ]  # fmt: skip
    everyone = {each.who for found in parts.values() for each in found}
    people = {who: label_of(inputs, who) for who in sorted(everyone - {OTHERS})}
    columns = (
        Column("series", Text("Measured by", "衡量指标"), labels=titles()),
        Column("who", Text("Who", "谁"), labels={**people, OTHERS: Text("all others", "其余各国")}),
        Column("since", Text("From", "起")),
        Column("until", Text("to", "止")),
        Column("before", Text("Share then", "当时份额"), digits=1, percent=True),
        Column("after", Text("Share now", "如今份额"), digits=1, percent=True),
        Column("part", Text("Adds to the effective number", "对有效数目的增减"), UNIT, digits=2),
    )
    kinds = {"series": pl.String, "who": pl.String, "since": pl.Int64, "until": pl.Int64}
    schema = {column.name: kinds.get(column.name, pl.Float64) for column in columns}
    return Table("moved", Text("Who moved it", "谁使之变化"), columns, pl.DataFrame(rows, schema=schema))


def growth(inputs: Inputs, stages: Sequence[Stage], words: Mapping[str, Text]) -> Table:
    """Each body after each change of its membership, by each measure."""
    import polars as pl

    rows = [
        {"institution": each.body, "measure": each.measure, "on": each.on, "members": each.members,
         "effective": each.number, "joined": ", ".join(each.joined[:12]) + (" ..." if len(each.joined) > 12 else ""),
         "left": ", ".join(each.left), "by_joining": each.by_joining, "by_leaving": each.by_leaving}
        for each in stages
    ]  # fmt: skip
    columns = (
        Column("institution", Text("Institution", "机构"), labels=names_of(inputs)),
        Column("measure", Text("Measured by", "衡量指标"), labels=words),
        Column("on", Text("On", "日期")),
        Column("members", Text("Members", "成员数")),
        Column("effective", Text("Effective number", "有效数目"), UNIT, digits=2),
        Column("joined", Text("Joined", "加入"), "code"),
        Column("left", Text("Left", "退出"), "code"),
        Column("by_joining", Text("changed by joining", "加入所致变化"), UNIT, digits=2),
        Column("by_leaving", Text("changed by leaving", "退出所致变化"), UNIT, digits=2),
    )
    kinds = {
        "on": pl.Date,
        "members": pl.Int64,
        "effective": pl.Float64,
        "by_joining": pl.Float64,
        "by_leaving": pl.Float64,
    }
    schema = {column.name: kinds.get(column.name, pl.String) for column in columns}
    return Table("growth", Text("What growth changed", "扩员带来的变化"), columns, pl.DataFrame(rows, schema=schema))
