"""Killed at any moment, written by many, on a full or read-only disk: what was acknowledged is there, once, in order."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from comity.kernel.errors import InputError
from comity.model.institution import Institution
from comity.operation import tree
from comity.operation.entry import entry
from comity.operation.refusing import Conflict, NotAllowed, ReadOnly, Unreadable
from comity.operation.register import Register
from comity.operation.signing import Key
from comity.operation.store import Store, Writing
from comity.operation.verifying import verify

Found = Callable[[str], Register]
PROCESSES, THREADS, EACH = 3, 8, 42
"""1,008 statements: three programs of eight threads with 42 statements each."""
WRITER = """
import datetime, os, sys, threading
from comity.kernel.errors import ComityError
from comity.operation.register import Register
from comity.operation.signing import Key

place, mine, threads, each, log = sys.argv[1], *map(int, sys.argv[2:5]), sys.argv[5]
keys = [Key.of(s, bytes([n + 1]) * 32) for n, s in enumerate("register secretariat chair member:USA member:CHN".split())]
now = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
done = {line.split()[0] for line in open(log)} if os.path.exists(log) else set()
told = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
register = Register.open(place, keys[0])

def write(thread):
    key = keys[1 + thread % 4]
    for number in range(each):
        name = f"{mine}-{thread}-{number}"
        if f"{mine}-{thread}-{number + 1}" in done:
            continue  # the last one that was acknowledged is sent again, and counts once
        said = {"kind": "proposal_tabled", "on": "2026-02-06", "question": name, "matter": "energy"}
        signed = register.statement(key.seat, said, request=name, after=1).signed(key)
        try:
            receipt = register.submit(signed, now=now)
        except ComityError as error:
            os.write(told, f"! {error}\\n".encode())
            os._exit(3)
        os.write(told, f"{name} {receipt.number} {receipt.leaf}\\n".encode())

writers = [threading.Thread(target=write, args=(thread,)) for thread in range(threads)]
for each_ in writers:
    each_.start()
for each_ in writers:
    each_.join()
