"""A result on a terminal: findings, tables by the words of their columns, caveats."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from comity.kernel.result import Result, Table
from comity.report.page import Sheet, sheet
from comity.report.reader import MISSING, Reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console
    from rich.table import Table as Grid

ROWS: Final = 20
"""How many rows of a table a terminal shows."""
MANY: Final = 6
"""From how many columns on words that every row repeats move into the title."""
NARROWEST: Final = 7
"""How many letters of a word a column must hold; columns that would be narrower are left out, last ones first."""
PIECE: Final = re.compile(r"[（“《]*(?:[\u3400-\u9fff]|(?:[^\s\u3400-\u9fff]|\u202f)+)[，。、；：）”》]*[ \n]*|\s+")
"""What a line is not broken inside: a word, a number with its thin spaces, a Chinese character with closing marks."""


def show(result: Result, reader: Reader, console: Console | None = None, *, rows: int = ROWS) -> None:
    """Print a result for one reader: title, findings, tables, caveats, and whence it comes.

    Args:
        result: the result.
        reader: language and names.
        console: where to print, standard output where absent; its width decides how tables wrap.
        rows: how many rows of each table.

    Example:
        >>> from rich.console import Console
        >>> from comity.kernel.result import Text
        >>> from comity.report.reader import reader
        >>> show(Result("a", Text("Who decides?", "谁来决定？")), reader("zh"), Console(width=40, no_color=True))
        谁来决定？
    """
    from rich.console import Console as Screen
    from rich.text import Text as Line

    console = console or Screen()
    console.print(Line(reader.of(result.title), style="bold"))
    for finding in result.findings:
        say(console, reader.sentence(reader.of(finding.text)), left=2)
    for table in result.tables:
        show_table(table, reader, console, rows=rows)
    if result.caveats:
        console.print()
        console.print(Line(reader.word("caveats"), style="bold"))
        for caveat in result.caveats:
            say(console, reader.of(caveat), sign="– ", left=2)
    closing = _closing(result, reader)
    if closing:
        console.print()
        console.print(Line(closing, style="dim"))


def say(console: Console, text: str, *, sign: str = "", left: int = 0, style: str = "") -> None:
    """Print a sentence that hangs behind a sign, broken at spaces or between Chinese characters.

    Args:
        console: where to print.
        text: the sentence.
        sign: what stands before its first line.
        left: how far it is set in.
        style: how it looks.

    Example:
        >>> from rich.console import Console
        >>> say(Console(width=20, no_color=True), "规则（Charter, Article 27）。", sign="– ", left=2)
          – 规则（Charter,
            Article 27）。
    """
    from rich.cells import cell_len
    from rich.text import Text as Line

    for place, line in enumerate(_broken(text, console.width - left - cell_len(sign))):
        before = " " * left + (sign if not place else " " * cell_len(sign))
        console.print(Line(before + line, style=style))


def _broken(text: str, room: int) -> list[str]:
    """A text in lines that fit, broken between pieces only."""
    from rich.cells import cell_len

    lines = [""]
    for piece in PIECE.findall(text):
        if lines[-1] and cell_len((lines[-1] + piece).rstrip()) > room:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def show_table(table: Table, reader: Reader, console: Console, *, rows: int = ROWS) -> None:
    """Print one table for one reader.

    Args:
        table: the table.
        reader: language and names.
        console: where to print.
        rows: how many rows.
    """
    from rich.text import Text as Line

    seen, left_out = _fitting(_told_once(sheet(table, reader, shown=rows)), console.width)
    more = reader.word("no_room", names=reader.listed(left_out)) if left_out else ""
    console.print()
    console.print(_grid(seen, console.width))
    for line in (seen.note, seen.first, more):
        if line:
            console.print(Line(line, style="dim"))


def _told_once(seen: Sheet) -> Sheet:
    """The table with words that every row repeats in its title, and intervals below their values."""
    same = [
        len(seen.rows) > 1 and not heading.numeric and len({row[place] for row in seen.rows}) == 1
        for place, heading in enumerate(seen.headings)
    ]
    if all(same) or len(seen.headings) < MANY:
        same = [False] * len(same)
    first = next(iter(seen.rows), ())
    said = [word for word, each in zip(first, same, strict=False) if each and word != MISSING]
    keep = [place for place, each in enumerate(same) if not each]
    rows = [
        tuple(row[place].replace(" (", "\n(", 1) if seen.headings[place].numeric else row[place] for place in keep)
        for row in seen.rows
    ]
    title = " · ".join([seen.title, *said])
    return replace(seen, title=title, headings=tuple(seen.headings[place] for place in keep), rows=tuple(rows))


def _fitting(seen: Sheet, room: int) -> tuple[Sheet, list[str]]:
    """The columns that can be read in the room there is, and the titles of those that cannot."""
    fewer = seen
    while len(fewer.headings) > 1 and sum(_least(fewer, room, NARROWEST)) + 3 * len(fewer.headings) > room:
        rows = tuple(row[:-1] for row in fewer.rows)
        fewer = replace(fewer, headings=fewer.headings[:-1], rows=rows)
    return fewer, [heading.title for heading in seen.headings[len(fewer.headings) :]]


def _grid(seen: Sheet, room: int) -> Grid:
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text as Line

    grid = Grid(title=Line(seen.title, style="bold"), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    widths = _widths(seen, room)
    for heading, wide in zip(seen.headings, widths, strict=True):
        head = Line(heading.title)
        if heading.unit:
            head.append(f"\n{heading.unit}", style="dim")
        grid.add_column(head, justify="right" if heading.numeric else "left", overflow="fold", width=wide)
    for row in seen.rows:
        told = zip(row, widths, strict=True)
        grid.add_row(
            *(Line("\n".join(line for part in cell.split("\n") for line in _broken(part, wide))) for cell, wide in told)
        )
    return grid


def _widths(seen: Sheet, room: int) -> list[int]:
    """How wide each column is: what room is left goes, letter by letter, to the column that is most squeezed."""
    from rich.cells import cell_len

    found = _least(seen, room)
    cells = [
        [heading.title, heading.unit, *(row[place] for row in seen.rows)] for place, heading in enumerate(seen.headings)
    ]
    wanted = [max(cell_len(line) for cell in column for line in cell.split("\n")) for column in cells]
    found = [min(each, max(most, 1)) for each, most in zip(found, wanted, strict=True)]
    for _ in range(room - sum(found) - 3 * len(found)):
        squeezed = max(range(len(found)), key=lambda place: wanted[place] / found[place])
        if wanted[squeezed] > found[squeezed]:
            found[squeezed] += 1
    return found


def _least(seen: Sheet, room: int, narrowest: int = 1) -> list[int]:
    """How narrow each column may become without breaking words, if there is room; numbers and days stay whole."""
    from rich.cells import cell_len

    def longest(cells: Iterable[str]) -> int:
        return max((cell_len(word) for cell in cells for word in re.split("[ \n]", cell)), default=0)

    numbers = [
        longest(row[place] for row in seen.rows) if heading.numeric or _days(seen, place) else 0
        for place, heading in enumerate(seen.headings)
    ]
    wanted = [
        max(number, longest([heading.title, *(row[place] for row in seen.rows)]))
        for place, (heading, number) in enumerate(zip(seen.headings, numbers, strict=True))
    ]

    def held(most: int) -> list[int]:
        return [max(number, min(each, most)) for each, number in zip(wanted, numbers, strict=True)]

    most = 16
    while most > narrowest and sum(held(most)) + 3 * len(wanted) > room:
        most -= 1
    return held(most)


def _days(seen: Sheet, place: int) -> bool:
    """Whether a column holds days and nothing else."""
    return bool(seen.rows) and all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", row[place]) for row in seen.rows)


def _closing(result: Result, reader: Reader) -> str:
    whence = result.provenance
    parts = [f"{reader.word('as_of')} {whence.on}"] if whence.on else []
    parts += [reader.word("seed", seed=whence.seed)] if whence.seed is not None else []
    sources = ("；" if reader.lang == "zh" else "; ").join(source.rstrip(".") for source in whence.sources)
    parts += [f"{reader.word('source')}{sources}"] if sources else []
    parts += [f"SHA-256 {result.digest[:12]}"] if result.tables or result.values else []
    return " · ".join(parts)
