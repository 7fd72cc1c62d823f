"""Clauses as obligations: each obligor's duty moves through the transition table of the clause's type.

Due dates are a pure function of the charter, the log and the day. Of a text that does not bind in law nothing is called
a breach: the word is "not delivered".
"""

from __future__ import annotations

import datetime

from comity.model.event.obligations import (
    ClauseRenegotiated,
    ClauseResumed,
    ClauseSuspended,
    ClauseTerminated,
    ExcuseInvoked,
    Measured,
    NoticeGiven,
)
from comity.model.life import Signal, Stage, Transition
from comity.procedure.changing import beyond, told, void, waiting
from comity.procedure.state import Changed, Determination, Duty, State
from comity.procedure.values import replace

ARSIWA = "ILC Articles on State Responsibility"
WORDS: dict[str, str] = {"breached": "not_delivered", "noticed": "reminded", "owing": "asked_to_pay"}
"""The words for what does not bind in law."""

_OfDuty = (
    Measured | NoticeGiven | ExcuseInvoked | ClauseRenegotiated | ClauseSuspended | ClauseResumed | ClauseTerminated
)


def begin(state: State) -> State:
    """Every clause of the charter that is not yet running, for each of its obligors."""
    for name, clause in state.law.clauses.items():
        for obligor in clause.obligor:
            if (name, obligor) in state.duties:
                continue
            duty = Duty("pending", state.on, until=clause.since or state.on)
            state = waiting(state, duty.until, duties=state.duties.set((name, obligor), duty))
    return state


def signalled(
    state: State, clause: str, obligor: str, signal: Signal, *, until: datetime.date | None = None
) -> tuple[State, tuple[Determination, ...], Transition | None]:
    """One signal to one duty; None where its stage does not answer to the signal."""
    spec, duty = state.law.clauses[clause], state.duties[clause, obligor]
    stage: Stage = duty.state  # type: ignore[assignment]
    step = spec.LIFE.get((stage, signal))
    if step is None:
        return state, (), None
    terms = spec.renewed(duty.due, duty.value)
    end = terms.wait(step.wait, state.on) if step.wait else None
    if step.wait == "excuse":  # without an end of its own it is looked at again with the next verification
        end = until or terms.wait("verification", state.on)
    moved = replace(duty, state=step.to, since=state.on, until=end, history=(*duty.history, (stage, duty.since)))
    kept = waiting(state, end, duties=state.duties.set((clause, obligor), moved))
    return kept, (_determined(kept, clause, obligor, step),), step


def _determined(state: State, clause: str, obligor: str, step: Transition) -> Determination:
    spec, end = state.law.clauses[clause], state.duties[clause, obligor].until
    word = step.to if spec.force == "binding" else WORDS.get(step.to, step.to)
    facts = {"obligor": obligor, "consequence": step.consequence, "until": end}
    return told(clause, "clause", word, state.on, article=spec.where, facts=facts)


def lapse(state: State, clause: str, obligor: str) -> tuple[State, tuple[Determination, ...]]:
    """The wait of a duty is over."""
    spec, duty = state.law.clauses.get(clause), state.duties[clause, obligor]
    if spec is None:
        ended = replace(duty, until=None)
        return replace(state, duties=state.duties.set((clause, obligor), ended)), ()
    signal: Signal = "lapsed"
    if duty.state == "pending":
        signal = "entered"
    elif duty.state == "noticed" and spec.breach is not None:
        signal = spec.breach.then
    elif duty.state == "in_force" and duty.measured is not None:
        judged = spec.renewed(duty.due, duty.value).assess(float(duty.measured), state.on)
        signal = {"performed": "met", "not_performed": "missed"}.get(judged, "lapsed")  # type: ignore[assignment]
    changed, found, step = signalled(state, clause, obligor, signal)
    if step is None:
        return replace(state, duties=state.duties.set((clause, obligor), replace(duty, until=None))), ()
    return changed, found


