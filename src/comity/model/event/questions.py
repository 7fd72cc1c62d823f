"""Events of questions: proposals, amendments, motions, ballots, statements, rulings of the chair, elections."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from comity.kernel.family import Spec
from comity.kernel.quantity import Day, Duration
from comity.kernel.result import Text
from comity.model.event.act import Act, Code, Codes, Label
from comity.model.ruling import Choice

TextKind = Literal["resolution", "decision", "declaration", "presidential_statement", "communique"]
"""What a text is called; its force depends on the organ and the words, never on the title."""
MotionKind = Literal[
    "suspend_meeting", "adjourn_meeting", "adjourn_debate", "close_debate", "preliminary_question", "reconsider"
]
"""Motions of procedure; the first four in their order of precedence (UNGA Rules of Procedure, rule 77)."""
Statement = Literal["dissociates", "explanation_of_vote", "explanation_of_position", "reserves_position", "statement"]
"""A statement on record; none of them has a legal effect on the adoption."""


class Effect(Spec):
    """What a decision does to the membership or the charter when it is adopted."""

    admits: Code | None = None
    """The state that becomes a member."""
    suspends: Code | None = None
    """The member whose rights are suspended."""
    restores: Code | None = None
    """The member whose rights are restored."""
    expels: Code | None = None
    """The member that is expelled."""
    permits_vote: Codes = ()
    """Members in arrears that may vote all the same."""
    terminates: tuple[str, ...] = ()
    """Texts or clauses that end."""
    creates: dict[str, Any] = {}
    """Clauses that it creates, by name, each as a charter writes it: what the members promise by it."""
    amends: dict[str, Any] = {}
    """Parts of the charter by their path (``rules.budget.at_least``), and what they become."""


class ProposalTabled(Act):
    """A proposal (draft resolution, draft declaration) is put before the body."""

    kind: Literal["proposal_tabled"] = "proposal_tabled"
    """The kind of event."""
    question: Label
    """The name of the proposal."""
    matter: str
    """The matter it belongs to, a key of the charter's issues."""
    session: Label | None = None
    """The session; the organ's present one where absent."""
    title: Text | None = None
    """Its title."""
    sponsors: Codes = ()
    """Who sponsors it besides the one who acts."""
    paragraphs: tuple[str, ...] | Annotated[int, Field(ge=1)] = ()
    """The numbered paragraphs, or how many there are."""
    text: TextKind = "decision"
    """What the text is called."""
    parties: Codes = ()
    """Parties to the dispute."""
    concerned: Codes = ()
    """Members that the decision concerns."""
    effect: Effect | None = None
    """What it does when it is adopted."""


class ProposalWithdrawn(Act):
    """A sponsor withdraws its proposal, before voting has begun. **Source**: UNGA Rules of Procedure, rule 80."""

    kind: Literal["proposal_withdrawn"] = "proposal_withdrawn"
    """The kind of event."""
    question: Label
    """The proposal, amendment or motion."""


class AmendmentTabled(Act):
    """A change to a proposal. The one furthest removed in substance is voted first (rule 90)."""

    kind: Literal["amendment_tabled"] = "amendment_tabled"
    """The kind of event."""
    question: Label
    """The name of the amendment."""
    to: Label
    """The proposal that it changes."""
    removed: Annotated[int, Field(ge=1)] = 1
    """How far it is removed from the proposal in substance; the largest is voted first."""
    replaces: dict[Annotated[int, Field(ge=1)], str] = {}
    """Paragraphs by their number, and their new text; an empty text deletes."""
    adds: tuple[str, ...] = ()
    """Paragraphs that are added at the end."""


class DivisionRequested(Act):
    """Parts of a proposal are to be voted on apart. **Source**: UNGA Rules of Procedure, rule 89."""

    kind: Literal["division_requested"] = "division_requested"
    """The kind of event."""
    question: Label
    """The proposal."""
    parts: tuple[tuple[Annotated[int, Field(ge=1)], ...], ...]
    """The numbers of the paragraphs of each part."""


