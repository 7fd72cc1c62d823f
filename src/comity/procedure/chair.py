"""Rulings of the chair, and elections."""

from __future__ import annotations

from comity.kernel.family import kind_of
from comity.model.event.questions import ChairRuled, ElectionHeld
from comity.model.ruling import NO_RULE, Choice, Ruling
from comity.procedure.changing import irregular, told, void, waits_no_more, with_question
from comity.procedure.consequences import take_effect
from comity.procedure.deciding import away, ballots_of, rule_on
from comity.procedure.state import Changed, Question, State
from comity.procedure.tabling import open_question
from comity.procedure.values import replace


def chair_ruled(state: State, event: ChairRuled) -> Changed:
    """The chair declares an outcome. It stands; where any reading of the rule says otherwise it is contested.

    A member that put on record that it cannot endorse the text, without objecting, may have objected or not: both
    readings are given.
    """
    question = open_question(state, event.question)
    if isinstance(question, tuple):
        return question
    ballots = _without_a_vote(state, question)
    ruling = rule_on(state, question, ballots)
    readings = {**_readings(state, question, ballots, ruling), **event.readings}
    outcome = event.outcome
    carried = {found == "adopted" for found in readings.values()}
    contested = ruling.contested or carried != {outcome == "adopted"}
    settled = replace(question, status=outcome, contested=contested, voted=question.voted + 1, ruled=True)
    found = told(
        question.question,
        "chair",
        outcome,
        state.on,
        rule=question.rule,
        article=ruling.basis,
        ruling=ruling,
        contested=contested,
        readings=readings,
        facts={"basis": event.basis, "paragraphs": len(settled.paragraphs)},
    )
    kept = with_question(state, settled, pending=waits_no_more(state, question.question))
    changed, more = take_effect(kept, event, settled)
    return changed, (found, *more), ()


def _without_a_vote(state: State, question: Question) -> dict[str, Choice]:
    """The ballots where a vote was taken; else those who are not known to be away, and say nothing, consent.

    **Source**: practice of the General Assembly: a text is adopted without a vote where nobody asks for one.
    """
    ballots = ballots_of(state, question)
    if {"yes", "no"} & set(question.ballots.values()):
        return ballots
    session = state.sessions.get(question.session) if question.session else None
    by_silence = kind_of(type(state.law.rules[question.rule])) == "consensus"
    consent: Choice = "not_participating" if by_silence else "yes"
    return {
        member: choice if member in question.ballots or (session and away(session, member)) else consent
        for member, choice in ballots.items()
    }


def _readings(state: State, question: Question, ballots: dict[str, Choice], ruling: Ruling) -> dict[str, str]:
    """The outcome under each reading of the rule, and of the statements of members that neither voted nor objected."""
    found = {name: str(outcome) for name, outcome in ruling.readings.items()} or {"as_written": ruling.outcome}
    doubtful = [
        member
        for member, statement, _ in question.statements
        if statement == "reserves_position" and ballots.get(member) not in {None, "no", "objects", "absent"}
    ]
    if not doubtful:
        return found
    objecting: dict[str, Choice] = {**ballots, **dict.fromkeys(doubtful, "objects")}
    other = rule_on(state, question, objecting)
    return {
        **{f"{name}, statements are no objections": outcome for name, outcome in found.items()},
        **{
            f"{name}, statements are objections": str(outcome)
            for name, outcome in (other.readings or {"as_written": other.outcome}).items()
        },
    }


def election_held(state: State, event: ElectionHeld) -> Changed:
    """A secret ballot: those above the minimum, by votes, until the seats are filled.

    **Source**: UNGA Rules of Procedure, rules 92 to 94; A/RES/60/251, paragraph 7 (a majority of the members).
    """
    if event.matter not in state.law.issues:
        return void(state, f"the charter has no matter '{event.matter}'", f"约章中没有名为“{event.matter}”的事项")
    if event.question in state.questions:
        return void(state, f"there is a question '{event.question}' already", f"已有名为“{event.question}”的问题")
    issue = state.law.issues[event.matter]
    size = len(state.members)
    voting = event.voting if event.voting is not None else size
    ranked = sorted(event.votes, key=lambda code: (-event.votes[code], code))
    enough = [code for code in ranked if _carries(state, issue.rule, event.votes[code], voting)]
    elected = enough[: event.seats]
    last = event.votes[elected[-1]] if elected else None
    crosses = len(enough) > event.seats and event.votes[enough[event.seats]] == last
    tied = [code for code in enough if event.votes[code] == last] if crosses else []
    certain = [code for code in elected if code not in tied]
    open_seats = event.seats - len(certain)
    outcome = "elected" if not open_seats else "incomplete"
    facts = {"elected": certain, "open_seats": open_seats, "tied": tied, "votes": event.votes}
    question = Question(
        event.question, "election", issue.organ, issue.rule, matter=event.matter, status="adopted", voted=1
    )
    kept = with_question(state, question)
    found = told(
        event.question,
        "election",
        outcome,
        state.on,
        rule=issue.rule,
        article=state.law.rules[issue.rule].article or NO_RULE,
        facts=facts,
    )
    cast = sum(event.votes.values())
    flags = ()
    if cast > event.seats * size:
        flags = (irregular("", f"{cast} votes for {event.seats} seats by {size} members", f"{size}个成员投出{cast}票"),)
    return kept, (found,), flags


def _carries(state: State, rule: str, votes: int, voting: int) -> bool:
    """Whether so many votes reach the rule's minimum, all other voters being against."""
    votes = min(votes, len(state.members))
    choices: dict[str, Choice] = {}
    for place, member in enumerate(state.members):
        choices[member] = "yes" if place < votes else "no" if place < voting else "absent"
    return state.law.decide(rule, choices, on=state.on, members=state.members).adopted
