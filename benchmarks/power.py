"""How long voting power takes: the games of the issue, first answer and the next, bound of the error and route.

Run it with ``python benchmarks/power.py``; ``COMITY_SOURCES`` adds the votes of the IMF. Peers from PyPI are timed side
by side, each in a process of its own that is stopped after a minute, where they are installed::

    uv run --with powerindices --with powerindex --with power-bdd python benchmarks/power.py
    python -m pip install powerindices powerindex power-bdd  # the same, in an environment of one's own

They are no dependencies of the project.
"""

import csv
import importlib.metadata
import multiprocessing
import os
import queue
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
ELECTORS = [
    54, 33, 32, 25, 23, 22, 21, 18, 15, 14, 13, 13, 12, 12, 11, 11, 11, 11, 10, 10, 9, 9, 8, 8, 8, 8, 8, 8, 7, 7, 7,
    6, 6, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3,
]  # fmt: skip
PATIENCE = 60
"""Seconds that a peer is given for one answer."""


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
    return second


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


def by_powerindices(weights, quota, index):
    """Peer: dynamic programming in whole numbers of 64 bits."""
    import powerindices

    return (powerindices.compute_pbi if index == "banzhaf" else powerindices.compute_ssi)(quota, weights)


def by_powerindex(weights, quota, index):
    """Peer: generating functions in pure Python."""
    import powerindex.powerindex as peer

    game = peer.Game(quota, weights)
    (game.calc_banzhaf if index == "banzhaf" else game.calc_shapley_shubik)()
    return game.banzhaf if index == "banzhaf" else game.shapley_shubik


def by_power_bdd(weights, quota, index):
    """Peer: binary decision diagrams."""
    from power_bdd.bdd import BDD, WeightedGame

    diagram = BDD(WeightedGame(quota, weights))
    return diagram.calc_banzhaf() if index == "banzhaf" else diagram.calc_shapley()


PEERS = {"powerindices": by_powerindices, "powerindex": by_powerindex, "power-bdd": by_power_bdd}


def timed(question, answer):
    """In a process of its own: how long a peer takes and what it says, as shares; or why it says nothing."""
    peer, weights, quota, index = question
    started = time.perf_counter()
    try:
        found = np.array([float(value) for value in PEERS[peer](weights, quota, index)])
        answer.put((time.perf_counter() - started, (found / found.sum()).tolist()))
    except Exception as error:  # noqa: BLE001 - whatever a peer raises is its answer
        answer.put((None, f"{type(error).__name__}: {error}"))


def beside(name, weights, quota):
    """One game, comity and every peer that is installed, with how many times longer the peer takes."""
    weights = [int(weight) for weight in weights]
    for index, ours in (("banzhaf", power.banzhaf), ("shapley_shubik", power.shapley_shubik)):
        values, (_, here) = seconds(lambda ours=ours: ours(weights, quota))
        print(f"{name}, {index}: comity {here:.4f} s", flush=True)
        for peer in PEERS:
            try:
                version = importlib.metadata.version(peer)
            except importlib.metadata.PackageNotFoundError:
                print(f"  {peer} is not installed")
                continue
            context = multiprocessing.get_context("spawn")
            answer = context.Queue()
            process = context.Process(target=timed, args=((peer, weights, quota, index), answer), daemon=True)
            process.start()
            try:
                took, found = answer.get(timeout=PATIENCE)
            except queue.Empty:
                took, found = None, f"no answer in {PATIENCE} s"
            process.kill()
            process.join()
            if took is None:
                print(f"  {peer} {version}: {found}", flush=True)
            else:
                apart = np.abs(np.array(found) - values).max() if len(found) == len(values) else float("nan")
                print(
                    f"  {peer} {version}: {took:.4f} s, {took / here:,.0f} times as long; apart {apart:.1e}", flush=True
                )


def main():
    """Print the tables."""
    votes = imf()
    if votes:
        for quota in (2519966, 3527951, 4283941):
            share = f"IMF {quota / sum(votes):.0%}"
            show(f"{share}: Banzhaf", "0.003", lambda q=quota: power.banzhaf(votes, q, full=True))
            show(f"{share}: Shapley-Shubik", "0.5", lambda q=quota: power.shapley_shubik(votes, q, full=True))
            show(f"{share}: exact Banzhaf", "10", lambda q=quota: power.exact(votes, q, "banzhaf"))
            show(f"{share}: exact Shapley-Shubik", "60", lambda q=quota: power.exact(votes, q))
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
    beside("EEC Council of 1958", [4, 4, 4, 2, 2, 1], 12)
    beside("US Electoral College of 1996", ELECTORS, 270)
    if votes:
        beside("IMF 50%", votes, 2519966)


if __name__ == "__main__":
    main()
