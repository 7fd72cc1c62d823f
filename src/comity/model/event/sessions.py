"""Events of sessions: opening, credentials, attendance, agenda, close."""

from __future__ import annotations

from typing import Literal

from comity.kernel.family import Spec
from comity.model.event.act import Act, Code, Codes, Label

Attendance = Literal["present", "represented_by_proxy", "absent", "walked_out", "not_invited"]
"""Whether a member is there: five different things (convention 2)."""
Level = Literal["head", "minister", "deputy_minister", "envoy", "official", "technical"]
"""The rank of whoever leads a delegation."""


class SessionOpened(Act):
    """A session of an organ is opened. **Source**: UNGA Rules of Procedure, rules 1 to 8."""

    kind: Literal["session_opened"] = "session_opened"
    """The kind of event."""
    session: Label
    """The name of the session."""
    organ: str
    """The organ that sits."""
    special: bool = False
    """Whether it was called specially, outside the calendar."""
    requested_by: Codes = ()
    """Who asked for a special session."""
    not_invited: Codes = ()
    """Members that were not invited: a state of its own, neither absent nor expelled."""


class CredentialsExamined(Act):
    """The credentials of delegations are examined. **Source**: UNGA Rules of Procedure, rules 27 to 29."""

    kind: Literal["credentials_examined"] = "credentials_examined"
    """The kind of event."""
    session: Label
    """The session."""
    rejected: Codes = ()
    """Members whose delegation is not accepted; until they are, they cannot act."""
    accepted: Codes = ()
    """Members whose delegation is accepted after all; all others are admitted provisionally (rule 29)."""


class AttendanceRecorded(Act):
    """Who is there. Members not named keep what was recorded before; at first they are present."""

    kind: Literal["attendance_recorded"] = "attendance_recorded"
    """The kind of event."""
    session: Label
    """The session."""
    present: Codes = ()
    """Members in the room."""
    absent: Codes = ()
    """Members that did not come."""
    walked_out: Codes = ()
    """Members that left the room."""
    represented: dict[Code, Code] = {}
    """Members represented by another: who, and by whom."""
    level: dict[Code, Level] = {}
    """The rank of whoever leads a delegation."""
    others: Literal["present", "absent"] | None = None
    """What all other members are, where nothing was recorded for them."""


class AgendaItem(Spec):
    """One item of an agenda."""

    item: Label
    """Its name."""
    matter: str = ""
    """The matter it belongs to, a key of the charter's issues."""
    sort: Literal["provisional", "supplementary", "additional"] = "provisional"
    """How it came on the agenda (UNGA Rules of Procedure, rules 12 to 15)."""


class AgendaAdopted(Act):
    """The agenda of a session is adopted. **Source**: UNGA Rules of Procedure, rule 21."""

    kind: Literal["agenda_adopted"] = "agenda_adopted"
    """The kind of event."""
    session: Label
    """The session."""
    items: tuple[AgendaItem, ...]
    """The items, in their order."""


class MeetingOpened(Act):
    """A meeting is declared open: the presence to open it is asked. **Source**: UNGA Rules of Procedure, rule 67."""

    kind: Literal["meeting_opened"] = "meeting_opened"
    """The kind of event."""
    session: Label
    """The session."""


class SessionClosed(Act):
    """A session is closed; questions still open lapse with it."""

    kind: Literal["session_closed"] = "session_closed"
    """The kind of event."""
    session: Label
    """The session."""


SESSION_EVENTS = (
    SessionOpened,
    CredentialsExamined,
    AttendanceRecorded,
    AgendaAdopted,
    MeetingOpened,
    SessionClosed,
)
