"""Snapshots: the newest state, kept so that a register opens quickly. They are checked, and never trusted.

A snapshot counts only if the register's key signed it, its root is that of the entries that are there, and the same
program wrote it; else the entries are followed from the first. ``verify`` never reads one except to compare it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from comity.kernel.canonical import digest, record
from comity.kernel.version import VERSION
from comity.operation.entry import entry
from comity.operation.freezing import frozen
from comity.operation.freezing import thawed as values
from comity.operation.position import Position
from comity.operation.roll import REGISTER
from comity.operation.signing import Key, signed_by
from comity.operation.store import Reading


@dataclass(frozen=True)
class Snapshot:
    """A snapshot.

    Attributes:
        size: after how many entries.
        root: the root over them.
        program: the version of the program that wrote it.
        signature: the register's signature over size, root, program and digests.
        content: the position as JSON.
        status: what :func:`comity.operation.status.status` says of it, as JSON.
    """

    size: int
    root: str
    program: str
    signature: str
    content: bytes
    status: bytes

    def row(self) -> dict[str, Any]:
        """As it is kept."""
        return dict(vars(self))


def made(position: Position, root: str, key: Key) -> Snapshot:
    """The snapshot of a position.

    Args:
        position: the position.
        root: the root of the tree over its entries.
        key: the register's key.
    """
    from comity.operation.status import status

    content = json.dumps(frozen(position, Position), separators=(",", ":"), ensure_ascii=False).encode()
    said = json.dumps(status(position), separators=(",", ":"), ensure_ascii=False).encode()
    signature = key.sign(_signed(position.size, root, VERSION, (content, said)))
    return Snapshot(position.size, root, VERSION, signature, content, said)


def _signed(size: int, root: str, program: str, parts: tuple[bytes, bytes]) -> bytes:
    digests = [digest(each) for each in parts]
    return record({"comity": "snapshot/1", "size": size, "root": root, "program": program, "digests": digests})


def kept(view: Reading, public: str) -> Snapshot | None:
    """The snapshot of a register, where there is one that its key signed and this program wrote.

    Args:
        view: the register.
        public: the register's public key at its founding; those to which it was rotated count as well.
    """
    row = view.snapshot()
    if row is None:
        return None
    found = Snapshot(int(row.size), row.root, row.program, row.signature, bytes(row.content), bytes(row.status))
    signed = _signed(found.size, found.root, found.program, (found.content, found.status))
    if found.program != VERSION:
        return None
    if signed_by(public, signed, found.signature):
        return found
    return found if any(signed_by(key, signed, found.signature) for key in _rotated(view)) else None


def _rotated(view: Reading) -> Iterator[str]:
    """The keys to which the register's own was rotated."""
    for content in view.of_seat(REGISTER):
        event = entry(content).signed.statement.event
        if event.get("kind") == "key_rotated":
            yield str(event.get("key", ""))


def same(snapshot: Snapshot, position: Position) -> bool:
    """Whether a snapshot is what the entries make of the charter."""
    return json.loads(snapshot.content) == json.loads(json.dumps(frozen(position, Position)))


def said(snapshot: Snapshot) -> dict[str, Any] | None:
    """The status that a snapshot holds; None where it cannot be read."""
    try:
        found: Any = json.loads(snapshot.status)
    except ValueError:
        return None
    return cast("dict[str, Any]", found) if isinstance(found, dict) else None


def thawed(snapshot: Snapshot) -> Position | None:
    """The position that a snapshot holds; None where it cannot be read."""
    try:
        found: Position = values(json.loads(snapshot.content), Position)
    except (TypeError, ValueError, KeyError):
        return None
    return found if found.size == snapshot.size else None
