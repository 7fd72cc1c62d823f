"""Time passing: what lapses, takes effect or changes by itself, in the order of its due instant, then its name.

Time-outs are derived from the state, never stored as events; the same log always gives the same state.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from comity.kernel.result import Text
from comity.procedure import duties
from comity.procedure.changing import Moment, day, instant, members_on, next_turn, told, with_question
from comity.procedure.consequences import brought_into_force, take_effect
from comity.procedure.deciding import silence_on
from comity.procedure.state import Determination, Flag, State, Step
from comity.procedure.values import replace

Waiting = tuple[datetime.datetime, str, str]
"""The instant, what sort of thing waits, and its name."""


def waits(state: State, since: datetime.date | None = None, turned: datetime.date | None = None) -> Iterator[Waiting]:
    """Everything that is waiting: when, what sort of thing, and its name.

    Args:
        state: the institution as it stands.
        since: the day after which entries into force are still to come; the day reached where absent.
        turned: the day after which turns of the written membership are still to come.
    """
    for name, moment in state.pending.items():
        yield instant(moment), "question", name
    for (clause, obligor), duty in state.duties.items():
        if duty.until is not None:
            yield instant(duty.until), "clause", f"{clause}/{obligor}"
    yield from _of_treaties(state, since or state.on)
    for code, standing in state.standings.items():
        if standing.leaving is not None and standing.left is None:
            yield instant(standing.leaving), "member", code
        if standing.suspended is not None and standing.until is not None:
            yield instant(standing.until), "suspension", code
    if (turn := next_turn(state.law, turned or state.on)) is not None:
        yield instant(turn), "roll", ""


def _of_treaties(state: State, after: datetime.date) -> Iterator[Waiting]:
    for name, treaty in state.treaties.items():
        if treaty.in_force is not None and treaty.in_force > after:
            yield instant(treaty.in_force), "treaty", name
        for party, tie in treaty.ties.items():
            if tie.leaving is not None and tie.left is None:
                yield instant(tie.leaving), "party", f"{name}/{party}"
            if tie.bound is not None and tie.bound > after and treaty.in_force != tie.bound:
                yield instant(tie.bound), "bound", f"{name}/{party}"


def lapsed(state: State, to: Moment) -> Step:
    """The state at a later moment, with everything that lapsed or took effect until then."""
    if state.next is None or instant(to) < instant(state.next):
        return Step(_moved(state, to))
    found, flags = list[Determination](), list[Flag]()
    since = turned = state.on
    passed = set[Waiting]()
    while True:
        coming = (each for each in waits(state, since, turned) if each[0] <= instant(to) and each not in passed)
        due = min(coming, default=None)
        if due is None:
            break
        moment, sort, name = due
        if sort in {"treaty", "bound"}:  # no change of the state shows that it is done
            passed.add(due)
        elif sort == "roll":
            turned = moment.date()
        at_due = replace(state, on=max(state.on, moment.date()))
        state, told_, more = _lapse(at_due, sort, name)
        found += told_
        flags += more
    moved = _moved(state, to)
    following = min((each[0].date() for each in waits(moved)), default=None)
    return Step(replace(moved, next=following), tuple(found), tuple(flags))


def _moved(state: State, to: Moment) -> State:
    on = day(to)
    at = state.at
    if isinstance(to, datetime.datetime) and (at is None or to > at):
        at = to
    if on == state.on and at == state.at:
        return state
    return replace(state, on=max(on, state.on), at=at)


def _lapse(state: State, sort: str, name: str) -> tuple[State, tuple[Determination, ...], tuple[Flag, ...]]:
    if sort == "question":
        return _question(state, name)
    if sort == "clause":
        clause, _, obligor = name.rpartition("/")
        changed, found = duties.lapse(state, clause, obligor)
        return changed, found, ()
    if sort == "treaty":
        return _in_force(state, name)
    if sort in {"party", "bound"}:
        instrument, _, party = name.rpartition("/")
        return _party(state, instrument, party, left=sort == "party")
    if sort in {"member", "suspension"}:
        return _member(state, name, left=sort == "member")
    return replace(state, members=members_on(state.law, state, state.on)), (), ()


def _question(state: State, name: str) -> tuple[State, tuple[Determination, ...], tuple[Flag, ...]]:
    """A silence that nobody broke in time, or a tie that was not voted on again."""
    question = state.questions[name]
    rest = replace(state, pending=state.pending.delete(name))
    if question.status == "silence":
        ruling, broken = silence_on(rest, question)
        status = "adopted" if ruling.adopted and not broken else "not_adopted"
        found = told(
            name, "vote", status, rest.on, rule=question.rule, article=ruling.basis, ruling=ruling,
            contested=ruling.contested, readings=dict(ruling.readings),
            facts={"by": "silence", "broken_by": list(broken)},
        )  # fmt: skip
    elif question.status == "tied":
        status = "not_adopted"
        found = told(name, "vote", status, rest.on, rule=question.rule, facts={"by": "no second vote in time"})
    else:
        return rest, (), ()
    settled = replace(question, status=status)
    kept = with_question(rest, settled)
    from comity.model.event.questions import QuestionPut

    put = QuestionPut(question=name, on=rest.on)
    changed, more = take_effect(kept, put, settled)
    return changed, (found, *more), ()


def _in_force(state: State, name: str) -> tuple[State, tuple[Determination, ...], tuple[Flag, ...]]:
    """An instrument enters into force; where it amends the charter, the charter changes."""
    changed, more = brought_into_force(state, name)
    return changed, (told(name, "entry_into_force", "in_force", state.on), *more), ()


def _party(
    state: State, instrument: str, party: str, *, left: bool
) -> tuple[State, tuple[Determination, ...], tuple[Flag, ...]]:
    treaty = state.treaties[instrument]
    tie = treaty.ties[party]
    if not left:
        return state, (told(instrument, "entry_into_force", "in_force", state.on, facts={"for": party}),), ()
    gone = replace(tie, left=None if tie.unsettled else tie.leaving, leaving=None, unsettled=False)
    treaty = replace(treaty, ties=treaty.ties.set(party, gone))
    found = _run_out(state, instrument, party, unpaid=tie.unsettled)
    return replace(state, treaties=state.treaties.set(instrument, treaty)), (found,), ()


def _member(state: State, code: str, *, left: bool) -> tuple[State, tuple[Determination, ...], tuple[Flag, ...]]:
    standing = state.standings[code]
    if not left:
        back = replace(standing, suspended=None, until=None)
        changed = replace(state, standings=state.standings.set(code, back))
        return changed, (told(code, "membership", "restored", state.on),), ()
    gone = replace(standing, left=None if standing.unsettled else standing.leaving, leaving=None, unsettled=False)
    changed = replace(state, standings=state.standings.set(code, gone))
    if not standing.unsettled:
        changed = replace(changed, members=members_on(changed.law, changed, state.on))
    return changed, (_run_out(state, "membership", code, unpaid=standing.unsettled),), ()


def _run_out(state: State, name: str, member: str, *, unpaid: bool) -> Determination:
    """A notice has run; where a payment was a condition and is not shown, only its time has."""
    readings = {"time alone": f"effective {state.on}", "with payment": "not effective"} if unpaid else {}
    word = "clock_met" if unpaid else "effective"
    return told(name, "withdrawal", word, state.on, contested=unpaid, readings=readings, facts={"member": member})


LATE = Text("recorded after later events: it is applied on the day now reached", "记录晚于其后事件，按现已到达之日适用")
"""What is said of an event that comes too late."""
