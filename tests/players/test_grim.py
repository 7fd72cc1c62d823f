"""Grim: once is enough (Friedman 1971)."""

from comity.players.grim import Grim


def test_it_never_forgives(ask):
    assert Grim().choose(ask("perform", kept=50)).slots == {"effort": 1}
    assert Grim().choose(ask("perform", kept=50, broken=1)).slots == {"effort": 0}
    assert Grim().choose(ask("perform", kept=50, broken=1, noticed=True)).slots == {"effort": 0}


def test_it_suspends_and_agrees_to_no_new_terms(ask):
    assert Grim().choose(ask("enforce")).move == "suspend"
    assert Grim().choose(ask("consent")).slots == {"consent": "refuses"}
