"""How fast the law is: compiled rulings a second beside a plain numpy reference, and events a second.

Run it with ``python benchmarks/law.py``. Goals: one million compiled rulings a second of a rule of about 20 members
(the reference gathers the coefficient of every choice and adds them up, one condition after the other);
20,000 events a second in one process on the G20 charter (proposals, a ballot of every member, a statement, a ruling).
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


def log(body, questions=100):
    """A log of proposals that every member votes on, one ballot an event."""
    day, made = body.as_of, []
    for number in range(questions):
        question = f"Q{number}"
        table = {"kind": "proposal_tabled", "question": question, "matter": "declaration", "paragraphs": 10}
        ballots = [
            {"kind": "ballot_cast", "by": f"member:{each}", "question": question, "choice": "yes"}
            for each in body.members_on(day)
        ]
        said = {"kind": "statement_made", "by": "member:ARG", "question": question, "statement": "dissociates"}
        put = {"kind": "question_put", "by": "chair", "question": question}
        made += [comity.event({"on": day, **each}) for each in (table, *ballots, said, put)]
    return made


def events():
    """Print events a second on the G20 charter, and that the cost does not grow with the log."""
    body = comity.load("g20")
    for questions in (100, 1000):
        made = log(body, questions)

        def run(made=made):
            state = comity.start(body)
            for each in made:
                state = comity.apply(state, each).state
            return state

        state, took = best(run, 3)
        assert state.number == len(made)
        speed = len(made) / took
        print(
            f"g20 {len(made):7,} events {speed:12,.0f}/s  goal 20,000/s {'reached' if speed > 2e4 else 'NOT REACHED'}"
        )


if __name__ == "__main__":
    main()
    events()
