"""How fast rules decide: compiled rulings a second, beside a plain numpy reference in the same run.

Run it with ``python benchmarks/law.py``. Goal: one million compiled rulings a second of a rule of about 20 members. The
reference gathers the coefficient of every choice and adds them up, condition by condition, as a first draft would.
"""

import time

import numpy as np

import comity

RULES = (("g20", "consensus"), ("eu-council", "qualified_majority"), ("unsc", "substantive"), ("unga", "important"))
CASES = 400_000
GOAL = 1_000_000


def reference(game, ballots):
    """The same rulings by gathering and adding."""
    columns = np.arange(len(game.members))
    held = np.stack(
        [
            rows[ballots, columns].sum(axis=1) >= least
            for rows, least in zip(game.coefficients, game.thresholds, strict=True)
        ],
        axis=1,
    )
    return game.evaluate(held)


def best(work, times=5):
    """The answer, and the shortest of several wall times."""
    took = []
    for _ in range(times):
        started = time.perf_counter()
        answer = work()
        took.append(time.perf_counter() - started)
    return answer, min(took)


def main():
    """Print rulings a second, the ratio to the reference, and one explained ruling."""
    random = np.random.default_rng(1)
    for name, rule in RULES:
        body = comity.load(name)
        game = body.game(rule, body.as_of)
        members = game.members
        ballots = random.integers(0, 6, (CASES if len(members) < 50 else CASES // 10, len(members)))
        quick, took = best(lambda g=game, b=ballots: g.adopted(b))
        plain, plainly = best(lambda g=game, b=ballots: reference(g, b))
        assert (quick == plain).all()
        speed = len(ballots) / took
        reached = "" if len(members) > 30 else f"goal {GOAL:,}/s {'reached' if speed > GOAL else 'NOT REACHED'}"
        print(
            f"{name:12}{rule:20}{len(members):4} members {speed:12,.0f}/s  {plainly / took:5.1f} x reference  {reached}"
        )
        choices = dict.fromkeys(members, "yes")
        _, explained = best(lambda b=body, r=rule, c=choices: b.decide(r, c, on=b.as_of).as_json(), 20)
        print(f"{'':36} one explained ruling {explained * 1000:.2f} ms")


if __name__ == "__main__":
    main()
