"""The European Community's emission standards for cars: where members pulled.

Source: Bueno de Mesquita and Stokman (1994), *European Community Decision Making*, chapter 4, inputs as tabled in
Scholz, Calbert and Smith (2011), *Journal of Theoretical Politics* 23, 510-531. Compromise model of three members:
Van den Bos (1991).
"""

import pytest

from comity.solvers.bargain.compromise import compromise_mean, weighted_median

CAPABILITY = [0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08]
YEARS = [4, 7, 4, 4, 10, 10, 10, 7, 4, 7]
SALIENCE = [80, 40, 20, 80, 60, 60, 90, 10, 100, 70]


def test_the_pull_at_each_year():
    pull = {4: 0.0, 7: 0.0, 10: 0.0}
    for year, capability, salience in zip(YEARS, CAPABILITY, SALIENCE, strict=True):
        pull[year] += capability * salience / 100
    assert pull == pytest.approx({4: 0.248, 7: 0.093, 10: 0.336})


def test_the_weighted_mean_and_the_median():
    assert compromise_mean(YEARS, CAPABILITY, SALIENCE) == pytest.approx(7.390, abs=5e-4)
    assert weighted_median(YEARS, CAPABILITY, SALIENCE) == (7, 7)


def test_three_members():
    assert compromise_mean([0, 100, 100], 1, 1) == pytest.approx(66.667, abs=5e-4)
