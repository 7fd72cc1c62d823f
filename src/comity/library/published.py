"""Compliance as the press printed it: figures that disagree stand side by side, each with source, round, n and date."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    text = files("comity.library").joinpath("figures", "compliance.csv").read_text(encoding="utf-8")
    return tuple(
        {
            **row,
            "year": int(row["year"]),
            "share": float(row["share"]),
            "assessed": int(row["assessed"]) if row["assessed"] else None,
            "of": int(row["of"]) if row["of"] else None,
        }
        for row in csv.DictReader(text.splitlines())
    )


def published(institution: str) -> list[dict[str, Any]]:
    """What was printed of an institution's compliance, by year, round and source; an empty member is all of them.

    Example:
        >>> [row["share"] for row in published("g20") if row["year"] == 2018 and not row["member"]]
        [0.78, 0.79]
    """
    return [row for row in _rows() if row["institution"] == institution]
