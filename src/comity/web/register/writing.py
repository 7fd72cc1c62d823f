"""What seats may write: signed statements, countersignatures, and documents that statements speak of."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any, cast

from fastapi import APIRouter, Header, Request, Response
from fastapi.concurrency import run_in_threadpool

from comity.kernel.errors import InputError
from comity.operation import tree
from comity.operation.checkpoint import Checkpoint
from comity.operation.checkpoint import checkpoint as note_of
from comity.operation.entry import LARGEST, Signed, signed
from comity.operation.recording import Receipt
from comity.operation.refusing import Conflict, NotAllowed, ReadOnly, Unreadable
from comity.operation.roll import REGISTER
from comity.operation.seals import keys_at
from comity.web.register import shapes
from comity.web.register.problems import MovedOn, TooLarge
from comity.web.register.reading import head_of
from comity.web.register.served import Here, Seated, Served, answer

routes = APIRouter(prefix="/v1", tags=["writing"])
DEEP = 64
"""How deep a statement may be nested."""
NOTE = 64 * 1024
"""The largest note in bytes."""
ENVELOPE = 4096
"""What stands around a statement: key, signature, names."""


def _sent(media: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {media: {"schema": schema}}}}


@routes.post(
    "/statements",
    status_code=201,
    responses={
        200: {"model": shapes.Received, "description": "It had been recorded before: the receipt again"},
        201: {"model": shapes.Received},
        **shapes.refusals(401, 403, 409, 412, 413, 422, 503),
    },
    openapi_extra=_sent("application/json", shapes.SignedSent.model_json_schema()),
)
async def statement(
    request: Request,
    here: Here,
    *,
    seat: Seated,
    idempotency_key: Annotated[str | None, Header()] = None,
    if_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Record a signed statement of the token's seat; answers when it is on the disk.

    Sent again, the same statement gives the same entry. ``Idempotency-Key``, where it is sent, is the request of the
    statement. ``If-Match: "SIZE"`` is the head that its author expects: the statement then says ``only`` and has that
    size as ``after``, for what is expected is part of what is signed.
    """
    said = signed(parsed(await body(request, LARGEST + ENVELOPE)))
    _whole(said)
    if said.statement.seat != seat:
        raise NotAllowed(f"A token of {seat} cannot speak for {said.statement.seat}.", mend="Use its own token.")
    if idempotency_key is not None and idempotency_key.strip('"') != said.statement.request:
        raise InputError("The Idempotency-Key is not the request of the statement.", mend="Make them equal.")
    if if_match is not None and not (said.statement.only and if_match == f'"{said.statement.after}"'):
        raise InputError(
            "If-Match is not what the statement expects.",
            mend='Sign the statement with "only": true and the size as "after", and send If-Match: "SIZE".',
        )
    receipt = await run_in_threadpool(_recorded, here, said, expected=if_match is not None)
    place = f"/v1/entries/{receipt.number}"
    return answer(request, receipt.as_json(), status=200 if receipt.again else 201, Location=place)


def _recorded(here: Served, said: Signed, *, expected: bool) -> Receipt:
    try:
        return here.register.submit(said, now=here.clock())
    except Conflict as error:
        if expected and said.statement.after != here.register.size:
            raise MovedOn(error.message, mend=error.mend) from None
        raise


def _whole(said: Signed) -> None:
    """Check that a statement can be recorded at all, before it joins those of others.

    Raises:
        InputError: where it cannot.
    """
    said.statement.content()
    for name in (said.statement.seat, said.statement.request, said.statement.register, said.key, said.signature):
        if not name.isprintable():
            raise InputError("Seat, request, register, key and signature hold printable characters only.")


@routes.post(
    "/countersignatures",
    status_code=201,
    responses={201: {"model": shapes.Countersigned}, **shapes.refusals(401, 403, 413, 422, 503)},
    openapi_extra=_sent("text/plain", {"type": "string"}),
)
async def countersignature(request: Request, here: Here, seat: Seated) -> Response:
    """Keep a checkpoint that the token's seat has countersigned: the note of the register with its signature added."""
    sent = await body(request, NOTE)
    try:
        note = note_of(sent.decode())
    except (Unreadable, UnicodeDecodeError) as error:
        said = error.message if isinstance(error, Unreadable) else "It is no text."
        raise InputError(said, mend="Send the note of GET /v1/checkpoint with the seat's line added.") from None
    kept = await run_in_threadpool(_kept, here, note, seat)
    return answer(request, {"seat": seat, "size": kept.size, "checkpoint": kept.text()}, status=201)


