"""Dividing between a member who fears risk and one who does not; and an outside option.

Sources: Nash (1950), *Econometrica* 18; Kalai and Smorodinsky (1975), *Econometrica* 43: utilities sqrt(x) and 1 - x.
"""

import numpy as np
import pytest

from comity.solvers.bargain.cooperative import egalitarian, kalai_smorodinsky, nash, on_line


def root(x):
    return np.stack([np.sqrt(x), 1 - x], axis=1)


def straight(x):
    return np.stack([x, 1 - x], axis=1)


def test_fear_of_risk_costs_a_share():
    assert on_line(root, (0, 1), [0, 0]) == pytest.approx(1 / 3, abs=1e-8)


@pytest.mark.parametrize("solution", ["kalai_smorodinsky", "egalitarian"])
def test_kalai_smorodinsky_is_egalitarian_where_both_could_have_one(solution):
    assert on_line(root, (0, 1), [0, 0], solution=solution) == pytest.approx((3 - 5**0.5) / 2, abs=1e-12)


@pytest.mark.parametrize("solution", ["nash", "kalai_smorodinsky", "egalitarian"])
def test_an_outside_option_moves_the_middle(solution):
    assert on_line(straight, (0, 1), [0.2, 0], solution=solution) == pytest.approx(0.6, abs=1e-12)


@pytest.mark.parametrize(("solve", "share"), [(nash, 1 / 3), (kalai_smorodinsky, 0.381966), (egalitarian, 0.381966)])
def test_the_same_among_listed_outcomes(solve, share):
    shares = np.linspace(0, 1, 30_001)
    assert shares[solve(root(shares), [0, 0]).outcome] == pytest.approx(share, abs=2e-5)
