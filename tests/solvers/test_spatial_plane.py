"""The plane against brute force, and the laws of veto players, for random rules."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers.game import ABSENT, NO, YES, Game, weighted
from comity.solvers.spatial import line
from comity.solvers.spatial.plane import beats, has_core, unanimity_core, unbeaten, win_set_area

TURNS = np.linspace(0, 2 * np.pi, 1441)
GRID = (np.indices((60, 60)).reshape(2, -1).T + 0.5) / 60
FORMULAS = [0, ("and", (0, 1)), ("or", (0, 1))]


def points(count, first=-4, last=4, dimensions=2):
    row = st.tuples(*[st.integers(first, last)] * dimensions)
    return st.lists(row, min_size=count, max_size=count).map(lambda rows: np.array(rows, dtype=float))


@st.composite
def games(draw, largest=5):
    """Weights, quotas and an and / or: acceptance helps, abstaining counts for less, refusing may count against."""
    members = draw(st.integers(1, largest))
    coefficients = np.zeros((2, 6, members), dtype=np.int64)
    coefficients[:, YES] = np.array(
        draw(st.lists(st.integers(0, 3), min_size=2 * members, max_size=2 * members))
    ).reshape(2, -1)
    coefficients[1, NO] = -np.array(draw(st.lists(st.integers(0, 2), min_size=members, max_size=members)))
    thresholds = np.array([draw(st.integers(1, 6)), draw(st.integers(-2, 6))], dtype=np.int64)
    names = tuple("abcde"[:members])
    return Game(coefficients, thresholds, draw(st.sampled_from(FORMULAS)), ("threshold", "veto"), names)


@settings(max_examples=80, deadline=None)
@given(st.data(), games())
def test_beats_is_a_vote_by_distance(data, game):
    ideals = data.draw(points(len(game.members)))
    texts, quo = data.draw(points(4)), data.draw(points(1))[0]
    salience = data.draw(points(len(game.members), 1, 3))
    found = beats(game, ideals, texts, quo, salience=salience)
    for text, adopted in zip(texts, found, strict=True):
        ballot = [
            YES if (weight * (text - one) ** 2).sum() < (weight * (quo - one) ** 2).sum() else no
            for one, weight, no in zip(ideals, salience, line.refusal(game), strict=True)
        ]
        assert adopted == game.adopted(np.array(ballot))[0]


@settings(max_examples=60, deadline=None)
@given(st.data(), games())
def test_what_is_unbeaten_no_step_and_no_text_beats(data, game):
    ideals, texts = data.draw(points(len(game.members))), data.draw(points(5))
    texts = np.vstack([texts, ideals])
    for text, safe in zip(texts, unbeaten(game, ideals, texts), strict=True):
        around = text + 1e-4 * np.stack([np.cos(TURNS), np.sin(TURNS)], axis=1)
        if safe:
            assert not beats(game, ideals, np.vstack([around, (GRID - 0.5) * 12]), text).any()
        else:
            assert beats(game, ideals, around, text).any()


@settings(max_examples=40, deadline=None)
@given(st.data(), games(largest=4))
def test_a_core_that_exists_has_a_corner_among_the_candidates(data, game):
    ideals = data.draw(points(len(game.members)))
    texts = np.indices((17, 17)).reshape(2, -1).T / 2 - 4
    anywhere = has_core(game, ideals, texts)
    assert has_core(game, ideals) >= anywhere


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(3, 7))
def test_more_than_two_thirds_always_have_a_core_in_the_plane(data, members):
    """Greenberg, "Consistent majority rules over compact sets of alternatives", Econometrica 47 (1979)."""
    ideals = data.draw(points(members))
    assert has_core(weighted([1] * members, quota=2 * members // 3 + 1), ideals)


@settings(max_examples=60, deadline=None)
@given(st.data(), games())
def test_on_a_line_the_core_is_the_gridlock_interval(data, game):
    ideals = data.draw(points(len(game.members), dimensions=1))
    (low,), (high,) = line.core(game, ideals.T)
    texts = np.arange(-5, 5.25, 0.25)[:, None]
    assert list(unbeaten(game, ideals, texts)) == list((low <= texts[:, 0]) & (texts[:, 0] <= high))


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(1, 4))
def test_another_veto_player_never_enlarges_the_win_set(data, members):
    """Tsebelis (2002), proposition 1.1; and 1.2: one inside the unanimity core of the others changes nothing."""
    ideals, quo = data.draw(points(members + 1)), data.draw(points(1))[0]
    texts = (GRID - 0.5) * 16
    few = beats(weighted([1] * members, quota=members), ideals[:-1], texts, quo)
    many = beats(weighted([1] * (members + 1), quota=members + 1), ideals, texts, quo)
    assert not (many & ~few).any()
    inside = ideals[:-1].mean(axis=0)
    absorbed = np.vstack([ideals[:-1], inside])
    same = beats(weighted([1] * (members + 1), quota=members + 1), absorbed, texts, quo)
    assert (same == few).all()


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(1, 5))
def test_inside_the_unanimity_core_nothing_beats_the_status_quo(data, members):
    ideals, quo = data.draw(points(members)), data.draw(points(1))[0]
    game = weighted([1] * members, quota=members)
    inside = unanimity_core(ideals, quo)[0]
    assert inside == unbeaten(game, ideals, quo)[0]
    area = win_set_area(game, ideals, quo, GRID)
    assert not (inside and area > 0)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(2, 5), st.integers(1, 4))
def test_a_higher_quota_never_enlarges_the_win_set(data, members, quota):
    ideals, quo = data.draw(points(members)), data.draw(points(1))[0]
    texts = (GRID - 0.5) * 16
    low, high = (beats(weighted([1] * members, quota=q), ideals, texts, quo) for q in (quota, quota + 1))
    assert not (high & ~low).any()
    reach = [line.preferred_set(weighted([1] * members, quota=q), ideals[:, :1].T, quo[0]) for q in (quota, quota + 1)]
    assert reach[0].width[0] >= reach[1].width[0]


def test_absence_may_enlarge_and_may_shrink_what_those_present_adopt():
    """More yes than no among those present and voting: a refusal lost breaks a tie, an acceptance lost makes one."""

    def width(ideals, fixed):
        counts = np.zeros((1, 6, len(ideals)), dtype=np.int64)
        counts[0, YES], counts[0, NO] = 1, -1
        game = Game(counts, np.ones(1, dtype=np.int64), 0, ("threshold",), tuple("ABCD"[: len(ideals)]))
        return line.preferred_set(game, [ideals], 50, fixed=fixed).width[0]

    assert (width([20, 30, 60, 70], None), width([20, 30, 60, 70], [ABSENT, -1, -1, -1])) == (0, 20)
    assert (width([30, 40, 60], None), width([30, 40, 60], [ABSENT, -1, -1])) == (20, 0)


def test_saliences_stretch_the_win_set():
    game = weighted([1], quota=1)
    fine = (np.indices((400, 400)).reshape(2, -1).T + 0.5) / 400
    assert win_set_area(game, [(0, 0)], (1, 0), fine, salience=(1, 4)) == pytest.approx(np.pi / 2, rel=1e-3)
    assert win_set_area(game, [(0, 0)], (1, 0), fine, salience=[(4, 1)]) == pytest.approx(2 * np.pi, rel=1e-3)
    cube = (np.indices((60, 60, 60)).reshape(3, -1).T + 0.5) / 60
    assert win_set_area(game, [(0, 0, 0)], (0, 0, 2), cube) == pytest.approx(32 / 3 * np.pi, rel=3e-3)


def test_what_is_adopted_without_anybody_has_no_bounds():
    counts = np.zeros((1, 6, 1), dtype=np.int64)
    game = Game(counts, np.zeros(1, dtype=np.int64), 0, ("threshold",), ("A",))
    assert win_set_area(game, [(0, 0)], (1, 0), GRID) == np.inf
    assert not has_core(game, [(0, 0)])


def test_the_hull_of_few_or_aligned_ideals():
    assert list(unanimity_core([(0, 0), (4, 2)], [(2, 1), (2, 1.1), (6, 3)])) == [True, False, False]
    assert list(unanimity_core([(1, 1)], [(1, 1), (1, 2)])) == [True, False]
    corners = [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)]
    assert list(unanimity_core(corners, [(0.25, 0.25, 0.25), (0.5, 0.5, 0.5)])) == [True, False]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (lambda game: beats(game, [(0, 0)], (0, 0), (1, 1)), "2 rows of finite numbers"),
        (lambda game: beats(game, [(0, 0)] * 2, (0, 0, 0), (1, 1)), "A text has 2 finite numbers"),
        (lambda game: beats(game, [(0, 0)] * 2, [(0, 0)] * 2, [(1, 1)] * 3), "pair by pair"),
        (lambda game: beats(game, [(0, 0)] * 2, (0, 0), (1, 1), salience=0), "Saliences are positive"),
        (lambda game: win_set_area(game, [(0, 0)] * 2, (0, 0), [(1, 2)]), "between 0 and 1"),
        (lambda game: unbeaten(game, [(0, 0, 0)] * 2, (0, 0, 0)), "3 dimensions"),
        (lambda game: has_core(game, [(0, 0)] * 2, salience=[(1, 2), (2, 1)]), "give candidates"),
    ],
)
def test_what_cannot_be_asked(asked, says):
    with pytest.raises(ValueError, match=says):
        asked(weighted([1, 1], quota=2))


def test_a_rule_that_punishes_acceptance_has_no_core_to_read():
    game = weighted([1], quota=1)
    game.coefficients[0, [NO, 5]] = 2
    with pytest.raises(ValueError, match="counts acceptance against"):
        unbeaten(game, [(0, 0)], (0, 0))
