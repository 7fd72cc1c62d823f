"""The tables of agreement: issues, rules and clubs, positions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.matters import BASES, SENSITIVITY, Gap, issue_column
from comity.analysis.parts.tabled import HIGH, LOW, POINTS, share, tabled
from comity.analysis.parts.venues import Venue
from comity.analysis.parts.zone import Judged
from comity.kernel.result import Column, Table, Text
from comity.model.analysis import Inputs
from comity.model.naming import label_of

SORTS = {"rule": Text("same members, another rule", "相同成员、不同规则"), "club": Text("another club", "其他机构")}


def issues_table(inputs: Inputs, judged: Sequence[Judged]) -> Table:
    """One row an issue before a body: its zone, its gridlock interval, its chances, who blocks it."""
    rows: list[dict[str, Any]] = []
    for each in judged:
        matter = each.matter
        rows.append(
            {
                "institution": matter.institution.name,
                "issue": matter.issue,
                "sensitivity": matter.sensitivity,
                "rule": matter.decision.key,
                "status_quo": matter.status_quo,
                "zone_low": each.zone[0] if each.zone else None,
                "zone_high": each.zone[1] if each.zone else None,
                "core_low": each.core[0] if each.core else None,
                "core_high": each.core[1] if each.core else None,
                "probability": each.chance.share,
                "low": each.chance.low,
                "high": each.chance.high,
                "width": each.mean_width[1],
                "width_low": each.mean_width[0],
                "width_high": each.mean_width[2],
                "blockers": ", ".join(f"{member} {found.share:.0%}" for member, found in _first(each)),
                "draws": each.chance.n,
            }
        )
    bodies = {each.matter.institution.name: each.matter.institution.title for each in judged}
    rules = {each.matter.decision.key: each.matter.decision.title for each in judged}
    columns = (
        Column("institution", Text("Institution", "机构"), labels=bodies),
        issue_column(inputs.wanted()),
        Column("sensitivity", Text("Sensitivity", "敏感度"), labels=SENSITIVITY),
        Column("rule", Text("Decided by", "决定规则"), labels=rules),
        Column("status_quo", Text("Status quo", "现状"), POINTS, digits=0),
        Column("zone_low", Text("Zone from", "协议区下端"), POINTS, digits=0),
        Column("zone_high", Text("Zone to", "协议区上端"), POINTS, digits=0),
        Column("core_low", Text("Gridlock from", "僵局区下端"), POINTS, digits=0),
        Column("core_high", Text("Gridlock to", "僵局区上端"), POINTS, digits=0),
        share("probability", Text("Probability of adoption", "通过概率")),
        share("low", LOW),
        share("high", HIGH),
        Column("width", Text("Mean width of the zone", "协议区平均宽度"), POINTS, digits=1),
        Column("width_low", LOW, POINTS, digits=1),
        Column("width_high", HIGH, POINTS, digits=1),
        Column("blockers", Text("Alone in the way (share of draws)", "单独阻挡者（抽样占比）")),
        Column("draws", Text("Draws", "抽样次数")),
    )
    note = Text(
        "Zone and gridlock interval with every member at the mode; probability and width over draws of the positions.",
        "协议区与僵局区按各成员立场的众值计算；概率与宽度按立场抽样计算。",
    )
    words = ("institution", "issue", "sensitivity", "rule", "blockers")
    title = Text("Issues by sensitivity", "按敏感度排列的议题")
    return tabled("issues", title, columns, rows, words=words, counts=("draws",), note=note)


def _first(each: Judged) -> list[tuple[str, Any]]:
    return [(member, found) for member, found in each.blockers.items() if found.share >= 0.01][:5]


def heat_table(inputs: Inputs, heat: Sequence[tuple[Venue, Judged | Gap]]) -> Table:
    """One row an issue and venue: the chances under another rule or in another club, or why there are none."""
    rows: list[dict[str, Any]] = []
    for venue, each in heat:
        head = {"issue": each.matter.issue if isinstance(each, Judged) else each.issue, "venue": venue.key}
        if isinstance(each, Judged):
            found = each.chance
            known = {"probability": found.share, "low": found.low, "high": found.high, "width": each.mean_width[1]}
            rows.append({**head, "sort": venue.sort, **known, "draws": found.n, "reason": ""})
        else:
            rows.append({**head, "sort": venue.sort, "reason": each.reason.en})
    reasons = {each.reason.en: each.reason for _, each in heat if isinstance(each, Gap)}
    columns = (
        issue_column(inputs.wanted()),
        Column("venue", Text("Where", "何处"), labels={venue.key: venue.title for venue, _ in heat}),
        Column("sort", Text("What is compared", "比较对象"), labels=SORTS),
        share("probability", Text("Probability of adoption", "通过概率")),
        share("low", LOW),
        share("high", HIGH),
        Column("width", Text("Mean width of the zone", "协议区平均宽度"), POINTS, digits=1),
        Column("draws", Text("Draws", "抽样次数")),
        Column("reason", Text("Why there is no figure", "没有数字的原因"), labels={"": Text("–", "–"), **reasons}),
    )
    title = Text("The same issues elsewhere", "同样的议题在别处")
    return tabled("heat", title, columns, rows, words=("issue", "venue", "sort", "reason"), counts=("draws",))


def positions_table(inputs: Inputs, judged: Sequence[Judged]) -> Table:
    """One row a member, issue and body: what it wants, what it accepts, and on what that rests."""
    rows: list[dict[str, Any]] = []
    for each in judged:
        matter, modes = each.matter, each.matter.modes()
        places = {member: number for number, member in enumerate(matter.decision.members)}
        for member, stand in matter.stands.items():
            here = places[member]
            span = dict(zip(("low", "position", "high"), stand.position, strict=True))
            rows.append(
                {
                    "institution": matter.institution.name,
                    "issue": matter.issue,
                    "member": member,
                    **span,
                    "salience": stand.salience[1],
                    "accepts_low": max(0.0, float(modes.low[0, here])),
                    "accepts_high": min(100.0, float(modes.high[0, here])),
                    "status_quo": matter.status_quo,
                    "zone_low": each.zone[0] if each.zone else None,
                    "zone_high": each.zone[1] if each.zone else None,
                    "basis": stand.basis,
                    "why": stand.why.en,
                }
            )
    bodies = {each.matter.institution.name: each.matter.institution.title for each in judged}
    people = {str(row["member"]): label_of(inputs, str(row["member"])) for row in rows}
    why = {stand.why.en: stand.why for each in judged for stand in each.matter.stands.values()}
    columns = (
        Column("institution", Text("Institution", "机构"), labels=bodies),
        issue_column(inputs.wanted()),
        Column("member", Text("Member", "成员"), labels=people),
        Column("low", Text("Position, low", "立场下限"), POINTS, digits=0),
        Column("position", Text("Position", "立场"), POINTS, digits=0),
        Column("high", Text("Position, high", "立场上限"), POINTS, digits=0),
        Column("salience", Text("Salience", "重要程度"), "0 to 100", digits=0),
        Column("accepts_low", Text("Accepts from", "可接受下端"), POINTS, digits=0),
        Column("accepts_high", Text("Accepts to", "可接受上端"), POINTS, digits=0),
        Column("status_quo", Text("Status quo", "现状"), POINTS, digits=0),
        Column("zone_low", Text("Zone from", "协议区下端"), POINTS, digits=0),
        Column("zone_high", Text("Zone to", "协议区上端"), POINTS, digits=0),
        Column("basis", Text("Rests on", "依据"), labels=BASES),
        Column("why", Text("Reason", "理由"), labels=why),
    )
    words = ("institution", "issue", "member", "basis", "why")
    return tabled("positions", Text("What members want", "成员的诉求"), columns, rows, words=words)
