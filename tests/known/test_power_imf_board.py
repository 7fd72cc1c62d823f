"""Executive Board of the IMF, 24 chairs, votes of October 2022.

Source: votes from the IMF's page on members' quotas and voting power (2 October 2022); indices computed independently
with exact integers.
"""

import pytest

from comity.solvers.power import measure
from comity.solvers.simple import weighted

CHAIRS = [831401, 309664, 306288, 275252, 267803, 228490, 218467, 207912, 203010, 203010, 190484, 170046]
CHAIRS += [165412, 162296, 155289, 154524, 153638, 145259, 134891, 127998, 127098, 101385, 81506, 80121]


@pytest.mark.parametrize(
    ("quota", "banzhaf", "shapley"),
    [(2_500_623, 0.205380, 0.190025), (3_500_871, 0.111039, 0.189866), (4_251_058, 0.063986, 0.195001)],
    ids=["majority", "70 %", "85 %"],
)
def test_the_first_chair(quota, banzhaf, shapley):
    found = measure(weighted(CHAIRS, quota))
    assert float(found.banzhaf[0]) == pytest.approx(banzhaf, abs=5e-7)
    assert float(found.shapley_shubik[0]) == pytest.approx(shapley, abs=5e-7)
