"""A register: one institution, its charter fixed at the start, and everything that happens to it, in order and signed.

Statements that arrive together are recorded together: whoever has the turn takes all that wait, so that one write to
the disk serves them all, and each author hears of it only when it is there.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from comity.kernel.errors import ComityError
from comity.model.institution import Institution
from comity.operation import checkpoint as checkpoints
from comity.operation import snapshot, tree
from comity.operation.acts import Ancestor, RegisterFounded
from comity.operation.checkpoint import Checkpoint
from comity.operation.entry import Entry, Signed, Statement, entry
from comity.operation.founding import CHARTER, VERIFY, charter_of, founding_entry
from comity.operation.position import Position, follow, founding, read
from comity.operation.recording import Receipt, recorded
from comity.operation.refusing import NotAllowed, ReadOnly, Unreadable
from comity.operation.roll import REGISTER
from comity.operation.signing import Key
from comity.operation.store import Head, Reading, Store
from comity.operation.turns import BATCH, Turns, Waiting

SNAPSHOT = 2_000
"""After how many entries a new snapshot is kept when the register is closed."""


class Register:
    """A register that is open.

    Args:
        store: where it is kept.
        key: the register's own private key; None to read only.

    Attributes:
        id: the register, by the hash of its first entry.
        founded: the founding act.
    """

    def __init__(self, store: Store, key: Key | None = None) -> None:
        self.store = store
        self._key = key
        self._turn = threading.Lock()
        self._turns = Turns(self._record)
        with store.reading() as view:
            first = view.content(0)
            made = read(entry(first).signed.statement.event)
            if not isinstance(made, RegisterFounded):
                raise Unreadable(f"{store.shown}: the first entry founds no register.")
            self.founded = made
            self.id = tree.leaf_hash(first).hex()
            self._institution: Institution | None = None
            self._position = self._frontier = None
            self._snapshot = snapshot.kept(view, made.keys[REGISTER])
        if key is not None and key.public != made.keys.get(REGISTER):
            self._may_sign(key)

    @classmethod
    def new(
        cls,
        place: str | Path,
        institution: Institution,
        name: str,
        *,
        keys: Mapping[str, Key],
        on: datetime.date | None = None,
        now: datetime.datetime,
        minutes: bool = False,
        exercise: bool = False,
        forked: Ancestor | None = None,
    ) -> Register:
        """Found a register.

        Args:
            place: a path for a SQLite file, or ``postgresql://...`` for an empty database.
            institution: its charter, fixed from now on.
            name: the name of the charter.
            keys: the first keys by seat; ``register`` and ``secretariat`` among them.
            on: the day of the founding; the charter's own where absent.
            now: the present instant, in UTC.
            minutes: whether the secretariat records the acts of others.
            exercise: whether acts may be recorded of days that have not come.
            forked: the register, size and root from which it was forked.

        Raises:
            NotAllowed: where a key is missing, or two seats have the same.
            InputError: for what is no seat, or a charter with faults.
            ReadOnly: where there is something already.
        """
        from comity.charter.write import write

        text = write(institution).encode()
        first = founding_entry(
            institution, name, keys, text, on=on, now=now, minutes=minutes, exercise=exercise, forked=forked
        )
        content = first.content()
        store = Store(place)
        store.make()
        with store.writing() as turn:
            turn.lay(text, CHARTER)
            leaf = tree.leaf_hash(content)
            note = Checkpoint(leaf.hex(), 1, leaf.hex()).signed(keys[REGISTER])
            turn.extend([(0, f"{REGISTER} founding", content)], [], Head(1, leaf.hex(), note.text()))
        return cls(store, keys[REGISTER])

    @classmethod
    def open(cls, place: str | Path, key: Key | None = None) -> Register:
        """Open a register.

        Args:
            place: its path, or ``postgresql://...``.
            key: the register's own private key; None to read only.

        Raises:
            Unreadable: where there is no register, or it is broken.
            NotAllowed: where the key is not the register's.
        """
        store = Store(place)
        store.open()
        return cls(store, key)

    def close(self) -> None:
        """Let go of it; where much was recorded, keep a snapshot so that it opens quickly."""
        try:
            if self._key is not None and self._position is not None and not self._key_ended():
                before = self._snapshot.size if self._snapshot else 0
                if self._position.size - before >= SNAPSHOT:
                    self.keep_snapshot()
        except ReadOnly:
            pass  # a snapshot is only ever a help
        finally:
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def institution(self) -> Institution:
        """The charter it was founded with.

        Raises:
            Unreadable: where it is not there, or another.
        """
        if self._institution is None:
            with self.store.reading() as view:
                self._institution = charter_of(view, self.founded)
        return self._institution

    @property
    def size(self) -> int:
        """How many entries are committed."""
        with self.store.reading() as view:
            return _head(view).size

    def position(self) -> Position:
        """Everything that follows from the entries that are committed now.

        Raises:
            Unreadable: where entries do not follow from each other.
        """
        with self._turn, self.store.reading() as view:
            self._catch_up(view)
            assert self._position is not None
            return self._position

    def status(self) -> dict[str, Any]:
        """The register in short, as :func:`comity.operation.status.status` says it of the present position.

        Where nothing was recorded since the last snapshot, it is ready in it.

        Raises:
            Unreadable: where entries do not follow from each other.
        """
        from comity.operation.status import status

        with self._turn, self.store.reading() as view:
            kept, head = self._snapshot, _head(view)
            if self._position is None and kept is not None and (kept.size, kept.root) == (head.size, head.root):
                said = snapshot.said(kept) if tree.root(kept.size, view.node).hex() == kept.root else None
                if said is not None:
                    return said
            self._catch_up(view)
            assert self._position is not None
            return status(self._position)

    def statement(
        self, seat: str, event: Mapping[str, Any], *, request: str, after: int | None = None, only: bool = False
    ) -> Statement:
        """A statement for this register, ready to be signed.

        Args:
            seat: who speaks; it is also who acts, where the event does not say otherwise.
            event: the event.
            request: a name that the author gives once.
            after: how many entries the author has seen; all of them where absent.
            only: whether it counts only if nothing is recorded in between.
        """
        seen = self.size if after is None else after
        by = {} if seat == REGISTER else {"by": seat}
        return Statement(self.id, seat, request, seen, {**by, **event}, only)

    def submit(self, signed: Signed, *, now: datetime.datetime) -> Receipt:
        """Record a signed statement; returns when it is on the disk.

        The same statement sent again gives the same receipt.

        Args:
            signed: the statement with its signature.
            now: the present instant, in UTC.

        Raises:
            NotAllowed: where the seat may not make it.
            Conflict: where it does not fit the register as it stands.
            InputError: where it holds no event.
            ReadOnly: where nothing can be recorded.
        """
        return self._wait([Waiting(signed, now)])[0]

    def submit_all(self, statements: Sequence[Signed], *, now: datetime.datetime) -> list[Receipt]:
        """Record statements in their order, many in one turn.

        Raises:
            ComityError: that of the first statement that cannot be recorded; those before it are.
        """
        made = list[Receipt]()
        for first in range(0, len(statements), BATCH):
            made += self._wait([Waiting(each, now) for each in statements[first : first + BATCH]])
        return made

    def _wait(self, waiting: list[Waiting]) -> list[Receipt]:
        if self._key is None:
            raise ReadOnly(f"{self.store.shown} is open for reading only.", mend="Recording needs the register's key.")
        self._turns.wait(waiting)
        for each in waiting:
            if each.error is not None:
                raise each.error
        return [each.receipt for each in waiting if each.receipt is not None]

    def _record(self, batch: list[Waiting]) -> None:
        assert self._key is not None
        try:
            with self._turn:
                with self.store.writing() as turn:
                    self._catch_up(turn)
                    assert self._position is not None
                    assert self._frontier is not None
                    statements = [(each.signed, each.now) for each in batch]
                    done = recorded(turn, self._position, self._frontier, statements, key=self._key)
                self._position, self._frontier = done.position, done.frontier
        except BaseException as error:
            for each in batch:
                each.error = error
            if not isinstance(error, ComityError):
                raise
            return
        for each, outcome in zip(batch, done.outcomes, strict=True):
            if isinstance(outcome, Receipt):
                each.receipt = outcome
            else:
                each.error = outcome

    def _catch_up(self, view: Reading) -> None:
        """Follow what was committed since, by this or another program.

        Raises:
            Unreadable: where it does not continue what was there.
        """
        head = _head(view)
        if self._position is None:
            self._begin(view, head)
        assert self._position is not None
        assert self._frontier is not None
        if head.size == self._position.size:
            if head.root != self._frontier.root.hex():
                raise Unreadable(f"{self.store.shown}: it is no longer what was read before.", mend=VERIFY)
            return
        position, frontier = self._position, self._frontier.copy()
        for number, _, content in view.rows(position.size, head.size):
            held = entry(content)
            if number != position.size or held.number != number:
                raise Unreadable(f"{self.store.shown}: entry {position.size} is missing.", mend=VERIFY)
            statement = held.signed.statement
            position, _ = follow(position, statement, read(statement.event), held.recorded)
            frontier.add(tree.leaf_hash(content))
        if frontier.size != head.size or frontier.root.hex() != head.root:
            raise Unreadable(f"{self.store.shown}: its entries do not lead to its checkpoint.", mend=VERIFY)
        self._position, self._frontier = position, frontier

    def _begin(self, view: Reading, head: Head) -> None:
        kept = self._snapshot
        if kept is not None and kept.size <= head.size and tree.root(kept.size, view.node).hex() == kept.root:
            held = snapshot.thawed(kept)
            if held is not None:
                self._position = held
                self._frontier = tree.Frontier.of(kept.size, view.node)
                return
        content = view.content(0)
        first = entry(content)
        self._position = founding(self.institution, self.founded, self.id, first.recorded)
        self._frontier = tree.Frontier()
        self._frontier.add(tree.leaf_hash(content))

    def _may_sign(self, key: Key) -> None:
        if self.position().roll.current.get(REGISTER) != key.public:
            raise NotAllowed("This is not the register's key.", mend="Its name is register.pem in the folder of keys.")

    def _key_ended(self) -> bool:
        assert self._position is not None
        assert self._key is not None
        return self._position.roll.current.get(REGISTER) != self._key.public

    def keep_snapshot(self) -> None:
        """Keep the present state so that the register opens quickly; a help, never evidence.

        Raises:
            ReadOnly: where nothing can be written.
        """
        assert self._key is not None
        position = self.position()
        with self.store.writing() as turn:
            made = snapshot.made(position, tree.root(position.size, turn.node).hex(), self._key)
            turn.keep_snapshot(made.row())
        self._snapshot = made

    def entries(self, first: int = 0, last: int | None = None) -> Iterator[Entry]:
        """Entries in order.

        Args:
            first: from this number.
            last: up to, not including, this number; to the end where absent.
        """
        with self.store.reading() as view:
            for _, _, content in view.rows(first, last):
                yield entry(content)

    def checkpoint(self) -> Checkpoint:
        """The newest checkpoint, signed by the register."""
        with self.store.reading() as view:
            return checkpoints.checkpoint(_head(view).note)

    def lay(self, content: bytes, media: str) -> str:
        """Keep a document beside the register; evidence speaks of it by its digest.

        Raises:
            ReadOnly: where nothing can be written.
        """
        if self._key is None:
            raise ReadOnly(f"{self.store.shown} is open for reading only.", mend="Recording needs the register's key.")
        with self.store.writing() as turn:
            return turn.lay(content, media)


def _head(view: Reading) -> Head:
    head = view.head()
    if head is None:
        raise Unreadable("The register has no checkpoint.", mend=VERIFY)
    return head
