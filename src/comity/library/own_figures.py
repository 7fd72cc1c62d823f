"""A user's own table of figures: read whole, and every problem told at once."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from comity.kernel.errors import DocumentError, InputError, Problem
from comity.kernel.result import Text
from comity.library.places import read_text
from comity.model.actor import Actors
from comity.model.panel import COLUMNS, STATUSES, Indicator

OPTIONAL = {"low", "high", "licence", "status"}
_RATE = re.compile(r"%|per cent|percent|\bper\b|index|score|ratio", re.IGNORECASE)
LARGEST = 1e150
"""The largest figure that is read: sums and squares of the figures of all states stay numbers."""
_LIKE_A_DATE = re.compile(r"(1[89]|20|21)\d\d")


@dataclass(frozen=True)
class OwnFigures:
    """A user's figures, checked.

    Attributes:
        rows: the cells in the order of the columns.
        indicators: the indicators that do not ship with the program.
    """

    rows: list[tuple[Any, ...]]
    indicators: dict[str, Indicator]


def _lines(path: Path) -> tuple[list[str], Iterator[tuple[int, dict[str, str]]]]:
    """The column names, and each row with its line number (of a Parquet file: its row number)."""
    if path.suffix.lower() == ".parquet":
        import polars as pl

        try:
            frame = pl.read_parquet(path)
        except FileNotFoundError:
            raise InputError(f"{path}: there is no such file.", mend="Check the path.") from None
        except (pl.exceptions.PolarsError, OSError):
            raise InputError(f"{path}: not a Parquet file.", mend="Write it again, or use CSV.") from None
        rows = ({name: "" if each is None else str(each) for name, each in row.items()} for row in frame.to_dicts())
        return frame.columns, enumerate(rows, 1)
    lines = csv.reader(io.StringIO(read_text(path), newline=""))
    header = [name.strip() for row in islice(lines, 1) for name in row]
    return header, (
        (lines.line_num, dict(zip(header, [*row, *[""] * len(header)], strict=False))) for row in lines if any(row)
    )


@dataclass
class _Reading:
    """One pass over a user's file."""

    actors: Actors
    known: Mapping[str, Indicator]
    problems: list[Problem] = field(default_factory=list[Problem])
    rows: list[tuple[Any, ...]] = field(default_factory=list[tuple[Any, ...]])
    seen: dict[tuple[str, str, int], int] = field(default_factory=dict[tuple[str, str, int], int])
    units: dict[str, str] = field(default_factory=dict[str, str])

    def complain(self, line: int, column: str, what: str, mend: str) -> None:
        place = COLUMNS.index(column) + 1 if column in COLUMNS else 1
        self.problems.append(Problem(line, place, column, what, mend))

    def header(self, columns: Iterable[str]) -> None:
        given = list(columns)
        for name in given:
            if name not in COLUMNS:
                self.complain(1, "", f"there is no column '{name}'", f"The columns are {', '.join(COLUMNS)}.")
        missing = [name for name in COLUMNS if name not in given and name not in OPTIONAL]
        if missing:
            self.complain(1, "", f"columns are missing: {', '.join(missing)}", "Add them to the first line.")
        if len(set(given)) < len(given):
            self.complain(1, "", "a column stands twice", "Keep one of the two.")

    def number(self, line: int, column: str, text: str) -> float | None:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if math.isfinite(value) and abs(value) > LARGEST:
            self.complain(line, column, f"'{text}' is too large to be summed", "Write it in a larger unit.")
            return None
        if not math.isfinite(value):
            self.complain(line, column, f"'{text}' is not a number", "Write 1234.5, without blanks or thousands marks.")
            return None
        return value

    def year(self, line: int, text: str) -> int | None:
        if not _LIKE_A_DATE.fullmatch(text.removesuffix(".0")):
            self.complain(line, "year", f"'{text}' is not a year", "Write four digits, such as 2024.")
            return None
        return int(text.removesuffix(".0"))

    def state(self, line: int, text: str) -> str | None:
        try:
            return self.actors.find(text).code
        except InputError as error:
            self.complain(line, "iso3", error.message.rstrip("."), error.mend)
            return None

    def unit(self, line: int, indicator: str, unit: str) -> None:
        described = self.known.get(indicator)
        wanted = described.unit if described else self.units.setdefault(indicator, unit)
        if unit != wanted:
            self.complain(
                line, "unit", f"'{indicator}' is in {wanted or 'no unit'}, here in {unit or 'no unit'}",
                "Convert the figures, or give them an indicator of their own.",
            )  # fmt: skip

    def row(self, line: int, cells: Mapping[str, str]) -> None:
        text = {column: cells.get(column, "").strip() for column in COLUMNS}
        before = len(self.problems)
        for column in ("indicator", "source"):
            if not text[column]:
                self.complain(line, column, f"the {column} is empty", "Every figure has one.")
        status = text["status"] or "reported"
        if status not in STATUSES:
            self.complain(line, "status", f"there is no status '{status}'", f"Write {', '.join(STATUSES)}.")
        self.unit(line, text["indicator"], text["unit"])
        code, year = self.state(line, text["iso3"]), self.year(line, text["year"])
        value = self.number(line, "value", text["value"])
        low, high = (self.number(line, name, text[name]) if text[name] else None for name in ("low", "high"))
        if value is not None and not (value if low is None else low) <= value <= (value if high is None else high):
            self.complain(line, "value", f"{text['value']} is not between low and high", "Mend one of the three.")
        if code and year is not None:
            first = self.seen.setdefault((text["indicator"], code, year), line)
            if first != line:
                self.complain(
                    line, "iso3", f"{text['indicator']} of {code} in {year} stands on line {first} already", "Keep one."
                )
        if len(self.problems) == before:
            named = (code, text["indicator"], year, value, text["unit"], low, high)
            self.rows.append((*named, status, text["source"], text["licence"]))


def _new(reading: _Reading, file: str) -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    for name, unit in reading.units.items():
        own = [row for row in reading.rows if row[1] == name]
        found[name] = Indicator(
            id=name,
            title=Text(name.replace("_", " ")),
            unit=unit,
            nature="rate" if _RATE.search(unit) else "amount",
            signed=any(row[3] < 0 for row in own),
            definition=Text(f"As given in {file}.", f"以 {file} 为准。"),
            sources={row[8]: f"{row[8]} ({row[9] or 'licence not stated'})" for row in own},
        )
    return found


def read_own(path: Path, actors: Actors, known: Mapping[str, Indicator]) -> OwnFigures:
    """A user's figures, where all is well with them.

    A state may be given by its code or by any spelling the table of states knows. An indicator that is not known is
    new; it is a rate where its unit says so (``%``, ``per``, index), else an amount.

    Raises:
        DocumentError: with every problem of the file, by line: unknown columns, states, statuses, numbers that are
            none, units that differ within an indicator, cells that stand twice.
        InputError: where the file cannot be read at all.
    """
    columns, lines = _lines(path)
    reading = _Reading(actors, known)
    reading.header(columns)
    if not reading.problems:
        for line, cells in lines:
            reading.row(line, cells)
    if reading.problems:
        raise DocumentError(path.name, reading.problems)
    return OwnFigures(reading.rows, _new(reading, path.name))
