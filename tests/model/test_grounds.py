"""Laws of stakes held against votes and figures."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comity
from comity.kernel.errors import InputError, UnknownName
from comity.library.stakes import read_stakes
from comity.model.grounds import Grounds, IdealPoint

FILE = """
comity: 1
title: {en: Try}
on: 2026-01-01
rules:
  usual: {kind: same, value: [20, 50, 80], why: {en: nothing is known}}
  rich: {kind: indicator, figure: gdp_usd, formula: FORMULA, between: [10, 90], why: {en: wealth}}
  poor: {kind: indicator, figure: gdp_usd, formula: FORMULA, between: [10, 90], reversed: true, why: {en: want}}
  votes: {kind: votes, group: nuclear, spread: 5, why: {en: votes}}
  contrary: {kind: votes, group: nuclear, reversed: true, spread: 5, why: {en: votes}}
ratifiers: {USA: {title: {en: Senate}, resists: [0, 1/4, 1/2], why: {en: two thirds}}}
issues:
  rich: {title: {en: R}, sensitivity: low, ends: {0: {en: a}, 100: {en: b}}, status_quo: 20, position: rich, salience: usual}
  poor: {title: {en: P}, sensitivity: low, ends: {0: {en: a}, 100: {en: b}}, status_quo: 20, position: poor, salience: usual}
  votes: {title: {en: V}, sensitivity: low, ends: {0: {en: a}, 100: {en: b}}, status_quo: 20, position: votes, salience: usual}
  contrary:
    {title: {en: C}, sensitivity: low, ends: {0: {en: a}, 100: {en: b}}, status_quo: 20, position: contrary, salience: usual}
  hand:
    title: {en: H}
    sensitivity: high
    ends: {0: {en: a}, 100: {en: b}}
    status_quo: 20
    salience: usual
    reservation: usual
    seats:
      USA: {position: [LOW, MODE, HIGH], basis: assumption, why: {en: x}}
      FRA: {position: [50, 50, 50], basis: assumption, why: {en: certain}}
"""
POINTS = {
    "USA": IdealPoint(80, 2.0, 1.8, 2.2),
    "FRA": IdealPoint(80, 1.0, 0.8, 1.2),
    "CHN": IdealPoint(80, -1.0, -1.1, -0.9),
    "IND": IdealPoint(80, -2.0, -2.3, -1.7),
}
LATEST = comity.panel()


def grounds(formula: str = "rank", triple: tuple[int, int, int] = (10, 30, 60)) -> Grounds:
    text = FILE.replace("FORMULA", formula)
    for word, number in zip(("LOW", "MODE", "HIGH"), triple, strict=True):
        text = text.replace(word, str(number))
    return Grounds(read_stakes(text, "try"), LATEST, lambda _group: POINTS)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 100), min_size=3, max_size=3).map(sorted), st.integers(0, 2**31))
def test_draws_lie_within_the_triple_whatever_it_is(triple: list[int], seed: int):
    low, mode, high = triple
    drawn = grounds(triple=(low, mode, high)).draws("hand", ["USA", "FRA"], 200, seed)
    assert np.all((drawn.position[:, 0] >= low - 1e-9) & (drawn.position[:, 0] <= high + 1e-9))
    assert np.all(drawn.position[:, 1] == 50)
    assert np.all((drawn.home[:, 0] >= 0) & (drawn.home[:, 0] <= 0.5))
    assert np.isnan(drawn.home[:, 1]).all()
    assert np.allclose(drawn.high - drawn.position, drawn.position - drawn.low)


def test_draws_have_the_mean_of_a_triangular_distribution():
    drawn = grounds().draws("hand", ["USA"], 20_000, 7).position
    assert drawn.mean() == pytest.approx((10 + 30 + 60) / 3, abs=0.3)
    assert drawn.var() == pytest.approx((10**2 + 30**2 + 60**2 - 10 * 30 - 10 * 60 - 30 * 60) / 18, rel=0.03)


@settings(max_examples=15, deadline=None)
@given(st.permutations(["USA", "CHN", "IND", "FRA"]), st.integers(1, 4), st.integers(0, 1000))
def test_a_member_has_the_same_draws_in_whatever_body_it_sits(order: list[str], size: int, seed: int):
    body = order[:size]
    alone = grounds().draws("votes", body[:1], 50, seed)
    among = grounds().draws("votes", body, 50, seed)
    assert alone.position[:, 0].tobytes() == among.position[:, 0].tobytes()
    assert alone.salience[:, 0].tobytes() == among.salience[:, 0].tobytes()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    first, again, other = (grounds().draws("rich", ["USA", "CHN"], 50, seed) for seed in (1, 1, 2))
    assert first.salience.tobytes() == again.salience.tobytes()
    assert first.salience.tobytes() != other.salience.tobytes()


@pytest.mark.parametrize("formula", ["rank", "log", "linear"])
def test_a_greater_figure_never_stands_lower_and_reversed_is_the_mirror(formula: str):
    held = grounds(formula)
    figures = {a: v for a, v in zip(LATEST.actors, LATEST.column("gdp_usd"), strict=True) if v is not None}
    rising = [held.stands("rich", figures)[actor].position[1] for actor in sorted(figures, key=lambda a: figures[a])]
    assert all(one <= next_ + 1e-9 for one, next_ in pairwise(rising))
    assert (rising[0], rising[-1]) == (pytest.approx(10, abs=0.5), pytest.approx(90))
    for actor, stand in held.stands("poor", figures).items():
        assert stand.position[1] + held.stands("rich", [actor])[actor].position[1] == pytest.approx(100)


def test_votes_stand_between_the_extremes_with_their_interval_and_reversed_mirrors_it():
    held = grounds()
    for member in POINTS:
        one, other = held.stand("votes", member), held.stand("contrary", member)
        assert one is not None
        assert other is not None
        assert one.basis == "votes"
        assert other.position == pytest.approx(tuple(100 - each for each in reversed(one.position)))
    france = held.stand("votes", "FRA")
    assert france is not None
    assert france.position == pytest.approx((65, 75, 85))


def test_a_gap_is_never_filled():
    held = grounds()
    assert held.stand("votes", "JPN") is None
    assert held.stand("hand", "CHN") is None
    with pytest.raises(InputError, match="JPN"):
        held.draws("votes", ["USA", "JPN"], 5, 1)


def test_a_body_is_judged_with_four_fifths_of_its_members_and_no_fewer():
    held = grounds()
    assert held.enough("votes", ["USA", "FRA", "CHN", "IND", "JPN"])
    assert not held.enough("votes", ["USA", "FRA", "CHN", "JPN"])
    assert not held.enough("votes", [])


def test_without_a_reservation_a_text_may_lie_as_far_as_the_status_quo():
    drawn = grounds().draws("votes", ["USA"], 50, 3)
    assert np.allclose(np.minimum(np.abs(drawn.low - 20), np.abs(drawn.high - 20)), 0)


def test_an_unknown_issue_is_named():
    with pytest.raises(UnknownName, match="whaling"):
        grounds().stand("whaling", "USA")


def test_a_logarithm_of_a_deficit_is_refused():
    text = (
        FILE.replace("FORMULA", "log").replace("gdp_usd", "trade_balance_usd").replace("[LOW, MODE, HIGH]", "[1, 2, 3]")
    )
    held = Grounds(read_stakes(text, "try"), LATEST, lambda _group: POINTS)
    with pytest.raises(InputError, match="not above nought"):
        held.stand("rich", "USA")


GOODS = """
comity: 1
title: {en: Goods}
on: 2026-01-01
rules:
  usual: {kind: same, value: [20, 50, 80], why: {en: nothing is known}}
  worth: {kind: shared, whole: [100, 300, 600], by: gdp_usd, why: {en: a study}}
  costs: {kind: shared, whole: [40, 50, 90], by: gdp_usd, why: {en: the same study}}
  dues: {kind: each, value: [1, 2, 3], why: {en: a fee}}
