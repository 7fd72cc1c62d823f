"""Laws of promises that are verified imperfectly."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from comity.solvers.repeated.monitoring import PriceWar, Signal
from comity.solvers.repeated.trigger import Stage

SHARES = st.fractions(0, 1, max_denominator=40)


@given(SHARES, SHARES, SHARES)
def test_a_signal_garbled_by_a_coin_never_needs_less_patience(kept: Fraction, broken: Fraction, coin: Fraction):
    """Kandori (1992): what is observed through a coin that sometimes decides instead is a garbling."""
    broken, kept = sorted((kept, broken))
    stage = Stage(1, 2)
    garbled = Signal(*(coin * Fraction(1, 2) + (1 - coin) * each for each in (kept, broken)))
    clear, dim = Signal(kept, broken).critical_discount(stage), garbled.critical_discount(stage)
    assert dim is None or (clear is not None and clear <= dim)


@given(SHARES, SHARES)
def test_rarer_low_demand_makes_sharing_easier(one: Fraction, other: Fraction):
    rare, frequent = sorted((one, other))
    easy, hard = PriceWar(rare).critical_discount(), PriceWar(frequent).critical_discount()
    assert hard is None or (easy is not None and easy <= hard) or frequent == 1


def test_a_good_signal_only_ever_costs_time():
    assert Signal(1, 0).value(Stage(1, 2), Fraction(1, 2)) == 2
