import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.streams import Stream
from comity.solvers import power, sampling
from comity.solvers.game import NO, YES, Game, weighted
from comity.solvers.power import measure
from comity.solvers.sampling import BLOCK, Opinion, common_factor, correlated, estimate, ideal_points, orders, swings
from comity.solvers.simple import reduce

WEIGHTS = [9, 7, 4, 3, 3, 1]


def half(members):
    votes = np.zeros((members, 6))
    votes[:, [YES, NO]] = 0.5
    return votes


def within(found, exact, width=4.0):
    return np.abs(found.shares - np.array([float(each) for each in exact])) <= width * found.error


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=7), st.integers(1, 30), st.integers(0, 10))
def test_swings_lie_within_four_standard_errors_of_the_count(weights, quota, seed):
    found = swings(weighted(weights, quota), half(len(weights)), Stream(seed, "swings").uniforms, draws=8_000)
    exact = measure(reduce(weighted(weights, quota)))
    assert within(found.decisive, exact.swing_probability).all()
    assert within(found.adoption, [exact.act]).all()


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=7), st.integers(1, 30), st.integers(0, 10))
def test_orders_lie_within_four_standard_errors_of_the_count(weights, quota, seed):
    found = orders(weighted(weights, quota), Stream(seed, "orders").uniforms, draws=8_000)
    assert within(found.pivotal, measure(reduce(weighted(weights, quota))).shapley_shubik).all()


def test_success_is_half_and_half_the_swing():
    """Under coin tosses success is (1 + swing probability) / 2: Dubey and Shapley (1979), p. 124."""
    game = weighted(WEIGHTS, 14)
    found = swings(game, half(6), Stream(5, "success").uniforms, draws=40_000)
    exact = [(1 + each) / 2 for each in power.of(game, "swing_probability").values()]
    assert within(found.success, exact).all()


def test_equal_seeds_give_equal_numbers_however_the_draws_are_asked_for():
    game, seen = weighted(WEIGHTS, 14), []

    def uniforms(draws, columns):
        seen.append(draws)
        return Stream(7, "swings").uniforms(draws, columns)

    first = swings(game, half(6), uniforms, draws=3 * BLOCK + 10)
    again = swings(game, half(6), Stream(7, "swings").uniforms, draws=3 * BLOCK + 10)
    assert first.decisive.shares.tolist() == again.decisive.shares.tolist()
    assert [len(each) for each in seen] == [BLOCK, BLOCK, BLOCK, 10]