"""
"""A program that writes from several threads, and notes each receipt when it has it; run again, it goes on."""


class Writers:
    """The programs that write, and what they were told."""

    def __init__(self, place: str, folder: Path) -> None:
        self.place, self.folder = place, folder
        self.running = list[subprocess.Popen[bytes]]()

    def start(self) -> None:
        """Start them all, from the first statement on: what was recorded before counts once."""
        self.running = [
            subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    WRITER,
                    self.place,
                    *map(str, (mine, THREADS, EACH)),
                    self.folder / f"{mine}.log",
                ],
                stderr=subprocess.DEVNULL,
            )
            for mine in range(PROCESSES)
        ]

    def told(self) -> list[tuple[str, int, str]]:
        """Every receipt: request, number, leaf. A line that a kill cut short is none."""
        lines = [line for log in self.folder.glob("*.log") for line in log.read_text().split("\n")[:-1]]
        found = [line.split() for line in lines if not line.startswith("!")]
        return [(request, int(number), leaf) for request, number, leaf in found]

    def reach(self, receipts: int) -> None:
        """Wait until there are so many receipts, or all programs have ended."""
        until = time.monotonic() + 120
        while len(self.told()) < receipts and any(each.poll() is None for each in self.running):
            assert time.monotonic() < until, f"{len(self.told())} of {receipts} receipts after two minutes"
            time.sleep(0.01)

    def kill(self) -> None:
        """Kill them all at once."""
        for each in self.running:
            each.send_signal(signal.SIGKILL)
        for each in self.running:
            each.wait(30)

    def end(self) -> list[int]:
        """Wait until they have ended by themselves; how they ended."""
        return [each.wait(120) for each in self.running]


def held(place: str) -> dict[str, tuple[int, str]]:
    """Number and leaf of every entry that is kept, by its request; in order and each once."""
    store = Store(place)
    with store.reading() as view:
        rows = list(view.rows())
        head = view.head()
    store.close()
    assert [number for number, _, _ in rows] == list(range(len(rows)))
    assert head is not None
    assert head.size == len(rows)
    for number, request, content in rows:
        whole = entry(content)
        assert whole.number == number
        assert whole.content() == content
        assert request.endswith(f" {whole.signed.statement.request}")
    found = {request.split()[1]: (number, tree.leaf_hash(content).hex()) for number, request, content in rows}
    assert len(found) == len(rows)
    return found


def acknowledged(writers: Writers) -> None:
    """Check that everything that was acknowledged is there where it was said to be, and that the register is honest."""
    kept, told = held(writers.place), writers.told()
    for request, number, leaf in told:
        assert kept[request] == (number, leaf)
    verified = verify(writers.place)
    assert verified.honest, verified.faults


def test_writers_killed_during_a_thousand_appends(place: str, found: Found, tmp_path: Path) -> None:
    """`kill -9` twice during 1,000 appends of 24 threads in three programs; the third start ends the work."""
    found(place).close()
    writers = Writers(place, tmp_path)
    for receipts in (150, 550):
        writers.start()
        writers.reach(receipts)
        writers.kill()
        assert len(writers.told()) >= receipts
        acknowledged(writers)
    writers.start()
    assert writers.end() == [0] * PROCESSES
    acknowledged(writers)
    wanted = {f"{p}-{t}-{n}" for p in range(PROCESSES) for t in range(THREADS) for n in range(EACH)}
    assert {request for request, _, _ in writers.told()} == wanted
    assert set(held(place)) == wanted | {"founding"}


def test_server_killed_during_appends(cluster: Any, found: Found, tmp_path: Path) -> None:
    """`kill -9` of PostgreSQL and all its processes: writers are told, and go on after it has recovered."""
    place = cluster.database()
    found(place).close()
    writers = Writers(place, tmp_path)
    for receipts in (150, 450):
        writers.start()
        writers.reach(receipts)
        cluster.kill()
        ended = writers.end()
        cluster.start()
        assert set(ended) == {3}, "a program did not notice that the server was gone"
        acknowledged(writers)
    said = [line for log in tmp_path.glob("*.log") for line in log.read_text().splitlines() if line.startswith("!")]
    assert any("the same statement" in line for line in said), said
    writers.start()
    assert writers.end() == [0] * PROCESSES
    acknowledged(writers)
    assert len(held(place)) == PROCESSES * THREADS * EACH + 1


def test_an_open_register_outlives_its_server(cluster: Any, found: Found, keys: dict[str, Key], now: datetime) -> None:
    """A register that was open when the server was killed goes on when the server is there again."""
    register = found(cluster.database())
    said(register, keys, now, "before")
    cluster.kill()
    with pytest.raises(Unreadable, match="cannot be reached"):
        said(register, keys, now, "after", after=2)
    cluster.start()
    assert said(register, keys, now, "after", after=2) == 2
    assert verify(register.store.url.render_as_string(hide_password=False)).honest


def said(register: Register, keys: dict[str, Key], now: datetime, name: str, **more: Any) -> int:
    """Record a proposal of Japan; the number of its entry."""
    made = {"kind": "proposal_tabled", "on": "2026-02-06", "question": name, "matter": "energy"}
    signed = register.statement("member:JPN", made, request=name, **more).signed(keys["member:JPN"])
    return register.submit(signed, now=now).number


FULL = """
import datetime, resource, sys
from comity.kernel.errors import ComityError
from comity.operation.register import Register
from comity.operation.signing import Key

key, author = Key.of("register", bytes([1]) * 32), Key.of("member:JPN", bytes([8]) * 32)
register = Register.open(sys.argv[1], key)
if int(sys.argv[2]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
for number in range(100_000):
    said = {"kind": "proposal_tabled", "on": "2026-02-06", "question": f"Q{number}", "matter": "energy"}
    signed = register.statement(author.seat, said, request=f"Q{number}", after=1).signed(author)
    try:
        print(register.submit(signed, now=datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)).number, flush=True)
    except ComityError as error:
        sys.exit(f"{type(error).__name__}: {error}")
