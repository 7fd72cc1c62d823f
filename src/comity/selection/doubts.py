"""What is doubtful in the figures of a contest: gaps, older years, recalled cells, stand-ins; said compactly."""

from __future__ import annotations

from collections.abc import Sequence

from comity.kernel.result import Text
from comity.model.admission import Admission
from comity.model.panel import Panel
from comity.selection.words import listed, sentence

STAND_INS = {
    "military_expenditure_usd": Text(
        "Military expenditure is a stand-in for military reach: money spent says little about how far forces can act.",
        "军费支出只是军事投射能力的替代指标：花费多少难以说明力量能够到达多远。",
    ),
    "military_personnel": Text(
        "Military personnel is a stand-in for military reach: a headcount says nothing of how far forces can act.",
        "军队人数只是军事投射能力的替代指标：人数无法说明力量能够到达多远。",
    ),
    "internet_users": Text(
        "The number of internet users is a stand-in for digital infrastructure and largely follows population.",
        "互联网用户数只是数字基础设施的替代指标，并在很大程度上随人口而变。",
    ),
}
"""What to say of an indicator that measures something near to what is meant."""


def doubts(admission: Admission, panel: Panel, states: Sequence[str], incomplete: Sequence[str]) -> tuple[Text, ...]:
    """The caveats of a contest, one sentence or two each.

    Args:
        admission: the way of admission.
        panel: the figures.
        states: those who compete.
        incomplete: those left out because a figure is missing.
    """
    used = [each.figure for each in (*admission.criteria.values(), *admission.conditions.values())]
    names = list(dict.fromkeys(used))
    found = [
        _gaps(admission, panel, states),
        _dropped(incomplete),
        _unknown(admission, panel),
        _older(panel, names, states),
        _recalled(panel, names, states),
        *(text for name, text in STAND_INS.items() if name in names),
    ]
    return tuple(text for text in found if text is not None)


def _gaps(admission: Admission, panel: Panel, states: Sequence[str]) -> Text | None:
    figures = [criterion.figure for criterion in admission.criteria.values()]
    missing = {name: [state for state, _ in panel.gaps([name], states)] for name in dict.fromkeys(figures)}
    parts = [
        Text(
            f"{panel.indicator(name).title.en} ({len(who)})", f"{panel.indicator(name).title.of('zh')}（{len(who)}国）"
        )
        for name, who in missing.items()
        if who
    ]
    if not parts:
        return None
    pattern = Text(
        "Figures are missing for some states: {parts}. Each competes with the least value of that criterion.",
        "部分国家缺少数据：{parts}。缺数据的国家按该项指标的最低值参选。",
    )
    return sentence(pattern, parts=listed(parts))


def _dropped(incomplete: Sequence[str]) -> Text | None:
    if not incomplete:
        return None
    verb = "state does" if len(incomplete) == 1 else "states do"
    pattern = Text(
        "{many} {verb} not compete because a figure is missing: {who}.", "{many}个国家因缺少数据而不参选：{who}。"
    )
    return sentence(pattern, many=len(incomplete), verb=verb, who=listed(map(Text, incomplete), 12))


def _unknown(admission: Admission, panel: Panel) -> Text | None:
    names = list(dict.fromkeys(condition.figure for condition in admission.conditions.values()))
    gaps = list(dict.fromkeys(state for state, _ in panel.gaps(names, panel.actors)))
    if not gaps:
        return None
    pattern = Text(
        "Whether these states meet the conditions is not known, so that they are not admitted: {who}.",
        "以下国家是否符合条件尚不可知，因而未予接纳：{who}。",
    )
    return sentence(pattern, who=listed(map(Text, gaps), 12))


def _older(panel: Panel, names: Sequence[str], states: Sequence[str]) -> Text | None:
    parts: list[Text] = []
    late = False
    for name in names:
        years = {state: year for state, year in panel.years(name).items() if state in set(states)}
        latest = max(years.values(), default=panel.year)
        before = [year for year in years.values() if year < latest]
        late |= bool(before)
        title = panel.indicator(name).title
        english = f" ({len(before)} older, back to {min(before)})" if before else ""
        chinese = f"（{len(before)}国较旧，最早{min(before)}年）" if before else ""
        parts.append(Text(f"{title.en} {latest}{english}", f"{title.of('zh')}{latest}年{chinese}"))
    pattern = Text("Each figure keeps its own year: {parts}.", "每个数据保留其自身年份：{parts}。")
    return sentence(pattern, parts=listed(parts)) if late else None


def _recalled(panel: Panel, names: Sequence[str], states: Sequence[str]) -> Text | None:
    import polars as pl

    cells = panel.frame.filter(
        (pl.col("status") == "recalled") & pl.col("indicator").is_in(list(names)) & pl.col("iso3").is_in(list(states))
    )
    if cells.is_empty():
        return None
    who = ", ".join(sorted(set(cells["iso3"].to_list()))[:12])
    return Text(
        f"{len(cells)} figures are recalled, not checked against a source ({who}); no finding may rest on them alone.",
        f"{len(cells)}个数据凭记忆录入、未经来源核对（{who}）；任何结论都不应仅以其为据。",
    )
