"""Applying one event: the whole of the law, as a function of a state and an event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from comity.kernel.errors import InputError, UnknownName
from comity.kernel.quantity import day_of
from comity.model.event.act import Act
from comity.procedure import chair, deciding, duties, money, reviews, seats, sittings, tabling, treaties
from comity.procedure.advancing import LATE, Moment, instant, lapsed
from comity.procedure.changing import next_turn, sooner
from comity.procedure.state import Changed, Flag, State, Step
from comity.procedure.values import replace

HANDLERS: dict[str, Callable[[State, Any], Changed]] = {
    "session_opened": sittings.session_opened,
    "credentials_examined": sittings.credentials_examined,
    "attendance_recorded": sittings.attendance_recorded,
    "agenda_adopted": sittings.agenda_adopted,
    "meeting_opened": sittings.meeting_opened,
    "session_closed": sittings.session_closed,
    "proposal_tabled": tabling.proposal_tabled,
    "proposal_withdrawn": tabling.proposal_withdrawn,
    "amendment_tabled": tabling.amendment_tabled,
    "division_requested": tabling.division_requested,
    "motion_moved": tabling.motion_moved,
    "ballot_cast": tabling.ballot_cast,
    "objection_made": tabling.objection_made,
    "statement_made": tabling.statement_made,
    "silence_started": tabling.silence_started,
    "ruling_appealed": tabling.ruling_appealed,
    "votes_recorded": deciding.votes_recorded,
    "question_put": deciding.question_put,
    "chair_ruled": chair.chair_ruled,
    "election_held": chair.election_held,
    "instrument_adopted": treaties.instrument_adopted,
    "signed": treaties.signed,
    "deposited": treaties.deposited,
    "reservation_made": treaties.reservation_made,
    "reservation_objected": treaties.reservation_objected,
    "provisionally_applied": treaties.provisionally_applied,
    "withdrawal_notified": treaties.withdrawal_notified,
    "withdrawal_revoked": treaties.withdrawal_revoked,
    "membership_lost": treaties.membership_lost,
    "amendment_accepted": treaties.amendment_accepted,
    "member_suspended": treaties.member_suspended,
    "contribution_announced": money.announced,
    "contribution_confirmed": money.confirmed,
    "contribution_assessed": money.assessed,
    "contribution_paid": money.paid,
    "contribution_rescinded": money.rescinded,
    "measured": duties.measured,
    "notice_given": duties.notice_given,
    "excuse_invoked": duties.excuse_invoked,
    "clause_renegotiated": duties.renegotiated,
    "clause_suspended": duties.suspended,
    "clause_resumed": duties.resumed,
    "clause_terminated": duties.terminated,
    "review_scheduled": reviews.scheduled,
    "report_submitted": reviews.reported,
    "review_opened": reviews.opened,
    "review_rescheduled": reviews.rescheduled,
    "recommendation_made": reviews.recommended,
    "recommendation_answered": reviews.answered,
    "implementation_reported": reviews.implemented,
    "non_cooperation_found": reviews.not_cooperating,
}
"""What the law makes of each kind of event."""


def apply(state: State, event: Act | Mapping[str, Any]) -> Step:
    """The state after an event, what the law says of it, and what the rules did not allow.

    What has lapsed by then lapses first. An event that nothing allows is recorded with a flag, never refused: an act
    beyond powers has no effect, an irregular one stands. Pure: the same state and event always give the same step.

    Args:
        state: the institution as it stands.
        event: what happened, or a mapping of its fields.

    Raises:
        UnknownName: for a mapping of a kind that is none.
        InputError: for a mapping that is no event, or where the charter cannot be applied on the day (a weight or
            threshold that it does not state).

    Example:
        >>> import comity
        >>> state = comity.start(comity.load("g5"))
        >>> table = {"kind": "proposal_tabled", "on": "2026-02-06", "question": "Q1", "matter": "energy"}
        >>> state = apply(state, {**table, "by": "member:JPN"}).state
        >>> votes = {"kind": "votes_recorded", "on": "2026-02-06", "question": "Q1", "others": "yes", "no": ("USA",)}
        >>> apply(state, votes).determinations[0].outcome
        'adopted'
    """
    event = event if isinstance(event, Act) else _described(event)
    kind: str = getattr(event, "kind")  # noqa: B009 - every member of the closed union has one
    moment: Moment = event.at or event.on
    before = lapsed(state, moment)
    number = state.number + 1
    late = (Flag("irregular", "", LATE),) if instant(moment) < _reached(state, moment) else ()
    if event.on < before.state.on:
        event = event.model_copy(update={"on": before.state.on})
    refused = seats.refused(before.state, event, kind)
    changed, found, flags = refused or HANDLERS[kind](before.state, event)
    numbered = tuple(replace(flag, event=number) for flag in (*late, *before.flags, *flags))
    after = replace(changed, number=number)
    if after.law is not state.law:
        after = duties.begin(replace(after, next=sooner(after, next_turn(after.law, after.on))))
    if after.next is not None and after.next <= after.on:  # what the event itself made due is due now
        settled = lapsed(after, moment if instant(moment) >= instant(after.on) else after.on)
        after, found = settled.state, (*found, *settled.determinations)
    return Step(after, (*before.determinations, *found), numbered)


def _described(fields: Mapping[str, Any]) -> Act:
    """The event that a mapping describes."""
    from comity.model.event import event as described

    try:
        return described(dict(fields))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"].startswith("union_tag"):
            raise UnknownName("kind of event", str(fields.get("kind", "")), list(HANDLERS)) from None
        place = ".".join(str(part) for part in first["loc"]) or "event"
        raise InputError(
            f"This is no event: {place}: {first['msg'][:1].lower()}{first['msg'][1:]}.",
            mend="docs/law.md lists the kinds of events and their fields.",
        ) from None


def _reached(state: State, moment: Moment) -> Any:
    """The moment that an event must not lie before: an instant where both sides give one, else the day."""
    if state.at is not None and hasattr(moment, "hour") and state.at.date() == state.on:
        return state.at
    return instant(state.on)


def advance(state: State, to: Moment | str) -> Step:
    """The state at a later moment: what lapses or takes effect by itself until then.

    Raises:
        InputError: for what is no day, or a moment before the one that has been reached.

    Example:
        >>> import comity, datetime
        >>> g5 = comity.start(comity.load("g5"))
        >>> advance(g5, datetime.date(2029, 1, 1)).determinations[0].outcome
        'unverified'
    """
    to = day_of(to) if isinstance(to, str) else to
    if instant(to) < instant(state.on):
        raise InputError(f"{to} lies before {state.on}, which has been reached.", mend="Time runs forwards only.")
    return lapsed(state, to)
