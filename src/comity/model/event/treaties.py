"""Events of instruments and membership: signature, deposit, reservation, withdrawal, amendment."""

from __future__ import annotations

from typing import Literal

from comity.kernel.quantity import Day
from comity.model.event.act import Act, Code, Label
from comity.model.instrument import Instrument


class InstrumentAdopted(Act):
    """The text of a new instrument is adopted and opened. **Source**: Vienna Convention, Articles 9 and 10."""

    kind: Literal["instrument_adopted"] = "instrument_adopted"
    """The kind of event."""
    instrument: str
    """The name of the instrument."""
    terms: Instrument
    """Its terms."""


class Signed(Act):
    """A state signs an instrument. **Source**: Vienna Convention, Articles 11, 12 and 18."""

    kind: Literal["signed"] = "signed"
    """The kind of event."""
    instrument: str
    """The instrument."""


class Deposited(Act):
    """A state deposits its consent to be bound. **Source**: Vienna Convention, Articles 14 to 16."""

    kind: Literal["deposited"] = "deposited"
    """The kind of event."""
    instrument: str
    """The instrument."""
    consent: Literal["ratification", "acceptance", "approval", "accession"] = "ratification"
    """The form of the consent."""


class ReservationMade(Act):
    """A state excludes or modifies the legal effect of a provision. **Source**: Vienna Convention, Article 19."""

    kind: Literal["reservation_made"] = "reservation_made"
    """The kind of event."""
    instrument: str
    """The instrument."""
    provision: str
    """The provision."""
    declaration: bool = False
    """Whether it is an interpretative declaration, which excludes nothing."""


class ReservationObjected(Act):
    """A state objects to the reservation of another. **Source**: Vienna Convention, Articles 20 to 23."""

    kind: Literal["reservation_objected"] = "reservation_objected"
    """The kind of event."""
    instrument: str
    """The instrument."""
    of: Code
    """The state that made the reservation."""
    opposes_entry: bool = False
    """Whether it also opposes the entry into force between the two."""


class ProvisionallyApplied(Act):
    """A state applies an instrument before it is in force. **Source**: Vienna Convention, Article 25."""

    kind: Literal["provisionally_applied"] = "provisionally_applied"
    """The kind of event."""
    instrument: str
    """The instrument."""


class WithdrawalNotified(Act):
    """Notice of withdrawal reaches the depositary, from whose receipt the clock runs."""

    kind: Literal["withdrawal_notified"] = "withdrawal_notified"
    """The kind of event."""
    instrument: str | None = None
    """The instrument; the membership itself where absent."""
    received: bool = True
    """Whether the depositary received it; an announcement or an internal memorandum is no notice."""
    settled: bool | None = None
    """Whether obligations were paid, where that is a condition; None is unknown."""


class WithdrawalRevoked(Act):
    """A notice is taken back before it takes effect. **Source**: Vienna Convention, Article 68."""

    kind: Literal["withdrawal_revoked"] = "withdrawal_revoked"
    """The kind of event."""
    instrument: str | None = None
    """The instrument; the membership itself where absent."""


class MembershipLost(Act):
    """A member lost its place in another body or instrument on which this membership hangs."""

    kind: Literal["membership_lost"] = "membership_lost"
    """The kind of event."""
    elsewhere: str
    """The body or instrument that it left."""
    state: Code
    """Which member."""
    stays: bool = False
    """Whether the others have decided that it may stay."""


class AmendmentAccepted(Act):
    """A state accepts an amendment. **Source**: Vienna Convention, Article 40; Charter of the United Nations, 108."""

    kind: Literal["amendment_accepted"] = "amendment_accepted"
    """The kind of event."""
    amendment: Label
    """The question by which the amendment was adopted."""


class MemberSuspended(Act):
    """The other members suspend or exclude a member without a written rule: practice, recorded as what it was."""

    kind: Literal["member_suspended"] = "member_suspended"
    """The kind of event."""
    state: Code
    """The member."""
    basis: str = ""
    """What it was based on; empty where no rule was cited."""
    until: Day | None = None
    """The end of the suspension, where one was set."""


TREATY_EVENTS = (
    InstrumentAdopted,
    Signed,
    Deposited,
    ReservationMade,
    ReservationObjected,
    ProvisionallyApplied,
    WithdrawalNotified,
    WithdrawalRevoked,
    MembershipLost,
    AmendmentAccepted,
    MemberSuspended,
)
