"""A user's table of the regions of a climate club: read whole, and every problem told at once."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from comity.kernel.canonical import digest
from comity.kernel.errors import DocumentError, InputError, Problem
from comity.library.places import read_text

if TYPE_CHECKING:
    from comity.solvers.participation.climate_club import Regions

NAME = "Country"
SINGLE = {
    "GDP": "income",
    "CO2": "emissions",
    "McKinsey_alpha": "abatement",
    "tariff_alpha": "terms",
    "tariff_beta": "loss",
}
"""The columns with one number a region, and what the model calls them."""
POSITIVE = {"GDP", "CO2", "McKinsey_alpha"}
SALES = "Import_"
"""The beginning of a column of sales: what the region of the row sells to the region of the column."""
MOST = 20


@dataclass(frozen=True)
class ClimateClub:
    """The regions of a climate club as a file tells them.

    Attributes:
        file: the name of the file.
        digest: SHA-256 of its content.
        names: the regions, in the order of the rows.
        regions: their figures.
    """

    file: str
    digest: str
    names: tuple[str, ...]
    regions: Regions


def read_climate_club(path: Path) -> ClimateClub:
    """The regions of a climate club from a CSV file: one row a region.

    Columns: ``Country``; ``GDP`` in billions of US dollars and ``CO2`` in million tonnes a year; ``McKinsey_alpha``,
    the cost of abating everything as a share of income; ``tariff_alpha`` and ``tariff_beta``, what a tariff brings in
    terms of trade and loses in efficiency; and for every region a column ``Import_NAME``, what the region of the row
    sells to it, in billions of US dollars a year. Other columns are left aside.

    **Source**: the form of the inputs of Nordhaus (2015), American Economic Review 105(4): 1339-1370, as its
    replications use it. No such file ships.

    Raises:
        DocumentError: with every problem of the file: columns that are missing, numbers that are none, regions that
            stand twice.
        InputError: where the file cannot be read, or has fewer than two regions or more than twenty.
    """
    import numpy as np

    from comity.solvers.participation.climate_club import Regions

    text = read_text(path)
    lines = csv.DictReader(io.StringIO(text, newline=""))
    header = [name.strip() for name in lines.fieldnames or ()]
    lines.fieldnames = header
    rows = [(lines.line_num, row) for row in lines if any(row.values())]
    names = [(row.get(NAME) or "").strip() for _, row in rows]
    problems = _header(header, names) + _names(rows, names)
    if problems:
        raise DocumentError(path.name, problems)
    if not 2 <= len(names) <= MOST:
        raise InputError(f"{path.name}: {len(names)} regions.", mend=f"A climate club has 2 to {MOST} of them.")
    columns: dict[str, list[float]] = {}
    for column in [*SINGLE, *(f"{SALES}{name}" for name in names)]:
        place = header.index(column) + 1
        read = [_number(row.get(column), column) for _, row in rows]
        for (line, _), value in zip(rows, read, strict=True):
            if isinstance(value, str):
                problems.append(
                    Problem(line, place, column, value, "Write a number such as 123.4; 0 where nothing is sold.")
                )
        columns[column] = [0.0 if isinstance(value, str) else value for value in read]
    if problems:
        raise DocumentError(path.name, problems)
    matrix = np.column_stack([columns[f"{SALES}{name}"] for name in names])
    np.fill_diagonal(matrix, 0.0)
    single = {what: np.array(columns[column]) for column, what in SINGLE.items()}
    return ClimateClub(path.name, digest(text.encode()), tuple(names), Regions(sales=matrix, **single))


def _header(header: list[str], names: list[str]) -> list[Problem]:
    wanted = [NAME, *SINGLE, *(f"{SALES}{name}" for name in dict.fromkeys(names) if name)]
    found = [
        Problem(1, 1, column, "this column is missing", "Add it to the first line and to every row.")
        for column in wanted
        if column not in header
    ]
    twice = {column for column in header if header.count(column) > 1 and column in wanted}
    return found + [Problem(1, header.index(each) + 1, each, "stands twice", "Keep one of the two.") for each in twice]


def _names(rows: list[tuple[int, dict[str, str]]], names: list[str]) -> list[Problem]:
    found: list[Problem] = []
    for place, ((line, _), name) in enumerate(zip(rows, names, strict=True)):
        if not name:
            found.append(Problem(line, 1, NAME, "a region has no name", "Write one."))
        elif name in names[:place]:
            found.append(Problem(line, 1, NAME, f"'{name}' stands twice", "Keep one of the two rows."))
    return found


def _number(text: str | None, column: str) -> float | str:
    """The number, or what is wrong with it."""
    try:
        value = float(text or "")
    except ValueError:
        return f"'{text or ''}' is not a number"
    if not math.isfinite(value) or value < 0:
        return f"{text} is not a number of nought or more"
    if value == 0 and column in POSITIVE:
        return "nought is no figure here"
    return value
