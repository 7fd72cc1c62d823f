"""Laws of trust as book-keeping."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.solvers.repeated.trust import Trust, generosity

SHARES = st.fractions(0, 1, max_denominator=20)
WEIGHTS = st.fractions(0, 30, max_denominator=4)


@given(WEIGHTS, WEIGHTS, SHARES)
def test_a_promise_kept_never_lowers_trust_in_those_trusted_less_than_it_shows(
    kept: Fraction, broken: Fraction, memory: Fraction
):
    whole = Trust(kept, broken)
    assert whole.after(kept=False).expected < whole.expected < whole.after(kept=True).expected
    fading = Trust(kept, broken, memory)
    assert fading.after(kept=False).expected < fading.after(kept=True).expected
    assert 0 < fading.expected < 1


@given(SHARES.filter(lambda share: share < Fraction(19, 20)), SHARES)
def test_trust_comes_to_rest_where_it_is_said_to(memory: Fraction, keeps: Fraction):
    fading = Trust(0, 0, memory)
    level = fading.settled(keeps)
    weight = 1 / (1 - memory)
    rest = Trust(keeps * weight, (1 - keeps) * weight, memory)
    assert rest.expected == level
    # in expectation one more promise leaves the weights where they are
    assert memory * rest.kept + keeps == rest.kept


@given(st.integers(0, 6), st.integers(0, 6), SHARES.filter(lambda share: share < Fraction(19, 20)))
def test_recovery_is_the_first_promise_after_which_trust_is_there(kept: int, broken: int, level: Fraction):
    trust = Trust(kept, broken)
    rounds = trust.recovery(level)
    assert rounds is not None
    assert Trust(kept + rounds, broken).expected >= level
    if rounds:
        assert Trust(kept + rounds - 1, broken).expected < level


def test_a_short_memory_forgives_but_never_trusts_wholly():
    fading = Trust(0, 4, Fraction(1, 2))
    assert fading.recovery(Fraction(1, 2)) == 2
    assert fading.recovery(Fraction(3, 4)) is None
    assert fading.settled(1) == Fraction(3, 4)


def test_generosity_is_none_where_being_duped_costs_little():
    assert generosity(9, 3, 1, 0) == 0


def test_what_is_no_memory_or_no_weight_is_refused():
    with pytest.raises(ValueError, match="Memory lies between 0"):
        Trust(1, 1, 2)
    with pytest.raises(ValueError, match="nought or more"):
        Trust(-1, 0)
