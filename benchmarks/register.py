"""How fast a register records, is verified and is opened, beside how fast the disk itself is.

Run it with ``python benchmarks/register.py [ENTRIES]``; for PostgreSQL give ``COMITY_BENCH_POSTGRESQL`` the address of
an empty database. Goals: 500 durable appends a second from one writer on SQLite and 1,000 from 16 writers on
PostgreSQL; of 100,000 entries the chain verified within 1 s, with signatures (two processes) within 6 s, with the law
within 12 s; a proof of inclusion within 1 ms, and the status of a register that was closed within 100 ms.

A durable append waits for the disk. One statement after the other cannot be faster than the disk writes through; a
writer that sends several at once, and writers that wait together, share one such write.
"""

import datetime
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from itertools import count
from pathlib import Path

import comity
from comity.operation.proofs import proof
from comity.operation.register import Register
from comity.operation.signing import Key
from comity.operation.verifying import verify

MEMBERS = ("USA", "CHN", "RUS", "IND", "JPN")
SEATS = ("register", "secretariat", "chair", *(f"member:{code}" for code in MEMBERS))
KEYS = {seat: Key.of(seat, bytes([number + 1]) * 32) for number, seat in enumerate(SEATS)}
NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
ON = "2026-02-06"


def acts(name):
    """One question from its tabling to its decision: ten acts, seat and event of each."""
    yield "member:JPN", {"kind": "proposal_tabled", "question": name, "matter": "energy"}
    for member in MEMBERS:
        choice = "no" if member == "USA" else "yes"
        yield f"member:{member}", {"kind": "ballot_cast", "question": name, "choice": choice}
    yield "chair", {"kind": "question_put", "question": name}
    said = {"kind": "statement_made", "question": name, "statement": "explanation_of_vote"}
    yield "member:USA", said | {"says": "We could not join the others."}
    found = {"kind": "evidence_submitted", "evidence": f"{name}-record", "digest": "ab" * 32}
    yield "secretariat", found | {"title": "Verbatim record", "source": "The secretariat"}
    yield "chair", {"kind": "correction_made", "entry": 1, "says": "A word was left out of the title."}


def statements(register, name):
    """Signed statements without an end, question after question."""
    for question in count():
        for number, (seat, event) in enumerate(acts(f"{name}-{question}")):
            request = f"{name}-{question}-{number}"
            yield register.statement(seat, {"on": ON, **event}, request=request, after=1).signed(KEYS[seat])


def told(what, figure, goal="", reached=None):
    """Print one figure with its goal."""
    verdict = "" if reached is None else ("  reached" if reached else "  NOT REACHED")
    print(f"{what:62}{figure:>20}  {goal}{verdict}", flush=True)


def disk(folder):
    """How often a second the disk writes 4 kB through."""
    with (folder / "probe").open("wb", buffering=0) as file:
        began = time.perf_counter()
        for _ in range(200):
            file.write(bytes(4096))
            os.fdatasync(file.fileno())
    return 200 / (time.perf_counter() - began)


def one_writer(place, times, size):
    """Appends a second, and processor milliseconds each, of one writer that sends so many at once."""
    with Register.open(place, KEYS["register"]) as register:
        waiting = statements(register, f"one-{size}")
        batches = [[next(waiting) for _ in range(size)] for _ in range(times)]
        began, used = time.perf_counter(), time.process_time()
        for batch in batches:
            register.submit_all(batch, now=NOW)
        return times * size / (time.perf_counter() - began), (time.process_time() - used) / times / size * 1000


def writer(register, name, each):
    """One writer that sends one statement after the other."""
    waiting = statements(register, name)
    for _ in range(each):
        register.submit(next(waiting), now=NOW)


