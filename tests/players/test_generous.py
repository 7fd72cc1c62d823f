"""Generous: forgives a third of the time (Nowak and Sigmund 1992)."""

from fractions import Fraction

from comity.kernel.streams import Stream
from comity.players.generous import Generous

REWARD, SUCKER, TEMPTATION, PUNISHMENT = 3, 0, 5, 1


def test_its_default_is_the_largest_generosity_that_is_not_exploited():
    largest = min(
        1 - Fraction(TEMPTATION - REWARD, REWARD - SUCKER), Fraction(REWARD - PUNISHMENT, TEMPTATION - PUNISHMENT)
    )
    assert Generous().forgives == largest == Fraction(1, 3)


def test_it_forgives_as_often_as_it_says(ask):
    chances = Stream(1, "rehearsal.player.perform").integers(range(6000), 0)[:, 0]
    player = Generous(forgives="1/3")
    kept = sum(
        player.choose(ask("perform", int(chance), kept=1, broken=3, last_broken=3)).slots == {"effort": 1}
        for chance in chances
    )
    assert abs(kept - 2000) < 4 * (6000 * 2 / 9) ** 0.5


def test_it_does_not_break_first(ask):
    assert Generous().choose(ask("perform", 2**32 - 1)).slots == {"effort": 1}
