"""How long a clause takes over draws, and how often faster that is than one draw after the other.

Run it with ``python benchmarks/rehearsal.py``. The plain loop decides each draw and party by the textbook's promise;
its time is scaled to all draws.
"""

import time

import numpy as np

from comity.solvers.repeated.clause_game import Looks, Parties, critical_discount, least_trigger
from comity.solvers.repeated.trigger import Stage
from comity.solvers.repeated.trigger import critical_discount as one_critical
from comity.solvers.repeated.trigger import least_trigger as one_least

DRAWS, PARTIES, FEW = 1_000_000, 7, 2_000


def main():
    """Print the table."""
    random = np.random.default_rng(1)
    sums = [random.uniform(low, high, (DRAWS, PARTIES)) for low, high in ((1, 5), (0, 1), (4, 9))]
    parties = Parties(*sums, random.uniform(0, 0.2, DRAWS), np.full(PARTIES, 0.1))
    looks, discount = Looks(0.05, 0.05, 0.2), random.uniform(0.5, 0.99, DRAWS)
    started = time.perf_counter()
    factors = critical_discount(parties, looks).max(axis=1)
    rounds = least_trigger(parties, looks, discount)
    took = time.perf_counter() - started
    false, true = looks.noticed(PARTIES)
    started = time.perf_counter()
    for draw in range(FEW):
        rows = [each[draw].tolist() for each in sums]
        keep = float(parties.withheld[draw])
        stages = [
            Stage(
                cost - own - keep * others - looks.reward * looks.power * 0.9,
                own + others - cost + looks.reward * (1 - looks.false_alarm) * (1 - PARTIES * 0.1),
            )
            for cost, own, others in zip(*rows, strict=True)
        ]
        needs = [one_critical(each, false, true) for each in stages]
        most = max(np.inf if each is None else each for each in needs)
        lengths = [one_least(each, float(discount[draw]), false, true) for each in stages]
        if min(each.worth for each in stages) >= 0:
            assert np.isclose(most, factors[draw]) or most == factors[draw]
            assert max(np.inf if each is None else each for each in lengths) == rounds[draw]
    loop = (time.perf_counter() - started) * DRAWS / FEW
    print(
        f"{DRAWS:,} draws x {PARTIES} parties: {took:.2f} s, {loop / took:.0f} times faster than a plain loop (goal 20)"
    )


if __name__ == "__main__":
    main()
