"""The ten national indicators of resilience: whose they are, what stands for each, and what would fill a gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from comity.kernel.result import Text


@dataclass(frozen=True)
class Wanted:
    """One indicator of the sheet; more is better in all of them.

    Attributes:
        name: how options and values call it.
        title: its name for a reader.
        whose: ``mission`` where the text that the sheet answers names it, ``ours`` where it was added.
        figure: the indicator of the figures that stands for it; empty where none ships.
        doubt: what the figure does not say.
        fill: which source would fill the gap, or better the figure.
        unit: the unit of the figure, as it follows the title.
    """

    name: str
    title: Text
    whose: Literal["mission", "ours"]
    figure: str
    doubt: Text
    fill: Text
    unit: Text = Text("")


INDICATORS = (
    Wanted(
        "high_end_manufacturing",
        Text("High-end manufacturing", "高端制造占比"),
        "mission",
        "medium_high_tech_pct",
        Text(
            "industries are classed, not what is done in them: assembly counts like design",
            "按行业分类而非工序：组装与设计同样计入",
        ),
        Text(
            "UNIDO INDSTAT at four digits; national industrial statistics", "联合国工发组织四位数工业统计、各国工业统计"
        ),
        Text(", % of manufacturing", "（占制造业%）"),
    ),
    Wanted(
        "basic_research",
        Text("Basic research", "基础研究强度"),
        "mission",
        "",
        Text("", ""),
        Text(
            "UNESCO Institute for Statistics or OECD: expenditure on basic research as a share of GDP",
            "联合国教科文组织统计研究所或经合组织：基础研究支出占国内生产总值比例",
        ),
    ),
    Wanted(
        "digital_coverage",
        Text("Digital coverage", "数字覆盖"),
        "mission",
        "internet_users_pct",
        Text("people who use the internet, not networks that reach them", "统计的是上网的人，而非网络的覆盖"),
        Text("ITU: population covered by 4G and 5G", "国际电信联盟：4G与5G网络人口覆盖率"),
        Text(", % of people", "（占人口%）"),
    ),
    Wanted(
        "settlement",
        Text("Settlement in own currency", "本币结算占比"),
        "mission",
        "",
        Text("", ""),
        Text(
            "central banks' reports on cross-border settlement by currency; SWIFT's tracker of payments by currency",
            "各国央行按币种的跨境结算报告；SWIFT按币种的支付统计",
        ),
    ),
    Wanted(
        "food",
        Text("Food self-sufficiency", "粮食自给率"),
        "mission",
        "",
        Text("", ""),
        Text(
            "FAOSTAT food balances: domestic supply of cereals by origin, or the cereal import dependency ratio",
            "联合国粮农组织食物平衡表：按来源的谷物国内供给，或谷物进口依存度",
        ),
    ),
    Wanted(
        "energy",
        Text("Energy self-sufficiency", "能源自给率"),
        "mission",
        "energy_self_sufficiency_pct",
        Text("four carriers; imported uranium counts as a state's own", "仅四种能源；进口铀视为自有"),
        Text("International Energy Agency: world energy balances", "国际能源署：世界能源平衡表"),
        Text(", % of use", "（占消费%）"),
    ),
    Wanted(
        "emergency",
        Text("Emergency response", "应急能力"),
        "mission",
        "",
        Text("", ""),
        Text(
            "World Health Organization: States Parties' self-assessment under the International Health Regulations; "
            "INFORM Risk: lack of coping capacity",
            "世界卫生组织：《国际卫生条例》缔约国自评；INFORM风险指数：应对能力不足",
        ),
    ),
    Wanted(
        "research",
        Text("Research spending", "研发投入强度"),
        "ours",
        "rd_pct_gdp",
        Text("money spent on all research, most of it applied", "全部研发支出，多为应用研究"),
        Text("UNESCO Institute for Statistics, later editions", "联合国教科文组织统计研究所新版数据"),
        Text(", % of GDP", "（占GDP%）"),
    ),
    Wanted(
        "technology_exports",
        Text("High-technology exports", "高技术出口占比"),
        "ours",
        "high_tech_exports_pct",
        Text("gross exports: imported parts count for the last assembler", "按总值计：进口零部件计入最后组装国"),
        Text("OECD trade in value added", "经合组织增加值贸易数据"),
        Text(", % of manufactures", "（占制成品%）"),
    ),
    Wanted(
        "reserves",
        Text("Reserves in months of imports", "外储可支付进口月数"),
        "ours",
        "import_cover_months",
        Text("an issuer of a currency that others accept needs few", "发行通行货币的国家所需储备较少"),
        Text("IMF: assessing reserve adequacy", "国际货币基金组织：储备充足性评估"),
    ),
)
"""The sheet, in its order."""
