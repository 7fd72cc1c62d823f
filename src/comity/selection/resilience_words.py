"""The sentences of the sheet of resilience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.kernel.result import Figure, Finding, Text
from comity.selection.words import listed, percent, sentence, state, states

if TYPE_CHECKING:
    from comity.selection.resilience_sheet import Sheet

TOLD = 6
"""Members whose strong and weak sides are told one by one."""


def _share(sheet: Sheet, treatment: str, member: str) -> Figure:
    import numpy as np

    from comity.solvers.choice.acceptability import interval

    found = sheet.ranks[treatment]
    share = float(found.among(sheet.top)[sheet.ranked.index(member)])
    low, high = interval(np.array([share]), found.draws)
    return Figure(share, "share of weightings", float(low[0]), float(high[0]), found.draws, sheet.inputs.seed)


def findings(sheet: Sheet) -> list[Finding]:
    """What has figures and what has none; who ranks how; where gaps decide; each member's strong and weak side."""
    return [_covered(sheet), _leading(sheet), *_hinging(sheet), *_sides(sheet)]


def _covered(sheet: Sheet) -> Finding:
    missing = [each.title for each in sheet.wanted if not each.figure]
    have = len(sheet.wanted) - len(missing)
    if not missing:
        return Finding(
            Text(f"All {have} indicators have figures.", f"全部{have}项指标都有数据。"), {"figures": Figure(have)}
        )
    pattern = Text(
        "Of {all} indicators of resilience {have} have figures; nothing that may ship measures {missing}.",
        "{all}项韧性指标中有{have}项有数据；{missing}没有可随程序发布的数据。",
    )
    lowered = [Text(each.en[:1].lower() + each.en[1:], each.of("zh")) for each in missing]
    text = sentence(pattern, all=len(sheet.wanted), have=have, missing=listed(lowered))
    return Finding(text, {"figures": Figure(have), "gaps": Figure(len(missing))})


def _leading(sheet: Sheet) -> Finding:
    """Who is most often among the first, with each treatment of gaps."""
    leaders = {name: sheet.ranked[int(sheet.ranks[name].among(sheet.top).argmax())] for name in ("left_out", "worst")}
    shares = {name: _share(sheet, name, member) for name, member in leaders.items()}
    pattern = Text(
        "Most often among the first {top} of {members}: {out} with gaps left out ({share} of weightings), {worst} with "
        "gaps as the worst ({other}).",
        "{members}国中最常居前{top}位的：缺项不计时为{out}（权重组合的{share}），缺项按最差计时为{worst}（{other}）。",
    )
    if leaders["left_out"] == leaders["worst"]:
        pattern = Text(
            "Most often among the first {top} of {members}: {out}, in {share} of weightings with gaps left out, in "
            "{other} with gaps as the worst.",
            "{members}国中最常居前{top}位的是{out}：缺项不计时占权重组合的{share}，缺项按最差计时占{other}。",
        )
    names = {"out": leaders["left_out"], "worst": leaders["worst"]}
    whom = {name: state(sheet.inputs.actors, member) for name, member in names.items()}
    parts = {"share": percent(_value(shares["left_out"])), "other": percent(_value(shares["worst"]))}
    cells = [cell for cell in sheet.of(leaders["left_out"]) if cell.wanted.figure]
    seen = sum(cell.value is not None for cell in cells)
    if seen < len(cells):
        few = f" {{out}} has figures of {seen} of the {len(cells)} indicators only."
        pattern = Text(pattern.en + few, pattern.of("zh") + f"{{out}}在{len(cells)}项指标中仅有{seen}项数据。")
    text = sentence(pattern, top=sheet.top, members=len(sheet.ranked), **whom, **parts)
    return Finding(text, {f"{leaders[name]}_{name}": figure for name, figure in shares.items()})


def _value(figure: Figure) -> float:
    return figure.value if isinstance(figure.value, float) else 0.0


def _hinging(sheet: Sheet) -> list[Finding]:
    """The member whose place depends most on what a gap counts for."""
    worst, out = sheet.ranks["worst"].expected, sheet.ranks["left_out"].expected
    place = int((worst - out).argmax())
    if worst[place] - out[place] < 1 / 2:
        return []
    member = sheet.ranked[place]
    missing = [cell.wanted.title for cell in sheet.of(member) if cell.value is None and cell.wanted.figure]
    lowered = [Text(each.en[:1].lower() + each.en[1:], each.of("zh")) for each in missing]
    pattern = Text(
        "The gaps decide most about {who}: mean rank {out:.1f} with its gaps ({gaps}) left out, {worst:.1f} with them "
        "as the worst.",
        "缺项对{who}影响最大：缺项（{gaps}）不计时平均名次为{out:.1f}，按最差计时为{worst:.1f}。",
    )
    parts = {"out": float(out[place]), "worst": float(worst[place])}
    text = sentence(pattern, who=state(sheet.inputs.actors, member), gaps=listed(lowered), **parts)
    figures = {
        f"{member}_{name}": Figure(float(value), "mean rank", n=sheet.ranks[name].draws, seed=sheet.inputs.seed)
        for name, value in (("left_out", out[place]), ("worst", worst[place]))
    }
    return [Finding(text, figures)]


