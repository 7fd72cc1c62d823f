"""A table of scores that a user gives: read whole, and every problem told with line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass, field
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
    r"""The scores of a CSV text, one line a judgement.

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
        >>> held = read_scores("commitment,member,value,assessor,year\nc1,Japan,+1,rg,2022\n", "s.csv", actors())
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
        read = _Row(line, header, dict(zip(header, (cell.strip() for cell in cells), strict=True))).read(
            actors, members
        )
        if isinstance(read, Score):
            scores.append(read)
            places.append(line)
        else:
            problems += read
    for place, name, what, mend in flaws(scores):
        column = header.index(name) + 1 if name in header else 1
        problems.append(Problem(places[place], column, name, what, mend, "law"))
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


@dataclass
class _Row:
    """One line of the file."""

    line: int
    header: list[str]
    cells: dict[str, str]
    problems: list[Problem] = field(default_factory=list[Problem])

    def complain(self, name: str, what: str, mend: str) -> None:
        column = self.header.index(name) + 1 if name in self.header else 1
        self.problems.append(Problem(self.line, column, name, what, mend))

    def read(self, actors: Actors, members: Collection[str] | None) -> Score | list[Problem]:
        given: dict[str, Any] = {name: text for name, text in self.cells.items() if text}
        given["value"] = VALUES.get(self.cells["value"])
        if given["value"] is None:
            mend = "Write -1, 0 or +1, and leave out who was not scored."
            self.complain("value", f"'{self.cells['value']}' is no score", mend)
        given["member"] = self.member(actors, members)
        for name in ("commitment", "assessor"):
            if not self.cells[name]:
                self.complain(name, f"the {name} is empty", "Every score has one.")
        for name in {"version", "supersedes", "year"} & given.keys():
            given[name] = self.whole(name, given[name])
        if "evidence" in given:
            given["evidence"] = tuple(given["evidence"].split())
        if self.problems:
            return self.problems
        try:
            return Score.model_validate(given)
        except ValidationError as error:
            for each in error.errors(include_url=False):
                mend = "Write days as 2026-02-06, and years and versions as whole numbers."
                self.complain(str(each["loc"][0]), each["msg"][:1].lower() + each["msg"][1:], mend)
            return self.problems

    def member(self, actors: Actors, members: Collection[str] | None) -> str | None:
        try:
            code = actors.find(self.cells["member"]).code
        except InputError as error:
            self.complain("member", error.message.rstrip("."), error.mend)
            return None
        if members is not None and code not in members:
            self.complain("member", f"{code} is no member", f"Members: {', '.join(sorted(members))}.")
        return code

    def whole(self, name: str, text: str) -> int | None:
        if not (text.isascii() and text.isdigit()):
            self.complain(name, f"'{text}' is no whole number", "Write 1, 2 ... or a year of four digits.")
            return None
        return int(text)
