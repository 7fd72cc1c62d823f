"""Roll calls of an assembly: who voted how, when, on what; and the formats in which others publish them."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
from abc import abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from comity.kernel.errors import DocumentError, Problem
from comity.kernel.family import Family, Spec
from comity.kernel.result import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

YES, ABSTAIN, NO, ABSENT, NO_MEMBER = 2, 1, 0, -1, -2
"""How a state stands in a roll call; absent and no member are neither of the three, nor each other."""
GROUP_TITLES: dict[str, Text] = {
    "overall": Text("all roll calls", "全部记名表决"),
    "middle_east": Text("Middle East", "中东"),
    "nuclear": Text("nuclear weapons", "核武器"),
    "disarmament": Text("arms control and disarmament", "军控与裁军"),
    "human_rights": Text("human rights", "人权"),
    "colonialism": Text("colonialism", "殖民主义"),
    "economic": Text("economic development", "经济发展"),
}
"""The groups of roll calls; all of them count in ``overall``, whatever their issue."""
CODES = {
    "me": "middle_east",
    "nu": "nuclear",
    "di": "disarmament",
    "hr": "human_rights",
    "co": "colonialism",
    "ec": "economic",
}
"""The issue codes of Voeten's data, by group."""
LETTERS = {"Y": YES, "A": ABSTAIN, "N": NO, "X": ABSENT}
"""The letters for votes; X is absent (a member that did not vote)."""


MOST = 40
"""So many problems of a file are told at once."""


@dataclass(frozen=True)
class RollCalls:
    """Recorded votes of an assembly.

    Attributes:
        states: codes of the states, as of the day of each vote.
        ids: what each roll call is called by its source.
        dates: the day of each.
        sessions: the session of each.
        titles: what each was about, as the source says it.
        groups: the groups each belongs to, ``overall`` left out.
        votes: int8, states x roll calls; :data:`YES` ... :data:`NO_MEMBER`.
    """

    states: tuple[str, ...]
    ids: tuple[str, ...]
    dates: tuple[datetime.date, ...]
    sessions: tuple[int, ...]
    titles: tuple[str, ...]
    groups: tuple[frozenset[str], ...]
    votes: NDArray[np.int8]

    def of(self, group: str) -> list[int]:
        """The places of the roll calls of a group."""
        return [place for place, groups in enumerate(self.groups) if group == "overall" or group in groups]

    def grouped(self) -> bool:
        """Whether the source says what the roll calls are about."""
        return any(self.groups)


class VotesSource(Spec):
    """A format in which roll calls are published. It takes bytes and never opens a file."""

    title: ClassVar[str]
    """The name of the source."""
    attribution: ClassVar[str]
    """The line its licence asks for."""

    @abstractmethod
    def read(self, votes: bytes, issues: bytes | None = None, *, known: Collection[str], file: str = "") -> RollCalls:
        """The roll calls that the files hold.

        Args:
            votes: the file of votes, plain or compressed by gzip.
            issues: the file that says what each roll call is about, where that is a file of its own.
            known: codes of all states.
            file: the name of the file of votes, for messages.

        Raises:
            DocumentError: with what is wrong in the file, each at its line.
        """
        raise NotImplementedError


VOTES: Family[VotesSource] = Family("format of roll calls", VotesSource, ("comity.sources",), "comity.votes")


def text_of(content: bytes, name: str) -> str:
    """The text of a file, plain or compressed.

    Raises:
        DocumentError: where it is no UTF-8 text, or its compression is broken.
    """
    try:
        plain = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        return plain.decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError, ValueError) as error:
        wrong = Problem(1, 1, "", f"is no text ({type(error).__name__})", "Save it as CSV in UTF-8.", "syntax")
        raise DocumentError(name, [wrong]) from None


def issue_groups(content: bytes, key: str) -> dict[str, tuple[str, frozenset[str]]]:
    r"""Title and groups of each roll call, from a file with an issue code or several (joined by ``|``).

    Args:
        content: the file, with the columns ``key`` and ``issues``.
        key: the column by which roll calls are known.

    Raises:
        DocumentError: where a column is missing or a code unknown.

    Example:
        >>> issue_groups(b"rcid,issues,short\n7,co|hr,Namibia\n", "rcid")["7"][0]
        'Namibia'
    """
    name = "the file of issues"
    reader = csv.DictReader(io.StringIO(text_of(content, name)))
    if lacking := [column for column in (key, "issues") if column not in (reader.fieldnames or ())]:
        wrong = Problem(1, 1, ", ".join(lacking), "is missing", f"Give the columns {key} and issues.")
        raise DocumentError(name, [wrong])
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for row in reader:
        codes = [code for code in (row["issues"] or "").split("|") if code]
        if strange := [code for code in codes if code not in CODES]:
            what, mend = f"'{strange[0]}' is no issue code", f"Codes: {', '.join(CODES)}."
            raise DocumentError(name, [Problem(reader.line_num, 1, row[key] or "", what, mend)])
        found[row[key] or ""] = (row.get("short") or row.get("descr") or "", frozenset(CODES[code] for code in codes))
    return found
