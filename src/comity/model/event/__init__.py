"""Events: everything that can happen to an institution, as one closed union.

An event says ``kind``, ``on`` (the day), ``by`` (a seat), ``at`` (the instant, where hours count) and what the kind
adds. Time-outs are no events: :func:`comity.procedure.advance` derives them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any, Union

from pydantic import Discriminator, TypeAdapter

from comity.model.event.act import Act
from comity.model.event.money import MONEY_EVENTS
from comity.model.event.obligations import OBLIGATION_EVENTS
from comity.model.event.questions import QUESTION_EVENTS
from comity.model.event.reviews import REVIEW_EVENTS
from comity.model.event.sessions import SESSION_EVENTS
from comity.model.event.treaties import TREATY_EVENTS

Event = Act
"""Any event; :data:`EVENTS` holds the closed union."""

EVENTS: dict[str, type[Act]] = {
    each.model_fields["kind"].default: each
    for each in (
        *SESSION_EVENTS,
        *QUESTION_EVENTS,
        *TREATY_EVENTS,
        *MONEY_EVENTS,
        *OBLIGATION_EVENTS,
        *REVIEW_EVENTS,
    )
}
"""Every kind of event."""


def closed(kinds: Iterable[type[Act]]) -> TypeAdapter[Any]:
    """What reads a mapping as one of some kinds of act, by its ``kind``.

    Args:
        kinds: every kind that there is.

    Example:
        >>> opened = {"kind": "meeting_opened", "on": "2026-03-01", "session": "C-1"}
        >>> closed(EVENTS.values()).validate_python(opened).session
        'C-1'
    """
    union: Any = Union[tuple(kinds)]  # noqa: UP007 - the members are only known here
    tagged: Any = Annotated[union, Discriminator("kind")]
    return TypeAdapter[Any](tagged)


@cache
def _adapter() -> TypeAdapter[Any]:
    return closed(EVENTS.values())


def event(data: dict[str, Any]) -> Act:
    """The event that a mapping describes.

    Raises:
        pydantic.ValidationError: for an unknown kind, or fields that do not fit it.

    Example:
        >>> event({"kind": "signed", "on": "2016-04-22", "by": "member:USA", "instrument": "agreement"}).member
        'USA'
    """
    return _adapter().validate_python(data)
