"""The tables of a game as a terminal has room for them: rounds and decisions with short heads, and nothing empty."""

from __future__ import annotations

from dataclasses import replace

from comity.kernel.result import Column, Table, Text

ROUNDS = {
    "round": None,
    "on": None,
    "members": None,
    "adopted": Text("Texts", "案文"),
    "kept": Text("Kept", "履行"),
    "broken": Text("Broken", "未履行"),
    "notices": None,
    "paid": Text("Paid", "已缴"),
    "leaving": Text("Leaving", "退出"),
    "shocks": None,
}
"""Columns of the rounds, with the head that a terminal has room for."""
DECISIONS = {
    "round": None,
    "issue": None,
    "outcome": None,
    "text": Text("Place", "位置"),
    "yes": Text("Yes", "赞成"),
    "no": Text("No", "反对"),
    "abstain": Text("Abst.", "弃权"),
    "absent": Text("Away", "缺席"),
    "objects": Text("Obj.", "异议"),
}
"""The same of the decisions."""
ACCESSIONS = {name: head for name, head in DECISIONS.items() if name not in {"issue", "text"}} | {"state": None}
"""The same of accessions."""
BRIEF = {"rounds": ROUNDS, "decisions": DECISIONS, "accessions": ACCESSIONS}
ALWAYS = frozenset({"round", "on", "adopted", "kept", "broken", "issue", "outcome", "text", "yes", "no"})
"""Columns that say something where they hold nothing but noughts too."""


def brief(table: Table) -> Table:
    """A table with the columns that a terminal has room for; those that hold nothing are left out.

    Args:
        table: a table of a game.
    """
    heads = BRIEF.get(table.name)
    if heads is None:
        return table
    empty = {each.name for each in table.columns if each.name not in ALWAYS and _empty(table, each)}
    columns = tuple(
        replace(each, title=heads[each.name] or each.title)
        for each in table.columns
        if each.name in heads and each.name not in empty
    )
    return replace(table, columns=columns, frame=table.frame.select([each.name for each in columns]))


def _empty(table: Table, column: Column) -> bool:
    """Whether a column holds nothing but noughts and empty words."""
    return not any(table.frame[column.name].to_list())
