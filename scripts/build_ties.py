"""Build the tables of pairs, ``src/comity/library/figures/ties``: trade partners and alliances.

The sources are the final edition of the CIA World Factbook (JSON archive, public domain) and the Alliance Treaty
Obligations and Provisions data, version 5.1, by way of the package peacesciencer::

    COMITY_SOURCES=... python scripts/build_ties.py [--check]

What is taken and what is not:

* ``partners.csv``: the partners that the Factbook prints, as a rule the five largest, with their shares in whole per
  cent of exports and of imports. A partner that is not printed has no row: that is no nought. "less than 1%" is 0.5.
* ``alliances.csv``: who was obliged to whom in 2018, one row an obliged state and a partner, with the strongest
  obligation: ``defence``, ``neutrality`` or ``consultation``. Pairs that promised nothing but non-aggression are left
  out. Two pairs are not mutual: Japan and Pakistan are not obliged to defend the United States.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from build_figures import Page, pages, written
from comity.library.actors import actors
from comity.library.ties import COLUMNS

FOLDER = Path(__file__).parent.parent / "src" / "comity" / "library" / "figures" / "ties"
ALLIANCES = "alliances_trade/atop51_alliance_dyads_2018.csv.gz"
FIELDS = {"export": "Exports - partners", "import": "Imports - partners"}
# Spellings of the Factbook that are not the usual names of the states.
SPELT = {"Congo, Republic of the": "COG", "NZ": "NZL"}
PACTS = {"defence": "atop_defense", "neutrality": "atop_neutral", "consultation": "atop_consul"}

Row = tuple[str, ...]


def partners(code: str, page: Page) -> Iterator[Row]:
    """The printed partners of one state: state, direction, partner, share in per cent, year."""
    for direction, field in FIELDS.items():
        text = html.unescape(str(page.get("Economy", {}).get(field, {}).get("text", ""))).strip()
        whole = re.fullmatch(r"(.*) \((\d{4})(?: est\.)?\)", text)
        found = re.findall(r"\s*([^%]*?)\s+([\d.]+|less than 1)%(?:,|$)", whole[1]) if whole else []
        if whole is None or ", ".join(f"{name} {share}%" for name, share in found) != whole[1]:
            continue
        for name, share in found:
            partner = SPELT.get(name) or actors().find(name).code
            printed = Decimal("0.5") if share == "less than 1" else Decimal(share)
            yield code, direction, partner, written(printed), whole[2]


def alliances(path: Path) -> Iterator[Row]:
    """Who was obliged to whom: state, partner, the strongest obligation."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            pact = next((pact for pact, column in PACTS.items() if row[column] == "1.0"), None)
            if pact is not None:
                yield row["iso3_1"], row["iso3_2"], pact


def table(name: str, rows: Iterable[Row]) -> str:
    """One table as CSV text, in order, every row once."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS[name])
    writer.writerows(rows)
    return text.getvalue()


def build(sources: Path) -> dict[str, str]:
    """Every table by its name."""
    known = pages(sources)
    printed = [row for code in sorted(known) for row in partners(code, known[code])]
    assert len({row[:3] for row in printed}) == len(printed), "a partner is printed twice"
    return {
        "partners": table("partners", printed),
        "alliances": table("alliances", sorted(alliances(sources / ALLIANCES))),
    }


def main() -> int:
    """Write the tables, or compare them with those that stand (``--check``)."""
    if "COMITY_SOURCES" not in os.environ:
        print("Set COMITY_SOURCES to the folder of sources.", file=sys.stderr)
        return 2
    made = build(Path(os.environ["COMITY_SOURCES"]))
    same = True
    for name, text in made.items():
        file = FOLDER / f"{name}.csv"
        if "--check" in sys.argv:
            same &= file.is_file() and file.read_text(encoding="utf-8") == text
            continue
        FOLDER.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        print(f"{file.name}: {text.count(chr(10)) - 1} rows")
    if "--check" in sys.argv:
        print(
            "The tables of pairs are as built." if same else "The tables of pairs differ from what their sources give."
        )
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
