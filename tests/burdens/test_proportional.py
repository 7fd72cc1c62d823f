"""Proportional burden: exact shares that sum to one, between floor and ceiling, and never against the order of capacity."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.burdens.proportional import Proportional

capacities = st.dictionaries(
    st.sampled_from("ABCDEFGH"), st.fractions(0, 100, max_denominator=20), min_size=1, max_size=8
).filter(lambda each: any(each.values()))


def shared(rule: Proportional, capacity: dict[str, Fraction]) -> dict[str, Fraction]:
    return rule.shares(list(capacity), {"gdp_usd": capacity})


@settings(max_examples=150, deadline=None)
@given(capacities, st.fractions(0, 1, max_denominator=30), st.fractions(0, 1, max_denominator=30))
def test_shares_sum_to_one_within_the_limits_and_follow_capacity(
    capacity: dict[str, Fraction], floor: Fraction, ceiling: Fraction
):
    count = len(capacity)
    floor, ceiling = floor / count, max(ceiling, Fraction(1, count))
    shares = shared(Proportional(to="gdp_usd", floor=floor, ceiling=ceiling), capacity)
    assert list(shares) == list(capacity)
    assert sum(shares.values()) == 1
    assert all(floor <= share <= ceiling for share in shares.values())
    ranked = sorted(capacity, key=lambda member: capacity[member])
    assert all(shares[low] <= shares[high] for low, high in pairwise(ranked))
    inner = [member for member, share in shares.items() if floor < share < ceiling]
    assert all(shares[one] * capacity[other] == shares[other] * capacity[one] for one in inner for other in inner), (
        "those between the limits pay in proportion"
    )


@given(capacities, st.fractions(Fraction(1, 9), 9, max_denominator=9))
def test_only_proportions_of_capacity_matter(capacity: dict[str, Fraction], by: Fraction):
    rule = Proportional(to="gdp_usd", ceiling=max(Fraction(1, 3), Fraction(1, len(capacity))))
    assert shared(rule, capacity) == shared(rule, {member: value * by for member, value in capacity.items()})


def test_without_limits_shares_are_plain_proportions():
    found = shared(Proportional(to="gdp_usd"), {"USA": Fraction(3), "JPN": Fraction(1), "XKX": Fraction(0)})
    assert found == {"USA": Fraction(3, 4), "JPN": Fraction(1, 4), "XKX": 0}


def test_what_the_ceiling_cuts_is_carried_by_the_others():
    rule = Proportional(to="gdp_usd", floor=Fraction(1, 10), ceiling=Fraction(1, 3))
    gdp = {"USA": 60, "CHN": 30, "JPN": 6, "IND": 3, "RUS": 1}
    found = shared(rule, {name: Fraction(value) for name, value in gdp.items()})
    assert found == {
        "USA": Fraction(1, 3), "CHN": Fraction(1, 3), "JPN": Fraction(2, 15), "IND": Fraction(1, 10), "RUS": Fraction(1, 10),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("floor", "ceiling", "capacity", "message"),
    [
        ("2/3", "1", {"A": 1, "B": 1}, "cannot share one whole"),
        ("0", "1/3", {"A": 1, "B": 1}, "cannot share one whole"),
        ("0", "1", {"A": 0, "B": 0}, "somebody has some"),
        ("0", "1", {"A": -1, "B": 2}, "zero or more"),
        ("0", "1", {}, "cannot share one whole"),
    ],
)
def test_what_cannot_be_shared_is_refused(floor: str, ceiling: str, capacity: dict[str, int], message: str):
    rule = Proportional.model_validate({"to": "gdp_usd", "floor": floor, "ceiling": ceiling})
    with pytest.raises(ValueError, match=message):
        shared(rule, {member: Fraction(value) for member, value in capacity.items()})


def test_values_written_in_the_charter_stand_for_a_figure():
    rule = Proportional.model_validate({"values": {"USA": 3, "JPN": 1}})
    assert rule.figures() == ()
    assert rule.shares(["JPN", "USA"], {}) == {"JPN": Fraction(1, 4), "USA": Fraction(3, 4)}
    with pytest.raises(ValueError, match="Nothing is stated for FRA"):
        rule.shares(["FRA"], {})
