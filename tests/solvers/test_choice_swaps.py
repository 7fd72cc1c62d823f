"""Swaps: the smallest change against a grid of all weights, and how far one weight can move, by hand and by looking."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from comity.solvers.choice.score import Scoring, seat
from comity.solvers.choice.swaps import holds, least_change, nearest_swaps

GRID = np.array([(a, b, 40 - a - b) for a, b in product(range(41), repeat=2) if a + b <= 40]) / 40
EQUAL = np.full(3, 1 / 3)


def clubs(values, seats):
    """Which set each weighting of the grid seats, and how far it is from equal weights; ties are left out."""
    for weights in GRID:
        scores = Scoring.of(values).scores(weights)
        ordered = np.sort(scores)[::-1]
        if ordered[seats - 1] - ordered[seats] > 1e-4:
            yield frozenset(np.argsort(-scores)[:seats].tolist()), np.abs(weights - EQUAL).sum() / 2


@settings(max_examples=25, deadline=None)
@given(arrays(np.float64, (6, 3), elements=st.integers(0, 60).map(float), unique=True))
def test_no_weights_of_the_grid_swap_nearer(values):
    scoring = Scoring.of(values)
    start = seat(scoring.scores(EQUAL), 2)
    swaps = {(swap.leaves, swap.enters): swap for swap in nearest_swaps(scoring, EQUAL, 2)}
    for swap in swaps.values():
        expected = set(start.seated) - {swap.leaves} | {swap.enters}
        assert set(seat(scoring.scores(swap.weights), 2).seated) == expected
        assert swap.weights.sum() == pytest.approx(1)
        assert swap.moved == pytest.approx(np.abs(swap.weights - EQUAL).sum() / 2)
    for club, far in clubs(values, 2):
        gone, come = set(start.seated) - club, club - set(start.seated)
        if len(gone) == 1 and not start.tied:
            assert swaps[min(gone), min(come)].moved <= far + 1e-4


def test_a_swap_by_hand():
    values = np.array([[6.0, 1.0], [3.0, 2.0], [1.0, 7.0]])
    scoring, weights = Scoring.of(values), np.array([0.5, 0.5])
    swap = least_change(scoring, weights, 2, leaves=0, enters=1)  # 6w + 1 - w = 3w + 2 - 2w at w = 1/4
    assert swap.moved == pytest.approx(0.25, abs=1e-4)
    assert swap.weights == pytest.approx([0.25, 0.75], abs=1e-4)
    # 2 gives way to 1 where w + 7 (1 - w) = 3w + 2 (1 - w), at w = 5/7
    assert least_change(scoring, weights, 2, leaves=2, enters=1).moved == pytest.approx(5 / 7 - 1 / 2, abs=1e-4)
    assert [(each.leaves, each.enters) for each in nearest_swaps(scoring, weights, 2)] == [(2, 1), (0, 1)]


def test_a_swap_that_no_weights_give_is_none():
    values = np.array([[6.0, 6.0], [3.0, 2.0], [1.0, 2.0]])
    assert least_change(Scoring.of(values), np.array([0.5, 0.5]), 1, leaves=0, enters=1) is None
    assert nearest_swaps(Scoring.of(values), np.array([0.5, 0.5]), 1) == []


def test_who_is_not_seated_cannot_leave():
    with pytest.raises(ValueError, match="takes the seat"):
        least_change(Scoring.of(np.eye(3)), np.array([0.5, 0.3, 0.2]), 1, leaves=1, enters=2)


@settings(max_examples=25, deadline=None)
@given(arrays(np.float64, (5, 3), elements=st.integers(0, 30).map(float), unique=True))
def test_the_seats_stay_within_the_hold_and_change_beyond_it(values):
    weights = np.array([0.5, 0.3, 0.2])
    scoring = Scoring.of(values)
    start = seat(scoring.scores(weights), 2)
    if start.tied:
        return

    def at(criterion, weight):
        others = np.where(np.arange(3) == criterion, 0, weights)
        changed = others / others.sum() * (1 - weight)
        changed[criterion] = weight
        return frozenset(seat(scoring.scores(changed), 2).seated)

    for criterion, hold in enumerate(holds(scoring, weights, 2)):
        club = frozenset(start.seated)
        assert hold.low <= weights[criterion] <= hold.high
        for share in (0.001, 0.5, 0.999):
            assert at(criterion, hold.low + share * (hold.high - hold.low)) == club
        if hold.above and hold.high < 0.999:
            assert at(criterion, hold.high + 1e-6) != club
        if hold.below and hold.low > 0.001:
            assert at(criterion, hold.low - 1e-6) != club


def test_a_weight_that_never_matters_holds_everywhere():
    held = holds(Scoring.of(np.array([[6.0, 6.0], [3.0, 2.0]])), np.array([1.0, 0.0]), 1)
    assert [(each.low, each.high, each.below, each.above) for each in held] == [(0.0, 1.0, None, None)] * 2
    everyone = holds(Scoring.of(np.eye(2)), np.array([0.5, 0.5]), 2)
    assert (everyone[0].low, everyone[0].high) == (0.0, 1.0)


def test_topsis_is_refused():
    with pytest.raises(ValueError, match="TOPSIS"):
        nearest_swaps(Scoring.of(np.eye(3), "topsis"), EQUAL, 1)
    with pytest.raises(ValueError, match="TOPSIS"):
        holds(Scoring.of(np.eye(3), "topsis"), EQUAL, 1)
