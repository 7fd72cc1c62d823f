"""How long exact sharing takes, as multiples of a plain proportional share of the same members.

Run it with ``python benchmarks/burdens.py``.
"""

import time
from fractions import Fraction

import comity
from comity.burdens.scale_of_assessments import ScaleOfAssessments
from comity.burdens.talmud import Talmud
from comity.library.groups import group
from comity.solvers.sharing import nested, poured, proportional


def fastest(work, times=5):
    """The shortest wall time of a few calls."""
    took = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        took.append(time.perf_counter() - started)
    return min(took)


def main():
    """Print the table: seconds, multiple of the plain share, goal for the multiple."""
    world, unga = comity.panel(year=2025), comity.load("unga")
    states = unga.states_on(unga.as_of)
    figures = {
        name: dict(zip(states, (Fraction(str(value)) for value in world.column(name, states)), strict=True))
        for name in ("gdp_usd", "population")
    }
    poorest = group("least_developed", unga.as_of)
    figures["least_developed"] = {state: Fraction(state in poorest) for state in states}
    gdp = list(figures["gdp_usd"].values())
    shares = proportional(gdp)
    plain = fastest(lambda: proportional(gdp))
    rows = (
        ("in proportion, floor and ceiling", 10, lambda: proportional(gdp, Fraction(1, 10**5), Fraction(22, 100))),
        ("nested needs (Shapley)", 5, lambda: nested(gdp)),
        (
            "Talmud",
            10,
            lambda: Talmud(to="gdp_usd", estate=Fraction(345 * 10**7)).shares(states, figures),
        ),
        ("UN scale, five steps", 200, lambda: ScaleOfAssessments().shares(states, figures)),
        (
            "a fifth taken over under a ceiling",
            10,
            lambda: poured([each * 4 / 5 for each in shares], Fraction(1, 5), [Fraction(22, 100)] * len(shares)),
        ),
        ("the whole analysis of the regular budget", 1000, lambda: comity.analyse(unga, "burdens")),
    )
    print(f"{'193 members, in proportion':46} {plain:9.5f} s")
    for name, goal, work in rows:
        took = fastest(work)
        print(f"{name:46} {took:9.5f} s {took / plain:8.1f} times  goal {goal:>5}", flush=True)


if __name__ == "__main__":
    main()
