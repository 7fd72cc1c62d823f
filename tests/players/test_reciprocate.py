"""Reciprocate: nice, retaliating, forgiving (Axelrod 1984), and giving in talks what it was given."""

from fractions import Fraction

import pytest

from comity.players.reciprocate import Reciprocate

KEEPS, BREAKS = {"effort": 1}, {"effort": 0}


@pytest.mark.parametrize(
    ("kept", "broken", "last", "then"),
    [(0, 0, 0, KEEPS), (5, 0, 0, KEEPS), (5, 1, 1, KEEPS), (5, 2, 2, BREAKS), (9, 4, 0, KEEPS), (9, 4, 4, BREAKS)],
)
def test_it_does_what_was_done_the_last_time(ask, kept, broken, last, then):
    assert Reciprocate().choose(ask("perform", kept=kept, broken=broken, last_broken=last)).slots == then


def test_with_one_other_it_is_tit_for_tat(ask):
    alone = ask("perform", kept=9, broken=1, last_judged=1, last_broken=1)
    assert Reciprocate().choose(alone).slots == BREAKS


def test_it_cures_what_it_broke_once_notice_was_given(ask):
    assert Reciprocate().choose(ask("perform", kept=1, broken=3, last_broken=3, noticed=True)).slots == KEEPS


def test_in_talks_it_opens_once_and_then_matches(ask):
    policy = Reciprocate(opening="1/4").policy(20)
    assert [policy.asked(1), policy.asked(2), policy.asked(20)] == [1, Fraction(3, 4), Fraction(3, 4)]
    assert policy.asked(2, conceded=Fraction(1, 4)) == Fraction(1, 2)
    assert policy.asked(9, conceded=Fraction(1)) == 0
    assert Reciprocate(opening="1/4").choose(ask("table", round=2)).slots["text"] == 70
