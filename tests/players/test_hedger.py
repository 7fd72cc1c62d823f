"""Hedger: never a no, never further than the others (Kuik 2008)."""

from fractions import Fraction

import pytest

from comity.players.hedger import Hedger


@pytest.mark.parametrize("share", [Fraction(-2), Fraction(0), Fraction(1, 5)])
def test_it_abstains_on_what_it_does_not_want(ask, share):
    assert Hedger().choose(ask("vote", share=share)).slots == {"choice": "abstain"}


def test_it_votes_for_what_gives_it_enough(ask):
    assert Hedger().choose(ask("vote", share=Fraction(1, 4))).slots == {"choice": "yes"}


@pytest.mark.parametrize(
    ("seen", "often"), [((0, 0, 0), "half"), ((4, 0, 0), "always"), ((4, 1, 0), "half"), ((4, 2, 2), "never")]
)
def test_it_keeps_promises_as_the_others_turn_out(ask, seen, often):
    view = dict(zip(("kept", "broken", "last_broken"), seen, strict=True))
    early, late = (Hedger().choose(ask("perform", chance, **view)).slots["effort"] for chance in (0, 2**32 - 1))
    assert (early, late) == {"always": (1, 1), "half": (1, 0), "never": (0, 0)}[often]
