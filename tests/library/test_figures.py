"""The figures that ship, against their sources and against the rules of the table; and a user's own laid over them."""

import csv
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import polars as pl
import pytest

from comity.kernel.errors import DocumentError, InputError
from comity.library.actors import actors
from comity.library.figures import figures_frame, indicators, panel
from comity.model.panel import COLUMNS, STATUSES

SHIPPED = {
    "gdp_usd", "gdp_ppp", "population", "manufacturing_usd", "net_energy_exports_pj", "energy_use_pj",
    "internet_users", "internet_users_pct", "fixed_broadband", "military_expenditure_usd", "military_personnel",
    "rd_pct_gdp", "trade_balance_usd", "reserves_usd", "exports_usd", "imports_usd",
    "medium_high_tech_pct", "high_tech_exports_pct", "energy_self_sufficiency_pct", "import_cover_months",
}  # fmt: skip
ROOT = Path(__file__).parents[2]


def test_the_table_is_in_order_and_every_cell_stands_once():
    frame = figures_frame()
    assert tuple(frame.columns) == COLUMNS
    keys = frame.select("indicator", "iso3", "year").rows()
    assert keys == sorted(set(keys))


def test_every_cell_is_told_by_the_tables_beside_it():
    frame = figures_frame()
    described = indicators()
    assert set(described) == set(frame["indicator"]) == SHIPPED
    assert set(frame["iso3"]) <= set(actors().un_members()) | {"TWN", "HKG", "MAC", "XKX"}
    assert set(frame["status"]) <= set(STATUSES)
    assert set(frame["licence"]) == {"public domain", "CC BY 4.0"}
    for name, unit in frame.select("indicator", "unit").unique().rows():
        assert described[name].unit == unit
    for name, source in frame.select("indicator", "source").unique().rows():
        assert source in described[name].sources
    for described_one in described.values():
        assert described_one.title.zh
        assert described_one.definition.zh


def test_only_signed_indicators_are_negative():
    frame = figures_frame()
    signed = {name for name, described in indicators().items() if described.signed}
    assert set(frame.filter(pl.col("value") < 0)["indicator"]) == signed
    assert frame.filter(pl.col("low") > pl.col("value")).is_empty()
    assert frame.filter(pl.col("high") < pl.col("value")).is_empty()
    assert frame.select(pl.col("value").is_finite().all()).item()


def test_coverage_is_what_the_documents_promise():
    world = panel(year=2025)
    filled = {name: sum(value is not None for value in world.column(name)) for name in SHIPPED}
    assert filled["gdp_usd"] == filled["gdp_ppp"] == filled["population"] == 193
    assert filled["manufacturing_usd"] >= 170
    assert filled["net_energy_exports_pj"] >= 185
    assert filled["internet_users"] >= 185
    assert filled["military_expenditure_usd"] >= 155


def test_years_differ_and_none_is_outside_the_window():
    world = panel(year=2023, back=2)
    years = {year for name in SHIPPED for year in world.years(name).values()}
    assert years == {2021, 2022, 2023}
    assert world.value("CHN", "gdp_usd") is None
    assert panel(year=2024).years("gdp_ppp")["CHN"] == 2024
    assert panel(year=2023).years("gdp_ppp")["CHN"] == 2023
    assert panel(year=2022).value("CHN", "gdp_ppp") < panel(year=2023).value("CHN", "gdp_ppp")


def test_the_world_is_the_united_nations_and_others_stand_beside_it():
    world = panel()
    assert len(world.actors) == 193
    assert "TWN" not in world.actors
    assert world.value("TWN", "gdp_usd") == 611_391_000_000
    assert list(world.digests) == ["figures.csv"]


# --- a user's own file -------------------------------------------------------------------------------------------


