"""Instruments: conditions of entry into force, and the dates of withdrawal, against real ones."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from comity.model.instrument import EntryIntoForce, Withdrawal
from comity.model.weights import Weights

DAY = datetime.date


@pytest.mark.parametrize(
    ("terms", "received", "bound", "effect"),
    [
        ({"not_before": "3 years", "notice": "1 year"}, DAY(2019, 11, 4), DAY(2016, 11, 4), DAY(2020, 11, 4)),
        ({"not_before": "3 years", "notice": "1 year"}, DAY(2019, 11, 3), DAY(2016, 11, 4), None),
        ({"not_before": "3 years", "notice": "1 year"}, DAY(2025, 1, 27), DAY(2021, 2, 19), DAY(2026, 1, 27)),
        ({"effective": "end_of_following_year"}, DAY(2017, 10, 12), None, DAY(2018, 12, 31)),
        ({"effective": "end_of_following_year"}, DAY(2025, 7, 22), None, DAY(2026, 12, 31)),
        ({"effective": "end_of_year"}, DAY(1983, 12, 28), None, DAY(1983, 12, 31)),
        ({"notice": "6 months"}, DAY(2024, 8, 31), None, DAY(2025, 2, 28)),
        ({}, DAY(1954, 12, 31), None, DAY(1954, 12, 31)),
    ],
)
def test_a_notice_takes_effect_on_its_day(terms, received, bound, effect):
    assert Withdrawal.model_validate(terms).effect(received, bound_since=bound) == effect


def test_the_fifty_fifth_deposit_is_not_enough_without_the_share():
    weights = Weights.model_validate({"basis": "shares", "values": {"CHN": "20", "USA": "18", "FJI": "1", "IND": "4"}})
    rule = EntryIntoForce.model_validate(
        {"deposits": 2, "share": {"at_least": "55 %", "of": "total_weight"}, "delay": "30 days"}
    )
    deposits = {"FJI": DAY(2016, 2, 22), "USA": DAY(2016, 9, 3)}
    assert rule.met(deposits, list(weights.values), weights) is None
    met = rule.met({**deposits, "CHN": DAY(2016, 9, 4)}, list(weights.values), weights)
    assert met == DAY(2016, 9, 4)
    assert rule.effect(met) == DAY(2016, 10, 4)


def test_states_whose_consent_is_needed_in_any_case():
    rule = EntryIntoForce.model_validate({"of_members": "2/3", "including": ["FRA"]})
    members = ["FRA", "ITA", "DEU"]
    assert rule.met({"ITA": DAY(1964, 1, 1), "DEU": DAY(1964, 2, 1)}, members, None) is None
    assert rule.met({"ITA": DAY(1964, 1, 1), "FRA": DAY(1965, 8, 24)}, members, None) == DAY(1965, 8, 24)


def test_a_rule_of_entry_that_asks_for_nothing_is_refused():
    with pytest.raises(ValidationError, match="asks for nothing"):
        EntryIntoForce.model_validate({"delay": "30 days"})


@given(st.lists(st.dates(DAY(2000, 1, 1), DAY(2030, 1, 1)), min_size=1, max_size=8), st.integers(1, 8))
def test_the_condition_is_met_by_the_deposit_that_fills_it(days, needed):
    rule = EntryIntoForce.model_validate({"deposits": needed})
    deposits = {f"A{number}": day for number, day in enumerate(days)}
    met = rule.met(deposits, list(deposits), None)
    assert met == (sorted(days)[needed - 1] if needed <= len(days) else None)
