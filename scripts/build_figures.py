"""Build the table of figures, ``src/comity/library/figures/figures.csv``, from the sources' own files.

The sources are the final edition of the CIA World Factbook (JSON archive, public domain) and two series of the World
Bank's World Development Indicators (CC BY 4.0). Every figure is taken as printed; what is computed from printed
figures is marked ``derived`` and rounded to four significant digits. A gap stays a gap::

    COMITY_SOURCES=... python scripts/build_figures.py [--check]

Where the sources disagree or leave a choice:

* A page of the Factbook that is part of a state, or a state without figures of its own, is left out; Taiwan, Hong
  Kong, Macao and Kosovo have rows but are no members of the UN.
* Energy: the Factbook leaves out flows that are zero, so a missing flow counts as zero wherever both oil consumption
  and electricity consumption are printed, and the whole figure is a gap where either is not. Oil is production minus
  consumption (the Factbook has no trade in oil since 2023), the other fuels are exports minus imports. The year is
  that of the oldest flow among those that make up at least a twentieth of all: India's gas exports of 2019 do not
  date its oil of 2023.
* Military expenditure in US$ multiplies the share of GDP by GDP of the same year. A share of the following year (NATO
  estimates of 2025) is multiplied by the same, latest GDP and bears its own year; the missing year of growth makes
  it a few per cent too low. Where neither year has a share, the nearest earlier one
  is used, else the nearest later one, and the figure bears the older of the two years.
* Military personnel is read from a sentence. The first clause that counts active forces is taken: a single number is
  the value, a range gives low and high and their middle, an upper bound ("as many as") is the value and its high.
  Clauses that count police, authorised strength, claims or people liable for service are gaps: see ``NOT_ACTIVE``.
* Medium- and high-technology manufacturing (``wdi_medium_high_technology.csv`` beside this script, read from
  NV.MNF.TECH.ZS.UN in open-numbers' copy of the World Development Indicators, edition to 2021): the series repeats the
  last known value for years. Repeated for five years or fewer it bears the printed year 2021, for longer the year in
  which it first stood (China's of 2011), so that an old value cannot pass for a new one.
"""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from comity.kernel.errors import InputError
from comity.library.actors import actors
from comity.model.panel import COLUMNS

TABLE = Path(__file__).parent.parent / "src" / "comity" / "library" / "figures" / "figures.csv"
ARCHIVE = "capabilities/factbook_json_final_2026-01.tar.xz"
FACTBOOK = ("CIA World Factbook", "public domain")
WDI = ("World Bank WDI", "CC BY 4.0")
BESIDE_THE_UN = {"TWN", "HKG", "MAC", "XKX"}
# Pages whose printed short form does not name the state.
PAGES = {"dr": "DOM", "we": "", "gz": "", "vq": "", "rn": ""}
SCALE = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

# Energy carriers: field, what adds, what subtracts, gigajoules per printed unit and year (US EIA and IEA, rounded):
# 6.119 GJ a barrel (printed per day), 36 MJ a cubic metre, 25 GJ a tonne of coal, 3.6 MJ a kilowatt-hour.
CARRIERS = (
    ("Petroleum", "total petroleum production", "refined petroleum consumption", Decimal("6.119") * 365),
    ("Natural gas", "exports", "imports", Decimal("0.036")),
    ("Coal", "exports", "imports", Decimal(25)),
    ("Electricity", "exports", "imports", Decimal("0.0036")),
)
GIGAJOULES_PER_MILLION_BTU = Decimal("1.055056")

# Personnel texts that do not say how many serve in the active forces, and why.
NOT_ACTIVE = {
    "AFG": "a claim of the Taliban",
    "CHE": "counts the militia liable for service",
    "CRI": "no armed forces; public security",
    "GEO": "authorised strength",
    "HTI": "an upper bound for a force in the making",
    "LBY": "not available",
    "PAN": "no armed forces; public security",
    "SDN": "estimates from before the war of 2023",
    "SYR": "not available",
    "XKX": "includes reserves",
    "YEM": "not available",
}

Page = dict[str, Any]


class Printed(NamedTuple):
    """A number as printed, with its year."""

    value: Decimal
    year: int