def own(tmp_path, text, name="own.csv"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_an_own_figure_replaces_adds_and_describes(tmp_path):
    file = own(
        tmp_path,
        "iso3,indicator,year,value,unit,source\n"
        "JPN,gdp_usd,2024,1,current US$,me\n"
        "Japan,gdp_usd,2025,2,current US$,me\n"
        "FRA,carriers,2024,1,ships,me\nUSA,carriers,2024,11,ships,me\n"
        "FRA,openness,2024,-0.3,% of GDP,me\n",
    )
    world = panel(year=2025, figures=file)
    assert world.value("JPN", "gdp_usd") == 2.0
    assert panel(year=2024, figures=file).value("JPN", "gdp_usd") == 1.0
    assert world.value("DEU", "gdp_usd") == panel(year=2025).value("DEU", "gdp_usd")
    assert world.column("carriers", ["FRA", "USA", "CHN"]) == [1.0, 11.0, None]
    assert (world.indicator("carriers").nature, world.indicator("carriers").signed) == ("amount", False)
    assert (world.indicator("openness").nature, world.indicator("openness").signed) == ("rate", True)
    assert set(world.digests) == {"figures.csv", "own.csv"}
    assert world.digest != panel(year=2025).digest


def test_an_own_parquet_file_says_the_same_as_csv(tmp_path):
    rows = {
        "iso3": ["FRA"],
        "indicator": ["carriers"],
        "year": [2024],
        "value": [1.5],
        "unit": ["ships"],
        "source": ["me"],
    }
    pl.DataFrame(rows).write_parquet(tmp_path / "own.parquet")
    file = own(tmp_path, "iso3,indicator,year,value,unit,source\nFRA,carriers,2024,1.5,ships,me\n")
    assert panel(figures=tmp_path / "own.parquet").digest == panel(figures=file).digest


def test_every_problem_is_told_at_once_with_its_line(tmp_path):
    file = own(
        tmp_path,
        "iso3,indicator,year,value,unit,low,high,status,source,licence\n"
        "Frnace,carriers,2024,1,ships,,,reported,me,\n"
        "FRA,carriers,2024,two,ships,,,reported,me,\n"
        "DEU,carriers,24,1,ships,,,reported,me,\n"
        "USA,carriers,2024,11,ships,,,guessed,me,\n"
        "CHN,carriers,2024,3,hulls,,,reported,me,\n"
        "IND,carriers,2024,2,ships,3,4,reported,me,\n"
        "JPN,gdp_usd,2024,4026,billion US$,,,reported,me,\n"
        "GBR,carriers,2024,2,ships,,,reported,me,\n"
        "UK,carriers,2024,2,ships,,,reported,,\n",
    )
    with pytest.raises(DocumentError) as refusal:
        panel(figures=file)
    told = {(problem.line, problem.path) for problem in refusal.value.problems}
    assert told == {
        (2, "iso3"), (3, "value"), (4, "year"), (5, "status"), (6, "unit"), (7, "value"), (8, "unit"), (10, "iso3"),
        (10, "source"),
    }  # fmt: skip
    assert "FRA (France)" in str(refusal.value)
    assert "stands on line 9 already" in str(refusal.value)
    assert str(refusal.value).startswith("own.csv:2:1  iso3")


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("iso3,indicator,year,value,unit,source,colour", "colour"),
        ("iso3,indicator,year,unit", "missing: value, source"),
        ("iso3,iso3,indicator,year,value,unit,source", "twice"),
        ("", "missing"),
    ],
)
def test_columns_are_checked_first(tmp_path, header, word):
    with pytest.raises(DocumentError, match=word):
        panel(figures=own(tmp_path, header + "\n"))


