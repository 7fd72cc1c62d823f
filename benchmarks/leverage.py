"""How fast dependence between all states is measured and a tariff is drawn, beside one matrix product as the reference.

Run it with ``python benchmarks/leverage.py``.
"""

import time

import numpy as np

import comity as co
from comity.analysis.parts.exposure import exposure
from comity.solvers.dependence import centrality, trade
from comity.solvers.diversion import diverted
from comity.study.ask import inputs

DRAWS = 10_000


def timed(work):
    """The best of three runs, in seconds."""
    took = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        took.append(time.perf_counter() - started)
    return min(took)


def main():
    """Print times, and each as a multiple of the product of two matrices of all states."""
    given = inputs(co.load("g20"))
    found = exposure(given)
    states = len(found.actors)
    square = np.random.default_rng(1).uniform(size=(states, states))
    one = timed(lambda: square @ square)
    shares = np.random.default_rng(1).dirichlet(np.ones(3), (DRAWS, 20))
    half = np.full((DRAWS, 1), 0.5)
    lists, totals = found.lists, found.totals
    rows = {
        f"lists of {states} states read into matrices": lambda: exposure(given),
        f"flows between {states} states with bounds": lambda: trade(
            lists["export"], totals["export"], lists["import"], totals["import"]
        ),
        "centrality": lambda: centrality(np.nan_to_num(found.traded()[0])),
        f"a tariff, {DRAWS} draws x 20 states": lambda: diverted(shares, 0, half, half),
        f"hedging of the G20, {DRAWS} draws": lambda: co.analyse(co.load("g20"), "hedging", draws=DRAWS),
        "leverage of the General Assembly": lambda: co.analyse(co.load("unga"), "leverage"),
    }
    for name, work in rows.items():
        took = timed(work)
        print(f"{name:48} {took:8.4f} s {took / one:10.0f} products", flush=True)


if __name__ == "__main__":
    main()
