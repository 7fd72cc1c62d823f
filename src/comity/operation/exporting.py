"""Export: a whole register in one file that anyone can keep, check with ``comity-verify``, and import again.

The file is JSON lines, the same bytes for the same register: first what it is and the newest checkpoint, then every
entry exactly as it is kept with the hash that is its leaf of the tree, then countersigned checkpoints, then documents
(the charter among them) in base64. Keys are in the entries: the founding names the first, later ones are acts.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comity.kernel.canonical import record
from comity.kernel.errors import InputError
from comity.library.writing import write
from comity.operation import tree
from comity.operation.checkpoint import checkpoint
from comity.operation.refusing import Unreadable
from comity.operation.store import Head, Reading, Store

VERSION = "export/1"
BEFORE, AFTER = b'{"entry":', 75
"""What stands before an entry in its line, and the length of what stands behind it: ``,"leaf":"...64 digits..."}``."""


@dataclass(frozen=True)
class Export:
    """An export as it was read; nothing of it has been verified.

    Attributes:
        head: the newest checkpoint.
        contents: the entries, in order.
        countersigned: size, seat and note of countersigned checkpoints.
        documents: media type and content of each document.
    """

    head: Head
    contents: list[bytes] = field(default_factory=list[bytes])
    countersigned: list[tuple[int, str, str]] = field(default_factory=list[tuple[int, str, str]])
    documents: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])


def export(place: str | Path, to: str | Path) -> Path:
    """Write a register into one file, whole or not at all.

    Args:
        place: a path, or ``postgresql://...``.
        to: the file; an older one there is replaced in one step.

    Raises:
        Unreadable: where there is no register, or an entry is not what an entry looks like.
        DestinationError: where the file cannot be written.
    """
    store = Store(place)
    store.open()
    try:
        with store.reading() as view:
            return write(Path(to), exported(view))
    finally:
        store.close()


def exported(view: Reading) -> bytes:
    """The content of an export.

    Args:
        view: the register.

    Raises:
        Unreadable: where an entry is not what an entry looks like.
    """
    return b"".join(line + b"\n" for line in _lines(view))


def _lines(view: Reading) -> Iterator[bytes]:
    head = view.head()
    if head is None:
        raise Unreadable("The register has no checkpoint, so there is nothing to export.")
    register = checkpoint(head.note, "the newest checkpoint").register
    yield record({"comity": VERSION, "register": register, "size": head.size, "root": head.root, "note": head.note})
    for number, _, content in view.rows():
        if b"\n" in content:
            raise Unreadable(
                f"Entry {number} is not as a register writes it, so it cannot be exported.",
                mend="comity register verify says what is wrong.",
            )
        yield b'%s%s,"leaf":"%s"}' % (BEFORE, content, tree.leaf_hash(content).hex().encode())
    for size, seat, note in view.checkpoints():
        yield record({"countersigned": {"size": size, "seat": seat, "note": note}})
    for digest, media, content in view.documents():
        held = base64.b64encode(content).decode()
        yield record({"document": {"digest": digest, "media": media, "content": held}})


def read(data: bytes, name: str = "The file") -> Export:
    """The export that a file holds; only its form is looked at.

    Args:
        data: the content of the file.
        name: what it is called in messages.

    Raises:
        Unreadable: for what is no export, with the line.
    """
    first, *lines = data.removesuffix(b"\n").split(b"\n")
    number = 0
    try:
        made = Export(_head(json.loads(first)))
        for number, line in enumerate(lines, 1):  # noqa: B007 - the message names the line
            if line.startswith(BEFORE):
                made.contents.append(line[len(BEFORE) : -AFTER])
            else:
                _beside(made, json.loads(line))
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise Unreadable(f"{name}, line {number + 1}, is not that of an export: {error}.") from None
    return made


def _head(line: Any) -> Head:
    if line["comity"] != VERSION:
        raise ValueError("it is of another version")
    return Head(int(line["size"]), str(line["root"]), str(line["note"]))


def _beside(made: Export, line: Any) -> None:
    match line:
        case {"countersigned": {"size": int(size), "seat": str(seat), "note": str(note)}}:
            made.countersigned.append((size, seat, note))
        case {"document": {"media": str(media), "content": str(content)}}:
            made.documents.append((media, base64.b64decode(content, validate=True)))
        case _:
            raise ValueError("neither an entry, nor a countersigned checkpoint, nor a document")


def is_export(place: str | Path) -> bool:
    """Whether a path is that of an export, by its first bytes.

    Raises:
        InputError: where the file cannot be read.
    """
    if "://" in str(place) or not Path(place).is_file():
        return False
    try:
        with Path(place).open("rb") as file:
            return file.read(1) == b"{"
    except OSError as error:
        raise InputError(f"{place} cannot be read: {error.strerror}.") from None