def test_stops_at_the_end_of_a_block_when_the_target_is_met():
    told = []
    found = swings(
        weighted(WEIGHTS, 14), half(6), Stream(1, "s").uniforms, draws=10**6, target=0.005,
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert found.converged
    assert found.decisive.error.max() <= 0.005
    assert found.decisive.draws % BLOCK == 0
    assert told[-1] == (found.decisive.draws, 10**6)
    assert not orders(weighted(WEIGHTS, 14), Stream(1, "s").uniforms, draws=100, target=0.001).converged


def test_votes_follow_their_chances_also_of_choices_that_never_occur():
    votes = np.zeros((2, 6))
    votes[0, 0] = votes[1, 4] = 1.0
    found = swings(weighted([1, 1], quota=1), votes, Stream(1, "v").uniforms, draws=200)
    assert found.adoption.shares[0] == 1
    assert found.decisive.shares.tolist() == [1.0, 0.0]


def test_nobody_is_a_pivot_where_all_is_carried_or_nothing():
    always = Game(np.zeros((1, 6, 2), dtype=np.int64), np.array([0]), 0, ("threshold",), ("A", "B"))
    for game in (always, weighted([1, 1], quota=3)):
        assert orders(game, Stream(1, "o").uniforms, draws=50).pivotal.shares.tolist() == [0.0, 0.0]


def test_without_correlation_it_is_the_swing_probability():
    game, exact = weighted(WEIGHTS, 14), power.of(weighted(WEIGHTS, 14), "swing_probability").values()
    for opinion in (common_factor(0.5, np.zeros(6)), ideal_points(np.linspace(0, 1, 6)[:, None], sharpness=0)):
        found = correlated(game, opinion, Stream(2, "correlated").uniforms, draws=20_000)
        assert within(found.decisive, exact).all()


def test_a_common_factor_keeps_each_chance_and_correlates_the_votes():
    yes, loading = np.array([0.3, 0.6, 0.5]), np.array([0.8, 0.8, -0.8])
    drawn = Stream(4, "factor").uniforms(range(40_000), range(4))
    votes = drawn[:, 1:] < common_factor(yes, loading).chances(drawn[:, :1])
    assert votes.mean(axis=0) == pytest.approx(yes, abs=0.01)
    together = np.corrcoef(votes.T)
    assert together[0, 1] > 0.3
    assert together[0, 2] < -0.3


def test_a_mirrored_member_decides_less_often_when_the_others_agree():
    """Three equal members by majority: two who think alike seldom leave the third a choice."""
    game = weighted([1, 1, 1], quota=2)
    opinion = common_factor(0.5, np.array([0.95, 0.95, 0.0]))
    found = correlated(game, opinion, Stream(6, "camp").uniforms, draws=20_000)
    agree = 0.5 + np.arcsin(0.95**2) / np.pi
    assert within(found.decisive, [0.5, 0.5, 1 - agree]).all()


def test_the_middle_of_a_line_decides():
    """With sharp preferences on one dimension the median member always has its way (Black 1948)."""
    positions = np.array([[0.0], [0.2], [0.5], [0.9], [1.0]])
    opinion = ideal_points(positions, sharpness=10**6)
    found = correlated(weighted([1] * 5, quota=3), opinion, Stream(8, "line").uniforms, draws=8_000)
    assert found.success.shares[2] > 0.999
    assert (np.delete(found.success.shares, 2) < 0.95).all()
    assert found.decisive.shares.argmax() == 2


def test_intervals_hold_their_share():
    found = estimate(np.array([0.0, 30.0, 100.0]), 100)
    assert found.low[0] == 0
    assert 0 < found.high[0] < 0.05
    assert found.low[1] < 0.3 < found.high[1]
    assert found.high[2] == 1
    assert (found.error > 0).all()


def test_refuses_what_means_nothing():
    game, uniforms = weighted([1, 1], quota=1), Stream(1, "x").uniforms
    with pytest.raises(ValueError, match="0 draws tell nothing"):
        swings(game, half(2), uniforms, draws=0)
    with pytest.raises(ValueError, match="'never' is no choice against"):
        orders(game, uniforms, against="never")
    huge = weighted([2**61, 2**61], quota=1)
    for sample in (lambda: orders(huge, uniforms), lambda: swings(huge, half(2), uniforms)):
        with pytest.raises(ValueError, match=r"2\*\*62"):
            sample()
    with pytest.raises(ValueError, match="sum to 1"):
        swings(game, np.zeros((2, 6)), uniforms)
    with pytest.raises(ValueError, match="between -1 and 1"):
        common_factor(0.5, np.array([1.0]))
    with pytest.raises(ValueError, match="from 0 to 1"):
        common_factor(1.5, np.array([0.5]))
    with pytest.raises(ValueError, match="table of numbers"):
        ideal_points(np.array([1.0, 2.0]))
    with pytest.raises(ValueError, match="sharpness of -1"):
        ideal_points(np.zeros((2, 1)), sharpness=-1)
    with pytest.raises(ValueError, match="speaks of 3 members, the rule of 2"):
        correlated(game, common_factor(0.5, np.zeros(3)), uniforms)


def test_refuses_orders_where_support_can_defeat():
    coefficients = np.zeros((1, 6, 1), dtype=np.int64)
    coefficients[0, NO] = 1
    with pytest.raises(ValueError, match="nobody is a pivot"):
        orders(Game(coefficients, np.array([1]), 0, ("threshold",), ("A",)), Stream(1, "x").uniforms)


def test_an_opinion_may_be_the_callers_own():
    opinion = Opinion(1, lambda uniforms: np.repeat(uniforms > 0.5, 2, axis=1).astype(float))
    found = correlated(weighted([1, 1], quota=2), opinion, Stream(1, "own").uniforms, draws=4_000)
    assert found.success.shares.tolist() == [1.0, 1.0]
    assert sampling.BLOCK == 4096
