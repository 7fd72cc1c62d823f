"""Tables of what members want: words for points and intervals, columns that go together, and the types of a frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from comity.kernel.result import Column, Table, Text

POINTS = "points of the scale, 0 to 100"
"""The unit of texts and positions."""
LOW, HIGH = Text("Low (95 %)", "下限（95%）"), Text("High (95 %)", "上限（95%）")
"""The ends of a 95 % interval."""
LOWER, UPPER = Text("Low (90 % of draws)", "下限（90%抽样）"), Text("High (90 % of draws)", "上限（90%抽样）")
"""The ends of the middle 90 % of the draws."""


def share(name: str, title: Text) -> Column:
    """A share of one, shown in whole per cent."""
    return Column(name, title, "share", percent=True, digits=0)


def chance(name: str, title: Text) -> tuple[Column, Column, Column]:
    """A share of draws with its 95 % interval: ``name``, ``name_low`` and ``name_high``."""
    return share(name, title), share(f"{name}_low", LOW), share(f"{name}_high", HIGH)


def spread(
    name: str, title: Text, unit: str = POINTS, *, digits: int = 1, percent: bool = False
) -> tuple[Column, Column, Column]:
    """What lies in the middle of the draws with the middle 90 % of them: ``name``, ``name_low`` and ``name_high``."""
    first, low, high = (
        Column(key, words, unit, percent=percent, digits=digits)
        for key, words in ((name, title), (f"{name}_low", LOWER), (f"{name}_high", UPPER))
    )
    return first, low, high


def tabled(
    name: str,
    title: Text,
    columns: Sequence[Column],
    rows: Iterable[dict[str, Any]],
    *,
    words: Iterable[str],
    counts: Iterable[str] = (),
    note: Text = Text(""),
) -> Table:
    """A table of these rows, whatever they leave out.

    Args:
        name: what charts call it.
        title: its title.
        columns: its columns, in their order.
        rows: one a row, by the names of the columns.
        words: the columns that hold words.
        counts: the columns that hold whole numbers; all others hold numbers.
        note: what a reader must know of it.

    Example:
        >>> table = tabled("t", Text("T"), [Column("who", Text("Who"))], [{"who": "USA"}, {}], words=["who"])
        >>> table.frame["who"].to_list()
        ['USA', None]
    """
    import polars as pl

    kinds: dict[str, Any] = {**dict.fromkeys(words, pl.String), **dict.fromkeys(counts, pl.Int64)}
    schema = {column.name: kinds.get(column.name, pl.Float64) for column in columns}
    return Table(name, title, tuple(columns), pl.DataFrame(list(rows), schema=schema), note)
