"""Options that mean the same in every command, and how answers reach the terminal."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from comity.kernel.errors import InputError
from comity.kernel.result import Result

Progress = Callable[[int, int, str], None]


@Parameter(name="*")
@dataclass(frozen=True)
class Common:
    """Options that every command takes."""

    on: Annotated[str | None, Parameter(help="The day at which institutions are read (2026-02-06).")] = None
    lang: Annotated[Literal["en", "zh", "both"], Parameter(help="Language of what is shown.")] = "en"
    names: Annotated[Literal["cldr", "un", "iso"], Parameter(help="By which policy states are named.")] = "cldr"
    figures: Annotated[Path | None, Parameter(help="A file of figures laid over the shipped ones.")] = None
    json: Annotated[bool, Parameter(negative=(), help="Print the result as JSON.")] = False

    @property
    def date(self) -> datetime.date | None:
        """The day asked for.

        Raises:
            InputError: where it is no date.
        """
        if self.on is None:
            return None
        try:
            return datetime.date.fromisoformat(self.on)
        except ValueError:
            raise InputError(f"--on {self.on}: this is not a date.", mend="Write it as 2026-02-06.") from None


def codes(listed: Sequence[str]) -> tuple[str, ...]:
    """Names given one by one or joined by commas.

    Example:
        >>> codes(["g7,brics", "imf"])
        ('g7', 'brics', 'imf')
    """
    return tuple(part.strip() for each in listed for part in each.split(",") if part.strip())


@contextmanager
def progress() -> Generator[Progress]:
    """A progress bar on the terminal; silence where there is none."""
    if not sys.stderr.isatty():
        yield lambda _done, _total, _note: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda done, total, note: bar.update(task, completed=done, total=total, description=note)


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def show(result: Result, common: Common) -> None:
    """Print a result: as JSON where asked, else its findings, tables and caveats."""
    if common.json:
        print_json(result.as_json())
        return
    from comity.library.actors import actors
    from comity.report.reader import readers
    from comity.report.terminal import show as shown

    for reader in readers(common.lang, common.names, actors()):
        shown(result, reader)
