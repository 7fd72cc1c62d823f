import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from comity.solvers.bargain.influence import contests, lens, probabilistic_condorcet

tables = some.tuples(some.integers(1, 5), some.integers(1, 5)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=some.integers(0, 9).map(float))
)


@given(tables, some.data())
def test_chances_sum_to_one_and_contests_to_one_a_pair(table, data):
    power = data.draw(some.lists(some.integers(1, 9), min_size=len(table), max_size=len(table)))
    won = contests(table, power)
    assert won + won.T == pytest.approx(1)
    chances = probabilistic_condorcet(table, power)
    assert chances.sum() == pytest.approx(1)
    order = np.arange(table.shape[1])[::-1]
    assert probabilistic_condorcet(table[:, order], power) == pytest.approx(chances[order])
    assert probabilistic_condorcet(table, np.array(power) * 3.0) == pytest.approx(chances)


def test_an_option_that_all_like_better_prevails():
    assert probabilistic_condorcet([[1, 0], [2, 1]], [1, 5]).tolist() == [1, 0]


@given(some.lists(some.integers(0, 20), min_size=2, max_size=6), some.data())
def test_who_shares_a_position_shares_its_chance(places, data):
    power = data.draw(some.lists(some.integers(1, 9), min_size=len(places), max_size=len(places)))
    found = lens(np.array(places) / 20, power, np.ones(len(places)))
    assert found.probabilities[found.distinct].sum() == pytest.approx(1)
    for one, place in enumerate(places):
        assert found.probabilities[one] == found.probabilities[places.index(place)]
    assert -0.5 - 1e-9 <= found.risk.min() <= found.risk.max() <= 1 + 1e-9
    assert min(places) / 20 - 1e-9 <= found.expected[0] <= max(places) / 20 + 1e-9


@pytest.mark.parametrize(
    ("places", "power", "cares", "says"),
    [
        ([0.1, 2.0], [1, 1], [1, 1], "scale from 0 to 1"),
        ([0.1, 0.2], [0, 0], [1, 1], "Power is missing"),
        ([0.1, 0.2], [1, 1], [1, 0], "Salience is missing"),
        ([0.1, 0.2], [1], [1, 1], "have shape"),
    ],
)
def test_what_gives_no_influence(places, power, cares, says):
    with pytest.raises(ValueError, match=says):
        lens(places, power, cares)
