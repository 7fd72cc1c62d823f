"""Who provides a good alone or together: against every group by hand, the laws, exact numbers, and what is refused."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from comity.solvers.participation.k_group import (
    exploitation,
    k_group,
    least_contributors,
    minimal_groups,
    self_supporting,
    voluntary,
    without_each,
)

benefits = some.lists(some.integers(0, 12), min_size=1, max_size=7)
cost = some.integers(1, 40)
pairs = some.lists(some.tuples(some.integers(0, 12), some.integers(1, 6)), min_size=1, max_size=6)


def groups(members):
    return [group for size in range(1, members + 1) for group in combinations(range(members), size)]


@given(benefits, cost)
def test_the_least_group_is_the_smallest_that_gains(worth, whole):
    gaining = [group for group in groups(len(worth)) if sum(worth[each] for each in group) >= whole]
    found = k_group(worth, whole)
    assert found.least[0] == min(map(len, gaining), default=0)
    assert found.members[0].sum() == found.least[0]
    if gaining:
        assert sum(value for value, inside in zip(worth, found.members[0], strict=True) if inside) >= whole
    assert bool(found.privileged[0]) == (found.least[0] == 1)


@given(benefits, cost)
def test_minimal_groups_are_those_whose_every_part_is_too_small(worth, whole):
    def pays(group):
        return sum(worth[each] for each in group) >= whole

    expected = [
        sum(1 << each for each in group)
        for group in groups(len(worth))
        if pays(group) and not any(pays(part) for part in combinations(group, len(group) - 1))
    ]
    assert minimal_groups(worth, whole).tolist() == sorted(expected)
    assert minimal_groups([each * 2**80 for each in worth], whole * 2**80).tolist() == sorted(expected)
    assert minimal_groups([Fraction(each, 3) for each in worth], Fraction(whole, 3)).tolist() == sorted(expected)


@given(benefits, cost, some.integers(0, 6), some.integers(1, 5))
def test_a_larger_benefit_never_enlarges_the_least_group(worth, whole, place, more):
    before = k_group(worth, whole).least[0]
    worth[place % len(worth)] += more
    after = k_group(worth, whole).least[0]
    assert before == 0 or 0 < after <= before


@given(benefits.filter(lambda worth: len(worth) > 1), cost)
def test_nobody_makes_provision_easier_by_going(worth, whole):
    before, all_of_them = k_group(worth, whole).least[0], voluntary(worth, whole).provided[0]
    for left in without_each(worth, whole):
        assert left.least == 0 or before <= left.least
        assert left.provided <= all_of_them
        assert left.privileged == (left.least == 1)


@given(pairs, some.fractions(0, 1))
def test_the_self_supporting_group_is_the_smallest_whose_every_member_gains(members, needed):
    worth, parts = zip(*members, strict=True)
    whole = sum(parts)

    def stands(group):
        share = Fraction(sum(parts[each] for each in group), whole)
        return share >= needed and all(worth[each] * share >= parts[each] for each in group)

    expected = min((len(group) for group in groups(len(members)) if stands(group)), default=0)
    assert self_supporting(worth, parts, needed)[0] == expected


@given(some.integers(1, 12), some.integers(1, 9), some.integers(1, 60))
def test_identical_members_need_as_many_as_the_ratio_says(members, benefit, part):
    whole_worth = benefit * members  # each of as many contributions is worth so much
    least = least_contributors(benefit, part)
    assert self_supporting([whole_worth] * members, [part] * members)[0] == (least if least <= members else 0)


def test_parts_that_are_not_the_whole_provide_less():
    assert self_supporting([4, 4], [2, 2]).tolist() == [1]  # the parts of two are the whole: a half is worth its cost
    assert self_supporting([4, 4], [2, 2], whole=8).tolist() == [2]
    assert self_supporting([4, 4], [2, 2], whole=9).tolist() == [0]


def test_draws_are_reckoned_as_each_by_itself():
    random = np.random.default_rng(1)
    worth, parts = random.uniform(0, 9, (150, 6)), random.uniform(0.1, 3, (150, 6))
    assert self_supporting(worth, parts).tolist() == [
        int(self_supporting(*row)[0]) for row in zip(worth, parts, strict=True)
    ]
    whole = parts.sum(axis=1)
    assert k_group(worth, whole).least.tolist() == [
        int(k_group(row, total).least[0]) for row, total in zip(worth, whole, strict=True)
    ]
    together = voluntary(worth, whole, parts / whole[:, None], 0.5).provided
    assert together == pytest.approx(
        [
            voluntary(row, total, part / total, 0.5).provided[0]
            for row, total, part in zip(worth, whole, parts, strict=True)
        ]
    )


@given(
    some.lists(some.integers(0, 40), min_size=1, max_size=5),
    some.integers(1, 30),
    some.fractions(0, 1, max_denominator=8),
    some.fractions(0, 1, max_denominator=8),
)
def test_nobody_gains_by_giving_otherwise(worth, whole, capacity, bend):
    found = voluntary(worth, whole, capacity, bend)
    assert sum(found.gifts[0]) == found.provided[0] <= 1

    def gain(value, gift, others):
        share = gift + others
        return value * (share - bend * share**2 / 2) / (1 - bend / 2) - whole * gift

    for value, gift in zip(worth, found.gifts[0], strict=True):
        others = found.provided[0] - gift
        most = min(capacity, 1 - others)
        assert 0 <= gift <= capacity
        best = gain(value, gift, others)
        assert all(gain(value, most * Fraction(step, 8), others) <= best for step in range(9))


def test_who_rides_has_a_benefit_and_gives_nothing():
    found = voluntary([Fraction(40), Fraction(20), Fraction(0)], 20)
    assert found.riding.tolist() == [[False, True, False]]
    assert not voluntary([5, 5], 20).riding.any()  # nobody gives, so nobody rides


def test_a_capacity_calls_the_next_in():
    found = voluntary([40, 30, 10], 20, Fraction(1, 4))
    assert [str(gift) for gift in found.gifts[0]] == ["1/4", "1/4", "0"]


def test_whole_numbers_stay_exact_and_floats_stay_floats():
    assert isinstance(voluntary([3, 2], Fraction(1, 3)).provided[0], Fraction)
    assert voluntary([3.0, 2.0], Fraction(1, 3)).provided.dtype == np.float64
    assert k_group([Fraction(1, 3)] * 3, 1).least[0] == 3  # three times a third is the whole


@given(some.lists(some.integers(1, 9), min_size=1, max_size=6), some.integers(1, 5))
def test_burdens_in_proportion_to_benefits_exploit_nobody(worth, times):
    fair = exploitation([times * each for each in worth], worth)
    assert fair.index[0] == pytest.approx(0, abs=1e-12)
    assert fair.ratios == pytest.approx(1)


def test_the_index_is_the_share_that_would_change_hands():
    found = exploitation([[4, 0], [2, 2]], [1, 1])
    assert found.index.tolist() == [0.5, 0.0]
    assert np.isnan(exploitation([1, 1], [1, 0]).ratios[0, 1])


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: k_group([-1, 2], 3), "worth nought or more"),
        (lambda: k_group([1, 2], 0), "costs more than nought"),
        (lambda: k_group([], 1), "Give draws x members"),
        (lambda: minimal_groups([1] * 21, 3), "at most 20 members"),
        (lambda: minimal_groups([[1], [2]], 3), "one case"),
        (lambda: self_supporting([1], [0]), "each member's part costs more than nought"),
        (lambda: voluntary([1], 1, curvature=2), "curvature lies between 0 and 1"),
        (lambda: voluntary([1], 1, capacity=-1), "Nobody can provide less than nothing"),
        (lambda: exploitation([0, 0], [1, 1]), "somebody has some"),
        (lambda: least_contributors(0, 1), "worth more than nought"),
    ],
)
def test_what_makes_no_sense_is_refused(ask, message):
    with pytest.raises(ValueError, match=message):
        ask()
