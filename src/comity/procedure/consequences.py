"""What a decision does: the text that is changed or adopted, members admitted or suspended, the charter amended."""

from __future__ import annotations

from typing import Any

from comity.model.event.act import Act
from comity.model.event.questions import Effect
from comity.procedure.amending import amended, with_clauses
from comity.procedure.changing import members_on, told, with_question
from comity.procedure.duties import signalled
from comity.procedure.state import Determination, Question, Standing, State, Treaty
from comity.procedure.values import replace

Done = tuple[State, tuple[Determination, ...]]


def take_effect(state: State, event: Act, question: Question) -> Done:
    """The effect of a settled question."""
    adopted = question.status == "adopted"
    if question.sort in {"amendment", "division"} and question.to:
        return _text_changed(state, question, adopted=adopted), ()
    if question.sort == "motion":
        return (_motion_carried(state, question), ()) if adopted else (state, ())
    if question.sort == "appeal":
        return _appeal_decided(state, event, question, overturned=adopted)
    if adopted and question.effect is not None:
        return _effect(state, question, question.effect)
    return state, ()


def _text_changed(state: State, question: Question, *, adopted: bool) -> State:
    """An adopted amendment changes the text; a rejected part falls out of it."""
    parent = state.questions[question.to or ""]
    if parent.settled:  # the text as it was decided stands
        return state
    paragraphs = list(parent.paragraphs)
    if question.sort == "division" and not adopted:
        for number, _ in question.changes:
            paragraphs[number - 1] = ""
    elif question.sort == "amendment" and adopted:
        for number, text in question.changes:
            if number:
                paragraphs[number - 1] = text
            else:
                paragraphs.append(text)
    else:
        return state
    changed = replace(parent, paragraphs=tuple(paragraphs), amended=True)
    return with_question(state, changed)


def _motion_carried(state: State, motion: Question) -> State:
    """Debate adjourned: the proposal lapses for the session. A matter found procedural is decided by that rule."""
    about = state.questions.get(motion.to or "")
    if about is None or about.settled != (motion.motion == "reconsider"):
        return state
    if motion.motion == "adjourn_debate":
        changed = replace(about, status="lapsed")
    elif motion.motion == "preliminary_question":
        rule = state.law.organs[about.organ].procedure
        changed = replace(about, rule=rule or about.rule)
    elif motion.motion == "reconsider":
        changed = replace(about, status="open", voted=0, ruled=False, ballots=type(about.ballots)())
    else:
        return state
    return with_question(state, changed)


def _appeal_decided(state: State, event: Act, appeal: Question, *, overturned: bool) -> Done:
    """A ruling of the chair stands unless the appeal against it carries."""
    about = state.questions[appeal.to or ""]
    if not overturned:
        return state, (told(about.question, "chair", "stands", state.on, facts={"appeal": appeal.question}),)
    back = {"adopted": "not_adopted", "not_adopted": "adopted", "takes_note": "not_adopted"}
    status: Any = back.get(about.status, "open")
    changed = replace(about, status=status, ruled=False)
    kept = with_question(state, changed)
    found = told(about.question, "chair", "overturned", state.on, facts={"appeal": appeal.question, "now": status})
    if status != "adopted":
        return kept, (found,)
    after, more = take_effect(kept, event, changed)
    return after, (found, *more)


def _effect(state: State, question: Question, effect: Effect) -> Done:
    found = list[Determination]()
    for word in ("admits", "suspends", "restores", "expels"):
        member = getattr(effect, word)
        if member is not None:
            state, determination = changed_standing(state, word, member, question.question)
            found.append(determination)
    for member in effect.permits_vote:
        standing = replace(state.standings.get(member, Standing()), may_vote=True)
        state = replace(state, standings=state.standings.set(member, standing))
        found.append(told(member, "membership", "may_vote", state.on, facts={"by": question.question}))
    for name in effect.terminates:
        state, more = _terminated(state, name, question.question)
        found += more
    if effect.creates:
        state, more = _created(state, question, effect)
        found += more
    if effect.amends:
        state, more = _amended(state, question, effect)
        found += more
    return state, tuple(found)


def _terminated(state: State, name: str, basis: str) -> Done:
    """A text or a clause that ends."""
    found = list[Determination]()
    if name in state.questions:
        ended = replace(state.questions[name], status="lapsed")
        state = with_question(state, ended)
        found.append(told(name, "vote", "terminated", state.on, facts={"by": basis}))
    for clause, obligor in sorted(state.duties):
        if clause == name and clause in state.law.clauses:
            state, more, _ = signalled(state, clause, obligor, "terminated")
            found += more
    return state, tuple(found)


STANDINGS = {"admits": "admitted", "suspends": "suspended", "restores": "restored", "expels": "expelled"}


def changed_standing(state: State, word: str, member: str, basis: str) -> tuple[State, Determination]:
    """A member admitted, suspended, restored or expelled."""
    standing = state.standings.get(member, Standing())
    if word == "admits":
        standing = replace(standing, joined=state.on, left=None, leaving=None, suspended=None, until=None)
    elif word == "suspends":
        standing = replace(standing, suspended=basis)
    elif word == "restores":
        standing = replace(standing, suspended=None, until=None)
    else:
        standing = replace(standing, left=state.on)
    changed = replace(state, standings=state.standings.set(member, standing))
    changed = replace(changed, members=members_on(changed.law, changed, changed.on))
    return changed, told(member, "membership", STANDINGS[word], state.on, facts={"by": basis})


def _amended(state: State, question: Question, effect: Effect) -> Done:
    """An amendment of the charter: at once, or when enough members have accepted it."""
    amending = state.law.amendment
    entry = amending.entry_into_force if amending else None
    if entry is None:
        return _in_place(state, effect)
    from comity.model.instrument import Instrument

    terms = Instrument(adopted=state.on, entry_into_force=entry)
    treaties = state.treaties.set(question.question, Treaty(terms))
    found = told(question.question, "entry_into_force", "adopted", state.on, facts={"parts": sorted(effect.amends)})
    return replace(state, treaties=treaties), (found,)


def brought_into_force(state: State, name: str) -> Done:
    """What follows when an instrument is in force: where it amends the charter, the charter changes."""
    question = state.questions.get(name)
    if question is None or question.effect is None or not question.effect.amends:
        return state, ()
    return _in_place(state, question.effect)


def _created(state: State, question: Question, effect: Effect) -> Done:
    """Clauses that a decision creates: promises under the charter, and no change of it."""
    law = with_clauses(state.law, effect.creates, state.members)
    facts = {"by": question.question}
    found = tuple(told(name, "clause", "created", state.on, facts=facts) for name in sorted(effect.creates))
    return replace(state, law=law), found


def _in_place(state: State, effect: Effect) -> Done:
    law = amended(state.law, effect.amends)
    changed = replace(state, law=law)
    changed = replace(changed, members=members_on(law, changed, state.on))
    facts = {"parts": sorted(effect.amends), "digest": law.digest}
    return changed, (told("charter", "entry_into_force", "in_force", state.on, facts=facts),)
