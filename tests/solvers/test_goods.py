"""Laws of goods that members provide together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.solvers.goods import annuity, payoffs, present_values, provided

SHARES = st.lists(st.floats(0.01, 1), min_size=1, max_size=8)


@given(SHARES, st.data())
def test_whoever_joins_never_takes_from_the_good(part: list[float], data: st.DataObject):
    takes = np.array(data.draw(st.lists(st.booleans(), min_size=len(part), max_size=len(part))))
    more = takes.copy()
    more[data.draw(st.integers(0, len(part) - 1))] = True
    needed = data.draw(st.floats(0, 1))
    few, many = provided(part, [takes, more], needed)
    assert many >= few - 1e-12
    assert few == 0 or few >= needed - 1e-9


@given(SHARES, st.floats(0, 1))
def test_a_pure_public_good_is_worth_the_same_to_whoever_pays_and_whoever_does_not(worth: list[float], share: float):
    row = np.array([worth])
    inside, _ = payoffs(row, row, share, np.ones(len(worth), dtype=bool))
    outside, paid = payoffs(row, row, share, np.zeros(len(worth), dtype=bool))
    assert np.allclose(inside, outside)
    assert not paid.any()


@given(SHARES, st.floats(0, 1), st.floats(0, 1))
def test_keeping_more_from_outsiders_never_serves_them(worth: list[float], some: float, other: float):
    low, high = sorted((some, other))
    row, none = np.array([worth]), np.zeros(len(worth), dtype=bool)
    less, _ = payoffs(row, row, 1.0, none, excludable=high)
    more, _ = payoffs(row, row, 1.0, none, excludable=low)
    assert (less <= more + 1e-12).all()


@given(st.floats(0, 1), st.integers(1, 60))
def test_an_annuity_is_the_closed_form_and_a_lead_takes_its_first_years(rate: float, years: int):
    whole = float(annuity(rate, years))
    closed = years if rate < 1e-9 else (1 - (1 + rate) ** -years) / rate
    assert whole == pytest.approx(closed, rel=1e-6)
    if years > 1:
        assert float(annuity(rate, years, 1)) == pytest.approx(whole - 1 / (1 + rate))


def test_what_has_no_year_or_a_rate_below_nought_is_refused():
    with pytest.raises(ValueError, match="Of 3 years none is left after a lead of 3"):
        annuity(0.1, 3, 3)
    with pytest.raises(ValueError, match="nought or more"):
        annuity([-0.1], 3)


def test_present_values_go_by_draw():
    gain, paid = np.full((2, 1), 2.0), np.full((2, 1), 1.0)
    gains, payments = present_values(gain, paid, [0.0, 1.0], 2, lead=1)
    assert gains.ravel().tolist() == [2.0, 0.5]
    assert payments.ravel().tolist() == [2.0, 0.75]
