"""The scale of assessments: exact at every step, within its limits, and by hand for three states."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comity
from comity.burdens.scale_of_assessments import STEPS, ScaleOfAssessments
from comity.library.groups import group

Figures = dict[str, dict[str, Fraction]]


@st.composite
def worlds(draw: st.DrawFn) -> Figures:
    members = draw(st.lists(st.sampled_from("ABCDEFGHIJKL"), min_size=6, max_size=12, unique=True))
    numbers = st.integers(1, 1000).map(Fraction)
    return {
        "gdp_usd": {member: draw(numbers) for member in members},
        "population": {member: draw(numbers) for member in members},
        "least_developed": {member: Fraction(int(place < 2)) for place, member in enumerate(members)},
    }


def rule(**given: Any) -> ScaleOfAssessments:
    usual = {"floor": "1/100", "least_developed_ceiling": "1/50", "ceiling": "2/5"}
    return ScaleOfAssessments.model_validate({**usual, **given})


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_every_step_sums_to_one_and_the_last_keeps_all_limits(world: Figures):
    members = list(world["gdp_usd"])
    steps = rule().steps(members, world)
    assert tuple(steps) == STEPS
    assert all(sum(shares.values()) == 1 for shares in steps.values())
    last = steps["ceiling"]
    assert last == rule().shares(members, world)
    assert all(Fraction(1, 100) <= share <= Fraction(2, 5) for share in last.values())
    assert all(last[member] <= Fraction(1, 50) for member, least in world["least_developed"].items() if least)


@settings(max_examples=100, deadline=None)
@given(worlds(), st.integers(1, 500))
def test_who_grows_richer_never_pays_a_smaller_share(world: Figures, more: int):
    members = list(world["gdp_usd"])
    richer = {**world, "gdp_usd": {**world["gdp_usd"], members[-1]: world["gdp_usd"][members[-1]] + more}}
    assert rule().shares(members, richer)[members[-1]] >= rule().shares(members, world)[members[-1]]


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_relief_moves_shares_from_below_the_average_to_above_it(world: Figures):
    members = list(world["gdp_usd"])
    steps = rule().steps(members, world)
    average = sum(world["gdp_usd"].values()) / sum(world["population"].values())
    for member in members:
        low = world["gdp_usd"][member] / world["population"][member] < average
        plain, relieved = steps["income"][member], steps["low_income"][member]
        assert relieved <= plain if low else relieved >= plain


def test_three_states_by_hand():
    # average 10 a head: IND at 1 keeps 8 (1 - 4/5 * 9/10) = 56/25, NPL at 2 keeps 2 (1 - 4/5 * 8/10) = 18/25
    figures = {
        "gdp_usd": {"USA": Fraction(90), "IND": Fraction(8), "NPL": Fraction(2)},
        "population": {"USA": Fraction(1), "IND": Fraction(8), "NPL": Fraction(1)},
        "least_developed": {"USA": Fraction(0), "IND": Fraction(0), "NPL": Fraction(1)},
    }
    steps = rule(floor=0, least_developed_ceiling="1/200", ceiling="1/2").steps(["USA", "IND", "NPL"], figures)
    assert steps["low_income"] == {"USA": Fraction(2426, 2500), "IND": Fraction(56, 2500), "NPL": Fraction(18, 2500)}
    rest = Fraction(199, 200) / Fraction(2482, 2500)
    assert steps["least_developed"]["USA"] == Fraction(2426, 2500) * rest
    assert steps["ceiling"] == {"USA": Fraction(1, 2), "IND": Fraction(99, 200), "NPL": Fraction(1, 200)}


def test_limits_that_cannot_be_kept_are_refused_and_told():
    club = comity.load("g7")
    with pytest.raises(ValueError, match="2 members at a ceiling of 2/5 pay less than the whole"):
        rule().shares(["A", "B"], {name: {"A": Fraction(1), "B": Fraction(1)} for name in rule().figures()})
    told = [what for _, what, _ in rule(ceiling="1/8", floor="1/4", gradient=2).problems(club)]
    assert told == [
        "7 members at a ceiling of 1/8 pay less than the whole",
        "7 members at a floor of 1/4 pay more than the whole",
        "the ceiling of least developed countries is not between floor and ceiling",
        "a gradient of 2 relieves of more than all",
    ]


def test_the_members_of_the_united_nations_pay_within_the_limits():
    world, unga = comity.panel(year=2025), comity.load("unga")
    states = [
        state
        for state in unga.states_on(unga.as_of)
        if world.value(state, "gdp_usd") and world.value(state, "population")
    ]
    poorest = group("least_developed", datetime.date(2026, 2, 6))
    figures = {
        name: {state: Fraction(world.value(state, name) or 0) for state in states} for name in ("gdp_usd", "population")
    }
    figures["least_developed"] = {state: Fraction(state in poorest) for state in states}
    shares = ScaleOfAssessments().shares(states, figures)
    assert sum(shares.values()) == 1
    assert shares["USA"] == Fraction(22, 100)
    assert max(shares[state] for state in states if state in poorest) == Fraction(1, 10_000)
    assert min(shares.values()) == Fraction(1, 100_000)
