"""Council of the European Union of 27 by population: (15 states and 65 %) or 24 states.

Source: populations of Eurostat for 2019 (total 446,834,579); indices agree with the package power-bdd to 16 digits.
"""

from fractions import Fraction

import pytest

from comity.solvers.power import measure
from comity.solvers.simple import simplified

POPULATIONS = [
    493559, 613894, 875898, 1324820, 1919968, 2080908, 2794184, 4076246, 4904226, 5450421, 5517919, 5806081,
    7000039, 8858775, 9772756, 10230185, 10276617, 10649800, 10722287, 11467923, 17282163, 19401658, 37972812,
    46934632, 60359546, 67028048, 83019214,
]  # fmt: skip
"""In ascending order, Malta to Germany."""


def test_council_of_27():
    assert (len(POPULATIONS), sum(POPULATIONS)) == (27, 446_834_579)
    rows = [[1] * 27, POPULATIONS, [1] * 27]
    rule = simplified([str(number) for number in range(27)], rows, [15, 290_442_477, 24], ("or", (("and", (0, 1)), 2)))
    found = measure(rule)
    assert found.winning == 17_713_120
    assert (found.swings[0], found.swings[-1]) == (2_016_342, 14_090_326)
    assert found.shapley_shubik[0] == Fraction(685_857_541, 80_313_433_200)
    assert found.shapley_shubik[-1] == Fraction(14_175_814_693, 80_313_433_200)
    assert float(found.shapley_shubik[-2]) == pytest.approx(0.1326058374, abs=5e-11)
