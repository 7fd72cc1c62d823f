"""The door to a register from Python: one call founds it or opens it, with keys from a folder or from memory."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path

from comity.kernel.errors import InputError
from comity.library.institutions import load
from comity.model.institution import Institution
from comity.operation.register import Register
from comity.operation.roll import REGISTER
from comity.operation.signing import Key, file_of, found, keep

Keys = Mapping[str, Key] | Path | str
"""Private keys by seat, or the folder that holds them."""


def register(
    place: str | Path,
    charter: Institution | str | None = None,
    *,
    keys: Keys | None = None,
    seats: Iterable[str] = (),
    on: datetime.date | None = None,
    now: datetime.datetime | None = None,
    minutes: bool = False,
    passphrase: str = "",
) -> Register:
    """Open a register; where a charter is named, found it.

    Args:
        place: a path for a SQLite file, or ``postgresql://...``.
        charter: the charter it is founded with, fixed from now on; None to open one that is there.
        keys: private keys by seat, or the folder that holds them; a founding makes those that the folder lacks: for
            the register, the secretariat, the chair, every member and ``seats``. To open, the register's own is
            enough; without it the register is open for reading only.
        seats: further seats that get a key: ``verifier:IEA``.
        on: the day of the founding; the charter's own where absent.
        now: the present instant, for a founding: time is given, never taken.
        minutes: whether the secretariat records the acts of others.
        passphrase: with which files of keys are encrypted.

    Raises:
        InputError: for a founding without keys or without an instant.
        NotAllowed: where a key is missing, or is not the register's.
        ReadOnly: for a founding where there is something already.
        Unreadable: where there is no register.

    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> now = datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC)
        >>> with register(folder / "g5.db", "g5", keys=folder / "keys", now=now) as g5:
        ...     tabled = {"kind": "proposal_tabled", "on": "2026-03-01", "question": "Stocks", "matter": "energy"}
        ...     japan = found("member:JPN", folder / "keys")
        ...     said = g5.statement("member:JPN", tabled, request="1").signed(japan)
        ...     print(g5.submit(said, now=now).number, sorted(g5.position().state.unsettled))
        1 ['Stocks']
        >>> with register(folder / "g5.db") as g5:
        ...     g5.size
        2
    """
    if charter is None:
        return Register.open(place, _own(keys, passphrase))
    if keys is None or now is None:
        raise InputError(
            "A register is founded with keys, at an instant.",
            mend="Pass keys=, a folder, and now=datetime.datetime.now(datetime.UTC).",
        )
    institution = load(charter) if isinstance(charter, str) else charter
    members = institution.members_on(on or institution.as_of)
    wanted = (REGISTER, "secretariat", "chair", *(f"member:{code}" for code in members), *seats)
    held = keys if isinstance(keys, Mapping) else _made(dict.fromkeys(wanted), Path(keys), passphrase)
    name = institution.name or "institution"
    return Register.new(place, institution, name, keys=held, on=on, now=now, minutes=minutes)


def _own(keys: Keys | None, passphrase: str) -> Key | None:
    """The register's own key, where there is one."""
    if keys is None:
        return None
    return keys.get(REGISTER) if isinstance(keys, Mapping) else found(REGISTER, Path(keys), passphrase)


def _made(seats: Iterable[str], folder: Path, passphrase: str) -> dict[str, Key]:
    """A key for each seat: those the folder holds, and new ones for the rest."""
    keys = {
        seat: found(seat, folder, passphrase) if (folder / file_of(seat)).exists() else Key.made(seat) for seat in seats
    }
    keep((key for seat, key in keys.items() if not (folder / file_of(seat)).exists()), folder, passphrase)
    return keys
