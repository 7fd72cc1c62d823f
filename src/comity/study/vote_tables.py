"""A vote in tables: what was asked and reached, the readings, and every member with its choice."""

from __future__ import annotations

from comity.charter.phrases import BASES
from comity.kernel.result import Column, Table, Text
from comity.model.ruling import Requirement
from comity.study.vote_words import CHOSE, OUTCOMES, Counted, needed

WHAT = {"quorum": Text("quorum", "法定人数"), "threshold": Text("threshold", "门槛"), "veto": Text("no veto", "无否决")}
MET = {"met": Text("yes", "是"), "unmet": Text("no", "否"), "waived": Text("not needed", "不需要")}


def tables(counted: Counted) -> tuple[Table, ...]:
    """What was asked and reached, the readings where there are several, and every member."""
    found = [_requirements(counted), _members(counted)]
    if len(counted.ruling.readings) > 1:
        found.insert(1, _readings(counted))
    return tuple(found)


def _requirements(counted: Counted) -> Table:
    import polars as pl

    asked = counted.ruling.requirements
    whole = all(value.denominator == 1 for each in asked for value in (each.base, needed(each), each.reached))
    digits = None if whole or any(each.base >= 1000 for each in asked) else 2
    bases = {**BASES, "weight": BASES["total_weight"], "approval": Text("approval", "同意")}
    columns = [
        Column("what", Text("Asked", "要求"), labels=WHAT),
        Column("of", Text("Of", "基数"), labels=bases),
        Column("base", Text("Base", "总数"), digits=digits),
        Column("needed", Text("Needed", "所需"), digits=digits),
        Column("reached", Text("Reached", "实际"), digits=digits),
        Column("margin", Text("Margin", "差额"), digits=digits),
        Column("met", Text("Met", "达到"), labels=MET),
    ]
    frame = pl.DataFrame(
        [_told(each) for each in asked], schema={name: getattr(pl, kind) for name, kind in SCHEMA.items()}, orient="row"
    )
    if any(each.among for each in asked):
        classes = {",".join(each.among): counted.names(each.among) if each.among else Text("–") for each in asked}
        columns.insert(2, Column("among", Text("Counted among", "计票范围"), labels=classes))
    else:
        frame = frame.drop("among")
    return Table("requirements", Text("What was asked and reached", "要求与结果"), tuple(columns), frame)


SCHEMA = {
    "what": "String", "of": "String", "among": "String", "base": "Float64", "needed": "Float64", "reached": "Float64",
    "margin": "Float64", "met": "String",
}  # fmt: skip


def _told(each: Requirement) -> list[str | float]:
    least = needed(each)
    numbers = [float(value) for value in (each.base, least, each.reached, each.reached - least)]
    met = "met" if each.held else "waived" if each.waived else "unmet"
    return [each.what, each.of, ",".join(each.among), *numbers, met]


def _readings(counted: Counted) -> Table:
    import polars as pl

    readings = counted.ruling.readings
    columns = (
        Column("reading", Text("Reading", "解读"), labels=counted.institution.readings(counted.rule)),
        Column("outcome", Text("Outcome", "结果"), labels=OUTCOMES),
    )
    frame = pl.DataFrame({"reading": list(readings), "outcome": list(readings.values())})
    return Table("readings", Text("By reading", "各种解读"), columns, frame)


def _members(counted: Counted) -> Table:
    import polars as pl

    ruling, order = counted.ruling, ("no", "objects", "abstain", "not_participating", "absent", "yes")
    members = sorted(counted.ballots, key=lambda member: order.index(counted.ballots[member]))
    named = {member: title for member in members if (title := counted.institution.member_title(member))}
    yes = {"yes": Text("yes", "是"), "": Text("")}
    columns = (
        Column(
            "member",
            Text("Member", "成员"),
            actor=not named,
            labels={member: counted.name(member) for member in members} if named else None,
        ),
        Column("choice", Text("Choice", "选择"), labels=CHOSE),
        Column("weight", Text("Weight", "权重")),
        Column("flips", Text("Could change it alone", "可单独改变结果"), labels=yes),
        Column("blocks", Text("Can block alone", "可单独阻止"), labels=yes),
    )
    weights = dict(zip(members, counted.law.weights_of(members, counted.on), strict=True))
    frame = pl.DataFrame(
        {
            "member": members,
            "choice": [counted.ballots[member] for member in members],
            "weight": [float(weights[member]) for member in members],
            "flips": ["yes" if member in ruling.flips else "" for member in members],
            "blocks": ["yes" if member in ruling.blockers else "" for member in members],
        }
    )
    if not counted.law.weighs:
        columns = tuple(column for column in columns if column.name != "weight")
        frame = frame.drop("weight")
    return Table("members", Text("How they chose", "各成员的选择"), columns, frame)
