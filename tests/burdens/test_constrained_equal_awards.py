"""Equal awards: the same from each up to its measure."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comity
from comity.burdens.constrained_equal_awards import ConstrainedEqualAwards

Problem = tuple[dict[str, Fraction], Fraction]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    members = st.sampled_from(["AAA", "BBB", "CCC", "DDD", "EEE"])
    measures = st.dictionaries(members, st.fractions(0, 50, max_denominator=8), min_size=1)
    claims = draw(measures.filter(lambda each: any(each.values())))
    part = draw(st.fractions(Fraction(1, 20), 1, max_denominator=20))
    return claims, part * sum(claims.values())


def shared(claims: dict[str, Fraction], estate: Fraction) -> dict[str, Fraction]:
    return ConstrainedEqualAwards(to="gdp_usd", estate=estate).shares(list(claims), {"gdp_usd": claims})


@settings(max_examples=150, deadline=None)
@given(problems())
def test_shares_sum_to_one_and_keep_the_order_of_measures(problem: Problem):
    claims, estate = problem
    shares = shared(claims, estate)
    assert sum(shares.values()) == 1
    assert all(0 <= share * estate <= claims[member] for member, share in shares.items())
    ranked = sorted(claims, key=lambda member: claims[member])
    assert all(shares[low] <= shares[high] for low, high in pairwise(ranked))
    assert all(shares[member] == 0 for member, claim in claims.items() if claim == 0)


@settings(max_examples=150, deadline=None)
@given(problems())
def test_all_who_are_not_at_their_measure_bear_the_same(problem: Problem):
    claims, estate = problem
    parts = {member: share * estate for member, share in shared(claims, estate).items()}
    free = [parts[member] for member in claims if parts[member] < claims[member]]
    assert len(set(free)) <= 1
    assert all(part <= (free or [estate])[0] for part in parts.values())


def test_an_estate_beyond_all_measures_is_refused():
    with pytest.raises(ValueError, match="An estate of 3 is not within the claims, which are 2 together"):
        shared({"AAA": Fraction(2)}, Fraction(3))


def test_a_charter_is_told_what_its_values_cannot_cover():
    club = comity.load("g7")
    values = dict.fromkeys(club.members_on(club.as_of), Fraction(1))
    rule = ConstrainedEqualAwards(values=values, estate=Fraction(8))
    whats = [what for _, what, _ in rule.problems(club)]
    assert any("do not cover the estate of 8" in what for what in whats)
    assert any(
        "nothing is to be borne" in what
        for _, what, _ in ConstrainedEqualAwards(to="gdp_usd", estate=Fraction(0)).problems(club)
    )
    assert not list(ConstrainedEqualAwards(to="gdp_usd", estate=Fraction(1)).problems(club))
