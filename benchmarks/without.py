"""How long provision without the largest and threats to act outside take: first call, the next, processor time.

Run it with ``python benchmarks/without.py``.
"""

import time

import numpy as np

from comity.solvers.bargain.outside import Threat, fallback, setting, settled
from comity.solvers.game import weighted
from comity.solvers.participation.k_group import k_group, minimal_groups, self_supporting, voluntary


def show(name, goal, work):
    """One row: first and second call, goal."""
    took = []
    for _ in range(2):
        started, busy = time.perf_counter(), time.process_time()
        note = work()
        took.append(time.perf_counter() - started)
        busy = time.process_time() - busy
    print(f"{name:56} {took[0]:8.4f} s {took[1]:8.4f} s {busy:8.4f} s  goal {goal:>4}  {note}", flush=True)


def main():
    """Print the table."""
    random = np.random.default_rng(1)
    worth, parts = random.uniform(0, 20, (1500, 193)), random.uniform(0.1, 1, (1500, 193))
    whole = parts.sum(axis=1)
    show("k* of 1,500 draws x 193 members", "0.1", lambda: int(np.median(k_group(worth, 8 * whole).least)))
    show("self-supporting groups of 1,500 x 193", "1", lambda: int(np.median(self_supporting(worth, parts))))
    show(
        "voluntary provision of 1,500 x 193",
        "0.2",
        lambda: round(float(voluntary(worth, whole / 8, parts / whole[:, None]).provided.mean()), 3),
    )
    show("all minimal groups of 20 members, exact", "0.2", lambda: len(minimal_groups(list(range(1, 21)), 60)))
    ideals, club = random.uniform(0, 100, (10_000, 20)), weighted([1] * 20, quota=14)
    threat = Threat([0], 20 + 0.25 * (ideals[:, 0] - 20))
    show(
        "a setter that can act alone, 10,000 draws x 20 members",
        "0.5",
        lambda: round(float(setting(club, ideals, 20, threat).used.mean()), 3),
    )
    few = Threat([0], threat.outside[:300])
    reach = fallback(ideals[:300], 20, few, for_all=False)
    show(
        "Nash's text under a threat, 300 draws x 20 members",
        "0.5",
        lambda: round(float(np.nanmean(settled(club, ideals[:300], reach))), 2),
    )


if __name__ == "__main__":
    main()
