"""The tables of going on without the largest: goods, members' parts, and the raises that close a gap in a fund."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.matters import issue_column
from comity.analysis.parts.tabled import LOWER, UPPER, share, tabled
from comity.analysis.parts.tabled import chance as counted
from comity.analysis.parts.valuing import MILLIONS
from comity.analysis.parts.without_largest.closing import Closing
from comity.analysis.parts.without_largest.remaining import STAGES, Remaining
from comity.kernel.result import Column, Table, Text
from comity.model.analysis import Inputs
from comity.model.naming import label_of

FEW = 30
"""In larger bodies the table of members names those of the largest parts."""
NAMED = 12
WITH = {"with": Text("all members", "全体成员"), "without": Text("without the largest", "最大者退出后")}
MEMBERS = "members"
PAYS = Text(
    "Providing pays for a group where its benefits reach the cost of the whole good; k* counts the largest "
    "beneficiaries (Olson 1965; Snidal 1985).",
    "群体收益之和达到产品的全部成本时，提供即为有利；k*按受益最大者计数（Olson 1965；Snidal 1985）。",
)
GIVEN = Text(
    "A group gains unpaid where every member's own part is worth its cost to it (Schelling 1978). Of its own accord "
    "each gives while one more part is worth its cost to it alone, the first part being worth twice the mean and the "
    "last nothing (after Olson and Zeckhauser 1966; the form is ours).",
    "群体中每个成员的份额对其自身均值得，即为无须补偿而获利（Schelling 1978）。"
    "自愿提供指每一成员给到再多一份对其自身不值为止，首份价值为平均的两倍，末份为零"
    "（参照Olson与Zeckhauser 1966；函数形式为本项目所设）。",
)


def _ends(name: str, title: Text, unit: str, digits: int, *, percent: bool = False) -> tuple[Column, Column, Column]:
    """A number with the middle nine tenths of the draws."""
    return (
        Column(name, title, unit, digits=digits, percent=percent),
        Column(f"{name}_low", LOWER, unit, digits=digits, percent=percent),
        Column(f"{name}_high", UPPER, unit, digits=digits, percent=percent),
    )


def _bodies(inputs: Inputs) -> dict[str, Text]:
    return {body.name: body.title for body in (inputs.institution, *inputs.against)}


def goods_tables(inputs: Inputs, found: Sequence[Remaining]) -> tuple[Table, Table]:
    """One row a good, body and stage: for whom providing pays; and what is given of its own accord."""
    pays: list[dict[str, Any]] = []
    given: list[dict[str, Any]] = []
    for each in found:
        for stage in STAGES:
            standing, whole = each.standing[stage], stage == "with"
            head = {"institution": each.good.institution.name, "issue": each.good.issue, "stage": stage}
            pays.append(
                {
                    **head,
                    "largest": each.gone if whole else each.next,
                    **standing.pays.columns("pays"),
                    **standing.least.columns("least"),
                    **standing.privileged.columns("privileged"),
                }
            )
            given.append(
                {
                    **head,
                    "parts": each.provides if whole else each.left,
                    "raises": None if whole else each.raises,
                    **standing.unpaid.columns("unpaid"),
                    **standing.unpaid_least.columns("unpaid_least"),
                    **standing.voluntary.columns("voluntary"),
                }
            )
    people = {who: label_of(inputs, who) for each in found for who in (each.gone, each.next)}
    head = (
        Column("institution", Text("Institution", "机构"), labels=_bodies(inputs)),
        issue_column(inputs.wanted()),
        Column("stage", Text("Who takes part", "参与者"), labels=WITH),
    )
    words = ("institution", "issue", "stage", "largest")
    together = tabled(
        "goods",
        Text("For whom providing pays, with and without the largest", "有无最大者时提供对谁有利"),
        (
            *head,
            Column("largest", Text("Largest part", "份额最大者"), labels=people),
            *counted("pays", Text("Pays for all together", "对全体有利")),
            *_ends("least", Text("Least number for whom it pays (k*)", "足以获利的最少成员数（k*）"), MEMBERS, 0),
            *counted("privileged", Text("Pays for one alone", "对单个成员有利")),
        ),
        pays,
        words=words,
        note=PAYS,
    )
    voluntary = tabled(
        "giving",
        Text("What is given, with and without the largest", "有无最大者时的付出"),
        (
            *head,
            share("parts", Text("Their parts, of the whole good", "各方份额占全部产品")),
            share("raises", Text("To make up each raises by", "弥补所需各方增幅")),
            *counted("unpaid", Text("A group gains unpaid", "存在无须补偿而获利的群体")),
            *_ends("unpaid_least", Text("Least number in it", "其最少成员数"), MEMBERS, 0),
            *_ends("voluntary", Text("Given of its own accord", "自愿提供"), "share of the good", 0, percent=True),
        ),
        given,
        words=words[:3],
        note=GIVEN,
    )
    return together, voluntary


def members_table(inputs: Inputs, found: Sequence[Remaining]) -> Table:
    """One row a good, body and member: its part and burden, provision without it, and what it must add."""
    rows: list[dict[str, Any]] = [
        {
            "institution": each.good.institution.name,
            "issue": each.good.issue,
            "member": one.member,
            "part": one.part,
            **one.burden.columns("burden"),
            **one.pays_without.columns("pays_without"),
            **one.adds.columns("adds"),
            **one.gains.columns("gains"),
            **one.gains_then.columns("gains_then"),
        }
        for each in found
        for one in (each.shares if len(each.shares) <= FEW else each.shares[:NAMED])
    ]
    people = {row["member"]: label_of(inputs, row["member"]) for row in rows}
    columns = (
        Column("institution", Text("Institution", "机构"), labels=_bodies(inputs)),
        issue_column(inputs.wanted()),
        Column("member", Text("Member", "成员"), labels=people),
        share("part", Text("Part of what all members provide", "占全体成员份额")),
        *_ends("burden", Text("Share of the cost over share of the benefit", "成本份额与收益份额之比"), "ratio", 2),
        *counted("pays_without", Text("Providing pays for the others without it", "其退出后其余成员共同提供仍有利")),
        *_ends("adds", Text("Must add a year when the largest goes", "最大者退出后每年须增加"), MILLIONS, 0),
        *counted("gains", Text("Its part is worth its cost to it", "其份额对其自身值得")),
        *counted("gains_then", Text("So is the larger part", "增加后的份额仍值得")),
    )
    title = Text("Each member's part, and what it must add", "各成员的份额与须增加的部分")
    return tabled("members", title, columns, rows, words=("institution", "issue", "member"))


def closing_table(inputs: Inputs, found: Sequence[Closing]) -> Table:
    """One row a fund and number of payers: by how much each of so many of the largest who stay must raise."""
    rows: list[dict[str, Any]] = [
        {
            "institution": each.body.name,
            "fund": each.key,
            "gone": each.gone,
            "gap": float(each.gap),
            "payers": count,
            "raise": float(raised),
            "amount": None if each.paid.amount is None else float(each.paid.amount * each.gap) / 1e6,
        }
        for each in found
        for count, raised in each.raises.items()
    ]
    people = {each.gone: label_of(inputs, each.gone) for each in found}
    currencies = dict.fromkeys(each.paid.currency for each in found if each.paid.currency)
    unit = " / ".join(f"million {each}" for each in currencies)
    columns = (
        Column("institution", Text("Institution", "机构"), labels=_bodies(inputs)),
        Column("fund", Text("Fund", "基金"), labels={each.key: each.paid.title for each in found}),
        Column("gone", Text("Who does not pay", "不缴款者"), labels=people),
        Column("gap", Text("Share missing", "缺口份额"), "share", percent=True),
        Column("payers", Text("So many of the largest who stay raise", "增缴的其余最大缴款者数")),
        Column("raise", Text("Each by", "每方增幅"), "share", percent=True, digits=0),
        Column("amount", Text("Missing", "缺口金额"), unit, digits=0),
    )
    note = Text(
        "Those who raise do so in proportion to what they pay. Shares are those of the fund's own rule; where it is "
        "filled by pledges, of the pledges that are known by name.",
        "增缴者按原缴款比例分担。份额依基金自身规则；以认捐筹资者，按已知国别的认捐计。",
    )
    title = Text("Who must raise by how much to close the gap", "填补缺口须由多少成员增缴多少")
    return tabled("closing", title, columns, rows, words=("institution", "fund", "gone"), counts=("payers",), note=note)
