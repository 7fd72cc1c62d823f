"""Transfers: the surplus that can hold a club, Shapley shares, the least core."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.solvers.nucleolus import of_worths
from comity.solvers.participation.payoffs import linear_good, over_coalitions, quadratic_good
from comity.solvers.participation.stable import belonging, gains, mask, stability
from comity.solvers.participation.transfers import least_core, potential, settled, shapley


@st.composite
def worths(draw, most=4):
    members = draw(st.integers(2, most))
    values = draw(st.lists(st.integers(-20, 40), min_size=2**members - 1, max_size=2**members - 1))
    return np.array([0, *values], dtype=np.int64)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worths())
def test_shapley_is_the_mean_over_all_orders(values):
    members = len(values).bit_length() - 1
    orders = list(permutations(range(members)))
    by_hand = [Fraction(0)] * members
    for order in orders:
        before = 0
        for member in order:
            by_hand[member] += Fraction(int(values[before | 1 << member] - values[before]), len(orders))
            before |= 1 << member
    assert shapley(values) == by_hand
    assert sum(shapley(values)) == values[-1]
    assert shapley(values.astype(float)) == pytest.approx([float(each) for each in by_hand], abs=1e-9)


def test_shapley_of_twenty_large_numbers_is_exact():
    parts = np.array([2**40 + 3**each for each in range(20)])
    assert shapley(over_coalitions(parts)) == [int(each) for each in parts]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worths())
def test_the_least_core_is_where_the_nucleolus_begins(values):
    members = len(values).bit_length() - 1
    found = least_core(values)
    assert sum(found.shares) == pytest.approx(float(values[-1]), abs=1e-6)
    complaints = values - over_coalitions(np.array(found.shares))
    assert complaints[1:-1].max() == pytest.approx(found.excess, abs=1e-6)
    alone = [int(values[1 << member]) for member in range(members)]
    if sum(alone) <= values[-1] and found.excess <= 0:  # then the division by floors does not bind
        names = "abcd"[:members]
        named = {
            "".join(names[each] for each in belonging(place, members)): int(value)
            for place, value in enumerate(values)
            if place
        }
        assert float(of_worths(named).complaints[0]) == pytest.approx(found.excess, abs=1e-6)


def test_the_least_core_of_twenty_is_found():
    rng = np.arange(1, 21, dtype=np.float64)
    values = np.maximum(over_coalitions(rng) - 100, 0) ** 1.5
    found = least_core(values)
    assert found.excess < 0
    assert (values - over_coalitions(np.array(found.shares)))[1:-1].max() <= found.excess + 1e-6


def test_a_body_of_one_is_refused():
    with pytest.raises(ValueError, match="nobody to share with"):
        least_core(np.array([0, 1]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 20)), min_size=2, max_size=5))
def test_the_surplus_is_the_sum_of_the_gains_from_staying(rows):
    benefit, cost = (list(each) for each in zip(*rows, strict=True))
    good = linear_good(benefit, cost, joint=False)
    found = potential(good)
    for coalition in range(1 << len(rows)):
        inside = belonging(coalition, len(rows))
        surplus = sum(gains(good, coalition)[member] for member in inside)
        assert float(good.value(int(found.surplus[coalition]))) == pytest.approx(surplus)
        paid = settled(good, coalition)
        if surplus >= 0 and inside:
            assert sum(paid.values()) == 0
            outside = [gains(good, coalition)[member] + float(paid[member]) for member in inside]
            assert outside == pytest.approx([surplus / len(inside)] * len(inside))
        elif inside:
            assert paid is None
    assert (found.internal | ~stability(good).internal).all()  # what holds without transfers holds with them


def test_what_transfers_hold_and_cannot_grow():
    # one that gains much pays two that gain little: without transfers only pairs hold
    good = quadratic_good([1, 1, 4], [1, 1, 1])
    found = potential(good)
    assert bool(found.stable[0b111])
    assert not stability(good).internal[0b111]
    assert not found.external[mask([0, 1])]
