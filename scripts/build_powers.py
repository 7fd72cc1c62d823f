"""Build the long series of the powers: shares of capabilities and of output by year, and who came to climate sessions.

    COMITY_SOURCES=... python scripts/build_powers.py [--check]

Three small tables come out, in this project's own form. ``capabilities.csv`` and ``gdp_constant.csv`` hold, year by
year, the share of each member of the G7, BRICS and SCO in the world's total, and for all other states together their
number, their share and the sum of their squared shares: enough for exact effective numbers with and without any power,
and no copy of the source. Shares of the composite index are divided by their sum of the year, which the source rounds
to 1 less or more. Output begins where most states have a figure (1990; the series has no Soviet Union before).

``climate_sessions.csv`` counts Parties at each session of the Conference (the larger of two meetings in one year), and
for the negotiating committee of 1991-95, whose lists of delegates were read, the effective number of delegations.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from comity.library.actors import actors

FOLDER = Path(__file__).parent.parent / "src" / "comity" / "library" / "figures" / "powers"
POWERS = (
    "USA", "CHN", "RUS", "IND", "JPN", "DEU", "GBR", "FRA", "ITA", "CAN", "BRA", "ZAF", "EGY", "ETH", "IRN", "ARE",
    "IDN", "KAZ", "KGZ", "TJK", "UZB", "PAK", "BLR",
)  # fmt: skip
"""The members of the G7, BRICS and SCO; the German Empire and the Soviet Union stand under DEU and RUS."""
SINCE = 1990
DIGITS = 5


def capabilities(sources: Path) -> dict[int, dict[str, float]]:
    """The composite index of each state by year."""
    found: dict[int, dict[str, float]] = defaultdict(dict)
    with gzip.open(sources / "capabilities" / "cow_nmc_v7_1816_2022.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found[int(float(row["year"]))][row["iso3"] or row["ccode"]] = float(row["cinc"])
    return found


def output(sources: Path) -> dict[int, dict[str, float]]:
    """Gross domestic product of members of the UN by year, in constant dollars."""
    members = set(actors().un_members())
    found: dict[int, dict[str, float]] = defaultdict(dict)
    path = sources / "capabilities" / "wdi_series" / "total_gdp_us_inflation_adjusted.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            code, year = row["geo"].upper(), int(row["time"])
            if code in members and year >= SINCE:
                found[year][code] = float(row["total_gdp_us_inflation_adjusted"])
    return found


def shares(years: Mapping[int, Mapping[str, float]]) -> str:
    """The table: one row a power and year, and one for all others."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["year", "who", "share", "squares", "states"])
    for year, values in sorted(years.items()):
        whole = sum(values.values())
        rest = [value / whole for code, value in values.items() if code not in POWERS]
        for code in POWERS:
            if code in values:
                writer.writerow([year, code, f"{values[code] / whole:.{DIGITS}f}", "", 1])
        writer.writerow(
            [year, "others", f"{sum(rest):.{DIGITS}f}", f"{sum(each**2 for each in rest):.{DIGITS + 2}f}", len(rest)]
        )
    return text.getvalue()


def sessions(sources: Path) -> str:
    """Who came to climate sessions."""
    folder = sources / "participation"
    delegates: dict[tuple[int, str], list[float]] = defaultdict(list)
    with (folder / "unfccc_precop_delegation_sizes.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            delegates[int(row["Year"]), row["Meeting"]].append(float(row["size"]))
    rows = [
        (year, name, len(sizes), int(sum(sizes)), f"{sum(sizes) ** 2 / sum(each**2 for each in sizes):.2f}")
        for (year, name), sizes in delegates.items()
    ]
    best: dict[int, tuple[int, str, int, int, str]] = {}
    with (folder / "unfccc_participation_statistics.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["Meeting"].startswith("COP") and row["Parties"]:
                year, parties = int(row["Year"]), int(row["Parties"])
                if year not in best or parties > best[year][2]:
                    best[year] = (year, row["Meeting"], parties, int(row["Party_Participants"]), "")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["year", "session", "parties", "delegates", "effective"])
    order = sorted(
        [*rows, *best.values()], key=lambda row: (row[0], row[1].split()[0] == "COP", int(row[1].split()[1]))
    )
    writer.writerows(order)
    return text.getvalue()


def main() -> int:
    """Write the tables, or compare them with those that stand (``--check``)."""
    if "COMITY_SOURCES" not in os.environ:
        print("Set COMITY_SOURCES to the folder of sources.", file=sys.stderr)
        return 2
    sources = Path(os.environ["COMITY_SOURCES"])
    built = {
        "capabilities.csv": shares(capabilities(sources)),
        "gdp_constant.csv": shares(output(sources)),
        "climate_sessions.csv": sessions(sources),
    }
    FOLDER.mkdir(exist_ok=True)
    differs = False
    for name, text in built.items():
        path = FOLDER / name
        if "--check" in sys.argv:
            same = path.is_file() and path.read_text(encoding="utf-8") == text
            differs |= not same
            print(f"{name} {'is as built' if same else 'differs from what its sources give'}.")
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"{name}: {text.count(chr(10)) - 1} rows, {len(text):,} bytes")
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())
