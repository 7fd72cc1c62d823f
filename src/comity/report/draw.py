"""Drawing a chart: its Vega-Lite specification for one reader, and the SVG that vl-convert makes of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, cast

from comity.kernel.canonical import dumps, plain
from comity.kernel.result import Chart, Table, Text
from comity.report.reader import THIN, Reader
from comity.report.svg import Writing, breadth, framed, size, tidy

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
"""The dialect: Vega-Lite 6, which vl-convert draws from version 1.8 on."""

OKABE_ITO: Final = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442", "#000000")
"""Eight colours that colour-blind readers can tell apart (Okabe and Ito 2008)."""

FONT: Final = (
    "Liberation Sans, Arial, Helvetica, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, Source Han Sans SC, sans-serif"
)
LOCALE: Final = {"decimal": ".", "thousands": THIN, "grouping": [3], "currency": ["$", ""], "minus": "\u2212"}
_INK, _SOFT, _GRID = "#1f2933", "#52606d", "#e4e7eb"
_TITLE, _SUBTITLE, _CAPTION = 16.0, 12.5, 10.5
"""The sizes of a title, a subtitle and a caption in pixels."""
_CLOSING, _OPENING = "，。；：、）》”’？！,.;:)?!%", "（《“‘("
"""Marks that no line begins with, and marks that none ends with."""


def specification(chart: Chart, table: Table, reader: Reader, *, titled: bool = True) -> dict[str, Any]:
    """The chart as self-contained Vega-Lite for one reader: texts resolved, rows of its table embedded.

    Args:
        chart: the chart; its ``spec`` is left as it is.
        table: the table it refers to.
        reader: language and names.
        titled: whether title and subtitle are drawn (a page that prints them itself leaves them out).

    Returns:
        A dictionary that any Vega-Lite 6 program draws without further files.

    Example:
        >>> import polars as pl
        >>> from comity.kernel.result import Column
        >>> from comity.model.actor import Actors
        >>> share = Table("s", Text("Share"), (Column("p", Text("Share")),), pl.DataFrame({"p": [0.2]}))
        >>> bar = Chart("b", "s", Text("One fifth", "五分之一"), Text("Share"), Text("A bar."), {"mark": "bar"})
        >>> specification(bar, share, Reader("zh", "cldr", Actors([])))["title"]["text"]
        ['五分之一']
    """
    spec = cast("dict[str, Any]", _resolved(chart.spec, reader))
    asked = cast("dict[str, Any]", spec.pop("config", {}))
    asked_width = spec.get("width")
    room = float(asked_width) if isinstance(asked_width, int | float) else 600.0
    title = {
        "text": lines(reader.of(chart.title), room / _TITLE, bold=True),
        "subtitle": lines(reader.of(chart.subtitle), room / _SUBTITLE),
    }
    head = {"$schema": SCHEMA, "description": reader.of(chart.alt)} | ({"title": title} if titled else {})
    data = {"name": table.name, "values": rows(table, reader)}
    notes = {"usermeta": {"caption": reader.of(chart.caption)}} if chart.caption.en else {}
    return head | {"data": data} | spec | notes | {"config": _merged(_config(titled=titled), asked)}


def rows(table: Table, reader: Reader) -> list[dict[str, Any]]:
    """The rows of a table with ``<column>_label`` beside each column of actors or labelled words.

    Example:
        >>> import polars as pl
        >>> from comity.kernel.result import Column
        >>> from comity.model.actor import Actor, Actors
        >>> who = Column("iso3", Text("State"), actor=True)
        >>> france = Actors([Actor("FRA", {"cldr": Text("France", "法国")})])
        >>> rows(Table("t", Text("T"), (who,), pl.DataFrame({"iso3": ["FRA"]})), Reader("zh", "cldr", france))
        [{'iso3': 'FRA', 'iso3_label': '法国'}]
    """
    named = [column for column in table.columns if column.actor or column.labels is not None]
    made: list[dict[str, Any]] = []
    for row in table.frame.to_dicts():
        labels = {f"{column.name}_label": reader.label(column, row[column.name]) for column in named}
        made.append(cast("dict[str, Any]", plain(row)) | {name: plain(label) for name, label in labels.items()})
    return made


def svg(chart: Chart, table: Table, reader: Reader, *, key: str = "", titled: bool = True) -> str:
    """The chart as SVG.

    Args:
        chart: the chart.
        table: its table.
        reader: language and names.
        key: what the ids in the picture begin with; unique in a page (the chart's name where empty).
        titled: whether title, subtitle and caption are drawn; then the ground is white, else it is transparent.

    Raises:
        ValueError: where Vega-Lite cannot draw the specification, with its reason.
    """
    try:
        drawn = _drawn(dumps(specification(chart, table, reader, titled=False)))
    except ValueError as error:
        reason = str(error).split("\n    at ")[0].split("Error: ")[-1].strip()
        raise ValueError(f"The chart '{chart.name}' cannot be drawn: {reason}") from error
    picture = tidy(drawn, key=key or chart.name, alt=reader.of(chart.alt), font=FONT)
    if not titled:
        return picture
    room = max(320.0, size(picture)[0])
    above = [
        Writing(lines(reader.of(chart.title), room / _TITLE, bold=True), _TITLE, _INK, "bold"),
        Writing(lines(reader.of(chart.subtitle), room / _SUBTITLE), _SUBTITLE, _SOFT),
    ]
    caption = reader.of(chart.caption)
    return framed(picture, above, [Writing(lines(caption, room / _CAPTION), _CAPTION, _SOFT)] if caption else [])


@lru_cache(maxsize=256)
def _drawn(spec: str) -> str:
    import vl_convert

    return vl_convert.vegalite_to_svg(spec, format_locale=LOCALE, allowed_base_urls=[], show_warnings=False)


def _resolved(value: Any, reader: Reader) -> Any:
    if isinstance(value, Text):
        return reader.of(value)
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, Any]", value).items()
        return {str(name): _resolved(each, reader) for name, each in pairs}
    if isinstance(value, list | tuple):
        return [_resolved(each, reader) for each in cast("Sequence[Any]", value)]
    return plain(value)


def _config(*, titled: bool) -> dict[str, Any]:
    axis = {
        "labelColor": _INK, "titleColor": _SOFT, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
        "labelLimit": 260, "titleLimit": 520, "gridColor": _GRID, "domain": False, "tickColor": _GRID,
        "labelPadding": 6, "titlePadding": 8, "labelOverlap": True, "labelFlush": False, "labelSeparation": 4,
    }  # fmt: skip
    legend = {"labelColor": _INK, "titleColor": _SOFT, "labelFontSize": 12, "titleFontSize": 12, "labelLimit": 320}
    title = {
        "anchor": "start", "frame": "bounds", "color": _INK, "fontSize": _TITLE, "subtitleColor": _SOFT,
        "subtitleFontSize": _SUBTITLE, "subtitlePadding": 5, "offset": 14, "lineHeight": 21, "subtitleLineHeight": 17,
    }  # fmt: skip
    return {
        "font": FONT,
        "background": "white" if titled else None,
        "padding": 8 if titled else 2,
        "view": {"stroke": None, "continuousWidth": 600, "continuousHeight": 300},
        "axis": axis,
        "axisY": {"ticks": False},
        "legend": legend | {"titleFontWeight": "normal", "symbolStrokeWidth": 1.5, "titleLimit": 320},
        "header": {
            "labelColor": _INK,
            "titleColor": _SOFT,
            "labelFontSize": 12.5,
            "titleFontSize": 12,
            "labelLimit": 320,
        },
        "title": title,
        "range": {"category": list(OKABE_ITO), "ramp": {"scheme": "cividis"}, "heatmap": {"scheme": "cividis"}},
        "text": {"fontSize": 12, "color": _INK},
        "bar": {"color": OKABE_ITO[0]},
        "point": {"color": OKABE_ITO[0], "filled": True, "size": 70},
        "rule": {"color": _SOFT},
        "line": {"color": OKABE_ITO[0]},
        "rect": {"color": OKABE_ITO[0]},
    }


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(under)
    for name, value in over.items():
        below = made.get(name)
        both = isinstance(below, Mapping) and isinstance(value, Mapping)
        made[name] = _merged(cast("Mapping[str, Any]", below), cast("Mapping[str, Any]", value)) if both else value
    return made


def lines(text: str, most: float, *, bold: bool = False) -> list[str]:
    """A text in lines of at most ``most`` times the size of the writing; a number keeps its per-cent sign.

    Args:
        text: the text.
        most: how much room there is, in widths of a Chinese character.
        bold: whether it is written in bold.

    Example:
        >>> lines("one two three", 4)
        ['one two', 'three']
    """
    made = [""]
    for piece in _pieces(text):
        if made[-1] and piece.strip() and breadth(made[-1] + piece.rstrip(), bold=bold) > most:
            made.append("")
        made[-1] += piece
    return [each.strip() for each in made]


def _pieces(text: str) -> list[str]:
    """What a line is not broken inside: words with the marks around them, single Chinese characters with theirs."""
    pieces: list[str] = []
    for letter in text:
        last = pieces[-1][-1] if pieces else " "
        breaks = letter in " \n" or last in " \n" or _wide(letter) or _wide(last)
        if pieces and (not breaks or letter in _CLOSING or last in _OPENING):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"
