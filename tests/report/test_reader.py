"""Numbers, names and units as a reader sees them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.result import Column, Figure, Text
from comity.model.actor import Actors
from comity.report.reader import MINUS, MISSING, THIN, Reader

EN, ZH = (Reader(lang, "cldr", Actors([])) for lang in ("en", "zh"))
PLAIN = Column("x", Text("X"))


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_a_number_reads_back_as_what_it_was(value, digits):
    written = EN.number(value, digits)
    assert float(written.replace(THIN, "").replace(MINUS, "-")) == pytest.approx(value, abs=0.51 * 10**-digits)


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_have_no_decimals(value):
    assert EN.number(value).replace(THIN, "").replace(MINUS, "-") == str(value)


def test_nothing_is_minus_zero():
    assert EN.number(-0.0001, 2) == "0.00"
    assert EN.number(-0.4, 0) == "0"


def test_one_column_has_one_number_of_decimals():
    scale = EN.scale(PLAIN, [0.5, 0.125, 1 / 3])
    assert [EN.cell(PLAIN, each, scale) for each in (0.5, 0.125, 1 / 3)] == ["0.500", "0.125", "0.333"]


def test_large_sums_are_in_billions_or_in_yi():
    sums = [2.9e13, 4.5e9, None]
    money = Column("gdp", Text("GDP"), unit="USD")
    assert EN.heading_unit(money, EN.scale(money, sums)) == "billion USD"
    assert EN.cell(money, 2.9e13, EN.scale(money, sums)) == f"29{THIN}000.0"
    assert ZH.heading_unit(money, ZH.scale(money, sums)) == "亿美元"
    assert ZH.cell(money, 4.5e9, ZH.scale(money, sums)) == "45"


def test_rows_that_name_their_own_unit_are_scaled_one_by_one():
    column = Column("value", Text("Value"))
    scale = EN.scale(column, [2.9e13, 1500.0], mixed=True)
    assert EN.heading_unit(column, scale) == ""
    assert [EN.cell(column, each, scale) for each in (2.9e13, 1500.0)] == ["29.0 trillion", f"1{THIN}500"]
    assert ZH.cell(column, 2.9e13, ZH.scale(column, [2.9e13], mixed=True)) == "29.0 万亿"
    assert ZH.cell(Column("unit", Text("Unit")), "PJ per year") == "拍焦/年"


def test_texts_get_thin_spaces_in_numbers_and_before_per_cent():
    assert (
        EN.of(Text("2,000 of 1,234,567 are 3.8 %, in 2024, 2025"))
        == f"2{THIN}000 of 1{THIN}234{THIN}567 are 3.8{THIN}%, in 2024, 2025"
    )


def test_years_are_never_grouped_and_shares_are_per_cent():
    assert EN.cell(Column("year", Text("Year")), 2024) == "2024"
    share = Column("p", Text("P"), percent=True)
    assert EN.cell(share, 0.1264) == "12.6"
    assert EN.heading_unit(share, EN.scale(share, [0.1])) == "%"


def test_gaps_words_dates_and_lists(actors):
    reader = Reader("zh", "cldr", actors)
    who = Column("who", Text("Who"), actor=True)
    assert reader.cell(PLAIN, None) == MISSING
    assert reader.cell(PLAIN, value=True) == "是"
    assert reader.cell(PLAIN, datetime.date(2026, 2, 6)) == "2026-02-06"
    assert reader.cell(who, ["USA", "CHN"]) == "美国、中国"
    assert reader.cell(who, "USA CHN") == "美国、中国"
    assert reader.cell(who, "ZZZ") == "ZZZ"
    assert reader.cell(Column("k", Text("K"), labels={"a": Text("A", "甲")}), "a") == "甲"


def test_a_figure_shows_its_interval_draws_and_seed():
    share = Figure(0.026, "share", 0.023, 0.029, 10_000, 7)
    assert EN.figure(share) == f"2.6{THIN}%"
    assert EN.interval(share) == f"from 2.3{THIN}% to 2.9{THIN}% · 10{THIN}000 draws · seed 7"
    assert EN.interval(Figure(5, "states")) == ""
    assert EN.figure(Figure(5, "states")) == "5 states"
    assert EN.figure(Figure(None)) == MISSING
    assert EN.figure(Figure("JPN")) == "JPN"


def test_a_sentence_has_true_minus_signs_and_dates_keep_their_hyphens():
    told = EN.of(Text("90 %: -1.8 tn to 2 (-0.3) of 2025-2027, G-7, UTF-8"))
    assert told == f"90{THIN}%: −1.8 tn to 2 (−0.3) of 2025-2027, G-7, UTF-8"
