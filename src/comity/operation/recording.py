"""Recording one batch of statements in one turn: each is admitted or refused by itself, and all are written at once."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from comity.kernel.errors import ComityError, InputError
from comity.operation import tree
from comity.operation.acts import TextIssued
from comity.operation.checkpoint import Checkpoint
from comity.operation.entry import LARGEST, Entry, Signed, entry, instant, rulings
from comity.operation.position import Position, follow, read, speaks
from comity.operation.refusing import Conflict, NotAllowed, ReadOnly
from comity.operation.roll import REGISTER
from comity.operation.signing import Key, signed_by
from comity.operation.store import Head, Writing
from comity.procedure import Determination, Flag

DRIFT = datetime.timedelta(minutes=5)
"""How far a clock may be behind the last entry; further back it is wrong, and nothing is recorded by it."""


@dataclass(frozen=True)
class Receipt:
    """What an author gets for a statement that is recorded.

    Attributes:
        number: the number of the entry.
        recorded: when it was recorded.
        leaf: the hash of the entry.
        checkpoint: the signed checkpoint that covers it; empty where it was recorded before.
        determinations: what the law ruled.
        flags: what the rules did not allow.
        again: whether it had been recorded before.
    """

    number: int
    recorded: datetime.datetime
    leaf: str
    checkpoint: str = ""
    determinations: tuple[Determination, ...] = ()
    flags: tuple[Flag, ...] = ()
    again: bool = False

    def as_json(self) -> dict[str, Any]:
        """As JSON holds it."""
        from comity.operation.entry import ruled

        return {
            "number": self.number,
            "recorded": instant(self.recorded),
            "leaf": self.leaf,
            "again": self.again,
            "checkpoint": self.checkpoint,
            "determinations": ruled(self.determinations),
            "flags": [{"what": each.what, "says": each.says.en} for each in self.flags],
        }


@dataclass(frozen=True)
class Recorded:
    """A batch that is written.

    Attributes:
        position: the register after it.
        frontier: the edge of its tree.
        outcomes: for each statement its receipt, or why it was refused.
    """

    position: Position
    frontier: tree.Frontier
    outcomes: tuple[Receipt | ComityError, ...]


def recorded(
    turn: Writing,
    position: Position,
    frontier: tree.Frontier,
    statements: Sequence[tuple[Signed, datetime.datetime]],
    *,
    key: Key,
) -> Recorded:
    """Admit and write a batch.

    Args:
        turn: the turn to write.
        position: the register as it stands.
        frontier: the edge of its tree.
        statements: statements, each with the instant at which it arrived.
        key: the register's private key.

    Raises:
        ReadOnly: where the register's key has been rotated away.
    """
    if position.roll.current.get(REGISTER) != key.public:
        raise _rotated()
    frontier = frontier.copy()
    made = turn.made([_request(signed) for signed, _ in statements])
    rows, nodes = list[tuple[int, str, bytes]](), list[tuple[int, int, bytes]]()
    outcomes = list[Receipt | ComityError]()
    for signed, now in statements:
        try:
            if position.roll.current.get(REGISTER) != key.public:  # a checkpoint after this needs the new key
                raise _rotated()
            before = made.get(_request(signed))
            if before is not None:
                outcomes.append(_again(signed, before))
                continue
            after, receipt, content = _admitted(position, signed, now)
        except ComityError as error:
            outcomes.append(error)
            continue
        nodes += frontier.add(tree.leaf_hash(content))
        rows.append((position.size, _request(signed), content))
        made[_request(signed)] = content
        position = after
        outcomes.append(receipt)
    if not rows:
        return Recorded(position, frontier, tuple(outcomes))
    note = Checkpoint(position.roll.register, frontier.size, frontier.root.hex()).signed(key)
    turn.extend(rows, nodes, Head(note.size, note.root, note.text()))
    shown = note.text()
    return Recorded(
        position,
        frontier,
        tuple(replace(each, checkpoint=shown) if isinstance(each, Receipt) else each for each in outcomes),
    )


def _rotated() -> ReadOnly:
    return ReadOnly("The register's key has been rotated.", mend="Open the register with the new one.")


def _request(signed: Signed) -> str:
    return f"{signed.statement.seat} {signed.statement.request}"


def _again(signed: Signed, content: bytes) -> Receipt:
    """The receipt of a statement that was recorded before.

    Raises:
        Conflict: where another statement was recorded under the same request.
    """
    held = entry(content)
    if held.signed != signed:
        raise Conflict(
            f"{signed.statement.seat} made another statement as request {signed.statement.request}:"
            f" entry {held.number}.",
            mend="Give every statement a request of its own.",
        )
    return Receipt(held.number, held.recorded, tree.leaf_hash(content).hex(), again=True)


def _admitted(position: Position, signed: Signed, now: datetime.datetime) -> tuple[Position, Receipt, bytes]:
    content = signed.statement.content()
    if len(content) > LARGEST:
        raise NotAllowed(
            f"The statement has {len(content):,} bytes; at most {LARGEST:,} are taken.",
            mend="Lay the file before the register as evidence, by its digest.",
        )
    speaks(position, signed.statement, signed.key)
    if not signed_by(signed.key, content, signed.signature):
        raise NotAllowed(f"The signature is not that of {signed.statement.seat} over this statement.")
    if now.tzinfo is None:
        raise InputError("The instant of recording has no zone.", mend="Give it in UTC.")
    if now < position.recorded - DRIFT:
        raise Conflict(
            f"The clock says {instant(now)}, the last entry was recorded at {instant(position.recorded)}.",
            mend="Set the clock of this machine; nothing was recorded.",
        )
    made = read(signed.statement.event)
    at = max(now.replace(microsecond=now.microsecond // 1000 * 1000), position.recorded)  # as it is written
    if isinstance(made, TextIssued):
        from comity.operation import issuing

        issuing.check(position.state, made)
    after, step = follow(position, signed.statement, made, at)
    held = Entry(position.size, at, signed, rulings(step.determinations, step.flags))
    leaf = held.content()
    receipt = Receipt(held.number, at, tree.leaf_hash(leaf).hex(), determinations=step.determinations, flags=step.flags)
    return after, receipt, leaf
