"""How fast a clause is played at one setting and at further ones, and what workers and pairing save.

Run it with ``python benchmarks/experiments.py``. Two processes are timed from their start, imports included.
"""

import time

import comity as co
from comity.rehearsal.parts.experiment.looks import block
from comity.rehearsal.parts.experiment.problem import frozen
from comity.rehearsal.parts.varying.setting import Setting
from comity.rehearsal.parts.workers.blocks import figures_digest
from comity.rehearsal.parts.workers.playing import Workers, play
from comity.solvers.paired import difference
from comity.study.ask import inputs, wanting

RUNS, LOOKS = 200_000, 20


def main():
    """Print the table."""
    given = wanting(inputs(co.load("g5")))
    now = Setting(given.institution, given.wanted(), given.actors)
    problem = frozen(given, now, "oil_stocks", looks_played=LOOKS, every="look")
    block(problem, 0, 10)
    digests = {}
    for number in (1, 2):
        started = time.perf_counter()
        found = [arrays for _, arrays in play(block, [problem], RUNS, Workers(number, size=10_000))]
        took = time.perf_counter() - started
        digests[number] = figures_digest(found)
        print(f"{RUNS:,} runs x {LOOKS} looks, {number} process(es): {took:.2f} s, {RUNS / took:,.0f} runs a second")
        if number == 1:
            alone = took
    assert digests[1] == digests[2]
    block(problem, 0, 2000)
    other = frozen(given, now.changed([("shocks.absent.JPN", "1/4")]), "oil_stocks", looks_played=LOOKS, every="look")
    started = time.perf_counter()
    for _ in range(20):
        block(other, 0, 2000)
    again = (time.perf_counter() - started) / 20
    print(
        f"further settings, whose fortune is drawn already: {2000 / again:,.0f} runs a second, "
        f"{alone / RUNS * 2000 / again:.1f} times as fast (goal 1.5)"
    )
    started = time.perf_counter()
    for number in range(50):
        now.changed([("clauses.oil_stocks.reward.amount", f"{number} million USD 2024")])
    print(f"a setting is changed and checked in {(time.perf_counter() - started) * 20:.1f} ms (goal 20)")
    exact = now.changed([("clauses.oil_stocks.verified.miss", "1/10")])
    other = frozen(given, exact, "oil_stocks", looks_played=LOOKS, every="look")
    saved = difference(block(problem, 0, 20_000)["worth"], block(other, 0, 20_000)["worth"]).saving
    print(f"pairing two settings saves {saved:.1f} times the runs (goal 3)")


if __name__ == "__main__":
    main()
