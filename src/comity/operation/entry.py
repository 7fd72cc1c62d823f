"""Statements and entries: what an author signs, and what the register keeps of it.

A statement names its register, the seat that makes it, a request that is its own (so that it counts once, however often
it is sent), how many entries its author had seen, and the event. The entry around it has a number, the instant of
recording, the author's key and signature, and the digest of what the law ruled on it.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from comity.kernel.canonical import digest, record
from comity.kernel.errors import InputError
from comity.operation.signing import Key
from comity.procedure import Determination, Flag

LARGEST = 4 * 2**20
"""The largest statement in bytes."""
SILENT = "none"
"""What stands for the digest where the law had nothing to say."""
VERSION = "statement/1"


@dataclass(frozen=True, slots=True)
class Statement:
    """What an author signs.

    Attributes:
        register: the register, by the hash of its first entry; empty in that entry itself.
        seat: who speaks.
        request: a name that the author gives once: the same request counts once.
        after: how many entries the author had seen; never fewer than in the statement of the same seat before.
        event: what happened, as :func:`comity.operation.acts.act` reads it.
        only: whether it counts only if nothing was recorded since.
    """

    register: str
    seat: str
    request: str
    after: int
    event: Mapping[str, Any]
    only: bool = False

    def __post_init__(self) -> None:
        if not (self.request.isprintable() and 1 <= len(self.request) <= 200):
            raise InputError("A request has 1 to 200 characters that can be printed.")
        if not (self.seat.isascii() and self.seat.isprintable() and 1 <= len(self.seat) <= 120):
            raise InputError("A seat is written like member:JPN, chair or secretariat.")

    def plain(self) -> dict[str, Any]:
        """The statement as JSON holds it."""
        said = {
            "comity": VERSION,
            "register": self.register,
            "seat": self.seat,
            "request": self.request,
            "after": self.after,
            "event": self.event,
        }
        return {**said, "only": True} if self.only else said

    def content(self) -> bytes:
        """The bytes that are signed.

        Raises:
            InputError: for values that cannot be recorded.
        """
        try:
            return record(self.plain())
        except RecursionError:
            raise InputError("The event cannot be recorded: its lists and mappings lie too deep.") from None
        except (TypeError, ValueError) as error:
            raise InputError(f"The event cannot be recorded: {_where(self.event)}{error}") from None

    def signed(self, key: Key) -> Signed:
        """The statement with a signature.

        Raises:
            InputError: for values that cannot be recorded.
        """
        return Signed(self, key.public, key.sign(self.content()))


def _where(event: Mapping[str, Any]) -> str:
    """The field of an event that cannot be recorded."""
    for name, value in event.items():
        try:
            record({name: value})
        except (TypeError, ValueError):
            return f"{name!r:.80}: "
    return ""


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement with the key and signature of its author.

    Attributes:
        statement: the statement.
        key: the public key.
        signature: the signature over the content of the statement.
    """

    statement: Statement
    key: str
    signature: str

    def plain(self) -> dict[str, Any]:
        """As JSON holds it: what is sent to a register."""
        return {"statement": self.statement.plain(), "key": self.key, "signature": self.signature}


def signed(data: Any) -> Signed:
    """The signed statement that a mapping describes.

    Raises:
        InputError: for what is none.
    """
    try:
        return Signed(_statement(data["statement"]), _hex(data["key"], 64), _hex(data["signature"], 128))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"This is no signed statement: {error}.",
            mend="It holds statement, key and signature; the statement comity, register, seat, request, after, event.",
        ) from None


def _statement(data: Any) -> Statement:
    extra = set(data) - {"comity", "register", "seat", "request", "after", "event", "only"}
    if extra or data["comity"] != VERSION:
        raise ValueError(f"unknown field {min(extra)}" if extra else "it is of another version")
    if data.get("only", True) is not True:
        raise ValueError("only is true or left out")
    request = _text(data["request"])
    after, event = data["after"], data["event"]
    if type(after) is not int or after < 0 or not isinstance(event, dict):
        raise ValueError("after is a whole number, event a mapping")
    said = cast("dict[str, Any]", event)
    return Statement(_text(data["register"]), _text(data["seat"]), request, after, said, "only" in data)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is no text")
    return value


def _hex(value: Any, digits: int) -> str:
    """Hexadecimal in one way of writing, so that nothing can be signed in two."""
    if re.fullmatch(f"[0-9a-f]{{{digits}}}", _text(value)) is None:
        raise ValueError(f"{value!r:.20} is not {digits} lower-case hexadecimal digits")
    return str(value)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the register keeps: a leaf of its tree.

    Attributes:
        number: its place, from 0.
        recorded: when it was recorded, in UTC.
        signed: the statement with its signature.
        rulings: the digest of what the law ruled; ``none`` where it had nothing to say.
    """

    number: int
    recorded: datetime.datetime
    signed: Signed
    rulings: str = SILENT

    def plain(self) -> dict[str, Any]:
        """The entry as JSON holds it."""
        held = self.signed.plain()
        return {**held, "number": self.number, "recorded": instant(self.recorded), "rulings": self.rulings}

    def content(self) -> bytes:
        """The bytes that are kept and hashed."""
        return record(self.plain())


def entry(content: bytes) -> Entry:
    """The entry that bytes hold.

    Raises:
        InputError: for bytes that are no entry.
    """
    try:
        return _entry(json.loads(content))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise InputError(f"This is no entry of a register: {error}.") from None


def _entry(data: Any) -> Entry:
    recorded = datetime.datetime.fromisoformat(data["recorded"])
    if set(data) != {"statement", "key", "signature", "number", "recorded", "rulings"}:
        raise ValueError("it has other fields than an entry has")
    if recorded.tzinfo is None or type(data["number"]) is not int:
        raise ValueError("it has no number, or its instant no zone")
    return Entry(data["number"], recorded, signed(data), _text(data["rulings"]))


def instant(at: datetime.datetime) -> str:
    """An instant as it is recorded: UTC, whole milliseconds.

    Example:
        >>> instant(datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC))
        '2026-03-01T12:00:00.000Z'
    """
    utc = at.astimezone(datetime.UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def rulings(determinations: Sequence[Determination], flags: Sequence[Flag]) -> str:
    """The digest of what the law ruled on an event."""
    if not determinations and not flags:
        return SILENT
    return digest([ruled(determinations), [[each.what, each.rule, each.says.en] for each in flags]])


def ruled(determinations: Sequence[Determination]) -> list[dict[str, Any]]:
    """Determinations as JSON holds them."""
    from comity.kernel.canonical import plain

    names = ("about", "sort", "outcome", "on", "rule", "article", "contested", "readings", "facts")
    told = list[dict[str, Any]]()
    for each in determinations:
        said = plain({name: getattr(each, name) for name in names})
        told.append({**said, "ruling": each.ruling.as_json()} if each.ruling else said)
    return told
