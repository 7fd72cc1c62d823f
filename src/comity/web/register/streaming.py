"""New entries as they are recorded, as server-sent events: one event an entry, its number as the event's id.

**Source.** WHATWG, HTML Living Standard, section 9.2, Server-sent events.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from comity.kernel.errors import ComityError, InputError
from comity.web.register import shapes
from comity.web.register.problems import Busy
from comity.web.register.reading import head_of
from comity.web.register.seeing import Seer
from comity.web.register.served import Here, Reader, Served, reader

routes = APIRouter(prefix="/v1", tags=["reading"])
LOOK = 0.25
"""How often it is looked for new entries, in seconds."""
QUIET = 15.0
"""After how many seconds without an entry a comment is sent, so that the line stays open."""
AT_ONCE = 64
"""How many streams are served at once."""
PAGE = 64
"""How many entries are read at once."""


@routes.get(
    "/stream",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}, **shapes.refusals(401, 403, 422, 503)},
)
async def stream(
    request: Request,
    here: Here,
    *,
    seat: Reader,
    first: Annotated[int | None, Query(ge=0, lt=2**53, description="From this entry; only new ones if absent.")] = None,
    wait: Annotated[int | None, Query(ge=0, le=86_400, description="How many seconds to stay; 0 not at all.")] = None,
    last_event_id: Annotated[str | None, Header()] = None,
) -> StreamingResponse:
    """Entries as they are recorded; ``Last-Event-ID`` goes on after the entry that was received last."""
    number = first
    if last_event_id is not None:
        if not (last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 16):
            raise InputError("Last-Event-ID is no number of an entry.", mend="Send the id of the last event.")
        number = int(last_event_id) + 1
    if number is None:
        number = await run_in_threadpool(lambda: here.register.size)
    going: set[int] = request.app.state.streams
    if len(going) >= AT_ONCE:
        raise Busy(f"{AT_ONCE} streams are served already.", mend="Read GET /v1/entries from time to time.")
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "X-Content-Type-Options": "nosniff"}
    events = _events(request, here, seat=seat, number=number, wait=wait)
    return StreamingResponse(events, 200, headers, "text/event-stream")


async def _events(
    request: Request, here: Served, *, seat: str | None, number: int, wait: int | None
) -> AsyncIterator[str]:
    going: set[int] = request.app.state.streams
    going.add(id(request))
    begun = spoken = time.monotonic()
    try:
        yield "retry: 1000\n\n"
        while not request.app.state.ending:
            try:
                await run_in_threadpool(reader, request, here)  # a token that has ended ends its stream
                found = await run_in_threadpool(_since, here, seat, number)
            except ComityError:
                return
            for told in found:
                yield f"id: {told['number']}\nevent: entry\ndata: {json.dumps(told, ensure_ascii=False)}\n\n"
                number, spoken = told["number"] + 1, time.monotonic()
            if len(found) == PAGE:
                continue
            if (wait is not None and time.monotonic() - begun >= wait) or await request.is_disconnected():
                return
            if time.monotonic() - spoken >= QUIET:
                yield ": nothing new\n\n"
                spoken = time.monotonic()
            await asyncio.sleep(LOOK)
    finally:
        going.discard(id(request))


def _since(here: Served, seat: str | None, number: int) -> list[dict[str, Any]]:
    """The next entries from a number on, as a seat may see them."""
    with here.register.store.reading() as view:
        size = head_of(view).size
        if number >= size:
            return []
        seer = Seer(here.register, seat)
        rows = view.rows(number, min(number + PAGE, size))
        return [seer.shown(place, content, view) for place, _, content in rows]
