"""Replaying a register: every entry with the act it holds and what the law rules on it, from the charter onwards."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from comity.model.event.act import Act
from comity.operation.position import Position, follow, founding, read
from comity.operation.register import Register
from comity.procedure import Step


@dataclass(frozen=True, slots=True)
class Replayed:
    """One entry, followed from the charter.

    Attributes:
        number: the number of the entry.
        recorded: when it was recorded.
        seat: who signed it.
        act: the act or event it holds.
        step: the institution after it, what the law says of it, and what the rules did not allow.
        position: the whole register after it.
    """

    number: int
    recorded: datetime.datetime
    seat: str
    act: Act
    step: Step
    position: Position


def replayed(register: Register, first: int = 0) -> Iterator[Replayed]:
    """Every entry of a register in order, with its act and its step.

    Rulings are made anew from the charter, never read: what comes out is what :func:`comity.operation.verifying.verify`
    compares with the record.

    Args:
        register: the register.
        first: from this number; those before are followed all the same.

    Raises:
        Unreadable: where an entry is none.
        ComityError: where an entry does not follow from those before it.

    Example:
        >>> import datetime
        >>> import comity
        >>> from comity.operation.signing import Key
        >>> keys = {seat: Key.made(seat) for seat in ("register", "secretariat")}
        >>> now = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
        >>> with Register.new(":memory:", comity.load("g5"), "g5", keys=keys, now=now) as register:
        ...     [(each.number, each.act.kind) for each in replayed(register)]
        [(0, 'register_founded')]
    """
    institution, position = register.institution, None
    for held in register.entries():
        statement = held.signed.statement
        act = read(statement.event)
        if position is None:
            position = founding(institution, register.founded, register.id, held.recorded)
            step = Step(position.state)
        else:
            position, step = follow(position, statement, act, held.recorded)
        if held.number >= first:
            yield Replayed(held.number, held.recorded, statement.seat, act, step, position)
