"""``comity register key new | register | rotate | revoke``: the credentials of seats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from comity.cli.common import print_json
from comity.cli.register.door import Door, folder, passphrase, say, submit, writing
from comity.cli.register.door import key as held
from comity.kernel.errors import DestinationError, UnknownName
from comity.kernel.result import Text

if TYPE_CHECKING:
    from comity.operation.register import Register
    from comity.operation.signing import Key

key = App(name="key", help="The keys of seats: make, register, rotate, revoke.")

On = Annotated[str, Parameter(help="The day (2026-03-01).")]


@key.command
def new(
    seat: str,
    /,
    *,
    to: Annotated[Path, Parameter(help="The folder in which its file is made.")],
    door: Door = Door(),
) -> None:
    """Make a private key for a seat, on the seat's own machine; only its public part goes to the register.

    Parameters
    ----------
    seat
        Whose key it is: member:JPN.
    """
    from comity.operation.signing import Key, keep

    made = Key.made(seat)
    (path,) = keep([made], to, passphrase())
    _told({"seat": seat, "file": str(path), "public": made.public}, _made(seat, path, made.public), door)


def _made(seat: str, path: Path, public: str) -> Text:
    return Text(
        f"the key of {seat} is in {path}; its public part is {public}", f"{seat}的密钥存于{path}；公钥为{public}"
    )


@key.command
def possession(
    place: str,
    seat: str,
    /,
    *,
    file: Annotated[Path | None, Parameter(help="The folder of the new key; that of the register's keys.")] = None,
    door: Door = Door(),
) -> None:
    """Print what the secretariat needs to register a seat's key: its public part, and a signature showing it is held.

    Parameters
    ----------
    place
        The register.
    seat
        Whose key it is.
    """
    from comity.cli.register.door import reading
    from comity.operation.roll import possession as shown
    from comity.operation.signing import found

    made = found(seat, file or folder(place, door), passphrase())
    with reading(place) as register:
        signed = made.sign(shown(register.id, seat, made.public))
    print_json({"seat": seat, "key": made.public, "possession": signed})


@key.command
def register(
    place: str,
    seat: str,
    /,
    *,
    on: On,
    public: Annotated[str | None, Parameter(help="The public key, where the private one is elsewhere.")] = None,
    possession: Annotated[str | None, Parameter(help="What it signed: comity register key possession.")] = None,
    by: Annotated[str, Parameter(help="Who registers it: secretariat or chair.")] = "secretariat",
    door: Door = Door(),
) -> None:
    """Register a seat's key: its first one, or a new one after a revocation, which stays flagged.

    Parameters
    ----------
    place
        The register.
    seat
        Whose key it is; its file is made in the folder of keys where neither it nor --public is given.
    """
    from comity.operation.roll import possession as shown

    with writing(place, door) as opened:
        if public is None or possession is None:
            made = _fresh(seat, opened, place, door)
            public, possession = made.public, made.sign(shown(opened.id, seat, made.public))
        event = {"kind": "key_registered", "on": on, "seat": seat, "key": public, "possession": possession}
        receipt = submit(opened, by, event, place, door).number
    said = Text(
        f"entry {receipt}: {public[:16]}... is the key of {seat}", f"第{receipt}条：{seat}的密钥为{public[:16]}..."
    )
    _told({"entry": receipt, "seat": seat, "key": public}, said, door)


def _fresh(seat: str, opened: Register, place: str, door: Door) -> Key:
    """A key of a seat that the register does not know yet: the one in its file, else a new one; the old file stays."""
    from comity.operation.signing import Key, file_of, keep

    where = folder(place, door)
    if (where / file_of(seat)).exists():
        made = held(seat, place, door)
        if made.public not in opened.position().roll.keys:
            return made
        _aside(where / file_of(seat), made.public)
    made = Key.made(seat)
    keep([made], where, passphrase())
    return made


def _aside(path: Path, public: str) -> None:
    """Put the file of a key that has ended aside, under a name of its own."""
    path.replace(path.with_name(f"{path.stem}.{public[:8]}.old"))


@key.command
def rotate(place: str, seat: str, /, *, on: On, door: Door = Door()) -> None:
    """Replace a seat's own key by a new one; the old one signs the change, and its file stays beside, named .old.

    Parameters
    ----------
    place
        The register.
    seat
        Whose key it is; `register` for the one that signs checkpoints.
    """
    from comity.operation.roll import possession as shown
    from comity.operation.signing import Key, file_of, keep

    where = folder(place, door)
    made, path = Key.made(seat), where / file_of(seat)
    waiting = where / "new"
    with writing(place, door) as opened:
        before = held(seat, place, door).public
        (kept,) = keep([made], waiting, passphrase())  # the new key is on the disk before the register knows it
        event = {
            "kind": "key_rotated",
            "on": on,
            "seat": seat,
            "key": made.public,
            "possession": made.sign(shown(opened.id, seat, made.public)),
        }
        try:
            receipt = submit(opened, seat, event, place, door).number
        except BaseException:
            kept.unlink()
            waiting.rmdir()
            raise
    try:
        _aside(path, before)
        kept.replace(path)
        waiting.rmdir()
    except OSError as error:
        raise DestinationError(
            f"{path} cannot be replaced: {error.strerror}.", mend=f"The new key is in {kept}; put it there by hand."
        ) from None
    said = Text(
        f"entry {receipt}: {seat} has the key {made.public[:16]}...",
        f"第{receipt}条：{seat}改用密钥{made.public[:16]}...",
    )
    _told({"entry": receipt, "seat": seat, "key": made.public, "file": str(path)}, said, door)


@key.command
def revoke(
    place: str,
    seat: str,
    /,
    *,
    on: On,
    reason: Annotated[str, Parameter(help="Why.")],
    by: Annotated[str, Parameter(help="Who revokes it: the seat itself, chair or secretariat.")] = "secretariat",
    door: Door = Door(),
) -> None:
    """Revoke a seat's valid key: nothing that it signs counts from now on; what it signed stands.

    Parameters
    ----------
    place
        The register.
    seat
        Whose key it is.
    """
    with writing(place, door) as opened:
        current = opened.position().roll.current
        if seat not in current:
            raise UnknownName("seat with a valid key", seat, sorted(current))
        event = {"kind": "key_revoked", "on": on, "seat": seat, "key": current[seat], "reason": reason}
        receipt = submit(opened, by, event, place, door).number
    said = Text(f"entry {receipt}: the key of {seat} is revoked", f"第{receipt}条：{seat}的密钥已撤销")
    _told({"entry": receipt, "seat": seat, "key": current[seat]}, said, door)


def _told(record: dict[str, Any], said: Text, door: Door) -> None:
    if door.json:
        print_json(record)
    else:
        say([("", said)], door)
