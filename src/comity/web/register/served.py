"""A register as it is served, and who asks."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from comity.operation.register import Register
from comity.web.register.tokens import Tokens, Unauthorised


@dataclass(frozen=True)
class Served:
    """What the routes share.

    Attributes:
        register: the register, open.
        tokens: the tokens of its seats.
        clock: the present instant, in UTC.
        writable: whether statements are recorded.
        largest: the largest document in bytes.
    """

    register: Register
    tokens: Tokens
    clock: Callable[[], datetime.datetime]
    writable: bool
    largest: int


def served(request: Request) -> Served:
    """The register that an application serves."""
    held = request.app.state.served
    assert isinstance(held, Served)
    return held


Here = Annotated[Served, Depends(served)]
Bearer = Annotated[HTTPAuthorizationCredentials | None, Security(HTTPBearer(auto_error=False))]


def reader(request: Request, here: Here, _bearer: Bearer = None) -> str | None:
    """The seat that asks; None for the public.

    Raises:
        Unauthorised: for credentials that are no token of this register: better than to show less without a word.
        NotAllowed: for a seat whose credentials were revoked.
    """
    given = request.headers.get("authorization")
    if given is None:
        return None
    scheme, _, token = given.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthorised("Only bearer tokens are taken.", mend="Authorization: Bearer comity_...")
    return here.tokens.seat(token.strip(), now=here.clock())


Reader = Annotated[str | None, Depends(reader)]


def seated(seat: Reader) -> str:
    """The seat that asks.

    Raises:
        Unauthorised: where no token is sent.
    """
    if seat is None:
        raise Unauthorised("This needs the token of a seat.", mend="Authorization: Bearer comity_...")
    return seat


Seated = Annotated[str, Depends(seated)]


def answer(request: Request, told: Any, *, tag: str = "", status: int = 200, **headers: str) -> Response:
    """An answer in JSON with its tag; 304 where the one who asks has it already.

    Args:
        request: what was asked.
        told: the content.
        tag: its tag; the digest of the content where empty.
        status: the status.
        headers: further headers, with underscores for hyphens.
    """
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    mark = f'"{tag or hashlib.sha256(content).hexdigest()[:32]}"'
    private = "authorization" in request.headers
    said = {
        "ETag": mark,
        "Vary": "Authorization",
        "Cache-Control": "private, no-cache" if private else "no-cache",
        "X-Content-Type-Options": "nosniff",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    known = request.headers.get("if-none-match", "")
    if request.method == "GET" and mark in {each.strip().removeprefix("W/") for each in known.split(",")}:
        return Response(status_code=304, headers=said)
    return Response(content, status, said, "application/json")
