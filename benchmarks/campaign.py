"""How long campaigns take: the goals of the plan, and the same after compilation.

Run it with ``python benchmarks/campaign.py``. The first call compiles (or loads what was compiled before); it is shown
apart. Goals hold for two quiet cores.

Measured on two cores of an AMD EPYC (Zen 4) on 28 November 2026, nanoseconds of the processor a round, one block of
5,000 runs, the least of four, while about ten other processes shared the two cores:

- G5, three issues a session: 820 ns (before talks were kept: 2,770 ns)
- G5, one issue a session: 860 ns (before: 2,250 ns)
- G7 with three clauses, an exit and a shock: 580 ns
- compiling for the first time: about 40 s of the processor

Measured before small steps were compiled into the loops that take them and idle issues and members were left out, with
two workers: 2.0 s (990 ns a round), 2.4 s (1,040-1,170 ns), 4.4 s (860 ns); memory at most 422 MB after 100,000 runs,
431 MB after 1,000,000. The wall clock has not been taken since on quiet cores.

The goals of 1 and 2 s are not reached: at these figures they would take about 1.7 and 2.9 s on two quiet cores.
"""

import os
import resource
import tempfile
import time
from pathlib import Path

import comity as co
from comity.rehearsal.parts.campaign.blocks import gathered
from comity.rehearsal.parts.campaign.paths import compiled
from comity.rehearsal.parts.game.setting_up import frozen, game
from comity.study.ask import inputs, wanting

CYCLE = {"rounds": 100, "items": 1, "shocks": [{"what": "absent", "by": "USA", "chance": "1/10"}]}
LEAVING = {"FRA": "walk_out:patience=2:leaves_after=4", "*": "reciprocate"}
STANDING = """
exit: {notice: 12 months}
clauses:
"""
CLAUSE = """  promise_YEAR:
    kind: target
    issue: declaration
    obligor: [CAN, FRA, DEU, ITA, JPN, GBR, USA]
    metric: share_delivered
    at_least: 1
    by: YEAR-12-31
    verified: {by: leaders, every: 12 months, false_alarm: 1/20, miss: 1/20}
    breach: {grace: 90 days, then: renegotiate, within: 180 days}
"""
YEARS = ("2110", "2115", "2120")
"""The game ends in 2126: each clause is in force for most of it, and then falls due."""


def bound(folder):
    """The G7 with an exit and three clauses in force, as a charter file."""
    shipped = Path(co.__file__).parent / "library" / "charters" / "g7.yaml"
    path = Path(folder) / "g7-bound.yaml"
    clauses = "".join(CLAUSE.replace("YEAR", year) for year in YEARS)
    path.write_text(shipped.read_text(encoding="utf-8") + STANDING + clauses, encoding="utf-8")
    return str(path)


def law_of(name, **options):
    """An institution as arrays."""
    body = co.load(name)
    given = wanting(inputs(body, seed=1), None)
    problem = frozen(body, given.wanted(), **options)
    return compiled(game(problem, body, given.wanted(), panel=given.panel))


def show(name, goal, runs, law):
    """One row: seconds of wall clock and of the processor, runs a second."""
    gathered(law, 64)
    for workers in (1, 2):
        started, busy = time.perf_counter(), time.process_time()
        gathered(law, runs, workers=workers)
        took, busy = time.perf_counter() - started, time.process_time() - busy
        rounds = runs * (len(law.agenda) - 1)
        each = 1e9 * busy / rounds
        print(
            f"{name:58} {workers} workers {took:7.2f} s  processor {busy:7.2f} s  {each:6.0f} ns a round  goal {goal}"
        )


def main():
    """Print the table."""
    started = time.perf_counter()
    law = law_of("g5", rounds=40)
    print(
        f"compiled or loaded, with g5 and its figures, in {time.perf_counter() - started:.1f} s; {os.cpu_count()} cores"
    )
    show("G5: 100,000 runs x 40 rounds, three issues a session", "1 s", 100_000, law)
    show("G5: 100,000 runs x 40 rounds, one issue a session", "1 s", 100_000, law_of("g5", rounds=40, items=1))
    with tempfile.TemporaryDirectory() as folder:
        seven = law_of(bound(folder), **CYCLE, players=LEAVING)
    if len(seven.clauses) != len(YEARS) or len(seven.leave_day) == 0 or len(seven.shocks) != 1:
        raise SystemExit("The load is not the one that is named: three clauses, an exit, one shock.")
    show("G7: 100,000 x 100, one issue, three clauses, shock, exit", "2 s", 100_000, seven)
    for runs in (100_000, 1_000_000):
        gathered(law, runs, workers=2)
        print(
            f"memory at most after {runs:9,} runs: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
        )


if __name__ == "__main__":
    main()
