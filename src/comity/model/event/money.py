"""Events of money: announced, confirmed, due, paid, rescinded.

The ladder is that of the International Aid Transparency Initiative (transaction codes 13, 11, 2, 3).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from comity.kernel.quantity import Day, Money
from comity.model.event.act import Act, Code, Label


class ContributionAnnounced(Act):
    """A voluntary contribution is announced; nothing is owed yet."""

    kind: Literal["contribution_announced"] = "contribution_announced"
    """The kind of event."""
    pledge: Label
    """The name of the pledge."""
    fund: str = ""
    """The fund of the charter that it goes to."""
    amount: Money
    """The amount."""


class ContributionConfirmed(Act):
    """A contribution agreement is signed: it is now owed."""

    kind: Literal["contribution_confirmed"] = "contribution_confirmed"
    """The kind of event."""
    pledge: Label
    """The pledge."""
    amount: Money | None = None
    """The amount confirmed; the whole where absent."""
    due: Day | None = None
    """When it is due."""


class ContributionAssessed(Act):
    """A member's share of the budget of a year is assessed (Charter of the United Nations, Article 17(2))."""

    kind: Literal["contribution_assessed"] = "contribution_assessed"
    """The kind of event."""
    state: Code
    """The member."""
    year: Annotated[int, Field(ge=1900, le=2200)]
    """The year it is for."""
    amount: Money
    """The amount."""
    due: Day
    """When it is due."""


class ContributionPaid(Act):
    """A payment arrives: towards a pledge, or towards the oldest assessed contribution still open."""

    kind: Literal["contribution_paid"] = "contribution_paid"
    """The kind of event."""
    state: Code | None = None
    """The member that paid; the one that acts where absent."""
    pledge: Label | None = None
    """The pledge; assessed contributions where absent."""
    clause: str | None = None
    """The clause in the place of whose performance it is paid."""
    amount: Money
    """The amount."""


class ContributionRescinded(Act):
    """What was promised and not paid is taken back."""

    kind: Literal["contribution_rescinded"] = "contribution_rescinded"
    """The kind of event."""
    pledge: Label
    """The pledge."""
    amount: Money | None = None
    """The amount; all that is unpaid where absent."""


MONEY_EVENTS = (
    ContributionAnnounced,
    ContributionConfirmed,
    ContributionAssessed,
    ContributionPaid,
    ContributionRescinded,
)
