"""Blocks of games: talks that are kept change nothing but the time they take."""

import numpy as np
import pytest

import comity as co
from comity.rehearsal.parts.campaign.paths import compiled
from comity.rehearsal.parts.game.setting_up import frozen, game
from comity.solvers.campaign import playing
from comity.study.ask import inputs, wanting

SHOCKS = [{"what": what, "by": "USA", "chance": "1/4"} for what in ("absent", "vetoes", "walks_out")]
PLAYERS = {"RUS": "walk_out:patience=1:leaves_after=2", "*": "generous"}


@pytest.fixture(scope="module")
def law():
    body = co.load("g5")
    given = wanting(inputs(body, seed=3), None)
    problem = frozen(body, given.wanted(), rounds=16, shocks=SHOCKS, players=PLAYERS)
    return compiled(game(problem, body, given.wanted(), panel=given.panel))


@pytest.mark.parametrize("rows", [2, 16, 256])
def test_talks_that_are_not_kept_end_in_the_same_way(law, monkeypatch, rows):
    usual = playing.block(law, 0, 150)
    monkeypatch.setattr(playing, "ROWS", rows)
    for name, one, other in zip(usual._fields, usual, playing.block(law, 0, 150), strict=True):
        assert np.array_equal(one, other), name


def test_a_block_may_begin_anywhere(law):
    whole, part = playing.block(law, 0, 150), playing.block(law, 70, 10)
    for name, one, other in zip(whole._fields[:8], whole[:8], part[:8], strict=True):
        assert np.array_equal(one[70:80], other), name


def test_nothing_is_kept_of_large_bodies(law):
    large = law._replace(places=np.zeros(16, np.int64))
    assert (playing.silence(law).keys.shape, len(playing.silence(large).keys)) == ((playing.ROWS, 2), 0)
