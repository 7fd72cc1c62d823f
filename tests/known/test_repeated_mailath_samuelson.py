"""Imperfect public monitoring of a prisoners' dilemma 2,2 / -1,3 / 0,0.

Source: Mailath and Samuelson (2006), Repeated Games and Reputations, 7.2 (T14 of the acceptance table).
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from comity.solvers.repeated.monitoring import Signal
from comity.solvers.repeated.trigger import prisoners_dilemma

PARTNERS = prisoners_dilemma(3, 2, 0, -1)


@pytest.mark.parametrize(("kept", "broken", "printed"), [("0.9", "0.5", 0.588235), ("0.8", "0.3", 0.555556)])
def test_the_critical_discount_factor_is_one_over_three_p_less_two_q(kept: str, broken: str, printed: float):
    p, q = Fraction(kept), Fraction(broken)
    found = Signal(p, q).critical_discount(PARTNERS)
    assert found == 1 / (3 * p - 2 * q)
    assert round(float(found), 6) == printed


@pytest.mark.parametrize(("kept", "broken"), [("0.9", "0.86"), ("1/2", "1/4")])
def test_no_patience_suffices_where_three_p_less_two_q_is_at_most_one(kept: str, broken: str):
    p, q = Fraction(kept), Fraction(broken)
    assert (Signal(p, q).critical_discount(PARTNERS) is None) == (3 * p - 2 * q <= 1)


def test_the_value_is_two_times_one_less_d_over_one_less_d_p():
    d, p = Fraction(3, 4), Fraction(9, 10)
    assert Signal(p, Fraction(1, 2)).value(PARTNERS, d) == 2 * (1 - d) / (1 - d * p)