def many_threads(place, writers, each):
    """Appends a second of writers that are threads of one program."""
    with Register.open(place, KEYS["register"]) as register:
        register.position()
        threads = [threading.Thread(target=writer, args=(register, f"t{n}", each)) for n in range(writers)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return writers * each / (time.perf_counter() - began)


def program(place, name, each, ready):
    """One writer that is a program of its own."""
    with Register.open(place, KEYS["register"]) as register:
        register.position()
        ready.wait()
        writer(register, name, each)


def many_programs(place, writers, each):
    """Appends a second of writers that are programs of their own."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(writers + 1)
    running = [context.Process(target=program, args=(place, f"p{n}", each, ready)) for n in range(writers)]
    for process in running:
        process.start()
    ready.wait()
    began = time.perf_counter()
    for process in running:
        process.join()
    return writers * each / (time.perf_counter() - began)


def best(work, times=3):
    """The answer, and the shortest of several wall times in seconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        answer = work()
        took.append(time.perf_counter() - began)
    return answer, min(took)


def status(place):
    """Open a register and take its status."""
    with Register.open(place) as register:
        return register.status()


def filled(place, entries):
    """A register with so many entries."""
    with Register.new(place, comity.load("g5"), "g5", keys=KEYS, now=NOW) as register:
        waiting = statements(register, "filled")
        left = entries - 1
        while left:
            batch = [next(waiting) for _ in range(min(left, 2000))]
            register.submit_all(batch, now=NOW)
            left -= len(batch)


def recording(folder):
    """Print how fast entries are recorded."""
    place = str(folder / "writing.db")
    Register.new(place, comity.load("g5"), "g5", keys=KEYS, now=NOW).close()
    told("the disk itself, 4 kB written through", f"{disk(folder):,.0f}/s")
    for times, size in ((200, 1), (40, 16), (8, 256)):
        rate, used = one_writer(place, times, size)
        reached = None if size == 1 else rate >= 500
        told(f"SQLite, one writer, {size} at once ({used:.2f} ms processor each)", f"{rate:,.0f}/s", "500/s", reached)
    told("SQLite, 16 threads of one program", f"{many_threads(place, 16, 60):,.0f}/s")
    there = os.environ.get("COMITY_BENCH_POSTGRESQL")
    if not there:
        print("COMITY_BENCH_POSTGRESQL is not set: PostgreSQL is not measured.")
        return
    Register.new(there, comity.load("g5"), "g5", keys=KEYS, now=NOW).close()
    rate = many_threads(there, 16, 100)
    told("PostgreSQL, 16 threads of one program", f"{rate:,.0f}/s", "1,000/s", rate >= 1000)
    rate, used = one_writer(there, 20, 64)
    told(f"PostgreSQL, one writer, 64 at once ({used:.2f} ms processor each)", f"{rate:,.0f}/s")
    told("PostgreSQL, 16 programs", f"{many_programs(there, 16, 40):,.0f}/s")


def reading(folder, entries):
    """Print how fast a register is verified, and opened."""
    place = str(folder / "large.db")
    began = time.perf_counter()
    filled(place, entries)
    told(f"{entries:,} entries recorded", f"{entries / (time.perf_counter() - began):,.0f}/s")
    for parts, goal in ((("chain",), 1), (("chain", "signatures"), 6), (("chain", "signatures", "law"), 12)):
        used = time.process_time()
        verified, took = best(lambda only=parts: verify(place, only=only, workers=2), 2 if len(parts) < 3 else 1)
        assert verified.honest, verified.faults
        used = time.process_time() - used
        told(f"verify: {' + '.join(parts)} (two processes)", f"{took:.2f} s", f"{goal} s", took < goal)
    with Register.open(place) as register:
        _, took = best(lambda: [proof(register, number) for number in range(0, entries, entries // 50)], 2)
    told("proof of inclusion", f"{took / 50 * 1000:.2f} ms", "1 ms", took / 50 < 1e-3)
    _, took = best(lambda: status(place), 5)
    told("opened, and its status", f"{took * 1000:.0f} ms", "100 ms", took < 0.1)


def main():
    """Print all figures, and the load of the machine they were taken under."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print("load of the machine:", *(f"{each:.1f}" for each in os.getloadavg()), f"on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        recording(Path(folder))
        reading(Path(folder), entries)


if __name__ == "__main__":
    main()
