"""Nested needs: who needs nothing pays nothing, equal needs pay equally, and all pay for the largest."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.burdens.shapley import Shapley

needs = st.lists(st.fractions(0, 100, max_denominator=12), min_size=1, max_size=8).filter(any)


@settings(max_examples=150, deadline=None)
@given(needs)
def test_efficient_symmetric_monotone_and_null_players_pay_nothing(values: list[Fraction]):
    members = [f"A{place}" for place in range(len(values))]
    shares = Shapley(to="gdp_usd").shares(members, {"gdp_usd": dict(zip(members, values, strict=True))})
    assert sum(shares.values()) == 1
    ranked = sorted(members, key=lambda member: values[members.index(member)])
    for low, high in pairwise(ranked):
        same = values[members.index(low)] == values[members.index(high)]
        assert shares[low] == shares[high] if same else shares[low] < shares[high]
    assert all(shares[member] == 0 for member, value in zip(members, values, strict=True) if value == 0)


def test_values_of_the_charter_are_needs():
    shares = Shapley.model_validate({"values": {"USA": 3, "FRA": 1}}).shares(["USA", "FRA"], {})
    assert shares == {"USA": Fraction(5, 6), "FRA": Fraction(1, 6)}
