"""What every command of a register shares: keys, the time that is given, and how entries are printed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from comity.kernel.errors import DestinationError, InputError
from comity.kernel.result import Language, Text

if TYPE_CHECKING:
    from comity.operation.recording import Receipt
    from comity.operation.register import Register
    from comity.operation.replaying import Replayed
    from comity.operation.signing import Key
    from comity.procedure import State, Step

Name = Callable[[str], Text]


@Parameter(name="*")
@dataclass(frozen=True)
class Door:
    """Options that every command of a register takes."""

    keys: Annotated[Path | None, Parameter(help="The folder of private keys; PLACE.keys where absent.")] = None
    now: Annotated[str | None, Parameter(help="The present instant (2026-03-01T09:00Z), for exercises.")] = None
    lang: Annotated[Literal["en", "zh", "both"], Parameter(help="Language of what is shown.")] = "en"
    names: Annotated[Literal["cldr", "un", "iso"], Parameter(help="By which policy states are named.")] = "cldr"
    json: Annotated[bool, Parameter(negative=(), help="Print the result as JSON.")] = False

    @property
    def instant(self) -> datetime.datetime:
        """The present instant: the one that is given, else that of the clock of this machine.

        Raises:
            InputError: where what was given is no instant.
        """
        if self.now is None:
            return datetime.datetime.now(datetime.UTC)  # noqa: TID251 - the one clock, at the door
        try:
            found = datetime.datetime.fromisoformat(self.now)
        except ValueError:
            raise InputError(f"--now {self.now}: this is no instant.", mend="Write it as 2026-03-01T09:00Z.") from None
        return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages in which is shown."""
        return ("en", "zh") if self.lang == "both" else (self.lang,)


def day(given: str | None, option: str = "--on") -> datetime.date | None:
    """A day that an option names.

    Raises:
        InputError: where it is no date.
    """
    try:
        return None if given is None else datetime.date.fromisoformat(given)
    except ValueError:
        raise InputError(f"{option} {given}: this is not a date.", mend="Write it as 2026-02-06.") from None


def folder(place: str, door: Door) -> Path:
    """The folder of keys: the one that is named, else the register's name with ``.keys``.

    Example:
        >>> folder("rooms/g5.db", Door()).as_posix(), folder("postgresql://localhost/g5", Door()).as_posix()
        ('rooms/g5.keys', 'g5.keys')
    """
    if door.keys is not None:
        return door.keys
    return Path(f"{place.rpartition('/')[2].partition('?')[0]}.keys" if "://" in place else place).with_suffix(".keys")


def key(seat: str, place: str, door: Door) -> Key:
    """The private key of a seat.

    Raises:
        UnknownName: where the folder holds none for the seat.
        InputError: where it cannot be opened.
    """
    from comity.operation.signing import found

    return found(seat, folder(place, door), passphrase())


def passphrase() -> str:
    """The passphrase of private keys, from the environment; empty where there is none."""
    import os

    from comity.operation.signing import PASSPHRASE

    return os.environ.get(PASSPHRASE, "")


def reading(place: str) -> Register:
    """A register, open for reading."""
    from comity.operation.register import Register

    return Register.open(place)


def writing(place: str, door: Door) -> Register:
    """A register, open for recording.

    Raises:
        UnknownName: where the folder of keys does not hold the register's own.
    """
    from comity.operation.register import Register

    with Register.open(place):  # a register that is not there is said before a key that is not there
        pass
    return Register.open(place, key("register", place, door))


def submit(register: Register, seat: str, event: dict[str, Any], place: str, door: Door) -> Receipt:  # noqa: PLR0917
    """Make one statement under a request of its own, signed with the seat's key."""
    import secrets

    said = register.statement(seat, event, request=secrets.token_hex(8))
    return register.submit(said.signed(key(seat, place, door)), now=door.instant)


def namer(state: State, door: Door) -> Name:
    """What members are called."""
    from comity.library.actors import actors

    table, law = actors(), state.law
    return lambda code: law.member_title(code) or (table[code].name(door.names) if code in table else Text(code))


def say(lines: Iterable[tuple[str, Text]], door: Door, *, left: int = 0, style: str = "") -> None:
    """Print lines, each with the sign before it, in the languages asked for."""
    from rich.console import Console

    from comity.report.terminal import say as said

    console, held = Console(highlight=False), list(lines)
    for lang in door.languages:
        for sign, text in held:
            said(console, text.of(lang), sign=sign, left=left, style="yellow" if sign == "! " else style)


def tell(number: int, act: Any, step: Step, door: Door) -> None:
    """Print one entry: its number, what happened, what the law says."""
    from comity.operation.words import act_in_words, ruled_in_words

    name = namer(step.state, door)
    say([(f"{number:>4}  ", act_in_words(act, name))], door)
    say(ruled_in_words(step, name), door, left=8)


def entry_as_json(each: Replayed) -> dict[str, Any]:
    """One entry as JSON holds it."""
    from comity.operation.entry import instant, ruled

    return {
        "number": each.number,
        "recorded": instant(each.recorded),
        "seat": each.seat,
        "event": each.act.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        | {"kind": getattr(each.act, "kind", ""), "by": each.act.by},
        "determinations": ruled(each.step.determinations),
        "flags": [{"what": flag.what, "rule": flag.rule, "says": flag.says.en} for flag in each.step.flags],
    }


def read_text(path: Path) -> str:
    """The text of a file; of standard input for ``-``.

    Raises:
        InputError: where it cannot be read.
    """
    import sys

    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise InputError(f"{path} cannot be read: {why}.") from None


def write_out(content: str | bytes, to: Path | None) -> None:
    """Write to a file, or to standard output where none is named.

    Raises:
        DestinationError: where it cannot be written.
    """
    import sys

    if to is None:
        print(content if isinstance(content, str) else content.decode(), end="")
        sys.stdout.flush()
        return
    try:
        to.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise DestinationError(f"{to} cannot be written: {error.strerror}.") from None
