"""Keys and signatures: each seat signs what it does with a key of its own, the register signs its checkpoints.

Ed25519 throughout; a public key is written in 64 hexadecimal digits and is its own name, a signature in 128. Private
keys lie in a folder, one file a seat, readable by its owner only, and encrypted where a passphrase is given.

**Source.** Josefsson and Liusvaara 2017, RFC 8032, Edwards-Curve Digital Signature Algorithm, section 5.1.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from comity.kernel.errors import DestinationError, InputError, UnknownName

PASSPHRASE = "COMITY_PASSPHRASE"  # noqa: S105 - the name of a variable, not its value
"""The variable of the environment that holds the passphrase of private keys."""


@dataclass(frozen=True, slots=True)
class Key:
    """The private key of a seat.

    Attributes:
        seat: whose key it is: ``member:JPN``, ``secretariat``, ``register``.
        private: the key; never shown, never recorded.
    """

    seat: str
    private: Ed25519PrivateKey

    @classmethod
    def made(cls, seat: str) -> Key:
        """A new key."""
        return cls(seat, Ed25519PrivateKey.generate())

    @classmethod
    def of(cls, seat: str, secret: bytes) -> Key:
        """The key that 32 secret bytes make; for tests and examples that must come out the same every time."""
        return cls(seat, Ed25519PrivateKey.from_private_bytes(secret))

    @property
    def public(self) -> str:
        """The public key in hexadecimal."""
        return self.private.public_key().public_bytes_raw().hex()

    def sign(self, content: bytes) -> str:
        """The signature of some bytes in hexadecimal.

        Example:
            >>> signed_by(Key.of("chair", bytes(32)).public, b"yes", Key.of("chair", bytes(32)).sign(b"yes"))
            True
        """
        return self.private.sign(content).hex()

    def __repr__(self) -> str:
        return f"Key({self.seat!r}, public={self.public!r})"


def signed_by(public: str, content: bytes, signature: str) -> bool:
    """Whether a signature over some bytes is that of a public key; False for what is no key or no signature."""
    try:
        _read(public).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(1024)
def _read(public: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))


def keep(keys: Iterable[Key], folder: Path, passphrase: str = "") -> list[Path]:
    """Write private keys into a folder, one file a seat; a key that is there already is never written over.

    Args:
        keys: the keys.
        folder: where; made where it is not there, readable by its owner only.
        passphrase: with which they are encrypted; plain where empty.

    Raises:
        DestinationError: where a file is there already, or the folder cannot be written.
    """
    lock = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption()
    made = list[Path]()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for key in keys:
            path = folder / file_of(key.seat)
            text = key.private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(text)
            made.append(path)
    except FileExistsError as error:
        raise DestinationError(
            f"{error.filename} is there already.", mend="Move it away: a key that is lost cannot be made again."
        ) from None
    except OSError as error:
        raise DestinationError(f"{folder}: keys cannot be kept there: {error.strerror}.") from None
    return made


def file_of(seat: str) -> str:
    """The name of the file that holds a seat's key.

    Example:
        >>> file_of("member:JPN")
        'member_JPN.pem'
    """
    return f"{seat.replace(':', '_')}.pem"


def found(seat: str, folder: Path, passphrase: str = "") -> Key:
    """The private key of a seat from a folder.

    Raises:
        UnknownName: where the folder holds none for the seat.
        InputError: where the file is no key, or the passphrase does not open it.
    """
    path = folder / file_of(seat)
    try:
        content = path.read_bytes()
    except OSError:
        held = sorted(each.stem.replace("_", ":", 1) for each in folder.glob("*.pem"))
        raise UnknownName("key in this folder for the seat", seat, held, mend=f"Folder: {folder}.") from None
    try:
        private = serialization.load_pem_private_key(content, passphrase.encode() or None)
    except (ValueError, TypeError):
        raise InputError(
            f"{path} cannot be opened as a private key.", mend=f"Set {PASSPHRASE} to the passphrase it was made with."
        ) from None
    if not isinstance(private, Ed25519PrivateKey):
        raise InputError(f"{path} is a key of another kind.", mend="The register knows Ed25519 keys only.")
    return Key(seat, private)
