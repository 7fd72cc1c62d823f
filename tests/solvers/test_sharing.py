"""Sharing: duals, limits and remainders, exact; against the Shapley value counted over all orders."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers.sharing import (
    concentration,
    equal_awards,
    equal_losses,
    lightened,
    lowered,
    nested,
    poured,
    proportional,
    raised,
    suits,
    talmud,
)

numbers = st.lists(st.fractions(0, 40, max_denominator=6), min_size=1, max_size=6).filter(any)
parts = st.fractions(0, 1, max_denominator=12)


@settings(max_examples=150, deadline=None)
@given(numbers, parts)
def test_equal_awards_and_equal_losses_are_duals_and_the_talmud_is_its_own(claims: list[Fraction], part: Fraction):
    total = sum(claims, Fraction(0))
    estate = part * total
    awards, losses = equal_awards(claims, estate), equal_losses(claims, total - estate)
    assert [one + other for one, other in zip(awards, losses, strict=True)] == claims
    garment, rest = talmud(claims, estate), talmud(claims, total - estate)
    assert [one + other for one, other in zip(garment, rest, strict=True)] == claims
    assert sum(awards) == sum(garment) == estate


@settings(max_examples=60, deadline=None)
@given(st.lists(st.fractions(0, 9, max_denominator=4), min_size=1, max_size=5).filter(any))
def test_nested_needs_are_the_shapley_value_over_all_orders(needs: list[Fraction]):
    counted = [Fraction(0)] * len(needs)
    orders = list(permutations(range(len(needs))))
    for order in orders:
        built = Fraction(0)
        for place in order:
            counted[place] += max(Fraction(0), needs[place] - built)
            built = max(built, needs[place])
    assert nested(needs) == [each / len(orders) for each in counted]


@settings(max_examples=100, deadline=None)
@given(numbers, parts, st.fractions(Fraction(1, 6), 1, max_denominator=12))
def test_what_is_poured_is_taken_over_or_left(numbers: list[Fraction], part: Fraction, ceiling: Fraction):
    shares = [(1 - part) * share for share in proportional(numbers)]
    found, left = poured(shares, part, [ceiling] * len(shares))
    assert sum(found) + left == 1
    assert all(after >= before for before, after in zip(shares, found, strict=True))
    assert all(after <= max(before, ceiling) for before, after in zip(shares, found, strict=True))
    assert not left or all(share >= ceiling for share in found if share)


@settings(max_examples=100, deadline=None)
@given(numbers, st.data())
def test_relief_keeps_the_sum_and_never_takes_from_the_rich(incomes: list[Fraction], data: st.DataObject):
    people = [data.draw(st.integers(1, 9).map(Fraction)) for _ in incomes]
    left = lightened(incomes, people, Fraction(4, 5))
    assert sum(left) == sum(incomes)
    average = sum(incomes) / sum(people)
    for before, after, count in zip(incomes, left, people, strict=True):
        assert after <= before if before / count < average else after >= before


def test_who_is_fixed_carries_only_where_nobody_else_is_left():
    tenth, half, most = Fraction(1, 10), Fraction(1, 2), [Fraction(1, 2), Fraction(1), Fraction(1)]
    assert lowered([8 * tenth, tenth, tenth], most, fixed=[2]) == [half, 4 * tenth, tenth]
    assert lowered([8 * tenth, tenth, tenth], most, fixed=[1, 2]) == [half, half / 2, half / 2]


def test_a_ceiling_that_nobody_can_carry_is_refused():
    with pytest.raises(ValueError, match="nobody is left to carry what they cut"):
        lowered([Fraction(1, 2), Fraction(1, 2)], [Fraction(1, 4), Fraction(1, 4)])
    with pytest.raises(ValueError, match="cannot share one whole between floor 2/3 and ceiling 1"):
        raised([Fraction(1, 2), Fraction(1, 2)], Fraction(2, 3))
    with pytest.raises(ValueError, match="needs the people of everybody"):
        lightened([Fraction(1)], [Fraction(0)], Fraction(4, 5))


def test_a_burden_in_proportion_is_neither_progressive_nor_regressive():
    bases = [Fraction(1), Fraction(2), Fraction(5)]
    heads = [Fraction(3), Fraction(2), Fraction(1)]
    assert suits(concentration(bases, bases, heads)) == 0
    assert (
        suits(concentration([Fraction(0), Fraction(0), Fraction(1)], bases, [Fraction(1), Fraction(2), Fraction(3)]))
        > 0
    )
    assert suits(concentration([Fraction(1)] * 3, bases, [Fraction(1), Fraction(2), Fraction(3)])) < 0
    assert suits(concentration([Fraction(1)] * 3, bases, [Fraction(1)] * 3)) == 0, "without ranks there is no order"