"""
"""A program that writes until the disk is full."""


def filled(place: Path, limit: int) -> None:
    """Write until nothing fits; then what was acknowledged is there, and it goes on where there is room again."""
    ended = subprocess.run(
        [sys.executable, "-c", FULL, place, str(limit)], capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 1
    assert "ReadOnly" in ended.stderr
    assert "disk is full" in ended.stderr
    numbers = [int(line) for line in ended.stdout.split()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 10
    kept = held(str(place))
    assert [kept[f"Q{number - 1}"][0] for number in numbers] == numbers
    assert len(kept) == len(numbers) + 1
    assert verify(place).honest


def test_full_disk(tmp_path: Path, found: Found, keys: dict[str, Key], now: datetime) -> None:
    """No file may grow beyond 300 kB: a clear error, nothing lost, and it goes on when there is room."""
    place = tmp_path / "g5.db"
    found(str(place)).close()
    assert place.stat().st_size < 300_000
    filled(place, 300_000)
    with Register.open(place, keys["register"]) as register:
        before = register.size
        assert said(register, keys, now, "room again") == before


def test_full_folder(tmp_path: Path, found: Found) -> None:
    """A file system of one megabyte, where this machine lets the test make one."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small file system cannot be mounted here; test_full_disk limits the file instead")
    try:
        found(str(small / "g5.db")).close()
        filled(small / "g5.db", 0)
    finally:
        subprocess.run(["/bin/umount", "-l", small], check=True)


