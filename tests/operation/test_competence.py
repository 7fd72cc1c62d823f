"""Which acts have no effect, or are flagged, where one seat signs them alone."""

from __future__ import annotations

from typing import Any

import pytest

from comity.operation.acts import act
from comity.operation.competence import doubt

DUTY = {"clause": "c", "obligor": "JPN"}


@pytest.mark.parametrize(
    ("seat", "event", "what", "says"),
    [
        ("member:JPN", {"kind": "clause_renegotiated", **DUTY}, "ultra_vires",
         "clause renegotiated: member:JPN cannot do this alone; the secretariat records what several agreed"),
        ("member:USA", {"kind": "clause_renegotiated", **DUTY}, "ultra_vires", "member:USA cannot do this alone"),
        ("member:USA", {"kind": "clause_terminated", **DUTY}, "ultra_vires", "member:USA cannot do this alone"),
        ("observer:RG", {"kind": "member_suspended", "state": "JPN"}, "ultra_vires", "observer:RG cannot do this alone"),
        ("member:USA", {"kind": "member_suspended", "state": "JPN"}, "ultra_vires", "cannot do this alone"),
        ("member:USA", {"kind": "membership_lost", "state": "JPN", "elsewhere": "X"}, "ultra_vires", "alone"),
        ("member:JPN", {"kind": "notice_given", **DUTY}, "ultra_vires", "JPN cannot do this about its own obligation"),
        ("member:JPN", {"kind": "clause_suspended", **DUTY}, "ultra_vires", "about its own obligation"),
        ("member:JPN", {"kind": "clause_resumed", **DUTY}, "ultra_vires", "about its own obligation"),
        ("member:JPN", {"kind": "measured", **DUTY}, "ultra_vires", "JPN cannot verify its own obligation"),
        ("verifier:JPN", {"kind": "measured", **DUTY}, "ultra_vires", "JPN cannot verify its own obligation"),
        ("secretariat", {"kind": "measured", "by": "member:JPN", **DUTY}, "ultra_vires", "cannot verify its own"),
        ("member:JPN", {"kind": "excuse_invoked", "circumstance": "necessity", **DUTY}, "irregular",
         "JPN invokes an excuse that nobody else has accepted on record"),
        ("member:JPN", {"kind": "contribution_paid", "amount": "5 USD"}, "irregular",
         "only member:JPN attests this payment: no receipt is on record"),
    ],
)  # fmt: skip
def test_doubts(seat: str, event: dict[str, Any], what: str, says: str):
    found = doubt(act({"on": "2026-03-01", "by": seat, **event}), seat)
    assert found is not None
    assert (found.what, found.rule) == (what, "competence")
    assert says in found.says.en
    assert found.says.zh


@pytest.mark.parametrize(
    ("seat", "event"),
    [
        ("secretariat", {"kind": "clause_renegotiated", **DUTY}),
        ("depositary", {"kind": "clause_terminated", **DUTY}),
        ("chair", {"kind": "member_suspended", "state": "JPN"}),
        ("member:JPN", {"kind": "membership_lost", "state": "JPN", "elsewhere": "X"}),
        ("member:USA", {"kind": "notice_given", **DUTY}),
        ("member:USA", {"kind": "clause_suspended", **DUTY}),
        ("verifier:secretariat", {"kind": "measured", **DUTY}),
        ("secretariat", {"kind": "contribution_paid", "state": "JPN", "amount": "5 USD"}),
        ("member:JPN", {"kind": "proposal_tabled", "question": "Q", "matter": "energy"}),
    ],
)
def test_what_a_seat_can_do(seat: str, event: dict[str, Any]):
    assert doubt(act({"on": "2026-03-01", "by": seat, **event}), seat) is None
