"""Build the table of delivery records, ``src/comity/library/figures/delivery.csv``, from compliance scorecards.

The scorecards are those of the G7 and G20 Research Groups, as collected by R. Rapson (rapsoj/g7-compliance and
rapsoj/g20-compliance). None of them is shipped: only one aggregate an institution, computed here::

    COMITY_SOURCES=... python scripts/build_delivery.py [--check]

A commitment's score is the mean over the members scored (1 full, 0 partial or in progress, -1 none; the European
Union, and in the G7 Russia, left out); as a share of full compliance it is (score + 1) / 2. The record is the mean over
commitments, with a 95 % interval from resampling commitments with replacement (seed 1, 10,000 times). The G7 counts
from 1996, when its yearly scorecards begin; the few earlier scores are by other hands and of a handful of commitments.
"""

from __future__ import annotations

import csv
import os
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

TABLE = Path(__file__).parent.parent / "src" / "comity" / "library" / "figures" / "delivery.csv"
COLUMNS = ("institution", "mean", "low", "high", "commitments", "first", "last", "source", "licence", "seen")
RESAMPLED = 10_000


class Card(NamedTuple):
    """A file of scorecards: whose, the members counted, the first year, its source."""

    institution: str
    file: str
    members: tuple[str, ...]
    since: int
    source: str
    licence: str


CARDS = (
    Card(
        "g20",
        "g20_compliance_2008_2021.csv",
        (
            "argentina", "australia", "brazil", "canada", "china", "france", "germany", "india", "indonesia", "italy",
            "japan", "korea", "mexico", "russia", "saudi", "safrica", "turkey", "uk", "us",
        ),
        2008,
        "G20 Research Group (Toronto), compliance scorecards, by way of rapsoj/g20-compliance@f1ca045; own aggregate",
        "scorecards CC BY-NC 4.0, not shipped",
    ),
    Card(
        "g7",
        "g7_g8_compliance_1975_2020.csv",
        ("canada", "france", "germany", "italy", "japan", "uk", "us"),
        1996,
        "G7 Research Group (Toronto), compliance scorecards, by way of rapsoj/g7-compliance@edfd6e8; own aggregate",
        "scorecards without a stated licence, not shipped",
    ),
)  # fmt: skip


def shares(rows: list[dict[str, str]], card: Card) -> list[float]:
    """The share of full compliance of each commitment, those without a score left out."""
    found: list[float] = []
    for row in rows:
        scores = [float(row[member]) for member in card.members if row[member].strip() not in {"", "NA"}]
        if int(row["year"]) >= card.since and scores:
            found.append((sum(scores) / len(scores) + 1) / 2)
    return found


def interval(values: list[float]) -> tuple[float, float]:
    """The middle 95 % of the means of resampled commitments."""
    places = np.random.default_rng(1).integers(0, len(values), (RESAMPLED, len(values)))
    low, high = np.quantile(np.array(values)[places].mean(axis=1), [0.025, 0.975])
    return float(low), float(high)


def build(sources: Path) -> str:
    """The table as text."""
    lines = [",".join(COLUMNS)]
    for card in CARDS:
        with (sources / "compliance" / card.file).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        values = shares(rows, card)
        years = [int(row["year"]) for row in rows if int(row["year"]) >= card.since]
        numbers = [f"{each:.4f}" for each in (sum(values) / len(values), *interval(values))]
        counts = [str(each) for each in (len(values), min(years), max(years))]
        texts = [f'"{card.source}"', f'"{card.licence}"', "text"]
        lines.append(",".join([card.institution, *numbers, *counts, *texts]))
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the table, or compare it with the one that stands (``--check``)."""
    if "COMITY_SOURCES" not in os.environ:
        print("Set COMITY_SOURCES to the folder of sources.", file=sys.stderr)
        return 2
    text = build(Path(os.environ["COMITY_SOURCES"]))
    if "--check" in sys.argv:
        same = TABLE.read_text(encoding="utf-8") == text
        print("delivery.csv is as built." if same else "delivery.csv differs from what its sources give.")
        return 0 if same else 1
    TABLE.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TABLE.name}: {text.count(chr(10)) - 1} institutions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
