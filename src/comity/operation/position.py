"""What follows from the entries so far: the institution, the roll of keys and the docket, one entry at a time.

Appending, catching up with other writers and verifying all go through :func:`follow`: a register is what its entries
make of its charter, and nothing else.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from typing import Any

from immutables import Map
from pydantic import ValidationError

from comity.kernel.errors import InputError, UnknownName
from comity.model.event import EVENTS
from comity.model.event.act import Act
from comity.model.institution import Institution
from comity.operation import docket as dockets
from comity.operation import roll as rolls
from comity.operation.acts import ACTS, KeyRegistered, KeyRevoked, KeyRotated, RegisterFounded, act
from comity.operation.competence import doubt as doubted
from comity.operation.docket import Docket
from comity.operation.entry import Statement
from comity.operation.refusing import Conflict, NotAllowed
from comity.operation.roll import REGISTER, Roll
from comity.procedure import State, Step, apply, start

NEVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)
"""Before anything was recorded."""
AHEAD = datetime.timedelta(hours=14)
"""How far the day of an act may be ahead of the clock in UTC: there are places where it is tomorrow already."""
KEYS = (KeyRegistered, KeyRotated, KeyRevoked)


@dataclass(frozen=True, slots=True)
class Position:
    """A register after some of its entries.

    Attributes:
        size: how many entries.
        state: the institution as it stands.
        roll: who may sign.
        docket: evidence, scores, disputes.
        recorded: when the last entry was recorded.
        flagged: what the rules did not allow, by entry: its kinds.
    """

    size: int
    state: State
    roll: Roll
    docket: Docket = field(default_factory=Docket)
    recorded: datetime.datetime = NEVER
    flagged: Map[int, tuple[str, ...]] = field(default_factory=Map[int, tuple[str, ...]])


def read(data: Any) -> Act:
    """The act or event of a statement.

    Raises:
        UnknownName: for a kind that is none, with near ones.
        InputError: for what is none, with the field and what is wrong with it.
    """
    try:
        return act(dict(data))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "union_tag_invalid":
            raise UnknownName("kind of event", str(data.get("kind")), [*ACTS, *EVENTS]) from None
        place = ".".join(str(part) for part in first["loc"]) or str(data.get("kind", "event"))
        raise InputError(
            f"This is no event: {place}: {first['msg'][:1].lower()}{first['msg'][1:200]}.",
            mend="docs/register.md and docs/law.md list the kinds of events and their fields.",
        ) from None


def founding(institution: Institution, made: RegisterFounded, register: str, recorded: datetime.datetime) -> Position:
    """The position after the founding entry."""
    state = start(institution, made.on)
    return Position(1, state, rolls.founded(made, register), recorded=recorded)


def speaks(position: Position, statement: Statement, key: str) -> None:
    """Check that the seat may make this statement now: its key, its register, its order.

    Raises:
        NotAllowed: for a key that may not sign for the seat.
        Conflict: for another register, or a statement out of order.
    """
    roll = position.roll
    if statement.register != roll.register:
        raise NotAllowed("The statement is for another register.", mend=f"This one is {roll.register}.")
    rolls.entitled(roll, statement.seat, key)
    if statement.after > position.size:
        raise Conflict(f"Its author saw {statement.after} entries; there are {position.size}.")
    if statement.after < roll.seen.get(statement.seat, 0):
        raise Conflict(
            f"{statement.seat} has spoken since:"
            f" it had seen {roll.seen[statement.seat]} entries, here {statement.after}.",
            mend="An older statement does not count after a newer one; make it anew.",
        )
    if statement.only and statement.after != position.size:
        raise Conflict(
            f"The register has moved on: {position.size} entries, not {statement.after}.",
            mend="Look at what was recorded since, and make the statement anew.",
        )


def follow(position: Position, statement: Statement, made: Act, recorded: datetime.datetime) -> tuple[Position, Step]:
    """The position after one more entry, and what the law says of it.

    Raises:
        NotAllowed: for an act in the name of another seat, or one that the seat may not do.
        Conflict: for an act of the register that does not fit what is there, or of a day that has not come.
        InputError: for an event to which the charter cannot be applied.
    """
    _own(position, statement.seat, made)
    _come(position, made, recorded)
    number = position.size
    roll = rolls.spoken(position.roll, statement.seat, statement.after)
    flagged = position.flagged
    kind: str = getattr(made, "kind")  # noqa: B009 - every event has one
    if kind in ACTS:
        if isinstance(made, KEYS):
            roll = rolls.entered(roll, made, statement.seat, number)
            if statement.seat != made.seat and (said := rolls.worth_saying(roll, made)):
                flagged = flagged.set(number, (said,))
        step, docket = Step(position.state), dockets.entered(position.docket, made, number, position.state)
    else:
        step, docket = _applied(position.state, made, statement.seat), position.docket
        if step.flags:
            flagged = flagged.set(number, tuple(flag.what for flag in step.flags))
    return Position(number + 1, step.state, roll, docket, max(recorded, position.recorded), flagged), step


def _applied(state: State, made: Act, seat: str) -> Step:
    """What the law makes of an event, and what is said of it where the seat could not do it alone."""
    doubt = doubted(made, seat)
    if doubt is not None and doubt.what == "ultra_vires":
        return Step(state, (), (doubt,))
    try:
        step = apply(state, made)
    except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise InputError(
            f"The law cannot be applied to this {getattr(made, 'kind', 'event')}: {error}.",
            mend="Its days or figures lie beyond what the charter can reckon with.",
        ) from error
    return replace(step, flags=(*step.flags, doubt)) if doubt else step


def _come(position: Position, made: Act, recorded: datetime.datetime) -> None:
    """Nothing is recorded before it has come: an act of a later day would let every term run out."""
    if position.roll.exercise:
        return
    last = (recorded + AHEAD).date()
    day = max(made.on, made.at.date()) if made.at else made.on
    if day > last:
        raise Conflict(
            f"{day} has not come: the clock of the register says {recorded:%Y-%m-%d}.",
            mend="Record it when it has happened; an exercise is founded, or forked, as one.",
        )


def _own(position: Position, seat: str, made: Act) -> None:
    if isinstance(made, RegisterFounded):
        raise Conflict("This register was founded already.")
    if seat == REGISTER:
        if not isinstance(made, KeyRotated) or made.seat != REGISTER:
            raise NotAllowed("The register's own key signs checkpoints and its own rotation, and nothing else.")
        return
    if made.by == seat or (position.roll.minutes and seat == "secretariat"):
        return
    raise NotAllowed(
        f"{seat} cannot act for {made.by}.",
        mend="Each seat signs its own acts; minutes of others' acts need a register that was founded with --minutes.",
    )
