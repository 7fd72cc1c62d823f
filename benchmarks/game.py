"""How long one game on the law engine takes, question by question.

Run it with ``python benchmarks/game.py``. A game is for reading: it asks every seat about everything and applies every
event. Goal: at least 1,000 questions a second on the rumoured five, of which those asked of a table cost less than the
law that they move.
"""

import time

import comity
from comity.model.policy import Policy, answer
from comity.study.rehearse import rehearse

CASES = (("g5", 20), ("g7", 20), ("g20", 20), ("osce", 5))
GOAL = 1_000


def main():
    """Print questions and events a second."""
    for name, rounds in CASES:
        law, held, world = comity.load(name), comity.stakes("mission"), comity.panel()
        rehearse(law, held, world, rounds=1)
        started = time.perf_counter()
        values = rehearse(law, held, world, rounds=rounds).values
        took = time.perf_counter() - started
        rate = values["asks"] / took
        reached = f"goal {GOAL:,}/s {'reached' if rate > GOAL else 'NOT REACHED'}" if name == "g5" else ""
        print(
            f"{name:6}{rounds:4} rounds {took:6.2f} s {values['asks']:6} questions {rate:8,.0f}/s "
            f"{values['events']:6} events  {reached}"
        )
    _tables()


def _tables():
    """What a table takes for one answer."""
    import datetime
    from fractions import Fraction

    from comity.model.seat import Ask, Move

    vote = Move("vote:Q", "ballot_cast", "", {"question": "Q"}, {"choice": ("yes", "no", "abstain")})
    view = {"round": 3, "rounds": 20, "share": Fraction(1, 3), "conceded": Fraction(0)}
    ask = Ask("1", "member:JPN", "vote", view, (vote,), datetime.date(2026, 2, 6))
    policy, number = Policy(takes=(Fraction(1, 2),)), 20_000
    started = time.perf_counter()
    for _ in range(number):
        answer(policy, ask)
    print(f"a table answers {number / (time.perf_counter() - started):,.0f} questions a second")


if __name__ == "__main__":
    main()
