"""Averages: how often the intervals hold the mean, equal scores, pairs, and groups without ranks."""

import numpy as np
import pytest

from comity.kernel.streams import Stream
from comity.solvers.averages import apart, groups, mean

AGAIN = Stream(1, "again").integers(range(400), range(15), below=15)


def test_the_interval_of_fifteen_scores_holds_the_mean_as_often_as_it_says():
    drawn = Stream(3, "scores").uniforms(range(1000), range(15))
    scores = np.where(drawn < 0.1, -1.0, np.where(drawn < 0.4, 0.0, 1.0))
    held = [mean(row, AGAIN) for row in scores]
    assert np.mean([each.low <= 0.5 <= each.high for each in held]) == pytest.approx(0.95, abs=0.03)


def test_equal_scores_still_leave_room_for_what_was_not_seen():
    full, none = (mean(np.full(15, value), AGAIN) for value in (1.0, -1.0))
    assert full.high == 1
    assert full.low == pytest.approx(2 * 0.025 ** (1 / 15) - 1)
    assert (none.low, none.high) == (-1, -full.low)


def test_one_score_has_no_interval():
    assert mean(np.ones(1), AGAIN).low is None


def test_a_difference_is_taken_commitment_by_commitment():
    first = np.array([1.0, 0.0, -1.0] * 5)
    assert apart(first, first, AGAIN).mean == 0
    found = apart(first, first[::-1], AGAIN)
    assert found.low < found.mean < found.high
    assert apart(np.ones(15), -np.ones(15), AGAIN).low > 0


def test_groups_are_the_largest_sets_in_which_all_are_alike():
    alike = np.eye(4, dtype=bool)
    for one, other in [(0, 1), (1, 2), (0, 2)]:
        alike[one, other] = alike[other, one] = True
    assert groups(alike) == [(0, 1, 2), (3,)]
    assert groups(np.ones((3, 3), dtype=bool)) == [(0, 1, 2)]
