"""Critical discount factors of grim triggers.

Source: Friedman (1971), Review of Economic Studies 38(1); the public good with equal shares and Cournot competition as
in Mailath and Samuelson (2006), Repeated Games and Reputations, ch. 2, and Tirole (1988), The Theory of Industrial
Organization, 6.3 (T13 of the acceptance table).
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from comity.solvers.repeated.trigger import cournot, critical_discount, prisoners_dilemma, public_good


def test_prisoners_dilemma():
    assert critical_discount(prisoners_dilemma(5, 3, 1, 0)) == Fraction(1, 2)


@pytest.mark.parametrize(("players", "multiplier", "printed"), [(5, 3, 0.1667), (7, 2, 0.4167), (20, 5, 0.1579)])
def test_public_good(players: int, multiplier: int, printed: float):
    found = critical_discount(public_good(players, multiplier))
    assert found == Fraction(players - multiplier, multiplier * (players - 1))
    assert round(float(found), 4) == printed


@pytest.mark.parametrize(("firms", "printed"), [(2, 0.5294), (3, 0.5714), (5, 0.6429), (7, 0.6957)])
def test_cournot(firms: int, printed: float):
    found = critical_discount(cournot(firms))
    assert found is not None
    assert round(float(found), 4) == printed
