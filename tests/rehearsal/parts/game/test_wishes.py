"""What members want, as exact shares of their own range, and what delivering is worth to them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.rehearsal.parts.game.wishes import Good, Want, topics

places = st.fractions(0, 100, max_denominator=10)


@given(places, places, places)
def test_a_text_is_worth_one_at_the_position_and_nothing_where_things_stand(position, stands, text):
    want = Want(position, Fraction(50), None)
    assert want.share(position, stands, first=True) == (1 if position != stands else 0)
    assert want.share(stands, stands, first=True) == 0
    better = abs(text - position) < abs(stands - position)
    assert (want.share(text, stands, first=True) > 0) is better


def test_a_reservation_counts_until_something_was_adopted():
    want = Want(Fraction(80), Fraction(50), Fraction(10))
    assert want.share(Fraction(75), Fraction(20), first=True) == Fraction(1, 2)
    assert want.share(Fraction(60), Fraction(20), first=True) == -1
    assert want.share(Fraction(60), Fraction(20), first=False) == Fraction(2, 3)


GOOD = Good(
    {"A": Fraction(10), "B": Fraction(10)},
    {"A": Fraction(3), "B": Fraction(12)},
    {"A": Fraction(1, 2), "B": Fraction(1, 2)},
    Fraction(1, 5),
    Fraction(0),
)


def test_gains_follow_what_is_provided_and_what_can_be_kept_from_others():
    alone = {"A": Fraction(1), "B": Fraction(0)}
    assert (GOOD.gain("A", alone), GOOD.gain("B", alone)) == (5, 4)
    assert GOOD.gain("B", {"A": Fraction(1), "B": Fraction(1)}) == 10


@pytest.mark.parametrize(("member", "reward", "worth"), [("A", 0, 2), ("B", 0, 0), ("B", 2, 1), ("B", 7, 2)])
def test_what_delivering_is_worth_is_olsons_three_groups(member, reward, worth):
    assert GOOD.worth(member, ("A", "B"), Fraction(reward)) == worth


def test_below_what_is_needed_nothing_is_provided():
    whole = Good(GOOD.benefit, GOOD.cost, GOOD.part, GOOD.excludable, Fraction(1))
    assert whole.gain("A", {"A": Fraction(1)}) == 0
    assert whole.worth("A", ("A", "B"), Fraction(0)) == 1


def test_the_shipped_stakes_give_the_five_thirteen_issues(g5, grounds):
    found, left = topics(g5, grounds, g5.members_on(g5.as_of))
    assert (len(found), left) == (13, {})
    assert sum(topic.good is not None for topic in found.values()) == 5
    japan = found["energy"].wants["JPN"]
    stand = grounds.stand("energy", "JPN")
    assert float(japan.position) == pytest.approx(stand.position[1], abs=1e-3)
