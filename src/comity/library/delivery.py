"""Delivery records: what share of their promises institutions were found to keep."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from comity.kernel.canonical import digest


@dataclass(frozen=True)
class Record:
    """The delivery record of one institution.

    Attributes:
        mean: the mean over commitments of the share of full compliance, 0 to 1.
        low: the lower end of its 95 % interval, from resampling commitments.
        high: the upper end.
        commitments: how many were scored.
        first: the year of the first.
        last: the year of the last.
        source: who scored them, and that the aggregate is this project's own.
        licence: of the scorecards, which are not shipped.
    """

    mean: float
    low: float
    high: float
    commitments: int
    first: int
    last: int
    source: str
    licence: str


@cache
def _text() -> str:
    return files("comity.library").joinpath("figures", "delivery.csv").read_text(encoding="utf-8")


@cache
def records() -> dict[str, Record]:
    """The delivery records that ship, by institution; most have none.

    Which commitments are scored is chosen, and a high score may mean that little was promised (Downs, Rocke and Barsoom
    1996): a record says how much of what an institution promised was kept, not how much it changed.

    Example:
        >>> sorted(records()), records()["g7"].commitments > 500
        (['g20', 'g7'], True)
    """
    return {
        row["institution"]: Record(
            mean=float(row["mean"]),
            low=float(row["low"]),
            high=float(row["high"]),
            commitments=int(row["commitments"]),
            first=int(row["first"]),
            last=int(row["last"]),
            source=row["source"],
            licence=row["licence"],
        )
        for row in csv.DictReader(_text().splitlines())
    }


def delivery_digest() -> str:
    """SHA-256 of the table."""
    return digest(_text().encode())
