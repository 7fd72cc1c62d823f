"""Reaching the place where a register is kept: its address, its engine, and what its errors mean."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import URL, make_url

from comity.operation.refusing import ReadOnly, Unreadable

PATIENCE = 30.0
"""How long a writer waits for its turn on a SQLite file, in seconds."""
SAME = "Send the same statement again when it is there: it counts once, however often it is sent."
_LOST = (
    "network error",
    "connection is closed",
    "Can't create a connection",
    "starting up",
    "shutting down",
    "terminating connection",
    "crash of another server process",
)


def address(place: str | Path) -> URL:
    """The address of a register: a path is a SQLite file, ``postgresql://...`` a database.

    Raises:
        Unreadable: for an address of another kind.

    Example:
        >>> address("g5.db").drivername, address("postgresql://localhost/g5").drivername
        ('sqlite+pysqlite', 'postgresql+pg8000')
    """
    written = str(place)
    if "://" not in written:
        return URL.create("sqlite+pysqlite", database=written)
    url = make_url(written)
    if url.get_backend_name() not in {"postgresql", "sqlite"}:
        raise Unreadable(f"{url.render_as_string()}: a register is kept in SQLite or PostgreSQL.")
    driver = {"postgresql": "postgresql+pg8000", "sqlite": "sqlite+pysqlite"}[url.get_backend_name()]
    return url.set(drivername=driver)


def told(shown: str, error: exc.DBAPIError) -> ReadOnly | Unreadable:
    """What an error of the database means for whoever uses the register.

    Args:
        shown: how the place is called in messages.
        error: the error.
    """
    said = _words(error.orig)
    if error.connection_invalidated or any(each in said for each in _LOST):
        return Unreadable(f"{shown} cannot be reached: {said[:200]}.", mend=SAME)
    if "readonly" in said or "read-only" in said:
        return ReadOnly(f"{shown} cannot be written: it is read-only.", mend="Nothing was recorded; the rest is whole.")
    if "full" in said or "No space" in said or "disk I/O" in said:
        return ReadOnly(
            f"{shown} cannot be written: the disk is full.", mend="Nothing was recorded; the rest is whole."
        )
    if "locked" in said:
        return ReadOnly(f"{shown} is being written by someone else.", mend="Try again: nothing was recorded.")
    return Unreadable(f"{shown} cannot be read as a register: {said[:300]}")


def _words(error: object) -> str:
    """What a driver says: the message alone where it comes with its fields."""
    fields: Any = getattr(error, "args", ())
    return str(fields[0].get("M", error) if fields and isinstance(fields[0], dict) else error).strip().rstrip(".")


def _read(url: URL) -> URL:
    """The address with which a file is opened: where its folder cannot be written, only to read, and without a lock.

    SQLite keeps its log and lock beside the file while the register is open; where there is none and none can be made,
    nobody can write it, and it is read as it stands.
    """
    place = Path(url.database or "").absolute()
    if os.access(place.parent, os.W_OK, effective_ids=True) or place.with_name(f"{place.name}-wal").exists():
        return url
    return url.set(database=f"file:{quote(str(place))}", query={"mode": "ro", "immutable": "1", "uri": "true"})


def engine(url: URL) -> Engine:
    """The engine for an address, set so that a commit returns only when it is on the disk.

    Args:
        url: the address.
    """
    if url.get_backend_name() != "sqlite":
        made = create_engine(url, pool_size=4, max_overflow=28, pool_pre_ping=True)
        made.dialect.use_insertmanyvalues_wo_returning = True  # many rows in one statement, not one after the other
        event.listen(made, "connect", _at_once)
        return made
    made = create_engine(_read(url), connect_args={"timeout": PATIENCE, "check_same_thread": False})

    @event.listens_for(made, "connect")
    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        with suppress(Exception):  # a register that can only be read is read as it is
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(made, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("comity_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def _at_once(connection: Any, _record: Any) -> None:
    """Send what is written at once: waiting for more costs 40 ms where a turn does not fit into one packet."""
    line = getattr(connection, "_usock", None)
    if isinstance(line, socket.socket) and line.family != socket.AF_UNIX:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