def _sides(sheet: Sheet) -> list[Finding]:
    """Where each member stands highest and lowest in the world."""
    found: list[Finding] = []
    own = [each for each in sheet.ranked if each in sheet.inputs.institution.ever_members()]
    for member in own if len(own) <= TOLD else []:
        cells = [cell for cell in sheet.of(member) if cell.place is not None]
        best, least = max(cells, key=lambda cell: cell.place or 0.0), min(cells, key=lambda cell: cell.place or 0.0)
        if best is least:
            continue
        pattern = Text(
            "{who}: highest in {best} (rank {high} of {among} in the world), lowest in {least} (rank {low} of {all}).",
            "{who}名次最高的是{best}（{among}国中第{high}），最低的是{least}（{all}国中第{low}）。",
        )
        titles = {
            name: Text(cell.wanted.title.en[:1].lower() + cell.wanted.title.en[1:], cell.wanted.title.of("zh"))
            for name, cell in (("best", best), ("least", least))
        }
        numbers = {"high": best.world_rank or 0, "low": least.world_rank or 0}
        counts = {"among": best.of_world, "all": least.of_world}
        text = sentence(pattern, who=state(sheet.inputs.actors, member), **titles, **numbers, **counts)
        figures = {
            f"{member}_{cell.wanted.name}": Figure(cell.value, sheet.panel.indicator(cell.wanted.figure).unit)
            for cell in (best, least)
        }
        found.append(Finding(text, figures))
    return found


def _older(sheet: Sheet, figure: str, member: str) -> Text:
    """A member without a figure, with the last one before the years that count, where the shipped figures have one."""
    from comity.library.figures import figures_frame

    name = state(sheet.inputs.actors, member)
    before = figures_frame().filter(indicator=figure, iso3=member).sort("year")
    if before.is_empty() or before["year"][-1] >= sheet.panel.year - sheet.panel.back:
        return name
    value, year = before["value"][-1], before["year"][-1]
    return Text(f"{name.en} (its last, of {year}, was {value:.3g})", f"{name.of('zh')}（{year}年曾为{value:.3g}）")


def caveats(sheet: Sheet) -> list[Text]:
    """Gaps by source, gaps by member, years, and what ranks do not say."""
    found = [
        Text(
            f"{each.title.en}: a gap. It would be filled by {each.fill.en}.",
            f"{each.title.of('zh')}：缺项。可由以下来源填补：{each.fill.of('zh')}。",
        )
        for each in sheet.wanted
        if not each.figure
    ]
    for each in (wanted for wanted in sheet.wanted if wanted.figure):
        missing = [cell.member for cell in sheet.cells if cell.wanted.name == each.name and cell.value is None]
        if missing:
            since = sheet.panel.year - sheet.panel.back
            pattern = Text("{title}: no figure of {who} from {since} on.", "{title}：{who}自{since}年以来无数据。")
            who = listed([_older(sheet, each.figure, member) for member in missing], 8)
            found.append(sentence(pattern, title=each.title, since=since, who=who))
    doubts = listed([Text(f"{each.title.en} ({each.doubt.en})", f"{each.title.of('zh')}（{each.doubt.of('zh')}）")
                     for each in sheet.wanted if each.figure])  # fmt: skip
    found.append(sentence(Text("What stands in for what: {doubts}.", "替代指标的局限：{doubts}。"), doubts=doubts))
    found.append(
        Text(
            "The ranks are of the indicators with figures only; their intervals are those of the draws, not of the "
            "figures. To be ahead in them is not to be resilient: what no indicator measures may decide.",
            "名次仅就有数据的指标而言；区间反映抽样误差，而非数据误差。名次靠前不等于有韧性：未被衡量的因素可能起决定作用。",
        )
    )
    bodies = (sheet.inputs.institution, *sheet.inputs.against)
    left = [
        member
        for body in bodies
        for member in body.members_on(sheet.inputs.on or body.as_of)
        if member not in sheet.members
    ]
    if left:
        pattern = Text(
            "Not on the sheet, for they are no states of the UN: {who}.", "以下成员不是联合国会员国，未列入：{who}。"
        )
        found.append(sentence(pattern, who=states(sheet.inputs.actors, dict.fromkeys(left), 8)))
    return found
