"""How long voting power takes: the games of the issue, first answer and the next, bound of the error and route.

Run it with ``python benchmarks/power.py``; ``COMITY_SOURCES`` adds the votes of the IMF. Peers that happen to be
installed (powerindices, powerindex, power-bdd) are named with their version, to be timed on the same machine.
"""

import csv
import importlib.metadata
import os
import time
from pathlib import Path

import numpy as np

from comity.solvers import power
from comity.solvers.simple import simplified
from comity.solvers.weighted.routes import sweep

POPULATIONS = [
    493559, 613894, 875898, 1324820, 1919968, 2080908, 2794184, 4076246, 4904226, 5450421, 5517919, 5806081,
    7000039, 8858775, 9772756, 10230185, 10276617, 10649800, 10722287, 11467923, 17282163, 19401658, 37972812,
    46934632, 60359546, 67028048, 83019214,
]  # fmt: skip


def seconds(work):
    """The answer, and the wall time of a first and a second call; a refusal is an answer."""
    took, answer = [], None
    for _ in range(2):
        started = time.perf_counter()
        try:
            answer = work()
        except ValueError as refusal:
            answer = str(refusal)
        took.append(time.perf_counter() - started)
    return answer, took


def show(name, goal, work):
    """One row: first and second call, goal, largest relative bound on members with power, route."""
    answer, (first, second) = seconds(work)
    if isinstance(answer, str):
        note = f"refused: {answer}"
    elif isinstance(answer, power.Estimate):
        felt = answer.values > 1e-9
        note = f"{(answer.bounds[felt] / answer.values[felt]).max():.1e}  {answer.route}"
    else:
        note = ""
    print(f"{name:52} {first:9.4f} s {second:9.4f} s  goal {goal:>7}  {note}", flush=True)


def imf():
    """Votes of the IMF's 190 members in October 2022, or nothing."""
    folder = os.environ.get("COMITY_SOURCES")
    file = Path(folder or ".") / "voting_power" / "imf_votes_2022-10-02.csv"
    if not folder or not file.exists():
        print("IMF: set COMITY_SOURCES to the folder of sources")
        return None
    return [int(row["votes"]) for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())]


def council():
    """Both indices of the EU Council of 27."""
    rows = [[1] * 27, POPULATIONS, [1] * 27]
    rule = simplified([str(place) for place in range(27)], rows, [15, 290_442_477, 24], ("or", (("and", (0, 1)), 2)))
    return power.measure(rule).shapley_shubik


def main():
    """Print the table."""
    votes = imf()
    if votes:
        for quota in (2519966, 3527951, 4283941):
            share = f"IMF {quota / sum(votes):.0%}"
            show(f"{share}: Banzhaf", "0.003", lambda q=quota: power.banzhaf(votes, q, full=True))
            show(f"{share}: Shapley-Shubik", "0.5", lambda q=quota: power.shapley_shubik(votes, q, full=True))
            show(f"{share}: exact Banzhaf", "10", lambda q=quota: power.exact(votes, q, "banzhaf"))
        quotas = (np.linspace(0.5, 0.85, 351) * sum(votes)).astype(int) + 1
        show("IMF: 351 quotas, Banzhaf", "0.5", lambda: sweep(votes, quotas))
    random = np.random.default_rng(1)
    for size, largest, goal in ((200, 10**4, "0.05"), (200, 10**7, "0.05"), (1000, 10**7, "0.4"), (60, 10**7, "10")):
        weights = random.integers(1, largest, size)
        quota = int(weights.sum()) // 2 + 1
        name = f"{size} members, weights to {largest:,}"
        show(f"{name}: Banzhaf", goal, lambda w=weights, q=quota: power.banzhaf(w, q, full=True))
        show(f"{name}: Shapley-Shubik", goal, lambda w=weights, q=quota: power.shapley_shubik(w, q, full=True))
    show("EU Council of 27, both indices, exact", "0.1", council)
    for peer in ("powerindices", "powerindex", "power-bdd"):
        try:
            print(f"{peer} {importlib.metadata.version(peer)} is installed")
        except importlib.metadata.PackageNotFoundError:
            print(f"{peer} is not installed")


if __name__ == "__main__":
    main()
