"""Packages: numbers, options, worth that adds up, and shares of ranges."""

from __future__ import annotations

import numpy as np
import pytest

from comity.solvers.bargain.packages import FINE, ONE, Outcomes, shares


def test_a_sample_is_those_rows_of_the_whole():
    issues, picked = ((0, 20, 100), (0, 1), (3, 4, 5, 9)), np.array([0, 7, 13, 23])
    whole, some = Outcomes(issues), Outcomes(issues, picked=picked)
    assert (whole.number, some.number, some.of) == (24, 4, 24)
    assert (some.digits == whole.digits[picked]).all()
    gains = [np.random.default_rng(1).normal(size=(3, each)) for each in (3, 2, 4)]
    before = [each.copy() for each in gains]
    assert np.allclose(some.summed(gains), whole.summed(gains)[:, picked])
    assert all((one == two).all() for one, two in zip(gains, before, strict=True))
    assert whole.places[0].tolist()[:3] == [0, 2000, FINE]


def test_shares_are_what_numpy_says():
    random = np.random.default_rng(2)
    for _ in range(30):
        values, reserved = random.normal(0, 1, (4, 50)).round(2), random.normal(0, 1, 4).round(2)
        open_ = random.uniform(size=50) < 0.7
        gains = values - reserved[:, None]
        most = gains[:, open_].max(axis=1, initial=0.0)[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            wanted = np.floor(gains / most * ONE + 1e-6)
        wanted = np.where(most > 1e-12, wanted, np.where(gains < -1e-12, -ONE, 0)).clip(-1000 * ONE, ONE)
        assert (shares(values, reserved, open_) == wanted).all()
    assert shares([[-1, 0, -2]], [0]).tolist() == [[-ONE, 0, -ONE]]


def test_what_is_no_package_is_refused():
    with pytest.raises(ValueError, match="one issue at least"):
        Outcomes(())
    with pytest.raises(ValueError, match="Of 2 packages"):
        Outcomes(((0, 1),), picked=np.array([2]))
    with pytest.raises(ValueError, match="Of 2 packages"):
        Outcomes(((0, 1),), picked=np.array([], dtype=np.int64))
