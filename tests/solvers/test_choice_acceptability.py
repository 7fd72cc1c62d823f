"""Acceptability: closed forms, symmetry, all weights on a grid, and the Monte-Carlo error it reports."""

from itertools import product

import numpy as np
import pytest

from comity.kernel.streams import Stream
from comity.solvers.choice.acceptability import acceptability, interval, standard_error
from comity.solvers.choice.score import Scoring
from comity.solvers.choice.weights import Region, limits


def ask(values, seats, members, aggregate="weighted_sum", *, seed=1, **more):
    scoring = Scoring.of(np.array(values, dtype=float), aggregate)
    names = [str(number) for number in range(scoring.values.shape[1])]
    region = Region.of(limits(names, more.pop("ranges", None), more.pop("order", ())))
    return acceptability(
        scoring, seats, frozenset(members), region=region, uniforms=Stream(seed, "weights").uniforms, **more
    )


def test_with_two_criteria_the_share_is_the_length_of_an_interval():
    # 0 is ahead of 1 where 6 w + 1 (1 - w) > 3 w + 3 (1 - w), that is w > 2/5
    found = ask([[6, 1], [3, 3]], 1, {0})
    assert abs(found.exact - 3 / 5) < 4 * found.exact_error
    assert found.exact_error == pytest.approx(np.sqrt(0.24 / 10_000), rel=0.05)
    assert found.seated.tolist() == [found.exact, pytest.approx(1 - found.exact)]
    assert found.central[0] == pytest.approx([0.7, 0.3], abs=0.01)
    assert found.central_exact == pytest.approx(found.central[0])
    assert found.sets == ((0,), (1,))


def test_with_three_criteria_the_share_is_an_area():
    # the state best on one criterion alone is seated where that weight is largest: a third each
    found = ask(np.eye(3), 1, {2}, draws=20_000)
    assert np.abs(found.seated - 1 / 3).max() < 4 * found.seated_error.max()
    assert found.central[0] == pytest.approx([11 / 18, 7 / 36, 7 / 36], abs=0.01)  # rank-order centroids


@pytest.mark.parametrize("aggregate", ["weighted_sum", "weighted_product", "topsis"])
def test_against_all_weights_on_a_grid(aggregate):
    values = np.array([[5, 1, 2], [2, 4, 1], [1, 2, 4.5], [3, 3, 2.2], [1, 1, 1], [4, 1, 3]], dtype=float)
    steps = 120
    grid = [(a + 0.5, b + 0.5, steps - a - b - 1) for a, b in product(range(steps), repeat=2) if a + b < steps - 1]
    scores = Scoring.of(values, aggregate).scores(np.array(grid) / steps)
    seats = np.argsort(-scores, axis=1)[:, :2]
    expected = np.bincount(seats.ravel(), minlength=6) / len(grid)
    exact = (np.sort(seats, axis=1) == [0, 5]).all(axis=1).mean()
    found = ask(values, 2, {0, 5}, aggregate)
    assert np.abs(found.seated - expected).max() < 0.02
    assert abs(found.exact - exact) < 0.02
    assert found.seated[4] == 0


def test_seats_add_up_and_sets_add_up():
    found = ask(np.arange(24).reshape(8, 3) % 7, 3, {0, 1, 2})
    assert found.seated.sum() == pytest.approx(3)
    assert found.shares.sum() == pytest.approx(1)
    assert list(found.shares) == sorted(found.shares, reverse=True)
    of_state = [sum(p for members, p in zip(found.sets, found.shares, strict=True) if s in members) for s in range(8)]
    assert found.seated == pytest.approx(of_state)


def test_a_dominant_state_always_and_a_dominated_one_never_sits():
    found = ask([[3, 3], [2, 1], [1, 2], [0.5, 0.5]], 2, {0, 1})
    assert (found.seated[0], found.seated[3]) == (1.0, 0.0)
    assert np.isnan(found.central[3]).all()


def test_a_set_of_the_wrong_size_never_comes_out():
    assert ask([[3, 3], [2, 1], [1, 2]], 2, {0}).exact == 0


def test_it_stops_on_the_error_asked_for_and_says_whether_it_got_there():
    short = ask([[6, 1], [3, 3]], 1, {0}, target=0.01, stop=True)
    assert (short.draws, short.converged) == (3_000, True)  # sqrt(0.24 / n) <= 0.01 from n = 2,400
    assert not ask([[6, 1], [3, 3]], 1, {0}, draws=500, target=0.01, stop=True).converged
    assert ask([[6, 1], [3, 3]], 1, {0}, draws=2_500, target=0.05).draws == 2_500


def test_the_error_is_that_of_repeated_trials():
    answers = [ask([[6, 1], [3, 3]], 1, {0}, seed=seed, draws=400) for seed in range(60)]
    spread = np.std([answer.exact for answer in answers])
    assert spread == pytest.approx(answers[0].exact_error, rel=0.35)


def test_same_seed_same_answer_and_draws_are_a_prefix():
    first, again = (ask([[6, 1], [3, 3]], 1, {0}, draws=1_500) for _ in range(2))
    assert first.exact == again.exact
    seen = []
    ask([[6, 1], [3, 3]], 1, {0}, draws=2_500, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1_000, 2_500), (2_000, 2_500), (2_500, 2_500)]


def test_ranges_move_the_answer():
    # within 0.4 <= w <= 0.6 the first is always ahead (see above), below 0.4 never
    assert ask([[6, 1], [3, 3]], 1, {0}, ranges={"0": (0.4, 0.6)}).exact == 1
    assert ask([[6, 1], [3, 3]], 1, {0}, ranges={"0": (0.0, 0.4)}).exact == 0


def test_errors_and_intervals_never_vanish():
    assert standard_error(np.array([0.0, 100.0]), 100).min() > 0
    low, high = interval(np.array([0.0, 1.0]), 100)
    assert low[0] == 0 < high[0]
    assert low[1] < 1 == high[1]


@pytest.mark.parametrize(("seats", "draws", "message"), [(3, 10, "cannot be filled"), (1, 0, "draw at least one")])
def test_questions_without_sense_are_refused(seats, draws, message):
    with pytest.raises(ValueError, match=message):
        ask([[6, 1], [3, 3]], seats, {0}, draws=draws)
