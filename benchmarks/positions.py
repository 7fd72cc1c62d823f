"""How fast positions are computed from roll calls, beside a plain numpy likelihood as the reference.

Run it with ``python benchmarks/positions.py``; with COMITY_SOURCES set it also times the real votes (goal: 60 s for
one dimension and six groups, 1946-2019).
"""

import os
import tempfile
import time
from pathlib import Path

import numpy as np

from comity.solvers.ideal_points.estimate import ideal_points


def simulated(states, calls):
    """Votes of states with known points."""
    random = np.random.default_rng(1)
    truth, steep, middle = random.normal(size=states), random.normal(size=calls) * 1.5, random.normal(size=calls)
    said = truth[:, None] * steep - middle + random.logistic(size=(states, calls))
    return truth, (said > 0).astype(np.int8) + (said > 0.7)


def likelihood(points, items, votes):
    """The log-likelihood of all votes once, in numpy: the least that any estimator does each round."""
    some = 1 / (1 + np.exp(items[:, 1] - points[:, None] * items[:, 0]))
    full = 1 / (1 + np.exp(items[:, 2] - points[:, None] * items[:, 0]))
    return np.log(np.choose(votes, [1 - some, some - full, full])).sum()


def main():
    """Print times, recovery, and one round as a multiple of one likelihood."""
    ideal_points([[2, 0], [0, 2], [1, 1]], [1, 1])  # compile
    for states, calls in ((200, 500), (200, 5000)):
        truth, votes = simulated(states, calls)
        started = time.perf_counter()
        found = ideal_points(votes, np.ones(calls, dtype=int))
        took = time.perf_counter() - started
        started = time.perf_counter()
        likelihood(found.values, np.nan_to_num(found.items), votes)
        plain = time.perf_counter() - started
        match = abs(np.corrcoef(found.values, truth)[0, 1])
        each = took / found.rounds / plain
        print(f"{states} x {calls}: {took:6.2f} s, {found.rounds} rounds, r = {match:.4f}, each {each:.1f} likelihoods")
    if folder := os.environ.get("COMITY_SOURCES"):
        from comity.observation.building import build_positions

        folder = Path(folder) / "unga"
        votes, issues = folder / "unga_votes_matrix_1946_2019.csv.gz", folder / "unga_roll_calls.csv.gz"
        started = time.perf_counter()
        with tempfile.TemporaryDirectory() as into:
            build_positions(votes, issues, Path(into))
        took = time.perf_counter() - started
        print(f"1946-2019, seven tables: {took:.1f} s, goal 60 s {'reached' if took < 60 else 'NOT REACHED'}")


if __name__ == "__main__":
    main()
