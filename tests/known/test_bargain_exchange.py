"""Stokman and Van Oosten (1994), position exchange: two members of the sample data of the program decide."""

import numpy as np
import pytest

from comity.solvers.bargain.exchange import terms


def test_the_exchange_of_willems_and_wcentr():
    """A third with the rest of the weight makes the sums of power times salience 5.025 and 3.42."""
    position = np.array([[[100.0, 25.0], [0.0, 100.0], [50.0, 60.0]]])
    salience = np.array([[[0.95, 0.6], [0.95, 0.9], [1.0, 1.0]]])
    weight = np.array([[[0.95, 0.6], [0.855, 0.81], [5.025 - 0.95 - 0.855, 3.42 - 0.6 - 0.81]]])
    found = terms(position[:, :, ::-1], weight[:, :, ::-1], salience[:, :, ::-1])
    trade = (0, 0, 1)  # Willems gives way on B, Wcentr on A
    assert found.rate[trade] == pytest.approx(1.5 / 1.9)
    assert found.shifts[0][trade] == pytest.approx(13.1579, abs=5e-5)
    assert found.shifts[1][trade] == pytest.approx(10.3878, abs=5e-5)
    assert found.moves[0][trade] == pytest.approx(75)
    assert found.moves[1][trade] == pytest.approx(61.0512, abs=1e-3)
    assert found.gain[trade] == pytest.approx(1.97368, abs=5e-6)
