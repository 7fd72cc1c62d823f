"""How fast plurality and the sheet of resilience are counted, as multiples of the least numpy work they rest on.

Run it with ``python benchmarks/plurality.py``.
"""

import time

import numpy as np

import comity as co
from comity.kernel.streams import Stream
from comity.solvers.choice.ranks import ranks
from comity.solvers.choice.weights import Region, limits
from comity.solvers.plurality import effective_rows

GOAL = 2.0
"""Seconds of the processor for the whole analysis of the largest institution that ships."""


def timed(work):
    """The best of three runs, in seconds of the processor."""
    best = np.inf
    for _ in range(3):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def main():
    """Print the times and what they are multiples of."""
    amounts = np.random.default_rng(1).random((10_000, 193))
    numbers, plain = timed(lambda: effective_rows(amounts)), timed(lambda: (amounts**2).sum(axis=1))
    print(f"10,000 worlds of 193: {numbers * 1e3:.1f} ms, {numbers / plain:.1f} sums of squares")
    values = np.random.default_rng(1).random((20, 6))
    region, uniforms = Region.of(limits(list("abcdef"))), Stream(1, "bench").uniforms
    ranked = timed(lambda: ranks(values, "worst", region=region, uniforms=uniforms))
    drawn = timed(lambda: region.draw(uniforms(range(10_000), range(6))) @ values.T)
    print(f"ranks of 20 states in 10,000 weightings: {ranked * 1e3:.0f} ms, {ranked / drawn:.1f} draws and scores")
    for question in ("plurality", "resilience"):
        whole = timed(lambda question=question: co.analyse(co.load("unga"), question))
        print(
            f"{question} of 193 states: {whole:.2f} s, goal {GOAL:g} s {'reached' if whole < GOAL else 'NOT REACHED'}"
        )


if __name__ == "__main__":
    main()
