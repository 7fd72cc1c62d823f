"""Roll calls of the General Assembly as the UN Digital Library publishes them: one row a vote."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Collection
from typing import ClassVar, Literal

from comity.kernel.errors import DocumentError, Problem
from comity.model.votes import LETTERS, MOST, NO_MEMBER, RollCalls, VotesSource, issue_groups, text_of

NEEDED = ("undl_id", "ms_code", "ms_vote", "date", "session", "resolution", "title")


class UnDigitalLibrary(VotesSource):
    r"""Recorded votes as the UN Digital Library exports them: one row for each member's vote on each resolution.

    The file says nothing of issue groups: give a second file with the columns ``resolution`` and ``issues`` (codes me,
    nu, di, hr, co, ec, joined by |) for them. States of before a change of name stand under the code of the file.

    Source:
        United Nations, Dag Hammarskjöld Library, *UN General Assembly Voting Data*, UN Digital Library
        (https://digitallibrary.un.org/record/4060887).

    Example:
        >>> head = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title"
        >>> rest = "2024-12-04,79,A/RES/79/1,Peace"
        >>> votes = f"{head}\n1,FRA,FRANCE,Y,{rest}\n1,USA,UNITED STATES,N,{rest}"
        >>> UnDigitalLibrary().read(votes.encode(), known={"FRA", "USA"}).votes.tolist()
        [[2], [0]]
    """

    kind: Literal["un_digital_library"] = "un_digital_library"
    """The format."""

    title: ClassVar[str] = "UN Digital Library"
    attribution: ClassVar[str] = "United Nations, UN Digital Library, General Assembly voting data."

    def read(self, votes: bytes, issues: bytes | None = None, *, known: Collection[str], file: str = "") -> RollCalls:
        """The roll calls of one row a vote.

        Raises:
            DocumentError: for missing columns, unknown states, letters that are no votes, days that are none, and a
                state that votes twice.
        """
        import numpy as np

        name = file or "votes.csv"
        reader = csv.DictReader(io.StringIO(text_of(votes, name)))
        if lacking := [column for column in NEEDED if column not in (reader.fieldnames or ())]:
            wrong = Problem(1, 1, ", ".join(lacking), "is missing", f"Give the columns {', '.join(NEEDED)}.")
            raise DocumentError(name, [wrong])
        calls: dict[str, dict[str, str]] = {}
        cast: dict[tuple[str, str], int] = {}
        problems: list[Problem] = []
        for row in reader:
            call, state = row["undl_id"] or "", (row["ms_code"] or "").strip()
            wrong = _wrong(row, known, cast)
            if wrong is not None:
                problems.append(Problem(reader.line_num, 1, f"{call} {state}".strip(), *wrong))
                if len(problems) >= MOST:
                    break
                continue
            calls.setdefault(call, {key: row[key] or "" for key in NEEDED})
            cast[call, state] = LETTERS[(row["ms_vote"] or "").strip()]
        if problems:
            raise DocumentError(name, problems)
        if not calls:
            raise DocumentError(name, [Problem(2, 1, "", "holds no votes", "Export the votes again.")])
        order = sorted(calls, key=lambda call: (calls[call]["date"], call))
        states = sorted({state for _, state in cast})
        rows = {state: place for place, state in enumerate(states)}
        columns = {call: place for place, call in enumerate(order)}
        table = np.full((len(states), len(order)), NO_MEMBER, dtype=np.int8)
        for (call, state), letter in cast.items():
            table[rows[state], columns[call]] = letter
        groups = issue_groups(issues, "resolution") if issues is not None else {}
        return RollCalls(
            states=tuple(states),
            ids=tuple(order),
            dates=tuple(datetime.date.fromisoformat(calls[call]["date"]) for call in order),
            sessions=tuple(_session(calls[call]["session"]) or 0 for call in order),
            titles=tuple(calls[call]["title"] for call in order),
            groups=tuple(groups.get(calls[call]["resolution"], ("", frozenset[str]()))[1] for call in order),
            votes=table,
        )


def _session(text: str | None) -> int | None:
    digits = "".join(sign for sign in (text or "").split("/")[0] if sign.isdigit())
    return int(digits) if digits else None


def _wrong(
    row: dict[str, str | None], known: Collection[str], cast: dict[tuple[str, str], int]
) -> tuple[str, str] | None:
    state, letter = (row["ms_code"] or "").strip(), (row["ms_vote"] or "").strip()
    if state not in known:
        return f"'{state}' is no state", "Write its code, such as FRA; see `comity data states`."
    if letter not in LETTERS:
        return f"'{letter}' is no vote", "Write Y, A, N or X (did not vote)."
    if _session(row["session"]) is None:
        return f"'{row['session']}' is no session", "Write its number, such as 79."
    try:
        datetime.date.fromisoformat(row["date"] or "")
    except ValueError:
        return f"'{row['date']}' is not a date", "Write it as 2019-12-10."
    if (row["undl_id"] or "", state) in cast:
        return "votes twice on one resolution", "Keep one of the two rows."
    return None
