"""Who sets the agenda, as organs and prerogatives say; kept apart from every index of voting power."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from comity.analysis.parts.decisions import day
from comity.analysis.parts.measured import CAP
from comity.kernel.result import Column, Figure, Finding, Table, Text
from comity.kernel.saying import per_cent, said
from comity.model.analysis import Inputs
from comity.model.institution import Institution
from comity.model.naming import label_of, named, short

RIGHTS = {"proposes": Text("proposes", "提案"), "chair": Text("presides", "主持")}
PREROGATIVES = {
    "convenes": Text("convenes", "召集会议"),
    "interprets": Text("interprets the texts", "解释文本"),
    "arbitrates": Text("settles disputes", "裁决争端"),
}
HOLDERS = {
    "any_member": Text("any member", "任何成员"),
    "rotating": Text("the members in turn", "成员轮流"),
    "elected": Text("an elected person", "选举产生"),
    "appointed": Text("an appointed person", "任命产生"),
    "secretariat": Text("the secretariat", "秘书处"),
    "chair": Text("the chair", "主席"),
    "none": Text("nobody", "无"),
}


@dataclass(frozen=True)
class Right:
    """A right over the agenda: in which organ, who holds it, and the largest share that one member has of it.

    ``share`` is None where a person outside the list of members holds it and no member can be named.
    """

    institution: Institution
    organ: str
    right: str
    holder: str
    share: float | None

    @property
    def holds(self) -> str:
        """Whether the charter's cap on the agenda holds: ``yes``, ``no``, or ``none``."""
        balance = self.institution.balance
        if balance is None or balance.agenda_cap is None or self.share is None:
            return "none"
        return "yes" if self.share <= float(balance.agenda_cap) else "no"


def agenda(inputs: Inputs) -> list[Right]:
    """Every right to propose or preside that the charters write down."""
    rights: list[Right] = []
    for body in (inputs.institution, *inputs.against):
        count = len(body.members_on(day(inputs, body)))
        for name, organ in body.organs.items():
            for right, holder in (("proposes", organ.proposes), ("chair", organ.chair)):
                if holder is not None:
                    named_holder = organ.chair or holder if holder == "chair" else holder
                    rights.append(Right(body, name, right, holder, _share(named_holder, count)))
    return rights


def _share(holder: str, members: int) -> float | None:
    if holder in {"any_member", "rotating"}:
        return 1 / members if members else None
    return None if holder in HOLDERS else 1.0


def agenda_table(inputs: Inputs, rights: Sequence[Right]) -> Table:
    """The rights over the agenda, one a row."""
    import polars as pl

    bodies = (inputs.institution, *inputs.against)
    rows = [
        {
            "institution": each.institution.name,
            "organ": f"{each.institution.name}.{each.organ}",
            "right": each.right,
            "holder": each.holder,
            "largest": each.share,
            "holds": each.holds,
        }
        for each in rights
    ]
    organs = {
        f"{body.name}.{name}": organ.title or Text(name.replace("_", " "))
        for body in bodies
        for name, organ in body.organs.items()
    }
    people = {each.holder: label_of(inputs, each.holder) for each in rights if each.holder not in HOLDERS}
    columns = (
        Column("institution", Text("Institution", "机构"), labels={body.name: body.title for body in bodies}),
        Column("organ", Text("Organ", "机关"), labels=organs),
        Column("right", Text("Right", "权利"), labels=RIGHTS),
        Column("holder", Text("Held by", "行使者"), labels={**HOLDERS, **people}),
        Column("largest", Text("Largest share of one member", "单一成员最大份额"), "share", percent=True),
        Column("holds", Text("Cap on the agenda", "议程上限"), labels=CAP),
    )
    schema = {column.name: pl.Float64 if column.name == "largest" else pl.String for column in columns}
    return Table("agenda", Text("Who sets the agenda", "谁设定议程"), columns, pl.DataFrame(rows, schema=schema))


def prerogative_table(inputs: Inputs) -> Table:
    """Who convenes, interprets and arbitrates: advantages outside the vote, in no index."""
    import polars as pl

    bodies = (inputs.institution, *inputs.against)
    rows: list[dict[str, Any]] = []
    for body in bodies:
        for name in PREROGATIVES:
            holder = None if body.prerogatives is None else getattr(body.prerogatives, name)
            if holder is not None:
                rows.append({"institution": body.name, "prerogative": name, "holder": holder})
    people = {row["holder"]: label_of(inputs, row["holder"]) for row in rows if row["holder"] not in HOLDERS}
    columns = (
        Column("institution", Text("Institution", "机构"), labels={body.name: body.title for body in bodies}),
        Column("prerogative", Text("Prerogative", "特权"), labels=PREROGATIVES),
        Column("holder", Text("Held by", "行使者"), labels={**HOLDERS, **people}),
    )
    frame = pl.DataFrame(rows, schema=[column.name for column in columns], orient="row")
    return Table("prerogatives", Text("Advantages outside the vote", "表决之外的优势"), columns, frame)


def agenda_findings(inputs: Inputs) -> list[Finding]:
    """Whether the cap on the agenda holds, and who has advantages outside the vote."""
    found: list[Finding] = []
    capped = [right for right in agenda(inputs) if right.institution is inputs.institution and right.holds != "none"]
    balance = inputs.institution.balance
    if capped and balance is not None and balance.agenda_cap is not None:
        cap, broken = per_cent(float(balance.agenda_cap)), [right for right in capped if right.holds == "no"]
        verb, chinese = ("exceeded", "被突破") if broken else ("kept", "未被突破")
        text = said(
            f"The cap of {cap} on one member's agenda is {verb} as far as rights to propose and preside are written",
            f"就已写明的提案权与主持权而言，单一成员议程上限{cap}{chinese}",
        )
        found.append(Finding(text, {"cap": Figure(float(balance.agenda_cap), "share")}))
    return found + [finding for body in (inputs.institution, *inputs.against) for finding in _advantages(inputs, body)]


def _advantages(inputs: Inputs, body: Institution) -> list[Finding]:
    if body.prerogatives is None:
        return []
    holding: dict[str, list[str]] = {}
    for name in PREROGATIVES:
        holder = getattr(body.prerogatives, name)
        if holder is not None and holder not in HOLDERS:
            holding.setdefault(holder, []).append(name)
    found: list[Finding] = []
    for holder, names in holding.items():
        who, name = named(inputs, [holder]), short(body)
        english = " and ".join(PREROGATIVES[each].en for each in names)
        chinese = "并".join(PREROGATIVES[each].of("zh") for each in names)
        text = said(
            f"{name.en}: {who.en} {english}: an advantage outside the vote that no index counts",
            f"{name.of('zh')}：{who.of('zh')}{chinese}，这一表决之外的优势不计入任何指数",
        )
        found.append(Finding(text, {"prerogatives": Figure(len(names))}))
    return found
