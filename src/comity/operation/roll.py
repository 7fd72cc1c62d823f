"""The roll: which key may sign for which seat, since which entry and until which."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from immutables import Map

from comity.kernel.canonical import record
from comity.model.event.act import Act
from comity.operation.acts import KeyRegistered, KeyRevoked, KeyRotated, RegisterFounded
from comity.operation.refusing import NotAllowed
from comity.operation.signing import signed_by

OFFICE = frozenset({"secretariat", "chair"})
"""Seats that may register and revoke the keys of others."""
REGISTER = "register"
"""The seat that founds the register and signs its checkpoints, and does nothing else."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A key of a seat.

    Attributes:
        seat: the seat.
        since: the number of the entry from which it is valid.
        until: the number of the entry that ended it; None while it is valid.
        why: ``founding``, ``registered``, ``rotated``, or ``registered_again`` after a revocation.
    """

    seat: str
    since: int
    until: int | None = None
    why: str = "founding"


@dataclass(frozen=True, slots=True)
class Roll:
    """All keys there ever were, and the current one of each seat.

    Attributes:
        register: the register.
        minutes: whether the secretariat records the acts of others.
        exercise: whether it is an exercise, in which days may be recorded that have not come.
        keys: every key.
        current: the valid key of each seat.
        seen: how many entries each seat had seen when it last spoke.
    """

    register: str = ""
    minutes: bool = False
    exercise: bool = False
    keys: Map[str, Holding] = field(default_factory=Map[str, Holding])
    current: Map[str, str] = field(default_factory=Map[str, str])
    seen: Map[str, int] = field(default_factory=Map[str, int])


def possession(register: str, seat: str, key: str) -> bytes:
    """What a new key signs to show that whoever registers it holds it."""
    return record({"comity": "key/1", "register": register, "seat": seat, "key": key})


def founded(act: RegisterFounded, register: str) -> Roll:
    """The roll that a founding begins with.

    Raises:
        NotAllowed: where one key is given to two seats.
    """
    if len(set(act.keys.values())) < len(act.keys):
        raise NotAllowed("Two seats have the same key.", mend="Every seat signs with a key of its own.")
    keys = Map({key: Holding(seat, 0) for seat, key in act.keys.items()})
    return Roll(register, act.minutes, act.exercise or act.forked is not None, keys, Map(act.keys))


def entitled(roll: Roll, seat: str, key: str) -> None:
    """Check that a key may sign for a seat now.

    Raises:
        NotAllowed: where it may not, saying why.
    """
    held = roll.keys.get(key)
    if held is None:
        raise NotAllowed(f"No seat has registered the key {key[:16]}....", mend="The secretariat registers keys.")
    if held.seat != seat:
        raise NotAllowed(f"The key {key[:16]}... is that of {held.seat}, not of {seat}.")
    if held.until is not None:
        raise NotAllowed(
            f"The key {key[:16]}... of {seat} ended with entry {held.until}.", mend="Sign with the seat's valid key."
        )


def spoken(roll: Roll, seat: str, after: int) -> Roll:
    """The roll after a seat has spoken."""
    return replace(roll, seen=roll.seen.set(seat, after))


def entered(roll: Roll, act: Act, seat: str, number: int) -> Roll:
    """The roll after an act; unchanged where the act is about no key.

    Args:
        roll: the roll before.
        act: the act.
        seat: who signed it.
        number: the number of its entry.

    Raises:
        NotAllowed: for keys that the seat may not register, rotate or revoke.
    """
    if isinstance(act, KeyRegistered):
        return _registered(roll, act, seat, number)
    if isinstance(act, KeyRotated):
        if seat != act.seat:
            raise NotAllowed(
                f"{seat} cannot rotate the key of {act.seat}.", mend="A seat rotates its own, with the old."
            )
        if seat not in roll.current:
            raise NotAllowed(f"{seat} has no valid key to rotate.", mend="The secretariat or the chair registers one.")
        _new(roll, act)
        ended = _ended(roll, roll.current[seat], number)
        return _with(ended, act, number, "rotated")
    if isinstance(act, KeyRevoked):
        return _revoked(roll, act, seat, number)
    return roll


def worth_saying(roll: Roll, act: Act) -> str:
    """What is flagged of a change of another seat's key: ``revoked_by_another``, ``registered_again``; else nothing."""
    if isinstance(act, KeyRevoked):
        return "revoked_by_another"
    again = isinstance(act, KeyRegistered) and roll.keys[act.key].why == "registered_again"
    return "registered_again" if again else ""


def _registered(roll: Roll, act: KeyRegistered, seat: str, number: int) -> Roll:
    if seat not in OFFICE:
        raise NotAllowed(f"{seat} cannot register keys.", mend="The secretariat or the chair registers them.")
    if act.seat in roll.current:
        raise NotAllowed(
            f"{act.seat} has a valid key.", mend="It rotates the key itself; where the key is lost, revoke it first."
        )
    if act.seat == REGISTER:
        raise NotAllowed("The register's own key is rotated with the old one, never registered anew.")
    _new(roll, act)
    before = any(each.seat == act.seat for each in roll.keys.values())
    return _with(roll, act, number, "registered_again" if before else "registered")


def _revoked(roll: Roll, act: KeyRevoked, seat: str, number: int) -> Roll:
    if seat != act.seat and seat not in OFFICE:
        raise NotAllowed(
            f"{seat} cannot revoke the key of {act.seat}.", mend="The seat itself, chair or secretariat do."
        )
    if roll.current.get(act.seat) != act.key:
        raise NotAllowed(f"{act.key[:16]}... is not the valid key of {act.seat}.")
    if act.seat == REGISTER:
        raise NotAllowed("The register's own key is rotated, never revoked: nothing could be signed after it.")
    if act.seat in OFFICE and not any(each in roll.current for each in OFFICE - {act.seat}):
        raise NotAllowed(
            f"{act.seat} is the last that can register keys: nobody could register another after it.",
            mend="Rotate the key with the old one, or register a key of the other office first.",
        )
    ended = _ended(roll, act.key, number)
    return replace(ended, current=ended.current.delete(act.seat))


def _new(roll: Roll, act: Any) -> None:
    if act.key in roll.keys:
        raise NotAllowed(f"The key {act.key[:16]}... was registered before.", mend="Make a new one.")
    if not signed_by(act.key, possession(roll.register, act.seat, act.key), act.possession):
        raise NotAllowed(f"The new key of {act.seat} did not sign for its possession.")


def _ended(roll: Roll, key: str, number: int) -> Roll:
    return replace(roll, keys=roll.keys.set(key, replace(roll.keys[key], until=number)))


def _with(roll: Roll, act: Any, number: int, why: str) -> Roll:
    keys = roll.keys.set(act.key, Holding(act.seat, number + 1, None, why))
    return replace(roll, keys=keys, current=roll.current.set(act.seat, act.key))
