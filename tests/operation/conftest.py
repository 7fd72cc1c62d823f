"""Registers to try things on: keys that are always the same, a SQLite file, a PostgreSQL cluster of the test's own."""

from __future__ import annotations

import dataclasses
import datetime
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import comity
from comity.model.institution import Institution
from comity.operation.register import Register
from comity.operation.roll import possession
from comity.operation.signing import Key

NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
SEATS = ("register", "secretariat", "chair", *(f"member:{code}" for code in ("USA", "CHN", "RUS", "IND", "JPN")))


@pytest.fixture(scope="session")
def now() -> datetime.datetime:
    """The instant at which everything is recorded."""
    return NOW


@pytest.fixture(scope="session")
def keys() -> dict[str, Key]:
    """The keys of all seats of the G5: the same every time (32 times the number of the seat)."""
    return {seat: Key.of(seat, bytes([number + 1]) * 32) for number, seat in enumerate(SEATS)}


@pytest.fixture(scope="session")
def g5() -> Institution:
    """The charter of the G5."""
    return comity.load("g5")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, g5: Institution, keys: dict[str, Key]) -> Path:
    """A register of 13 entries on disk: keys that change, a vote, evidence, a countersigned checkpoint."""
    place = tmp_path_factory.mktemp("spoken") / "g5.db"
    with Register.new(place, g5, "g5", keys=keys, now=NOW, minutes=True) as register:
        new = Key.of("member:USA", bytes([77]) * 32)
        on = {"on": "2026-03-02"}
        held = possession(register.id, "member:USA", new.public)
        rotated = {"kind": "key_rotated", "seat": "member:USA", "key": new.public, "possession": new.sign(held), **on}
        digest = register.lay(b"gigatonnes of 2025", "text/plain")
        evidence = {"kind": "evidence_submitted", "evidence": "E1", "digest": digest, "title": "A", "source": "B", **on}
        tabled = {"kind": "proposal_tabled", "matter": "energy", **on}
        said: list[tuple[str, dict[str, object], Key]] = [
            ("member:JPN", {**tabled, "question": "Q1"}, keys["member:JPN"]),
            ("member:USA", {"kind": "ballot_cast", "question": "Q1", "choice": "no", **on}, keys["member:USA"]),
            ("secretariat", {"kind": "votes_recorded", "question": "Q1", "others": "yes", **on}, keys["secretariat"]),
            ("member:USA", rotated, keys["member:USA"]),
            ("secretariat", evidence, keys["secretariat"]),
            ("secretariat", {**tabled, "by": "member:CHN", "question": "Q2"}, keys["secretariat"]),
            ("member:USA", {**tabled, "question": "Q3"}, new),
            ("chair", {"kind": "correction_made", "entry": 2, "says": "It meant yes.", **on}, keys["chair"]),
            ("member:IND", {**tabled, "question": "Q4"}, keys["member:IND"]),
            ("member:IND", {**tabled, "question": "Q5"}, keys["member:IND"]),
            ("member:RUS", {**tabled, "question": "Q6"}, keys["member:RUS"]),
            ("member:RUS", {**tabled, "question": "Q7 \u2028 \U0001f30d 气候"}, keys["member:RUS"]),
        ]
        for number, (seat, event, key) in enumerate(said):
            at = NOW + datetime.timedelta(minutes=number)
            register.submit(register.statement(seat, event, request=f"r{number}").signed(key), now=at)
            if number == 8:
                note = register.checkpoint().signed(keys["member:JPN"])
                with register.store.writing() as turn:
                    turn.countersign(note.size, "member:JPN", note.text())
    return place


@pytest.fixture
def spoken(sample: Path, tmp_path: Path) -> Path:
    """A copy of that register, to be changed at will; its newest entry is 12, entries to 9 are countersigned."""
    return Path(shutil.copy(sample, tmp_path / "spoken.db"))


@dataclasses.dataclass
class Cluster:
    """A PostgreSQL server of the test's own, in a folder that is taken away afterwards."""

    programs: Path
    folder: Path
    port: int
    user: str | None
    made: int = 0
    pid: int = 0

    def start(self) -> None:
        """Start it, and wait until it answers."""
        said = ["-c", f"unix_socket_directories={self.folder}", "-c", "listen_addresses=127.0.0.1"]
        options = " ".join([*said, "-c", "log_min_messages=fatal", "-p", str(self.port)])
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-o", options, "-l", f"{self.folder}/log", "start")
        self.pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def kill(self) -> None:
        """Kill the server and everything it started, as a power cut would."""
        mine = [self.pid, *children(self.pid)]
        for each in mine:
            os.kill(each, signal.SIGKILL)
        until = time.monotonic() + 10
        while any(alive(each) for each in mine) and time.monotonic() < until:
            time.sleep(0.02)

    def run(self, program: str, *said: str) -> None:
        """Run one of its programs."""
        subprocess.run(
            [self.programs / program, *said],
            check=True,
            user=self.user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
        )

    def database(self) -> str:
        """The address of a new empty database."""
        self.made += 1
        self.run("createdb", "-h", str(self.folder), "-p", str(self.port), "-U", "comity", f"g{self.made}")
        return f"postgresql://comity@127.0.0.1:{self.port}/g{self.made}"


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    found = list[int]()
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(each.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(each.parent.name))
        except OSError:
            continue
    return found


def alive(pid: int) -> bool:
    """Whether a process is there and is more than a name."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL cluster; skipped where Debian's package is absent, unless COMITY_REQUIRE_POSTGRESQL is set."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    held = shutil.which("initdb")
    if not found and held is None:
        said = "PostgreSQL is not installed (apt install postgresql): what is tested on it is not tested here."
        if os.environ.get("COMITY_REQUIRE_POSTGRESQL"):
            pytest.fail(said)
        pytest.skip(said)
    programs = found[-1].parent if found else Path(str(held)).resolve().parent
    user = "postgres" if os.geteuid() == 0 else None  # initdb refuses to be run by root
    folder = Path(tempfile.mkdtemp(prefix="comity-pg-"))
    if user:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = Cluster(programs, folder, port, user)
    try:
        server.run("initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "comity", "-E", "UTF8", "--no-sync")
        server.start()
        yield server
    finally:
        if server.pid and alive(server.pid):
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new register can be kept: a SQLite file, then a PostgreSQL database."""
    if request.param == "sqlite":
        return str(tmp_path / "g5.db")
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.database()


@pytest.fixture
def found(g5: Institution, keys: dict[str, Key]) -> Iterator[Callable[[str], Register]]:
    """Found a register at a place; it is closed afterwards."""
    made = list[Register]()

    def new(place: str) -> Register:
        made.append(Register.new(place, g5, "g5", keys=keys, now=NOW))
        return made[-1]

    yield new
    for each in made:
        each.close()
