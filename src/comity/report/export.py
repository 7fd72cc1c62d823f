"""Results as files: tables as CSV, Parquet, xlsx and JSON, charts as Vega-Lite and SVG, the same bytes each time."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from comity.kernel.canonical import plain
from comity.kernel.errors import InputError
from comity.kernel.result import Chart, Language, Result, Table
from comity.library import writing
from comity.report import draw
from comity.report.page import stems
from comity.report.reader import Reader
from comity.report.sheets import workbook

if TYPE_CHECKING:
    import polars as pl

TableFormat = Literal["csv", "parquet", "xlsx", "json"]
ChartFormat = Literal["vl.json", "svg"]
TABLE_FORMATS: Final[tuple[TableFormat, ...]] = get_args(TableFormat)
CHART_FORMATS: Final[tuple[ChartFormat, ...]] = get_args(ChartFormat)


def table(given: Table, form: TableFormat, *, bom: bool = False, lang: Language = "en") -> bytes:
    r"""One table as the bytes of a file: codes and full precision, as the data are.

    Args:
        given: the table.
        form: ``csv`` (UTF-8, comma, header of column names), ``parquet``, ``xlsx`` (a README sheet tells titles, units
            and sources) or ``json`` (columns with titles, units and sources, then rows).
        bom: whether a CSV begins with the mark by which Excel knows UTF-8.
        lang: language of the README sheet.

    Returns:
        Equal bytes for equal tables.

    Raises:
        InputError: for a form that the program does not write.

    Example:
        >>> import polars as pl
        >>> from comity.kernel.result import Column, Text
        >>> t = Table("t", Text("T"), (Column("iso3", Text("State")),), pl.DataFrame({"iso3": ["FRA"]}))
        >>> table(t, "csv")
        b'iso3\nFRA\n'
    """
    if form == "csv":
        return (b"\xef\xbb\xbf" if bom else b"") + _flat(given).write_csv().encode()
    if form == "parquet":
        file = io.BytesIO()
        given.frame.write_parquet(file, compression="zstd", statistics=True)
        return file.getvalue()
    if form == "xlsx":
        return workbook(given, lang)
    if form == "json":
        return _json(_described(given))
    raise InputError(f"Tables are not written as '{form}'.", mend=f"Choose {', '.join(TABLE_FORMATS)}.")


def chart(given: Chart, its: Table, form: ChartFormat, reader: Reader) -> bytes:
    """One chart as the bytes of a file that stands alone.

    Args:
        given: the chart.
        its: the table it refers to.
        form: ``vl.json`` (Vega-Lite with the rows in it) or ``svg``.
        reader: language and names.

    Raises:
        InputError: for a form that the program does not write.
        ValueError: where the chart cannot be drawn.
    """
    if form == "vl.json":
        return _json(draw.specification(given, its, reader))
    if form == "svg":
        return f"{draw.svg(given, its, reader)}\n".encode()
    raise InputError(f"Charts are not written as '{form}'.", mend=f"Choose {', '.join(CHART_FORMATS)}.")


def result(given: Result) -> bytes:
    """A whole result as JSON, as ``--json`` prints it."""
    return _json(given.as_json())


def everything(
    results: Sequence[Result],
    readers: Sequence[Reader],
    *,
    tables: Sequence[TableFormat] = ("csv", "parquet"),
    charts: Sequence[ChartFormat] = CHART_FORMATS,
    bom: bool = False,
) -> dict[str, bytes]:
    """Every table and chart of several results, by the path each has in the result folder.

    Args:
        results: the results in the order of the dossier.
        readers: one per language; where there are several, charts carry ``.en`` or ``.zh`` in their name.
        tables: forms of tables.
        charts: forms of charts.
        bom: whether CSV files begin with a byte-order mark.

    Returns:
        ``tables/KIND-TABLE.csv`` and so on, ``charts/KIND-CHART.svg`` and so on, and ``result.json`` with all results.
    """
    made: dict[str, bytes] = {}
    for stem, each in zip(stems(results), results, strict=True):
        for own in each.tables:
            made |= {f"tables/{stem}-{own.name}.{form}": table(own, form, bom=bom) for form in tables}
        for own in each.charts:
            for reader in readers:
                name = f"charts/{stem}-{own.name}" + (f".{reader.lang}" if len(readers) > 1 else "")
                made |= {f"{name}.{form}": chart(own, each.table(own.table), form, reader) for form in charts}
    made["result.json"] = _json([each.as_json() for each in results])
    return made


def save(files: Mapping[str, bytes], to: Path) -> Path:
    """Write a whole result folder, or leave the one that stood there as it was.

    Args:
        files: content by path within the folder.
        to: the folder.

    Raises:
        DestinationError: where it cannot be written.
    """
    with writing.folder(to) as building:
        for name, data in files.items():
            writing.write(building / name, data)
    return to


def _flat(given: Table) -> pl.DataFrame:
    """The table with lists joined by spaces, and with columns of whole numbers written without a decimal point."""
    import polars as pl

    frame = given.frame
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    floats = [name for name, kind in frame.schema.items() if kind == pl.Float64]
    known = {name: frame[name].drop_nulls() for name in floats}
    whole = [name for name, each in known.items() if len(each) and bool(((each % 1 == 0) & (each.abs() < 2**53)).all())]
    joined = [pl.col(name).cast(pl.List(pl.String)).list.join(" ") for name in lists]
    return frame.with_columns(*joined, *(pl.col(name).cast(pl.Int64) for name in whole))


def _described(given: Table) -> dict[str, Any]:
    columns = [
        {"name": each.name, "title": plain(each.title), "unit": each.unit, "source": each.source}
        for each in given.columns
    ]
    head = {"name": given.name, "title": plain(given.title), "note": plain(given.note)}
    return head | {"columns": columns, "rows": given.rows()}


def _json(value: Any) -> bytes:
    return (json.dumps(plain(value), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
