"""A table of scores that a user gives: read whole, and every problem told with line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from comity.kernel.canonical import digest
from comity.kernel.errors import DocumentError, InputError, Problem
from comity.library.places import read_text
from comity.model.actor import Actors
from comity.model.score import Score, flaws

NEEDED = ("commitment", "member", "value", "assessor", "year")
OPTIONAL = ("coder", "guideline", "version", "supersedes", "round", "evidence", "since", "until", "given", "issue")
VALUES = {"-1": -1, "−1": -1, "0": 0, "1": 1, "+1": 1}
"""How a value is written; 0.5 and 71 % are none."""


@dataclass(frozen=True)
class Scores:
    """The scores of a file and its digest."""

    scores: tuple[Score, ...]
    digest: str


def read_scores(text: str, file: str, actors: Actors, members: Collection[str] | None = None) -> Scores:
    """The scores of a CSV text, one line a judgement.

    Args:
        text: the content, with the columns commitment, member, value, assessor and year, and others where wanted.
        file: its name, for messages.
        actors: the table of states.
        members: who may be scored; anybody where absent.

    Raises:
        DocumentError: with every problem, by line and column: a value that is none of -1, 0, +1, an unknown member, a
            score without assessor, a version that stands twice, a coder alone.

    Example:
        >>> from comity.library.actors import actors
        >>> held = read_scores("commitment,member,value,assessor,year\\nc1,Japan,+1,rg,2022\\n", "s.csv", actors())
        >>> held.scores[0].member, held.scores[0].value
        ('JPN', 1)
    """
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    problems: list[Problem] = []
    try:
        header = [name.strip() for name in next(lines, list[str]())]
        problems += _header(header)
        rows = [(lines.line_num, cells) for cells in lines if any(cells)]
    except csv.Error as error:
        raise InputError(f"{file}: this cannot be read as CSV ({error}).", mend="Save it as CSV in UTF-8.") from None
    scores: list[Score] = []
    places: list[int] = []
    for line, cells in [] if problems else rows:
        if len(cells) != len(header):
            what = f"{len(cells)} cells, where the first line names {len(header)} columns"
            problems.append(Problem(line, 1, "", what, "Put texts with commas in quotation marks."))
            continue
        read = _row(line, header, dict(zip(header, (cell.strip() for cell in cells), strict=True)), actors, members)
        if isinstance(read, Score):
            scores.append(read)
            places.append(line)
        else:
            problems += read
    for place, field, what, mend in flaws(scores):
        column = header.index(field) + 1 if field in header else 1
        problems.append(Problem(places[place], column, field, what, mend, "law"))
    if problems:
        raise DocumentError(file, problems)
    return Scores(tuple(scores), digest(text.encode()))


def scores(path: Path | str, actors: Actors, members: Collection[str] | None = None) -> Scores:
    """The scores of a file.

    Raises:
        DocumentError: with every problem of it.
        InputError: where it cannot be read.
    """
    return read_scores(read_text(Path(path)), Path(path).name, actors, members)


def _header(header: list[str]) -> list[Problem]:
    mend = f"It needs {', '.join(NEEDED)}; it may have {', '.join(OPTIONAL)}."
    unknown = [name for name in header if name not in {*NEEDED, *OPTIONAL}]
    found = [Problem(1, header.index(name) + 1, name, f"there is no column '{name}'", mend) for name in unknown]
    if lacking := [name for name in NEEDED if name not in header]:
        found.append(Problem(1, 1, "", f"columns are missing: {', '.join(lacking)}", mend))
    if len(set(header)) < len(header):
        found.append(Problem(1, 1, "", "a column stands twice", "Keep one of the two."))
    return found


def _row(
    line: int, header: list[str], cells: dict[str, str], actors: Actors, members: Collection[str] | None
) -> Score | list[Problem]:
    found: list[Problem] = []

    def complain(field: str, what: str, mend: str) -> None:
        found.append(Problem(line, header.index(field) + 1, field, what, mend))

    given: dict[str, Any] = {name: text for name, text in cells.items() if text}
    if cells["value"] in VALUES:
        given["value"] = VALUES[cells["value"]]
    else:
        complain("value", f"'{cells['value']}' is no score", "Write -1, 0 or +1, and leave out who was not scored.")
    try:
        given["member"] = actors.find(cells["member"]).code
        if members is not None and given["member"] not in members:
            complain("member", f"{given['member']} is no member", f"Members: {', '.join(sorted(members))}.")
    except InputError as error:
        complain("member", error.message.rstrip("."), error.mend)
    for name in ("commitment", "assessor"):
        if not cells[name]:
            complain(name, f"the {name} is empty", "Every score has one.")
    for name in ("version", "supersedes", "year"):
        if name in given and not (given[name].isascii() and given[name].isdigit()):
            complain(name, f"'{given[name]}' is no whole number", "Write 1, 2 ... or a year of four digits.")
        elif name in given:
            given[name] = int(given[name])
    if "evidence" in given:
        given["evidence"] = tuple(given["evidence"].split())
    if found:
        return found
    try:
        return Score.model_validate(given)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            name = str(each["loc"][0])
            column = header.index(name) + 1 if name in header else 1
            mend = "Write days as 2026-02-06, and years and versions as whole numbers."
            found.append(Problem(line, column, name, each["msg"][:1].lower() + each["msg"][1:], mend))
        return found
