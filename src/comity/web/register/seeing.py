"""What a seat may see of a register: all that is public, and of ballots that are still open only its own.

An entry that may not be seen yet is not left out: its number and its hash are given, so that the tree can be checked
over it, and its content once the question is decided. The hash gives nothing away, for an entry holds a signature that
nobody can guess.
"""

from __future__ import annotations

import datetime
from typing import Any

from comity.operation import tree
from comity.operation.entry import Entry, entry, ruled
from comity.operation.position import Position
from comity.operation.register import Register
from comity.operation.status import due
from comity.operation.store import Reading

OFFICERS = frozenset({"secretariat", "control"})
"""Who sees every ballot (:func:`comity.procedure.viewing.view`)."""
OPEN = "open_ballot"
"""Why something is withheld: it would tell of a ballot on a question that is not decided."""
_BALLOT = b'"kind":"ballot_cast"'
_CORRECTION = b'"kind":"correction_made"'


class Seer:
    """Who looks at a register now.

    Args:
        register: the register.
        seat: who looks; None for the public.
    """

    def __init__(self, register: Register, seat: str | None) -> None:
        self._register = register
        self._seat = seat
        self._position: Position | None = None

    @property
    def position(self) -> Position:
        """The register as it stood when it was first looked at."""
        if self._position is None:
            self._position = self._register.position()
        return self._position

    def shown(self, number: int, content: bytes, view: Reading) -> dict[str, Any]:
        """An entry as it may be seen: number, leaf, and the entry or why it is withheld.

        Args:
            number: its number.
            content: its bytes.
            view: the view in which it was read.
        """
        told: dict[str, Any] = {"number": number, "leaf": tree.leaf_hash(content).hex()}
        held = entry(content)
        if self._seat not in OFFICERS and self._hidden(held, content, view):
            return {**told, "withheld": OPEN}
        return {**told, "entry": held.plain()}

    def _hidden(self, held: Entry, content: bytes, view: Reading) -> bool:
        while _CORRECTION in content and held.signed.statement.event.get("kind") == "correction_made":
            if self._own(held):
                return False
            content = view.content(int(held.signed.statement.event["entry"]))
            held = entry(content)
        event = held.signed.statement.event
        if _BALLOT not in content or event.get("kind") != "ballot_cast" or self._own(held):
            return False
        question = self.position.state.questions.get(str(event.get("question")))
        return question is None or not question.settled

    def _own(self, held: Entry) -> bool:
        """Whether the one who looks signed it, acts in it, or is the member for whom it was done."""
        event = held.signed.statement.event
        return self._seat is not None and self._seat in {
            held.signed.statement.seat,
            event.get("by"),
            f"member:{event.get('for')}",
        }

    def due(self, on: datetime.date) -> dict[str, Any]:
        """What falls due by a day; nothing from where an open ballot would decide it.

        Args:
            on: the day.

        Raises:
            InputError: for a day before the one that has been reached.
        """
        found, state = due(self.position, on), self.position.state
        secret = {name for name in state.unsettled if state.questions[name].ballots}
        told = list[Any]()
        for each in found:
            if self._seat not in OFFICERS and each.about in secret:
                return {"on": on.isoformat(), "due": ruled(told), "withheld": OPEN}
            told.append(each)
        return {"on": on.isoformat(), "due": ruled(told)}
