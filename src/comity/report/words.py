"""The fixed words of a dossier, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from comity.kernel.result import Text

WORDS: Final[Mapping[str, Text]] = {
    "contents": Text("Contents", "目录"),
    "answer_first": Text("Answer first", "结论先行"),
    "would_change": Text("What would change our mind", "什么会改变这一结论"),
    "note": Text("Read this first", "阅读须知"),
    "figure": Text("Figure", "图"),
    "table": Text("Table", "表"),
    "data": Text("Data of this figure", "本图数据"),
    "source": Text("Source: ", "资料来源："),
    "draws": Text("{n} draws", "抽样 {n} 次"),
    "seed": Text("seed {seed}", "随机种子 {seed}"),
    "caveats": Text("What to bear in mind", "注意事项"),
    "again": Text("{n} points of section {numbers} hold here too.", "第{numbers}节所列注意事项中有{n}点在此同样适用。"),
    "again_one": Text(
        "One point of section {numbers} holds here too.", "第{numbers}节所列注意事项中有1点在此同样适用。"
    ),
    "alternative": Text("The figure in words", "图示文字说明"),
    "first_rows": Text(
        "The first {shown} of {total} rows; all of them are in {file}.",
        "仅列前 {shown} 行，共 {total} 行；全部数据见 {file}。",
    ),
    "no_room": Text(
        "Not shown for want of room: {names} (a wider window, or --json).",
        "因宽度不足未显示：{names}（可加宽窗口或用--json）。",
    ),
    "file": Text("Also as {file}.", "另存为 {file}。"),
    "provenance": Text("Where this comes from", "数据与出处"),
    "by_charter": Text("charter {names}", "章程{names}"),
    "by_charters": Text("charters {names}", "章程{names}"),
    "charters": Text("Charters", "章程"),
    "stakes": Text("Stakes", "立场设定"),
    "figures": Text("Figures", "数据文件"),
    "as_of": Text("As of", "数据截至"),
    "digest": Text("Digest of the answers", "结果摘要值"),
    "file_name": Text("Name", "名称"),
    "sha256": Text("SHA-256", "SHA-256"),
    "version": Text("Program", "程序版本"),
    "seed_name": Text("Seed", "随机种子"),
    "command": Text("Reproduce with", "复现命令"),
    "methods": Text("Methods and options", "方法与参数"),
    "limits": Text("Limits", "局限"),
    "attribution": Text("Sources and licences", "资料来源与许可"),
    "cite": Text("How to cite", "引用格式"),
    "naming": Text("Names of states: {policy}. No map draws borders.", "国家名称依据：{policy}。图中不绘制边界。"),
    "skip": Text("Skip to the answer", "跳至结论"),
    "interval": Text("from {low} to {high}", "{low} 至 {high}"),
    "yes": Text("yes", "是"),
    "no": Text("no", "否"),
    "scroll": Text("{title} (scrolls sideways)", "{title}（可横向滚动）"),
    "back": Text("Back to contents", "返回目录"),
}

POLICIES: Final[Mapping[str, Text]] = {
    "cldr": Text("Unicode CLDR", "Unicode CLDR"),
    "un": Text("United Nations", "联合国"),
    "iso": Text("ISO 3166", "ISO 3166"),
}

UNITS: Final[Mapping[str, Text]] = {
    "USD": Text("USD", "美元"),
    "current US$": Text("current US$", "现价美元"),
    "2021 international $": Text("2021 international $", "2021年国际元"),
    "PJ per year": Text("PJ per year", "拍焦/年"),
    "% of GDP": Text("% of GDP", "占GDP的%"),
    "% of population": Text("% of population", "占人口的%"),
    "% of the world": Text("% of the world", "占世界的%"),
    "share of the world": Text("share of the world", "占世界份额"),
    "share of weightings": Text("share of weightings", "占全部权重组合"),
    "share of coalitions": Text("share of coalitions", "占全部联盟"),
    "points": Text("points", "点"),
    "percentage points": Text("percentage points", "个百分点"),
    "points of the scale, 0 to 100": Text("points of the scale, 0 to 100", "量表点数，0至100"),
    "index 0 to 100": Text("index 0 to 100", "指数，0至100"),
    "index 0 to 1": Text("index 0 to 1", "指数，0至1"),
    "% of exports or imports": Text("% of exports or imports", "占出口或进口的%"),
    "issues": Text("issues", "个议题"),
    "effective number": Text("effective number", "有效数目"),
    "standard deviations": Text("standard deviations", "标准差"),
    "subscriptions": Text("subscriptions", "户"),
    "persons": Text("persons", "人"),
    "people": Text("people", "人"),
    "states": Text("states", "国"),
    "PJ": Text("PJ", "拍焦（PJ）"),
    "percent": Text("%", "%"),
    "%": Text("%", "%"),
    "share": Text("share", "占比"),
    "probability": Text("probability", "概率"),
    "rank": Text("rank", "名次"),
    "score": Text("score", "得分"),
    "votes": Text("votes", "票"),
    "members": Text("members", "成员数"),
    "seats": Text("seats", "席"),
    "goods": Text("goods", "项产品"),
    "payers": Text("payers", "个缴款者"),
    "ratio": Text("ratio", "倍"),
    "share of the good": Text("share of the good", "占产品的份额"),
    "share of the whole good": Text("share of the whole good", "占全部产品的份额"),
    "million USD": Text("million USD", "百万美元"),
    "million US dollars": Text("million US dollars", "百万美元"),
    "million US dollars a year": Text("million US dollars a year", "每年百万美元"),
    "year": Text("", ""),
}

MAGNITUDES: Final[Mapping[str, tuple[tuple[float, str], ...]]] = {
    "en": ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")),
    "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
}
"""Words for large numbers, the largest first."""

SHARES: Final = ("share", "probability")
"""How the unit of a number between 0 and 1 begins that a reader sees in per cent."""
