"""Rank acceptability: shares that sum to one, dominance, gaps, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.streams import Stream
from comity.solvers.choice.ranks import TREATMENTS, ranks, scored
from comity.solvers.choice.weights import Region, limits

VALUES = st.integers(2, 5).flatmap(
    lambda criteria: st.lists(
        st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), min_size=criteria, max_size=criteria),
        min_size=2,
        max_size=6,
    )
)


def drawn(values, treatment, draws=300, seed=1):
    region = Region.of(limits([str(number) for number in range(values.shape[1])]))
    uniforms = Stream(seed, "test").uniforms
    return ranks(values, treatment, region=region, uniforms=uniforms, draws=draws)


@given(VALUES, st.sampled_from(TREATMENTS))
def test_every_state_takes_one_rank_a_draw(rows, treatment):
    values = np.array(rows)
    values = values[~np.isnan(values).all(axis=1)]
    if len(values) < 2:
        return
    found = drawn(values, treatment, 60)
    assert found.shares.sum(axis=1) == pytest.approx(1)
    assert found.shares[:, 0].sum() >= 1 - 1e-9  # somebody is first in every draw
    assert (found.expected >= 1).all()
    assert (found.expected <= len(values)).all()


def test_who_is_better_in_everything_is_first_always():
    found = drawn(np.array([[0.9, 0.8], [0.5, 0.7], [0.1, 0.2]]), "worst")
    assert found.among(1).tolist() == [1.0, 0.0, 0.0]
    assert found.expected.tolist() == [1.0, 2.0, 3.0]


def test_equals_share_the_better_rank():
    found = drawn(np.array([[0.5, 0.5], [0.5, 0.5], [0.1, 0.1]]), "worst")
    assert found.shares[:, 0].tolist() == [1.0, 1.0, 0.0]
    assert found.shares[2, 2] == 1.0


def test_two_criteria_that_cross_divide_the_weights_where_they_should():
    # 0.8 w + 0.2 (1 - w) > 0.4 w + 0.5 (1 - w) where w > 3/7
    found = drawn(np.array([[0.8, 0.2], [0.4, 0.5]]), "worst", 20_000)
    assert found.among(1)[0] == pytest.approx(4 / 7, abs=0.01)


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_a_gap_as_the_worst_scores_no_more_than_left_out(row):
    weights = np.array([[0.2, 0.3, 0.5]])
    values = np.array([[*row[:2], np.nan]])
    assert scored(values, weights, "worst") <= scored(values, weights, "left_out") + 1e-12


def test_without_gaps_both_treatments_are_one():
    values = np.array([[0.9, 0.1, 0.4], [0.3, 0.8, 0.5]])
    assert (drawn(values, "worst").shares == drawn(values, "left_out").shares).all()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([[float("nan"), float("nan")], [0.1, 0.2]], "A state without any figure has no rank"),
        ([[0.1, 1.2], [0.1, 0.2]], "from 0, the worst, to 1, the best"),
    ],
)
def test_values_that_have_no_rank_are_refused(values, said):
    with pytest.raises(ValueError, match=said):
        drawn(np.array(values), "worst")


def test_no_draw_says_nothing():
    with pytest.raises(ValueError, match="0 weightings say nothing"):
        drawn(np.array([[0.1, 0.2], [0.2, 0.1]]), "worst", 0)
