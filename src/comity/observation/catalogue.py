"""The figures as a catalogue: which there are, what one of them measures, and its values for the states asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from comity.kernel.canonical import digest
from comity.kernel.errors import InputError, UnknownName
from comity.kernel.result import Column, Finding, Provenance, Result, Table, Text
from comity.library.actors import actors
from comity.library.figures import figures_frame, indicators
from comity.model.panel import Indicator

if TYPE_CHECKING:
    import polars as pl

_NATURE = {"amount": Text("amount", "总量"), "rate": Text("rate", "比率")}
_STATUS = {
    "reported": Text("reported", "来源所载"),
    "derived": Text("derived", "推算"),
    "recalled": Text("recalled", "凭记忆"),
}


def _provenance(frame: pl.DataFrame, described: Iterable[Indicator], options: dict[str, object]) -> Provenance:
    return Provenance(
        figures={"figures": digest(frame.write_csv().encode())},
        options={name: value for name, value in options.items() if value is not None},
        sources=tuple(dict.fromkeys(line for each in described for line in each.sources.values())),
    )


def list_indicators(figures: Path | None = None) -> Result:
    """Every indicator there is, with its unit, its years, and for how many members of the UN it has a figure.

    Args:
        figures: a user's own table, laid over the shipped one.

    Raises:
        DocumentError: with every problem of the user's file, where it has any.

    Example:
        >>> list_indicators().table("indicators").frame["indicator"].to_list()[:2]
        ['gdp_usd', 'gdp_ppp']
    """
    import polars as pl

    frame, described = figures_frame(figures), indicators(figures)
    members = actors().un_members()
    counted = frame.group_by("indicator").agg(
        pl.col("iso3").filter(pl.col("iso3").is_in(members)).n_unique().alias("states"),
        pl.col("year").min().alias("first_year"),
        pl.col("year").max().alias("last_year"),
        pl.col("source").unique().sort().str.join(", ").alias("source"),
    )
    listed = pl.DataFrame(
        [(name, each.title.en, each.unit, each.nature) for name, each in described.items()],
        schema=["indicator", "title", "unit", "nature"],
        orient="row",
    )
    columns = (
        Column("indicator", Text("Indicator", "指标")),
        Column("title", Text("What it is", "名称"), labels={each.title.en: each.title for each in described.values()}),
        Column("unit", Text("Unit", "单位")),
        Column("nature", Text("Nature", "性质"), labels=_NATURE),
        Column("states", Text("UN members", "联合国会员国数")),
        Column("first_year", Text("From", "起始年份")),
        Column("last_year", Text("To", "截止年份")),
        Column("source", Text("Source", "来源")),
    )
    joined = listed.join(counted, on="indicator", how="left", maintain_order="left")
    title = Text("Indicators of the figures", "指标一览")
    return Result(
        kind="observation.indicators",
        title=title,
        values={"indicators": list(described)},
        tables=(Table("indicators", title, columns, joined.select([column.name for column in columns])),),
        provenance=_provenance(frame, described.values(), {}),
    )


def _known(name: str, described: dict[str, Indicator]) -> Indicator:
    if name not in described:
        raise UnknownName("indicator", name, list(described), mend="Bring your own with --figures FILE.")
    return described[name]


def info(indicator: str, figures: Path | None = None) -> Result:
    """What one indicator measures and what it does not, its sources, its years and its gaps.

    Args:
        indicator: its name.
        figures: a user's own table, laid over the shipped one.

    Raises:
        UnknownName: where there is no such indicator, with near ones.

    Example:
        >>> info("rd_pct_gdp").values["nature"]
        'rate'
    """
    import polars as pl

    described = indicators(figures)
    asked = _known(indicator, described)
    members = actors().un_members()
    frame = figures_frame(figures).filter(pl.col("indicator") == indicator)
    covered = set(frame["iso3"])
    gaps = [code for code in members if code not in covered]
    years = frame.group_by("year").agg(pl.col("iso3").n_unique().alias("states")).sort("year")
    columns = (Column("year", Text("Year", "年份")), Column("states", Text("States with a figure", "有数据的国家")))
    missing = ", ".join(actors()[code].name().en for code in gaps)
    missing_zh = "、".join(actors()[code].name().zh for code in gaps)
    gap = Text(f"No figure for {len(gaps)} members of the UN: {missing}.", f"{len(gaps)}个会员国无数据：{missing_zh}。")
    return Result(
        kind="observation.indicator",
        title=asked.title,
        values={
            "indicator": asked.id,
            "unit": asked.unit,
            "nature": asked.nature,
            "signed": asked.signed,
            "definition": asked.definition,
            "sources": dict(asked.sources),
            "states": len(members) - len(gaps),
            "gaps": gaps,
        },
        tables=(Table("years", Text("Figures by year", "各年份数据量"), columns, years.select("year", "states")),),
        findings=(Finding(asked.definition), Finding(Text(f"Unit: {asked.unit}.", f"单位：{asked.unit}。"))),
        caveats=(gap,) if gaps else (),
        provenance=_provenance(frame, [asked], {"indicator": indicator}),
    )


def _codes(states: Sequence[str] | None, *, all_actors: bool) -> list[str]:
    table = actors()
    if states is None:
        return [actor.code for actor in table] if all_actors else table.un_members()
    codes = [table.find(each.strip()).code for each in states]
    outside = [code for code in codes if table[code].kind != "un_member"]
    if outside and not all_actors:
        named = ", ".join(f"{code} ({table[code].name().en})" for code in outside)
        raise InputError(f"Not a member of the United Nations: {named}.", mend="Add --all for actors outside it.")
    return list(dict.fromkeys(codes))


def _gap_caveats(chosen: pl.DataFrame, asked: Sequence[Indicator], codes: Sequence[str]) -> list[Text]:
    caveats: list[Text] = []
    for each in asked:
        covered = set(chosen.filter(chosen["indicator"] == each.id)["iso3"])
        gaps = [code for code in codes if code not in covered]
        if gaps:
            listed = ", ".join(gaps)
            caveats.append(
                Text(f"{each.title.en}: no figure for {listed}.", f"{each.title.of('zh')}：{listed} 无数据。"),
            )
    return caveats


def get(
    names: Sequence[str],
    *,
    states: Sequence[str] | None = None,
    year: int | None = None,
    years: tuple[int, int] | None = None,
    all_actors: bool = False,
    figures: Path | None = None,
) -> Result:
    """The figures of one or more indicators: one row per state and indicator, its latest year.

    Args:
        names: the indicators.
        states: codes or names in any known spelling; all members of the UN by default.
        year: figures of this year only.
        years: figures of every year from the first to the second, both included.
        all_actors: actors outside the UN as well.
        figures: a user's own table, laid over the shipped one.

    Raises:
        UnknownName: where there is no such indicator.
        InputError: where a state is not known, stands outside the UN, or the years make no span.

    Example:
        >>> get(["gdp_usd"], states=["Japan", "德国"]).table("figures").frame.select("iso3", "year", "value").rows()
        [('DEU', 2024, 4660000000000.0), ('JPN', 2024, 4026000000000.0)]
    """
    import polars as pl

    described = indicators(figures)
    asked = [_known(name, described) for name in dict.fromkeys(names)]
    if not asked:
        raise InputError("No indicator was named.", mend="`comity data list` shows them all.")
    if year is not None and years is not None:
        raise InputError("Either one year or a span of years can be asked for.", mend="Leave out --year or --years.")
    if years is not None and years[0] > years[1]:
        raise InputError(f"{years[0]} is after {years[1]}.", mend="Write the earlier year first.")
    codes = _codes(states, all_actors=all_actors)
    order = pl.DataFrame({"indicator": [each.id for each in asked], "place": range(len(asked))})
    chosen = figures_frame(figures).join(order, on="indicator").filter(pl.col("iso3").is_in(codes))
    first, last = years or (year, year)
    if first is not None:
        chosen = chosen.filter(pl.col("year").is_between(first, last))
    chosen = chosen.sort("place", "iso3", "year")
    if first is None:
        chosen = chosen.group_by("place", "iso3", maintain_order=True).last()
    columns = _columns(asked)
    frame = chosen.select([column.name for column in columns])
    title = asked[0].title if len(asked) == 1 else Text("Figures", "数据")
    wanted = codes if states is not None or not all_actors else actors().un_members()
    return Result(
        kind="observation.figures",
        title=title,
        values={"indicators": [each.id for each in asked], "rows": frame.height},
        tables=(Table("figures", title, columns, frame),),
        caveats=tuple(_gap_caveats(frame, asked, wanted)),
        provenance=_provenance(frame, asked, {"year": year, "years": years, "states": codes if states else None}),
    )


def _columns(asked: Sequence[Indicator]) -> tuple[Column, ...]:
    unit = asked[0].unit if len(asked) == 1 else ""
    return (
        Column("iso3", Text("State", "国家"), actor=True),
        Column("indicator", Text("Indicator", "指标"), labels={each.id: each.title for each in asked}),
        Column("year", Text("Year", "年份")),
        Column("value", Text("Value", "数值"), unit=unit),
        Column("unit", Text("Unit", "单位")),
        Column("low", Text("Low", "下限"), unit=unit),
        Column("high", Text("High", "上限"), unit=unit),
        Column("status", Text("Status", "状态"), labels=_STATUS),
        Column("source", Text("Source", "来源")),
        Column("licence", Text("Licence", "许可")),
    )
