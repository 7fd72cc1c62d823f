"""Thresholds, quorums, periods and counts: exact at their edges."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from comity.kernel.errors import InputError
from comity.model.compiled import LARGEST, Part, Row, join, reach, share, whole
from comity.model.dated import Period, at, overlap, stated, within
from comity.model.tally import Tally
from comity.model.threshold import Bound, Quorum, phrase

DAY = datetime.date
days = st.none() | st.dates(DAY(2000, 1, 1), DAY(2000, 3, 1))


@st.composite
def periods(draw: st.DrawFn) -> tuple[Period, ...]:
    spans = draw(st.lists(st.tuples(days, days), min_size=1, max_size=4))
    return tuple(Period.model_validate({"from": one, "until": two, "value": n}) for n, (one, two) in enumerate(spans))


@given(periods(), st.dates(DAY(1999, 12, 30), DAY(2000, 3, 3)))
def test_periods_that_do_not_overlap_never_hold_together(values: tuple[Period, ...], on: datetime.date):
    holding = [each for each in values if within(each.from_, each.until, on)]
    assert at(values, on) == (holding[0].value if holding else None)
    if overlap(values) is None:
        assert len(holding) <= 1


def test_a_period_is_half_open_and_the_next_begins_where_it_ends():
    two = (Period(until=DAY(2000, 1, 1), value=1), Period.model_validate({"from": DAY(2000, 1, 1), "value": 2}))
    assert [at(two, DAY(1999, 12, 31)), at(two, DAY(2000, 1, 1))] == [1, 2]
    assert overlap(two) is None
    assert overlap((Period(value=1), *two)) == (0, 1)
    assert stated(two) == [1, 2]
    assert stated(5) == [5]


@pytest.mark.parametrize("made", [{}, {"at_least": "1/2", "more_than": "1/2"}, {"at_least": None, "more_than": None}])
def test_a_threshold_is_exactly_one_of_two(made: dict[str, Any]):
    with pytest.raises(ValidationError, match="of at_least and more_than"):
        Bound.model_validate(made)


def test_a_threshold_of_nobody_or_of_more_than_all_is_excessive():
    def said(**made: Any) -> list[str]:
        return [what for _, what, _ in Bound.model_validate(made).excess()]

    assert said(at_least="1") == said(more_than="0") == said(at_least="1/100") == []
    assert said(at_least="0") == ["at_least 0 asks for nothing"]
    assert said(more_than="1") == ["more_than 1 can never be reached"]
    assert said(at_least="101 %") == ["at_least 101/100 can never be reached"]


def test_a_dated_quorum_is_that_of_its_day():
    quorum = Quorum.model_validate({"decide": {"more_than": ({"until": "2000-01-01", "value": "1/3"},)}})
    assert quorum.bound("decide", DAY(1999, 1, 1)) == (Fraction(1, 3), True)
    assert quorum.bound("open", DAY(1999, 1, 1)) is None
    with pytest.raises(InputError, match="not stated"):
        quorum.bound("decide", DAY(2000, 1, 1))


def test_quorums_are_listed_with_their_further_ones():
    quorum = Quorum.model_validate({"decide": "1/2", "also": {"decide": "2/3", "of": "weight"}})
    assert [each.of for each in quorum.each()] == ["members", "weight"]


def test_a_threshold_in_words():
    assert phrase(Fraction(1, 2), strict=True, of="present_and_voting") == "more than 1/2 of present and voting"


def test_a_tally_counts_each_base():
    ballots: Any = {"A": "yes", "B": "no", "C": "objects", "D": "abstain", "E": "not_participating", "F": "absent"}
    tally = Tally(ballots, {name: Fraction(weight) for weight, name in enumerate("ABCDEF", 1)})
    heads = [tally.base(name) for name in ("members", "present", "present_and_voting", "votes_cast")]
    weight = [tally.base(name, by_weight=True) for name in ("total_weight", "present", "votes_cast")]
    assert heads == [6, 5, 3, 3]
    assert weight == [21, 15, 6]
    assert tally.some_support().held
    assert tally.some_consent().reached == 3


@given(st.lists(st.fractions(0, 50, max_denominator=30), min_size=1, max_size=6).filter(any))
def test_whole_weights_keep_their_proportions(weights: list[Fraction]):
    units = whole(weights)
    assert all(unit * sum(weights) == weight * sum(units) for unit, weight in zip(units, weights, strict=True))


def test_a_row_at_the_limit_is_counted_and_one_beyond_is_refused():
    fits = Row({0: [LARGEST - 1]}, 1, "threshold")
    assert reach(fits) == LARGEST
    assert join([Part((fits,), 0)], ["A"]).adopted(np.array([[0]]))[0]
    with pytest.raises(ValueError, match="too large"):
        join([Part((Row({0: [LARGEST]}, 1, "threshold"),), 0)], ["A"])
    with pytest.raises(ValueError, match="too large"):
        join([Part((Row({0: [2**70], 1: [-(2**70)]}, 0, "veto"),), 0)], ["A"])


def test_a_share_of_those_voting_is_one_row_of_whole_numbers():
    row = share([Fraction(1)] * 3, Fraction(2, 3), strict=False, of="votes_cast")
    assert (row.coefficients[0], row.coefficients[1], row.threshold) == ([1, 1, 1], [-2, -2, -2], 0)
