"""Linkage on a grid: packages, payments and cycles, held against the definitions."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from comity.solvers import linkage
from comity.solvers.game import ABSENT, YES, weighted
from comity.solvers.linkage import Side, beats, best, cycle, gains, packages, prices, transfer

GAINS = st.lists(st.lists(st.integers(-5, 5), min_size=3, max_size=3), min_size=2, max_size=4)


def side(rows, quota=2, fixed=(-1, -1, -1), far=None):
    gain = np.array([rows], dtype=np.float64)
    away = np.ones(gain.shape[1], dtype=bool) if far is None else np.array(far)
    return Side(weighted([1, 1, 1], quota=quota), np.array(fixed), gain, away)


@given(GAINS, GAINS, st.integers(1, 3), st.integers(1, 3))
def test_a_package_opens_just_where_both_rules_adopt_what_one_refuses_alone(first, second, one, two):
    stuck, other = side(first, one), side(second, two)
    found = packages(stuck, other)[0]
    for x, here in enumerate(first):
        for y, there in enumerate(second):
            consenting = sum(a + b >= 0 for a, b in zip(here, there, strict=True))
            alone = sum(a >= 0 for a in here) >= one
            assert found[x, y] == (consenting >= max(one, two) and not alone)


@given(GAINS, GAINS, st.integers(1, 3))
def test_large_bodies_are_judged_like_small_ones(first, second, quota):
    stuck, other = side(first, quota, (-1, YES, -1)), side(second, quota, (-1, -1, ABSENT))
    coded = packages(stuck, other)
    kept, linkage.CODED = linkage.CODED, 0
    try:
        assert (packages(stuck, other) == coded).all()
    finally:
        linkage.CODED = kept


@given(GAINS, GAINS)
def test_a_package_that_needs_all_makes_nobody_worse(first, second):
    stuck, other = side(first, 3), side(second, 3)
    open_ones = packages(stuck, other)
    place = best(stuck, other, open_ones)
    assert (place is None) == (not open_ones.any())
    if place is not None:
        assert (stuck.gain[0, place[0]] + other.gain[0, place[1]] >= 0).all()


def test_texts_too_near_the_status_quo_open_nothing():
    assert not packages(side([[1, -1, -1]], far=[False]), side([[0, 9, 9]])).any()


def test_a_member_without_stakes_gains_nothing():
    nan = np.nan
    assert gains(np.array([[nan, 50]]), np.array([[nan, 1]]), np.array([[nan, 10]]), np.array([45.0])).tolist() == [
        [[0, 5]]
    ]


def test_the_cheapest_blocker_is_paid_on_the_text_that_leaves_most():
    # the first text leaves 5 - 3, the second 9 - 4; the third needs no payment but leaves 1
    found = transfer(side([[5, -3, -8], [9, -4, -6], [1, 0, -9]]))
    assert (found.text, found.paid.tolist(), found.enough) == (1, [0, 4, 0], True)
    assert prices(side([[9, -4, -6]])).tolist() == [4]


def test_a_payment_may_cost_more_than_there_is_to_gain():
    assert transfer(side([[1, -3, -3]])).enough is False


def test_no_payment_helps_where_the_absent_are_needed():
    held = side([[1, -3, -3]], quota=3, fixed=(-1, -1, ABSENT))
    assert transfer(held) is None
    assert np.isnan(prices(held)).all()


def test_many_unwilling_are_paid_the_cheapest_first():
    gain = np.array([[[20.0, *(-k for k in range(1, 15))]]])
    found = transfer(Side(weighted([1] * 15, quota=4), np.full(15, -1), gain, np.array([True])))
    assert found.paid.sum() == 6


@given(GAINS, GAINS, st.integers(2, 3))
def test_no_two_packages_beat_each_other_and_cycles_hold(first, second, quota):
    beating = beats(side(first, quota), side(second, quota))
    assert not (beating & beating.T).any()
    for start in range(len(beating)):
        run = cycle(beating, start)
        if run is not None:
            assert run[0] == run[-1] == start
            assert all(beating[after, before] for before, after in pairwise(run))


def test_condorcet_cycles_on_one_issue_and_unanimity_does_not():
    rows = [[3, 1, 2], [2, 3, 1], [1, 2, 3]]
    beating = beats(side(rows), side([[0, 0, 0]]))
    assert cycle(beating, 0) == [0, 2, 1, 0]
    assert beating.any(axis=0).all()
    assert not beats(side(rows, 3), side([[0, 0, 0]], 3)).any()


def test_a_package_of_one_issue_needs_only_its_rule():
    changed = beats(side([[0, 0, 0], [1, 1, -1]], 2), side([[0, 0, 0]], 3))
    assert changed[1, 0]
    assert not changed[0, 1]
