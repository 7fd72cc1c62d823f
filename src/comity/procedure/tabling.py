"""Questions before the vote: proposals, amendments, division, motions, ballots, objections, statements."""

from __future__ import annotations

import datetime

from comity.kernel.errors import InputError
from comity.model.event.act import Act
from comity.model.event.questions import (
    AmendmentTabled,
    BallotCast,
    DivisionRequested,
    Effect,
    MotionMoved,
    ObjectionMade,
    ProposalTabled,
    ProposalWithdrawn,
    RulingAppealed,
    SilenceStarted,
    StatementMade,
)
from comity.model.ruling import Choice
from comity.procedure.amending import amended, with_clauses
from comity.procedure.changing import beyond, irregular, suspended, void, waiting, with_question
from comity.procedure.seats import SERVICE
from comity.procedure.state import Changed, Flag, Question, State
from comity.procedure.values import replace

PRECEDENCE = ("suspend_meeting", "adjourn_meeting", "adjourn_debate", "close_debate")
"""Motions in their order (UNGA Rules of Procedure, rule 77)."""


def proposal_tabled(state: State, event: ProposalTabled) -> Changed:
    """A proposal before the organ of its matter, under the rule of its matter."""
    if event.matter not in state.law.issues:
        return void(state, f"the charter has no matter '{event.matter}'", f"约章中没有名为“{event.matter}”的事项")
    issue = state.law.issues[event.matter]
    if not _may_propose(state, event, issue.organ):
        who = state.law.organs[issue.organ].proposes
        return beyond(
            state,
            f"{event.by} may not put a proposal in {issue.organ}: that is for {who}",
            f"{event.by}无权在{issue.organ}提案，提案权属于{who}",
            state.law.organs[issue.organ].where,
        )
    if refused := _reserved(state, event, issue.rule) or _impossible(state, event):
        return refused
    session = event.session or state.sitting.get(issue.organ)
    numbered = event.paragraphs
    paragraphs = ("",) * numbered if isinstance(numbered, int) else numbered
    sponsors = (*((event.member,) if event.member else ()), *event.sponsors)
    question = Question(
        event.question,
        "proposal",
        issue.organ,
        issue.rule,
        matter=event.matter,
        session=session,
        sponsors=tuple(dict.fromkeys(sponsors)),
        paragraphs=paragraphs,
        text=event.text,
        parties=event.parties,
        concerned=event.concerned,
        effect=event.effect,
    )
    return _asked(state, question)


def _impossible(state: State, event: ProposalTabled) -> Changed | None:
    """An effect that no decision can have: on the rights of those who are no members, or a charter that cannot act."""
    effect = event.effect
    if effect is None:
        return None
    for member in (effect.suspends, effect.restores, effect.expels, *effect.permits_vote):
        if member is not None and member not in state.members:
            return void(state, f"{member} is not a member on {event.on}", f"{member}于{event.on}并非成员")
    if effect.admits in state.members:
        return void(state, f"{effect.admits} is a member already", f"{effect.admits}已是成员")
    try:
        if effect.amends:
            amended(state.law, effect.amends)
        if effect.creates:
            with_clauses(state.law, effect.creates, state.members)
    except InputError as error:
        return void(state, error.message.rstrip("."), f"修正后的约章无法适用：{error.message}")
    return None


def _may_propose(state: State, event: Act, organ: str) -> bool:
    """Where any member may propose, a text of the chair or the secretariat can be taken up as well."""
    who = state.law.organs[organ].proposes
    if event.member is not None:
        return who in {None, "any_member", event.member}
    return event.by == "control" or who in {None, "any_member", event.by}


def _reserved(state: State, event: ProposalTabled, rule: str) -> Changed | None:
    """The flag where the charter reserves what is proposed to another rule; None where it does not."""
    effect, law = event.effect or Effect(), state.law
    asked = (
        (bool(effect.amends), law.amendment and law.amendment.rule),
        (bool(effect.admits), law.accession and law.accession.rule),
        (bool(effect.permits_vote), law.arrears and law.arrears.permits),
    )
    for proposed, own in asked:
        if proposed and own and own != rule:
            return beyond(
                state,
                f"{event.question} needs the rule '{own}'; matter '{event.matter}' is decided by '{rule}'",
                f"{event.question}须依规则“{own}”决定，而事项“{event.matter}”依“{rule}”决定",
            )
    return None


def proposal_withdrawn(state: State, event: ProposalWithdrawn) -> Changed:
    """Only a sponsor may withdraw, before voting has begun, and not what was amended."""
    question = open_question(state, event.question)
    if isinstance(question, tuple):
        return question
    if event.member is not None and event.member not in question.sponsors:
        return beyond(
            state,
            f"{event.member} did not sponsor {event.question} and cannot withdraw it",
            f"{event.member}并非{event.question}的提案方，无权撤回",
            "UNGA Rules of Procedure, rule 80",
        )
    if question.voted or question.ballots or question.amended:
        return beyond(
            state,
            f"{event.question} was voted on or amended and can no longer be withdrawn",
            f"{event.question}已表决或已修正，不得撤回",
            "UNGA Rules of Procedure, rule 80",
        )
    return _kept(state, replace(question, status="withdrawn"))


