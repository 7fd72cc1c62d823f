"""Statistics Netherlands, *Low import dependency in the larger product groups*, "Import concentration" (news, 2021).

The page works three examples of the Herfindahl-Hirschman index: one supplier gives 1, two equal ones 1/2, three 1/3.
Hirschman's own index (1945, chapter VI) is a hundred times its root: 100 for one partner alone.
"""

import numpy as np
import pytest

from comity.solvers.dependence import concentration, hirschman


@pytest.mark.parametrize(("suppliers", "index"), [(1, 1), (2, 1 / 2), (3, 1 / 3)])
def test_equal_suppliers(suppliers, index):
    low, high = concentration(np.full(suppliers, 1 / suppliers), step=0)
    assert low == pytest.approx(index)
    assert high == pytest.approx(index)
    assert hirschman(low) == pytest.approx(100 * index**0.5)
