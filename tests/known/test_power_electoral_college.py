"""Electoral College of the United States, 1996: 51 members, 270 of 538 votes.

Source: tests of the package power-bdd, after Bolus, European Journal of Operational Research 210 (2011), 258-272.
"""

import pytest

from comity.solvers.power import banzhaf, shapley_shubik

ELECTORS = [54, 33, 32, 25, 23, 22, 21, 18, 15, 14, 13, 13, 12, 12, 11, 11, 11, 11, 10, 10, 9, 9, 8, 8, 8, 8, 8, 8]
ELECTORS += [7] * 3 + [6] * 2 + [5] * 4 + [4] * 6 + [3] * 8


def test_california_and_the_smallest():
    assert (len(ELECTORS), sum(ELECTORS)) == (51, 538)
    swing = banzhaf(ELECTORS, 270, absolute=True)
    assert float(swing[0]) == pytest.approx(0.4664541346829614, rel=1e-14)
    assert float(swing[-1]) == pytest.approx(0.0228538034563881, rel=1e-12)
    shapley = shapley_shubik(ELECTORS, 270)
    assert float(shapley[0]) == pytest.approx(0.10812540951779513, rel=1e-14)
    assert float(shapley[-1]) == pytest.approx(0.005405549637386588, rel=1e-14)
    assert sum(shapley) == pytest.approx(1, abs=1e-14)
