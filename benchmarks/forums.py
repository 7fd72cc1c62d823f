"""How long forum choice and perception take, and how much faster sums of binomial terms are than adding them up.

Run it with ``python benchmarks/forums.py``.
"""

import time
from fractions import Fraction
from math import comb

import numpy as np

import comity as co
from comity.solvers.forums import chosen, first, moved
from comity.solvers.perception import misjudged


def took(work):
    """Seconds of the second call, and what it gave."""
    work()
    started = time.perf_counter()
    found = work()
    return time.perf_counter() - started, found


def show(name, goal, work):
    """One row."""
    seconds, note = took(work)
    print(f"{name:68} {seconds:8.4f} s  goal {goal:>5}  {note}", flush=True)


def by_hand(contacts):
    """The error of a trustworthy state at an error of 3/10, prior and cut-off one half, as an exact fraction."""
    least = (contacts + 1) // 2
    return sum(
        comb(contacts, good) * Fraction(7, 10) ** good * Fraction(3, 10) ** (contacts - good) for good in range(least)
    )


def main():
    """Print the table."""
    random = np.random.default_rng(1)
    hopes = random.uniform(-1, 3, (1_000, 193, 7))
    weight = random.uniform(0, 1, 193)
    show("1,000 draws x 193 movers x 7 forums", "0.1 s", lambda: first(moved(chosen(hopes), weight)).mean().round(3))
    counts = np.arange(10_001)
    show(
        "errors after each of 0 to 10,000 contacts",
        "0.1 s",
        lambda: float(misjudged(counts, 0.5, 0.5, error=0.45).trustworthy[-1]),
    )
    slow, exact = took(lambda: by_hand(1_000))
    fast, found = took(lambda: float(misjudged(1_000, 0.5, 0.5, error=0.3).trustworthy))
    print(f"{'1,000 contacts: exact fractions to an incomplete beta function':68} {slow / fast:8.0f} x  "
          f"relative difference {abs(found / float(exact) - 1):.0e}")  # fmt: skip
    g5 = co.load("g5")

    def phases():
        found = co.analyse(g5, "displacement", draws=100)
        return f"{len(found.values['phase'])} cells"

    show("displacement by the rumoured five, 13 issues x 7 forums, phase diagram", "15 s", phases)


if __name__ == "__main__":
    main()