@dataclass(frozen=True, order=True)
class Cell:
    """One row of the table."""

    indicator: str
    iso3: str
    year: int
    value: Decimal
    unit: str
    status: str
    origin: tuple[str, str]
    low: Decimal | None = None
    high: Decimal | None = None

    def row(self) -> list[str]:
        """The row in the order of the columns."""
        bounds = ["" if bound is None else written(bound) for bound in (self.low, self.high)]
        named = [self.iso3, self.indicator, str(self.year), written(self.value), self.unit]
        return [*named, *bounds, self.status, *self.origin]


def written(number: Decimal) -> str:
    """The number without exponent or trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(number: Decimal, digits: int = 4) -> Decimal:
    """The number to so many significant digits."""
    return number if not number else Decimal(f"{number:.{digits - 1}e}")


def printed(text: str) -> Printed | None:
    """The first number of a Factbook entry and the year in its brackets; None where either is missing."""
    number = re.match(
        r"\s*(-?)\$?(-?)([\d,]*\.?\d+)\s*%?\s*(thousand|million|billion|trillion)?\b", html.unescape(text)
    )
    year = re.search(r"\((?:[A-Za-z]+ )?(\d{4})(?: est\.)?\)", text)
    if number is None or year is None:
        return None
    sign = -1 if number[1] or number[2] else 1
    return Printed(sign * Decimal(number[3].replace(",", "")) * SCALE[number[4] or ""], int(year[1]))


def entry(page: Page, section: str, field: str, part: str = "") -> Printed | None:
    """One printed number of a page."""
    found: Any = page.get(section, {}).get(field, {})
    found = found.get(part, {}) if part else found
    return printed(str(found.get("text", ""))) if isinstance(found, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


def yearly(page: Page, section: str, field: str) -> dict[int, Decimal]:
    """The numbers of a field that is printed for several years."""
    entries = (entry(page, section, field, part) for part in page.get(section, {}).get(field, {}) if part != "note")
    return {each.year: each.value for each in entries if each}


def pages(sources: Path) -> dict[str, Page]:
    """The pages of the Factbook by ISO code."""
    wanted = set(actors().un_members()) | BESIDE_THE_UN
    found: dict[str, Page] = {}
    with tarfile.open(sources / ARCHIVE) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.name.endswith(".json") else None
            if content is None or "meta/" in member.name:
                continue
            page: Page = json.load(content)
            code = PAGES[stem] if (stem := Path(member.name).stem) in PAGES else code_of(page)
            if code in wanted:
                assert code not in found, f"two pages for {code}"
                found[code] = page
    return found


def code_of(page: Page) -> str:
    """The ISO code of the state a page is about, or nothing."""
    names = page.get("Government", {}).get("Country name", {})
    for form in ("short", "long"):
        name = html.unescape(names.get(f"conventional {form} form", {}).get("text", "none")).split(";")[0]
        try:
            return actors().find(name.split(" (")[0] if form == "long" or "Holy" in name else name).code
        except InputError:
            continue
    return ""


def economy(code: str, page: Page) -> Iterator[Cell]:
    """GDP, trade and reserves."""
    gdp = entry(page, "Economy", "GDP (official exchange rate)")
    if gdp:
        yield Cell("gdp_usd", code, gdp.year, gdp.value, "current US$", "reported", FACTBOOK)
    for year, value in yearly(page, "Economy", "Real GDP (purchasing power parity)").items():
        yield Cell("gdp_ppp", code, year, value, "2021 international $", "reported", FACTBOOK)
    for year, value in yearly(page, "Economy", "Reserves of foreign exchange and gold").items():
        yield Cell("reserves_usd", code, year, value, "current US$", "reported", FACTBOOK)
    exports, imports = yearly(page, "Economy", "Exports"), yearly(page, "Economy", "Imports")
    for name, flow in (("exports_usd", exports), ("imports_usd", imports)):
        for year, value in flow.items():
            yield Cell(name, code, year, value, "current US$", "reported", FACTBOOK)
    for year in exports.keys() & imports.keys():
        balance = rounded(exports[year] - imports[year])
        yield Cell("trade_balance_usd", code, year, balance, "current US$", "derived", FACTBOOK)


def people(code: str, page: Page) -> Iterator[Cell]:
    """Population, people on the internet, subscriptions."""
    population = entry(page, "People and Society", "Population", "total")
    if population:
        yield Cell("population", code, population.year, population.value, "persons", "reported", FACTBOOK)
    share = entry(page, "Communications", "Internet users", "percent of population")
    if share:
        yield Cell("internet_users_pct", code, share.year, share.value, "% of population", "reported", FACTBOOK)
    if population and share:
        users = rounded(population.value * share.value / 100)
        yield Cell("internet_users", code, share.year, users, "persons", "derived", FACTBOOK)
    lines = entry(page, "Communications", "Broadband - fixed subscriptions", "total")
    if lines:
        yield Cell("fixed_broadband", code, lines.year, lines.value, "subscriptions", "reported", FACTBOOK)


def energy(code: str, page: Page) -> Iterator[Cell]:
    """Energy used, and what production and trade of four carriers leave for others."""
    population = entry(page, "People and Society", "Population", "total")
    used = yearly(page, "Energy", "Energy consumption per capita")
    if population:
        for year, per_head in used.items():
            petajoules = per_head / 10**6 * GIGAJOULES_PER_MILLION_BTU * population.value / 10**6
            yield Cell("energy_use_pj", code, year, rounded(petajoules), "PJ per year", "derived", FACTBOOK)

    if not (
        entry(page, "Energy", "Petroleum", "refined petroleum consumption")
        and entry(page, "Energy", "Electricity", "consumption")
    ):
        return
    parts = [
        (sign * part.value * joules / 10**6, part.year)
        for field, plus, minus, joules in CARRIERS
        for sign, name in ((1, plus), (-1, minus))
        if (part := entry(page, "Energy", field, name))
    ]
    gross = sum(abs(flow) for flow, _ in parts)
    year = min(year for flow, year in parts if abs(flow) >= gross / 20)
    petajoules = rounded(sum((flow for flow, _ in parts), Decimal(0)))
    yield Cell("net_energy_exports_pj", code, year, petajoules, "PJ per year", "derived", FACTBOOK)


def military(code: str, page: Page) -> Iterator[Cell]:
    """Military expenditure and active personnel."""
    shares = yearly(page, "Military and Security", "Military expenditures")
    gdp = entry(page, "Economy", "GDP (official exchange rate)")
    if shares and gdp:
        years = [year for year in (gdp.year, gdp.year + 1) if year in shares]
        nearest = max((year for year in shares if year < gdp.year), default=min(shares))
        for year in years or [nearest]:
            spent = rounded(shares[year] * gdp.value / 100, 3)
            labelled = year if years else min(year, gdp.year)
            yield Cell("military_expenditure_usd", code, labelled, spent, "current US$", "derived", FACTBOOK)
    field: Any = page.get("Military and Security", {}).get("Military and security service personnel strengths", {})
    strength = personnel(html.unescape(str(field.get("text", "")))) if code not in NOT_ACTIVE else None
    if strength:
        value, low, high, year = strength
        yield Cell("military_personnel", code, year, value, "persons", "derived", FACTBOOK, low, high)


TECHNOLOGY = Path(__file__).parent / "wdi_medium_high_technology.csv"
REPEATED = 5


def resilience(code: str, page: Page) -> Iterator[Cell]:
    """What a state falls back on: months of imports in reserve, energy of its own."""
    reserves, imports = (
        yearly(page, "Economy", "Reserves of foreign exchange and gold"),
        yearly(page, "Economy", "Imports"),
    )
    for year in reserves.keys() & imports.keys():
        months = rounded(12 * reserves[year] / imports[year], 3)
        yield Cell("import_cover_months", code, year, months, "months of imports", "derived", FACTBOOK)
    cells = {cell.indicator: cell for cell in sorted(energy(code, page), key=lambda cell: cell.year)}
    used, net = cells.get("energy_use_pj"), cells.get("net_energy_exports_pj")
    if used and net and used.value:
        own = rounded(max(Decimal(0), 100 * (used.value + net.value) / used.value), 3)
        year = min(used.year, net.year)
        yield Cell("energy_self_sufficiency_pct", code, year, own, "% of energy use", "derived", FACTBOOK)


def technology(sources: Path) -> Iterator[Cell]:
    """How much of manufacturing and of its exports is of medium and high technology."""
    with TECHNOLOGY.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            year, since = int(row["year"]), int(row["since"])
            dated = year if year - since <= REPEATED else since
            value = rounded(Decimal(row["value"]))
            yield Cell(
                "medium_high_tech_pct", row["iso3"], dated, value, "% of manufacturing value added", "reported", WDI
            )
    wanted = set(actors().un_members()) | BESIDE_THE_UN
    path = sources / "capabilities" / "wdi_series" / "high_technology_exports_percent_of_manufactured_exports.csv"
    latest: dict[str, tuple[int, Decimal]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found = int(row["time"]), Decimal(row["high_technology_exports_percent_of_manufactured_exports"])
            latest[row["geo"].upper()] = max(latest.get(row["geo"].upper(), found), found)
    for code, (year, share) in latest.items():
        if code in wanted:
            yield Cell(
                "high_tech_exports_pct", code, year, rounded(share), "% of manufactured exports", "reported", WDI
            )


COUNT = re.compile(
    r"(?:^|; |has )(?P<bound>approximately|estimated|up to|as many as) "
    r"(?:(?P<low>[\d.,]+)(?P<low_scale> million)?-)?(?P<high>[\d.,]+)(?P<scale> million)? "
    r"(?P<whom>[^;(]*)"
)
FORCES = re.compile(r"\bactive\b|Armed Forces|Defense Forces?|Regular Forces|National Army|\bBDF\b")


def personnel(text: str) -> tuple[Decimal, Decimal | None, Decimal | None, int] | None:
    """The strength of the active forces in a sentence: value, low, high, year."""
    year = re.search(r"\((\d{4})\)", text)
    found = COUNT.search(text)
    if year is None or found is None or not FORCES.search(found["whom"]):
        return None
    high = Decimal(found["high"].replace(",", "")) * SCALE[(found["scale"] or "").strip()]
    if found["low"] is None:
        upper = high if found["bound"] in {"up to", "as many as"} else None
        return high, None, upper, int(year[1])
    low = Decimal(found["low"].replace(",", ""))
    if found["low_scale"] or (found["scale"] and "," not in found["low"]):
        low *= 10**6
    elif "," not in found["low"]:
        low *= 1000
    assert low < high, text
    return (low + high) / 2, low, high, int(year[1])


def world_bank(path: Path, indicator: str, unit: str, digits: int) -> Iterator[Cell]:
    """One series of the World Development Indicators."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            value = rounded(Decimal(row["value"]), digits)
            yield Cell(indicator, row["iso3"], int(row["year"]), value, unit, "reported", WDI)


