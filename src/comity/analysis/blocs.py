"""Members that act as blocs: what a-priori unions make of each rule, as a table and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.analysis.decisions import Decision, identified, identity, per_cent, said
from comity.kernel.errors import InputError
from comity.kernel.result import Column, Figure, Finding, Table, Text
from comity.model.analysis import Inputs

TITLE = Text("Power with blocs", "结成集团时的投票权力")


def unions_of(inputs: Inputs, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The members of the institution that belong to each bloc: a charter's members on the day.

    Raises:
        InputError: where a member belongs to two of the blocs, or a bloc has none of the members.
    """
    from comity.library.institutions import load

    members = inputs.institution.members_on(inputs.date)
    home: dict[str, str] = {}
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        bloc = load(name)
        inside = tuple(member for member in members if member in bloc.members_on(inputs.date))
        if not inside:
            raise InputError(f"No member of {inputs.institution.name} belongs to {name}.", mend="Name another bloc.")
        for member in inside:
            if member in home:
                raise InputError(f"{member} belongs to both {home[member]} and {name}.", mend="A member has one bloc.")
            home[member] = name
        found[name] = inside
    return found


def blocs(decided: Sequence[Decision], unions: dict[str, tuple[str, ...]], outside: str) -> tuple[Table, list[Finding]]:
    """Owen's value and its relatives beside the power without blocs, and what each bloc has as one."""
    import polars as pl

    from comity.solvers.power import measure
    from comity.solvers.simple import reduce
    from comity.solvers.unions import measure_unions

    home = {member: name for name, inside in unions.items() for member in inside}
    rows: list[dict[str, Any]] = []
    findings: list[Finding] = []
    for each in decided:
        game = reduce(each.game, outside)
        try:
            alone, together = measure(game), measure_unions(game, unions)
        except ValueError as error:
            findings.append(Finding(_refused(each, str(error))))
            continue
        for place, member in enumerate(each.members):
            row = {"member": member, "bloc": home.get(member), "alone": float(alone.shapley_shubik[place])}
            row |= {"owen": float(together.owen[place]), "banzhaf_owen": float(together.banzhaf_owen[place])}
            rows.append({**identified(each), **row, "symmetric": float(together.symmetric_banzhaf[place])})
        quotient = dict(zip(together.quotient.members, together.quotient.shapley_shubik, strict=True))
        findings.append(_finding(each, {name: float(quotient[name]) for name in unions}))
    columns = (
        *identity(decided),
        Column("member", Text("Member", "成员"), actor=True),
        Column("bloc", Text("Bloc", "集团"), labels={name: Text(name.upper()) for name in unions}),
        Column("alone", Text("Shapley-Shubik, without blocs", "夏普利-舒比克指数（无集团）"), "share", percent=True),
        Column("owen", Text("Owen, with blocs", "欧文值（有集团）"), "share", percent=True),
        Column("banzhaf_owen", Text("Banzhaf-Owen", "班扎夫-欧文值"), "probability", percent=True),
        Column("symmetric", Text("Symmetric coalitional Banzhaf", "对称联盟班扎夫值"), "probability", percent=True),
    )
    words = {"institution", "decision", "member", "bloc"}
    schema = {column.name: pl.String if column.name in words else pl.Float64 for column in columns}
    return Table("blocs", TITLE, columns, pl.DataFrame(rows, schema=schema)), findings


def _finding(each: Decision, held: dict[str, float]) -> Finding:
    english = ", ".join(f"{name.upper()} {per_cent(share)}" for name, share in held.items())
    chinese = "、".join(f"{name.upper()} {per_cent(share)}" for name, share in held.items())
    text = said(
        f"Voting as blocs under “{each.title.en}”, the blocs hold of all power: {english}",
        f"按“{each.title.of('zh')}”以集团投票时，各集团占全部权力：{chinese}",
    )
    return Finding(text, {name: Figure(share, "share") for name, share in held.items()})


def _refused(each: Decision, why: str) -> Text:
    return Text(
        f"“{each.title.en}” with blocs was not counted: {why}", f"“{each.title.of('zh')}”的集团情形未能计算：{why}"
    )
