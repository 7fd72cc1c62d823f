"""Forum choice: ties, dominance, the logit, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.solvers.forums import chosen, contour, emptied, expected, first, moved, stretched

HOPES = st.lists(st.integers(-5, 9), min_size=2, max_size=6)
PRECISIONS = st.floats(0, 5)


def test_what_is_expected_is_adoption_times_value_times_delivery_less_cost():
    assert expected([1, 0.5], [[10, 20]], 0.8, 2).tolist() == [[6.0, 6.0]]


@given(HOPES)
def test_forums_that_promise_the_same_split_the_issue(hopes):
    shares = chosen([*hopes, *hopes])
    count = len(hopes)
    assert shares[:count].tolist() == shares[count:].tolist()
    assert shares.sum() == pytest.approx(1 if max(hopes) > 0 else 0)


@given(HOPES, PRECISIONS)
def test_identical_forums_split_under_quantal_choice_as_well(hopes, precision):
    shares = chosen([hopes[0], *hopes], precision)
    assert shares[0] == shares[1]


@given(HOPES)
def test_a_dominated_forum_is_empty(hopes):
    best = max(hopes) + 1
    shares = chosen([*hopes, best])
    assert shares[:-1].tolist() == [0] * len(hopes)


@given(HOPES, st.integers(-5, 9), st.one_of(st.none(), PRECISIONS))
def test_another_forum_never_brings_issues_to_those_that_were_there(hopes, opened, precision):
    before, after = chosen(hopes, precision), chosen([*hopes, opened], precision)
    assert (after[:-1] <= before + 1e-12).all()


@given(HOPES, st.one_of(st.none(), PRECISIONS))
def test_no_forum_has_a_name(hopes, precision):
    turned = chosen(hopes[::-1], precision)[::-1]
    assert np.allclose(chosen(hopes, precision), turned, atol=1e-15)


@given(HOPES, st.integers(0, 3), PRECISIONS)
def test_expecting_more_of_a_forum_never_takes_issues_from_it(hopes, more, precision):
    better = [hopes[0] + more, *hopes[1:]]
    for way in (None, precision):
        assert chosen(better, way)[0] >= chosen(hopes, way)[0] - 1e-12


@given(st.lists(st.integers(-5, 9), min_size=2, max_size=6, unique=True))
def test_ever_surer_choice_tends_to_the_best_forum(hopes):
    if 0 in hopes:
        hopes = [hope for hope in hopes if hope]
    assert np.allclose(chosen(hopes, 1_000), chosen(hopes), atol=1e-12)


def test_the_odds_of_two_forums_are_those_of_the_logit():
    # Luce and McFadden: odds are exp(precision times the difference), whatever else there is
    shares = chosen([2.0, 1.0, -4.0], precision=0.7)
    assert shares[0] / shares[1] == pytest.approx(np.exp(0.7))
    assert shares[0] / (1 - shares.sum()) == pytest.approx(np.exp(1.4))


def test_a_forum_where_an_issue_cannot_be_moved_is_never_chosen():
    assert chosen([np.nan, 1.0]).tolist() == [0, 1]
    assert chosen([np.nan, np.nan]).tolist() == [0, 0]
    assert chosen([np.nan, np.nan], precision=2).tolist() == [0, 0]
    assert chosen([np.nan, 1e4], precision=1_000).tolist() == [0, 1]


@given(HOPES, st.lists(st.integers(1, 9), min_size=3, max_size=3))
def test_what_movers_take_adds_up(hopes, weight):
    shares = chosen([hopes, hopes[::-1], [1] * len(hopes)])
    found = moved(shares, weight)
    assert 0 <= found.sum() <= 1 + 1e-12
    assert first(found).sum() == pytest.approx(1 if found.sum() > 0 else 0)


def test_where_few_move_an_issue_it_goes_nowhere():
    assert first([0.04, 0.0], least=0.05).tolist() == [0, 0]
    assert first([0.03, 0.02], least=0.05).tolist() == [1, 0]


def test_a_forum_that_was_empty_is_not_emptied():
    assert emptied([0.5, 0.04, 0.05], [0.04, 0.0, 0.05], 0.05).tolist() == [True, False, False]


@given(st.lists(st.floats(20, 80), min_size=2, max_size=6), st.floats(0, 1))
def test_positions_are_stretched_about_their_mean(positions, factor):
    found = stretched([positions], factor)[0]
    assert found.mean() == pytest.approx(np.mean(positions))
    assert np.allclose(found - found.mean(), factor * (np.array(positions) - np.mean(positions)), atol=1e-9)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: expected(1.2, 1, 1, 0), "A probability of adoption lies between 0 and 1."),
        (lambda: expected(1, 1, -0.1, 0), "A share delivered lies between 0 and 1."),
        (lambda: expected(1, 1, 1, -1), "A forum costs nought or more."),
        (lambda: chosen([]), "There is no forum to choose: give at least one."),
        (lambda: chosen([1], precision=-1), "A precision is a finite number of nought or more; got -1."),
        (lambda: moved([[1, 0]], [0]), "Movers weigh nought or more, and one of them more than nought."),
        (lambda: emptied([1], [0], 0), "A threshold is a share above 0 and at most 1; got 0."),
        (lambda: stretched([[1, 2]], -1), "Positions are stretched by nought or more; got -1."),
    ],
)
def test_what_makes_no_sense_is_refused(wrong, message):
    with pytest.raises(ValueError) as told:
        wrong()
    assert str(told.value) == message


@given(st.integers(2, 5), st.integers(2, 5), st.integers(-20, 20))
def test_the_contour_of_a_plane_is_a_straight_line(rows, columns, level):
    across, up = np.arange(columns), np.arange(rows)
    height = 3 * up[:, None] + 2 * across[None, :]
    for x, y, to_x, to_y in contour(across, up, height, level + 0.5):
        assert 3 * y + 2 * x == pytest.approx(level + 0.5)
        assert 3 * to_y + 2 * to_x == pytest.approx(level + 0.5)
    assert len(contour(across, up, height, -1)) == 0


def test_a_grid_and_its_heights_fit():
    with pytest.raises(ValueError, match="The grid is 2 x 3 rows and columns"):
        contour([0, 1, 2], [0, 1], [[1, 2], [3, 4]], 1)
