"""Acts of the register itself: keys, evidence, scores, disputes, corrections. The law engine does not see them.

What an institution decides and does are events of the law (:mod:`comity.model.event`). Around them the register keeps
who may sign for a seat, on what evidence something was found, how it was judged, what is disputed and what was
recorded wrongly; nothing of this changes a ruling.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from comity.kernel.family import Spec
from comity.kernel.quantity import Day, Exact
from comity.model.event import closed, event
from comity.model.event.act import SEAT, Act, Code, Label

PublicKey = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
"""An Ed25519 public key in hexadecimal."""
SPEAKER = SEAT.replace("^(", "^(register|")
Speaker = Annotated[str, Field(max_length=120, pattern=SPEAKER)]
"""Who signs: a seat, or ``register`` itself."""
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
"""A SHA-256 digest in hexadecimal."""
Signature = Annotated[str, Field(pattern="^[0-9a-f]{128}$")]
"""An Ed25519 signature in hexadecimal."""
Words = Annotated[str, Field(min_length=1, max_length=2_000_000)]
"""Free words."""


class Ancestor(Spec):
    """The register, at a size, from which another was forked."""

    register_: Annotated[Digest, Field(alias="register")]
    """The register."""
    size: Annotated[int, Field(ge=1)]
    """How many of its entries."""
    root: Digest
    """The root of the tree over them."""


class RegisterFounded(Act):
    """A register is founded for one institution: the first entry, signed by the register's own key."""

    kind: Literal["register_founded"] = "register_founded"
    """The kind of act."""
    institution: Label
    """The name of the charter."""
    charter: Digest
    """The digest of the charter, which stays; amendments are events."""
    document: Digest | None = None
    """SHA-256 of the charter's text as it is kept beside the register, so that a verifier without its law can tell."""
    keys: dict[Speaker, PublicKey]
    """The first keys: ``register`` and seats."""
    minutes: bool = False
    """Whether the secretariat records the acts of others, as minutes do; else each seat signs its own."""
    exercise: bool = False
    """Whether it is an exercise: acts may be of days that have not come."""
    forked: Ancestor | None = None
    """The register from which it was forked, for an exercise."""
    version: Label
    """The version of the program whose law gave the first rulings."""


class KeyRegistered(Act):
    """A seat's credentials: its first key, or a new one after a revocation, registered by the secretariat."""

    kind: Literal["key_registered"] = "key_registered"
    """The kind of act."""
    seat: Speaker
    """The seat."""
    key: PublicKey
    """Its public key."""
    possession: Signature
    """What the new key signed to show that whoever registers it holds it (:func:`comity.operation.roll.possession`)."""


class KeyRotated(Act):
    """A seat replaces its own key; signed with the old one."""

    kind: Literal["key_rotated"] = "key_rotated"
    """The kind of act."""
    seat: Speaker
    """The seat; ``register`` for the key that signs checkpoints."""
    key: PublicKey
    """The new public key."""
    possession: Signature
    """The signature of the new key, as for a key that is registered."""


class KeyRevoked(Act):
    """A key is no longer valid: revoked by its own seat, the chair or the secretariat."""

    kind: Literal["key_revoked"] = "key_revoked"
    """The kind of act."""
    seat: Speaker
    """The seat."""
    key: PublicKey
    """The key."""
    reason: Words
    """Why."""


class EvidenceSubmitted(Act):
    """Evidence is laid before the register: a file by its digest, its source and the period it speaks of."""

    kind: Literal["evidence_submitted"] = "evidence_submitted"
    """The kind of act."""
    evidence: Label
    """Its name."""
    digest: Digest
    """SHA-256 of the file."""
    title: Words
    """What it is."""
    source: Words
    """Who published it, and where it can be had."""
    since: Day | None = None
    """The first day of the period it speaks of."""
    until: Day | None = None
    """The last day of that period."""
    clause: Label | None = None
    """The clause it is about."""
    obligor: Code | None = None
    """The member it is about."""
    media: Label = "application/octet-stream"
    """Its media type."""


class VerificationMade(Act):
    """A verifier, who is never the obligor, says whether a clause was kept in a period, and on what evidence."""

    kind: Literal["verification_made"] = "verification_made"
    """The kind of act."""
    clause: Label
    """The clause."""
    obligor: Code
    """The obligor."""
    finding: Literal["met", "partly_met", "not_met", "cannot_tell"]
    """What was found."""
    evidence: tuple[Label, ...]
    """The evidence it rests on, by name."""
    since: Day | None = None
    """The first day of the period."""
    until: Day | None = None
    """The last day of the period."""
    reason: Words | None = None
    """Why."""


