"""Tokens of seats: what lets a delegation's program in, for a time; they never replace a signature.

A token is made once and shown once. The register keeps the SHA-256 digest of its secret, its seat and its last instant,
in a table beside the entries: whoever reads the table cannot make a token from it.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, MetaData, String, Table, insert, inspect, select, update

from comity.kernel.errors import ComityError, InputError, UnknownName
from comity.operation.entry import instant
from comity.operation.refusing import NotAllowed
from comity.operation.register import Register
from comity.operation.roll import REGISTER

METADATA = MetaData()
TOKENS = Table(
    "seat_tokens",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("seat", String(200), nullable=False),
    Column("digest", String(64), nullable=False, comment="SHA-256 of the secret, which is kept nowhere"),
    Column("issued", String(24), nullable=False),
    Column("expires", String(24), nullable=False),
    Column("revoked", String(24), nullable=False, comment="empty while it is not"),
)
"""Tokens by their id; no row is ever taken away."""
WRITTEN = re.compile(r"comity_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")
"""How a token is written: its id, and its secret of 32 bytes."""
LONGEST = datetime.timedelta(days=366)
"""The longest time for which a token is issued."""


class Unauthorised(ComityError):
    """No token, or one that is not, no longer or not yet good; says which, and never repeats it."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept.

    Attributes:
        id: its name, which may be shown.
        seat: whose it is.
        issued: since when.
        expires: until when, not including.
        revoked: since when it no longer counts; empty while it does.
    """

    id: str
    seat: str
    issued: str
    expires: str
    revoked: str = ""


class Tokens:
    """The tokens of one register.

    Args:
        register: the register, open.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        self._made = False

    def issue(self, seat: str, *, now: datetime.datetime, lasts: datetime.timedelta) -> tuple[Token, str]:
        """A new token for a seat, and the words to give to it: they are not kept and cannot be shown again.

        Args:
            seat: a seat that holds a valid key.
            now: the present instant, in UTC.
            lasts: how long it counts.

        Raises:
            UnknownName: for a seat without a key.
            NotAllowed: for the register itself.
            InputError: for a time that is not positive, or longer than a year.
            ReadOnly: where nothing can be written.
        """
        if seat == REGISTER:
            raise NotAllowed("The register itself has no token.", mend="It signs where it runs, with register.pem.")
        held = self._register.position().roll.current
        if seat not in held:
            raise UnknownName("seat with a valid key", seat, sorted(set(held) - {REGISTER}))
        if not datetime.timedelta(0) < lasts <= LONGEST:
            raise InputError(
                f"A token cannot count for {lasts.days} days.", mend=f"Give 1 to {LONGEST.days}; it can be renewed."
            )
        secret = secrets.token_urlsafe(32)
        made = Token(secrets.token_hex(8), seat, instant(now), instant(now + lasts))
        with self._register.store.writing() as turn:
            METADATA.create_all(turn.connection)
            row = {"id": made.id, "seat": seat, "issued": made.issued, "expires": made.expires, "revoked": ""}
            turn.connection.execute(insert(TOKENS), {**row, "digest": _digest(secret)})
        return made, f"comity_{made.id}_{secret}"

    def revoke(self, name: str, *, now: datetime.datetime) -> Token:
        """End a token at once; one that has ended stays as it is.

        Args:
            name: its id.
            now: the present instant, in UTC.

        Raises:
            UnknownName: where there is none.
            ReadOnly: where nothing can be written.
        """
        listed = {each.id: each for each in self.listed()}
        if name not in listed:
            raise UnknownName("token", name, sorted(listed))
        with self._register.store.writing() as turn:
            where = (TOKENS.c.id == name) & (TOKENS.c.revoked == "")
            turn.connection.execute(update(TOKENS).where(where).values(revoked=instant(now)))
        return next(each for each in self.listed() if each.id == name)

    def listed(self) -> list[Token]:
        """Every token there ever was, the oldest first."""
        if not self._there():
            return []
        columns = (TOKENS.c.id, TOKENS.c.seat, TOKENS.c.issued, TOKENS.c.expires, TOKENS.c.revoked)
        with self._register.store.reading() as view:
            return [Token(*row) for row in view.connection.execute(select(*columns).order_by(TOKENS.c.issued))]

    def seat(self, shown: str, *, now: datetime.datetime) -> str:
        """The seat of a token that is shown.

        Args:
            shown: what was sent as the token.
            now: the present instant, in UTC.

        Raises:
            Unauthorised: where it is no token of this register, has expired or was revoked.
            NotAllowed: where its seat holds no valid key any more.
        """
        written = WRITTEN.fullmatch(shown)
        row = self._row(written[1]) if written and self._there() else None
        known = row.digest if row is not None else _digest("")
        if not hmac.compare_digest(known, _digest(written[2] if written else "-")) or row is None:
            raise Unauthorised("This is no token of this register.", mend="The secretariat's operator issues tokens.")
        if row.revoked:
            raise Unauthorised("This token was revoked.", mend="Ask the operator of the register for another.")
        if instant(now) >= row.expires:
            raise Unauthorised(f"This token expired at {row.expires}.", mend="Ask the operator for another.")
        if row.seat not in self._register.position().roll.current:
            raise NotAllowed(
                f"{row.seat} holds no valid key: its credentials were revoked.",
                mend="The secretariat registers a new key for it; the token then counts again.",
            )
        return row.seat

    def _row(self, name: str) -> Any:
        with self._register.store.reading() as view:
            return view.connection.execute(select(TOKENS).where(TOKENS.c.id == name)).first()

    def _there(self) -> bool:
        """Whether any token was ever issued: the table is made with the first."""
        if not self._made:
            with self._register.store.reading() as view:
                self._made = inspect(view.connection).has_table(TOKENS.name)
        return self._made


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