def cells(sources: Path) -> list[Cell]:
    """Every cell of the table, in order."""
    found: list[Cell] = []
    for code, page in pages(sources).items():
        for part in (economy, people, energy, military):
            found += part(code, page)
        found += resilience(code, page)
    found += technology(sources)
    folder = sources / "capabilities"
    found += world_bank(folder / "wdi_mva_current_usd_latest.csv", "manufacturing_usd", "current US$", 6)
    found += world_bank(folder / "wdi_rd_pct_gdp_latest.csv", "rd_pct_gdp", "% of GDP", 4)
    return sorted(found, key=lambda cell: (cell.indicator, cell.iso3, cell.year))


def build(sources: Path) -> str:
    """The whole table as CSV text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(cell.row() for cell in cells(sources))
    return text.getvalue()


def main() -> int:
    """Write the table, or compare it with the one that stands (``--check``)."""
    if "COMITY_SOURCES" not in os.environ:
        print("Set COMITY_SOURCES to the folder of sources.", file=sys.stderr)
        return 2
    text = build(Path(os.environ["COMITY_SOURCES"]))
    if "--check" in sys.argv:
        same = TABLE.read_text(encoding="utf-8") == text
        print("figures.csv is as built." if same else "figures.csv differs from what its sources give.")
        return 0 if same else 1
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TABLE.name}: {text.count(chr(10)) - 1} cells")
    return 0


if __name__ == "__main__":
    sys.exit(main())
