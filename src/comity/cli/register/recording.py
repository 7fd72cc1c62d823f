"""``comity register new | append | evidence | correct``: what is recorded."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

from cyclopts import Parameter

from comity.cli.common import codes, print_json
from comity.cli.register.door import Door, day, folder, key, passphrase, read_text, say, tell, writing
from comity.kernel.canonical import digest
from comity.kernel.errors import ComityError, DocumentError, InputError
from comity.kernel.result import Text

if TYPE_CHECKING:
    from comity.operation.recording import Receipt
    from comity.operation.register import Register

Given = Mapping[str, Any]


def new(
    place: str,
    /,
    *,
    charter: Annotated[str, Parameter(help="The charter, by name or path; fixed from now on.")],
    on: Annotated[str | None, Parameter(help="The day of the founding; the charter's own where absent.")] = None,
    seats: Annotated[list[str] | None, Parameter(consume_multiple=True, negative=())] = None,
    minutes: Annotated[bool, Parameter(negative=())] = False,
    exercise: Annotated[bool, Parameter(negative=())] = False,
    door: Door = Door(),
) -> None:
    """Found a register, and make a key for the register, the secretariat, the chair and every member.

    Parameters
    ----------
    place
        A new file, or postgresql://... of an empty database.
    charter
        The charter.
    on
        The day.
    seats
        Further seats that get a key: verifier:IEA, depositary.
    minutes
        The secretariat records the acts of others, as minutes do; else each seat signs its own.
    exercise
        Acts may be of days that have not come; the founding entry says so for good.
    """
    from comity.operation.opening import register as founded

    where = folder(place, door)
    with founded(
        place,
        charter,
        keys=where,
        seats=codes(seats or ()),
        on=day(on),
        now=door.instant,
        minutes=minutes,
        exercise=exercise,
        passphrase=passphrase(),
    ) as register:
        name, keys = register.founded.institution, register.founded.keys
        if door.json:
            public = dict(keys)
            print_json({"register": register.id, "place": place, "keys": str(where), "public": public})
            return
        shown = f"{register.id[:16]}..."
        sort = Text(", as an exercise", "（演习）") if exercise else Text("", "")
        lines = [
            Text(
                f"{place} is founded under {name}{sort.en}: register {shown}",
                f"已依{name}设立{place}{sort.zh}：登记册{shown}",
            ),
            Text(
                f"{len(keys)} private keys are in {where}, each readable by you only. Hand every delegation its own "
                "file and delete it here; the register needs register.pem and nothing else.",
                f"{len(keys)}个私钥存于{where}，仅您本人可读。请将各代表团的文件交其自行保管并在此删除；登记册本身仅需register.pem。",
            ),
        ]
        say([("", line) for line in lines], door)


def append(
    place: str,
    /,
    *,
    seat: Annotated[str | None, Parameter(help="Who speaks; the event's own `by`, else secretariat.")] = None,
    event: Annotated[str | None, Parameter(help="One event as JSON.")] = None,
    file: Annotated[Path | None, Parameter(help="Events as YAML or JSON lines; - for standard input.")] = None,
    request: Annotated[str | None, Parameter(help="A name given once: the same request counts once.")] = None,
    only_if_unchanged: Annotated[str | None, Parameter(help="Only if there are still so many entries.")] = None,
    door: Door = Door(),
) -> None:
    """Record events, each signed by its seat, and print what the law rules.

    Parameters
    ----------
    place
        The register.
    seat
        The seat.
    event
        The event.
    file
        The file.
    request
        The request; of a file, the n-th event counts as REQUEST-n. One is made at random where absent.
    only_if_unchanged
        The number of entries the author has seen.
    """
    events = _events(event, file)
    seen = _seen(only_if_unchanged)
    names = [request] if request and len(events) == 1 else [f"{request}-{n}" for n in range(1, len(events) + 1)]
    with writing(place, door) as register:
        _record(register, place, events, door, seat=seat, names=names if request else None, seen=seen, file=file)


def _seen(given: str | None) -> int | None:
    if given is None:
        return None
    if not given.isascii() or not given.isdigit():
        raise InputError(
            f"--only-if-unchanged {given}: this is no number of entries.", mend="comity register status says it."
        )
    return int(given)


def _events(event: str | None, file: Path | None) -> list[dict[str, Any]]:
    """The events that were given.

    Raises:
        InputError: where there are none, or they are no mappings.
        DocumentError: for YAML that cannot be read.
    """
    from comity.kernel.document import parse

    if (event is None) == (file is None):
        raise InputError("Name one event with --event, or a file of events with --file.")
    what = "--event" if event is not None else str(file)
    text = event if event is not None else read_text(file or Path("-"))
    data: Any
    try:
        data = [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError:
        document = parse(text, what)
        if document.problems:
            raise DocumentError(what, document.problems) from None
        data = document.data
    if isinstance(data, dict):
        named = cast("dict[str, Any]", data)
        data = named["events"] if isinstance(named.get("events"), list) else [named]
    if not isinstance(data, list) or not data or not all(isinstance(each, dict) for each in cast("list[Any]", data)):
        raise InputError(
            f"{what} holds no events.", mend="An event is a mapping with kind and on; a file lists several."
        )
    return cast("list[dict[str, Any]]", data)


def _record(
    register: Register,
    place: str,
    events: Sequence[Given],
    door: Door,
    *,
    seat: str | None = None,
    names: Sequence[str] | None = None,
    seen: int | None = None,
    file: Path | None = None,
) -> None:
    """Record events one by one, and print each receipt as it comes.

    Raises:
        ComityError: for the first that is refused, saying which; those before it stand.
    """
    from comity.kernel.canonical import plain

    receipts = list[dict[str, Any]]()
    try:
        for at, given in enumerate(events):
            who = seat or str(given.get("by", "secretariat"))
            told: dict[str, Any] = plain({**given})
            request = names[at] if names else secrets.token_hex(8)
            try:
                receipt = _submit(register, who, told, request, seen if at == 0 else None, place, door)
            except ComityError as error:
                if len(events) > 1:
                    error.message = f"{file}, event {at + 1}: {error.message}"
                    error.args = (f"{error.message} {error.mend}".strip(),)
                raise
            if door.json:
                receipts.append(receipt.as_json())
            else:
                _tell(register, receipt, who, told, door)
    finally:
        if door.json and (receipts or not events):
            print_json(receipts[0] if len(events) == 1 else {"entries": receipts})


def _submit(  # noqa: PLR0917
    register: Register, seat: str, event: dict[str, Any], request: str, seen: int | None, place: str, door: Door
) -> Receipt:
    """Record one statement; one that was made before under the same request is sent again as it was."""
    from comity.operation.entry import entry

    with register.store.reading() as view:
        before = view.made([f"{seat} {request}"]).get(f"{seat} {request}")
    if before is not None:
        held = entry(before).signed
        if dict(held.statement.event) == {"by": seat, **event}:
            return register.submit(held, now=door.instant)
    said = register.statement(seat, event, request=request, after=seen, only=seen is not None)
    return register.submit(said.signed(key(seat, place, door)), now=door.instant)


def _tell(register: Register, receipt: Receipt, seat: str, event: Given, door: Door) -> None:  # noqa: PLR0917
    from comity.operation.position import read
    from comity.procedure import Step

    act = read({"by": seat, **event})
    tell(receipt.number, act, Step(register.position().state, receipt.determinations, receipt.flags), door)
    if receipt.again:
        say([("        ", Text("recorded before under this request", "此请求已入册"))], door)


def evidence(
    place: str,
    file: Path,
    /,
    *,
    on: Annotated[str, Parameter(help="The day on which it is submitted.")],
    source: Annotated[str, Parameter(help="Who published it, and where it can be had.")],
    title: Annotated[str | None, Parameter(help="What it is; the name of the file where absent.")] = None,
    name: Annotated[str | None, Parameter(help="Its name; that of the file where absent.")] = None,
    clause: Annotated[str | None, Parameter(help="The clause it is about.")] = None,
    member: Annotated[str | None, Parameter(help="The member it is about.")] = None,
    since: Annotated[str | None, Parameter(help="The first day of its period.")] = None,
    until: Annotated[str | None, Parameter(help="The last day of its period.")] = None,
    seat: Annotated[str, Parameter(help="Who submits it.")] = "secretariat",
    door: Door = Door(),
) -> None:
    """Lay a file before the register as evidence: it is kept beside the entries, which hold its digest.

    Parameters
    ----------
    place
        The register.
    file
        The file.
    """
    import mimetypes

    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.") from None
    media = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    said = {
        "kind": "evidence_submitted",
        "on": on,
        "evidence": name or file.name,
        "digest": digest(content),
        "title": title or file.name,
        "source": source,
        "since": since,
        "until": until,
        "clause": clause,
        "obligor": member,
        "media": media,
    }
    with writing(place, door) as register:
        register.lay(content, media)
        _record(register, place, [_given(said)], door, seat=seat)


def correct(
    place: str,
    entry: int,
    /,
    *,
    says: Annotated[str, Parameter(help="What is corrected, and why.")],
    on: Annotated[str, Parameter(help="The day of the correction.")],
    intended: Annotated[list[str] | None, Parameter(consume_multiple=True, negative=())] = None,
    seat: Annotated[str, Parameter(help="Who corrects.")] = "secretariat",
    door: Door = Door(),
) -> None:
    """Put a correction beside an entry, never in its place: an intended vote, a wrong date.

    Parameters
    ----------
    place
        The register.
    entry
        The number of the entry.
    intended
        Fields as they were meant: choice=no.
    """
    said = {"kind": "correction_made", "on": on, "entry": entry, "says": says, "intended": _pairs(intended or ())}
    with writing(place, door) as register:
        _record(register, place, [_given(said)], door, seat=seat)


def _pairs(given: Iterable[str]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    if wrong := [name for name, sign, _ in pairs if not sign]:
        raise InputError(f"--intended {wrong[0]}: this is no field with a value.", mend="Write choice=no.")
    return {name: value for name, _, value in pairs}


def _given(said: Given) -> dict[str, Any]:
    """What was given of some fields; the rest is left out."""
    return {name: value for name, value in said.items() if value not in (None, {}, "")}
