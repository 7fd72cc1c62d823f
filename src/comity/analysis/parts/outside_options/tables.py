"""The tables of outside options: texts, what a threat does in each reading, other models, who loses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.matters import issue_column
from comity.analysis.parts.outside_options.threatening import READINGS, Threatened
from comity.analysis.parts.tabled import POINTS, chance, share, spread, tabled
from comity.kernel.result import Column, Table, Text
from comity.model.analysis import Inputs
from comity.model.naming import label_of

NAMED = 12
"""How many of those who lose most often are named."""
WORDS = {
    "plain": Text("no threat", "无威胁"),
    "exit": Text("it has somewhere to go", "其另有去处"),
    "gone": Text("the status quo is gone for all", "各方均失去现状"),
}
BASES = {
    "good": Text("parts of the good", "产品份额"),
    "output": Text("share of world GDP", "占世界GDP份额"),
    "assumption": Text("assumption", "假设"),
}


def _head(inputs: Inputs) -> tuple[Column, ...]:
    bodies = {body.name: body.title for body in (inputs.institution, *inputs.against)}
    return Column("institution", Text("Institution", "机构"), labels=bodies), issue_column(inputs.wanted())


def _row(each: Threatened) -> dict[str, Any]:
    return {"institution": each.matter.institution.name, "issue": each.matter.issue}


def texts_table(inputs: Inputs, found: Sequence[Threatened]) -> Table:
    """One row an issue and body: where things stand, the text, and the texts under the threat."""
    rows = [
        {
            **_row(each),
            "status_quo": each.matter.status_quo,
            "carries": each.acting.carries,
            "basis": each.acting.basis,
            **each.credible.columns("credible"),
            **each.worth.columns("worth"),
            "outside": each.outside.value,
            "text": each.text.value,
            "before": each.readings["exit"].before.value,
            "after": each.readings["exit"].after.value,
        }
        for each in found
    ]
    columns = (
        *_head(inputs),
        Column("status_quo", Text("Status quo", "现状"), POINTS, digits=0),
        share("carries", Text("Acting outside carries the world", "单独行动使各方移动")),
        Column("basis", Text("By", "依据"), labels=BASES),
        *chance("credible", Text("The threat is credible", "威胁可信")),
        *spread("worth", Text("Worth to it", "对其价值")),
        Column("outside", Text("Acting outside, mean", "单独行动的结果均值"), POINTS, digits=0),
        Column("text", Text("Text without the threat, mean", "无威胁时文本均值"), POINTS, digits=0),
        Column(
            "before",
            Text("The same where there is one with the threat as well", "其中有威胁时亦有文本者"),
            POINTS,
            digits=0,
        ),
        Column("after", Text("Text with the threat, of the same draws", "同一抽样中有威胁时的文本"), POINTS, digits=0),
    )
    note = Text(
        "Acting outside carries everybody from the status quo towards the own text of those who act, by the share of "
        "the good that their parts provide, or their share of world GDP where no good is valued. Worth: by how many "
        "points they prefer that; acting outside may cost as much before the threat is empty.",
        "单独行动使各方由现状向行动者自己的文本移动，幅度为其份额所提供的产品比例；未估值者按占世界GDP的份额。"
        "“价值”为行动者由此所得的点数，即威胁仍可信时单独行动的最高成本。",
    )
    return tabled("texts", Text("Texts with and without the threat", "有无威胁时的文本"), columns, rows,
                  words=("institution", "issue", "basis"), note=note)  # fmt: skip


def threats_table(inputs: Inputs, found: Sequence[Threatened]) -> Table:
    """One row an issue, body and reading: whether a text is adopted, and whether the threat serves its author."""
    rows: list[dict[str, Any]] = []
    for each in found:
        rows.append({**_row(each), "reading": "plain", **each.plain.columns("adopted")})
        for reading in READINGS:
            then = each.readings[reading]
            rows.append(
                {
                    **_row(each),
                    "reading": reading,
                    **then.adopted.columns("adopted"),
                    **then.nearer.columns("nearer"),
                    **then.gains.columns("gains"),
                    **then.hurts.columns("hurts"),
                }
            )
    columns = (
        *_head(inputs),
        Column("reading", Text("Threat", "威胁"), labels=WORDS),
        *chance("adopted", Text("A text is adopted", "文本获通过")),
        *spread("nearer", Text("The text comes nearer to it by", "文本向其靠近")),
        *chance("gains", Text("The threat serves it", "威胁对其有利")),
        *chance("hurts", Text("The threat harms it", "威胁对其不利")),
    )
    note = Text(
        "The text is the mean of positions weighted by salience, moved to the nearest that the rule adopts; where none "
        "is adopted and the threat is credible, acting outside comes about. Nearer counts draws with a text in both "
        "cases; serves and harms compare what comes about, text or none, with its cost.",
        "文本为按重要程度加权的立场均值，移至规则所能通过的最近处；无文本通过而威胁可信时，则单独行动。“靠近”仅计两种情形下均有文本的抽样；"
        "“有利”“不利”比较最终结果（含无文本的情形及成本）。",
    )
    return tabled("threats", Text("What the threat does", "威胁的作用"), columns, rows,
                  words=("institution", "issue", "reading"), note=note)  # fmt: skip


def models_table(inputs: Inputs, found: Sequence[Threatened]) -> Table:
    """One row an issue and body: how much nearer other models of bargaining bring the text."""
    rows = [
        {
            **_row(each),
            **each.readings["exit"].nash.columns("exit"),
            **each.readings["gone"].nash.columns("gone"),
            **each.setter.columns("setter"),
        }
        for each in found
    ]
    columns = (
        *_head(inputs),
        *spread("exit", Text("Nash, it has somewhere to go", "纳什解，其另有去处")),
        *spread("gone", Text("Nash, the status quo is gone", "纳什解，现状不复存在")),
        *spread("setter", Text("It alone proposes and may act alone", "仅其提案且可单独行动")),
    )
    note = Text(
        "By how many points the outcome lies nearer to the one that threatens. Nash's text is looked for in 300 draws "
        "of bodies of at most 30 members; a sole proposer is asked only where one acts alone (Romer and Rosenthal "
        "1978).",
        "结果向威胁者靠近的点数。纳什解仅在成员不超过30个的机构中按300次抽样求取；独家提案者仅在单独行动时考察"
        "（Romer与Rosenthal 1978）。",
    )
    return tabled("models", Text("Other models of bargaining", "其他议价模型"), columns, rows,
                  words=("institution", "issue"), note=note)  # fmt: skip


def losers_table(inputs: Inputs, found: Sequence[Threatened]) -> Table:
    """One row an issue, body and member that may lose, those that lose most often first."""
    rows: list[dict[str, Any]] = [
        {
            **_row(each),
            "member": loser.member,
            **loser.loses.columns("loses"),
            **loser.loss.columns("loss"),
            **loser.signs.columns("signs"),
        }
        for each in found
        for loser in sorted(each.losers, key=lambda one: (-(one.loses.value or 0), one.member))[:NAMED]
        if loser.loses.value
    ]
    people = {row["member"]: label_of(inputs, row["member"]) for row in rows}
    columns = (
        *_head(inputs),
        Column("member", Text("Member", "成员"), labels=people),
        *chance("loses", Text("Is worse off than under the status quo", "境况不如原现状")),
        *spread("loss", Text("Then by", "幅度")),
        *chance("signs", Text("Loses by a text that it accepts", "因其接受的文本而受损")),
    )
    note = Text(
        "The status quo is taken to be gone for all. Counted where the member is worse off than under the status quo "
        f"that was, and than without the threat; at most {NAMED} members an issue.",
        f"假定现状对各方均不复存在。仅计境况既不如原现状、也不如无威胁情形的抽样；每项议题至多列{NAMED}个成员。",
    )
    return tabled("losers", Text("Who loses by the threat", "谁因威胁而受损"), columns, rows,
                  words=("institution", "issue", "member"), note=note)  # fmt: skip
