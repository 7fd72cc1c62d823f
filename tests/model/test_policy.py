"""A policy: rows that end are their last entry again, and what is conceded comes off what is asked."""

from __future__ import annotations

from fractions import Fraction

from comity.model.policy import NOUGHT, ONE, Policy, keeping, seen


def test_a_row_goes_on_as_its_last_entry():
    policy = Policy(asks=(ONE, Fraction(1, 2)), yields=(ONE, Fraction(1, 3)))
    assert [policy.asked(round_) for round_ in (1, 2, 9)] == [1, Fraction(1, 2), Fraction(1, 2)]
    assert policy.asked(1, refused=7) == Fraction(1, 3)


def test_concessions_are_matched_and_never_below_nought():
    policy = Policy(takes=(ONE,), matches=Fraction(1, 2))
    assert policy.taken(1, Fraction(1, 2)) == Fraction(3, 4)
    assert policy.asked(1, conceded=Fraction(9)) == 0
    assert policy.taken(1, conceded=Fraction(9)) == 0


def test_promises_are_looked_up_by_what_was_seen_and_what_they_are_worth():
    policy = Policy(keeps=(*(NOUGHT,) * 4, *(ONE, ONE, NOUGHT, NOUGHT), *(ONE,) * 4))
    assert [policy.kept(number, 1) for number in (0, 1, 2, 3)] == [1, 1, 0, 0]
    assert (policy.kept(1, 0), policy.kept(3, 2)) == (0, 1)
    assert keeping(ONE, ONE, ONE, NOUGHT)[7] == 0


def test_what_was_seen_tells_the_last_time_from_ever():
    def told(kept: int, broken: int, last_judged: int, last_broken: int) -> int:
        return seen({"kept": kept, "broken": broken, "last_judged": last_judged, "last_broken": last_broken})

    assert [told(0, 0, 0, 0), told(4, 0, 4, 0), told(7, 1, 4, 1), told(6, 2, 4, 2)] == [0, 1, 2, 3]
    assert told(5, 1, 1, 1) == 3
    assert told(0, 1, 0, 0) == 2
