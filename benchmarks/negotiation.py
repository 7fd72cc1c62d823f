"""How many negotiations are held in a second of processor time, and how often faster that is than a plain loop.

Run it with ``python benchmarks/negotiation.py``. The tables of utilities are made within the time. The plain loop is
the one the tests compare with; its time is measured on one talk of the smallest body.
"""

import time
from pathlib import Path

import numpy as np

from comity.solvers.bargain.offers import Setting, Tactics, negotiate, time_dependent
from comity.solvers.bargain.packages import Outcomes, shares
from comity.solvers.game import weighted

TALKS, ROUNDS = 400, 20
CASES = ((7, 7, 600), (7, 4, 600), (20, 20, 100), (20, 11, 100))


def plain_loop():
    """The loop of the tests."""
    names = {}
    source = (Path(__file__).parent.parent / "tests/solvers/test_bargain_offers.py").read_text(encoding="utf-8")
    exec(compile(source, "test_bargain_offers.py", "exec"), names)  # noqa: S102 - our own tests
    return names["plain"]


def main():
    """Print the table."""
    plain = plain_loop()
    random = np.random.default_rng(1)
    grid = np.linspace(0, 100, 5)
    packages = Outcomes((tuple(grid),) * 5)
    for members, quota, goal in CASES:
        tactics = Tactics(np.tile(time_dependent(ROUNDS, 1.0), (members, 1)), np.zeros(members), np.zeros(members))
        position = random.uniform(0, 100, (TALKS, 5, members, 1))
        gains = random.uniform(0.1, 1, (TALKS, 5, members, 1)) * (abs(20 - position) - abs(grid - position))

        def table(number, gains=gains, members=members):
            return shares(packages.summed(list(gains[number])), np.zeros(members))

        for knows in ("offers", "wishes"):
            setting = Setting(weighted([1] * members, quota), packages, tactics, knows=knows)
            luck = setting.luck(random.uniform(size=(TALKS, setting.turns)))
            negotiate(setting, table, luck[:2])
            started = time.process_time()
            log = negotiate(setting, table, luck)
            rate = TALKS / (time.process_time() - started)
            told = f"{members} members, {quota} must agree, {packages.number:,} packages, proposers know {knows}"
            told += f": {rate:,.0f} talks a second of one core (goal {goal})"
            if members == quota == CASES[0][0]:
                started = time.process_time()
                assert plain(setting, table(0), luck[0])[0] == log.outcome[0]
                told += f", {rate * (time.process_time() - started):,.0f} times a plain loop"
            print(told)


if __name__ == "__main__":
    main()
