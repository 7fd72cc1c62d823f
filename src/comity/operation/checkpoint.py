"""Checkpoints: a register's size and root, signed by the register, and countersigned by members' seats.

A checkpoint is a short text that anyone can keep: later the register must show that it continues it. A secretariat that
holds the register and its key can write another history, but not one that continues a checkpoint in a delegation's
drawer, and not one with a delegation's countersignature.

The text is a signed note: origin, size, root in base64, an empty line, one line a signature. The origin is the
register; each signature line names the seat, and holds the first four bytes of the key's digest and the signature.

**Source.** C2SP 2024, tlog-checkpoint and signed-note, https://c2sp.org/tlog-checkpoint.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.operation.refusing import Unreadable
from comity.operation.signing import Key, signed_by

ORIGIN = "comity-register/"


@dataclass(frozen=True)
class Checkpoint:
    """A register's size and root, with signatures.

    Attributes:
        register: the register.
        size: how many entries.
        root: the root of the tree over them, in hexadecimal.
        signatures: by seat, in hexadecimal, each with the digest of its key that the note carries.
    """

    register: str
    size: int
    root: str
    signatures: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])

    def content(self) -> bytes:
        """The bytes that are signed."""
        root = base64.b64encode(bytes.fromhex(self.root)).decode()
        return f"{ORIGIN}{self.register}\n{self.size}\n{root}\n".encode()

    def signed(self, key: Key) -> Checkpoint:
        """The checkpoint with one more signature.

        Example:
            >>> note = Checkpoint("00" * 32, 1, "00" * 32).signed(Key.of("register", bytes(32)))
            >>> checkpoint(note.text()) == note
            True
        """
        made = (hint(key.seat, key.public), key.sign(self.content()))
        return Checkpoint(self.register, self.size, self.root, {**self.signatures, key.seat: made})

    def carries(self, seat: str, public: str) -> bool:
        """Whether it carries the signature of a seat's key."""
        held = self.signatures.get(seat)
        return held is not None and held[0] == hint(seat, public) and signed_by(public, self.content(), held[1])

    def text(self) -> str:
        """The signed note."""
        lines = [
            f"— {seat} {base64.b64encode(bytes.fromhex(mark + signature)).decode()}"
            for seat, (mark, signature) in sorted(self.signatures.items(), key=lambda each: each[0] != "register")
        ]
        return "\n".join([self.content().decode(), *lines]) + "\n"


def hint(seat: str, public: str) -> str:
    """The four bytes by which a note says which key signed: of the digest of name, kind and key."""
    return hashlib.sha256(f"{seat}\n".encode() + b"\x01" + bytes.fromhex(public)).digest()[:4].hex()


def checkpoint(text: str, name: str = "checkpoint") -> Checkpoint:
    """The checkpoint that a signed note holds.

    Raises:
        Unreadable: for text that is none.
    """
    try:
        return _read(text)
    except (ValueError, binascii.Error) as error:
        raise Unreadable(f"{name} is no checkpoint: {error}.") from None


def _read(text: str) -> Checkpoint:
    body, _, below = text.partition("\n\n")
    lines = body.split("\n")
    if len(lines) != 3 or not lines[0].startswith(ORIGIN):
        raise ValueError("it does not begin with the register, its size and its root")
    root = base64.b64decode(lines[2], validate=True).hex()
    if len(root) != 64 or not lines[1].isascii() or not lines[1].isdigit():
        raise ValueError("size or root are not as written by a register")
    return Checkpoint(lines[0].removeprefix(ORIGIN), int(lines[1]), root, dict(map(_signature, below.splitlines())))


def _signature(line: str) -> tuple[str, tuple[str, str]]:
    dash, seat, held = line.split(" ")
    data = base64.b64decode(held, validate=True)
    if dash != "—" or len(data) != 68:
        raise ValueError("a signature is not as written by a register")
    return seat, (data[:4].hex(), data[4:].hex())
