import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from comity.solvers.bargain.coercion import bargains, press


@given(some.lists(some.integers(0, 20), min_size=2, max_size=5), some.data())
def test_pressure_never_leaves_the_range_and_ends_where_all_agree(places, data):
    power = data.draw(some.lists(some.integers(1, 9), min_size=len(places), max_size=len(places)))
    start = np.array(places) / 20
    run = press(start, power, np.full(len(places), 0.5), rounds=3)
    assert run.shape == (4, len(places), 1)
    assert (run[0, :, 0] == start).all()
    assert start.min() - 1e-4 <= run.min() <= run.max() <= start.max() + 1e-4


def test_where_all_agree_nobody_challenges():
    assert bargains([[0.4], [0.4]], [1, 2], [[1.0], [0.5]]) == []
    assert (press([0.4, 0.4], [1, 2], [1.0, 0.5], rounds=2) == 0.4).all()


def test_attention_is_a_share():
    with pytest.raises(ValueError, match="sum to 1 at most"):
        press([[0.1, 0.1], [0.2, 0.2]], [1, 1], [[0.7, 0.7], [0.1, 0.1]])
    with pytest.raises(ValueError, match="0 or more"):
        press([0.1, 0.2], [1, 1], [1, 1], rounds=-1)
