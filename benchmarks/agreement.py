"""How long agreement zones take: first call (which compiles or loads), the next, and its time of the processor.

Run it with ``python benchmarks/agreement.py``.
"""

import time
from functools import partial

import numpy as np
from scipy.stats import qmc

from comity.solvers.bargain.cooperative import nash
from comity.solvers.game import NO, YES, Game, weighted
from comity.solvers.spatial.agendas import cycle
from comity.solvers.spatial.line import core, zones
from comity.solvers.spatial.plane import win_set_area

CLUBS = (5, 7, 9, 10, 19, 20)
"""Members of six clubs."""


def show(name, goal, work):
    """One row: first and second call, goal."""
    took = []
    for _ in range(2):
        started, busy = time.perf_counter(), time.process_time()
        note = work()
        took.append(time.perf_counter() - started)
        busy = time.process_time() - busy
    print(f"{name:56} {took[0]:8.4f} s {took[1]:8.4f} s {busy:8.4f} s  goal {goal:>4}  {note}", flush=True)


def drawn(random, draws, members):
    """Intervals around ideals spread over the scale."""
    ideals = random.uniform(0, 100, (draws, members))
    reach = random.uniform(0, 60, (draws, members))
    return ideals - reach, ideals + reach


def present_and_voting(members):
    """More yes than no, and half of the members present."""
    counts = np.zeros((2, 6, members), dtype=np.int64)
    counts[0, 0], counts[0, 1], counts[0, 5] = 1, -1, -1
    counts[1, [0, 1, 2, 3, 5]] = 1
    names = tuple(str(each) for each in range(members))
    return Game(counts, np.array([1, (members + 1) // 2]), ("and", (0, 1)), ("threshold", "quorum"), names)


def main():
    """Print the table."""
    random = np.random.default_rng(1)
    low, high = drawn(random, 100_000, 20)
    rules = (weighted([1] * 20, quota=14), present_and_voting(20))

    def both():
        return [round(float(zones(rule, low, high, status_quo=50).open.mean()), 3) for rule in rules]

    show("zones of 100,000 draws x 20 members under two rules", "1", both)
    points = random.uniform(0, 1, (100_000, 20))
    least = np.full(20, 0.45)

    def settled():
        accept = points >= least
        found = []
        for rule in rules:
            passed = rule.adopted(np.where(accept, YES, NO))
            found.append(nash(points, least, feasible=passed, consenting=accept).outcome)
        return found

    show("zone and Nash on 100,000 outcomes x 20 members, two rules", "0.3", settled)
    clubs = [(present_and_voting(members), *drawn(random, 10_000, members)) for members in CLUBS]

    def every():
        return sum(zones(*club, status_quo=50, blockers=1000).open.sum() for _ in range(13) for club in clubs)

    show("13 issues x 6 clubs x 10,000 draws, blockers in 1,000", "5", every)
    low, high = drawn(random, 10_000, 193)
    show(
        "10,000 draws x 193 members",
        "1",
        lambda: float(zones(present_and_voting(193), low, high, status_quo=50).open.mean()),
    )
    show(
        "the core of 100,000 draws x 20 members",
        "0.3",
        lambda: core(rules[0], random.uniform(0, 1, (100_000, 20)))[0][0],
    )
    ideals, points = random.uniform(0, 1, (20, 2)), qmc.Sobol(2, scramble=False).random_base2(16)
    plane = (rules[0], ideals, (0, 0), points)
    show("win set in the plane, 65,536 points x 20 members", "0.3", partial(win_set_area, *plane))
    three = weighted([1, 1, 1], quota=2)
    show("a cycle of three in a triangle", "0.1", lambda: len(cycle(three, [(0, 0), (4, 0), (2, 3)], (2, 1))) - 1)


if __name__ == "__main__":
    main()
