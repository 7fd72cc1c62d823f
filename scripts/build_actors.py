"""Build the table of states, ``src/comity/library/actors.csv``.

Names come from Unicode CLDR (through babel), ISO numbers from pycountry, codes of the Correlates of War project and
years of UN admission from the folder of sources, long forms from the CIA World Factbook (public domain); everything
else - UN names, further spellings, former states, Gleditsch-Ward exceptions - is written by hand in
``actors_by_hand.csv`` beside this script. None of the two libraries is needed at run time::

    COMITY_SOURCES=... uv run --with babel --with pycountry python scripts/build_actors.py [--check]
"""

from __future__ import annotations

import csv
import html
import importlib
import io
import json
import os
import sys
import tarfile
from pathlib import Path
from typing import Any

from comity.kernel.errors import InputError
from comity.kernel.result import Text
from comity.model.actor import Actor, Actors, folded

HERE = Path(__file__).parent
TABLE = HERE.parent / "src" / "comity" / "library" / "actors.csv"
ARCHIVE = "capabilities/factbook_json_final_2026-01.tar.xz"
COLUMNS = (
    "code", "kind", "iso2", "m49", "cow", "gw", "continues", "since",
    "cldr_en", "cldr_zh", "un_en", "un_zh", "iso_en", "aliases",
)  # fmt: skip
# Codes that the Correlates of War file gives to a state that had a predecessor of its own, or mislabels.
NOT_COW = {"260", "678", "680"}
# Factbook pages whose short form is ambiguous or which are parts of a state.
NOT_OWN = {"West Bank", "Gaza, Gaza Strip", "Virgin Islands", "Saint Martin", "The Dominican"}

Row = dict[str, str]


def listed(path: Path) -> list[Row]:
    """The rows of one CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def from_iso(languages: tuple[Any, Any]) -> dict[str, Row]:
    """Every entry of ISO 3166-1 with its names in English and Chinese."""
    english, chinese = languages
    rows: dict[str, Row] = {}
    pycountry: Any = importlib.import_module("pycountry")
    for country in pycountry.countries:
        rows[country.alpha_3] = dict.fromkeys(COLUMNS, "") | {
            "code": country.alpha_3,
            "kind": "territory",
            "iso2": country.alpha_2,
            "m49": country.numeric,
            "cldr_en": english.territories[country.alpha_2],
            "cldr_zh": chinese.territories[country.alpha_2],
            "iso_en": country.name,
        }
    return rows


def add_members(rows: dict[str, Row], sources: Path) -> None:
    """UN membership, admission and codes of the Correlates of War project."""
    for member in listed(sources / "reference" / "un_members.csv"):
        row = rows[member["ISO3"]]
        plain = row["cldr_en"].replace("&", "and").replace("St. ", "Saint ").replace("’", "'")
        row |= {"kind": "un_member", "since": member["un_accession_year"], "un_en": plain, "un_zh": row["cldr_zh"]}
        row["aliases"] = member["name_short"]
    for pair in listed(sources / "reference" / "cow_ccode_to_iso3.csv"):
        if pair["ccode"] not in NOT_COW and pair["iso3"] in rows:
            rows[pair["iso3"]] |= {"cow": pair["ccode"], "gw": pair["ccode"]}


def add_by_hand(rows: dict[str, Row]) -> None:
    """What is written by hand beats what was derived; spellings are added."""
    for hand in listed(HERE / "actors_by_hand.csv"):
        row = rows.setdefault(hand["code"], dict.fromkeys(COLUMNS, "") | {"code": hand["code"]})
        names = {"cldr_en": hand.pop("en"), "cldr_zh": hand.pop("zh")}
        spelled = [each for each in (row["aliases"], hand.pop("aliases")) if each]
        row |= {column: value for column, value in (hand | names).items() if value}
        row["aliases"] = "|".join(spelled)


def as_actors(rows: dict[str, Row]) -> Actors:
    """The table as the lookup sees it."""
    return Actors(
        Actor(
            row["code"],
            {"cldr": Text(row["cldr_en"], row["cldr_zh"]), "un": Text(row["un_en"], row["un_zh"])},
            aliases=tuple(each for each in row["aliases"].split("|") if each),
        )
        for row in rows.values()
    )


def factbook_names(sources: Path) -> list[tuple[str, str]]:
    """Short and long form of every page of the CIA World Factbook; a missing one is empty."""
    names: list[tuple[str, str]] = []
    with tarfile.open(sources / ARCHIVE) as archive:
        for member in sorted(archive.getmembers(), key=lambda each: each.name):
            content = archive.extractfile(member) if member.name.endswith(".json") else None
            page: Any = json.load(content) if content and "meta" not in member.name else {}
            name: Any = page.get("Government", {}).get("Country name", {})
            short, long = (
                html.unescape(str(name.get(f"conventional {form} form", {}).get("text", "none")))
                for form in ("short", "long")
            )
            names.append((cut(short), cut(long)))
    return names


def cut(name: str) -> str:
    """A name without the remarks that follow it."""
    name = name.partition(";")[0].partition(" (")[0]
    return "" if name == "none" else name


def add_long_forms(rows: dict[str, Row], sources: Path) -> None:
    """The short and long forms by which the CIA World Factbook calls a state."""
    actors = as_actors(rows)
    for short, long in factbook_names(sources):
        if short in NOT_OWN:
            continue
        try:
            actor = actors.find(short or long)
        except InputError:
            continue
        row = rows[actor.code]
        row["aliases"] = "|".join(each for each in (row["aliases"], short, long) if each)


def tidied(row: Row) -> Row:
    """The row without spellings that its names already cover."""
    seen = {folded(row[column]) for column in ("code", "cldr_en", "cldr_zh", "un_en", "un_zh", "iso_en")}
    kept: list[str] = []
    for spelling in row["aliases"].split("|"):
        if folded(spelling) not in seen:
            seen.add(folded(spelling))
            kept.append(spelling)
    return row | {"aliases": "|".join(each for each in kept if each)}


def build(sources: Path) -> str:
    """The whole table as CSV text."""
    babel: Any = importlib.import_module("babel")
    rows = from_iso((babel.Locale.parse("en"), babel.Locale.parse("zh_Hans")))
    add_members(rows, sources)
    add_by_hand(rows)
    add_long_forms(rows, sources)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for code in sorted(rows):
        row = tidied(rows[code])
        writer.writerow([row[column] for column in COLUMNS])
    return text.getvalue()


def main() -> int:
    """Write the table, or compare it with the one that stands (``--check``)."""
    if "COMITY_SOURCES" not in os.environ:
        print("Set COMITY_SOURCES to the folder of sources.", file=sys.stderr)
        return 2
    text = build(Path(os.environ["COMITY_SOURCES"]))
    if "--check" in sys.argv:
        same = TABLE.read_text(encoding="utf-8") == text
        print("actors.csv is as built." if same else "actors.csv differs from what its sources give.")
        return 0 if same else 1
    TABLE.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TABLE.name}: {text.count(chr(10)) - 1} actors")
    return 0


if __name__ == "__main__":
    sys.exit(main())