def _kept(here: Served, note: Checkpoint, seat: str) -> Checkpoint:
    """Check a countersigned checkpoint and keep it, with the signatures of the register and the seat only.

    Raises:
        NotAllowed: where it is not this register's, or not signed by it and the seat.
        ReadOnly: where nothing can be written.
    """
    roll = here.register.position().roll
    with here.register.store.reading() as view:
        size = head_of(view).size
        ours = note.register == here.register.id and 1 <= note.size <= size
        if not ours or tree.root(note.size, view.node).hex() != note.root:
            raise NotAllowed("This is no checkpoint of this register.", mend="Sign the note of GET /v1/checkpoint.")
    if not any(note.carries(REGISTER, key) for key in keys_at(roll, REGISTER, note.size)):
        raise NotAllowed("The checkpoint does not carry the signature of the register.")
    if not note.carries(seat, roll.current.get(seat, "")):
        raise NotAllowed(f"The checkpoint does not carry the signature of the valid key of {seat}.")
    if not here.writable:
        raise ReadOnly("The register is open for reading only.", mend="The operator serves it with its key.")
    both = {name: note.signatures[name] for name in (REGISTER, seat)}
    made = Checkpoint(note.register, note.size, note.root, both)
    with here.register.store.writing() as turn:
        turn.countersign(made.size, seat, made.text())
    return made


@routes.post(
    "/documents",
    status_code=201,
    responses={201: {"model": shapes.Laid}, **shapes.refusals(401, 403, 413, 422, 503)},
    openapi_extra=_sent("application/octet-stream", {"type": "string", "format": "binary"}),
)
async def document(request: Request, here: Here, _: Seated) -> Response:
    """Keep a document; a statement then lays it before the register as evidence, by its digest."""
    content = await body(request, here.largest)
    if not content:
        raise InputError("The document is empty.", mend="Send its bytes as the body of the request.")
    digest = await run_in_threadpool(here.register.lay, content, "application/octet-stream")
    told = {"digest": digest, "size": len(content)}
    return answer(request, told, status=201, Location=f"/v1/documents/{digest}")


async def body(request: Request, largest: int) -> bytes:
    """The body of a request.

    Args:
        request: the request.
        largest: how many bytes are taken.

    Raises:
        TooLarge: where it is larger; the rest is not read.
    """
    told = request.headers.get("content-length", "")
    size, parts = int(told) if told.isascii() and told.isdigit() else 0, list[bytes]()
    if size <= largest:
        size = 0
        async for part in request.stream():
            parts.append(part)
            size += len(part)
            if size > largest:
                break
    if size > largest:
        raise TooLarge(f"At most {largest:,} bytes are taken here.", mend="Send less, or in several pieces.")
    return b"".join(parts)


def parsed(content: bytes) -> Any:
    """JSON that reads alike in every language: no name twice, no NaN, not too deep.

    Raises:
        InputError: for bytes that are none.

    Example:
        >>> parsed(b'{"a": [1]}')
        {'a': [1]}
    """
    try:
        made = json.loads(content, object_pairs_hook=_once, parse_constant=_never)
    except (ValueError, RecursionError) as error:
        said = "it is nested too deep" if isinstance(error, RecursionError) else str(error)[:200]
        raise InputError(f"The body is no JSON: {said}.", mend="Send a signed statement as JSON in UTF-8.") from None
    level = [made]
    for _ in range(DEEP):
        level = [part for each in level for part in _parts(each)]
        if not level:
            return made
    raise InputError(f"The body is nested deeper than {DEEP}.", mend="Statements are flat: write less deep.")


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return cast("dict[str, Any]", value).values()
    return cast("list[Any]", value) if isinstance(value, list) else ()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return made


def _never(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")
