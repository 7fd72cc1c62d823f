"""Concede: the curves of Faratin, Sierra and Jennings (1998)."""

from fractions import Fraction

import pytest
from pydantic import ValidationError

from comity.players.concede import Concede


@pytest.mark.parametrize(("speed", "middle"), [("1/2", "3/4"), ("1", "1/2"), ("2", "293/1000")])
def test_half_way_it_has_given_what_the_formula_says(speed, middle):
    assert Concede(speed=speed).policy(21).asks[10] == Fraction(middle)


def test_it_starts_at_its_position_and_ends_at_the_least_it_settles_for():
    asks = Concede(speed="1/5", least="1/10").policy(20).asks
    assert (asks[0], asks[-1]) == (1, Fraction(1, 10))
    assert list(asks) == sorted(asks, reverse=True)
    assert Concede(start="1/4").policy(20).asks[0] == Fraction(3, 4)


def test_it_takes_what_it_would_ask_next(ask):
    player = Concede()
    share = player.policy(20).asks[5]
    assert player.choose(ask("vote", round=5, share=share)).slots == {"choice": "yes"}
    assert player.choose(ask("vote", round=5, share=share - Fraction(1, 100))).slots == {"choice": "no"}


def test_it_tables_on_the_side_of_the_others(ask):
    player = Concede()
    assert player.choose(ask("table", round=1)).slots["text"] == 80
    assert player.choose(ask("table", round=20, others=Fraction(30))).slots["text"] == 40
    assert player.choose(ask("table", round=20, others=Fraction(90))).slots["text"] == 90


@pytest.mark.parametrize("wrong", [{"speed": 0}, {"speed": 101}, {"start": 2}, {"least": "3/2"}, {"pace": 1}])
def test_a_parameter_out_of_range_is_refused(wrong):
    with pytest.raises(ValidationError):
        Concede(**wrong)
