"""Where a register is kept: a SQLite file, or a PostgreSQL database where many delegations write at once.

Both through SQLAlchemy Core, in one way: readers see what was committed, one writer at a time extends it, and a commit
returns only when the entry is on the disk.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, exc, insert, inspect, select, text, tuple_, update

from comity.kernel.canonical import digest
from comity.operation import tree
from comity.operation.reaching import SAME, address, engine, told
from comity.operation.refusing import ReadOnly, Unreadable
from comity.operation.tables import CHECKPOINTS, DOCUMENTS, ENTRIES, HEAD, METADATA, NODES, SNAPSHOTS

PAGE = 10_000
"""How many entries are read at once."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest checkpoint as it is kept.

    Attributes:
        size: how many entries.
        root: the root of the tree over them, in hexadecimal.
        note: the signed note.
    """

    size: int
    root: str
    note: str


class Store:
    """The tables of one register.

    Args:
        place: a path, or ``postgresql://...``.
    """

    def __init__(self, place: str | Path) -> None:
        self.url = address(place)
        self.shown = self.url.database or "" if self.lite else self.url.render_as_string(hide_password=True)
        self.engine = engine(self.url)

    @property
    def lite(self) -> bool:
        """Whether it is a SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    def make(self) -> None:
        """Make the tables.

        Raises:
            ReadOnly: where there is something already, or nothing can be written.
        """
        with self._plain_errors():
            if self.lite and Path(self.shown).exists():
                raise ReadOnly(
                    f"{self.shown} is there already.", mend="Name a new file; a register is never overwritten."
                )
            if not self.lite and inspect(self.engine).has_table("entries"):
                raise ReadOnly(f"{self.shown} holds a register already.", mend="Name an empty database.")
            METADATA.create_all(self.engine)

    def open(self) -> None:
        """Check that there is a register.

        Raises:
            Unreadable: where there is none.
        """
        if self.lite and not Path(self.shown).is_file():
            raise Unreadable(f"There is no register {self.shown}.", mend="comity register new makes one.")
        with self._plain_errors():
            if not inspect(self.engine).has_table("entries"):
                raise Unreadable(f"{self.shown} is no register.", mend="comity register new makes one.")

    def close(self) -> None:
        """Let go of the file or the connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Generator[Reading]:
        """A view of what is committed, which does not change while it is read.

        Raises:
            Unreadable: where it cannot be read.
        """
        with self._plain_errors(), self.engine.connect() as connection, connection.begin():
            if not self.lite:
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield Reading(connection)

    @contextmanager
    def writing(self) -> Generator[Writing]:
        """The one turn to write: committed to the disk when it ends, undone where it fails.

        Raises:
            ReadOnly: where nothing can be written: a read-only file, a full disk, a lost connection.
        """
        with self._plain_errors(), self.engine.connect() as connection:
            if self.lite:
                connection = connection.execution_options(comity_write=True)  # noqa: PLW2901
            with connection.begin():
                yield Writing(connection)

    @contextmanager
    def _plain_errors(self) -> Generator[None]:
        try:
            yield
        except exc.NoSuchModuleError:
            raise Unreadable(
                f"{self.shown}: its driver is not installed.", mend="pip install 'comity[postgresql]'"
            ) from None
        except ModuleNotFoundError as error:
            raise Unreadable(f"{self.shown}: {error}.", mend="pip install 'comity[postgresql]'") from None
        except (exc.DatabaseError, exc.InterfaceError) as error:
            raise told(self.shown, error) from None
        except OSError as error:
            raise Unreadable(f"{self.shown} cannot be reached: {error}.", mend=SAME) from None


class Reading:
    """What can be read in one view.

    Args:
        connection: a connection inside a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def connection(self) -> Connection:
        """The connection of this view, for tables that others keep beside the register's."""
        return self._connection

    def head(self) -> Head | None:
        """The newest checkpoint; None in an empty register."""
        return self._newest(select(HEAD.c.size, HEAD.c.root, HEAD.c.note))

    def _newest(self, query: Select[Any, Any, Any]) -> Head | None:
        row = self._connection.execute(query).first()
        return None if row is None else Head(*row)

    def rows(self, first: int = 0, last: int | None = None) -> Iterator[tuple[int, str, bytes]]:
        """Entries as they are kept, in order: number, request, content.

        Args:
            first: from this number.
            last: up to, not including, this number; to the end where absent.
        """
        for page in self.pages(first, last):
            yield from page

    def pages(self, first: int = 0, last: int | None = None) -> Iterator[Sequence[tuple[int, str, bytes]]]:
        """The same, many at once."""
        query = select(ENTRIES.c.number, ENTRIES.c.request, ENTRIES.c.content).order_by(ENTRIES.c.number).limit(PAGE)
        if last is not None:
            query = query.where(ENTRIES.c.number < last)
        while page := self._connection.execute(query.where(ENTRIES.c.number >= first)).all():
            yield [tuple(row) for row in page]
            if len(page) < PAGE:
                return
            first = page[-1].number + 1

    def content(self, number: int) -> bytes:
        """The content of one entry.

        Raises:
            Unreadable: where it is not there.
        """
        found = self._connection.execute(select(ENTRIES.c.content).where(ENTRIES.c.number == number)).scalar()
        if found is None:
            raise Unreadable(f"There is no entry {number}.")
        return bytes(found)

    def node(self, level: int, position: int) -> bytes:
        """The hash of a complete subtree, as it is kept; that of an entry is taken from its content.

        Raises:
            Unreadable: where it is not there.
        """
        if level == 0:
            return tree.leaf_hash(self.content(position))
        where = (NODES.c.level == level) & (NODES.c.position == position)
        found = self._connection.execute(select(NODES.c.hash).where(where)).scalar()
        if found is None:
            raise Unreadable(f"The tree lacks the subtree at level {level}, position {position}.")
        return bytes(found)

    def nodes(self) -> Iterator[tuple[int, int, bytes]]:
        """Every complete subtree that is kept, by level and position."""
        place = tuple_(NODES.c.level, NODES.c.position)
        query = select(NODES.c.level, NODES.c.position, NODES.c.hash).order_by(*NODES.primary_key).limit(PAGE)
        page: Sequence[Any] = self._connection.execute(query).all()
        while page:
            yield from map(tuple, page)
            last = (page[-1].level, page[-1].position)
            page = self._connection.execute(query.where(place > last)).all() if len(page) == PAGE else []

    def contents(self, numbers: Iterable[int]) -> dict[int, bytes]:
        """The content of some entries, by their number."""
        query = select(ENTRIES.c.number, ENTRIES.c.content).where(ENTRIES.c.number.in_(list(numbers)))
        return {int(number): bytes(content) for number, content in self._connection.execute(query)}

    def some_nodes(self, wanted: Collection[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
        """Some complete subtrees above the entries, by level and position, in one question."""
        pairs = sorted(wanted)
        pairs += pairs[-1:] * (-len(pairs) % 8)  # few lengths, so that each question is prepared once
        asked = ", ".join(f"(:l{number}, :p{number})" for number in range(len(pairs)))
        query = text(
            f"WITH w(l, p) AS (VALUES {asked}) SELECT n.level, n.position, n.hash "  # noqa: S608 - only names of values
            "FROM w JOIN nodes n ON n.level = w.l AND n.position = w.p"
        )
        values = {
            f"{name}{number}": pair[place] for number, pair in enumerate(pairs) for place, name in enumerate("lp")
        }
        found = self._connection.execute(query, values) if pairs else ()
        return {(int(level), int(position)): bytes(hash_) for level, position, hash_ in found}

    def made(self, requests: Sequence[str]) -> dict[str, bytes]:
        """Of some requests, those that were recorded, with the content of their entries."""
        query = select(ENTRIES.c.request, ENTRIES.c.content).where(ENTRIES.c.request.in_(list(requests)))
        return {request: bytes(content) for request, content in self._connection.execute(query)}

    def of_seat(self, seat: str) -> Iterator[bytes]:
        """The entries of one seat in order; all requests are looked through, which takes its time."""
        mine = ENTRIES.c.request.startswith(f"{seat} ", autoescape=True)
        query = select(ENTRIES.c.request, ENTRIES.c.content).where(mine).order_by(ENTRIES.c.number)
        for request, content in self._connection.execute(query):
            if request.startswith(f"{seat} "):
                yield bytes(content)

    def document(self, sha256: str) -> bytes | None:
        """A document by its digest; None where it is not kept here."""
        found = self._connection.execute(select(DOCUMENTS.c.content).where(DOCUMENTS.c.digest == sha256)).scalar()
        return None if found is None else bytes(found)

    def documents(self) -> Iterator[tuple[str, str, bytes]]:
        """Every document: digest, media type, content."""
        query = select(DOCUMENTS.c.digest, DOCUMENTS.c.media, DOCUMENTS.c.content).order_by(DOCUMENTS.c.digest)
        for found, media, content in self._connection.execute(query):
            yield found, media, bytes(content)

    def checkpoints(self) -> list[tuple[int, str, str]]:
        """Every countersigned checkpoint: size, seat, note."""
        query = select(CHECKPOINTS.c.size, CHECKPOINTS.c.seat, CHECKPOINTS.c.note)
        return [
            (int(size), seat, note) for size, seat, note in self._connection.execute(query.order_by(*CHECKPOINTS.c))
        ]

    def snapshot(self) -> Any:
        """The newest snapshot as it is kept; None where there is none."""
        return self._connection.execute(select(SNAPSHOTS).order_by(SNAPSHOTS.c.size.desc())).first()


class Writing(Reading):
    """What can be done in the one turn to write, which whoever holds the newest checkpoint has.

    Args:
        connection: a connection inside a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._held = self._newest(select(HEAD.c.size, HEAD.c.root, HEAD.c.note).with_for_update())

    def head(self) -> Head | None:
        """The newest checkpoint; None in an empty register."""
        return self._held

    def extend(
        self, rows: Sequence[tuple[int, str, bytes]], nodes: Sequence[tuple[int, int, bytes]], head: Head
    ) -> None:
        """Add entries with the subtrees they complete, and the new checkpoint.

        Args:
            rows: number, request and content of each.
            nodes: level, position and hash of each.
            head: the new checkpoint.
        """
        names = ("number", "request", "content")
        self._connection.execute(insert(ENTRIES), [dict(zip(names, row, strict=True)) for row in rows])
        if nodes:
            names = ("level", "position", "hash")
            self._connection.execute(insert(NODES), [dict(zip(names, node, strict=True)) for node in nodes])
        values = {"size": head.size, "root": head.root, "note": head.note}
        if rows[0][0] == 0:
            self._connection.execute(insert(HEAD), {"id": 1, **values})
        else:
            self._connection.execute(update(HEAD).values(values))
        self._held = head

    def lay(self, content: bytes, media: str) -> str:
        """Keep a document; its digest."""
        found = digest(content)
        if self.document(found) is None:
            self._connection.execute(insert(DOCUMENTS), {"digest": found, "media": media, "content": content})
        return found

    def countersign(self, size: int, seat: str, note: str) -> None:
        """Keep a countersigned checkpoint."""
        where = (CHECKPOINTS.c.size == size) & (CHECKPOINTS.c.seat == seat)
        if self._connection.execute(update(CHECKPOINTS).where(where).values(note=note)).rowcount == 0:
            self._connection.execute(insert(CHECKPOINTS), {"size": size, "seat": seat, "note": note})

    def keep_snapshot(self, values: dict[str, Any]) -> None:
        """Keep a snapshot in the place of older ones."""
        self._connection.execute(SNAPSHOTS.delete())
        self._connection.execute(insert(SNAPSHOTS), values)
