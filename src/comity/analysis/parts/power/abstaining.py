"""Abstention as a third choice: what it does to each member's power, as a table and a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.parts.decisions import Decision, identified, identity
from comity.kernel.result import Column, Figure, Finding, Table, Text
from comity.kernel.saying import per_cent, said
from comity.model.analysis import Inputs
from comity.model.naming import named

TITLE = Text("Power where abstention is a choice of its own", "弃权作为独立选择时的投票权力")


def abstaining(inputs: Inputs, decided: Sequence[Decision]) -> tuple[Table, list[Finding]]:
    """Yes, abstention and no as three equally likely choices, beside abstention counted as no.

    Source:
        Felsenthal and Machover, "Ternary voting games", International Journal of Game Theory 26 (1997), 335-351.
    """
    import polars as pl

    from comity.solvers import power, ternary

    rows: list[dict[str, Any]] = []
    findings: list[Finding] = []
    for each in decided:
        try:
            two = {index: power.of(each.game, index) for index in ("banzhaf", "shapley_shubik")}
            three = {index: ternary.of(each.game, index) for index in ("banzhaf", "shapley_shubik")}
        except ValueError as error:
            findings.append(Finding(_refused(each, str(error))))
            continue
        for member in each.members:
            shares = {index: float(two[index][member]) for index in two}
            shares |= {f"{index}_three": float(three[index][member]) for index in three}
            rows.append({**identified(each), "member": member, **shares})
        if told := _finding(inputs, each, two["shapley_shubik"], three["shapley_shubik"]):
            findings.append(told)
    columns = (
        *identity(decided),
        Column("member", Text("Member", "成员"), actor=True),
        Column("banzhaf", Text("Banzhaf, abstention as no", "班扎夫指数（弃权按反对计）"), "share", percent=True),
        Column(
            "shapley_shubik",
            Text("Shapley-Shubik, abstention as no", "夏普利-舒比克指数（弃权按反对计）"),
            "share",
            percent=True,
        ),
        Column("banzhaf_three", Text("Banzhaf, three choices", "班扎夫指数（三种选择）"), "share", percent=True),
        Column(
            "shapley_shubik_three",
            Text("Shapley-Shubik, three choices", "夏普利-舒比克指数（三种选择）"),
            "share",
            percent=True,
        ),
    )
    words = {"institution", "decision", "member"}
    schema = {column.name: pl.String if column.name in words else pl.Float64 for column in columns}
    return Table("abstaining", TITLE, columns, pl.DataFrame(rows, schema=schema)), findings


def _finding(inputs: Inputs, each: Decision, two: Any, three: Any) -> Finding | None:
    gains = {member: float(three[member] - two[member]) for member in each.members}
    most = max(gains.values())
    if most < 5e-4:
        return None
    winners = [member for member, gain in gains.items() if abs(gain - most) < 1e-12]
    before, after = float(two[winners[0]]), float(three[winners[0]])
    who = named(inputs, winners)
    text = said(
        f"Where abstention is a choice of its own, {who.en} rise{'s' if len(winners) == 1 else ''} from "
        f"{per_cent(before)} to {per_cent(after)} of the power under “{each.title.en}”",
        f"弃权作为独立选择时，按“{each.title.of('zh')}”，{who.of('zh')}的权力由{per_cent(before)}升至{per_cent(after)}",
    )
    return Finding(text, {"before": Figure(before, "share"), "after": Figure(after, "share")})


def _refused(each: Decision, why: str) -> Text:
    return Text(
        f"“{each.title.en}” with abstention was not counted: {why}",
        f"“{each.title.of('zh')}”的弃权情形未能计算：{why}",
    )