issues:
  charts:
    {title: {en: C}, sensitivity: low, ends: {0: {en: a}, 100: {en: b}}, status_quo: 20, position: usual, salience: usual,
     good: {benefit: worth, cost: costs, prices: 2024, excludable: [0, 1/4, 1/2], needed: 1/10, why: {en: charts}}}
  club:
    {title: {en: D}, sensitivity: low, ends: {0: {en: a}, 100: {en: b}}, status_quo: 20, position: usual, salience: usual,
     good: {benefit: worth, cost: dues, prices: 2024, why: {en: charts}},
     seats: {USA: {benefit: [5, 6, 7], basis: assumption, why: {en: a guess}}}}
  talk: {title: {en: T}, sensitivity: low, ends: {0: {en: a}, 100: {en: b}}, status_quo: 20, position: usual, salience: usual}
"""


def goods() -> Grounds:
    return Grounds(read_stakes(GOODS, "goods"), LATEST, lambda _group: POINTS)


def test_an_estimate_for_the_world_is_divided_among_all_states_and_the_parts_make_the_whole():
    held = goods()
    members = [state for state in LATEST.actors if held.worth("charts", state) is not None]
    drawn = held.goods("charts", members, 50, 3)
    assert len(members) > 180
    assert drawn.part.sum() == pytest.approx(1)
    assert drawn.benefit.sum(axis=1).min() >= 100
    assert drawn.benefit.sum(axis=1).max() <= 600
    assert (drawn.benefit / drawn.benefit[:, :1]).std(axis=0).max() == pytest.approx(0, abs=1e-9)
    assert drawn.needed == pytest.approx(0.1)
    assert 0 <= drawn.excludable.min() <= drawn.excludable.max() <= 0.5


def test_a_seat_by_hand_replaces_what_the_rule_says_and_the_parts_of_a_fee_are_equal():
    held = goods()
    by_hand, by_rule = held.worth("club", "USA"), held.worth("club", "CHN")
    assert by_hand is not None
    assert by_rule is not None
    assert (by_hand.benefit, by_hand.cost, by_hand.by_hand, by_hand.part) == ((5, 6, 7), (1, 2, 3), True, None)
    assert not by_rule.by_hand
    drawn = held.goods("club", ["USA", "CHN"], 200, 1)
    assert drawn.part.tolist() == [0.5, 0.5]
    assert drawn.benefit[:, 0].min() >= 5
    assert drawn.benefit[:, 0].max() <= 7


def test_a_member_draws_the_same_in_every_body():
    few, many = goods().goods("charts", ["JPN"], 20, 9), goods().goods("charts", ["USA", "JPN"], 20, 9)
    assert few.benefit[:, 0].tolist() == many.benefit[:, 1].tolist()
    assert few.discount.tolist() == many.discount.tolist()


def test_nothing_is_known_where_the_stakes_do_not_say():
    held = goods()
    assert held.worth("talk", "USA") is None
    assert held.worth("charts", "DEVELOPED") is None
    with pytest.raises(InputError, match="What talk is worth is not known"):
        held.goods("talk", ["USA"], 10, 1)
    with pytest.raises(InputError, match="What charts is worth to DEVELOPED is not known"):
        held.goods("charts", ["USA", "DEVELOPED"], 10, 1)
