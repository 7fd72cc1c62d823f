"""Seats: which kind of act is open to whom, before anything else is asked of it."""

from __future__ import annotations

from comity.model.event.act import Act
from comity.procedure.changing import beyond, suspended
from comity.procedure.state import Changed, State

SERVICE = frozenset({"chair", "secretariat", "control"})
"""Those who conduct and record the business of a body."""
CONDUCT = frozenset(
    {
        "session_opened",
        "credentials_examined",
        "attendance_recorded",
        "agenda_adopted",
        "meeting_opened",
        "session_closed",
        "votes_recorded",
        "question_put",
        "chair_ruled",
        "election_held",
        "contribution_assessed",
        "review_scheduled",
        "review_opened",
        "review_rescheduled",
        "non_cooperation_found",
    }
)
"""Acts of the conduct of business: for the chair and the secretariat."""
RIGHTS = frozenset(
    {
        "proposal_tabled",
        "amendment_tabled",
        "division_requested",
        "motion_moved",
        "ballot_cast",
        "objection_made",
        "silence_started",
        "ruling_appealed",
    }
)
"""Rights of membership: lost by those whose rights are suspended, and never held by observers and verifiers."""
THIRD_STATES = frozenset(
    {
        "signed",
        "deposited",
        "reservation_made",
        "reservation_objected",
        "provisionally_applied",
        "withdrawal_notified",
        "withdrawal_revoked",
        "contribution_announced",
        "contribution_confirmed",
        "contribution_paid",
        "contribution_rescinded",
        "report_submitted",
        "recommendation_answered",
    }
)
"""Acts open to states that are no members: they may become parties, and give."""


def refused(state: State, event: Act, kind: str) -> Changed | None:
    """The flag for an act that is not open to whoever acts; None where it is.

    Example:
        >>> import comity
        >>> from comity.model.event import event
        >>> state = comity.start(comity.load("g5"))
        >>> made = event({"kind": "session_closed", "session": "S", "on": "2026-02-06", "by": "member:FRA"})
        >>> refused(state, made, "session_closed")[2][0].says.en
        'FRA is not a member on 2026-02-06'
    """
    member = event.member
    if member is None:
        if (kind in RIGHTS and event.by not in SERVICE) or (kind in CONDUCT and event.by not in SERVICE):
            return _not_open(state, event, kind)
        return None
    if member not in state.members and kind not in THIRD_STATES:
        return beyond(state, f"{member} is not a member on {event.on}", f"{member}于{event.on}并非成员")
    if kind in CONDUCT:
        return _not_open(state, event, kind)
    if kind in RIGHTS and suspended(state, member):
        return beyond(state, f"the rights of {member} are suspended", f"{member}的权利已中止")
    return None


def _not_open(state: State, event: Act, kind: str) -> Changed:
    who = "the chair or the secretariat" if kind in CONDUCT else "members"
    return beyond(
        state,
        f"{kind.replace('_', ' ')} is for {who}, not for {event.by}",
        f"该行为应由{'主席或秘书处' if kind in CONDUCT else '成员'}作出，而非{event.by}",
    )
