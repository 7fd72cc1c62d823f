"""The line against what a grid of texts says, for random rules of every form."""

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.rules.consensus import Consensus
from comity.rules.majority import Majority
from comity.rules.negative_consensus import NegativeConsensus
from comity.rules.silence_procedure import SilenceProcedure
from comity.solvers.game import ABSENT, ABSTAIN, NO, OBJECTS, YES, Game, weighted
from comity.solvers.spatial.line import adopted, core, preferred_set, refusal, setter, zones

FORMULAS = [0, ("and", (0, 1, 2)), ("or", (0, ("and", (1, 2)))), ("or", (0, 1, 2)), ("and", ()), ("or", ())]
SCALE = (0.0, 12.0)
GRID = np.arange(0, 12.25, 0.25)
"""Texts at all ends of intervals, which are whole numbers, and between them."""


@st.composite
def games(draw, *, monotone=False, largest=5):
    """Three conditions on members that count anyhow, or under which acceptance never hurts; all kinds of formula."""
    members = draw(st.integers(1, largest))
    counts = st.lists(st.integers(-2, 3), min_size=18 * members, max_size=18 * members)
    coefficients = np.array(draw(counts), dtype=np.int64).reshape(3, 6, members)
    if monotone:
        coefficients[:, YES] = np.maximum(coefficients[:, YES], coefficients.max(axis=1))
    thresholds = np.array(draw(st.lists(st.integers(-3, 8), min_size=3, max_size=3)), dtype=np.int64)
    tags = ("quorum", "threshold", "veto")
    return Game(coefficients, thresholds, draw(st.sampled_from(FORMULAS)), tags, tuple("abcde"[:members]))


def whole(draw, shape, first=-2, last=14):
    size = int(np.prod(shape))
    return np.array(draw(st.lists(st.integers(first, last), min_size=size, max_size=size)), dtype=float).reshape(shape)


def voted(game, low, high, text, fixed):
    """One text put to the vote, member by member."""
    ballot = [
        choice if choice >= 0 else YES if one <= text <= other else no
        for one, other, no, choice in zip(low, high, refusal(game), fixed, strict=True)
    ]
    return bool(game.adopted(np.array(ballot))[0])


@settings(max_examples=150, deadline=None)
@given(st.data(), games(), st.sampled_from([0.0, 1.0, 2.5]))
def test_zones_are_what_a_grid_of_votes_says(data, game, least):
    members = len(game.members)
    ends = whole(data.draw, (2, 3, members))
    ends[:, 0, 0] = data.draw(st.sampled_from([(np.nan, np.nan), (-np.inf, np.inf), (3, np.inf), (5, 5)]))
    low, high = ends
    fixed = np.array(data.draw(st.lists(st.integers(-1, 5), min_size=members, max_size=members)))
    quo = whole(data.draw, 3, 0, 12)
    found = zones(game, low, high, status_quo=quo, scale=SCALE, least=least, fixed=fixed, blockers=3)
    for d in range(3):
        held = np.array([voted(game, low[d], high[d], text, fixed) for text in GRID])
        assert list(held) == [bool(adopted(game, low[d], high[d], text, fixed)[0]) for text in GRID]
        new = held & (np.abs(GRID - quo[d]) >= least) & (quo[d] != GRID)
        assert found.open[d] == new.any()
        cells = (
            new[1::4] | new[2::4] | new[3::4]
        )  # what is true inside a unit is true in all of it, but for least = 2.5
        if least != 2.5:
            assert found.width[d] == cells.sum()
        if not new.any():
            assert np.isnan(found.low[d])
            assert np.isnan(found.high[d])
            assert found.pieces[d] == found.width[d] == 0
            continue
        texts = GRID[new]
        assert found.low[d] <= texts.min() < found.low[d] + 0.5  # an end that is not adopted itself is a limit
        assert found.high[d] - 0.5 < texts.max() <= found.high[d]
        runs = held if least == 0 else new
        alone = (quo[d] == GRID) & ~np.roll(runs, 1) & ~np.roll(runs, -1) & (least == 0)
        runs = runs & ~alone
        assert found.pieces[d] == (np.diff(np.concatenate([[False], runs]).astype(int)) == 1).sum()
    for member in range(members):
        blocks = 0
        for d in range(3):
            one, other, free = low[d].copy(), high[d].copy(), fixed.copy()
            one[member], other[member], free[member] = -np.inf, np.inf, -1
            after = zones(game, one, other, status_quo=quo[d], scale=SCALE, least=least, fixed=free)
            blocks += bool(after.open[0] and not found.open[d])
        assert found.blocking[member] == pytest.approx(blocks / 3)


