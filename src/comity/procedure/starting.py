"""The state of an institution before anything new happens: what is on the record of its charter."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from comity.kernel.quantity import day_of
from comity.model.event.act import Act
from comity.model.event.treaties import Deposited, Signed, WithdrawalNotified, WithdrawalRevoked
from comity.model.institution import Institution
from comity.model.instrument import Recorded
from comity.procedure import duties, treaties
from comity.procedure.advancing import lapsed
from comity.procedure.changing import next_turn
from comity.procedure.state import Changed, State, Treaty
from comity.procedure.values import replace

_ACTS: dict[str, tuple[type[Act], Callable[[State, Any], Changed]]] = {
    "signed": (Signed, treaties.signed),
    "deposited": (Deposited, treaties.deposited),
    "withdrawal_notified": (WithdrawalNotified, treaties.withdrawal_notified),
    "withdrawal_revoked": (WithdrawalRevoked, treaties.withdrawal_revoked),
}


def start(institution: Institution, on: datetime.date | str | None = None) -> State:
    """The institution on a day: its members, its instruments with their recorded history, its clauses.

    Args:
        institution: the charter.
        on: the day; the charter's own where absent.

    Raises:
        InputError: for what is no day, or a day on which the charter does not know its members.

    Example:
        >>> import comity
        >>> start(comity.load("g5")).members
        ('USA', 'CHN', 'RUS', 'IND', 'JPN')
    """
    day = institution.as_of if on is None else day_of(on)
    state = State(institution, day, None, 0, tuple(institution.members_on(day)), next=next_turn(institution, day))
    for name, terms in institution.instruments.items():
        state = replace(state, treaties=state.treaties.set(name, Treaty(terms)))
        past = sorted((each for each in terms.history if each.on <= day), key=lambda each: each.on)
        for each in past:
            state = _replayed(state, name, each)
    state = replace(state, on=day, members=tuple(institution.members_on(day)), next=day)
    state = duties.begin(state)
    return lapsed(state, day).state


def _replayed(state: State, name: str, recorded: Recorded) -> State:
    """One act on the record, applied on its day."""
    if recorded.kind not in _ACTS:
        return state
    made = {"on": recorded.on, "by": f"member:{recorded.by}", "instrument": name}
    act, handler = _ACTS[recorded.kind]
    event = act.model_validate(made)
    state = lapsed(replace(state, next=_earliest(state, name)), recorded.on).state
    state = replace(state, on=recorded.on)
    changed, _, _ = handler(state, event)
    return changed


def _earliest(state: State, name: str) -> datetime.date | None:
    leaving = [tie.leaving for tie in state.treaties[name].ties.values() if tie.leaving and not tie.left]
    return min(leaving, default=None)
