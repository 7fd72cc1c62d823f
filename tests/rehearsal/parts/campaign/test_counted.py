"""A game on the law engine counted: array by array what the compiled game of the same number leaves behind."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import comity as co
from comity.rehearsal.parts.campaign.engine import Staged, block, kept_of
from comity.rehearsal.parts.campaign.paths import compiled
from comity.rehearsal.parts.game.setting_up import frozen, game
from comity.solvers.campaign.playing import block as games
from comity.study.ask import inputs, wanting

TARIFF = {"what": "tariff", "by": "USA", "against": "CHN", "amount": "100 million USD", "round": 3, "lasts": 3}
SHOCKS = [{"what": "absent", "by": "USA", "chance": "1/5", "lasts": 2}, TARIFF]
LEAVERS = {"USA": "walk_out:patience=1:leaves_after=2", "CHN": "grim", "RUS": "free_ride", "*": "generous"}
CASES = [
    pytest.param("g5", {"rounds": 8, "players": {"RUS": "hedger"}, "shocks": SHOCKS}, id="shocks"),
    pytest.param(
        "g5", {"rounds": 24, "items": 1, "players": LEAVERS, "terms": {"reward": "20 million USD"}}, id="exit"
    ),
    pytest.param("g7", {"rounds": 6, "players": {"*": "hedger"}}, id="not_binding"),
]


@pytest.mark.parametrize(("name", "options"), CASES)
@pytest.mark.parametrize("forgets", [Fraction(0), Fraction(1, 4)])
def test_what_is_counted_is_what_compiled_games_keep(name, options, forgets):
    body = co.load(name)
    given = wanting(inputs(body, seed=11), None)
    problem = frozen(body, given.wanted(), seed=11, **options)
    staged = Staged(problem, body, given.wanted(), given.panel, forgets, Fraction(1, 20))
    table = game(problem, body, given.wanted(), panel=given.panel)
    law = compiled(table, forgets, Fraction(1, 20))
    engine, fast = kept_of([block(staged.packed(), 1, 1)]), games(law, 1, 1)
    for field in engine._fields:
        if field == "fan":
            continue
        one, other = getattr(engine, field), getattr(fast, field)
        assert one.shape == other.shape, field
        if one.dtype.kind == "f":
            assert np.allclose(one, other, rtol=1e-9, atol=1e-6), field
        else:
            assert one.tolist() == other.tolist(), field
    assert engine.counts.sum() > 0
