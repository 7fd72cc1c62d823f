"""Tied hands: what a ratifier at home does to a division abroad.

Sources: Schelling (1960), *The Strategy of Conflict*; Putnam (1988), *International Organization* 42; Milner and
Rosendorff (1997), *Journal of Conflict Resolution* 41. Linear Nash: share = max(1/2, floor of the ratifier).
"""

import numpy as np
import pytest

from comity.solvers.bargain.cooperative import on_line
from comity.solvers.bargain.two_level import constrained_share, schelling_effect


@pytest.mark.parametrize("floor", [0.0, 0.3, 0.5, 0.6, 0.95])
def test_the_share_is_the_larger_of_one_half_and_the_floor(floor):
    assert constrained_share(floor) == max(0.5, floor)
    solved = on_line(lambda x: np.stack([x, 1 - x], axis=1), (floor, 1.0), [0, 0])
    assert solved == pytest.approx(max(0.5, floor), abs=1e-7)


def test_a_ratifier_helps_until_it_prevents_agreement():
    # losses (x - ideal)^2 from 0: 2 / x = 1 / (80 - x) + 1 / (200 - x) gives 50
    gains = [schelling_effect((40, 100), ratifier, 0).gain for ratifier in (40, 25, 22.5, 21)]
    assert gains == pytest.approx([0, 0, 5, 8], abs=1e-5)
    hostile = schelling_effect((40, 100), -10, 0)
    assert (hostile.constrained, hostile.gain) == (None, None)
    assert hostile.status_quo_gain == pytest.approx(10 - 40, abs=1e-5)


def test_past_the_ideal_of_its_own_government_the_constraint_hurts():
    assert schelling_effect((40, 100), 10, 0).gain == pytest.approx(10 - 20, abs=1e-5)
