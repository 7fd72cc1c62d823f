"""The tables in which a register is kept: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()


class Content(LargeBinary):
    """Bytes; where a hand in the database left text in their place, the bytes of that text, so that it is found."""

    def result_processor(self, dialect: Any, coltype: object) -> Any:
        """What makes bytes of what the database gives."""
        del dialect, coltype
        return lambda value: value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value


ENTRIES = Table(
    "entries",
    METADATA,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("request", String(512), nullable=False, unique=True, comment="seat and request: each counts once"),
    Column("content", Content, nullable=False, comment="the entry in canonical JSON: a leaf of the tree"),
)
"""Entries; nothing is ever changed or taken away here."""

NODES = Table(
    "nodes",
    METADATA,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("hash", Content(32), nullable=False),
)
"""Complete subtrees of the tree, from level 1."""

HEAD = Table(
    "head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("size", BigInteger, nullable=False),
    Column("root", String(64), nullable=False),
    Column("note", Text, nullable=False, comment="the newest checkpoint"),
)
"""One row: the newest checkpoint."""

CHECKPOINTS = Table(
    "checkpoints",
    METADATA,
    Column("size", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("seat", String(200), primary_key=True),
    Column("note", Text, nullable=False),
)
"""Checkpoints that seats have countersigned."""

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("media", String(120), nullable=False),
    Column("content", Content, nullable=False),
)
"""The charter, and what was laid before the register, by SHA-256 of its content."""

SNAPSHOTS = Table(
    "snapshots",
    METADATA,
    Column("size", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("root", String(64), nullable=False),
    Column("program", String(64), nullable=False),
    Column("signature", String(128), nullable=False),
    Column("status", Content, nullable=False),
    Column("content", Content, nullable=False),
)
"""The newest state, so that opening need not replay everything; never evidence of anything."""
