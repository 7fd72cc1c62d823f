"""Sessions: opening, credentials, attendance, agenda, the presence to open a meeting, close."""

from __future__ import annotations

from fractions import Fraction

from comity.model.event.sessions import (
    AgendaAdopted,
    AttendanceRecorded,
    CredentialsExamined,
    MeetingOpened,
    SessionClosed,
    SessionOpened,
)
from comity.model.parts import Organ
from comity.model.ruling import Choice
from comity.model.tally import Tally
from comity.procedure.changing import irregular, nothing, told, void, waits_no_more, with_question
from comity.procedure.state import Changed, Determination, Flag, Session, State
from comity.procedure.values import replace


def session_opened(state: State, event: SessionOpened) -> Changed:
    """An organ sits; a special session needs enough members that ask for it."""
    if event.organ not in state.law.organs:
        return void(state, f"there is no organ '{event.organ}'", f"没有名为“{event.organ}”的机关")
    if event.session in state.sessions:
        return void(state, f"there is a session '{event.session}' already", f"已有名为“{event.session}”的会议")
    organ = state.law.organs[event.organ]
    flags = list[Flag]()
    if event.special and organ.convened_by is not None:
        share, strict = organ.convened_by.bound(event.on)
        needed, asked = share * len(state.members), len(set(event.requested_by) & set(state.members))
        if asked < needed or (strict and asked == needed):
            flags.append(
                irregular(
                    organ.where,
                    f"{asked} members asked for a special session of {event.organ}; {needed} are needed",
                    f"要求召开{event.organ}特别会议的成员有{asked}个，须有{needed}个",
                )
            )
    session = Session(event.session, event.organ)
    for member in event.not_invited:
        session = replace(session, attendance=session.attendance.set(member, "not_invited"))
    opened = replace(
        state,
        sessions=state.sessions.set(event.session, session),
        sitting=state.sitting.set(event.organ, event.session),
    )
    return opened, (), tuple(flags)


def credentials_examined(state: State, event: CredentialsExamined) -> Changed:
    """Members whose credentials are rejected cannot act until they are accepted."""
    session = state.sessions.get(event.session)
    if session is None:
        return _unknown(state, event.session)
    rejected = (session.rejected | set(event.rejected)) - set(event.accepted)
    return _kept(state, replace(session, rejected=rejected))


def attendance_recorded(state: State, event: AttendanceRecorded) -> Changed:
    """Who is there, at which level, and who represents whom; no more than the organ allows."""
    session = state.sessions.get(event.session)
    if session is None:
        return _unknown(state, event.session)
    attendance, represented, level = session.attendance, session.represented, session.level
    for word in ("present", "absent", "walked_out"):
        for member in getattr(event, word):
            attendance = attendance.set(member, word)
    flags = list[Flag]()
    allowed = state.law.organs[session.organ].proxies
    for member, by in event.represented.items():
        if by not in state.members:
            flags.append(irregular("", f"{by} is no member and represents nobody", f"{by}并非成员，不代表任何一方"))
            continue
        carried = sum(each == by and one != member for one, each in represented.items())
        if carried >= allowed:
            flags.append(
                irregular(
                    state.law.organs[session.organ].where,
                    f"{by} may represent {allowed} other members in {session.organ}, not {carried + 1}",
                    f"在{session.organ}中{by}至多可代表{allowed}个其他成员",
                )
            )
            continue
        attendance, represented = attendance.set(member, "represented_by_proxy"), represented.set(member, by)
    for member, rank in event.level.items():
        level = level.set(member, rank)
    strangers = [member for member in sorted(attendance) if member not in state.members]
    if strangers:
        flags.append(
            irregular("", f"{', '.join(strangers)}: recorded without being a member", f"{'、'.join(strangers)}并非成员")
        )
    changed = replace(
        session,
        attendance=attendance,
        represented=represented,
        level=level,
        others=event.others or session.others,
    )
    kept, told_, _ = _kept(state, changed)
    return kept, told_, tuple(flags)


def agenda_adopted(state: State, event: AgendaAdopted) -> Changed:
    """The items of a session."""
    session = state.sessions.get(event.session)
    if session is None:
        return _unknown(state, event.session)
    unknown = [each.matter for each in event.items if each.matter and each.matter not in state.law.issues]
    kept, _, _ = _kept(state, replace(session, agenda=tuple((each.item, each.matter) for each in event.items)))
    flags = [
        irregular("", f"the charter has no matter '{matter}'", f"约章中没有名为“{matter}”的事项") for matter in unknown
    ]
    return kept, (), tuple(flags)


def meeting_opened(state: State, event: MeetingOpened) -> Changed:
    """Whether enough members are there to open the meeting."""
    session = state.sessions.get(event.session)
    if session is None:
        return _unknown(state, event.session)
    found = presence(state, session, state.law.organs[session.organ])
    if found is None:
        return nothing(state)
    if found.outcome == "met":
        return state, (found,), ()
    flag = irregular(found.article, "the meeting opens below its quorum", "会议未达法定人数即行开会")
    return state, (found,), (flag,)


def presence(state: State, session: Session, organ: Organ) -> Determination | None:
    """The presence to open, as a determination; None where no quorum is written, unknown where attendance is."""
    if organ.quorum is None:
        return None
    quorums = [each for each in organ.quorum.each() if each.bound("open", state.on)]
    if not quorums:
        return None
    unknown = [member for member in state.members if session.of(member) is None]
    there: dict[str, Choice] = {
        member: "abstain" if session.of(member) in {"present", "represented_by_proxy"} else "absent"
        for member in state.members
    }
    by_weight = any(each.of == "weight" for each in quorums)
    tally = Tally(there, _weights(state, session.organ) if by_weight else {})
    asked = [tally.quorum(each, "open", state.on) for each in quorums]
    held = all(each.held for each in asked)
    outcome = "met" if held else "unknown" if unknown else "not_met"
    facts = {"present": asked[0].reached, "required": asked[0].required, "members": Fraction(len(state.members))}
    for each in asked:
        if each.unit == "weight":
            facts |= {"weight_present": each.reached, "weight_required": each.required, "weight": each.base}
    return told(session.session, "quorum", outcome, state.on, article=organ.where, facts=facts)


def _weights(state: State, organ: str) -> dict[str, Fraction]:
    """The weights with which an organ's members count: those of the first of its rules that weighs."""
    named = [issue.rule for issue in state.law.issues.values() if issue.organ == organ]
    weighing = next(state.law.rules[name] for name in named if state.law.rules[name].weighs)
    return dict(zip(state.members, weighing.weights_of(list(state.members), state.on), strict=True))


def session_closed(state: State, event: SessionClosed) -> Changed:
    """The session ends; what was not decided in it lapses."""
    session = state.sessions.get(event.session)
    if session is None:
        return _unknown(state, event.session)
    closed = replace(state, sessions=state.sessions.set(event.session, replace(session, open=False)))
    for name in sorted(state.unsettled):
        question = state.questions[name]
        if question.session == event.session and question.status != "silence":
            lapsed = replace(question, status="lapsed")
            closed = with_question(closed, lapsed, pending=waits_no_more(closed, name))
    if state.sitting.get(session.organ) == event.session:
        closed = replace(closed, sitting=state.sitting.delete(session.organ))
    return closed, (), ()


def _kept(state: State, session: Session) -> Changed:
    return replace(state, sessions=state.sessions.set(session.session, session)), (), ()


def _unknown(state: State, session: str) -> Changed:
    return void(state, f"there is no session '{session}'", f"没有名为“{session}”的会议")
