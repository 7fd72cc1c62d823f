"""Minimum participation: what a clause holds, and what it does not."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.solvers.participation.minimum import by_minimum, enough, holding_share, with_minimum
from comity.solvers.participation.payoffs import linear_good, quadratic_good
from comity.solvers.participation.stable import belonging, stability


def test_a_clause_of_all_holds_members_alike_who_gain_together():
    for number, held in by_minimum(quadratic_good([1] * 6, [1] * 6)).items():
        assert list(held.by_size()) == [max(3, number)]


def test_nobody_is_bound_before_enough_have_joined():
    good = quadratic_good([1, 2, 3], [1, 1, 1])
    bound = with_minimum(good, enough(3, 2))
    for member in range(3):
        assert len({int(bound.column(member)[coalition]) for coalition in (0, 1, 2, 4)}) == 1
        assert np.array_equal(bound.column(member)[[3, 5, 6, 7]], good.column(member)[[3, 5, 6, 7]])


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)), min_size=2, max_size=5), st.data())
def test_the_shares_that_hold_a_club_are_between_the_ends(rows, data):
    benefit, cost = (list(each) for each in zip(*rows, strict=True))
    inside = data.draw(st.integers(1, 2 ** len(rows) - 1))
    good = linear_good([float(each) for each in benefit], [float(each) for each in cost], joint=False)
    found = holding_share(good, inside, cost)
    total = sum(cost)
    for weight in range(1, sum(cost[member] for member in belonging(inside, len(rows))) + 1):
        holds = stability(with_minimum(good, enough(len(rows), weights=cost, share=weight / total))).internal[inside]
        expected = found is not None and found[0] + 1e-9 < weight / total <= found[1] + 1e-9
        assert holds == expected


def test_a_number_and_a_share_must_both_be_reached():
    assert np.flatnonzero(enough(3, 2, weights=[1, 1, 8], share=0.55)).tolist() == [5, 6, 7]


@pytest.mark.parametrize(("weights", "share"), [([1, 1], 0.5), ([0, 0, 0], 0.5), ([1, 1, 1], 1.5)])
def test_what_is_no_share_of_weight_is_refused(weights, share):
    with pytest.raises(ValueError, match="A share from 0 to 1 of 3 weights"):
        enough(3, weights=weights, share=share)
