"""Effective numbers: their axioms, what an exit does, bounds for what is not seen, a change taken apart."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.solvers.plurality import bounds, change, doubtful, effective, interval, overweight, without

AMOUNTS = st.lists(st.floats(1e-3, 1e3), min_size=2, max_size=12)
ORDERS = (0, 0.5, 1, 1.5, 2, 3, math.inf)


@given(st.integers(1, 40), st.floats(1e-3, 1e6), st.sampled_from(ORDERS))
def test_equal_shares_of_n_give_n(members, amount, order):
    assert effective([amount] * members, order) == pytest.approx(members)


@given(AMOUNTS, st.sampled_from(ORDERS))
def test_the_number_lies_between_one_and_the_count(amounts, order):
    assert 1 - 1e-9 <= effective(amounts, order) <= len(amounts) + 1e-9


@given(AMOUNTS, st.floats(1e-2, 1e2), st.sampled_from(ORDERS))
def test_only_proportions_matter(amounts, scale, order):
    assert effective([scale * each for each in amounts], order) == pytest.approx(effective(amounts, order))


@given(AMOUNTS, st.sampled_from(ORDERS))
def test_nothing_held_adds_nobody(amounts, order):
    assert effective([*amounts, 0.0], order) == pytest.approx(effective(amounts, order))


@given(AMOUNTS)
def test_the_higher_the_order_the_fewer(amounts):
    numbers = [effective(amounts, order) for order in ORDERS]
    assert all(later <= earlier + 1e-9 for earlier, later in pairwise(numbers))


@given(st.integers(1, 40))
def test_one_more_equal_member_adds_one(members):
    assert effective([3.0] * (members + 1)) - effective([3.0] * members) == pytest.approx(1)


@given(AMOUNTS)
def test_two_members_that_merge_lower_it(amounts):
    merged = [amounts[0] + amounts[1], *amounts[2:]]
    assert effective(merged) < effective(amounts)
    assert effective(merged, 1) < effective(amounts, 1)


@given(AMOUNTS)
def test_the_double_of_every_member_doubles_it(amounts):
    assert effective([*amounts, *amounts]) == pytest.approx(2 * effective(amounts))


@given(AMOUNTS, st.data())
def test_an_exit_never_takes_more_than_one(amounts, data):
    place = data.draw(st.integers(0, len(amounts) - 1))
    assert without(amounts, place) >= effective(amounts) - 1 - 1e-9


@given(AMOUNTS, st.data())
def test_an_exit_adds_exactly_where_the_share_is_above_the_limit(amounts, data):
    place = data.draw(st.integers(0, len(amounts) - 1))
    number, share = effective(amounts), amounts[place] / sum(amounts)
    gain = without(amounts, place) - number
    if abs(share - overweight(number)) > 1e-6:
        assert (gain > 0) == (share > overweight(number))


def test_the_exit_of_the_largest_can_add_and_can_take():
    assert without([6, 1, 1, 1, 1], 0) > effective([6, 1, 1, 1, 1])
    assert without([2, 1, 1, 1, 1], 0) < effective([2, 1, 1, 1, 1])


@given(AMOUNTS, st.lists(st.floats(0, 50), min_size=1, max_size=6))
def test_bounds_hold_whatever_the_unseen_are(amounts, unseen):
    low, high = bounds(amounts, sum(unseen), len(unseen))
    truth = effective([*amounts, *unseen])
    assert low - 1e-9 <= truth <= high + 1e-9
    assert high <= bounds(amounts, sum(unseen))[1] + 1e-9


def test_where_nothing_is_unseen_both_bounds_are_the_number():
    assert bounds([3, 1], 0.0) == pytest.approx((1.6, 1.6))


@given(AMOUNTS, st.data())
def test_a_change_adds_up(before, data):
    after = [data.draw(st.floats(1e-3, 1e3)) for _ in before]
    leaves, joins = data.draw(st.booleans()), data.draw(st.booleans())
    old, new = np.array([*before, np.nan]), np.array([*after, 5.0])
    if not joins:
        old, new = old[:-1], new[:-1]
    if leaves and len(before) > 2:
        new[0] = np.nan
    step = change(old, new)
    assert step.left + step.grew + step.joined == pytest.approx(step.after - step.before, abs=1e-7)
    assert np.nansum(step.parts) == pytest.approx(step.grew, abs=1e-7)
    if not joins:
        assert step.joined == 0


def test_a_member_that_grows_at_the_top_lowers_the_number_by_its_own_part():
    step = change([4.0, 3.0, 3.0], [8.0, 3.0, 3.0])
    assert step.parts[0] < 0 < step.parts[1]
    assert step.left == step.joined == 0


@given(st.floats(0, 1))
def test_a_triangle_is_drawn_within_its_ends(uniform):
    low, mode, high = np.array([1.0, 2.0]), np.array([1.5, 2.0]), np.array([4.0, 2.0])
    drawn = doubtful(low, mode, high, np.full((1, 2), uniform))[0]
    assert low[0] <= drawn[0] <= high[0]
    assert drawn[1] == 2.0


def test_triangles_have_the_mean_of_a_triangle():
    uniforms = (np.arange(20_000)[:, None] + 0.5) / 20_000
    drawn = doubtful(np.array([1.0]), np.array([2.0]), np.array([6.0]), uniforms)
    assert drawn.mean() == pytest.approx(3.0, abs=1e-3)


def test_an_interval_holds_its_value():
    assert interval(9.0, np.array([1.0, 2.0, 3.0])).high == 9.0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ([-1, 2], "not negative"),
        ([0, 0], "Nobody holds anything"),
        ([math.nan, 1], "finite"),
        ([[1, 2]], "one row"),
    ],
)
def test_what_is_no_row_of_amounts_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        effective(wrong)


def test_other_refusals_say_what_is_wrong():
    with pytest.raises(ValueError, match="order from 0 to infinity; -1 is none"):
        effective([1, 2], -1)
    with pytest.raises(ValueError, match="may hold it"):
        bounds([1.0], 0.5, 0)
    with pytest.raises(ValueError, match="Nobody stays from before to after"):
        change([1.0, math.nan], [math.nan, 1.0])
