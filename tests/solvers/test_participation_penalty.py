"""Sanctions: what they add, the smallest that holds a club, and the tariff of a climate club."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.solvers.participation.climate_club import Regions, club, smallest_tariff
from comity.solvers.participation.payoffs import linear_good
from comity.solvers.participation.penalty import sanctioned, smallest_sanction
from comity.solvers.participation.stable import gains, stability


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20), st.integers(1, 9)), min_size=2, max_size=5), st.data()
)
def test_the_smallest_sanction_holds_and_any_smaller_does_not(rows, data):
    benefit, cost, losses = (list(each) for each in zip(*rows, strict=True))
    coalition = data.draw(st.integers(1, 2 ** len(rows) - 1))
    good = linear_good(benefit, cost, joint=False)
    held = smallest_sanction(good, coalition, losses)
    if held.size is None:
        assert not stability(sanctioned(good, [10**6 * each for each in losses])).internal[coalition]
        return
    assert stability(sanctioned(good, [held.size * each for each in losses])).internal[coalition]
    if held.size:
        less = held.size * Fraction(999, 1000)
        assert not stability(sanctioned(good, [less * each for each in losses])).internal[coalition]
        assert held.needed[held.last] == held.size


def test_where_its_exit_ends_the_club_no_sanction_reaches_a_member():
    # together 8 at a cost of 8; 1 alone would not act, and 0 gets 1 for its 4
    good = linear_good([1, 7], [4, 4])
    held = smallest_sanction(good, 0b11, [1, 1])
    assert (held.size, held.last) == (None, 0)


def test_a_sanction_in_other_fractions_stays_exact():
    good = sanctioned(linear_good([Fraction(1, 3)] * 2, [Fraction(1, 2)] * 2, joint=False), [Fraction(1, 7)] * 2)
    # half of 1/3, less 1/7, beside the other; alone 1/6 less 1/2
    assert [str(good.value(each)) for each in good.column(0)] == ["0", "-1/3", "1/42", "-1/6"]
    assert good.scale is not None


@pytest.mark.parametrize(("losses", "message"), [([1], "1 losses for 2 members"), ([1, -1], "is none")])
def test_what_is_no_sanction_is_refused(losses, message):
    with pytest.raises(ValueError, match=message):
        sanctioned(linear_good([1, 1], [1, 1]), losses)


@st.composite
def worlds(draw):
    number = draw(st.integers(2, 5))

    def positive(low, high):
        return np.array(draw(st.lists(st.floats(low, high), min_size=number, max_size=number)))

    sales = np.array([positive(0.5, 50) for _ in range(number)])
    np.fill_diagonal(sales, 0)
    return Regions(
        positive(100, 9000), positive(100, 9000), sales, positive(0.005, 0.06), positive(0.3, 0.8), positive(0.3, 1)
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds(), st.floats(5, 100), st.data())
def test_the_smallest_tariff_is_where_the_last_member_stays(regions, price, data):
    inside = data.draw(st.integers(1, 2 ** len(regions.income) - 1))
    members = [member for member in range(len(regions.income)) if inside >> member & 1]
    found = smallest_tariff(regions, price, members)

    def least_gain(tariff):
        return min(gains(club(regions, price, tariff), inside)[member] for member in members)

    near = 1e-9 * regions.income.sum()
    grid = np.linspace(0, 0.6, 31)
    if found is None:
        assert all(least_gain(tariff) < near for tariff in grid)
        return
    assert all(least_gain(tariff) < near for tariff in grid if tariff < found[0])
    assert least_gain(found[0]) > -near


def test_what_cannot_be_a_climate_club_is_refused():
    ones = np.ones(2)
    one = Regions(ones, ones, np.zeros((2, 2)), ones, ones, ones)
    with pytest.raises(ValueError, match="A target price of 0 USD a tonne is none"):
        club(one, 0, 0.1)
    with pytest.raises(ValueError, match=r"A tariff of -0.1 is no penalty"):
        club(one, 25, -0.1)
    with pytest.raises(ValueError, match="rows and columns"):
        Regions(ones, ones, np.zeros((2, 3)), ones, ones, ones)
    with pytest.raises(ValueError, match="emissions: numbers of nought or more"):
        Regions(ones, -ones, np.zeros((2, 2)), ones, ones, ones)
    with pytest.raises(ValueError, match=r"terms: one number for each of 2 regions"):
        Regions(ones, ones, np.zeros((2, 2)), ones, np.ones(3), ones)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)), min_size=2, max_size=4), st.data())
def test_a_loss_by_each_member_adds_up_over_the_club(rows, data):
    benefit, cost = (list(each) for each in zip(*rows, strict=True))
    number = len(rows)
    pairs = [data.draw(st.lists(st.integers(0, 9), min_size=number, max_size=number)) for _ in range(number)]
    good = linear_good(benefit, cost)
    hit = sanctioned(good, pairs)
    for member in range(number):
        for coalition in range(1 << number):
            loss = sum(pairs[member][other] for other in range(number) if coalition >> other & 1)
            outside = bool(good.standing[coalition]) and not coalition >> member & 1
            expected = good.value(good.column(member)[coalition]) - (loss if outside else 0)
            assert hit.value(hit.column(member)[coalition]) == expected


def test_a_loss_by_each_member_is_a_square():
    with pytest.raises(ValueError, match="A loss by each of 2 members is a table"):
        sanctioned(linear_good([1, 1], [1, 1]), [[1, 2, 3], [1, 2, 3]])
