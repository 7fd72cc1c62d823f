"""Hold out: the same demand to the end (Schelling 1960)."""

from fractions import Fraction

import pytest
from pydantic import ValidationError

from comity.players.hold_out import HoldOut


@pytest.mark.parametrize("round_", [1, 10, 20])
def test_it_asks_for_the_same_in_every_round(ask, round_):
    assert HoldOut(share="3/4").choose(ask("table", round=round_, refused=9)).slots["text"] == 70


def test_it_opposes_less_and_objects_to_what_is_worse_than_none(ask):
    assert HoldOut().choose(ask("vote", share=Fraction(89, 100))).slots == {"choice": "no"}
    assert HoldOut().choose(ask("vote", share=Fraction(-1, 100))).move == "object:Q"
    assert HoldOut(share="1/2").choose(ask("vote")).slots == {"choice": "yes"}


def test_it_keeps_its_promises(ask):
    assert HoldOut().choose(ask("perform", last_broken=3, broken=3)).slots == {"effort": 1}


def test_more_than_the_whole_is_refused():
    with pytest.raises(ValidationError):
        HoldOut(share="5/4")
