"""Designing a vote: quota sweep, sensitivity, square-root weights, fairness."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers.design import (
    citizen_decides,
    compromise,
    fairness,
    jagiellonian,
    power_of,
    quota_sweep,
    sensitivity,
    square_root,
)
from comity.solvers.power import measure
from comity.solvers.simple import Simple, simplified, weighted

bodies = st.lists(st.integers(0, 12), min_size=1, max_size=7).filter(any)


def plain(weights):
    return Simple(tuple(str(place) for place in range(len(weights))), (tuple(weights),), (1,), 0)


@given(bodies)
@settings(max_examples=40, deadline=None)
def test_each_quota_of_a_sweep_is_that_quota_counted(weights):
    quotas = range(1, sum(weights) + 2)
    for index in ("banzhaf", "shapley_shubik"):
        found = quota_sweep(plain(weights), quotas, index=index)
        for quota, power, act in zip(quotas, found.power, found.act, strict=True):
            counted = measure(weighted(weights, quota))
            assert power.tolist() == [float(share) for share in getattr(counted, index)]
            assert act == float(counted.act)


@given(bodies)
@settings(max_examples=40, deadline=None)
def test_a_quota_and_its_dual_give_the_same_power(weights):
    quotas = range(1, sum(weights) + 1)
    power = quota_sweep(plain(weights), quotas).power
    assert np.allclose(power, power[::-1], atol=1e-15)


def test_the_other_condition_of_a_double_majority_stays():
    rule = Simple(("A", "B", "C"), ((1, 1, 1), (5, 3, 2)), (2, 6), ("and", (0, 1)))
    found = quota_sweep(rule, [1, 8, 9, 11], condition=1)
    assert found.act.tolist() == [4 / 8, 2 / 8, 1 / 8, 0]
    assert found.power.tolist() == [[1 / 3] * 3, [0.5, 0.5, 0], [1 / 3] * 3, [0, 0, 0]]


def test_a_large_body_is_swept_as_a_small_one():
    weights = [int(25 * 1.04**place) + place for place in range(60)]
    total = sum(weights)
    quotas = [total // 2 + 1, total * 3 // 5, total * 17 // 20, total, total + 1]
    found = quota_sweep(plain(weights), quotas)
    for quota, power, act in zip(quotas[:3], found.power, found.act, strict=False):
        counted = measure(weighted(weights, quota))
        assert np.allclose(power, [float(share) for share in counted.banzhaf], rtol=1e-12, atol=0)
        assert act == pytest.approx(float(counted.act), rel=1e-11)
    assert found.power[3].tolist() == pytest.approx([1 / 60] * 60)
    assert found.act[3:].tolist() == [2.0**-60, 0]
    assert not found.power[4].any()


def test_what_a_sweep_refuses():
    with pytest.raises(ValueError, match="quotas of 1 or more"):
        quota_sweep(plain([2, 1]), [0, 1])
    with pytest.raises(ValueError, match="no condition 1"):
        quota_sweep(plain([2, 1]), [1], condition=1)
    with pytest.raises(ValueError, match="no index 'johnston'"):
        quota_sweep(plain([2, 1]), [1], index="johnston")


def test_sensitivity_by_one_unit_and_by_one_per_cent():
    changed = sensitivity([2, 1, 1], 3)
    assert changed[1].tolist() == (power_of([2, 2, 1], 3) - power_of([2, 1, 1], 3)).tolist()
    assert np.allclose(changed.sum(axis=1), 0)
    assert not sensitivity([30, 28, 16, 14, 12], 67, relative=Fraction(1, 100)).any()
    lowered = sensitivity([4, 3, 2, 0], 5, units=-1)
    assert not lowered[3].any()
    by_share = sensitivity([50, 50, 1], 101, relative=Fraction(1, 100))
    assert by_share[2].tolist() == (power_of([5000, 5000, 101], 10100) - power_of([50, 50, 1], 101)).tolist()


@given(bodies, st.integers(0, 6), st.sampled_from(["banzhaf", "shapley_shubik"]))
@settings(max_examples=60, deadline=None)
def test_more_weight_is_never_less_shapley_shubik_power(weights, place, index):
    quota = sum(weights) // 2 + 1
    place %= len(weights)
    gain = sensitivity(weights, quota, index=index)[place, place]
    if index == "shapley_shubik":
        assert gain >= -1e-15
    assert np.isfinite(gain)


@given(st.integers(1, 10**12))
def test_a_square_root_weight_is_the_nearest_whole_number(population):
    (root,) = square_root([population])
    scale = root * root / population
    factor = max(1, round(scale**0.5))
    assert abs(root - factor * population**0.5) <= 0.5 + 1e-6
    assert root >= 1000


def test_square_roots_of_peoples_far_apart():
    assert square_root([1_000_000, 2_250_000]) == [1000, 1500]
    with pytest.raises(ValueError, match="above zero"):
        square_root([0, 1])
    with pytest.raises(ValueError, match="above zero"):
        jagiellonian([])


def test_the_quota_of_equal_states_is_half_and_half_a_root():
    for count in (4, 9, 25, 27):
        assert jagiellonian([10**6] * count) == pytest.approx((1 + count**-0.5) / 2)


def test_at_the_compromise_power_is_near_weight():
    populations = [10**6 * (place + 1) ** 2 for place in range(20)]
    game = compromise(populations)
    found = measure(game)
    fair = fairness([float(share) for share in found.banzhaf], populations)
    assert fair.largest < 0.02
    half = weighted(square_root(populations), sum(square_root(populations)) // 2 + 1)
    assert fairness([float(share) for share in measure(half).banzhaf], populations).largest > fair.largest


def test_fairness_by_hand():
    """Two states of 4 and 1 (million): roots 2 and 1. With equal power the small state's citizen has twice the say."""
    fair = fairness([0.5, 0.5], [4, 1])
    assert fair.target.tolist() == pytest.approx([2 / 3, 1 / 3])
    assert fair.citizen[1] / fair.citizen[0] == pytest.approx(2)
    assert fair.citizen @ np.array([0.8, 0.2]) == pytest.approx(1)
    assert fair.misplaced == pytest.approx(1 / 6)
    assert fair.largest == pytest.approx(1 / 2)
    # influence 5/6 for four, 5/3 for one of five: mean absolute difference 2 * 0.8 * 0.2 * 5/6, over twice the mean
    assert fair.gini == pytest.approx(0.8 * 0.2 * 5 / 6)


@given(st.lists(st.integers(1, 10**9), min_size=2, max_size=10))
def test_power_in_proportion_to_the_root_is_fair(populations):
    fair = fairness(np.sqrt(populations), populations)
    assert fair.gini < 1e-7
    assert fair.largest < 1e-9
    assert fair.misplaced < 1e-9


def test_what_fairness_refuses():
    for power, populations in (([1], [1, 2]), ([1, 1], [1, 0]), ([], [])):
        with pytest.raises(ValueError, match="one population above zero"):
            fairness(power, populations)
    with pytest.raises(ValueError, match="Nobody has power"):
        fairness([0, 0], [1, 2])


def test_a_citizen_of_a_small_electorate():
    """In a state of N (odd) the vote decides with C(N-1, (N-1)/2) / 2**(N-1); Stirling's formula is near it."""
    people = 101
    ways = len(list(combinations(range(10), 5)))
    assert ways / 2**10 == pytest.approx(citizen_decides([1.0], [11])[0], rel=0.03)
    from math import comb

    assert comb(people - 1, 50) / 2**100 == pytest.approx(citizen_decides([1.0], [people])[0], rel=0.005)
    assert simplified(("A",), [(1,)], [1], 0).single == ((1,), 1)
