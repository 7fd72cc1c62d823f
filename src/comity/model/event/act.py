"""An act: what every event says - who acted, on which day, and at which instant where hours count."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from comity.kernel.family import Spec
from comity.kernel.quantity import Day
from comity.model.weights import CODE, Code

SEAT = (
    r"^(member:[A-Z][A-Z0-9_]{1,15}|chair|secretariat|depositary|control|(verifier|observer):[A-Za-z][A-Za-z0-9_-]*)$"
)
Seat = Annotated[str, Field(pattern=SEAT)]
"""Who acts: ``member:JPN``, ``chair``, ``secretariat``, ``depositary``, ``verifier:NAME``, ``observer:NAME``."""
Label = Annotated[str, Field(min_length=1, max_length=120)]
"""The name by which a question, session or instrument is called: ``S/RES/82``, ``UPR-53``."""
Codes = tuple[Code, ...]
"""Members by their codes."""


def _instant(value: object) -> datetime.datetime:
    if isinstance(value, str):
        try:
            value = datetime.datetime.fromisoformat(value)
        except ValueError:
            value = None
    if isinstance(value, datetime.datetime) and value.tzinfo is not None:
        return value.astimezone(datetime.UTC)
    context = {"what": "is no instant", "mend": "Write it with its zone: 2025-09-28T00:00Z."}
    raise PydanticCustomError("instant", "{what}", context)


Instant = Annotated[datetime.datetime, BeforeValidator(_instant)]
"""A point in time in UTC, written ``2025-09-28T00:00Z``."""


class Act(Spec):
    """What every event says."""

    on: Day
    """The day on which it happened."""
    at: Instant | None = None
    """The instant, where hours count."""
    by: Seat = "secretariat"
    """Who acted."""

    @property
    def member(self) -> str | None:
        """The code of the member that acted; None where it was no member."""
        head, _, code = self.by.partition(":")
        return code if head == "member" else None


__all__ = ["CODE", "Act", "Code", "Codes", "Instant", "Label", "Seat"]