def amendment_tabled(state: State, event: AmendmentTabled) -> Changed:
    """A change to an open proposal, decided by the same rule."""
    question = open_question(state, event.to)
    if isinstance(question, tuple):
        return question
    beyond_text = [number for number in event.replaces if number > len(question.paragraphs)]
    if beyond_text:
        count = len(question.paragraphs)
        return void(
            state,
            f"{event.to} has {count} paragraphs; there is no paragraph {beyond_text[0]}",
            f"{event.to}共{count}段，没有第{beyond_text[0]}段",
        )
    amendment = Question(
        event.question,
        "amendment",
        question.organ,
        question.rule,
        matter=question.matter,
        session=question.session,
        sponsors=(event.member,) if event.member else (),
        to=event.to,
        removed=event.removed,
        changes=(*sorted(event.replaces.items()), *((0, text) for text in event.adds)),
    )
    return _asked(state, amendment)


def division_requested(state: State, event: DivisionRequested) -> Changed:
    """Each part becomes a question of its own; what is rejected falls out of the text."""
    question = open_question(state, event.question)
    if isinstance(question, tuple):
        return question
    count = len(question.paragraphs)
    if any(paragraph > count for part in event.parts for paragraph in part):
        return void(state, f"{event.question} has only {count} paragraphs", f"{event.question}仅有{count}段")
    made = state
    for number, part in enumerate(event.parts, 1):
        piece = Question(
            f"{event.question} part {number}",
            "division",
            question.organ,
            question.rule,
            matter=question.matter,
            session=question.session,
            to=event.question,
            changes=tuple((paragraph, "") for paragraph in part),
        )
        made, _, _ = _asked(made, piece)
    return made, (), ()


def motion_moved(state: State, event: MotionMoved) -> Changed:
    """A motion, decided by the organ's rule for procedure; out of order where one of higher precedence is pending."""
    about = state.questions.get(event.about) if event.about else None
    session = event.session or (about.session if about else None)
    sitting = state.sessions.get(session) if session else None
    organ = about.organ if about else sitting.organ if sitting else None
    if organ is None:
        return void(state, f"{event.question}: no session or proposal is named", f"{event.question}：未指明会议或提案")
    rule = state.law.organs[organ].procedure
    if event.motion == "preliminary_question" and about is not None:
        rule = state.law.issues[about.matter].preliminary or rule
    if event.motion == "reconsider":
        own = state.law.issues.get("reconsideration")
        rule = own.rule if own is not None and own.organ == organ else rule
    if rule is None:
        return void(state, f"{organ} has no rule for motions", f"{organ}没有关于程序动议的规则")
    flags = _out_of_order(state, event, session)
    motion = Question(
        event.question,
        "motion",
        organ,
        rule,
        matter=about.matter if about else "",
        session=session,
        to=event.about,
        motion=event.motion,
        sponsors=(event.member,) if event.member else (),
    )
    asked, told, _ = _asked(state, motion)
    return asked, told, flags


def _out_of_order(state: State, event: MotionMoved, session: str | None) -> tuple[Flag, ...]:
    if event.motion not in PRECEDENCE:
        return ()
    rank = PRECEDENCE.index(event.motion)
    before = [
        each.question
        for each in (state.questions[name] for name in sorted(state.unsettled))
        if each.sort == "motion" and not each.settled and each.session == session
        if each.motion in PRECEDENCE and PRECEDENCE.index(each.motion) < rank
    ]
    return tuple(
        irregular(
            "UNGA Rules of Procedure, rule 77",
            f"the motion {name} has precedence over {event.question}",
            f"动议{name}优先于{event.question}",
        )
        for name in sorted(before)
    )


def ruling_appealed(state: State, event: RulingAppealed) -> Changed:
    """An appeal against the chair, put to the vote at once: the ruling stands unless it is overturned."""
    question = state.questions.get(event.against)
    if question is None:
        return unknown(state, event.against)
    if not question.ruled:
        return void(state, f"{event.against} was not decided by a ruling of the chair", f"{event.against}并非主席裁定")
    rule = state.law.organs[question.organ].procedure
    if rule is None:
        return void(state, f"{question.organ} has no rule for appeals", f"{question.organ}没有关于申诉的规则")
    appeal = Question(
        event.question,
        "appeal",
        question.organ,
        rule,
        session=question.session,
        to=event.against,
        sponsors=(event.member,) if event.member else (),
    )
    return _asked(state, appeal)


