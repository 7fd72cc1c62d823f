"""Tiers: members of a tier pay alike, higher tiers no less, and tiers out of order are told."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comity
from comity.burdens.tiers import Tiers

LEVELS = [{"at_least": 0, "pays": 1}, {"at_least": 10, "pays": 3}, {"at_least": 30, "pays": 10}]


def tiers(**given: Any) -> Tiers:
    return Tiers.model_validate({"by": "gdp_usd", "tiers": LEVELS, **given})


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.fractions(0, 60, max_denominator=9), min_size=1))
def test_shares_sum_to_one_and_rise_with_the_figure(figure: dict[str, Fraction]):
    for rule in (tiers(), tiers(to="gdp_usd")):
        if rule.to and not any(figure.values()):
            continue
        shares = rule.shares(list(figure), {"gdp_usd": figure})
        assert sum(shares.values()) == 1
        ranked = sorted(figure, key=lambda member: figure[member])
        assert all(shares[low] <= shares[high] for low, high in pairwise(ranked))


def test_a_tier_begins_at_its_value():
    shares = tiers().shares(["A", "B", "C"], {"gdp_usd": {"A": Fraction(9), "B": Fraction(10), "C": Fraction(30)}})
    assert [str(share) for share in shares.values()] == ["1/14", "3/14", "5/7"]


def test_members_can_be_sorted_by_head_and_pay_in_proportion_within_a_tier():
    rule = Tiers.model_validate(
        {
            "by": "gdp_usd",
            "per": "population",
            "to": "gdp_usd",
            "tiers": [{"at_least": 0, "pays": "1/5"}, {"at_least": 2, "pays": 1}],
        }
    )
    figures = {
        "gdp_usd": {"A": Fraction(10), "B": Fraction(4)},
        "population": {"A": Fraction(10), "B": Fraction(2)},
    }
    assert rule.figures() == ("gdp_usd", "population")
    assert rule.shares(["A", "B"], figures) == {"A": Fraction(1, 3), "B": Fraction(2, 3)}
    figures["population"]["A"] = Fraction(0)
    with pytest.raises(ValueError, match="population of A is 0"):
        rule.shares(["A", "B"], figures)


@pytest.mark.parametrize(
    ("levels", "what"),
    [
        ([{"at_least": 5, "pays": 1}], "members below 5 belong to no tier"),
        ([{"at_least": 0, "pays": 1}, {"at_least": 0, "pays": 2}], "0 does not lie above the tier before"),
        ([{"at_least": 0, "pays": 3}, {"at_least": 5, "pays": 2}], "a higher tier pays less: 2 after 3"),
        ([{"at_least": 0, "pays": 0}], "no tier pays anything"),
    ],
)
def test_tiers_out_of_order_are_told(levels: list[dict[str, int]], what: str):
    assert what in [told for _, told, _ in tiers(tiers=levels).problems(comity.load("g7"))]
