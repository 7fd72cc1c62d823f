"""The founding of a register: its first entry, and the charter that is kept beside it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from comity.kernel.canonical import digest
from comity.kernel.errors import ComityError, InputError
from comity.kernel.version import VERSION
from comity.model.institution import Institution
from comity.operation import roll as rolls
from comity.operation.acts import SPEAKER, Ancestor, RegisterFounded
from comity.operation.entry import Entry, Statement
from comity.operation.refusing import NotAllowed, Unreadable
from comity.operation.roll import REGISTER
from comity.operation.signing import Key
from comity.operation.store import Reading

CHARTER = "application/x-comity-charter"
"""The media type under which the charter is kept."""
VERIFY = "comity register verify says which entry."


def founding_entry(
    institution: Institution,
    name: str,
    keys: Mapping[str, Key],
    text: bytes,
    *,
    on: datetime.date | None,
    now: datetime.datetime,
    minutes: bool,
    exercise: bool,
    forked: Ancestor | None,
) -> Entry:
    """The first entry of a register, signed with its own key.

    Args:
        institution: its charter.
        name: the name of the charter.
        keys: the first keys by seat.
        text: the charter as it is written.
        on: the day of the founding; the charter's own where absent.
        now: the present instant.
        minutes: whether the secretariat records the acts of others.
        exercise: whether acts may be recorded of days that have not come.
        forked: the register from which it was forked.

    Raises:
        NotAllowed: where a key is missing, or two seats have the same.
        InputError: for what is no seat, or a charter with faults.
    """
    for seat in keys:
        if re.fullmatch(SPEAKER, seat) is None:
            raise InputError(f"{seat!r} is no seat.", mend="Seats are member:JPN, chair, secretariat, verifier:NAME.")
    lacking = {REGISTER, "secretariat"} - set(keys)
    if lacking:
        raise NotAllowed(f"A register needs a key of the {min(lacking)}.", mend="Make one: Key.made('secretariat').")
    if charter(text.decode(), name).digest != institution.digest:
        raise InputError("The charter does not read back as it was given.", mend="Write it to a file and check it.")
    act = RegisterFounded(
        on=on or institution.as_of,
        institution=name,
        charter=institution.digest,
        document=digest(text),
        keys={seat: key.public for seat, key in keys.items()},
        minutes=minutes,
        exercise=exercise,
        forked=forked,
        version=VERSION,
    )
    rolls.founded(act, "")
    event = act.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"kind": act.kind}
    return Entry(0, now, Statement("", REGISTER, "founding", 0, event).signed(keys[REGISTER]))


def charter(text: str, name: str) -> Institution:
    """The charter that a text holds.

    Raises:
        DocumentError: with its faults.
    """
    from comity.charter.read import read
    from comity.library.actors import actors

    return read(text, name, actors=actors())


def charter_of(view: Reading, made: RegisterFounded) -> Institution:
    """The charter that a register was founded with, as it is kept in it.

    Raises:
        Unreadable: where it is not there, or another.
    """
    for _, media, content in view.documents():
        if media == CHARTER:
            try:
                found = charter(content.decode(), made.institution)
            except (ComityError, UnicodeDecodeError) as error:
                raise Unreadable(f"The charter of the register cannot be read: {error}") from None
            if found.digest == made.charter:
                return found
    raise Unreadable("The register does not hold the charter that it was founded with.", mend=VERIFY)
