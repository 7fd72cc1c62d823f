"""Questions to a seat, of every sort a rehearsal asks."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from comity.model.seat import PASS, Ask, Move, Span

VOTE = ("yes", "no", "abstain", "not_participating")
MOVES: dict[str, tuple[Move, ...]] = {
    "attend": (Move("attend:S", "attendance_recorded", "", {}, {"attendance": ("present", "absent")}),),
    "table": (Move("propose:energy", "proposal_tabled", "", {}, {"text": Span(Fraction(0), Fraction(100))}), PASS),
    "vote": (Move("object:Q", "objection_made", ""), Move("vote:Q", "ballot_cast", "", {}, {"choice": VOTE})),
    "perform": (Move("perform:stocks", "measured", "", {}, {"effort": Span(Fraction(0), Fraction(1))}),),
    "pay": (Move("pay", "contribution_paid", "", {}, {"amount": Span(Fraction(0), Fraction(50), "USD")}), PASS),
    "enforce": (Move("notice", "notice_given", ""), Move("suspend", "clause_suspended", ""), PASS),
    "consent": (Move("consent", "", "", {}, {"consent": ("agrees", "refuses")}),),
    "leave": (Move("leave", "withdrawal_notified", ""), PASS),
}
VIEW: dict[str, Any] = {
    "round": 1,
    "rounds": 20,
    "issue": "energy",
    "clause": "stocks",
    "position": Fraction(80),
    "reach": Fraction(40),
    "others": Fraction(30),
    "share": Fraction(1, 2),
    "refused": 0,
    "conceded": Fraction(0),
    "outvoted": 0,
    "kept": 0,
    "broken": 0,
    "last_judged": 4,
    "last_broken": 0,
    "worth": 1,
    "noticed": False,
    "agreed": 0,
    "obligor": "IND",
}


@pytest.fixture
def ask() -> Callable[..., Ask]:
    def made(about: str, chance: int = 2**31, **view: Any) -> Ask:
        return Ask("1", "member:JPN", about, {**VIEW, **view}, MOVES[about], datetime.date(2026, 2, 6), chance)

    return made
