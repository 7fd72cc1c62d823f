"""Groups of states that a body of the United Nations keeps: who belongs on a day."""

from __future__ import annotations

import csv
import datetime
from functools import cache
from importlib.resources import files

from comity.kernel.canonical import digest
from comity.kernel.errors import UnknownName

COLUMNS = ("group", "iso3", "from", "until", "seen", "source")
"""The columns of the table, in order."""


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = files("comity.library").joinpath("figures", "groups.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def groups_digest() -> str:
    """The digest of the shipped table, for the provenance of what rests on it."""
    return digest(files("comity.library").joinpath("figures", "groups.csv").read_bytes())


def group(name: str, on: datetime.date) -> frozenset[str]:
    """The states of a group on a day: ``least_developed``, the list of the Committee for Development Policy.

    Of most changes only the year is known: a state counts from the year of its inclusion, and no longer in the year in
    which it left.

    Raises:
        UnknownName: where there is no such group.

    Example:
        >>> poorest = group("least_developed", datetime.date(2026, 2, 6))
        >>> len(poorest), "STP" in poorest, "STP" in group("least_developed", datetime.date(2024, 12, 12))
        (44, False, True)
    """
    rows = [row for row in _rows() if row["group"] == name]
    if not rows:
        raise UnknownName("group of states", name, sorted({row["group"] for row in _rows()}))
    day = on.isoformat()
    return frozenset(row["iso3"] for row in rows if row["from"] <= day and (not row["until"] or day < row["until"]))