def test_a_missing_or_broken_file_is_said_plainly(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        panel(figures=tmp_path / "none.csv")
    with pytest.raises(InputError, match="no such file"):
        panel(figures=tmp_path / "none.parquet")
    with pytest.raises(InputError, match="not a Parquet file"):
        panel(figures=own(tmp_path, "iso3\n", "own.parquet"))


# --- against the sources -----------------------------------------------------------------------------------------

PRINTED = {  # figures as the source prints them, by page of the Factbook
    "us": ("USA", "$29.185 trillion (2024 est.)", 29.185e12),
    "ch": ("CHN", "$18.744 trillion (2024 est.)", 18.744e12),
    "ja": ("JPN", "$4.026 trillion (2024 est.)", 4.026e12),
    "gm": ("DEU", "$4.66 trillion (2024 est.)", 4.66e12),
    "in": ("IND", "$3.913 trillion (2024 est.)", 3.913e12),
    "rs": ("RUS", "$2.174 trillion (2024 est.)", 2.174e12),
}


def sources():
    folder = os.environ.get("COMITY_SOURCES")
    if not folder:
        pytest.skip("COMITY_SOURCES is not set to the folder of sources")
    return Path(folder)


def pages(folder):
    with tarfile.open(folder / "capabilities" / "factbook_json_final_2026-01.tar.xz") as archive:
        wanted = {member for member in archive.getmembers() if Path(member.name).stem in PRINTED}
        return {Path(member.name).stem: json.load(archive.extractfile(member)) for member in wanted}


def test_gdp_as_the_factbook_prints_it():
    world = panel()
    for stem, page in pages(sources()).items():
        code, text, value = PRINTED[stem]
        assert page["Economy"]["GDP (official exchange rate)"]["text"] == text
        assert world.value(code, "gdp_usd") == value


COMPILED = {  # indicator here, indicator of the independent extraction, tolerance of rounding
    "gdp_usd": ("gdp_usd", 1e-12),
    "gdp_ppp": ("gdp_ppp", 1e-12),
    "population": ("population", 0),
    "internet_users_pct": ("internet_users_pct", 0),
    "fixed_broadband": ("fixed_broadband_subs", 0),
    "reserves_usd": ("reserves_usd", 1e-12),
    "trade_balance_usd": ("trade_balance_usd", 1e-3),
    "energy_use_pj": ("energy_consumption_pj", 1e-3),
    "manufacturing_usd": ("mva_usd", 1e-5),
    "rd_pct_gdp": ("rd_pct_gdp", 1e-3),
    "military_expenditure_usd": ("milex_usd_est", 6e-3),
}


@pytest.mark.parametrize("indicator", COMPILED)
def test_figures_agree_with_an_independent_extraction(indicator):
    name, tolerance = COMPILED[indicator]
    with (sources() / "capabilities.csv").open(encoding="utf-8", newline="") as file:
        theirs = {row["iso3"]: row for row in csv.DictReader(file) if row["indicator"] == name}
    world = panel(year=2025, back=100)
    apart = {"ETH", "KOR"} if indicator == "military_expenditure_usd" else set()  # GDP two years older than the share
    compared = [code for code in theirs if world.value(code, indicator) is not None and code not in apart]
    assert len(compared) >= 140
    for code in compared:
        assert world.value(code, indicator) == pytest.approx(float(theirs[code]["value"]), rel=tolerance, abs=1e-9)
        assert world.years(indicator)[code] == int(float(theirs[code]["year"]))


def test_net_energy_exports_agree_with_an_independent_extraction():
    with (sources() / "capabilities.csv").open(encoding="utf-8", newline="") as file:
        theirs = {row["iso3"]: row for row in csv.DictReader(file) if row["indicator"] == "net_energy_exports_pj"}
    world = panel(year=2025, back=10)
    apart = [
        code
        for code, row in theirs.items()
        if (value := world.value(code, "net_energy_exports_pj")) is not None
        and value != pytest.approx(float(row["value"]), rel=2e-3, abs=1e-3)
    ]
    assert apart == ["NZL"]  # here: (12,000 - 154,000) bbl/day, 906,000 - 283,000 t of coal; there 1 % less


def test_the_table_is_what_the_sources_give():
    script = ROOT / "scripts" / "build_figures.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], env=os.environ | {"COMITY_SOURCES": str(sources())},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, "figures.csv is as built.")
