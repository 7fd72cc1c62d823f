"""Ideal points: recovery and coverage by simulation, and what must not matter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers.ideal_points.estimate import MISSING, ideal_points


def simulated(states, calls, seed, missing=0.1):
    """Votes of states with known points on roll calls of random content."""
    random = np.random.default_rng(seed)
    truth = random.normal(size=states)
    steep, middle = random.normal(size=calls) * 1.5, random.normal(size=calls) * 1.5
    gap = random.gamma(2, 0.5, calls)
    said = truth[:, None] * steep - middle + random.logistic(size=(states, calls))
    votes = (said > 0).astype(int) + (said > gap).astype(int)
    votes[random.random(votes.shape) < missing] = MISSING
    return (truth - truth.mean()) / truth.std(), votes


@pytest.fixture(scope="module")
def large():
    truth, votes = simulated(200, 500, 1)
    return truth, ideal_points(votes, np.ones(500, dtype=int))


def test_simulated_positions_are_recovered(large):
    truth, found = large
    assert found.converged
    assert abs(np.corrcoef(found.values, truth)[0, 1]) > 0.98


def test_the_interval_covers_the_truth_about_as_often_as_it_says(large):
    truth, found = large
    sign = np.sign(np.corrcoef(found.values, truth)[0, 1])
    low, high = found.interval()
    held = np.mean((low <= sign * truth) & (sign * truth <= high))
    assert 0.8 < held < 0.95


def test_a_moving_state_is_followed_and_the_others_stay():
    random = np.random.default_rng(5)
    truth = np.repeat(np.linspace(-1.5, 1.5, 40)[:, None], 6, axis=1)
    truth[20] = np.linspace(-1.5, 1.5, 6)
    sessions = np.repeat(np.arange(6), 80)
    steep, middle, gap = random.normal(size=480) * 2, random.normal(size=480), random.gamma(2, 0.5, 480)
    said = truth[:, sessions] * steep - middle + random.logistic(size=(40, 480))
    found = ideal_points((said > 0).astype(int) + (said > gap).astype(int), sessions).oriented(39, [0])
    path = found.values[found.states == 20]
    assert path[-1] - path[0] > 1.5
    still = [np.ptp(found.values[found.states == state]) for state in (5, 15, 25, 35)]
    assert max(still) < 0.9


def test_the_anchors_orient_it_whatever_the_start():
    _, votes = simulated(20, 100, 3)
    found = ideal_points(votes, np.ones(100, dtype=int))
    assert np.allclose(found.oriented(0, [1]).values, -found.oriented(1, [0]).values)
    assert np.allclose(found.oriented(0, [1]).items[:, 0], -found.oriented(1, [0]).items[:, 0], equal_nan=True)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 1000), st.integers(0, 39))
def test_turning_a_roll_call_round_changes_nothing(seed, call):
    _, votes = simulated(25, 40, seed)
    turned = votes.copy()
    turned[:, call] = np.where(votes[:, call] == MISSING, MISSING, 2 - votes[:, call])
    first, second = (
        ideal_points(each, np.ones(40, dtype=int), tolerance=1e-7, rounds=2000) for each in (votes, turned)
    )
    assert abs(np.corrcoef(first.values, second.values)[0, 1]) > 0.9999


def test_relabelled_states_have_permuted_points():
    _, votes = simulated(25, 60, 9)
    order = np.random.default_rng(2).permutation(25)
    first, second = (ideal_points(each, np.ones(60, dtype=int), tolerance=1e-7) for each in (votes, votes[order]))
    assert np.allclose(np.abs(first.values[order]), np.abs(second.values), atol=1e-3)


def test_unanimous_roll_calls_change_nothing():
    _, votes = simulated(20, 50, 4)
    more = np.c_[votes, np.full((20, 5), 2)]
    first, second = ideal_points(votes, np.ones(50, int)), ideal_points(more, np.ones(55, int))
    assert first.values.tobytes() == second.values.tobytes()
    assert np.isnan(second.items[-5:]).all()


def test_absence_is_missing_and_no_abstention():
    _, votes = simulated(20, 50, 6, missing=0)
    away, abstains = votes.copy(), votes.copy()
    away[3, :25], abstains[3, :25] = MISSING, 1
    first, second = ideal_points(away, np.ones(50, int)), ideal_points(abstains, np.ones(50, int))
    assert first.votes[3] <= 25
    assert second.votes[3] > 40
    assert first.deviations[3] > second.deviations[3]


def test_the_same_votes_give_the_same_bytes():
    _, votes = simulated(20, 50, 6)
    assert (
        ideal_points(votes, np.ones(50, int)).values.tobytes() == ideal_points(votes, np.ones(50, int)).values.tobytes()
    )


@pytest.mark.parametrize(
    ("votes", "sessions", "said"),
    [
        ([[3, 1]], [1, 1], "A vote is 2"),
        ([[2, 1]], [1], "with a session each"),
        ([[2, 2], [2, 2]], [1, 1], "No roll call divides"),
    ],
)
def test_what_are_no_votes_is_refused(votes, sessions, said):
    with pytest.raises(ValueError, match=said):
        ideal_points(votes, sessions)


def test_anchors_that_never_met_are_refused():
    found = ideal_points([[2, -1], [0, 2], [-1, 0]], [1, 2])
    with pytest.raises(ValueError, match="share no session"):
        found.oriented(0, [2])


def test_votes_on_one_text_share_their_parameters():
    _, votes = simulated(30, 40, 8, missing=0)
    texts = [*range(20), *range(20)]
    found = ideal_points(np.c_[votes[:, :20], votes[:, :20]], np.repeat([1, 2], 20), texts=texts)
    assert np.allclose(found.items[:20], found.items[20:], equal_nan=True)
    with pytest.raises(ValueError, match="a text for each"):
        ideal_points(votes, np.ones(40, int), texts=[1, 2])
