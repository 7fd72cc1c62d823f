"""Deciding: a question is put, its ballots become a ruling, and the ruling takes effect.

The order is that of convention 3: credentials and exclusions, attendance and quorum, threshold, veto. What follows a
vote that does not carry - a second vote after a tie, a deferral and another rule - is the rule's own affair.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from immutables import Map

from comity.kernel.family import kind_of
from comity.kernel.quantity import Duration
from comity.kernel.result import Text
from comity.model.event.act import Act
from comity.model.event.questions import QuestionPut, VotesRecorded
from comity.model.ruling import Choice, Ground, Ruling
from comity.procedure.arrears import in_arrears
from comity.procedure.changing import irregular, suspended, told, void, waiting, waits_no_more, with_question
from comity.procedure.consequences import take_effect
from comity.procedure.state import Changed, Determination, Flag, Question, Session, State
from comity.procedure.tabling import PRECEDENCE, VOTED, open_question
from comity.procedure.values import replace


def votes_recorded(state: State, event: VotesRecorded) -> Changed:
    """The record of a vote: all ballots at once, which decide the question."""
    question = open_question(state, event.question)
    if isinstance(question, tuple):
        return question
    named, flags = _named(state, event)
    ballots = question.ballots
    for member, choice in named.items():
        ballots = ballots.set(member, choice)
    free = [member for member in state.members if member not in ballots]
    spread: list[Choice] = [choice for choice, number in event.counts.items() for _ in range(number)]
    if len(spread) > len(free):
        return void(state, f"{len(named) + len(spread)} votes of {len(state.members)} members", "票数多于成员数")
    for member, choice in zip(free, spread, strict=False):
        ballots = ballots.set(member, choice)
    if event.others is not None:
        for member in free[len(spread) :]:
            ballots = ballots.set(member, event.others)
    state, found, more = decide(state, event, replace(question, ballots=ballots))
    return state, found, (*flags, *more)


def _named(state: State, event: VotesRecorded) -> tuple[dict[str, Choice], list[Flag]]:
    """The choices by name; of strangers no vote is counted."""
    named, flags = dict[str, Choice](), list[Flag]()
    for choice in VOTED:
        for member in getattr(event, choice):
            if member in named:
                flags.append(irregular("", f"{member} is recorded twice", f"{member}被重复记录"))
            named[member] = choice
    strangers = [member for member in named if member not in state.members]
    if strangers:
        says = Text(
            f"{', '.join(strangers)}: no member on {event.on}; the vote is not counted",
            f"{'、'.join(strangers)}于{event.on}并非成员，其票不计",
        )
        flags.append(Flag("ultra_vires", "", says))
    return {member: choice for member, choice in named.items() if member not in strangers}, flags


def question_put(state: State, event: QuestionPut) -> Changed:
    """The ballots so far decide the question."""
    question = open_question(state, event.question)
    return question if isinstance(question, tuple) else decide(state, event, question)


def decide(state: State, event: Act, question: Question) -> Changed:
    """The ruling on a question, and what follows from it."""
    flags = order_of_voting(state, question)
    if question.status == "deferred" and _too_soon(question, event):
        flags = (
            *flags,
            irregular("", f"{question.question} is deferred until {question.at or question.due}", "该问题尚在推迟期内"),
        )
    ballots = ballots_of(state, question)
    if question.status == "deferred" and question.then:
        question = replace(question, rule=question.then, then=None)
    ruling = rule_on(state, question, ballots)
    voted = replace(question, voted=question.voted + 1, contested=ruling.contested)
    outcome = ruling.outcome
    if outcome == "adopted":
        settled = replace(voted, status="adopted")
    elif outcome == "no_quorum":
        settled = replace(voted, status="open", voted=question.voted, ballots=Map[str, Choice]())
    else:
        return _not_carried(state, event, voted, ruling, flags=flags)
    determination = _of(state, settled, ruling, outcome)
    changed, more = take_effect(_kept(state, settled), event, settled)
    return changed, (determination, *more), flags


def _too_soon(question: Question, event: Act) -> bool:
    if question.at is not None and event.at is not None:
        return event.at < question.at
    return question.due is not None and event.on < question.due


def _not_carried(state: State, event: Act, question: Question, ruling: Ruling, *, flags: tuple[Flag, ...]) -> Changed:
    """Not adopted: at once, or after a second vote or a deferral that the rule provides for."""
    remedy = ruling.remedy
    waits = remedy is not None and question.sort != "appeal" and (remedy.what == "fallback" or question.voted < 2)
    if remedy is None or not waits:
        settled = replace(question, status="not_adopted")
        found = _of(state, settled, ruling, "not_adopted")
        changed, more = take_effect(_kept(state, settled), event, settled)
        return changed, (found, *more), flags
    word = "deferred" if remedy.what == "fallback" else "tied"
    due, at = _time(remedy.after, event)
    again = replace(question, status=word, ballots=Map[str, Choice](), due=due, at=at, then=remedy.rule or None)
    kept = _kept(state, again)
    if word == "tied" and due is not None:
        kept = waiting(kept, due, pending=kept.pending.set(question.question, at or due))
    return kept, (_of(state, again, ruling, word, until=at or due, then=remedy.rule),), flags


def _time(after: str, event: Act) -> tuple[datetime.date | None, datetime.datetime | None]:
    if not after:
        return None, None
    duration = Duration.parse(after)
    if event.at is not None:
        at = duration.later(event.at)
        return at.date(), at
    if duration.unit == "hour":
        return event.on + datetime.timedelta(days=-(-duration.number // 24)), None
    return duration.after(event.on), None


def ballots_of(state: State, question: Question) -> dict[str, Choice]:
    """What each member that has its rights chose; without a ballot the present take no part, the others are absent."""
    session = state.sessions.get(question.session) if question.session else None
    found = dict[str, Choice]()
    for member in state.members:
        if suspended(state, member):
            continue
        choice = question.ballots.get(member)
        if session is not None:
            there = session.of(member)
            if away(session, member):
                choice = "absent"
            elif there == "represented_by_proxy" and choice is None:
                choice = question.ballots.get(session.represented[member], "not_participating")
            elif there is not None and choice is None:
                choice = "not_participating"
        found[member] = choice or "absent"
    return found


def away(session: Session, member: str) -> bool:
    """Whether a member cannot act in a session: it is not there, or its credentials were not accepted."""
    return session.of(member) in {"absent", "walked_out", "not_invited"} or member in session.rejected


def silence_on(state: State, question: Question) -> tuple[Ruling, tuple[str, ...]]:
    """The ruling when a silence is over, and who broke it: who said nothing has consented.

    A rule of silence says itself what breaks it; under any other rule one objection does.
    """
    own = kind_of(type(state.law.rules[question.rule])) == "silence_procedure"
    silent: Choice = "absent" if own else "yes"
    ballots: dict[str, Choice] = {
        member: question.ballots.get(member, silent) for member in state.members if not suspended(state, member)
    }
    broken = tuple(member for member, choice in ballots.items() if choice in {"no", "objects"})
    ruling = rule_on(state, question, ballots)
    return ruling, broken if not own or not ruling.adopted else ()


def grounds(state: State, question: Question) -> dict[str, Ground]:
    """Who may lose the vote on a question, and why; the rule says which grounds count."""
    found = dict[str, Ground]()
    found.update((member, "party_to_dispute") for member in question.parties)
    found.update((member, "member_concerned") for member in question.concerned)
    if state.law.arrears is not None:
        barred = [member for member in sorted(state.dues) if in_arrears(state, member)]
        allowed = {member for member in barred if member in state.standings and state.standings[member].may_vote}
        found.update((member, "arrears") for member in barred if member not in allowed)
    return {member: ground for member, ground in found.items() if member in state.members}


def rule_on(state: State, question: Question, ballots: Mapping[str, Choice]) -> Ruling:
    """The ruling of a question's rule on ballots.

    Raises:
        InputError: where the rule cannot be applied on the day.
    """
    excluded: dict[str, Ground] = {
        member: ground for member, ground in grounds(state, question).items() if member in ballots
    }
    return state.law.decide(question.rule, ballots, on=state.on, excluded=excluded, members=list(ballots))


def order_of_voting(state: State, question: Question) -> tuple[Flag, ...]:
    """Flags where something else should have been voted on first (UNGA Rules of Procedure, rules 77, 89 and 90)."""
    first = list[str]()
    for each in (state.questions[name] for name in sorted(state.unsettled)):
        if each.question == question.question or each.status in {"deferred", "silence"}:
            continue
        same = each.to is not None and each.to == (question.to if question.sort == "amendment" else question.question)
        further = question.sort != "amendment" or each.removed > question.removed
        if each.sort in {"amendment", "division"} and same and further and question.sort != "division":
            first.append(each.question)
        if each.sort == "motion" and each.session == question.session and _precedes(each, question):
            first.append(each.question)
    return tuple(
        irregular(
            "UNGA Rules of Procedure, rules 77, 89 and 90",
            f"{name} should have been voted on before {question.question}",
            f"应先就{name}表决，再就{question.question}表决",
        )
        for name in first
    )


def _precedes(motion: Question, question: Question) -> bool:
    if question.sort == "appeal":
        return False
    if question.sort != "motion":
        return motion.motion in PRECEDENCE or motion.to == question.question
    both = motion.motion in PRECEDENCE and question.motion in PRECEDENCE
    return both and PRECEDENCE.index(motion.motion) < PRECEDENCE.index(question.motion)


def _of(state: State, question: Question, ruling: Ruling, outcome: str, **facts: Any) -> Determination:
    return told(
        question.question,
        "vote",
        outcome,
        state.on,
        rule=question.rule,
        article=ruling.basis,
        ruling=ruling,
        contested=ruling.contested,
        readings=dict(ruling.readings),
        facts={"sort": question.sort, "matter": question.matter, **facts},
    )


def _kept(state: State, question: Question) -> State:
    return with_question(state, question, pending=waits_no_more(state, question.question))