def test_many_members_are_counted_as_few_are():
    """Seventy members, more than are put in order by counting, as seven groups of ten that count tenfold."""
    low = np.array([[10, 20, 30, 40, 50, 60, 5]], dtype=float)
    high = np.array([[55, 45, 90, 70, 65, 80, 12]], dtype=float)
    few = zones(weighted([10] * 7, quota=40), low, high, status_quo=0)
    many = zones(weighted([1] * 70, quota=40), np.repeat(low, 10, axis=1), np.repeat(high, 10, axis=1), status_quo=0)
    assert (few.low, few.high, few.width, few.pieces) == (many.low, many.high, many.width, many.pieces)
    assert (few.low[0], few.high[0], few.width[0], few.pieces[0]) == (40, 65, 15, 3)


def test_a_zone_of_one_text_is_open_unless_it_is_the_status_quo():
    game = weighted([1, 1], quota=2)
    one = zones(game, [[20, 30]], [[30, 60]], status_quo=10)
    assert (one.low[0], one.high[0], one.width[0], one.pieces[0], one.open[0]) == (30, 30, 0, 1, True)
    none = zones(game, [[20, 30]], [[30, 60]], status_quo=30)
    assert (np.isnan(none.low[0]), none.open[0]) == (True, False)
    assert not zones(game, [[20, 30]], [[30, 60]], status_quo=25, least=6).open[0]


def test_a_gap_around_the_status_quo_parts_a_zone_and_the_status_quo_alone_does_not():
    game = weighted([1], quota=1)
    around = zones(game, [[20]], [[60]], status_quo=40)
    assert (around.low[0], around.high[0], around.width[0], around.pieces[0]) == (20, 60, 40, 1)
    apart = zones(game, [[20]], [[60]], status_quo=40, least=5)
    assert (apart.low[0], apart.high[0], apart.width[0], apart.pieces[0]) == (20, 60, 30, 2)


def rule(kind, members=3, **options):
    return kind(**options).compile(tuple("ABCDE"[:members]), on=datetime.date(2026, 1, 1))


def test_refusal_is_what_hurts_most():
    assert set(refusal(rule(Majority, more_than="1/2", of="present_and_voting"))) == {NO}
    assert set(refusal(rule(Consensus, objection="members_present"))) == {NO}
    assert set(refusal(rule(NegativeConsensus))) == {NO}
    assert set(refusal(rule(SilenceProcedure, within="24 hours"))) == {NO}
    only = Game(np.zeros((1, 6, 2), dtype=np.int64), np.zeros(1, dtype=np.int64), 0, ("veto",), ("A", "B"))
    only.coefficients[0, OBJECTS, 1] = -1
    assert list(refusal(only)) == [NO, OBJECTS]


def test_one_member_carries_a_text_under_negative_consensus_and_stops_it_under_consensus():
    low, high = [[0, 50, 90]], [[10, 60, 100]]
    all_of_them = zones(rule(NegativeConsensus), low, high, status_quo=30)
    assert (all_of_them.width[0], all_of_them.pieces[0]) == (30, 3)
    assert not zones(rule(Consensus, objection="members_present"), low, high, status_quo=30).open[0]
    assert np.isnan(core(rule(NegativeConsensus), [[10, 50, 90]])[0][0])


def test_absence_helps_or_hurts_by_the_base_that_is_counted():
    """A refuses all: with it away the others carry. Where A is the one that accepts, its empty chair stops the text."""
    low, high = [[np.nan, 0, 0]], [[np.nan, 100, 40]]
    two_thirds = rule(Majority, at_least="3/4", of="present_and_voting")
    away = np.array([ABSENT, -1, -1])
    assert not zones(two_thirds, low, high, status_quo=90).open[0]
    assert zones(two_thirds, low, high, status_quo=90, fixed=away).high[0] == 40
    half = rule(Majority, more_than="1/2", of="present_and_voting")
    here = zones(half, [[0, 0, np.nan]], [[100, 40, np.nan]], status_quo=90)
    without = zones(half, [[0, 0, np.nan]], [[100, 40, np.nan]], status_quo=90, fixed=away)
    assert (here.high[0], without.open[0]) == (40, False)


