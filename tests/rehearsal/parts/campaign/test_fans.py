"""The fan of promises kept so far: a game cut short is the beginning of the same game."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import comity as co
from comity.library.stakes import ground
from comity.rehearsal.parts.campaign.fans import cut, fan, kept_so_far
from comity.rehearsal.parts.campaign.paths import compiled
from comity.rehearsal.parts.game.setting_up import frozen, game
from comity.solvers.campaign import arrays as at
from comity.solvers.campaign.playing import block

ROUNDS = 10


@pytest.fixture(scope="module")
def law():
    g5 = co.load("g5")
    grounds = ground("mission")
    problem = frozen(g5, grounds, players={"*": "reciprocate", "RUS": "hedger"}, rounds=ROUNDS)
    return compiled(game(problem, g5, grounds, panel=None), Fraction(0), narrow=False)


def test_a_game_cut_short_is_the_beginning_of_the_same_game(law):
    whole = block(law, 0, 30)
    for rounds in (1, 4, ROUNDS):
        part = block(cut(law, rounds), 0, 30)
        for which in (at.ROUND_DUE, at.ROUND_KEPT, at.TEXTS_ADOPTED, at.MEMBERS):
            assert (part.rounds[: rounds + 1, which] == whole.rounds[: rounds + 1, which]).all()
    assert (part.counts == whole.counts).all()


def test_the_fan_ends_where_the_campaign_does(law):
    rows = kept_so_far(law, 200)
    counts = block(law, 0, 200).counts
    due, done = counts[:, :, at.FELL_DUE].sum(), counts[:, :, at.DELIVERED].sum()
    assert rows[-1]["round"] == ROUNDS
    assert rows[-1]["value"] == pytest.approx(done / due)
    for row in rows:
        assert row["low"] <= row["value"] <= row["high"]
        spread = [row[f"p{each}"] for each in ("05", "25", "50", "75", "95")]
        assert spread == sorted(spread)
    assert np.ptp([row["p05"] for row in rows]) > 0


def test_no_fan_where_nothing_falls_due(law):
    assert fan(cut(law, 1), 20) == ()
    assert [each.name for each in fan(law, 20)[0]] == ["kept_so_far", "kept_so_far"]