@contextmanager
def nobody() -> Generator[None]:
    """As a user who owns nothing, where the tests are run by root, who may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp(prefix="comity-kept-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_read_only_folder(open_folder: Path, found: Found, keys: dict[str, Key], now: datetime) -> None:
    """In a folder and a file that cannot be written a register is read and verified, and refuses to record."""
    place = open_folder / "g5.db"
    register = found(str(place))
    said(register, keys, now, "before")
    register.close()
    assert verify(place).honest
    place.chmod(0o444)
    open_folder.chmod(0o555)
    with nobody():
        assert verify(place).honest
        with Register.open(place, keys["register"]) as held_:
            assert held_.size == 2
            with pytest.raises(ReadOnly, match="read-only"):
                said(held_, keys, now, "after")
            assert held_.size == 2
    place.chmod(0o644)
    open_folder.chmod(0o755)
    with Register.open(place, keys["register"]) as register:
        assert said(register, keys, now, "after") == 2
    assert verify(place).honest


def test_new_register_in_a_read_only_folder(
    open_folder: Path, g5: Institution, keys: dict[str, Key], now: datetime
) -> None:
    """A register cannot be founded where nothing can be written."""
    Register.new(open_folder / "first.db", g5, "g5", keys=keys, now=now).close()
    open_folder.chmod(0o555)
    with nobody(), pytest.raises((ReadOnly, Unreadable), match=r"second\.db"):
        Register.new(open_folder / "second.db", g5, "g5", keys=keys, now=now)
    assert not (open_folder / "second.db").exists()


def test_two_registers_on_one_place(place: str, found: Found, keys: dict[str, Key], now: datetime) -> None:
    """Two that write by turns each follow what the other wrote; a statement on an older state is refused."""
    one = found(place)
    with Register.open(place, keys["register"]) as two:
        assert [said(each, keys, now, f"Q{n}") for n, each in enumerate((one, two, two, one, two))] == [1, 2, 3, 4, 5]
        assert one.position() == two.position()
        made = {"kind": "proposal_tabled", "on": "2026-02-06", "question": "late", "matter": "energy"}
        late = one.statement("member:JPN", made, request="late", only=True).signed(keys["member:JPN"])
        said(two, keys, now, "first")
        with pytest.raises(Conflict, match="moved on"):
            one.submit(late, now=now)
        same = one.statement("member:JPN", made | {"question": "Q0"}, request="Q0", after=1).signed(keys["member:JPN"])
        assert (two.submit(same, now=now).number, two.submit(same, now=now).again) == (1, True)
    assert verify(place).honest


def test_many_threads_on_one_register(place: str, found: Found, keys: dict[str, Key], now: datetime) -> None:
    """Statements of 16 threads, some of them refused, are recorded together; each author hears of its own."""
    register, answers = found(place), dict[int, list[Any]]()

    def write(thread: int) -> None:
        seat = ("chair", "secretariat", "member:USA", "member:JPN")[thread % 4]
        for n in range(10):
            made = {"kind": "proposal_tabled", "on": "2026-02-06", "question": f"{thread}-{n}", "matter": "energy"}
            key = keys["member:IND" if n == 5 else seat]  # one of ten is signed with another's key
            try:
                signed = register.statement(seat, made, request=f"{thread}-{n}", after=1).signed(key)
                answers.setdefault(thread, []).append(register.submit(signed, now=now).number)
            except NotAllowed as error:
                answers[thread].append(str(error))

    threads = [threading.Thread(target=write, args=(thread,)) for thread in range(16)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    numbers = [answer for given in answers.values() for answer in given if isinstance(answer, int)]
    assert sorted(numbers) == list(range(1, 145))
    assert all(given == [*sorted(given[:5]), given[5], *sorted(given[6:])] for given in answers.values())
    assert all("is that of member:IND" in given[5] for given in answers.values())
    assert register.size == 145
    assert verify(place).honest


def test_locked(tmp_path: Path, found: Found, keys: dict[str, Key], now: datetime, monkeypatch: Any) -> None:
    """Someone else holds the file: after the time to wait it says so, and goes on when the file is free."""
    monkeypatch.setattr("comity.operation.reaching.PATIENCE", 0.2)
    register = found(str(tmp_path / "g5.db"))
    other = sqlite3.connect(tmp_path / "g5.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert register.size == 1  # readers do not wait
    with pytest.raises(ReadOnly, match="being written by someone else"):
        said(register, keys, now, "Q")
    other.execute("ROLLBACK")
    other.close()
    assert said(register, keys, now, "Q") == 1


def test_clock_going_backwards(place: str, found: Found, keys: dict[str, Key], now: datetime) -> None:
    """A clock a little behind counts as standing still; one that is wrong records nothing; a leap back is a fault."""
    register = found(place)
    said(register, keys, now, "first")
    said(register, keys, now - timedelta(seconds=30), "slow")
    with pytest.raises(Conflict, match="Set the clock"):
        said(register, keys, now - timedelta(hours=1), "wrong")
    said(register, keys, now + timedelta(seconds=1), "right")
    recorded = [each.recorded for each in register.entries()]
    assert recorded == [now, now, now, now + timedelta(seconds=1)]
    assert verify(place).honest


def test_large_statements(place: str, found: Found, keys: dict[str, Key], now: datetime) -> None:
    """A statement of one megabyte is kept to the last letter; one beyond the limit is refused by its size."""
    register = found(place)
    words = "维" * 350_000

    def corrected(request: str, words: str) -> int:
        made = {"kind": "correction_made", "on": "2026-02-06", "entry": 0, "says": words}
        signed = register.statement("member:JPN", made, request=request).signed(keys["member:JPN"])
        return register.submit(signed, now=now).number

    assert corrected("large", words) == 1
    with pytest.raises(NotAllowed, match="at most"):
        corrected("too large", words * 4)
    kept = list(register.entries())[1]
    assert kept.signed.statement.event["says"] == words
    assert len(kept.content()) > 1_000_000
    assert verify(place).honest


def test_nothing_of_a_failed_turn_is_kept(place: str, found: Found, keys: dict[str, Key], now: datetime) -> None:
    """What fails between the first row and the commit leaves nothing: not a row, not a subtree, not a checkpoint."""
    register = found(place)
    said(register, keys, now, "before")
    with register.store.reading() as view:
        before = (list(view.rows()), list(view.nodes()), view.head())
    extend = Writing.extend

    def broken(turn: Writing, *parts: Any) -> None:
        extend(turn, *parts)
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Writing, "extend", broken)
        with pytest.raises(KeyboardInterrupt):
            said(register, keys, now, "lost")
    with register.store.reading() as view:
        assert (list(view.rows()), list(view.nodes()), view.head()) == before
    assert said(register, keys, now, "lost") == 2
    assert verify(place).honest


def test_not_a_register(tmp_path: Path) -> None:
    """A file of another kind, an empty one, none: each is told plainly."""
    (tmp_path / "text.db").write_text("not a database " * 100)
    (tmp_path / "empty.db").touch()
    for name in ("text.db", "empty.db", "none.db"):
        with pytest.raises(InputError, match=name):
            Register.open(tmp_path / name)