class ScoreGiven(Act):
    """A judgement of compliance as the G7 and G20 Research Groups give it: versioned, with its guideline."""

    kind: Literal["score_given"] = "score_given"
    """The kind of act."""
    commitment: Label
    """The commitment that is judged: a clause or an outside commitment."""
    assessed: Code
    """The member that is judged."""
    score: Annotated[int, Field(ge=-1, le=1)]
    """-1 no or opposite action, 0 work in progress, +1 full compliance."""
    assessor: Label
    """Who answers for the judgement; a member judges in its own name only."""
    coder: Annotated[str, Field(max_length=120)] = ""
    """Which of the assessor's coders read the evidence; empty for the agreed score."""
    round: Annotated[str, Field(max_length=120)] = ""
    """What the assessor calls this round: interim, final."""
    guideline: Words
    """The guideline it follows, with its version."""
    version: Annotated[int, Field(ge=1)] = 1
    """Which judgement of this assessor it is: a later one replaces the earlier, which stays on record."""
    issue: Label | None = None
    """The issue."""
    year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    """The year of the summit that made the commitment; that of the period, or of the day, where absent."""
    since: Day | None = None
    """The first day of the period assessed."""
    until: Day | None = None
    """The last day of that period."""
    evidence: tuple[Label, ...] = ()
    """The evidence it rests on, by name."""
    reason: Words | None = None
    """Why."""

    @property
    def summit(self) -> int:
        """The year the commitment belongs to."""
        return self.year or (self.since or self.until or self.on).year


class RateQuoted(Act):
    """A rate of exchange by which amounts are compared, with its day and source."""

    kind: Literal["rate_quoted"] = "rate_quoted"
    """The kind of act."""
    base: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    """One unit of this currency"""
    quote: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    """costs so much of this one."""
    rate: Exact
    """How much, exactly."""
    of: Day
    """The day of the rate."""
    source: Words
    """Who published it."""


class TextIssued(Act):
    """The text of an instrument as the register generated it from the clauses in force: its digest in one language."""

    kind: Literal["text_issued"] = "text_issued"
    """The kind of act."""
    instrument: Label
    """The instrument, or the question that adopted it; ``charter`` for the whole."""
    lang: Literal["en", "zh"]
    """The language."""
    digest: Digest
    """SHA-256 of the text."""


class CorrectionMade(Act):
    """A correction to an earlier entry, beside it and never in its place: an intended vote, a wrong date."""

    kind: Literal["correction_made"] = "correction_made"
    """The kind of act."""
    entry: Annotated[int, Field(ge=0)]
    """The number of the entry."""
    says: Words
    """What is corrected, and why."""
    intended: dict[str, str] = {}
    """Fields as they were meant: ``choice: no``."""


class DisputeBrought(Act):
    """A member brings a dispute about a clause or the reading of the charter."""

    kind: Literal["dispute_brought"] = "dispute_brought"
    """The kind of act."""
    dispute: Label
    """Its name."""
    against: Code
    """The respondent."""
    clause: Label | None = None
    """The clause it is about."""
    says: Words
    """What is claimed."""


class DisputeMoved(Act):
    """A dispute goes to another means of settlement (UN Charter, Article 33; DSU, Articles 4 to 17 and 25)."""

    kind: Literal["dispute_moved"] = "dispute_moved"
    """The kind of act."""
    dispute: Label
    """The dispute."""
    step: Literal[
        "consultation",
        "good_offices",
        "conciliation",
        "panel",
        "appeal",
        "arbitration",
        "court",
        "settled",
        "withdrawn",
    ]
    """The means to which it goes, or how it ended without an award."""
    says: Words | None = None
    """What is said of it."""


class AwardMade(Act):
    """A dispute is decided: what is found, by when it must be complied with, and what may follow."""

    kind: Literal["award_made"] = "award_made"
    """The kind of act."""
    dispute: Label
    """The dispute."""
    finds: Literal["for_the_complainant", "for_the_respondent", "partly"]
    """For whom."""
    says: Words
    """What is found."""
    comply_by: Day | None = None
    """The end of the reasonable time for compliance (DSU, Article 21.3)."""
    retaliation: Exact | None = None
    """The level of retaliation authorised, in the currency given (DSU, Article 22.6)."""
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    """Its currency."""


ACTS: dict[str, type[Act]] = {
    each.model_fields["kind"].default: each
    for each in (
        RegisterFounded,
        KeyRegistered,
        KeyRotated,
        KeyRevoked,
        EvidenceSubmitted,
        VerificationMade,
        ScoreGiven,
        RateQuoted,
        TextIssued,
        CorrectionMade,
        DisputeBrought,
        DisputeMoved,
        AwardMade,
    )
}
"""Every kind of act of the register."""


@cache
def _adapter() -> TypeAdapter[Any]:
    return closed(ACTS.values())


def act(data: dict[str, Any]) -> Act:
    """The act of the register, or the event of the law, that a mapping describes.

    Raises:
        pydantic.ValidationError: for an unknown kind, or fields that do not fit it.

    Example:
        >>> act({"kind": "correction_made", "on": "2026-03-01", "entry": 4, "says": "Meant to vote no."}).entry
        4
        >>> act({"kind": "ballot_cast", "on": "2026-03-01", "by": "chair", "question": "Q", "choice": "yes"}).choice
        'yes'
    """
    return _adapter().validate_python(data) if data.get("kind") in ACTS else event(data)
