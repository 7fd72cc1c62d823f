"""The tables of the sheet of resilience: the sheet, the ranks, what is measured and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.kernel.result import Column, Table, Text

if TYPE_CHECKING:
    from comity.selection.resilience_sheet import Sheet

TREATMENTS = {
    "worst": Text("gaps count as the worst", "缺项按最差计"),
    "left_out": Text("gaps left out", "缺项不计"),
}
"""What a gap counts for."""
STANDINGS = {
    "figure": Text("figure", "有数据"),
    "gap": Text("gap", "缺项"),
    "unshipped": Text("no source", "无来源"),
}
"""What a cell of the sheet is."""
WHOSE = {"mission": Text("named by the text", "文本所列"), "ours": Text("added here", "本程序所加")}
"""Whose indicator it is."""


def titled(sheet: Sheet) -> dict[str, Text]:
    """The indicators with their units."""
    return {
        each.name: Text(f"{each.title.en}{each.unit.en}", f"{each.title.of('zh')}{each.unit.of('zh')}")
        for each in sheet.wanted
    }


def sheet_table(sheet: Sheet) -> Table:
    """Every member by every indicator: value, unit, year, ranks, or why there is none."""
    import polars as pl

    order = {member: place for place, member in enumerate(sheet.order(), 1)}
    rows = [
        {
            "member": cell.member,
            "indicator": cell.wanted.name,
            "value": cell.value,
            "year": cell.year,
            "rank": cell.rank,
            "world_rank": cell.world_rank,
            "of_world": cell.of_world,
            "place": cell.place,
            "standing": "figure" if cell.value is not None else "gap" if cell.wanted.figure else "unshipped",
            "order": order[cell.member],
        }
        for member in sheet.order()
        for cell in sheet.of(member)
    ]
    columns = (
        Column("member", Text("State", "国家"), actor=True),
        Column("indicator", Text("Indicator", "指标"), labels=titled(sheet)),
        Column("value", Text("Value", "数值"), digits=1),
        Column("year", Text("Year", "年份")),
        Column("rank", Text("Rank among members", "成员中名次")),
        Column("world_rank", Text("Rank in the world", "世界名次")),
        Column("of_world", Text("of", "共")),
        Column("place", Text("Ahead of", "领先于"), percent=True, digits=0),
        Column("standing", Text("Cell", "状态"), labels=STANDINGS),
        Column("order", Text("Order", "次序")),
    )
    numbers = {"year", "rank", "world_rank", "of_world", "order"}
    kinds = dict.fromkeys(numbers, pl.Int64) | {"value": pl.Float64, "place": pl.Float64}
    schema = {column.name: kinds.get(column.name, pl.String) for column in columns}
    note = Text(
        "More is better in every row. Ranks in the world are among the states that have a figure.",
        "各项均以多者为优。世界名次仅在有数据的国家中计算。",
    )
    title = Text("The sheet of national resilience", "国家韧性表")
    return Table("sheet", title, columns, pl.DataFrame(rows, schema=schema), note)


def ranks_table(sheet: Sheet) -> Table:
    """How often each member is first, and among the first, with gaps as the worst and left out."""
    import polars as pl

    from comity.solvers.choice.acceptability import interval

    rows: list[dict[str, Any]] = []
    order = {member: place for place, member in enumerate(sheet.order(), 1)}
    for treatment, found in sheet.ranks.items():
        first, among = found.among(1), found.among(sheet.top)
        low, high = interval(among, found.draws)
        for place, member in enumerate(sheet.ranked):
            rows.append(
                {
                    "member": member,
                    "treatment": treatment,
                    "first": float(first[place]),
                    "top": float(among[place]),
                    "top_low": float(low[place]),
                    "top_high": float(high[place]),
                    "mean": float(found.expected[place]),
                    "figures": sum(cell.value is not None for cell in sheet.of(member)),
                    "order": order[member],
                }
            )
    first_few = Text(f"Among the first {sheet.top}", f"居前{sheet.top}位")
    columns = (
        Column("member", Text("State", "国家"), actor=True),
        Column("treatment", Text("Gaps", "缺项"), labels=TREATMENTS),
        Column("first", Text("First", "居首"), "share of weightings", percent=True, digits=1),
        Column("top", first_few, "share of weightings", percent=True, digits=1),
        Column("top_low", Text("95 % interval, from", "95%区间下限"), percent=True, digits=1),
        Column("top_high", Text("to", "上限"), percent=True, digits=1),
        Column("mean", Text("Mean rank", "平均名次"), digits=1),
        Column("figures", Text("Indicators with a figure", "有数据的指标数")),
        Column("order", Text("Order", "次序")),
    )
    frame = pl.DataFrame(rows).sort("order", "treatment")
    return Table("ranks", Text("Who ranks how in random weightings", "随机权重下的名次"), columns, frame)


def gaps_table(sheet: Sheet) -> Table:
    """Each indicator: whose it is, what stands for it and what that does not say, and what would fill the gap."""
    import polars as pl

    fills = {each.name: each.fill for each in sheet.wanted}
    doubts = {each.name: each.doubt for each in sheet.wanted}
    rows = [
        {
            "indicator": each.name,
            "whose": each.whose,
            "figure": each.figure or None,
            "source": "; ".join(sheet.panel.indicator(each.figure).sources) if each.figure else None,
            "known": sum(cell.value is not None for cell in sheet.cells if cell.wanted.name == each.name),
            "members": len(sheet.members),
            "doubt": each.name if each.doubt.en else None,
            "fill": each.name,
        }
        for each in sheet.wanted
    ]
    figures = {each.figure: sheet.panel.indicator(each.figure).title for each in sheet.wanted if each.figure}
    columns = (
        Column("indicator", Text("Indicator", "指标"), labels={each.name: each.title for each in sheet.wanted}),
        Column("whose", Text("Whose", "出处"), labels=WHOSE),
        Column("figure", Text("What stands for it", "所用数据"), labels=figures),
        Column("source", Text("Source", "来源")),
        Column("known", Text("Members with a figure", "有数据的成员")),
        Column("members", Text("of", "共")),
        Column("doubt", Text("What it does not say", "其局限"), labels=doubts),
        Column("fill", Text("What would fill or better it", "可填补或改进的来源"), labels=fills),
    )
    kinds = {"known": pl.Int64, "members": pl.Int64}
    schema = {column.name: kinds.get(column.name, pl.String) for column in columns}
    return Table(
        "gaps",
        Text("What is measured, and what is not", "测了什么，没测什么"),
        columns,
        pl.DataFrame(rows, schema=schema),
    )
