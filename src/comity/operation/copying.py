"""Copies of a register: imported from an export, mirrored from another place, forked for an exercise.

An import and a mirror hold the same entries, byte for byte, and the same register; without the register's key they can
only be read. Both are verified whole, with the law, before anything counts. A fork is another register with keys of its
own, which names its ancestor, so that nobody can take an exercise for the original.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from comity.kernel.canonical import digest
from comity.kernel.errors import ComityError, DestinationError, InputError
from comity.operation import tree
from comity.operation.acts import ACTS, Ancestor
from comity.operation.entry import Signed, entry
from comity.operation.exporting import Export, is_export, read
from comity.operation.faults import Verified
from comity.operation.refusing import Conflict, ReadOnly, Unreadable
from comity.operation.register import Register
from comity.operation.signing import Key
from comity.operation.store import Reading, Store, Writing
from comity.operation.verifying import verified, verify


@dataclass(frozen=True)
class Mirrored:
    """What a mirror took over.

    Attributes:
        register: the register.
        before: how many entries the mirror had.
        size: how many it has now.
    """

    register: str
    before: int
    size: int


def import_(file: str | Path, place: str | Path, *, key: Key | None = None) -> Register:
    """Make a register of an export, verbatim; it is verified before anything is written.

    Args:
        file: the export.
        place: a path for a SQLite file, or ``postgresql://...`` for an empty database.
        key: the register's own private key; None for a copy that can only be read.

    Raises:
        Unreadable: where the file is no export, or not an honest one, saying what is wrong.
        NotAllowed: where the key is not the register's.
        ReadOnly: where there is something already.
    """
    _bring(_file(file), place, str(file), key)
    return Register.open(place, key)


def mirror(source: str | Path, place: str | Path) -> Mirrored:
    """Take over what a register, or an export of it, has more than a mirror; the first time, everything.

    What was mirrored before must be continued: a source that lost or rewrote anything is refused, and the mirror stays
    as it is.

    Args:
        source: a path or ``postgresql://...`` of a register, or the path of an export.
        place: the mirror: a path, or ``postgresql://...``.

    Raises:
        Conflict: where the source does not continue what was mirrored.
        Unreadable: where either cannot be read, or what is new is not honest.
        ReadOnly: where the mirror cannot be written.
    """
    mine = Store(place)
    try:
        mine.open()
    except Unreadable:
        mine.close()
        held = _from(source, 0)
        _bring(held, place, str(source), None)
        return Mirrored(_register(held.contents), 0, held.head.size)
    try:
        with mine.reading() as view:
            before = _size(view)
        held = _from(source, before)
        with mine.writing() as turn:
            return _continue(turn, held, before, str(source))
    finally:
        mine.close()


def fork(
    source: str | Path, place: str | Path, at: int, *, keys: Mapping[str, Key], now: datetime.datetime
) -> Register:
    """Found a register for an exercise that begins where another stood: same charter, same events, other keys.

    The secretariat of the new register records what happened, as minutes; keys, evidence, scores and disputes of the
    ancestor stay with it.

    Args:
        source: the ancestor: a path, or ``postgresql://...``.
        place: where the new register shall be.
        at: how many of the ancestor's entries count.
        keys: the first keys of the new register by seat; ``register`` and ``secretariat`` among them.
        now: the present instant, in UTC.

    Raises:
        InputError: where the ancestor has fewer entries.
        NotAllowed: where a key is missing.
        ReadOnly: where there is something already.
    """
    with Register.open(source) as ancestor:
        if not 1 <= at <= ancestor.size:
            raise InputError(
                f"{source} has {ancestor.size} entries; it cannot be forked at {at}.",
                mend=f"Give a number from 1 to {ancestor.size}.",
            )
        with ancestor.store.reading() as view:
            root = tree.root(at, view.node).hex()
        founded, said = ancestor.founded, list(ancestor.entries(1, at))
        named = Ancestor.model_validate({"register": ancestor.id, "size": at, "root": root})
        made = Register.new(
            place,
            ancestor.institution,
            founded.institution,
            keys=keys,
            on=founded.on,
            now=now,
            minutes=True,
            exercise=True,
            forked=named,
        )
    statements = list[Signed]()
    for held in said:
        event = dict(held.signed.statement.event)
        if event["kind"] not in ACTS:
            after, request = len(statements) + 1, f"ancestor {held.number}"
            statement = made.statement("secretariat", event, request=request, after=after)
            statements.append(statement.signed(keys["secretariat"]))
    try:
        made.submit_all(statements, now=now)
    except ComityError:
        made.close()
        _remove(made.store)
        raise
    return made


def _remove(store: Store) -> None:
    """Take away a register that could not be finished."""
    if store.lite:
        for tail in ("", "-wal", "-shm"):
            Path(f"{store.shown}{tail}").unlink(missing_ok=True)


def _file(file: str | Path) -> Export:
    try:
        return read(Path(file).read_bytes(), str(file))
    except OSError as error:
        raise Unreadable(f"{file} cannot be read: {error.strerror}.") from None


def _from(source: str | Path, first: int) -> Export:
    """What a register or an export holds from an entry on."""
    if is_export(source):
        held = _file(source)
        return replace(held, contents=held.contents[first:])
    store = Store(source)
    store.open()
    try:
        with store.reading() as view:
            head = view.head()
            if head is None:
                raise Unreadable(f"{store.shown} has no checkpoint.")
            contents = [content for _, _, content in view.rows(first, head.size)]
            return Export(head, contents, view.checkpoints(), list(view.documents()))
    finally:
        store.close()


def _register(contents: list[bytes]) -> str:
    return tree.leaf_hash(contents[0]).hex()


def _size(view: Reading) -> int:
    head = view.head()
    return 0 if head is None else head.size


def _bring(held: Export, place: str | Path, name: str, key: Key | None) -> None:
    """Write a copy aside, verify it there, and only then put it in its place."""
    store = Store(place)
    there = Path(store.shown)
    if store.lite and there.exists():
        raise ReadOnly(f"{there} is there already.", mend="Name a new file; a register is never overwritten.")
    try:
        with tempfile.TemporaryDirectory(prefix=".copy-", dir=there.parent if store.lite else None) as folder:
            aside = Path(folder) / "copy.db"
            _write(Store(aside), held)
            _honest(verify(aside), name)
            Register.open(aside, key).close()
            if store.lite:
                aside.rename(there)
            else:
                _write(store, held)
    except OSError as error:
        raise DestinationError(f"{there} could not be written: {error.strerror}.") from None
    finally:
        store.close()


def _write(store: Store, held: Export) -> None:
    store.make()
    try:
        with store.writing() as turn:
            _extend(turn, held, tree.Frontier())
    finally:
        store.close()


def _extend(turn: Writing, held: Export, edge: tree.Frontier) -> None:
    """Add entries, checkpoints and documents as they are."""
    rows, nodes = list[tuple[int, str, bytes]](), list[tuple[int, int, bytes]]()
    for content in held.contents:
        statement = entry(content).signed.statement
        rows.append((edge.size, f"{statement.seat} {statement.request}", content))
        nodes += edge.add(tree.leaf_hash(content))
    if rows:
        turn.extend(rows, nodes, held.head)
    for size, seat, note in held.countersigned:
        turn.countersign(size, seat, note)
    for sha256, media, content in held.documents:
        if digest(content) != sha256:
            raise Unreadable(f"The document {sha256[:16]}... is not what its digest says.")
        turn.lay(content, media)


def _honest(found: Verified, name: str) -> None:
    if found.faults:
        first = found.faults[0]
        where = f"entry {first.entry}" if first.entry >= 0 else "as a whole"
        raise Unreadable(
            f"{name} is not honest: {where}: {first.says.en}; {len(found.faults)} faults in all.",
            mend="Nothing was taken over; comity-verify says more.",
        )


def _continue(turn: Writing, held: Export, before: int, name: str) -> Mirrored:
    """Extend a mirror inside a turn, which is undone where anything is wrong.

    Raises:
        Conflict: where the source does not continue what was mirrored.
        Unreadable: where what is new is not honest.
    """
    if _size(turn) != before:
        raise Conflict("The mirror was extended by someone else in between.", mend="Mirror again.")
    edge = tree.Frontier.of(before, turn.node)
    ahead = edge.copy()
    for content in held.contents:
        ahead.add(tree.leaf_hash(content))
    if (ahead.size, ahead.root.hex()) != (held.head.size, held.head.root):
        raise Conflict(
            f"{name} does not continue the mirror: it stands for {held.head.size} entries with another root than the "
            f"{before} that were mirrored and the {len(held.contents)} that are new.",
            mend="Keep the mirror: it shows that the register was rewritten. Ask the secretariat.",
        )
    _extend(turn, held, edge)
    found = verified(turn)
    _honest(found, name)
    return Mirrored(found.register, before, found.size)
