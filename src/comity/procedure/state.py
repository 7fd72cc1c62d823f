"""The state of an institution: what has happened so far, as one frozen value.

Everything that changes is kept in persistent maps, so that a new state shares what did not change with the old one:
applying an event costs the same after ten events as after a million, and an old state can be gone back to.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from immutables import Map

from comity.kernel.result import Text
from comity.model.event.questions import Effect
from comity.model.institution import Institution
from comity.model.instrument import Instrument
from comity.model.ruling import Choice, Ruling

QuestionStatus = Literal[
    "open", "silence", "deferred", "tied", "adopted", "not_adopted", "takes_note", "withdrawn", "lapsed"
]
SETTLED = frozenset({"adopted", "not_adopted", "takes_note", "withdrawn", "lapsed"})
"""What a question can end as."""


@dataclass(frozen=True)
class Flag:
    """An act that the rules do not allow, recorded all the same (convention 8).

    Attributes:
        what: ``ultra_vires``: beyond the powers of whoever acted; ``irregular``: against the order of business;
            ``void``: it can have no effect, since what it speaks of is not there.
        rule: the rule it breaks.
        says: what is wrong, for a reader.
        event: the number of the event.
    """

    what: Literal["ultra_vires", "irregular", "void"]
    rule: str
    says: Text
    event: int = 0


@dataclass(frozen=True)
class Determination:
    """What the law says of an event: an outcome with its rule, its reasons and, where it is disputed, its readings.

    Attributes:
        about: what it is about: the name of a question, instrument, clause, review or session.
        sort: ``vote``, ``quorum``, ``chair``, ``election``, ``entry_into_force``, ``withdrawal``, ``membership``,
            ``clause``, ``money`` or ``review``.
        outcome: one word.
        on: the day.
        rule: the name of the rule.
        article: the article it rests on; "practice, no rule cited" where there is none.
        ruling: the count, where there was one.
        contested: whether the outcome is disputed.
        readings: the outcome under each reading.
        facts: further figures by name.
    """

    about: str
    sort: str
    outcome: str
    on: datetime.date
    rule: str = ""
    article: str = ""
    ruling: Ruling | None = None
    contested: bool = False
    readings: Mapping[str, str] = field(default_factory=dict[str, str])
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Session:
    """A sitting of an organ.

    Attributes:
        session: its name.
        organ: the organ that sits.
        open: whether it is not yet closed.
        attendance: what is recorded of each member; others are taken to be as ``others`` says, else unknown.
        others: what members without a record are.
        represented: members represented, each by whom.
        level: the rank of the head of each delegation.
        rejected: members whose credentials were not accepted.
        agenda: the items, each with its matter.
    """

    session: str
    organ: str
    open: bool = True
    attendance: Map[str, str] = field(default_factory=Map[str, str])
    others: str | None = None
    represented: Map[str, str] = field(default_factory=Map[str, str])
    level: Map[str, str] = field(default_factory=Map[str, str])
    rejected: frozenset[str] = frozenset()
    agenda: tuple[tuple[str, str], ...] = ()

    def of(self, member: str) -> str | None:
        """What is recorded of a member; None is unknown, and is none of the five."""
        return self.attendance.get(member, self.others)


@dataclass(frozen=True)
class Question:
    """Something that is decided: a proposal, an amendment, a part, a motion, an appeal, an election.

    Attributes:
        question: its name.
        sort: what it is.
        organ: the organ that decides.
        rule: the rule by which it decides.
        matter: the matter, a key of the charter's issues.
        session: the session in which it is pending.
        status: how far it is.
        sponsors: who put it.
        paragraphs: the numbered paragraphs, as they stand.
        text: what the text is called.
        ballots: what each member chose so far.
        statements: what members put on record, in order: member, kind and words.
        parties: the parties to the dispute.
        concerned: the members concerned.
        effect: what it does when adopted.
        to: the question it changes, appeals against or concerns.
        removed: for an amendment, how far it is removed from the proposal.
        changes: for an amendment, paragraphs by number; number 0 adds at the end.
        motion: for a motion, what is moved.
        due: the day by which silence must be broken, a deferred question may be voted, or a tie is voted again.
        at: the same as an instant, where hours count.
        then: the rule by which a deferred question is decided.
        voted: how often it was voted on.
        ruled: whether it was decided by a ruling of the chair, against which an appeal lies.
        amended: whether it was changed.
        contested: whether the outcome is disputed.
        readings: the outcome under each reading.
    """

    question: str
    sort: Literal["proposal", "amendment", "division", "motion", "appeal", "election"]
    organ: str
    rule: str
    matter: str = ""
    session: str | None = None
    status: QuestionStatus = "open"
    sponsors: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    text: str = "decision"
    ballots: Map[str, Choice] = field(default_factory=Map[str, Choice])
    statements: tuple[tuple[str, str, str], ...] = ()
    parties: tuple[str, ...] = ()
    concerned: tuple[str, ...] = ()
    effect: Effect | None = None
    to: str | None = None
    removed: int = 0
    changes: tuple[tuple[int, str], ...] = ()
    motion: str = ""
    due: datetime.date | None = None
    at: datetime.datetime | None = None
    then: str | None = None
    voted: int = 0
    ruled: bool = False
    amended: bool = False
    contested: bool = False
    readings: Map[str, str] = field(default_factory=Map[str, str])

    @property
    def settled(self) -> bool:
        """Whether nothing more can be decided on it."""
        return self.status in SETTLED


@dataclass(frozen=True)
class Standing:
    """What events changed in the membership of one actor.

    Attributes:
        joined: when it became a member by a decision of the body.
        left: when it ceased to be one.
        suspended: what the suspension of its rights rests on; None where they are not suspended.
        until: the end of the suspension, where one was set.
        leaving: the day on which its notice takes effect.
        unsettled: whether obligations that are a condition of leaving were not shown to be paid.
        may_vote: whether it may vote although it is in arrears.
    """

    joined: datetime.date | None = None
    left: datetime.date | None = None
    suspended: str | None = None
    until: datetime.date | None = None
    leaving: datetime.date | None = None
    unsettled: bool = False
    may_vote: bool = False


@dataclass(frozen=True)
class Tie:
    """The relation of one state to one instrument (Vienna Convention, Article 2(1)(e) to (h)).

    Attributes:
        signed: the day of its signature.
        deposited: the day on which its consent to be bound was deposited.
        bound: the day on which the instrument enters, or entered, into force for it.
        leaving: the day on which its notice of withdrawal takes effect.
        unsettled: whether obligations that are a condition of leaving were not shown to be paid.
        left: the day on which it ceased to be a party.
        provisional: whether it applies the instrument provisionally.
        reservations: provisions that it excluded or modified.
        objections: states whose reservations it objected to.
    """

    signed: datetime.date | None = None
    deposited: datetime.date | None = None
    bound: datetime.date | None = None
    leaving: datetime.date | None = None
    unsettled: bool = False
    left: datetime.date | None = None
    provisional: bool = False
    reservations: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()

    def standing(self, on: datetime.date) -> str:
        """``party``, ``contracting_state``, ``signatory``, ``former_party`` or ``third_state`` on a day."""
        if self.left and self.left <= on:
            return "former_party"
        if self.deposited:
            return "party" if self.bound and self.bound <= on else "contracting_state"
        return "signatory" if self.signed else "third_state"


@dataclass(frozen=True)
class Treaty:
    """An instrument with its life.

    Attributes:
        terms: its terms.
        met: the day on which the condition of entry into force was met.
        in_force: the day of entry into force; a day to come where it is only known.
        ties: the relation of each state to it.
    """

    terms: Instrument
    met: datetime.date | None = None
    in_force: datetime.date | None = None
    ties: Map[str, Tie] = field(default_factory=Map[str, Tie])


@dataclass(frozen=True)
class Pledge:
    """A voluntary contribution on its ladder: announced, confirmed, paid, rescinded (all in one currency).

    Attributes:
        by: who pledged.
        fund: to which fund.
        currency: the currency.
        announced: the amount announced.
        confirmed: the amount for which an agreement was signed.
        paid: the amount paid.
        rescinded: the amount taken back.
        due: when what was confirmed is due.
    """

    by: str
    fund: str
    currency: str
    announced: Fraction
    confirmed: Fraction = Fraction(0)
    paid: Fraction = Fraction(0)
    rescinded: Fraction = Fraction(0)
    due: datetime.date | None = None


@dataclass(frozen=True)
class Due:
    """An assessed contribution of one member for one year.

    Attributes:
        year: the year.
        amount: the amount.
        due: when it is due.
        paid: how much was paid.
        currency: the currency.
    """

    year: int
    amount: Fraction
    due: datetime.date
    currency: str
    paid: Fraction = Fraction(0)


@dataclass(frozen=True)
class Duty:
    """A clause as it stands between the institution and one obligor.

    Attributes:
        state: its state in the transition table of the clause's kind.
        since: the day on which it came there.
        until: the day on which the wait of that state lapses.
        due: the day by which it is due.
        value: a value that a renegotiation put in the place of the clause's own.
        measured: what was measured last; None where nothing is known.
        history: every state it was in, with the day.
    """

    state: str
    since: datetime.date
    until: datetime.date | None = None
    due: datetime.date | None = None
    value: Fraction | None = None
    measured: Fraction | None = None
    history: tuple[tuple[str, datetime.date], ...] = ()


@dataclass(frozen=True)
class Review:
    """A peer review of one state.

    Attributes:
        state: the state under review.
        session: the session in which it is to be held.
        status: ``scheduled``, ``held``, ``not_held`` or ``rescheduled``; what happened in a session that nobody has
            reported is unknown, and no word here.
        cycle: the cycle.
        day: the day for which it is scheduled.
        reports: the reports submitted.
        recommendations: each with its maker, its answer and what became of it.
        non_cooperation: ``""``, ``found`` or ``persistent``.
    """

    state: str
    session: str
    status: Literal["scheduled", "held", "not_held", "rescheduled"] = "scheduled"
    cycle: int | None = None
    day: datetime.date | None = None
    reports: tuple[str, ...] = ()
    recommendations: Map[str, tuple[str, str, str]] = field(default_factory=Map[str, tuple[str, str, str]])
    non_cooperation: str = ""


@dataclass(frozen=True)
class State:
    """An institution at a moment, with all that has happened to it.

    Attributes:
        law: the institution now in force; amendments replace parts of it.
        on: the day that has been reached.
        at: the instant that has been reached, where one was ever given.
        number: how many events were applied.
        members: the members on that day.
    """

    law: Institution
    on: datetime.date
    at: datetime.datetime | None
    number: int
    members: tuple[str, ...]
    sessions: Map[str, Session] = field(default_factory=Map[str, Session])
    sitting: Map[str, str] = field(default_factory=Map[str, str])
    """The open session of each organ."""
    questions: Map[str, Question] = field(default_factory=Map[str, Question])
    unsettled: Map[str, None] = field(default_factory=Map[str, None])
    """The questions on which something can still be decided."""
    pending: Map[str, datetime.date | datetime.datetime] = field(
        default_factory=Map[str, datetime.date | datetime.datetime]
    )
    """Questions that wait for a day or an instant, and which."""
    standings: Map[str, Standing] = field(default_factory=Map[str, Standing])
    treaties: Map[str, Treaty] = field(default_factory=Map[str, Treaty])
    pledges: Map[str, Pledge] = field(default_factory=Map[str, Pledge])
    dues: Map[str, tuple[Due, ...]] = field(default_factory=Map[str, tuple[Due, ...]])
    duties: Map[tuple[str, str], Duty] = field(default_factory=Map[tuple[str, str], Duty])
    """Clauses by their name and obligor."""
    reviews: Map[str, Review] = field(default_factory=Map[str, Review])
    next: datetime.date | None = None
    """The next day on which something lapses, takes effect or changes by itself; None where nothing will."""


@dataclass(frozen=True)
class Step:
    """What one event did.

    Attributes:
        state: the state after it.
        determinations: what the law says of it, in order.
        flags: what the rules did not allow.
    """

    state: State
    determinations: tuple[Determination, ...] = ()
    flags: tuple[Flag, ...] = ()


Changed: TypeAlias = tuple[State, tuple[Determination, ...], tuple[Flag, ...]]
"""What a handler returns: the state, determinations and flags."""
