"""Spoiler: total, greedy and limited (Stedman 1997)."""

from fractions import Fraction

import pytest

from comity.players.spoiler import Spoiler


def test_a_total_spoiler_opposes_even_its_own_position(ask):
    assert Spoiler().choose(ask("vote", share=Fraction(1))).move == "object:Q"
    assert Spoiler().choose(ask("perform", worth=2)).slots == {"effort": 0}


@pytest.mark.parametrize(("sort", "price"), [("greedy", Fraction(1, 2)), ("limited", Fraction(3, 4))])
def test_the_others_have_their_price(ask, sort, price):
    assert Spoiler(sort=sort).choose(ask("vote", share=price)).slots == {"choice": "yes"}
    assert Spoiler(sort=sort).choose(ask("vote", share=price - Fraction(1, 9))).slots == {"choice": "no"}


@pytest.mark.parametrize(("sort", "effort"), [("greedy", 0), ("limited", 1)])
def test_only_a_limited_one_keeps_a_promise_that_does_not_pay_alone(ask, sort, effort):
    assert Spoiler(sort=sort).choose(ask("perform", worth=1)).slots == {"effort": effort}
