"""Stability of all coalitions: against plain loops in fractions, and the laws it keeps."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.solvers.participation.payoffs import bilateral, linear_good, quadratic_good, table
from comity.solvers.participation.penalty import sanctioned
from comity.solvers.participation.stable import belonging, gains, mask, sizes_of_alike, stability, together

whole = st.integers(0, 12)
fraction = st.fractions(0, 9, max_denominator=6)


def plain_linear(benefit, cost, excludable, needed, coalition):
    """The payoffs of one coalition in fractions, one line a sentence of the model."""
    parts = [Fraction(each) / sum(cost) for each in cost]
    share = sum(parts[i] for i in coalition)
    together = sum(benefit[i] * share - cost[i] for i in coalition)
    if not coalition or share < needed or together < 0:
        return [Fraction(0)] * len(cost)
    return [
        benefit[i] * share - cost[i] if i in coalition else (1 - excludable) * benefit[i] * share
        for i in range(len(cost))
    ]


def plain_quadratic(benefit, cost, coalition):
    joint = sum(benefit[i] for i in coalition)
    each = [Fraction(joint if i in coalition else benefit[i]) / cost[i] for i in range(len(cost))]
    return [benefit[i] * sum(each) - cost[i] * each[i] ** 2 / 2 for i in range(len(cost))]


def plain_stability(payoffs, members, ties):
    """Internal and external stability of every coalition, as they are defined."""
    internal, external = [], []
    for coalition in range(1 << members):
        inside = set(belonging(coalition, members))
        now = payoffs(inside)
        stays = [now[i] - payoffs(inside - {i})[i] for i in inside]
        joins = [payoffs(inside | {j})[j] - now[j] for j in range(members) if j not in inside]
        internal.append(all(each > 0 if ties == "out" else each >= 0 for each in stays))
        external.append(all(each < 0 if ties == "join" else each <= 0 for each in joins))
    return internal, external


@st.composite
def goods(draw):
    members = draw(st.integers(1, 5))
    benefit = draw(st.lists(fraction, min_size=members, max_size=members))
    cost = draw(st.lists(fraction.filter(bool), min_size=members, max_size=members))
    return benefit, cost, draw(st.fractions(0, 1, max_denominator=4)), draw(st.fractions(0, 1, max_denominator=4))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(goods(), st.sampled_from(["either", "join", "out"]))
def test_a_linear_good_is_decided_as_by_hand(good, ties):
    benefit, cost, excludable, needed = good
    found = stability(linear_good(benefit, cost, excludable=excludable, needed=needed), ties)
    by_hand = plain_stability(lambda inside: plain_linear(benefit, cost, excludable, needed, inside), len(cost), ties)
    assert (found.internal.tolist(), found.external.tolist()) == by_hand


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(goods(), st.sampled_from(["either", "join", "out"]))
def test_a_quadratic_good_is_decided_as_by_hand(good, ties):
    benefit, cost = good[:2]
    found = stability(quadratic_good(benefit, cost), ties)
    by_hand = plain_stability(lambda inside: plain_quadratic(benefit, cost, inside), len(cost), ties)
    assert (found.internal.tolist(), found.external.tolist()) == by_hand


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(goods())
def test_floats_decide_as_fractions_do(good):
    benefit, cost, excludable, _ = good
    exact = stability(linear_good(benefit, cost, excludable=excludable), "join")
    floats = stability(
        linear_good([float(each) for each in benefit], [float(each) for each in cost], excludable=float(excludable)),
        "join",
    )
    assert np.array_equal(exact.stable, floats.stable)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(goods(), st.randoms(use_true_random=False))
def test_the_names_of_members_do_not_matter(good, random):
    benefit, cost, excludable, needed = good
    order = list(range(len(cost)))
    random.shuffle(order)
    first = stability(linear_good(benefit, cost, excludable=excludable, needed=needed))
    turned = [[each[place] for place in order] for each in (benefit, cost)]
    second = stability(linear_good(*turned, excludable=excludable, needed=needed))
    renamed = {mask(order[place] for place in belonging(coalition, len(order))) for coalition in second.found()}
    assert renamed == set(first.found())


@given(st.integers(2, 7), st.integers(1, 40), st.integers(0, 80), st.integers(1, 40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_sanction_never_shrinks_the_stable_club_of_members_alike(members, benefit, loss, more):
    cost = 10
    good = linear_good([benefit] * members, [cost] * members, joint=False)
    for kind in (good, quadratic_good([benefit] * members, [cost] * members)):
        before = stability(sanctioned(kind, [loss] * members), "join")
        after = stability(sanctioned(kind, [loss + more] * members), "join")
        assert max(before.by_size(), default=0) <= max(after.by_size(), default=0)
        assert (after.internal | ~before.internal).all()  # nobody who stayed leaves


@given(goods())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_member_to_whom_it_is_all_one_stays_or_leaves_and_moves_nobody(good):
    benefit, cost, excludable, _ = good
    parts = [Fraction(each) / sum(cost) for each in cost]
    with_null = stability(linear_good([*benefit, 0], [*cost, 0], parts=[*parts, 0], excludable=excludable))
    without = stability(linear_good(benefit, cost, parts=parts, excludable=excludable))
    half = 1 << len(cost)
    assert np.array_equal(with_null.stable[:half], without.stable)
    # the empty club and the null member alone are the same world
    assert np.array_equal(with_null.stable[half:], without.stable)


def test_members_alike_are_decided_by_size_alone():
    by_size = stability(quadratic_good([2] * 8, [3] * 8), "join").by_size()
    k = np.arange(9)
    provided = (k * k + 8 - k) * 8 / 6
    assert sizes_of_alike(provided - k * k * 2 / 3, provided - 2 / 3, "join") == list(by_size)


def test_any_payoffs_can_be_given_as_a_function_of_coalitions():
    good = linear_good([3, 2, 4], [2, 1, 3], excludable=Fraction(1, 2))
    whole = np.stack([good.column(member) for member in range(3)], axis=1)
    assert np.array_equal(stability(table(lambda masks: whole[masks], 3, block=3)).stable, stability(good).stable)


def test_the_gain_of_each_from_belonging():
    good = linear_good([3.0, 0.0], [1.0, 1.0], joint=False)
    assert gains(good, 0b01) == [pytest.approx(0.5), pytest.approx(-1.0)]
    assert together(good).tolist() == [0.0, 0.5, -1.0, 1.0]


def test_the_largest_clubs_come_first():
    found = stability(bilateral([0, 0], [[0, 0], [0, 0]], [[0, 0], [0, 0]]))
    assert found.found() == [3, 1, 2, 0]
    assert found.found(least=1) == [3, 1, 2]


def test_numbers_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="no common denominator that fits into 64 bits"):
        linear_good([Fraction(1, 2**40 + 1)] * 2, [Fraction(1, 2**40 - 1), Fraction(1, 3**25)])
    with pytest.raises(ValueError, match="21 members: all coalitions are looked at for 1 to 20 members"):
        quadratic_good([1] * 21, [1] * 21)
    with pytest.raises(ValueError, match="All costs together are nought"):
        linear_good([1, 1], [0, 0])
    with pytest.raises(ValueError, match="not above nought"):
        quadratic_good([1, 1], [1, 0])
    with pytest.raises(ValueError, match="Payoffs of 2 members in 4 coalitions"):
        table(lambda masks: masks, 2)
