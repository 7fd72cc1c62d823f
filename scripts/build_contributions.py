"""Build the table of contributions, ``src/comity/library/figures/contributions.csv``.

Rates of assessment come from a copy of the Committee on Contributions' table of scales 1946-2027, pledges to the Green
Climate Fund from two lists of the folder of sources, and everything else - amounts paid, rescinded, totals - from
``contributions_by_hand.csv`` beside this script, each line with where it was read::

    COMITY_SOURCES=... python scripts/build_contributions.py [--check]

The table of scales is laid into the folder by hand, as ``weights/un_scale_of_assessments_1946_2027.csv``: it is
``data-raw/UNGA_scale_of_assessment.csv`` of the public repository tierravivaai/cali-fund-allocation-model.

A column of the table of scales is named for the last year of its period. What is no number there is a gap. The rates
of States admitted within a period stand on top of the hundred per cent shared by the others, and the table lacks
Yugoslavia before 1996, so that columns before 1998 do not add up to a hundred.
"""

from __future__ import annotations

import csv
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from comity.library.actors import actors
from comity.library.contributions import COLUMNS

HERE = Path(__file__).parent
TABLE = HERE.parent / "src" / "comity" / "library" / "figures" / "contributions.csv"
SCALES = "weights/un_scale_of_assessments_1946_2027.csv"
PLEDGES = "participation/gcf_pledges_PARTIAL.csv"
LISTS = {"IRM": "CAN Europe 2014", "GCF-2": "NRDC 2023"}
CODES = {"Congo": "COG", "United Arab Republic": ""}
NORTH_YEMEN_UNTIL = 1991

Row = tuple[str, str, str, str, str, str, str, str, str]


def assessed(path: Path) -> Iterator[Row]:
    """A row for each rate of each State in each scale."""
    header, *lines = csv.reader(path.read_text(encoding="utf-8").splitlines())
    ends = [int(end) for end in header[1:]]
    begins = [ends[0], *(end + 1 for end in ends[:-1])]
    for name, *rates in lines:
        plain = re.sub(r"\s*(\(formerly.*)?(\s[a-z]/)?$", "", name.strip())
        code = CODES[plain] if plain in CODES else actors().find(plain).code
        for begin, end, rate in zip(begins, ends, rates, strict=True):
            if code and re.fullmatch(r"\d+(\.\d+)?", rate.strip()):
                state = "YAR" if code == "YEM" and end <= NORTH_YEMEN_UNTIL else code
                period = str(begin) if begin == end else f"{begin}-{end}"
                amount = f"{float(rate):g}"
                yield (
                    "un_regular_budget", state, period, "assessed_rate", amount, "% of budget", str(begin),
                    "quoted", "UN scales 1946-2027",
                )  # fmt: skip


def pledged(path: Path) -> Iterator[Row]:
    """A row for each pledge to the Green Climate Fund."""
    for line in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        amount = f"{float(line['pledged_musd']):g}"
        source = LISTS[line["round"]]
        yield "gcf", line["iso3"], line["round"], "pledged", amount, "million USD", line["year"], "quoted", source


def _place(row: Row) -> tuple[str, ...]:
    """Where a row stands: by fund, kind, year, period and state."""
    return row[0], row[3], row[6], row[2], row[1]


def built(sources: Path) -> str:
    """The text of the table."""
    lines = csv.reader((HERE / "contributions_by_hand.csv").read_text(encoding="utf-8").splitlines())
    by_hand: list[Row] = [(a, b, c, d, e, f, g, h, i) for a, b, c, d, e, f, g, h, i in lines][1:]
    rows = [*assessed(sources / SCALES), *pledged(sources / PLEDGES), *by_hand]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted(rows, key=_place))
    return text.getvalue()


def main() -> None:
    """Write the table, or with ``--check`` say whether it is up to date."""
    text = built(Path(os.environ["COMITY_SOURCES"]))
    if "--check" in sys.argv:
        sys.exit(0 if TABLE.read_text(encoding="utf-8") == text else f"{TABLE} is not what the sources say.")
    TABLE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
