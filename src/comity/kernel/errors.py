"""The errors a user can meet, each with one message: where, what, why, how to mend it.

::

    ComityError                     exit code
    ├── InputError                  2   what the user gave cannot be used
    │   ├── DocumentError           2   a file has problems, all listed with line and column
    │   ├── UnknownName             2   a name is not known, near ones are suggested
    │   └── AmbiguousName           2   a name fits several things
    ├── NotComputable               3   the question is sound, this program or these data cannot answer it
    ├── DestinationError            4   a result could not be written
    ├── SourceError                 5   an outside source did not answer as documented
    └── Cancelled                 130   the user interrupted; finished work is kept
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ClassVar, Literal


class ComityError(Exception):
    """Something a user can mend; ``exit_code`` is what the command line returns."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, mend: str = "") -> None:
        self.message = message
        self.mend = mend
        super().__init__(f"{message} {mend}".strip())


class InputError(ComityError):
    """What the user gave cannot be used."""

    exit_code: ClassVar[int] = 2


@dataclass(frozen=True, order=True)
class Problem:
    """One problem of a file: where it stands, what is wrong, and how to mend it.

    ``stage`` tells who found it: ``syntax`` (not readable as YAML 1.2), ``structure`` (the JSON Schema refuses it as
    well) or ``law`` (well-formed, but contradicting itself or the world: an undeclared organ, an unknown state).
    """

    line: int
    column: int
    path: str
    what: str
    mend: str
    stage: Literal["syntax", "structure", "law"] = "structure"

    def sentence(self, file: str) -> str:
        """The problem as one line: ``file:line:column  path  what is wrong  how to mend it``."""
        parts = [f"{file}:{self.line}:{self.column}", self.path or "(document)", self.what, self.mend]
        return "  ".join(part if len(part) <= 400 else f"{part[:300]} ..." for part in parts if part)


class DocumentError(InputError):
    """A file has problems; all of them are listed, in the order of the file."""

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.file = file
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(problem.sentence(file) for problem in self.problems))


class UnknownName(InputError):
    """A name is not known; the nearest known ones are suggested.

    Example:
        >>> UnknownName("charter", "g77", ["g7", "g20"]).message
        "There is no charter 'g77'."
    """

    def __init__(self, what: str, name: str, known: Sequence[str], *, mend: str = "") -> None:
        self.name = name
        near = get_close_matches(name, known, n=3, cutoff=0.5)
        listed = ", ".join(known) if len(known) <= 24 else f"{', '.join(known[:20])} and {len(known) - 20} more"
        hint = f"Did you mean {' or '.join(near)}?" if near else f"Known: {listed}." if known else ""
        super().__init__(f"There is no {what} '{name}'.", mend=f"{hint} {mend}".strip())


class AmbiguousName(InputError):
    """A name fits several things; the user must say which."""

    def __init__(self, what: str, name: str, candidates: Sequence[str]) -> None:
        self.name = name
        super().__init__(f"The {what} '{name}' is ambiguous.", mend=f"Say which: {', '.join(candidates)}.")


class NotComputable(ComityError):
    """The question is sound, but this program, or the data at hand, cannot answer it."""

    exit_code: ClassVar[int] = 3


class DestinationError(ComityError):
    """A result could not be written where the user wanted it; nothing half-written is left."""

    exit_code: ClassVar[int] = 4


class SourceError(ComityError):
    """An outside source did not answer as its documentation says."""

    exit_code: ClassVar[int] = 5


class Cancelled(ComityError):
    """The user interrupted the work; what was finished is kept."""

    exit_code: ClassVar[int] = 130

    def __init__(self, message: str = "Interrupted.", *, mend: str = "") -> None:
        super().__init__(message, mend=mend)
