"""Price wars of two firms that do not see each other's price.

Source: Green and Porter (1984), Econometrica 52(1), in the version of Tirole (1988), The Theory of Industrial
Organization, 6.7.1 (T14 of the acceptance table): 1 <= 2 (1 - a) d + (2a - 1) d^(T + 1).
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from comity.solvers.repeated.monitoring import PriceWar

FIFTH = Fraction(1, 5)


def test_the_printed_case():
    war = PriceWar(FIFTH)
    assert war.critical_discount() == Fraction(5, 8)
    assert war.least_trigger(Fraction(7, 10)) == 4


@pytest.mark.parametrize("low", [Fraction(1, 10), FIFTH, Fraction(2, 5)])
@pytest.mark.parametrize("discount", [Fraction(3, 5), Fraction(7, 10), Fraction(19, 20)])
@pytest.mark.parametrize("rounds", range(8))
def test_the_condition_is_the_printed_one(low: Fraction, discount: Fraction, rounds: int):
    printed = 2 * (1 - low) * discount + (2 * low - 1) * discount ** (rounds + 1) >= 1
    assert PriceWar(low).holds(discount, rounds) == printed
    least = PriceWar(low).least_trigger(discount)
    assert printed == (least is not None and rounds >= least)


def test_where_low_demand_is_as_frequent_as_not_no_price_war_deters():
    assert PriceWar(Fraction(1, 2)).critical_discount() is None
