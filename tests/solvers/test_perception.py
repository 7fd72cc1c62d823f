"""Perception: closed forms, exact fractions, Blackwell's law, and what is refused."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers.perception import cutoff, fewest, loss, misjudged, wary

PERCENT = st.integers(1, 99).map(lambda number: Fraction(number, 100))
ERRORS = st.integers(1, 49).map(lambda number: Fraction(number, 100))


def by_hand(n, prior, level, false, miss):
    """Both errors as exact fractions: every number of good signals judged by Bayes' rule on its own."""
    trustworthy = hostile = Fraction(0)
    for good in range(n + 1):
        likely = (1 - false) ** good * false ** (n - good)
        unlikely = miss**good * (1 - miss) ** (n - good)
        trusts = prior * likely / (prior * likely + (1 - prior) * unlikely) >= level
        trustworthy += 0 if trusts else comb(n, good) * likely
        hostile += comb(n, good) * unlikely if trusts else 0
    return trustworthy, hostile


@settings(deadline=None)
@given(st.integers(0, 30), PERCENT, PERCENT, ERRORS, ERRORS)
def test_every_probability_is_the_sum_of_exact_fractions(n, prior, level, false, miss):
    found = misjudged(n, float(prior), float(level), error=float(false), miss=float(miss))
    trustworthy, hostile = by_hand(n, prior, level, false, miss)
    assert float(found.trustworthy) == pytest.approx(float(trustworthy), rel=1e-10, abs=1e-300)
    assert float(found.hostile) == pytest.approx(float(hostile), rel=1e-10, abs=1e-300)


@given(PERCENT, PERCENT, ERRORS)
def test_one_signal_has_a_closed_form(prior, level, error):
    # the belief after a good and after a bad signal; before any, the prior itself
    good = prior * (1 - error) / (prior * (1 - error) + (1 - prior) * error)
    bad = prior * error / (prior * error + (1 - prior) * (1 - error))
    expected = 0 if bad >= level else error if good >= level else 1
    found = misjudged([0, 1], float(prior), float(level), error=float(error)).trustworthy
    assert found.tolist() == pytest.approx([0 if prior >= level else 1, float(expected)])


def test_ten_thousand_contacts_agree_with_sums_of_large_integers():
    # k good of 10,000 at an error of 12/25; trusted from 5,000 on: a sum of integers over 25 ** 10,000
    n, wrong, whole = 10_000, 12, 25
    right, short, term = whole - wrong, 0, wrong**10_000
    for good in range(n // 2):
        short += term
        term = term * right * (n - good) // (wrong * (good + 1))
    exact = Fraction(short, whole**n)
    assert int(fewest(n, 0.5, 0.5, error=0.48)) == n // 2
    assert float(misjudged(n, 0.5, 0.5, error=0.48).trustworthy) == pytest.approx(float(exact), rel=1e-10)


@given(PERCENT, st.integers(1, 20), st.integers(1, 20), ERRORS, ERRORS)
def test_with_the_best_cutoff_the_expected_loss_never_rises_with_contacts(prior, needless, exploited, false, miss):
    best = cutoff(needless, exploited)
    found = misjudged(np.arange(60), float(prior), best, error=float(false), miss=float(miss))
    losses = loss(found, float(prior), needless=needless, exploited=exploited)
    assert (np.diff(losses) <= 1e-12).all()


@given(PERCENT, st.integers(0, 40), st.integers(1, 20), st.integers(1, 20), ERRORS, ERRORS)
def test_better_signals_never_raise_the_loss_with_the_best_cutoff(prior, n, needless, exploited, one, other):
    best = cutoff(needless, exploited)
    better, worse = sorted([float(one), float(other)])
    costs = {"needless": needless, "exploited": exploited}
    losses = [loss(misjudged(n, float(prior), best, error=each), float(prior), **costs) for each in (better, worse)]
    assert losses[0] <= losses[1] + 1e-12


@given(PERCENT, st.integers(0, 40), PERCENT, st.integers(1, 20), st.integers(1, 20), ERRORS)
def test_no_other_cutoff_loses_less_than_the_best(prior, n, level, needless, exploited, error):
    costs = {"needless": needless, "exploited": exploited}
    held, best = (
        loss(misjudged(n, float(prior), each, error=float(error)), float(prior), **costs)
        for each in (float(level), cutoff(needless, exploited))
    )
    assert best <= held + 1e-12


@given(PERCENT, PERCENT, st.integers(1, 45).map(lambda number: number / 100))
def test_in_the_end_every_error_vanishes(prior, level, error):
    found = misjudged(10_000, float(prior), float(level), error=error)
    assert max(found.trustworthy, found.hostile) < 1e-9


@given(st.integers(0, 200), PERCENT, PERCENT, ERRORS)
def test_doubts_about_doubts_never_make_a_state_more_trusting(n, prior, level, error):
    given_ = (n, float(prior), float(level))
    assert wary(*given_, error=float(error)) >= misjudged(*given_, error=float(error)).trustworthy - 1e-12


def test_the_most_trusting_cutoff_is_a_best_answer_to_itself():
    # trust pays where belief times the other's trust reaches the cut-off: no fewer good signals would do
    n, prior, level, error = 9, 0.7, 0.6, 0.3
    trusts = 1 - float(wary(n, prior, level, error=error))
    again = float(misjudged(n, prior, level / trusts, error=error).trustworthy)
    assert 1 - again == pytest.approx(trusts)
    assert trusts < 1


def test_signals_that_say_nothing_leave_the_prior_and_such_that_never_err_tell_all():
    assert misjudged([0, 7], 0.4, 0.5, error=0.5).trustworthy.tolist() == [1, 1]
    assert misjudged([0, 7], 0.6, 0.5, error=0.5).hostile.tolist() == [1, 1]
    assert misjudged([0, 1], 0.4, 0.5, error=0).trustworthy.tolist() == pytest.approx([1, 0])
    assert misjudged(3, 0.6, 0.5, error=0.3, miss=0.7).hostile == 1


def test_a_tie_goes_to_trust():
    assert int(fewest(2, 0.5, 0.5, error=0.3)) == 1
    assert float(misjudged(0, 0.5, 0.5, error=0.3).trustworthy) == 0


@pytest.mark.parametrize(
    ("given_", "why"),
    [
        ((-1, 0.5, 0.5, 0.3, None), "Contacts are counted: give whole numbers from 0."),
        ((1.5, 0.5, 0.5, 0.3, None), "Contacts are counted: give whole numbers from 0."),
        (
            (1, 1.0, 0.5, 0.3, None),
            "A belief before the first contact lies above 0 and below 1: else no signal can change it.",
        ),
        ((1, 0.5, 1.1, 0.3, None), "A cut-off is a belief from 0 to 1."),
        (
            (1, 0.5, 0.5, 0.6, None),
            "Errors are probabilities of nought or more; together they are at most 1, else signals mislead.",
        ),
        (
            (1, 0.5, 0.5, 0.3, 0.8),
            "Errors are probabilities of nought or more; together they are at most 1, else signals mislead.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(given_, why):
    contacts, prior, level, error, miss = given_
    with pytest.raises(ValueError) as told:
        misjudged(contacts, prior, level, error=error, miss=miss)
    assert str(told.value) == why


def test_losses_are_no_gains():
    with pytest.raises(ValueError, match="one of them is more than nought"):
        cutoff(0, 0)
    with pytest.raises(ValueError, match="nought or more"):
        cutoff(-1, 1)
