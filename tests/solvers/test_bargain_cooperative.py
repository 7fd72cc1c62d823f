import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from comity.solvers.bargain.cooperative import egalitarian, kalai_smorodinsky, nash, on_line

SOLVERS = [nash, kalai_smorodinsky, egalitarian]
shapes = some.tuples(some.integers(1, 12), some.integers(1, 4))
tables = shapes.flatmap(lambda shape: arrays(np.float64, shape, elements=some.integers(-5, 9).map(float)))


@pytest.mark.parametrize("solve", SOLVERS)
@given(table=tables)
def test_nobody_loses_and_nothing_is_better_for_all(solve, table):
    found = solve(table, np.zeros(table.shape[1]))
    if found.outcome is None:
        assert not (table > 0).all(axis=1).any()
        return
    assert (found.gains > 0).all()
    assert not (table > found.gains + 1e-9).all(axis=1).any()
    if solve is nash:
        others = (table >= found.gains).all(axis=1) & (table > found.gains).any(axis=1)
        assert not others.any()


@pytest.mark.parametrize("solve", [nash, kalai_smorodinsky])
@given(table=tables, data=some.data())
def test_units_and_zero_points_do_not_matter(solve, table, data):
    members = table.shape[1]
    unit = np.array(data.draw(some.lists(some.sampled_from([0.25, 1.0, 4.0]), min_size=members, max_size=members)))
    shift = np.array(data.draw(some.lists(some.integers(-3, 3), min_size=members, max_size=members)), dtype=float)
    assert solve(table * unit + shift, shift).equals == solve(table, np.zeros(members)).equals


@pytest.mark.parametrize("solve", SOLVERS)
@given(table=tables)
def test_other_names_do_not_matter(solve, table):
    turned = solve(table[:, ::-1], np.zeros(table.shape[1]))
    assert turned.equals == solve(table, np.zeros(table.shape[1])).equals


@given(table=tables, data=some.data())
def test_more_outcomes_never_lower_the_smallest_share(table, data):
    members = table.shape[1]
    more = data.draw(arrays(np.float64, (3, members), elements=some.integers(-5, 9).map(float)))
    before, after = (egalitarian(each, np.zeros(members)) for each in (table, np.concatenate([table, more])))
    if before.outcome is not None:
        assert after.score >= before.score
    rational = table[(table >= 0).all(axis=1)]
    if before.outcome is not None:  # for shares of the largest gain: where that stays the same
        kept = more[(more <= rational.max(axis=0)).all(axis=1)]
        shares = [kalai_smorodinsky(each, np.zeros(members)).score for each in (table, np.concatenate([table, kept]))]
        assert shares[1] >= shares[0] - 1e-12


@pytest.mark.parametrize("solution", ["nash", "kalai_smorodinsky", "egalitarian"])
@given(power=some.floats(0.3, 1.0))
def test_a_symmetric_line_is_halved(solution, power):
    half = on_line(lambda x: np.stack([x**power, (1 - x) ** power], axis=1), (0, 1), [0, 0], solution=solution)
    assert half == pytest.approx(0.5, abs=1e-6)


def test_kalai_smorodinsky_follows_a_frontier_that_moves_out():
    gains = []
    for power in (1.0, 0.8, 0.5, 0.3):
        at = on_line(lambda x, p=power: np.stack([x**p, 1 - x], axis=1), (0, 1), [0, 0], solution="kalai_smorodinsky")
        gains.append((at**power, 1 - at))
    assert gains == sorted(gains)
    assert [each[1] for each in gains] == sorted(each[1] for each in gains)


def test_bargaining_power_divides_the_sum():
    split = on_line(lambda x: np.stack([x, 1 - x], axis=1), (0, 1), [0, 0], [0.7, 0.3])
    assert split == pytest.approx(0.7, abs=1e-7)


def test_who_is_not_needed_is_not_counted():
    table = [[5.0, 5.0, -9.0], [4.0, 4.0, 4.0]]
    consenting = np.array([[True, True, False], [True, True, True]])
    assert nash(table, np.zeros(3)).outcome == 1
    passed_over = nash(table, np.zeros(3), consenting=consenting)
    assert passed_over.outcome == 0
    assert passed_over.gains.tolist() == [5, 5, -9]
    assert kalai_smorodinsky(table, np.zeros(3), consenting=consenting).outcome == 0
    assert egalitarian(table, np.zeros(3), consenting=consenting).outcome == 0
    assert nash(table, np.zeros(3), None, [False, True], consenting=consenting).outcome == 1


def test_ties_are_told():
    found = nash([[2.0, 1.0], [1.0, 2.0]], [0, 0])
    assert (found.outcome, found.equals) == (0, (0, 1))


def test_equal_smallest_shares_are_told_apart_by_the_next():
    assert kalai_smorodinsky([[4.0, 4, 8], [4, 4, 9], [8, 0, 0], [0, 8, 0]], [0, 0, 0]).outcome == 1


def test_without_gains_for_all_there_is_no_settlement():
    assert nash([[1.0, 0.0], [3.0, -1.0]], [0, 0]).outcome is None
    assert egalitarian(np.zeros((0, 2)), [0, 0]).outcome is None
    assert on_line(lambda x: np.stack([x, 1 - x], axis=1), (0, 1), [0.6, 0.6]) is None


@pytest.mark.parametrize("solve", SOLVERS)
def test_what_does_not_fit_is_refused(solve):
    with pytest.raises(ValueError, match="outcomes x members"):
        solve([1.0, 2.0], [0.0])
    with pytest.raises(ValueError, match="Weights are 2 numbers"):
        solve([[1.0, 2.0]], [0, 0], [-1, 1])
    with pytest.raises(ValueError, match="masks"):
        solve([[1.0, 2.0]], [0, 0], None, [True, False])
    with pytest.raises(ValueError, match="ends at 0"):
        on_line(lambda x: x[:, None], (1, 0), [0])