def ballot_cast(state: State, event: BallotCast) -> Changed:
    """One ballot: of a member that is there, or by the member that represents it."""
    question = open_question(state, event.question)
    if isinstance(question, tuple):
        return question
    member = event.for_ or event.member
    if member is None:
        return beyond(state, f"{event.by} has no vote", f"{event.by}没有表决权")
    if event.member is None and event.by not in SERVICE:
        return beyond(state, f"{event.by} has no vote", f"{event.by}没有表决权")
    refused = _may_vote(state, question, member, event.member)
    if refused:
        return refused
    session = state.sessions.get(question.session) if question.session else None
    there = session.of(member) if session is not None else None
    if there in {"absent", "walked_out", "not_invited"}:
        return beyond(
            state,
            f"{member} is {there.replace('_', ' ')}: only members present and represented vote",
            f"{member}不在场：只有在场或被代表的成员可以投票",
        )
    return _kept(state, replace(question, ballots=question.ballots.set(member, event.choice)))


def _may_vote(state: State, question: Question, member: str, by: str | None) -> Changed | None:
    if member not in state.members:
        return beyond(state, f"{member} is not a member on {state.on}", f"{member}于{state.on}并非成员")
    if suspended(state, member):
        return beyond(state, f"the rights of {member} are suspended", f"{member}的权利已中止")
    session = state.sessions.get(question.session) if question.session else None
    if by is not None and by != member and (session is None or session.represented.get(member) != by):
        return beyond(state, f"{by} does not represent {member}", f"{by}不代表{member}")
    if session is not None and member in session.rejected:
        return beyond(
            state,
            f"the credentials of {member} are not accepted",
            f"{member}的全权证书未获接受",
            "UNGA Rules of Procedure, rules 27 to 29",
        )
    return None


def objection_made(state: State, event: ObjectionMade) -> Changed:
    """A formal objection counts where the member is there, or where a silence is running."""
    question = open_question(state, event.question)
    if isinstance(question, tuple):
        return question
    member = event.member
    if member is None:
        return beyond(state, f"{event.by} cannot object", f"{event.by}无权反对")
    if refused := _may_vote(state, question, member, member):
        return refused
    session = state.sessions.get(question.session) if question.session else None
    there = session.of(member) if session is not None and question.status != "silence" else None
    if there in {"absent", "walked_out", "not_invited"}:
        return beyond(
            state,
            f"{member} is {there.replace('_', ' ')}: only a member present can object",
            f"{member}不在场：只有在场成员可以反对",
            "WTO Agreement, Article IX:1, footnote 1",
        )
    return _kept(state, replace(question, ballots=question.ballots.set(member, "objects")))


def statement_made(state: State, event: StatementMade) -> Changed:
    """A statement on record; it changes no ballot."""
    question = state.questions.get(event.question)
    if question is None:
        return unknown(state, event.question)
    said = (event.member or event.by, event.statement, event.says)
    return _kept(state, replace(question, statements=(*question.statements, said)))


def silence_started(state: State, event: SilenceStarted) -> Changed:
    """The proposal is adopted unless silence is broken within the time."""
    question = open_question(state, event.question)
    if isinstance(question, tuple):
        return question
    within = event.within or getattr(state.law.rules[question.rule], "within", None)
    if within is None:
        return void(state, f"no time is set for {event.question}", f"未为{event.question}规定期限")
    if within.unit == "hour":
        if event.at is None:
            return void(state, "hours run from an instant: give `at`", "小时须自某一时刻起算：请给出at")
        at = within.later(event.at)
        return _silent(state, replace(question, status="silence", due=at.date(), at=at), at)
    due = within.after(event.on)
    return _silent(state, replace(question, status="silence", due=due), due)


def _silent(state: State, question: Question, due: datetime.date | datetime.datetime) -> Changed:
    """The question waits for its moment."""
    kept = with_question(state, question, pending=state.pending.set(question.question, due))
    return waiting(kept, question.due), (), ()


def open_question(state: State, name: str) -> Question | Changed:
    """The question, or the flag that says why nothing can be done with it."""
    question = state.questions.get(name)
    if question is None:
        return unknown(state, name)
    if question.settled:
        done = question.status.replace("_", " ")
        return void(state, f"{name} is settled already: {done}", f"{name}已有结论")
    return question


def unknown(state: State, name: str) -> Changed:
    """The flag for a question that nobody put."""
    return void(state, f"there is no question '{name}'", f"没有名为“{name}”的问题")


def _asked(state: State, question: Question) -> Changed:
    if question.question in state.questions:
        return void(state, f"there is a question '{question.question}' already", f"已有名为“{question.question}”的问题")
    return _kept(state, question)


def _kept(state: State, question: Question) -> Changed:
    return with_question(state, question), (), ()


VOTED: tuple[Choice, ...] = ("yes", "no", "abstain", "not_participating", "absent", "objects")
"""The six choices, in the order in which they are counted."""
