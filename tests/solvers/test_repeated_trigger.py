"""Laws of promises kept because a breach suspends them."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.solvers.repeated.trigger import (
    Stage,
    cournot,
    critical_discount,
    deterrence,
    felt,
    least_trigger,
    prisoners_dilemma,
    public_good,
    value,
)

SUMS = st.fractions(Fraction(1, 20), 20, max_denominator=50)
SHARES = st.fractions(0, 1, max_denominator=50)
FACTORS = st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=60)


def kept(stage: Stage, discount: Fraction, false: Fraction, true: Fraction, rounds: int) -> bool:
    """The incentive written out from the values of both courses, without :func:`deterrence`."""
    d, back = discount, discount ** (rounds + 1)
    stays = (1 - d) * stage.worth / (1 - d * (1 - false) - false * back)
    breaks = (1 - d) * (stage.worth + stage.temptation) + (d * (1 - true) + true * back) * stays
    return stays >= breaks


@given(SUMS, SUMS, FACTORS, SHARES, SHARES, st.integers(0, 9))
def test_the_condition_is_that_of_the_values_written_out(
    gain: Fraction, worth: Fraction, discount: Fraction, one: Fraction, other: Fraction, rounds: int
):
    false, true = sorted((one, other))
    stage = Stage(gain, worth)
    least = least_trigger(stage, discount, false, true)
    assert kept(stage, discount, false, true, rounds) == (least is not None and rounds >= least)


@given(SUMS, SUMS, FACTORS, SHARES, SHARES)
def test_a_promise_is_kept_from_its_critical_discount_factor_on(
    gain: Fraction, worth: Fraction, discount: Fraction, one: Fraction, other: Fraction
):
    false, true = sorted((one, other))
    stage = Stage(gain, worth)
    least = critical_discount(stage, false, true)
    ends = least_trigger(stage, discount, false, true)
    if least is None or discount < least:
        assert ends is None
    elif discount > least:
        assert ends is not None


@given(SUMS, SUMS, SHARES, SHARES, st.integers(1, 12))
def test_a_longer_suspension_never_asks_for_more_patience(
    gain: Fraction, worth: Fraction, one: Fraction, other: Fraction, rounds: int
):
    false, true = sorted((one, other))
    stage = Stage(gain, worth)
    ever, short, longer = (critical_discount(stage, false, true, each) for each in (None, rounds, rounds + 1))
    if short is not None:
        assert longer is not None
        assert ever is not None
        assert ever <= longer + 1e-12
        assert longer <= short + 1e-12


@given(SUMS, SUMS, SHARES, SHARES, SHARES)
def test_less_noise_never_asks_for_more_patience(
    gain: Fraction, worth: Fraction, one: Fraction, two: Fraction, three: Fraction
):
    """Kandori (1992): fewer false alarms, or fewer misses, never shrink what can be sustained."""
    less, false, true = sorted((one, two, three))
    stage = Stage(gain, worth)
    noisy, clear = deterrence(stage, false, true), deterrence(stage, less, true)
    assert clear <= noisy
    assert deterrence(stage, less, false) >= clear


@given(SUMS, FACTORS, SHARES, st.integers(0, 9))
def test_false_alarms_and_long_suspensions_cost_those_who_comply(
    worth: Fraction, discount: Fraction, false: Fraction, rounds: int
):
    stage = Stage(1, worth)
    assert value(stage, discount, false, rounds + 1) <= value(stage, discount, false, rounds) <= worth
    assert value(stage, discount, false) <= value(stage, discount, false, rounds)


@given(FACTORS, st.integers(0, 20))
def test_rounds_felt_today_are_the_sum_of_powers(discount: Fraction, rounds: int):
    assert felt(discount, rounds) == sum(discount**each for each in range(1, rounds + 1))
    assert felt(discount) > felt(discount, rounds)


def test_perfect_patience_counts_rounds_as_they_are():
    assert felt(1) == math.inf
    assert least_trigger(Stage(5, 2), 1) == 3
    assert value(Stage(1, 1), 1, Fraction(1, 10)) == 0


def test_where_nothing_tempts_nothing_need_follow():
    assert deterrence(Stage(0, 1), Fraction(1, 2)) == critical_discount(Stage(-1, 1)) == 0
    assert least_trigger(Stage(0, 1), Fraction(1, 2)) == 0


def test_what_is_no_dilemma_or_no_probability_is_refused():
    with pytest.raises(ValueError, match="falls from tempted"):
        prisoners_dilemma(3, 5, 1, 0)
    with pytest.raises(ValueError, match="A dilemma of 5 has a multiplier above 1 and below 5"):
        public_good(5, 5)
    with pytest.raises(ValueError, match="needs two firms"):
        cournot(1)
    with pytest.raises(ValueError, match="lie between 0 and 1"):
        deterrence(Stage(1, 1), 2)
    with pytest.raises(ValueError, match="A discount factor lies between 0 and 1"):
        felt(2)
    with pytest.raises(ValueError, match="no fewer than 0 rounds"):
        critical_discount(Stage(1, 1), rounds=-1)
