"""Small steps that every handler takes: a changed state, the members of a day, flags, and the next wait."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

from immutables import Map

from comity.kernel.result import Text
from comity.model.institution import Institution
from comity.procedure.state import Changed, Determination, Flag, Question, State
from comity.procedure.values import replace

Moment = datetime.date | datetime.datetime


def instant(moment: Moment) -> datetime.datetime:
    """A day as the instant at which it begins, in UTC; an instant as it is.

    Example:
        >>> instant(datetime.date(2026, 1, 1)).isoformat()
        '2026-01-01T00:00:00+00:00'
    """
    if isinstance(moment, datetime.datetime):
        return moment
    return datetime.datetime(moment.year, moment.month, moment.day, tzinfo=datetime.UTC)


def day(moment: Moment) -> datetime.date:
    """The day of a moment."""
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def sooner(state: State, when: datetime.date | None) -> datetime.date | None:
    """The next day on which something happens by itself, with one more wait."""
    if when is None:
        return state.next
    return when if state.next is None else min(state.next, when)


def waiting(state: State, when: datetime.date | None, **changes: Any) -> State:
    """The state with changes, one of which waits for a day."""
    return replace(state, **changes, next=sooner(state, when))


def waits_no_more(state: State, question: str) -> Map[str, Moment]:
    """What is pending, without one question."""
    return state.pending.delete(question) if question in state.pending else state.pending


def with_question(state: State, question: Question, **more: Any) -> State:
    """The state with a question as it now is; those that can still be decided are known apart."""
    name, unsettled = question.question, state.unsettled
    if question.settled:
        unsettled = unsettled.delete(name) if name in unsettled else unsettled
    elif name not in unsettled:
        unsettled = unsettled.set(name, None)
    return replace(state, questions=state.questions.set(name, question), unsettled=unsettled, **more)


def nothing(state: State) -> Changed:
    """No change."""
    return state, (), ()


def flagged(state: State, what: Any, rule: str, says: Text) -> Changed:
    """No change, and a flag."""
    return state, (), (Flag(what, rule, says),)


def irregular(rule: str, en: str, zh: str) -> Flag:
    """A flag for what is against the order of business and stands all the same."""
    return Flag("irregular", rule, Text(en, zh))


def void(state: State, en: str, zh: str, rule: str = "") -> Changed:
    """An act that can have no effect."""
    return flagged(state, "void", rule, Text(en, zh))


def beyond(state: State, en: str, zh: str, rule: str = "") -> Changed:
    """An act beyond the powers of whoever acted: recorded, without effect."""
    return flagged(state, "ultra_vires", rule, Text(en, zh))


def suspended(state: State, member: str) -> bool:
    """Whether the rights of a member are suspended."""
    standing = state.standings.get(member)
    return standing is not None and standing.suspended is not None


def members_on(law: Institution, state: State, on: datetime.date) -> tuple[str, ...]:
    """The members on a day: those of the charter, with those who joined and without those who left."""
    written = law.members_on(on)
    standings = state.standings
    if not standings:
        return tuple(written)
    left = {code for code, each in standings.items() if each.left and each.left <= on}
    since = [(each.joined, code) for code, each in standings.items() if each.joined and each.joined <= on]
    joined = [code for _, code in sorted(since) if code not in written]
    return tuple(code for code in (*written, *joined) if code not in left)


@lru_cache(maxsize=256)
def _turns(spans: tuple[tuple[datetime.date | None, datetime.date | None], ...]) -> tuple[datetime.date, ...]:
    return tuple(sorted({turn for span in spans for turn in span if turn is not None}))


def next_turn(law: Institution, on: datetime.date) -> datetime.date | None:
    """The next day on which the written membership changes."""
    spans = tuple((each.from_, each.until) for each in law.members if not isinstance(each, str))
    return next((turn for turn in _turns(spans) if turn > on), None)


def told(about: str, sort: str, outcome: str, on: datetime.date, **more: Any) -> Determination:
    """A determination."""
    return Determination(about, sort, outcome, on, **more)
