"""What may be read: the register, its entries, proofs and checkpoints, where the institution stands, what is due."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from sqlalchemy import select

from comity.kernel.errors import InputError
from comity.operation import tree
from comity.operation.refusing import Unreadable
from comity.operation.register import CHARTER
from comity.operation.status import status
from comity.operation.store import Head, Reading
from comity.operation.tables import DOCUMENTS
from comity.procedure import view as seen
from comity.web.register import shapes
from comity.web.register.problems import NotThere
from comity.web.register.seeing import OFFICERS, Seer
from comity.web.register.served import Here, Reader, Seated, answer

routes = APIRouter(prefix="/v1", tags=["reading"])
WEIGHT = 8 * 2**20
"""How many bytes of entries a page holds before it ends."""
YEARS = 60
"""How far ahead is looked for what falls due."""
Number = Annotated[int, Path(ge=0, lt=2**53)]
Size = Annotated[int | None, Query(ge=1, lt=2**53)]
DIGEST = "^[0-9a-f]{64}$"


def head_of(view: Reading) -> Head:
    """The newest checkpoint as it is kept.

    Raises:
        Unreadable: where there is none.
    """
    head = view.head()
    if head is None:
        raise Unreadable("The register has no checkpoint.", mend="comity register verify says more.")
    return head


def there(number: int, size: int) -> None:
    """Check that there is an entry.

    Raises:
        NotThere: where there is none.
    """
    if number >= size:
        raise NotThere(f"There is no entry {number}.", mend=f"The last one is {size - 1}.")


@routes.get("/register", responses={200: {"model": shapes.About}, **shapes.refusals(401, 403)})
def register(request: Request, here: Here, _: Reader) -> Response:
    """The register: its id, institution, charter, size and newest checkpoint."""
    held = here.register
    with held.store.reading() as view:
        head = head_of(view)
    told = {
        "register": held.id,
        "institution": held.founded.institution,
        "charter": held.founded.charter,
        "size": head.size,
        "checkpoint": head.note,
        "writable": here.writable,
    }
    return answer(request, told, tag=str(head.size))


@routes.get(
    "/checkpoint",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **shapes.refusals(401, 403)},
)
def checkpoint(here: Here, _: Reader) -> Response:
    """The newest checkpoint as a signed note, to be kept elsewhere."""
    with here.register.store.reading() as view:
        head = head_of(view)
    headers = {"ETag": f'"{head.size}"', "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return Response(head.note, 200, headers, "text/plain; charset=utf-8")


@routes.get("/entries", responses={200: {"model": shapes.Page}, **shapes.refusals(401, 403, 422)})
def entries(
    request: Request,
    here: Here,
    *,
    seat: Reader,
    first: Annotated[int, Query(ge=0, lt=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Response:
    """Entries in order, a page at a time; ballots that are still open are withheld but for their hash."""
    seer, told, weight = Seer(here.register, seat), list[dict[str, Any]](), 0
    with here.register.store.reading() as view:
        size = head_of(view).size
        last = min(first + limit, size)
        number = first
        while number < last and weight < WEIGHT:
            for place, _, content in view.rows(number, min(number + 16, last)):
                told.append(seer.shown(place, content, view))
                weight += len(content)
            number += 16
    end = first + len(told)
    page = {"register": here.register.id, "size": size, "first": first, "entries": told}
    if end >= size:
        return answer(request, page)
    link = f'</v1/entries?first={end}&limit={limit}>; rel="next"'
    return answer(request, {**page, "next": end}, Link=link)


@routes.get("/entries/{number}", responses={200: {"model": shapes.Held}, **shapes.refusals(401, 403, 404, 422)})
def entry(request: Request, here: Here, seat: Reader, number: Number) -> Response:
    """One entry."""
    with here.register.store.reading() as view:
        there(number, head_of(view).size)
        return answer(request, Seer(here.register, seat).shown(number, view.content(number), view))


@routes.get("/proof/{number}", responses={200: {"model": shapes.Inclusion}, **shapes.refusals(401, 403, 404, 422)})
def proof(request: Request, here: Here, _: Reader, number: Number, size: Size = None) -> Response:
    """The proof that an entry is in the tree of the newest checkpoint, or in that of a size given."""
    with here.register.store.reading() as view:
        head = head_of(view)
        at = _within(size, head)
        there(number, at)
        told = {
            "number": number,
            "leaf": view.node(0, number).hex(),
            "size": at,
            "root": tree.root(at, view.node).hex(),
            "path": [each.hex() for each in tree.inclusion(number, at, view.node)],
            "checkpoint": head.note,
        }
    return answer(request, told)


@routes.get("/consistency", responses={200: {"model": shapes.Consistency}, **shapes.refusals(401, 403, 422)})
def consistency(
    request: Request, here: Here, _: Reader, old: Annotated[int, Query(ge=1, lt=2**53)], new: Size = None
) -> Response:
    """The proof that the register at one size continues what it was at a smaller one."""
    with here.register.store.reading() as view:
        head = head_of(view)
        size = _within(new, head)
        if old > size:
            raise InputError(f"old={old} is larger than new={size}.", mend="A longer tree continues a shorter one.")
        told = {
            "old": old,
            "old_root": tree.root(old, view.node).hex(),
            "new": size,
            "new_root": tree.root(size, view.node).hex(),
            "path": [each.hex() for each in tree.consistency(old, size, view.node)],
            "checkpoint": head.note,
        }
    return answer(request, told)


def _within(size: int | None, head: Head) -> int:
    """A size that was asked for; the newest where none was.

    Raises:
        InputError: where the register is not as large.
    """
    if size is not None and size > head.size:
        raise InputError(f"The register has {head.size} entries, not {size}.", mend="Ask for a size it has had.")
    return size or head.size


@routes.get("/status", responses=shapes.refusals(401, 403))
def stands(request: Request, here: Here, _: Reader) -> Response:
    """The register in short: what is open, what is in force, who owes, who can sign."""
    position = here.register.position()
    return answer(request, status(position), tag=str(position.size))


@routes.get("/view", responses=shapes.refusals(401, 403))
def view_of(request: Request, here: Here, seat: Seated) -> Response:
    """The institution as the seat of the token sees it: of open ballots only its own."""
    who = seat if seat not in OFFICERS else "secretariat"
    return answer(request, seen(here.register.position().state, who))


@routes.get("/due", responses={200: {"model": shapes.Due}, **shapes.refusals(401, 403, 422)})
def falls_due(request: Request, here: Here, seat: Reader, on: datetime.date) -> Response:
    """What lapses, takes effect or falls due by itself until a day, if nothing else happens."""
    seer = Seer(here.register, seat)
    reached = seer.position.state.on
    if on.year > reached.year + YEARS:
        raise InputError(f"on={on} is more than {YEARS} years ahead.", mend=f"The register is at {reached}.")
    return answer(request, seer.due(on))


@routes.get(
    "/documents/{sha256}",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}, **shapes.refusals(401, 403, 404, 422)},
)
def document(here: Here, seat: Reader, sha256: Annotated[str, Path(pattern=DIGEST)]) -> Response:
    """A document by its SHA-256; until an entry names it as evidence, only for seats with a token.

    Raises:
        NotThere: where there is none, or none that may be seen.
    """
    with here.register.store.reading() as view:
        content = view.document(sha256)
        known = content is not None and (seat is not None or _public(here, view, sha256))
    if content is None or not known:
        raise NotThere("There is no such document.", mend="Before it is evidence, only seats with a token see it.")
    headers = {
        "ETag": f'"{sha256}"',
        "Content-Disposition": "attachment",
        "Cache-Control": "private, no-cache" if seat else "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, 200, headers, "application/octet-stream")


def _public(here: Here, view: Reading, sha256: str) -> bool:
    """Whether a document is evidence, an issued text, or the charter."""
    docket = here.register.position().docket
    if any(digest == sha256 for _, digest in docket.evidence.values()):
        return True
    if any(digest == sha256 for digest, _ in docket.texts.values()):
        return True
    media = select(DOCUMENTS.c.media).where(DOCUMENTS.c.digest == sha256)
    return view.connection.execute(media).scalar() == CHARTER
