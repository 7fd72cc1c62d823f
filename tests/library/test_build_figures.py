"""How numbers are read from the sentences of the Factbook."""

import importlib.util
import sys
from decimal import Decimal
from pathlib import Path

import pytest

PATH = Path(__file__).parents[2] / "scripts" / "build_figures.py"
SPEC = importlib.util.spec_from_file_location("build_figures", PATH)
build_figures = importlib.util.module_from_spec(SPEC)
sys.modules["build_figures"] = build_figures
SPEC.loader.exec_module(build_figures)


@pytest.mark.parametrize(
    ("text", "value", "low", "high"),
    [
        ("approximately 2 million active-duty PLA (950,000-1 million Ground) (2025)", 2_000_000, None, None),
        ("approximately 1.28 million active duty Armed Forces (450,000 Army) (2025)", 1_280_000, None, None),
        ("estimated 1.1-1.2 million active Armed Forces; estimated 350,000 Guard (2025)", 1_150_000, 1_100_000, 1_200_000),
        ("estimated 850,000-1 million active Defense Forces (2025)", 925_000, 850_000, 1_000_000),
        ("approximately 230-240,000 active Self Defense Forces\xa0 (2025)", 235_000, 230_000, 240_000),
        ("the FACV has approximately 1,000-1,500 active personnel (2025)", 1_250, 1_000, 1_500),
        ("estimates vary; as many as 1.3 million active-duty Korean People's Army (2025)", 1_300_000, None, 1_300_000),
        ("information varies; estimated 150,000 active military personnel (2025)", 150_000, None, None),
        ("estimated 200,000 active ANP, including the National Gendarmerie (2025)", 200_000, None, None),
    ],
)  # fmt: skip
def test_strength_of_the_active_forces(text, value, low, high):
    assert build_figures.personnel(text) == (value, low, high, 2025)


@pytest.mark.parametrize(
    "text",
    [
        "not available",
        "estimates not available",
        "approximately 30,000 Ministry of Public Security personnel (2025)",
        "prior to the outbreak of fighting in 2023, estimates varied: up to 200,000 SAF (2023)",
        "approximately 100,000 active Armed Forces",
    ],
)
def test_what_is_no_strength_is_a_gap(text):
    assert build_figures.personnel(text) is None


@pytest.mark.parametrize(
    ("text", "value", "year"),
    [
        ("$29.185 trillion (2024 est.)", "29185000000000", 2024),
        ("-$1.5 billion (2023 est.)", "-1500000000", 2023),
        ("338,016,259 (2025 est.)", "338016259", 2025),
        ("93% (2023 est.)", "93", 2023),
        ("3.2% of GDP (2024)", "3.2", 2024),
        ("20.953 million bbl/day (2023 est.)", "20953000", 2023),
        ("9,867 (July 2024 est.)", "9867", 2024),
    ],
)
def test_printed_numbers(text, value, year):
    found = build_figures.printed(text)
    assert (build_figures.written(found.value), found.year) == (value, year)


@pytest.mark.parametrize("text", ["NA", "", "(2022 est.)", "uninhabited", "12 million"])
def test_what_lacks_number_or_year_is_a_gap(text):
    assert build_figures.printed(text) is None


def test_rounding_keeps_significant_digits():
    assert build_figures.written(build_figures.rounded(Decimal(123456789), 4)) == "123500000"
    assert build_figures.written(build_figures.rounded(Decimal("-0.0123456"), 3)) == "-0.0123"
    assert build_figures.rounded(Decimal(0)) == 0
