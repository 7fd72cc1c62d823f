"""Files: the same bytes each time, and everything a reader of them needs."""

import io
import json
import zipfile

import polars as pl
import pytest

from comity.kernel.errors import InputError
from comity.kernel.result import Column, Table, Text
from comity.library.writing import SUMS
from comity.report import export
from comity.report.reader import readers


@pytest.mark.parametrize("form", export.TABLE_FORMATS)
def test_tables_are_the_same_bytes_each_time(seats, form):
    again = Table(
        seats.name, seats.title, seats.columns, pl.DataFrame(seats.frame.to_dict(as_series=False)), seats.note
    )
    assert export.table(seats, form) == export.table(again, form)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_come_back_as_they_were(seats, form):
    read = {"csv": pl.read_csv, "parquet": pl.read_parquet}[form]
    assert read(io.BytesIO(export.table(seats, form))).equals(seats.frame)


def test_csv_begins_with_the_mark_only_where_it_is_asked_for(seats):
    plain = export.table(seats, "csv")
    assert plain.startswith(b"iso3,gdp,year")
    assert export.table(seats, "csv", bom=True) == b"\xef\xbb\xbf" + plain


def test_json_tells_titles_units_and_sources(seats):
    told = json.loads(export.table(seats, "json"))
    assert told["columns"][1] == {
        "name": "gdp",
        "title": {"en": "GDP", "zh": "国内生产总值"},
        "unit": "USD",
        "source": "World Bank",
    }
    assert told["rows"][3]["gdp"] is None


def test_the_workbook_has_data_and_a_readme(seats):
    book = zipfile.ZipFile(io.BytesIO(export.table(seats, "xlsx", lang="zh")))
    words = book.read("xl/sharedStrings.xml").decode()
    assert "国内生产总值" in words
    assert "World Bank" in words
    assert b'name="README"' in book.read("xl/workbook.xml")
    assert b"2000-01-01T00:00:00Z" in book.read("docProps/core.xml")


def test_lists_become_words_in_flat_files():
    column = (Column("set", Text("Set"), actor=True),)
    table = Table("t", Text("T"), column, pl.DataFrame({"set": [["USA", "CHN"]]}))
    assert export.table(table, "csv") == b"set\nUSA CHN\n"
    assert b"USA CHN" in zipfile.ZipFile(io.BytesIO(export.table(table, "xlsx"))).read("xl/sharedStrings.xml")


def test_a_vega_lite_file_stands_alone(seats, chart, english):
    spec = json.loads(export.chart(chart, seats, "vl.json", english))
    assert spec["$schema"].endswith("/v6.json")
    assert len(spec["data"]["values"]) == 5
    assert spec["usermeta"]["caption"] == chart.caption.en


def test_unknown_forms_are_refused(seats, chart, english):
    with pytest.raises(InputError, match=r"'ods'.*csv, parquet, xlsx, json"):
        export.table(seats, "ods")
    with pytest.raises(InputError, match="'png'"):
        export.chart(chart, seats, "png", english)


def test_a_result_folder_holds_everything_under_names_of_its_own(result, long, actors, tmp_path):
    both = readers("both", actors=actors)
    files = export.everything([result, long, result], both, tables=["csv"])
    assert set(files) == {
        "tables/selection-acceptability-p_seat.csv",
        "tables/analysis-long-t.csv",
        "tables/selection-acceptability-2-p_seat.csv",
        "result.json",
        *(
            f"charts/selection-acceptability{twice}-seats.{lang}.{form}"
            for twice in ("", "-2")
            for lang in ("en", "zh")
            for form in ("svg", "vl.json")
        ),
    }
    assert files == export.everything([result, long, result], both, tables=["csv"])
    out = export.save(files, tmp_path / "out")
    assert {each.relative_to(out).as_posix() for each in out.rglob("*") if each.is_file()} == {*files, SUMS}
    assert [each["kind"] for each in json.loads(files["result.json"])] == [result.kind, long.kind, result.kind]
