"""A table as an Excel workbook: the data on one sheet, what they mean on another, a fixed creation date."""

from __future__ import annotations

import datetime
import io
import math
from typing import Any, Final

from comity.kernel.result import Language, Table

CREATED: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""The creation date of every workbook, so that equal tables give equal bytes."""


def workbook(table: Table, lang: Language) -> bytes:
    """The workbook of one table.

    Args:
        table: the table.
        lang: language of the README sheet.

    Returns:
        The bytes of an xlsx file with the sheets ``data`` and ``README``.

    Example:
        >>> import polars as pl
        >>> from comity.kernel.result import Column, Text
        >>> t = Table("t", Text("T"), (Column("n", Text("N")),), pl.DataFrame({"n": [1]}))
        >>> workbook(t, "en") == workbook(t, "en")
        True
    """
    import xlsxwriter

    file = io.BytesIO()
    book: Any = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"title": table.title.of(lang), "author": "comity", "created": CREATED})
    bold = book.add_format({"bold": True, "bottom": 1})
    _data(book.add_worksheet("data"), table, bold)
    _readme(book.add_worksheet("README"), table, lang, bold)
    book.close()
    return file.getvalue()


def _data(sheet: Any, table: Table, bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    rows = table.rows()
    for place, column in enumerate(table.columns):
        values = [_cell(row[column.name]) for row in rows]
        sheet.write(0, place, column.name, bold)
        for line, value in enumerate(values, start=1):
            sheet.write(line, place, value)
        sheet.set_column(place, place, min(48, max([len(column.name), *(len(str(value)) for value in values)]) + 2))


def _readme(sheet: Any, table: Table, lang: Language, bold: Any) -> None:
    sheet.set_column(0, 3, 32)
    sheet.write(0, 0, table.title.of(lang), bold)
    sheet.write(1, 0, table.note.of(lang))
    headings = ("列", "含义", "单位", "来源") if lang == "zh" else ("column", "meaning", "unit", "source")
    for place, heading in enumerate(headings):
        sheet.write(3, place, heading, bold)
    for line, column in enumerate(table.columns, start=4):
        for place, text in enumerate((column.name, column.title.of(lang), column.unit, column.source)):
            sheet.write(line, place, text)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return " ".join(str(each) for each in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    return value