def measured(state: State, event: Measured) -> Changed:
    """What the verifier measured: it may perform, miss or cure; what is unknown changes nothing."""
    if refused := _refused(state, event):
        return refused
    spec, duty = state.law.clauses[event.clause], state.duties[event.clause, event.obligor]
    if event.by not in {f"verifier:{spec.verified.by}", spec.verified.by, "secretariat", "control"}:
        return beyond(
            state,
            f"{event.clause} is verified by {spec.verified.by}, not by {event.by}",
            f"{event.clause}由{spec.verified.by}核查，而非{event.by}",
        )
    kept = replace(state, duties=state.duties.set((event.clause, event.obligor), replace(duty, measured=event.value)))
    actual = None if event.value is None else float(event.value)
    judged = spec.renewed(duty.due, duty.value).assess(actual, event.on)
    if judged in {"unknown", "not_yet_due"}:
        return kept, (told(event.clause, "clause", judged, event.on, facts={"obligor": event.obligor}),), ()
    signal: Signal = "met" if judged == "performed" else "missed"
    changed, found, _ = signalled(kept, event.clause, event.obligor, signal)
    return changed, found, ()


def notice_given(state: State, event: NoticeGiven) -> Changed:
    """Notice of a breach: the time to cure runs from it (ARSIWA Article 43)."""
    return _moved(state, event, "notice")


def excuse_invoked(state: State, event: ExcuseInvoked) -> Changed:
    """A circumstance that precludes wrongfulness, while it lasts (ARSIWA Articles 20 to 27)."""
    return _moved(state, event, "excused", until=event.until)


def renegotiated(state: State, event: ClauseRenegotiated) -> Changed:
    """Other terms in the place of the old ones."""
    if refused := _refused(state, event):
        return refused
    duty = state.duties[event.clause, event.obligor]
    terms = replace(duty, due=event.due or duty.due, value=event.value if event.value is not None else duty.value)
    kept = replace(state, duties=state.duties.set((event.clause, event.obligor), terms))
    changed, found, flags = _moved(kept, event, "renegotiated")
    return (state if flags else changed), found, flags


def suspended(state: State, event: ClauseSuspended) -> Changed:
    """The clause does not run between the parties (Vienna Convention, Articles 57 to 60)."""
    return _moved(state, event, "suspend")


def resumed(state: State, event: ClauseResumed) -> Changed:
    """The clause runs again."""
    return _moved(state, event, "resumed")


def terminated(state: State, event: ClauseTerminated) -> Changed:
    """The clause ends."""
    return _moved(state, event, "terminated")


def paid(state: State, clause: str, obligor: str) -> Changed:
    """What a clause owes in the place of performance was paid."""
    changed, found, step = signalled(state, clause, obligor, "paid")
    if step is None:
        return void(state, f"{obligor} owes no payment for {clause}", f"{obligor}无须为{clause}付款")
    return changed, found, ()


def _moved(state: State, event: _OfDuty, signal: Signal, *, until: datetime.date | None = None) -> Changed:
    if refused := _refused(state, event):
        return refused
    stage = state.duties[event.clause, event.obligor].state
    if state.law.clauses[event.clause].force != "binding":
        stage = WORDS.get(stage, stage)
    changed, found, step = signalled(state, event.clause, event.obligor, signal, until=until)
    if step is None:
        return void(
            state,
            f"{event.clause} of {event.obligor} is {stage.replace('_', ' ')}: {event.kind} changes nothing there",
            f"{event.obligor}的条款{event.clause}处于“{stage}”状态，此行为无效果",
            ARSIWA,
        )
    return changed, found, ()


def _refused(state: State, event: _OfDuty) -> Changed | None:
    if event.clause not in state.law.clauses:
        return void(state, f"there is no clause '{event.clause}'", f"没有名为“{event.clause}”的条款")
    if (event.clause, event.obligor) not in state.duties:
        return void(state, f"{event.obligor} does not owe {event.clause}", f"{event.obligor}不承担{event.clause}")
    return None
