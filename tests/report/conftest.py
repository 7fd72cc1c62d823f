"""Made-up results that use everything a report must show."""

from __future__ import annotations

import polars as pl
import pytest

from comity.kernel.result import Chart, Column, Figure, Finding, Provenance, Result, Table, Text
from comity.model.actor import Actor, Actors
from comity.report.front import Front, Headline
from comity.report.reader import Reader

NAMES = {
    "USA": ("United States", "美国"),
    "CHN": ("China", "中国"),
    "GBR": ("United Kingdom", "英国"),
    "BIH": ("Bosnia & Herzegovina", "波斯尼亚和黑塞哥维那"),
    "VCT": ("St. Vincent & Grenadines", "圣文森特和格林纳丁斯"),
}


@pytest.fixture
def actors() -> Actors:
    """Five states, two of them with long names."""
    return Actors(
        [
            Actor(code, {"cldr": Text(*names), "un": Text(f"{names[0]} (UN)", f"{names[1]}（联合国）")})
            for code, names in NAMES.items()
        ]
    )


@pytest.fixture
def english(actors: Actors) -> Reader:
    return Reader("en", "cldr", actors)


@pytest.fixture
def chinese(actors: Actors) -> Reader:
    return Reader("zh", "cldr", actors)


@pytest.fixture
def seats() -> Table:
    """Who would hold a seat, with a gap and large sums."""
    columns = (
        Column("iso3", Text("State", "国家"), actor=True),
        Column("gdp", Text("GDP", "国内生产总值"), unit="USD", source="World Bank"),
        Column("year", Text("Year", "年份"), unit="year"),
        Column("p", Text("Probability of a seat", "入选概率"), unit="probability", percent=True, source="own draws"),
        Column("why", Text("Verdict", "判断"), labels={"in": Text("seated", "入选"), "out": Text("left out", "落选")}),
        Column("sure", Text("Certain", "确定")),
    )
    frame = pl.DataFrame(
        {
            "iso3": ["USA", "CHN", "BIH", "VCT", "GBR"],
            "gdp": [2.9e13, 1.87e13, 2.8e10, None, 3.6e12],
            "year": [2024, 2024, 2023, 2022, 2024],
            "p": [1.0, 0.994, 0.0, 0.0, 0.126],
            "why": ["in", "in", "out", "out", None],
            "sure": [True, False, False, False, False],
        }
    )
    return Table(
        "p_seat", Text("Probability of a seat", "入选概率"), columns, frame, Text("Gaps stay gaps.", "缺失值不填补。")
    )


@pytest.fixture
def chart() -> Chart:
    """A layered chart with a clip path and a gradient, whose ids could clash in one page."""
    state = {"field": "iso3_label", "type": "nominal", "sort": None, "title": None}
    share = {"field": "p", "type": "quantitative", "title": Text("Probability", "概率"), "axis": {"format": ".0%"}}
    shade = {"field": "p", "type": "quantitative", "legend": {"title": Text("Shade", "深浅")}}
    bar = {"mark": {"type": "bar", "clip": True}, "encoding": {"y": state, "x": share, "color": shade}}
    tick = {"mark": "tick", "encoding": {"y": state, "x": share}}
    return Chart(
        "seats",
        "p_seat",
        Text("Two states are always in; the United Kingdom seldom is", "两国始终入选，英国则很少入选"),
        Text("Share of weightings in which a state holds a seat, per cent", "入选的权重组合所占比例（%）"),
        Text("Bars: United States 100 %, China 99 %, United Kingdom 13 %.", "条形图：美国100%，中国99%，英国13%。"),
        {"width": 560, "layer": [bar, tick]},
        Text("Source: World Bank, own draws", "来源：世界银行；自行抽样"),
    )


@pytest.fixture
def result(seats: Table, chart: Chart) -> Result:
    """One answer with a figure, a finding, a caveat and its provenance."""
    figure = Figure(0.026, "share", 0.023, 0.029, 10_000, 7)
    return Result(
        kind="selection.acceptability",
        title=Text("Is the choice robust?", "这一名单稳健吗？"),
        values={"p_exact_set": 0.026},
        tables=(seats,),
        charts=(chart,),
        findings=(Finding(Text("The five come out in 2.6 % of weightings.", "五国在2.6%的权重下同时入选。"), {"p": figure}),),
        caveats=(Text("Expenditure stands in for <reach> & range.", "以军费代替投送能力。"),),
        provenance=Provenance(
            charters={"g5": "a" * 64}, figures={"reference.csv": "b" * 64}, options={"draws": 10_000, "scale": "rank"}, seed=7,
            on="2026-02-06", version="0.1.0", command="comity study g5 --against g7", sources=("World Bank: CC BY 4.0",),
        ),
    )  # fmt: skip


@pytest.fixture
def long() -> Result:
    """An answer with one table of 40 rows and no chart."""
    columns = (Column("k", Text("Number", "编号")), Column("v", Text("Value", "数值"), digits=2))
    frame = pl.DataFrame({"k": list(range(40)), "v": [k / 8 - 2 for k in range(40)]})
    return Result(
        "analysis.long",
        Text("How long is it?", "有多长？"),
        tables=(Table("t", Text("Forty", "四十行"), columns, frame),),
    )


@pytest.fixture
def front() -> Front:
    """The words around the results."""
    return Front(
        question=Text("Would hard power choose this club?", "硬实力会选出这个俱乐部吗？"),
        answer=Text("Seldom.", "很少。"),
        numbers=(
            Headline(
                Figure(0.026, "share", 0.023, 0.029, 10_000, 7),
                Text("of weightings give this list", "的权重得出此名单"),
            ),
        ),
        would_change=(Text("A figure of military reach.", "军事投送能力的数据。"),),
        box=(
            Text(
                "The G5 is a press rumour; its charter is our model of it.",
                "五国集团出自媒体传闻；此处章程是我们的模型。",
            ),
        ),
        limits=(Text("No forecast.", "并非预测。"),),
        methods=(Text("Weights are drawn from the simplex.", "权重从单纯形中抽取。"),),
        attributions={"World Bank": "World Development Indicators, CC BY 4.0"},
        tables="tables",
    )
