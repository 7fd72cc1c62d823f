"""Roll calls of the General Assembly as a matrix of states, with a second file of issue codes."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Collection, Iterator
from typing import ClassVar, Literal

from comity.kernel.errors import DocumentError, Problem
from comity.model.votes import LETTERS, MOST, NO_MEMBER, RollCalls, VotesSource, issue_groups, text_of

FORMER: dict[str, tuple[tuple[str, str], ...]] = {
    "RUS": (("1991-12-24", "SUN"), ("9999-12-31", "RUS")),
    "CZE": (("1993-01-01", "CSK"), ("9999-12-31", "CZE")),
    "YEM": (("1990-05-22", "YAR"), ("9999-12-31", "YEM")),
    "Yugoslavia": (("2003-02-04", "YUG"), ("2006-06-03", "SCG"), ("9999-12-31", "SRB")),
    "German Democratic Republic": (("9999-12-31", "DDR"),),
    "Zanzibar": (("9999-12-31", "ZAN"),),
}
"""Columns that hold several states one after the other: each code with the day before which it stood."""
HEAD = ["rcid", "date", "session"]


class UnVotes(VotesSource):
    r"""Recorded votes of the UN General Assembly 1946-2019, one row a roll call and one column a state.

    States keep the code of their day: the column of Russia is the Soviet Union until 24 December 1991. The seat of
    China stands under TWN until 1971 and under CHN after resolution 2758. ``X`` is absent; ``-`` is no member.

    Source:
        Voeten, Strezhnev and Bailey, *United Nations General Assembly Voting Data*, Harvard Dataverse
        (hdl:1902.1/12379), CC0, by way of the package unvotes.

    Example:
        >>> votes = b"rcid,date,session,FRA,RUS\n3,1946-01-01,1.0,Y,N\n"
        >>> UnVotes().read(votes, known={"FRA", "RUS", "SUN"}).states
        ('FRA', 'SUN')
    """

    kind: Literal["un_votes"] = "un_votes"
    """The format."""

    title: ClassVar[str] = "UN General Assembly Voting Data"
    attribution: ClassVar[str] = "Voeten, Strezhnev and Bailey, United Nations General Assembly Voting Data (CC0)."

    def read(self, votes: bytes, issues: bytes | None = None, *, known: Collection[str], file: str = "") -> RollCalls:
        """The roll calls of a matrix, with the issue codes of the second file.

        Raises:
            DocumentError: for columns that are no states, letters that are no votes, and rows that are no roll calls.
        """
        import numpy as np

        name = file or "votes.csv"
        rows = _rows(votes, name)
        head = rows[0] if rows else []
        problems = list(_columns(head, known))
        if problems:
            raise DocumentError(name, problems)
        codes = sorted({code for column in head[3:] for code in _codes(column)})
        places = {code: place for place, code in enumerate(codes)}
        table = np.full((len(codes), len(rows) - 1), NO_MEMBER, dtype=np.int8)
        seen: dict[str, int] = {}
        dates: list[datetime.date] = []
        sessions: list[int] = []
        for number, row in enumerate(rows[1:]):
            found = list(_wrong(row, number + 2, head, seen))
            problems += found
            if found or len(problems) >= MOST:
                continue
            dates.append(datetime.date.fromisoformat(row[1]))
            sessions.append(int(float(row[2])))
            for column, letter in zip(head[3:], row[3:], strict=True):
                if letter != "-":
                    table[places[_code(column, row[1])], number] = LETTERS[letter]
        if problems:
            raise DocumentError(name, problems[:MOST])
        cast = (table != NO_MEMBER).any(axis=1)
        nothing = ("", frozenset[str]())
        told = issue_groups(issues, "rcid") if issues is not None else {}
        ids = [row[0] for row in rows[1:]]
        return RollCalls(
            states=tuple(code for code, ever in zip(codes, cast.tolist(), strict=True) if ever),
            ids=tuple(ids),
            dates=tuple(dates),
            sessions=tuple(sessions),
            titles=tuple(told.get(each, nothing)[0] for each in ids),
            groups=tuple(told.get(each, nothing)[1] for each in ids),
            votes=table[cast],
        )


def _rows(content: bytes, name: str) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(text_of(content, name))) if row]


def _codes(column: str) -> list[str]:
    return [code for _, code in FORMER.get(column, (("", column),))]


def _code(column: str, day: str) -> str:
    return next((code for until, code in FORMER.get(column, ()) if day < until), column)


def _columns(head: list[str], known: Collection[str]) -> Iterator[Problem]:
    if head[:3] != HEAD:
        mend = "Begin the file with rcid,date,session, then one column a state."
        yield Problem(1, 1, ",".join(head[:3]), "are not the first columns of a matrix of votes", mend)
        return
    for place, column in enumerate(head[3:], 4):
        if head.index(column) != place - 1:
            yield Problem(1, place, column, "stands twice", "Keep one column a state.")
        elif any(code not in known for code in _codes(column)):
            yield Problem(1, place, column, "is no state", "Write its code, such as FRA; see `comity data states`.")


def _wrong(row: list[str], line: int, head: list[str], seen: dict[str, int]) -> Iterator[Problem]:
    if len(row) != len(head):
        yield Problem(line, 1, row[0], f"has {len(row)} cells, not {len(head)}", "Give every state a letter.")
        return
    if row[0] in seen:
        yield Problem(line, 1, row[0], f"stands already in line {seen[row[0]]}", "Keep one of the two.")
    seen.setdefault(row[0], line)
    try:
        datetime.date.fromisoformat(row[1])
    except ValueError:
        yield Problem(line, 2, row[0], f"'{row[1]}' is not a date", "Write it as 2019-12-10.")
    if not row[2].removesuffix(".0").isdigit():
        yield Problem(line, 3, row[0], f"'{row[2]}' is no session", "Write its number.")
    for place, letter in enumerate(row[3:], 4):
        if letter not in LETTERS and letter != "-":
            mend = "Write Y, A, N, X (absent) or - (no member)."
            yield Problem(line, place, head[place - 1], f"'{letter}' is no vote", mend)
