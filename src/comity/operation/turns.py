"""Whose turn it is to write: statements that wait together are recorded together, by one of those who wait.

Whoever comes first leads: it records all that wait, its own among them, and while the disk works others join the queue
for the next round. When its own are recorded it hands the lead to one who still waits, and everybody else is told at
once. One write to the disk thus serves as many authors as came during the last one.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from comity.operation.entry import Signed
from comity.operation.recording import Receipt

BATCH = 256
"""How many statements are recorded in one turn at most."""


@dataclass(eq=False)
class Waiting:
    """A statement that waits to be recorded.

    Attributes:
        signed: the statement with its signature.
        now: when it arrived.
        receipt: what its author gets, once it is recorded.
        error: why it was refused.
        told: set when it is recorded or refused, or its author is to lead.
    """

    signed: Signed
    now: datetime.datetime
    receipt: Receipt | None = None
    error: BaseException | None = None
    told: threading.Event = field(default_factory=threading.Event)

    @property
    def done(self) -> bool:
        """Whether it is recorded or refused."""
        return self.receipt is not None or self.error is not None


class Turns:
    """The queue before one register.

    Args:
        record: what records a batch; it gives every statement of the batch a receipt or an error.
    """

    def __init__(self, record: Callable[[list[Waiting]], None]) -> None:
        self._record = record
        self._lock = threading.Lock()
        self._queue = list[Waiting]()
        self._led = False

    def wait(self, waiting: Sequence[Waiting]) -> None:
        """Return when all of some statements are recorded or refused.

        Args:
            waiting: the statements of one author, in order.
        """
        with self._lock:
            self._queue += waiting
            leads, self._led = not self._led, True
        try:
            if leads:
                self._lead(waiting[-1])
            for each in waiting:
                each.told.wait()
                if not each.done:
                    self._lead(waiting[-1])
        except BaseException:
            self._left(waiting)
            raise

    def _lead(self, last: Waiting) -> None:
        """Record what waits until a statement of one's own is done, then hand the lead on."""
        try:
            while not last.done:
                with self._lock:
                    batch, self._queue = self._queue[:BATCH], self._queue[BATCH:]
                try:
                    self._record(batch)
                finally:
                    for each in batch:
                        each.told.set()
        finally:
            with self._lock:
                self._hand_on()

    def _left(self, waiting: Sequence[Waiting]) -> None:
        """Whoever is interrupted leaves the queue, and does not keep the lead that it was given."""
        with self._lock:
            asked = any(each.told.is_set() and not each.done for each in waiting)
            self._queue = [each for each in self._queue if each not in waiting]
            if asked:
                self._hand_on()

    def _hand_on(self) -> None:
        self._led = bool(self._queue)
        if self._queue:
            self._queue[0].told.set()
