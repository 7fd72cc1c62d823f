"""Serving a register: the one process that opens it with its key, listens, and has the clock."""

from __future__ import annotations

import datetime
import ipaddress
from dataclasses import dataclass
from pathlib import Path

from comity.kernel.errors import InputError
from comity.operation.register import Register
from comity.operation.roll import REGISTER
from comity.operation.signing import found
from comity.web.register.api import LARGEST, api


@dataclass(frozen=True)
class Listening:
    """Where a register is served.

    Attributes:
        host: the address; only this machine by default.
        port: the port.
        certificate: the certificate for TLS; plain HTTP without one.
        certificate_key: its private key.
    """

    host: str = "127.0.0.1"
    port: int = 8480
    certificate: Path | None = None
    certificate_key: Path | None = None

    @property
    def here_only(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def now() -> datetime.datetime:
    """The present instant, in UTC."""
    return datetime.datetime.now(datetime.UTC)


def opened(place: str, keys: Path | None, passphrase: str = "") -> Register:
    """A register, open with its key from a folder; for reading only without one.

    Args:
        place: a path, or ``postgresql://...``.
        keys: the folder that holds ``register.pem``.
        passphrase: of that key.

    Raises:
        UnknownName: where the folder holds no key of the register.
        Unreadable: where there is no register.
        NotAllowed: where the key is not the register's.
    """
    return Register.open(place, None if keys is None else found(REGISTER, keys, passphrase))


def serve(register: Register, listening: Listening, *, writable: bool, largest: int = LARGEST) -> None:
    """Serve a register until the process is told to end.

    Args:
        register: the register, open.
        listening: where.
        writable: whether statements are recorded.
        largest: the largest document in bytes.

    Raises:
        InputError: where a certificate is given without its key, or the other way round.
    """
    if (listening.certificate is None) != (listening.certificate_key is None):
        raise InputError("TLS needs a certificate and its key.", mend="Give --certificate and --certificate-key.")
    import uvicorn

    uvicorn.run(
        api(register, clock=now, writable=writable, largest=largest),
        host=listening.host,
        port=listening.port,
        ssl_certfile=listening.certificate,
        ssl_keyfile=listening.certificate_key,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
