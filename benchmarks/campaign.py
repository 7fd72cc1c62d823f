"""How long campaigns take: the goals of the plan, and the same after compilation.

Run it with ``python benchmarks/campaign.py``. The first call compiles (or loads what was compiled before); it is shown
apart. Goals hold for two quiet cores.
"""

import os
import time

import comity as co
from comity.rehearsal.parts.campaign.paths import compiled
from comity.rehearsal.parts.campaign.blocks import gathered
from comity.rehearsal.parts.game.setting_up import frozen, game
from comity.study.ask import inputs, wanting

CYCLE = {"rounds": 100, "items": 1, "shocks": [{"what": "absent", "by": "USA", "chance": "1/10"}]}
LEAVING = {"FRA": "walk_out:patience=2:leaves_after=4", "*": "reciprocate"}


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
    seven = law_of("g7", **CYCLE, players=LEAVING)
    show("G7: 100,000 runs x 100 rounds, one issue, shock, exit", "2 s", 100_000, seven)


if __name__ == "__main__":
    main()