class MotionMoved(Act):
    """A motion of procedure is moved. **Source**: UNGA Rules of Procedure, rules 71 to 81."""

    kind: Literal["motion_moved"] = "motion_moved"
    """The kind of event."""
    question: Label
    """The name of the motion."""
    motion: MotionKind
    """What is moved."""
    about: Label | None = None
    """The proposal it concerns."""
    session: Label | None = None
    """The session; that of the proposal where absent."""


class BallotCast(Act):
    """One member votes; a second ballot replaces the first until the question is put."""

    kind: Literal["ballot_cast"] = "ballot_cast"
    """The kind of event."""
    question: Label
    """The question."""
    choice: Choice
    """What it chose."""
    for_: Annotated[Code | None, Field(alias="for")] = None
    """The member on whose behalf it votes, as its proxy."""


class VotesRecorded(Act):
    """The record of a vote, which decides the question: who chose what."""

    kind: Literal["votes_recorded"] = "votes_recorded"
    """The kind of event."""
    question: Label
    """The question."""
    yes: Codes = ()
    """Members for."""
    no: Codes = ()
    """Members against."""
    abstain: Codes = ()
    """Members that abstained."""
    not_participating: Codes = ()
    """Members present that took no part."""
    absent: Codes = ()
    """Members that were not there."""
    objects: Codes = ()
    """Members that formally objected."""
    others: Choice | None = None
    """What all other members chose; as recorded before, else absent, where nothing is said."""
    counts: dict[Choice, Annotated[int, Field(ge=0)]] = {}
    """How many more chose what, where names are not known."""


class ObjectionMade(Act):
    """A member formally objects to a decision by consensus."""

    kind: Literal["objection_made"] = "objection_made"
    """The kind of event."""
    question: Label
    """The question."""


class StatementMade(Act):
    """A member puts a statement on record."""

    kind: Literal["statement_made"] = "statement_made"
    """The kind of event."""
    question: Label
    """The question."""
    statement: Statement
    """What kind of statement."""
    says: str = ""
    """Its words."""


class SilenceStarted(Act):
    """A proposal is sent round; it is adopted where nobody breaks silence in time."""

    kind: Literal["silence_started"] = "silence_started"
    """The kind of event."""
    question: Label
    """The proposal."""
    within: Duration | None = None
    """The time; that of the rule where absent."""


class QuestionPut(Act):
    """The chair puts the question: the ballots so far decide it."""

    kind: Literal["question_put"] = "question_put"
    """The kind of event."""
    question: Label
    """The question."""


class ChairRuled(Act):
    """The chair declares the outcome. Where the rule says otherwise, or is unwritten, the ruling is contested."""

    kind: Literal["chair_ruled"] = "chair_ruled"
    """The kind of event."""
    question: Label
    """The question."""
    outcome: Literal["adopted", "not_adopted", "takes_note"]
    """What the chair declares."""
    basis: str = ""
    """The words of the chair."""
    readings: dict[str, Literal["adopted", "not_adopted"]] = {}
    """What the outcome is on the readings of others that are on record, where the dispute is none about the count."""


class RulingAppealed(Act):
    """A member appeals against the ruling of the chair, which stands unless it is overturned (rule 71)."""

    kind: Literal["ruling_appealed"] = "ruling_appealed"
    """The kind of event."""
    question: Label
    """The name of the appeal."""
    against: Label
    """The question that the chair ruled on."""


class ElectionHeld(Act):
    """A secret ballot among candidates: those with the most votes above the minimum are elected."""

    kind: Literal["election_held"] = "election_held"
    """The kind of event."""
    question: Label
    """The name of the election."""
    matter: str
    """The matter, whose rule says what a candidate needs."""
    seats: Annotated[int, Field(ge=1)]
    """How many are to be elected."""
    votes: dict[Code, Annotated[int, Field(ge=0)]]
    """The votes for each candidate."""
    voting: Annotated[int, Field(ge=0)] | None = None
    """How many members voted."""
    term_from: Day | None = None
    """The first day of the term."""


QUESTION_EVENTS = (
    ProposalTabled,
    ProposalWithdrawn,
    AmendmentTabled,
    DivisionRequested,
    MotionMoved,
    BallotCast,
    VotesRecorded,
    ObjectionMade,
    StatementMade,
    SilenceStarted,
    QuestionPut,
    ChairRuled,
    RulingAppealed,
    ElectionHeld,
)
