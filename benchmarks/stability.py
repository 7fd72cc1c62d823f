"""How long all coalitions of twenty members take, and how often faster that is than plain loops.

Run it with ``python benchmarks/stability.py``. Seconds are of the first call: nothing is compiled beforehand. The plain
loops decide twelve members; their time is scaled to twenty by the number of coalitions and of members.
"""

import time
import tracemalloc
from functools import partial

import numpy as np

from comity.solvers.participation.climate_club import Regions, club
from comity.solvers.participation.payoffs import linear_good, quadratic_good
from comity.solvers.participation.stable import stability, together
from comity.solvers.participation.transfers import least_core, potential, shapley

FEW, ALL = 12, 20


def plain(benefit, cost):
    """Every coalition by its definition, one at a time."""
    members = len(cost)
    total, found = sum(cost), []
    parts = [each / total for each in cost]

    def payoffs(coalition):
        inside = [i for i in range(members) if coalition >> i & 1]
        share = sum(parts[i] for i in inside)
        if not inside or sum(benefit[i] * share - cost[i] for i in inside) < 0:
            return [0.0] * members
        return [benefit[i] * share - (cost[i] if coalition >> i & 1 else 0.0) for i in range(members)]

    kept = [payoffs(coalition) for coalition in range(1 << members)]
    for coalition in range(1 << members):
        gain = [kept[coalition | 1 << i][i] - kept[coalition & ~(1 << i)][i] for i in range(members)]
        if all(gain[i] >= -1e-9 if coalition >> i & 1 else gain[i] <= 1e-9 for i in range(members)):
            found.append(coalition)
    return found


def timed(work):
    """Seconds, and what was found."""
    started = time.perf_counter()
    found = work()
    return time.perf_counter() - started, found


def show(name, work, reference):
    """One row: seconds, ratio to the plain loops."""
    took, note = timed(work)
    print(f"{name:58} {took:8.3f} s  plain loops x {reference / took:9,.0f}  {note}", flush=True)


def main():
    """Print the table."""
    random = np.random.default_rng(1)
    benefit, cost = random.uniform(1, 90, ALL), random.uniform(1, 30, ALL)
    few = (benefit[:FEW].tolist(), cost[:FEW].tolist())
    took, found = timed(partial(plain, *few))
    assert sorted(stability(linear_good(*few)).found()) == found
    reference = took * 2 ** (ALL - FEW) * ALL / FEW
    print(f"plain loops, {FEW} members: {took:.3f} s; scaled to {ALL}: {reference:,.0f} s; goal 4 s")
    whole = [[round(100 * each) for each in row] for row in (benefit, cost)]
    show("linear good, floats", lambda: stability(linear_good(benefit, cost)).by_size(), reference)
    show("linear good, exact in 64 bits", lambda: stability(linear_good(*whole)).by_size(), reference)
    show("quadratic good", lambda: stability(quadratic_good(benefit, cost)).by_size(), reference)
    sales = random.uniform(0, 300, (ALL, ALL))
    np.fill_diagonal(sales, 0)
    world = Regions(
        random.uniform(500, 15000, ALL), random.uniform(200, 9000, ALL), sales, random.uniform(0.01, 0.06, ALL),
        random.uniform(0.4, 0.7, ALL), random.uniform(0.4, 0.9, ALL),
    )  # fmt: skip
    show("climate club at 25 USD and 2 %", lambda: stability(club(world, 25, 0.02)).by_size(), reference)
    good = linear_good(benefit, cost)
    show("potential stability with transfers", lambda: int(potential(good).stable.sum()), reference)
    worths = together(linear_good(*whole))
    show("Shapley shares, exact", lambda: len(shapley(worths)), reference)
    show("least core", lambda: least_core(worths).excess, reference)
    tracemalloc.start()
    stability(linear_good(*whole))
    print(f"memory at most {tracemalloc.get_traced_memory()[1] / 2**20:.0f} MB")


if __name__ == "__main__":
    main()
