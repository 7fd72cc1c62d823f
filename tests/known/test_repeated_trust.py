"""Beta reputation and generous tit-for-tat.

Source: Jøsang and Ismail (2002), "The Beta Reputation System", 15th Bled Electronic Commerce Conference; Nowak and
Sigmund (1992), Nature 355 (T16 of the acceptance table).
"""

from __future__ import annotations

from fractions import Fraction

from comity.solvers.repeated.trust import Trust, generosity


def test_seven_kept_and_one_broken_promise_give_four_fifths():
    assert Trust(7, 1).expected == Fraction(4, 5)


def test_generous_tit_for_tat_forgives_one_defection_in_three():
    assert generosity(5, 3, 1, 0) == Fraction(1, 3)
