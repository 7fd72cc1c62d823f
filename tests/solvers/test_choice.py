"""Scales, scores and seats: hand-checkable cases and the laws that hold whatever the figures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from comity.solvers.choice.scale import fill, normalise
from comity.solvers.choice.score import Scoring, at_largest, seat, undominated

NAN = float("nan")
positive = arrays(np.float64, (6, 3), elements=st.floats(0.01, 100))
ladder = arrays(np.float64, (7, 3), elements=st.integers(0, 4).map(float))


def test_share_of_world_leaves_gaps_out_of_the_world():
    figures = np.array([[3.0], [1.0], [NAN]])
    assert normalise(figures)[:2].ravel().tolist() == [0.75, 0.25]
    assert np.isnan(normalise(figures)[2, 0])


@pytest.mark.parametrize(
    ("scale", "deficit", "expected"),
    [
        ("share_of_world", "zero", [0.6, 0.4, 0.0]),
        ("share_of_world", "negative", [0.6, 0.4, -1.0]),
        ("min_max", "zero", [1.0, 2 / 3, 0.0]),
        ("min_max", "negative", [1.0, 0.875, 0.0]),
        ("rank", "zero", [1.0, 0.5, 0.0]),
    ],
)
def test_a_deficit_counts_as_declared(scale, deficit, expected):
    figures = np.array([[3.0], [2.0], [-5.0]])
    assert normalise(figures, scale, [deficit]).ravel() == pytest.approx(expected)


def test_equals_share_a_rank():
    assert normalise(np.array([[5.0], [5.0], [1.0], [9.0]]), "rank").ravel().tolist() == [0.5, 0.5, 0.0, 1.0]


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ([[1.0, -1.0]], "Criterion 2 has negative figures"),
        ([[NAN, 1.0]], "Criterion 1 has no figure"),
        ([[0.0, 1.0], [0.0, 2.0]], "no share of the world"),
    ],
)
def test_figures_that_cannot_be_compared_are_refused(figures, message):
    with pytest.raises(ValueError, match=message):
        normalise(np.array(figures))


def test_a_gap_competes_with_the_least_value_or_not_at_all():
    values = np.array([[0.7, NAN], [0.2, 0.9], [0.1, 0.1]])
    filled, competes = fill(values)
    assert filled[0, 1] == 0.1
    assert competes.all()
    assert fill(values, "drop")[1].tolist() == [False, True, True]


def test_topsis_by_hand():
    scoring = Scoring.of(np.array([[3.0, 0.0], [0.0, 4.0], [3.0, 4.0], [0.0, 0.0]]), "topsis")
    assert scoring.scores(np.array([1.0, 1.0])).tolist() == [3 / 7, 4 / 7, 1.0, 0.0]


def test_topsis_squares_its_weights():
    scoring = Scoring.of(np.array([[3.0, 0.0], [0.0, 4.0]]), "topsis")
    # distances 2/3 x 3 to the worst and 1/3 x 4 to the best for the first, the other way round for the second
    assert scoring.scores(np.array([2 / 3, 1 / 3])).tolist() == pytest.approx([0.6, 0.4])


def test_of_equals_the_first_are_kept_as_ties_are_decided():
    assert undominated(Scoring.of(np.ones((3, 2))), 2).tolist() == [0, 1]


def test_weighted_product_by_hand():
    scoring = Scoring.of(np.array([[4.0, 9.0]]), "weighted_product")
    assert np.exp(scoring.scores(np.array([0.5, 0.5])))[0] == pytest.approx(6.0)


def test_weighted_product_refuses_by_name_what_is_not_positive():
    with pytest.raises(ValueError, match=r"JPN has none \(criterion 2\)"):
        Scoring.of(np.array([[1.0, 2.0], [1.0, 0.0]]), "weighted_product", ["USA", "JPN"])


def test_a_score_refuses_gaps():
    with pytest.raises(ValueError, match="fill the gaps first"):
        Scoring.of(np.array([[NAN]]))


def test_seats_go_to_the_highest_and_a_tie_at_the_last_seat_is_told():
    seating = seat(np.array([0.1, 0.4, 0.3, 0.3, 0.9]), 3)
    assert seating.seated == (4, 1, 2)
    assert seating.tied == (2, 3)
    assert seating.ranks.tolist() == [5, 2, 3, 3, 1]
    assert seat(np.array([0.1, 0.4, 0.3, 0.3, 0.9]), 2).tied == ()
    assert seat(np.array([0.1, 0.4, 0.9]), 2).cut == pytest.approx(0.25)


def test_who_does_not_compete_is_not_ranked():
    seating = seat(np.array([0.9, 0.4, 0.3]), 1, np.array([False, True, True]))
    assert (seating.seated, seating.order, seating.ranks.tolist()) == ((1,), (1, 2), [0, 1, 2])


@pytest.mark.parametrize("seats", [0, 4])
def test_seats_that_cannot_be_filled_are_refused(seats):
    with pytest.raises(ValueError, match="cannot be filled"):
        seat(np.zeros(3), seats)


def test_what_a_gap_could_be_worth():
    values = np.array([[0.6, 0.5], [0.3, 0.4], [0.1, 0.0], [0.0, 0.0]])
    missing = np.array([[False, False], [False, False], [False, True], [True, False]])
    assert at_largest(values, missing, np.array([0.2, 0.8]), 2).tolist() == [False, False, True, False]


@settings(max_examples=60, deadline=None)
@given(positive, st.sampled_from(["share_of_world", "min_max", "rank"]), st.floats(0.5, 1000))
def test_the_unit_of_a_figure_does_not_matter(figures, scale, factor):
    assert np.allclose(normalise(figures, scale), normalise(figures * factor, scale), atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(
    ladder,
    st.sampled_from(["weighted_sum", "weighted_product", "topsis"]),
    arrays(np.float64, 3, elements=st.floats(0.01, 1)),
    st.integers(1, 6),
)
def test_a_dominated_state_is_never_ahead_and_who_is_set_aside_never_sits(values, aggregate, weights, seats):
    values = values + 1
    scoring = Scoring.of(values, aggregate)
    scores = scoring.scores(weights / weights.sum())
    for better in range(7):
        for worse in range(7):
            if (values[better] >= values[worse]).all():
                assert scores[better] >= scores[worse] - 1e-12
    kept = undominated(scoring, seats)
    assert len(kept) >= seats
    lowest_seat = np.sort(scores)[-seats]
    for state in set(range(7)) - set(kept.tolist()):
        assert scores[state] <= lowest_seat + 1e-12


@settings(max_examples=40, deadline=None)
@given(ladder, arrays(np.float64, 3, elements=st.floats(0.01, 1)), st.permutations(range(7)))
def test_names_do_not_matter(values, weights, order):
    scores = Scoring.of(values).scores(weights)
    assert np.allclose(Scoring.of(values[list(order)]).scores(weights), scores[list(order)])
