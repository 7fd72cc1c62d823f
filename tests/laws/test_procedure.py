"""Laws that the procedure keeps, for random events of every kind in random order."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comity
from comity.kernel.canonical import digest
from comity.kernel.errors import InputError
from comity.model.event import EVENTS, event
from comity.model.event.act import Act
from comity.model.institution import Institution
from comity.model.seat import Move, Span
from comity.procedure import State, Step, advance, apply, legal, start, view
from comity.procedure.amending import amended
from comity.procedure.seats import CONDUCT, SERVICE, THIRD_STATES

DAY = datetime.date(2026, 2, 6)
MEMBERS = ("USA", "CHN", "RUS", "IND", "JPN")
CODES = (*MEMBERS, "FRA")
SEATS = (*(f"member:{code}" for code in CODES), "chair", "secretariat", "control", "depositary", "observer:IMF")
QUESTIONS, SESSIONS = ("Q1", "Q2", "Q3"), ("S1", "S2")
CHOICES = ("yes", "no", "abstain", "not_participating", "absent", "objects")
CLAUSES = {
    name: {
        "issue": "energy",
        "obligor": ["JPN", "IND"],
        "by": "2026-12-31",
        "verified": {"by": "secretariat", "every": "6 months"},
        "breach": {"grace": "90 days", "then": then, "within": "180 days"},
        **made,
    }
    for name, then, made in (
        ("stocks", "renegotiate", {"kind": "target", "metric": "days", "at_least": 90}),
        ("dues", "pay", {"kind": "payment", "amount": "90 USD", "to": "common_fund"}),
        ("account", "suspend", {"kind": "report", "since": "2026-05-01", "force": "politically_binding"}),
    )
}


def body() -> Institution:
    """A body of five in which everything can happen: motions, proxies, ties, deferral, silence, exit, arrears."""
    seen = {"kind": "consensus", "objection": "members_present"}
    agreement = {"entry_into_force": {"deposits": 2, "delay": "30 days"}, "withdrawal": {"notice": "1 year"}}
    return amended(
        comity.load("g5"),
        {
            "organs.council.procedure": "majority",
            "organs.council.proxies": 1,
            "organs.council.convened_by": {"at_least": "1/2"},
            "rules.tied": {"kind": "majority", "more_than": "1/2", "of": "present_and_voting", "tie": "second_vote",
                           "second_vote": {"within": "48 hours"}},
            "rules.deferred": {**seen, "fallback": {"rule": "majority", "after": "24 hours"}},
            "rules.silent": {"kind": "silence_procedure", "within": "14 days"},
            "rules.guarded": {"kind": "majority", "at_least": "2/5", "of": "present_and_voting", "veto": ["USA", "CHN"]},
            "issues.energy.preliminary": "guarded",
            "issues.public_health.rule": "tied",
            "issues.anti_piracy.rule": "deferred",
            "issues.climate_monitoring.rule": "silent",
            "arrears": {"years": 2},
            "amendment": {"rule": "budget", "entry_into_force": {"deposits": 2, "delay": "1 day"}},
            "exit": {"notice": "12 months", "not_before": "1 year", "follows": ["elsewhere"]},
            "instruments": {"agreement": {**agreement, "provisional": True}},
            "clauses": CLAUSES,
        },
    )  # fmt: skip


BODY = body()
MATTERS = tuple(BODY.issues)

codes = st.lists(st.sampled_from(CODES), max_size=3, unique=True).map(tuple)
code = st.sampled_from(CODES)
question = st.sampled_from(QUESTIONS)
session = st.sampled_from(SESSIONS)
money = st.sampled_from(["10 million USD", "90 USD", "5 million EUR"])
later = st.sampled_from([None, "2026-03-01", "2026-09-01", "2027-06-01"])
words = st.sampled_from(["", "words"])
effects = st.fixed_dictionaries(
    {},
    optional={
        "admits": code, "suspends": code, "restores": code, "expels": code, "permits_vote": codes,
        "terminates": st.just(("stocks",)), "amends": st.just({"rules.majority.at_least": "4/5"}),
    },
)  # fmt: skip
LABELS = {
    "pledge": st.sampled_from(["P1", "P1", "P2"]),
    "review": st.sampled_from(["R1", "R1", "R2"]),
    "amendment": question,
}
FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "session_opened": {"session": session, "organ": st.sampled_from(["council", "leaders"]), "special": st.booleans(),
                       "requested_by": codes, "not_invited": codes},
    "credentials_examined": {"session": session, "rejected": codes, "accepted": codes},
    "attendance_recorded": {"session": session, "present": codes, "absent": codes, "walked_out": codes,
                            "represented": st.dictionaries(code, code, max_size=2),
                            "others": st.sampled_from([None, "present", "absent"])},
    "agenda_adopted": {"session": session, "items": st.just(({"item": "1", "matter": "energy"},))},
    "meeting_opened": {"session": session},
    "session_closed": {"session": session},
    "proposal_tabled": {"question": question, "matter": st.sampled_from(MATTERS), "paragraphs": st.just(3),
                        "parties": codes, "concerned": codes, "effect": st.none() | effects},
    "proposal_withdrawn": {"question": question},
    "amendment_tabled": {"question": st.sampled_from(["A1", "A2"]), "to": question, "removed": st.integers(1, 3),
                         "replaces": st.dictionaries(st.integers(1, 4), words, max_size=2)},
    "division_requested": {"question": question, "parts": st.sampled_from([((1,), (2, 3)), ((9,),)])},
    "motion_moved": {"question": st.sampled_from(["M1", "M2"]), "about": st.none() | question,
                     "session": st.none() | session,
                     "motion": st.sampled_from(["suspend_meeting", "adjourn_debate", "close_debate",
                                                "preliminary_question", "reconsider"])},
    "ballot_cast": {"question": st.sampled_from([*QUESTIONS, "A1", "M1", "L1"]), "choice": st.sampled_from(CHOICES),
                    "for": st.none() | code},
    "votes_recorded": {"question": st.sampled_from([*QUESTIONS, "A1", "M1", "L1"]), "yes": codes, "no": codes,
                       "others": st.none() | st.sampled_from(CHOICES),
                       "counts": st.dictionaries(st.sampled_from(CHOICES), st.integers(0, 4), max_size=2)},
    "objection_made": {"question": question},
    "statement_made": {"question": question, "statement": st.sampled_from(["reserves_position", "statement"])},
    "silence_started": {"question": question, "within": st.none() | st.sampled_from(["3 days", "72 hours"])},
    "question_put": {"question": st.sampled_from([*QUESTIONS, "A1", "M1", "L1"])},
    "chair_ruled": {"question": question, "outcome": st.sampled_from(["adopted", "not_adopted", "takes_note"])},
    "ruling_appealed": {"question": st.just("L1"), "against": question},
    "election_held": {"question": st.sampled_from(["E1", "E2"]), "matter": st.sampled_from(MATTERS),
                      "seats": st.integers(1, 3), "votes": st.dictionaries(code, st.integers(0, 5), max_size=4)},
    "instrument_adopted": {"instrument": st.sampled_from(["agreement", "other"]), "terms": st.just({})},
    "signed": {"instrument": st.sampled_from(["agreement", "other"])},
    "deposited": {"instrument": st.sampled_from(["agreement", "other"])},
    "reservation_made": {"instrument": st.just("agreement"), "provision": words},
    "reservation_objected": {"instrument": st.just("agreement"), "of": code},
    "provisionally_applied": {"instrument": st.just("agreement")},
    "withdrawal_notified": {"instrument": st.sampled_from([None, "agreement"]), "received": st.booleans()},
    "withdrawal_revoked": {"instrument": st.sampled_from([None, "agreement"])},
    "membership_lost": {"elsewhere": st.sampled_from(["elsewhere", "nowhere"]), "state": code, "stays": st.booleans()},
    "amendment_accepted": {"amendment": question},
    "member_suspended": {"state": code, "until": later},
    "contribution_announced": {"pledge": LABELS["pledge"], "amount": money},
    "contribution_confirmed": {"pledge": LABELS["pledge"], "amount": st.none() | money, "due": later},
    "contribution_assessed": {"state": code, "year": st.sampled_from([2024, 2025]), "amount": money,
                              "due": st.just("2025-03-01")},
    "contribution_paid": {"pledge": st.none() | LABELS["pledge"], "amount": money,
                          "clause": st.sampled_from([None, "dues"]), "state": st.none() | code},
    "contribution_rescinded": {"pledge": LABELS["pledge"], "amount": st.none() | money},
    "measured": {"value": st.sampled_from([None, 0, 1, 89, 95])},
    "notice_given": {},
    "excuse_invoked": {"circumstance": st.just("necessity"), "until": later},
    "clause_renegotiated": {"due": later, "value": st.sampled_from([None, 50])},
    "clause_suspended": {}, "clause_resumed": {}, "clause_terminated": {},
    "review_scheduled": {"review": LABELS["review"], "state": code, "session": session},
    "report_submitted": {"review": LABELS["review"], "report": st.sampled_from(["national", "stakeholders"])},
    "review_opened": {"review": LABELS["review"], "state_present": st.sampled_from([None, True, False])},
    "review_rescheduled": {"review": LABELS["review"], "session": session},
    "recommendation_made": {"review": LABELS["review"], "recommendation": st.just("R")},
    "recommendation_answered": {"review": LABELS["review"], "recommendation": st.just("R"),
                                "answer": st.sampled_from(["supported", "noted"])},
    "implementation_reported": {"review": LABELS["review"], "recommendation": st.just("R"),
                                "status": st.just("implemented")},
    "non_cooperation_found": {"review": LABELS["review"], "persistent": st.booleans()},
}  # fmt: skip
"""What may be drawn for each kind of event."""
OF_CLAUSE = {"measured", "notice_given", "excuse_invoked"} | {kind for kind in EVENTS if kind.startswith("clause_")}
REFORM = {"amends": {"rules.budget.at_least": "3/5"}}
BEGUN: list[dict[str, Any]] = [
    {"kind": "session_opened", "session": "S1", "organ": "council"},
    {"kind": "attendance_recorded", "session": "S1", "others": "present", "represented": {"RUS": "IND"}},
    {"kind": "proposal_tabled", "question": "Q1", "matter": "energy", "paragraphs": 3, "by": "member:JPN"},
    {"kind": "proposal_tabled", "question": "Q2", "matter": "public_health", "by": "member:IND"},
    {"kind": "proposal_tabled", "question": "Q3", "matter": "common_fund", "by": "member:USA", "effect": REFORM},
    {"kind": "votes_recorded", "question": "Q3", "others": "yes"},
    {"kind": "chair_ruled", "question": "Q2", "outcome": "adopted", "by": "chair"},
    {"kind": "contribution_announced", "pledge": "P1", "amount": "10 million USD", "by": "member:JPN"},
    {"kind": "contribution_assessed", "state": "JPN", "year": 2025, "amount": "10 million USD", "due": "2025-03-01"},
    {"kind": "review_scheduled", "review": "R1", "state": "JPN", "session": "S2"},
    {"kind": "review_opened", "review": "R1", "state_present": True},
    {"kind": "recommendation_made", "review": "R1", "recommendation": "R", "by": "member:USA"},
    {"kind": "deposited", "instrument": "agreement", "by": "member:JPN"},
    {"kind": "measured", "clause": "stocks", "obligor": "JPN", "value": 80, "on": "2027-01-10"},
    {"kind": "measured", "clause": "dues", "obligor": "IND", "value": 1, "on": "2027-01-10"},
    {"kind": "notice_given", "clause": "dues", "obligor": "IND", "by": "member:USA", "on": "2027-01-10"},
]
"""How a log may begin, up to any place, so that there is something to be done."""


@st.composite
def acts(draw: st.DrawFn, on: datetime.date, kinds: tuple[str, ...] = tuple(EVENTS), by: Any = None) -> Act:
    kind = draw(st.sampled_from(kinds))
    fields = dict(FIELDS[kind])
    if kind in OF_CLAUSE:
        fields |= {"clause": st.sampled_from([*CLAUSES, "nothing"]), "obligor": st.sampled_from(["JPN", "IND", "USA"])}
    made = draw(st.fixed_dictionaries(fields))
    fitting = SERVICE if kind in CONDUCT | OF_CLAUSE else SEATS[: len(CODES)]
    seats = sorted(fitting) if draw(st.integers(0, 3)) else SEATS
    return event({"kind": kind, "on": on, "by": by or draw(st.sampled_from(seats)), **made})


@st.composite
def filled(draw: st.DrawFn, state: State, move: Move, seat: str) -> dict[str, Any]:
    """The event of a move, its slots filled with something that fits."""
    values: dict[str, Any] = {}
    for name, allowed in move.slots.items():
        if isinstance(allowed, tuple):
            values[name] = draw(st.sampled_from(allowed))
        elif isinstance(allowed, Span):
            values[name] = draw(st.sampled_from([allowed.low, allowed.high]))
        elif name in {"question", "session", "recommendation"}:
            values[name] = f"new {state.number}"
        elif name == "amount":
            values[name] = "1 USD"
        elif name == "value":
            values[name] = draw(st.sampled_from([None, 0, 1, 95]))
        elif name in {"says", "basis", "provision"}:
            values[name] = "words"
    return move.event(seat, state.on, **values)


@st.composite
def moved(draw: st.DrawFn, state: State, on: datetime.date) -> Act | None:
    """What some seat may do now, its slots filled; None where the seat may do nothing."""
    seat = draw(st.sampled_from([*SEATS, "verifier:secretariat"]))
    moves = legal(advance(state, on).state, seat)
    if not moves:
        return None
    kind = draw(st.sampled_from(sorted({move.kind for move in moves})))
    move = draw(st.sampled_from([move for move in moves if move.kind == kind]))
    return event({**draw(filled(state, move, seat)), "on": on})


@st.composite
def logs(draw: st.DrawFn, least: int = 0, most: int = 12) -> list[Act]:
    """A log in the order of time: anything by anybody, or what somebody may do; now and then with its hour."""
    made = [event({"on": DAY, **each}) for each in BEGUN[: draw(st.integers(0, len(BEGUN)))]]
    state, on = run(made), made[-1].on if made else DAY
    for _ in range(draw(st.integers(least, most))):
        on += datetime.timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 2, 14, 90, 200])))
        drawn = draw(moved(state, on)) if draw(st.booleans()) else None
        drawn = drawn or draw(acts(on))
        if draw(st.integers(0, 5)) == 0:
            at = datetime.datetime(on.year, on.month, on.day, draw(st.integers(0, 23)), tzinfo=datetime.UTC)
            drawn = drawn.model_copy(update={"at": at})
        made.append(drawn)
        state = run([drawn], state)
    return made


def run(log: list[Act], state: State | None = None) -> State:
    state = state or start(BODY)
    for each in log:
        state = apply(state, each).state
    return state


def at_the_end(state: State, on: datetime.date = datetime.date(2031, 1, 1)) -> str:
    return digest(view(advance(state, max(on, state.on)).state))


def test_every_kind_of_event_is_drawn():
    assert set(FIELDS) == set(EVENTS)


@settings(max_examples=120, deadline=None)
@given(logs())
def test_any_log_gives_a_state_and_the_same_log_the_same_state(log: list[Act]):
    first = run(log)
    assert first.number == len(log)
    assert digest(view(first)) == digest(view(run(log)))
    for seat in SEATS:
        assert legal(first, seat) is not None
        assert digest(view(first, seat))


@settings(max_examples=60, deadline=None)
@given(logs(least=1))
def test_applying_leaves_the_old_state_as_it_was(log: list[Act]):
    before = run(log[:-1])
    seen = digest(view(before)), before
    apply(before, log[-1])
    advance(before, datetime.date(2031, 1, 1))
    assert (digest(view(before)), before) == seen


@settings(max_examples=80, deadline=None)
@given(logs(least=1), st.data())
def test_a_log_can_be_split_and_time_told_in_between(log: list[Act], data: st.DataObject):
    place = data.draw(st.integers(0, len(log)))
    state = run(log[:place])
    upto = log[place].on if place < len(log) else state.on
    told = advance(state, max(state.on, upto)).state
    assert at_the_end(run(log[place:], told)) == at_the_end(run(log))


@settings(max_examples=80, deadline=None)
@given(logs(), st.integers(0, 900), st.integers(0, 900))
def test_time_passes_the_same_at_once_and_in_steps(log: list[Act], first: int, second: int):
    state = run(log)
    to = [state.on + datetime.timedelta(days=days) for days in sorted((first, second))]
    halfway = advance(state, to[0])
    steps, once = advance(halfway.state, to[1]), advance(state, to[1])
    assert digest(view(steps.state)) == digest(view(once.state))
    assert (*halfway.determinations, *steps.determinations) == once.determinations


@settings(max_examples=60, deadline=None)
@given(logs(), st.integers(0, 900))
def test_time_runs_forwards_only(log: list[Act], days: int):
    state = run(log)
    if days:
        with pytest.raises(InputError, match="has been reached"):
            advance(state, state.on - datetime.timedelta(days=days))


COMMUTING = ("ballot_cast", "statement_made", "signed", "attendance_recorded")


@settings(max_examples=100, deadline=None)
@given(logs(most=6), st.data())
def test_acts_of_different_members_commute(log: list[Act], data: st.DataObject):
    """Ballots, statements, signatures and attendance of different members, in whatever order they are recorded."""
    state = run(log)
    kind = data.draw(st.sampled_from(COMMUTING))
    pair: list[Act] = []
    for member in ("JPN", "IND"):
        made: dict[str, Any] = {"kind": kind, "on": state.on, "by": f"member:{member}"}
        if kind == "attendance_recorded":
            word = data.draw(st.sampled_from(["present", "absent", "walked_out"]))
            made |= {"by": "secretariat", "session": "S1", word: (member,)}
        elif kind == "signed":
            made |= {"instrument": "agreement"}
        elif kind == "statement_made":
            made |= {"question": f"Q{len(pair) + 1}", "statement": "statement"}
        else:
            made |= {"question": "Q1", "choice": data.draw(st.sampled_from(CHOICES))}
        pair.append(event(made))
    assert digest(view(run(pair, state))) == digest(view(run(pair[::-1], state)))


RULED = ("energy", "common_fund", "public_health", "rare_earths", "anti_piracy", "climate_monitoring", "guarded")


def voted(matter: str, ballots: dict[str, str]) -> Step:
    """The vote on one matter, ballot by ballot."""
    law = amended(BODY, {"issues.energy.rule": "guarded"}) if matter == "guarded" else BODY
    state = start(law)
    made: list[dict[str, Any]] = [
        {"kind": "proposal_tabled", "question": "Q", "by": "member:JPN", "matter": (law.issues.get(matter) and matter) or "energy"},
        *({"kind": "ballot_cast", "question": "Q", "by": f"member:{member}", "choice": choice}
          for member, choice in ballots.items()),
    ]  # fmt: skip
    state = run([event({"on": DAY, **each}) for each in made], state)
    return apply(state, event({"kind": "question_put", "on": DAY, "question": "Q"}))


def outcome(step: Step) -> str:
    return step.determinations[0].outcome


some_ballots = st.fixed_dictionaries({member: st.sampled_from(CHOICES) for member in MEMBERS})


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(RULED), some_ballots, st.sampled_from(MEMBERS))
def test_one_more_yes_never_turns_adoption_into_rejection(matter: str, ballots: dict[str, str], member: str):
    if outcome(voted(matter, ballots)) == "adopted":
        assert outcome(voted(matter, {**ballots, member: "yes"})) == "adopted"


@settings(max_examples=60, deadline=None)
@given(some_ballots, st.sampled_from(MEMBERS))
def test_of_those_voting_an_absence_matters_only_for_the_quorum(ballots: dict[str, str], member: str):
    outcomes = {
        outcome(voted("public_health", {**ballots, member: choice})) for choice in ("absent", "abstain")
    } - {"no_quorum"}  # fmt: skip
    assert len(outcomes) <= 1


@settings(max_examples=80, deadline=None)
@given(logs(), st.data())
def test_what_is_legal_is_not_beyond_powers(log: list[Act], data: st.DataObject):
    state = run(log)
    seat = data.draw(st.sampled_from([*SEATS, "verifier:secretariat"]))
    moves = legal(state, seat)
    assert len({move.id for move in moves}) == len(moves), "moves share a name"
    if moves:
        move = data.draw(st.sampled_from(moves))
        flags = apply(state, event(data.draw(filled(state, move, seat)))).flags
        assert [flag.says.en for flag in flags if flag.what != "irregular"] == []


@settings(max_examples=100, deadline=None)
@given(logs(most=8), st.data())
def test_a_stranger_changes_nothing(log: list[Act], data: st.DataObject):
    state = run(log)
    kinds = tuple(kind for kind in EVENTS if kind not in THIRD_STATES)
    act = data.draw(acts(state.on, kinds=kinds, by="member:BRA"))
    step = apply(state, act)
    before = advance(state, state.on).state
    assert {**view(step.state), "events": 0} == {**view(before), "events": 0}
    assert [flag.what for flag in step.flags] == ["ultra_vires"]
    assert step.state.number == state.number + 1
