"""The agenda setter, and the median's pull in the long run.

Sources: Romer and Rosenthal (1978), "Political Resource Allocation, Controlled Agendas, and the Status Quo", *Public
Choice* 33; Banks and Duggan (2000), *American Political Science Review* 94; Cho and Duggan (2009), *Journal of
Economic Theory* 144.
"""

import numpy as np
import pytest

from comity.solvers.bargain.legislative import spatial_proposals


def majority(yes):
    return 2 * yes.sum(axis=1) > yes.shape[1]


@pytest.mark.parametrize(("median", "text"), [(1.0, 2.0), (0.5, 1.0)])
def test_the_setter_takes_the_pivot_to_the_brink(median, text):
    found = spatial_proposals([0, median, 3], 1, [0, 0, 1], 0.0, winning=majority, status_quo=0)
    assert found.texts[2] == pytest.approx(text, abs=1e-12)
    assert found.accepted == pytest.approx(np.array([[0, text]]), abs=1e-12)


@pytest.mark.parametrize("exponent", [1.0, 2.0])
def test_patient_majorities_end_at_the_median(exponent):
    ideals = [0, 40, 50, 80, 100]
    widths = []
    for discount in (0.5, 0.9, 0.99, 0.999):
        found = spatial_proposals(
            ideals, 1, np.full(5, 0.2), discount, winning=majority, status_quo=0, exponent=exponent
        )
        assert found.converged
        assert found.delay == 0
        widths.append(float(np.ptp(found.texts)))
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < (1 if exponent == 1 else 8)
    assert found.expected == pytest.approx(50, abs=0.5)


def test_by_hand_with_linear_losses():
    # the median holds out for (1 - d) 50 + d (mean distance); the extremes propose at that distance D, 40 and 50 at home
    # d = 0.5: D = 25 + 0.5 (10 + 0 + 3 D) / 5 with the member at 80 at its own 30 from the median
    found = spatial_proposals([0, 40, 50, 80, 100], 1, np.full(5, 0.2), 0.5, winning=majority, status_quo=0)
    reach = (25 + 0.5 * (10 + 0 + 30) / 5) / (1 - 0.5 * 2 / 5)
    assert found.texts == pytest.approx([50 - reach, 40, 50, 80, 50 + reach], abs=1e-7)
