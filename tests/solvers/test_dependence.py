"""Dependence: bounds that hold whatever the unprinted partners are, laws of concentration, centrality and circles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.solvers.dependence import (
    centrality,
    concentration,
    dependence,
    hirschman,
    share_bounds,
    shortest_circle,
    trade,
    vulnerability,
)

PARTS = st.lists(st.integers(1, 1000), min_size=2, max_size=12)
MATRIX = st.lists(st.lists(st.floats(0, 1), min_size=4, max_size=4), min_size=4, max_size=4)


def listed(parts, most, step):
    """True shares, and what a source that prints the largest, rounded, shows of them."""
    true = np.sort(np.array(parts, dtype=float) / sum(parts))[::-1]
    shown = np.full(len(true), np.nan)
    shown[:most] = np.round(true[:most] / step) * step
    return true, shown


@given(PARTS, st.integers(1, 5), st.sampled_from([0.01, 0.001]))
def test_the_truth_lies_within_the_bounds(parts, most, step):
    true, shown = listed(parts, most, step)
    found = share_bounds(shown[None, :], step)
    assert (found.low[0] <= true + 1e-9).all()
    assert (true <= found.high[0] + 1e-9).all()
    low, high = concentration(shown, step)
    assert low - 1e-9 <= (true**2).sum() <= high + 1e-9
    fewer = concentration(shown, step, others=len(parts))
    assert low <= fewer[0] <= (true**2).sum() + 1e-9
    assert fewer[1] == high


@given(PARTS)
def test_what_is_printed_in_full_is_exact(parts):
    true = np.array(parts, dtype=float) / sum(parts)
    low, high = concentration(true, step=0)
    assert low == pytest.approx((true**2).sum())
    assert high == pytest.approx((true**2).sum(), abs=1e-6)


@pytest.mark.parametrize("shares", [[-0.1, 0.5], [0.8, 0.4]])
def test_what_are_no_shares_is_refused(shares):
    with pytest.raises(ValueError, match="Shares lie from 0 to 1"):
        share_bounds(np.array([shares]))
    with pytest.raises(ValueError, match="no share to measure"):
        concentration(np.array([np.nan]))


def test_a_partners_list_stands_in_within_what_the_own_list_allows():
    nan = np.nan
    exports, imports = np.full((3, 3), nan), np.full((3, 3), nan)
    exports[0] = [nan, 0.30, nan]  # 0 prints 1; its exports to 2 are at most 30.5 %
    imports[2] = [0.90, nan, nan]  # 2 buys nine tenths from 0: 90 of 100, more than 0's list allows
    flows, buys = np.array([100.0, 10.0, 10.0]), np.array([50.0, 50.0, 100.0])
    found = trade(exports, flows, imports, buys)
    assert found.value[0, 1] == pytest.approx(30.0)
    assert found.value[0, 2] == pytest.approx(30.5)
    assert (found.low[0, 1], found.high[0, 1]) == (pytest.approx(29.5), pytest.approx(30.5))
    assert np.isnan(found.value[2, 1])
    assert np.isnan(found.high[1, 0])  # neither prints anything of it
    assert found.high[1, 2] == pytest.approx(10.5)  # what 0 leaves of 2's imports, and 1 prints nothing
    assert (np.diag(found.value) == 0).all()


def test_an_isolated_state_depends_on_nobody_and_more_trade_never_lowers_dependence():
    income = np.array([100.0, 400.0])
    levels = [dependence(np.array([[0.0, flow], [flow, 0.0]]), income) for flow in (0.0, 10.0, 20.0)]
    assert (levels[0] == 0).all()
    assert levels[0][0, 1] < levels[1][0, 1] < levels[2][0, 1]
    weighed = [vulnerability(each, income)[0, 1] for each in levels]
    assert weighed == sorted(weighed)


@given(st.floats(1, 1e4), st.floats(1, 1e4), st.floats(0, 1e3))
def test_the_same_trade_falls_more_on_the_smaller(one, other, flow):
    income = np.array([one, other])
    found = vulnerability(dependence(np.array([[0.0, flow], [flow, 0.0]]), income), income)
    assert (found[0, 1] >= found[1, 0]) or one >= other
    assert found[0, 1] <= flow / one + 1e-12


@given(MATRIX, st.permutations(range(4)))
def test_centrality_sums_to_one_and_follows_a_relabelling(rows, order):
    ties = np.array(rows)
    np.fill_diagonal(ties, 0)
    found = centrality(ties)
    assert found.sum() == pytest.approx(1)
    assert (found > 0).all()
    assert centrality(ties[np.ix_(order, order)]) == pytest.approx(found[list(order)])


def test_centrality_of_a_star_and_of_nothing():
    star = np.zeros((4, 4))
    star[1:, 0] = 1
    found = centrality(star)
    assert found[0] > found[1] == found[2] == found[3]
    assert centrality(np.zeros((3, 3))) == pytest.approx([1 / 3] * 3)
    with pytest.raises(ValueError, match="not negative"):
        centrality(-star)
    with pytest.raises(ValueError, match="damping"):
        centrality(star, damping=1)


@given(st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=5, max_size=5))
def test_a_circle_comes_round_and_none_is_shorter(rows):
    ties = np.array(rows)
    np.fill_diagonal(ties, val=False)
    found = shortest_circle(ties)
    powers = [np.trace(np.linalg.matrix_power(ties.astype(int), length)) for length in range(2, 6)]
    if not found:
        assert not any(powers)
        return
    assert len(set(found)) == len(found)
    assert all(ties[one, other] for one, other in zip(found, (*found[1:], found[0]), strict=True))
    assert not any(powers[: len(found) - 2])


def test_hirschmans_index_runs_from_nought_to_a_hundred():
    assert hirschman(1.0) == 100
    assert hirschman(0.0) == 0
