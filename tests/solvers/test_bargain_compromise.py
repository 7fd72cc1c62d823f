import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from comity.solvers.bargain.compromise import compromise_mean, weighted_median

positions = some.lists(some.floats(0, 100), min_size=1, max_size=9)


@given(positions, some.data())
def test_the_compromise_lies_between_the_extremes_and_follows_a_shift(where, data):
    power = data.draw(some.lists(some.floats(0.1, 9), min_size=len(where), max_size=len(where)))
    mean = compromise_mean(where, power, 2)
    assert min(where) - 1e-9 <= mean <= max(where) + 1e-9
    assert compromise_mean(np.array(where) + 10, power, 1) == pytest.approx(mean + 10)


@given(positions, some.data())
def test_no_position_beats_the_median(where, data):
    weight = np.array(data.draw(some.lists(some.integers(1, 9), min_size=len(where), max_size=len(where))), float)
    low, high = weighted_median(where, weight, 1)
    stands = np.array(where)
    assert weight[stands < low].sum() <= weight.sum() / 2
    assert weight[stands > high].sum() <= weight.sum() / 2
    for beyond in (low - 1e-6, high + 1e-6):
        nearer = weight[np.abs(stands - low) < np.abs(stands - beyond)].sum()
        assert nearer >= weight[np.abs(stands - low) > np.abs(stands - beyond)].sum()


def test_half_on_either_side_gives_an_interval():
    assert weighted_median([1, 9], 1, 1) == (1, 9)
    assert weighted_median([1, 5, 9], [2, 1, 1], 1) == (1, 5)


def test_issues_side_by_side_and_members_without_a_position():
    table = [[0, np.nan, np.nan], [100, 30, np.nan]]
    assert compromise_mean(table, [1, 3], 1).tolist()[:2] == [75, 30]
    assert np.isnan(compromise_mean(table, [1, 3], 1)[2])
    low, high = weighted_median(table, [1, 3], 1)
    assert low[:2].tolist() == high[:2].tolist() == [100, 30]
    assert np.isnan(low[2])
    assert compromise_mean(table, 1, [[1, 1, 1], [0, 1, 1]])[0] == 0


@pytest.mark.parametrize("weights", [[-1, 1], [np.nan, 1], [1, 1, 1]])
def test_weights_that_are_none(weights):
    with pytest.raises(ValueError, match="power"):
        compromise_mean([0, 1], weights, 1)
