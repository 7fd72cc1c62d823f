import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.solvers.bargain.exchange import exchanges

UNIT = st.floats(0.05, 1)
PLACE = st.floats(0, 100)


@given(st.lists(st.tuples(PLACE, PLACE, UNIT, UNIT, UNIT), min_size=2, max_size=6))
def test_both_gain_the_same_and_nobody_moves_beyond_the_other(rows):
    table = np.array(rows)
    positions, salience, power = table[:, :2], table[:, 2:4], table[:, 4]
    for each in exchanges(positions, power, salience):
        assert each.effects[each.giver] == pytest.approx(each.gain, abs=1e-9)
        assert each.effects[each.taker] == pytest.approx(each.gain, abs=1e-9)
        for move, issue in zip(each.moves, (each.given, each.taken), strict=True):
            assert abs(move) <= abs(positions[each.giver, issue] - positions[each.taker, issue]) + 1e-9


def test_members_on_the_same_side_do_not_trade():
    found = exchanges([[10, 10], [20, 20], [90, 90]], [1, 1, 1], [[1, 0.2], [0.2, 1], [1, 1]])
    assert found
    assert all(2 in {each.giver, each.taker} for each in found)


def test_who_cares_alike_has_nothing_to_trade():
    assert exchanges([[0, 100], [100, 0]], [1, 1], [[0.5, 0.5], [0.5, 0.5]]) == []


def test_shapes_are_checked():
    with pytest.raises(ValueError, match="members x issues"):
        exchanges([[1, 2]], [1], [[1, 2, 3]])
    with pytest.raises(ValueError, match="has no outcome"):
        exchanges([[1, 2], [2, 1]], [1, 1], [[0, 1], [0, 1]])
