"""What is said of proposals on the issues: to whom proposing is worth most, and the table of texts."""

from __future__ import annotations

from collections.abc import Sequence

from comity.analysis.parts.agenda.proposing import Proposal
from comity.analysis.parts.matters import issue_column
from comity.analysis.parts.tabled import POINTS, tabled
from comity.kernel.result import Column, Figure, Finding, Table, Text
from comity.kernel.saying import said
from comity.model.analysis import Inputs
from comity.model.naming import label_of, name_of


def worth(inputs: Inputs, proposed: Sequence[Proposal]) -> list[Finding]:
    """To whom, and on which issue, proposing is worth most in the institution."""
    own = [each for each in proposed if each.matter.institution is inputs.institution]
    best = max(own, key=lambda each: each.premium, default=None)
    if best is None or best.premium < 0.05:
        return []
    who, title = name_of(inputs, best.member), best.matter.written.title
    text = said(
        f"On the issues proposing is worth most to {who.en} on “{title.en}”: the text comes {best.premium:.0f} points "
        "nearer to its wish than before anybody is recognised",
        f"就议题而言，提案权对{who.of('zh')}在“{title.of('zh')}”上最有价值：文本比事前期望靠近其意愿{best.premium:.0f}点",
    )
    return [Finding(text, {f"worth_{best.member}": Figure(best.premium, "points")})]


def proposals_table(inputs: Inputs, proposed: Sequence[Proposal]) -> Table:
    """One row a member and issue: the text it proposes, and what that is worth to it."""
    rows = [
        {
            "institution": each.matter.institution.name,
            "issue": each.matter.issue,
            "member": each.member,
            "text": each.text,
            "expected": each.expected,
            "premium": each.premium,
        }
        for each in proposed
    ]
    bodies = {each.matter.institution.name: each.matter.institution.title for each in proposed}
    people = {each.member: label_of(inputs, each.member) for each in proposed}
    columns = (
        Column("institution", Text("Institution", "机构"), labels=bodies),
        issue_column(inputs.wanted()),
        Column("member", Text("Who proposes", "提案者"), labels=people),
        Column("text", Text("Text it proposes", "所提文本"), POINTS, digits=0),
        Column("expected", Text("Text expected before", "事前期望文本"), POINTS, digits=0),
        Column("premium", Text("Nearer to its wish by proposing", "提案使其更近"), POINTS, digits=1),
    )
    note = Text(
        "At the modes, every member as likely to be recognised as any other.",
        "按众值计算，各成员获得提案机会的概率相等。",
    )
    title = Text("Proposals on the issues", "就议题的提案")
    return tabled("proposals", title, columns, rows, words=("institution", "issue", "member"), note=note)
