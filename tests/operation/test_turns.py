"""Who records when many wait: everybody's statement once, in few turns, and nobody is left waiting."""

from __future__ import annotations

import datetime
import threading
import time

import pytest

from comity.operation.entry import Signed, Statement
from comity.operation.recording import Receipt
from comity.operation.turns import BATCH, Turns, Waiting

NOW = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)


def statement(request: str) -> Waiting:
    return Waiting(Signed(Statement("", "member:JPN", request, 0, {}), "", ""), NOW)


class Recorder:
    """Records batches, taking its time."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.batches: list[list[Waiting]] = []
        self.seconds = seconds

    def __call__(self, batch: list[Waiting]) -> None:
        self.batches.append(batch)
        time.sleep(self.seconds)
        for each in batch:
            each.receipt = Receipt(len(self.batches), NOW, "")

    @property
    def requests(self) -> list[str]:
        return [each.signed.statement.request for batch in self.batches for each in batch]


def test_those_who_come_during_one_write_share_the_next():
    record = Recorder(0.005)
    turns = Turns(record)

    def author(name: int) -> None:
        for number in range(20):
            mine = statement(f"{name}-{number}")
            turns.wait([mine])
            assert mine.receipt is not None

    authors = [threading.Thread(target=author, args=(name,)) for name in range(8)]
    for each in authors:
        each.start()
    for each in authors:
        each.join(20)
    assert sorted(record.requests) == sorted(f"{name}-{number}" for name in range(8) for number in range(20))
    assert len(record.batches) < 110  # 160 statements
    for name in range(8):
        assert [each for each in record.requests if each.startswith(f"{name}-")] == [f"{name}-{n}" for n in range(20)]


def test_more_than_one_turn_holds_is_taken_in_order():
    record = Recorder()
    mine = [statement(str(number)) for number in range(BATCH + 3)]
    Turns(record).wait(mine)
    assert [len(batch) for batch in record.batches] == [BATCH, 3]
    assert record.requests == [str(number) for number in range(BATCH + 3)]


def test_a_fault_while_recording_leaves_nobody_waiting():
    def record(batch: list[Waiting]) -> None:
        for each in batch:
            each.error = OSError("gone")
        raise OSError("gone")

    turns = Turns(record)
    for _ in range(2):  # the lead is free again
        with pytest.raises(OSError, match="gone"):
            turns.wait([statement("1")])


def test_whoever_is_interrupted_while_waiting_hands_the_lead_on():
    begun, go_on = threading.Event(), threading.Event()
    record = Recorder()

    def slow(batch: list[Waiting]) -> None:
        begun.set()
        go_on.wait(10)
        record(batch)

    turns = Turns(slow)
    first, gone, last = statement("first"), statement("gone"), statement("last")

    class Interrupted(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            super().wait(timeout)
            raise KeyboardInterrupt

    gone.told = Interrupted()

    def interrupted() -> None:
        with pytest.raises(KeyboardInterrupt):
            turns.wait([gone])

    authors = [threading.Thread(target=turns.wait, args=([first],)), threading.Thread(target=interrupted)]
    authors[0].start()
    assert begun.wait(10)
    authors[1].start()
    while gone not in turns._queue:
        time.sleep(0.001)
    authors.append(threading.Thread(target=turns.wait, args=([last],)))
    authors[2].start()
    while last not in turns._queue:
        time.sleep(0.001)
    go_on.set()
    for each in authors:
        each.join(10)
        assert not each.is_alive()
    assert record.requests == ["first", "last"]