def test_an_empty_chair_blocks_a_consensus_of_all_members():
    asked = {"status_quo": 0, "fixed": [ABSENT, -1, -1], "blockers": 1}
    found = zones(rule(Consensus, objection="all_members"), np.zeros((1, 3)), np.full((1, 3), 100), **asked)
    assert list(found.blocking) == [1, 0, 0]
    assert np.isnan(zones(rule(NegativeConsensus), np.zeros((1, 3)), np.zeros((1, 3)), status_quo=0).blocking).all()


@settings(max_examples=100, deadline=None)
@given(st.data(), games(monotone=True))
def test_the_core_is_what_no_text_beats(data, game):
    members = len(game.members)
    ideals = whole(data.draw, (1, members), 0, 12)
    fixed = np.array(
        data.draw(st.lists(st.sampled_from([-1, -1, ABSENT, ABSTAIN]), min_size=members, max_size=members))
    )
    refuse = refusal(game)
    for member in range(members):  # refusal is the worst of no and objecting, and must be worse than yes
        game.coefficients[:, YES, member] = game.coefficients[:, :, member].max(axis=1)
        assert (game.coefficients[:, YES, member] >= game.coefficients[:, refuse[member], member]).all()
    (low,), (high,) = core(game, ideals, fixed)
    for text in GRID:
        rivals = GRID[(text != GRID)]
        nearer = np.abs(rivals[:, None] - ideals[0]) < np.abs(text - ideals[0])
        ballots = np.where(fixed >= 0, fixed, np.where(nearer, YES, refuse))
        assert (not game.adopted(ballots).any()) == (low <= text <= high)


@settings(max_examples=60, deadline=None)
@given(st.data(), games(monotone=True), st.integers(0, 12))
def test_the_status_quo_is_moved_where_it_is_outside_the_core(data, game, quo):
    """Indifferent members accept, so that a text as good as the status quo may be adopted inside the core."""
    ideals = whole(data.draw, (1, len(game.members)), 0, 12) + 0.5
    ends = core(game, ideals)
    found = preferred_set(game, ideals, quo, scale=(-20, 40))
    if not ends[0][0] <= quo <= ends[1][0]:
        assert found.open[0]
    elif game.adopted(np.full((1, len(game.members)), YES))[0]:
        assert found.width[0] == 0


@settings(max_examples=60, deadline=None)
@given(st.data(), games(monotone=True), st.integers(0, 12))
def test_the_setter_makes_the_best_of_the_texts_adopted(data, game, quo):
    members = len(game.members)
    ideals = whole(data.draw, (1, members), 0, 12)
    proposer = data.draw(st.integers(0, members - 1))
    (text,) = setter(game, ideals, quo, proposer)
    aim = ideals[0, proposer]
    reach = np.abs(ideals - quo)
    texts = np.arange(-24, 37, 0.25)
    passing = np.array([voted(game, (ideals - reach)[0], (ideals + reach)[0], each, [-1] * members) for each in texts])
    best = min([abs(quo - aim), *np.abs(texts[passing] - aim)])
    assert abs(text - aim) == best
    assert text == quo or passing[texts == text].all()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"low": [[1, 2, 3]]}, "2 members: give draws x members"),
        ({"low": [[1, 2]] * 2}, "give one each"),
        ({"status_quo": np.nan}, "status quo is a finite number"),
        ({"scale": (5, 5)}, "ends above where it begins"),
        ({"least": -1}, "a distance is not negative"),
        ({"fixed": [7, -1]}, "Fixed choices are -1 or 0 to 5"),
    ],
)
def test_what_cannot_be_asked(change, says):
    asked = {"low": [[1, 2]], "high": [[3, 4]], "status_quo": 0} | change
    with pytest.raises(ValueError, match=says):
        zones(weighted([1, 1], quota=2), **asked)


def test_what_needs_ideals():
    game = weighted([1, 1], quota=1)
    with pytest.raises(ValueError, match="needs an ideal"):
        core(game, [[np.nan, 1]])
    with pytest.raises(ValueError, match="The setter is a member's place"):
        setter(game, [[0, 1]], 0, 2)
    with pytest.raises(ValueError, match="nothing to propose"):
        setter(game, [[np.nan, 1]], 0, 0, fixed=[ABSENT, -1])
    game.coefficients[0, [NO, OBJECTS]] = 2
    with pytest.raises(ValueError, match="counts acceptance against"):
        core(game, [[0, 1]])
