"""Events of clauses: measurement, evidence, notice, excuse, renegotiation, suspension, end."""

from __future__ import annotations

from typing import Literal

from comity.kernel.quantity import Day, Exact
from comity.kernel.result import Text
from comity.model.event.act import Act, Code, Label

Circumstance = Literal["consent", "self_defence", "countermeasure", "force_majeure", "distress", "necessity"]
"""What precludes wrongfulness (ILC Articles on State Responsibility, Articles 20 to 25)."""


class _OfDuty(Act):
    clause: str
    """The clause."""
    obligor: Code
    """The member that owes it."""


class Measured(_OfDuty):
    """The verifier says what was reached in a period."""

    kind: Literal["measured"] = "measured"
    """The kind of event."""
    value: Exact | None = None
    """What was measured; nothing (null, or left out) is unknown, and never a failure."""
    evidence: Label | None = None
    """Where it can be looked up."""


class NoticeGiven(_OfDuty):
    """A member or organ gives notice that a clause was not performed; the time to cure runs from it."""

    kind: Literal["notice_given"] = "notice_given"
    """The kind of event."""
    measure: str = ""
    """What will follow."""


class ExcuseInvoked(_OfDuty):
    """A circumstance that precludes wrongfulness is invoked and accepted."""

    kind: Literal["excuse_invoked"] = "excuse_invoked"
    """The kind of event."""
    circumstance: Circumstance
    """Which."""
    until: Day | None = None
    """How long it lasts."""


class ClauseRenegotiated(_OfDuty):
    """The parties agree on other terms in the place of the old ones."""

    kind: Literal["clause_renegotiated"] = "clause_renegotiated"
    """The kind of event."""
    due: Day | None = None
    """The new day by which it is due."""
    value: Exact | None = None
    """The new value to be reached."""


class ClauseSuspended(_OfDuty):
    """The clause is suspended between the parties."""

    kind: Literal["clause_suspended"] = "clause_suspended"
    """The kind of event."""


class ClauseResumed(_OfDuty):
    """A suspended clause runs again."""

    kind: Literal["clause_resumed"] = "clause_resumed"
    """The kind of event."""


class ClauseTerminated(_OfDuty):
    """The clause ends without having been performed."""

    kind: Literal["clause_terminated"] = "clause_terminated"
    """The kind of event."""
    reason: Text | None = None
    """Why."""


OBLIGATION_EVENTS = (
    Measured,
    NoticeGiven,
    ExcuseInvoked,
    ClauseRenegotiated,
    ClauseSuspended,
    ClauseResumed,
    ClauseTerminated,
)
