"""A quantity and its interval in one column: three columns of data that a reader sees as ``12 (9–15)``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from comity.kernel.result import Column, Language
from comity.report.reader import MINUS, MISSING

SPAN: Final = 3
"""A value, its lower and its upper end."""


def folded(columns: Sequence[Column]) -> list[tuple[Column, ...]]:
    """The columns of a table, each quantity with the two columns of its interval.

    Example:
        >>> from comity.kernel.result import Text
        >>> made = [Column(name, Text(name)) for name in ("who", "net", "net_low", "net_high", "low")]
        >>> [tuple(column.name for column in group) for group in folded(made)]
        [('who',), ('net', 'net_low', 'net_high'), ('low',)]
    """
    groups: list[tuple[Column, ...]] = []
    place = 0
    while place < len(columns):
        taken = tuple(columns[place : place + SPAN])
        name = taken[0].name
        interval = [each.name for each in taken[1:]] == [f"{name}_low", f"{name}_high"]
        groups.append(taken if interval else taken[:1])
        place += SPAN if interval else 1
    return groups


def spanned(value: str, low: str, high: str, lang: Language = "en") -> str:
    """A value with its interval; alone where it has none.

    Example:
        >>> spanned("12", "9", "15"), spanned("12", "–", "–"), spanned("–", "–", "–")
        ('12 (9–15)', '12', '–')
    """
    if MISSING in {low, high}:
        return value
    below = any(sign in low + high for sign in ("-", MINUS))
    joint = "–" if not below else "至" if lang == "zh" else " to "
    return f"{value} ({low}{joint}{high})"


def bounds(title: str, lang: Language) -> str:
    """What kind of interval it is, as the heading of its lower end says in brackets.

    Example:
        >>> bounds("Low (95 %)", "en"), bounds("下限（90%抽样）", "zh"), bounds("Low", "en")
        (' (95 %)', '（90%抽样）', '')
    """
    found = re.search(r"（[^）]*）$" if lang == "zh" else r"\([^)]*\)$", title)
    return "" if found is None else found[0] if lang == "zh" else f" {found[0]}"
