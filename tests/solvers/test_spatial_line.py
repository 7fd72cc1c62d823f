"""The line against what a grid of texts says, for random rules of every form."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.rules.consensus import Consensus
from comity.solvers.game import ABSENT, ABSTAIN, CHOICES, NO, OBJECTS, YES, Game, weighted
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
        cells = new[1::4] | new[2::4] | new[3::4]  # what is true inside a unit is true in all of it, but for least = 2.5
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
        alone = (GRID == quo[d]) & ~np.roll(runs, 1) & ~np.roll(runs, -1) & (least == 0)
        runs = runs & ~alone
        assert found.pieces[d] == (np.diff(np.concatenate([[False], runs]).astype(int)) == 1).sum()
    asked = 0
    for member in range(members):
        blocks = 0
        for d in range(3):
            one, other, free = low[d].copy(), high[d].copy(), fixed.copy()
            one[member], other[member], free[member] = -np.inf, np.inf, -1
            after = zones(game, one, other, status_quo=quo[d], scale=SCALE, least=least, fixed=free)
            blocks += bool(after.open[0] and not found.open[d])
        assert found.blocking[member] == pytest.approx(blocks / 3)
        asked += 1
    assert asked == members
