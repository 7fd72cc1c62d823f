"""A tariff moves trade: nothing for none, never more than all, in proportion, and no order of the partners matters."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.solvers.diversion import autonomy, diverted, kept, simplex

PARTS = st.lists(st.integers(0, 1000), min_size=2, max_size=8).filter(any)
PART = st.floats(0, 1)


def shares(parts):
    return np.array(parts, dtype=float) / sum(parts)


@given(PARTS, PART, PART)
def test_what_is_lost_and_what_remains_make_all_of_it(parts, remains, found):
    before = shares(parts)
    after = diverted(before, 0, np.array(remains), np.array(found))
    assert after.shares.sum() + after.lost == pytest.approx(1)
    assert (after.shares >= 0).all()
    assert after.shares[0] <= before[0]
    assert (after.shares[1:] >= before[1:] - 1e-12).all()


@given(PARTS, PART)
def test_no_tariff_changes_nothing(parts, found):
    before = shares(parts)
    remains = kept(np.array(0.0), np.array(3.0))
    after = diverted(before, 0, remains, np.array(found))
    assert (after.shares == before).all()
    assert after.lost == 0


@given(PARTS, PART, PART, st.randoms(use_true_random=False))
def test_the_others_keep_their_proportions_in_whatever_order(parts, remains, found, random):
    before = shares(parts)
    order = list(range(1, len(parts)))
    random.shuffle(order)
    after = diverted(before, 0, np.array(remains), np.array(found)).shares
    moved = diverted(before[[0, *order]], 0, np.array(remains), np.array(found)).shares
    assert moved == pytest.approx(after[[0, *order]])
    assert np.outer(after[1:], before[1:]) == pytest.approx(np.outer(before[1:], after[1:]))


def test_with_one_partner_there_is_nobody_to_turn_to():
    after = diverted(np.array([1.0, 0.0]), 0, np.array(0.25), np.array(1.0))
    assert after.shares.tolist() == [0.25, 0.0]
    assert after.lost == 0.75


@given(st.floats(0, 2), st.floats(0, 2), st.floats(0, 10))
def test_a_higher_tariff_leaves_less(one, other, elasticity):
    low, high = sorted((one, other))
    left = kept(np.array([low, high]), np.array([elasticity, elasticity]))
    assert 0 < left[1] <= left[0] <= 1


def test_refusals():
    with pytest.raises(ValueError, match="below nought"):
        kept(np.array([-0.1]), np.array([1.0]))
    with pytest.raises(ValueError, match="from 0 to 1"):
        diverted(np.array([0.5, 0.5]), 0, np.array(1.5), np.array(0.0))


@given(st.lists(st.lists(PART, min_size=3, max_size=3), min_size=1, max_size=4))
def test_autonomy_is_a_share_and_falls_with_dependence(rows):
    weights = simplex(np.random.default_rng(1).uniform(0.01, 0.99, (5, 3)))
    assert weights.sum(axis=1) == pytest.approx(1)
    depends = np.broadcast_to(np.array(rows), (5, len(rows), 3))
    found = autonomy(depends, weights)
    assert ((found >= -1e-12) & (found <= 1 + 1e-12)).all()
    assert (autonomy(np.minimum(depends + 0.1, 1), weights) <= found + 1e-12).all()


def test_an_isolated_state_is_autonomous_and_a_gap_is_left_out():
    weights = np.array([[0.2, 0.3, 0.5]])
    assert autonomy(np.zeros((1, 1, 3)), weights).tolist() == [[1.0]]
    assert autonomy(np.array([[[0.5, 0.5, np.nan]]]), weights)[0, 0] == pytest.approx(0.5)
    assert np.isnan(autonomy(np.full((1, 1, 3), np.nan), weights)).all()
    assert autonomy(np.array([[[3.0, 3.0, 3.0]]]), weights)[0, 0] == 0  # trade beyond income counts as all of it
