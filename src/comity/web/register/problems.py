"""What is said when something cannot be done: one problem, with what, why, where and how to mend it.

**Source.** Nottingham, Wilde and Dalal 2023, RFC 9457, Problem Details for HTTP APIs.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from comity.kernel.errors import ComityError, DestinationError, InputError, NotComputable
from comity.kernel.result import Text
from comity.operation.refusing import Conflict, NotAllowed, ReadOnly, Unreadable
from comity.web.register.tokens import Unauthorised

LOG = logging.getLogger("comity.web.register")
MEDIA = "application/problem+json"


class NotThere(ComityError):
    """There is nothing at this address."""


class TooLarge(ComityError):
    """What was sent is larger than what is taken."""


class MovedOn(ComityError):
    """The register is not at the size that was asked for."""


class Busy(ComityError):
    """More is asked at once than is served."""


STATUS: tuple[tuple[type[ComityError], int], ...] = (
    (Unauthorised, 401),
    (NotAllowed, 403),
    (NotThere, 404),
    (Conflict, 409),
    (MovedOn, 412),
    (TooLarge, 413),
    (Unreadable, 500),
    (Busy, 503),
    (ReadOnly, 503),
    (DestinationError, 503),
    (InputError, 422),
    (NotComputable, 422),
)
"""The status of each kind of refusal; the first that fits counts."""
TITLES = {
    400: Text("The request cannot be read", "请求无法读取"),
    401: Text("A token is needed", "需要令牌"),
    403: Text("Not allowed", "不被允许"),
    404: Text("Not there", "不存在"),
    405: Text("Not done at this address", "此地址不支持该操作"),
    409: Text("It does not fit the register as it stands", "与登记册现状不符"),
    412: Text("The register has moved on", "登记册已有新的记录"),
    413: Text("Too large", "内容过大"),
    422: Text("It cannot be used as it is", "内容无法使用"),
    500: Text("A fault of the register", "登记册故障"),
    503: Text("Nothing can be recorded now", "当前无法记录"),
}


def problem(request: Request, status: int, why: str, mend: str = "") -> Response:
    """A refusal as the one who asked gets it.

    Args:
        request: what was asked.
        status: the status.
        why: what is wrong; never what was sent in a header.
        mend: how to mend it.
    """
    chinese = request.headers.get("accept-language", "").startswith("zh")
    title = TITLES.get(status, TITLES[400]).of("zh" if chinese else "en")
    told = {"type": "about:blank", "title": title, "status": status, "detail": why, "instance": request.url.path}
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="comity register"'
    content = json.dumps({**told, "mend": mend} if mend else told)  # half characters stay escaped
    return Response(content, status, headers, MEDIA)


def status_of(error: ComityError) -> int:
    """The status of a refusal.

    Example:
        >>> status_of(NotAllowed("No.")), status_of(InputError("No."))
        (403, 422)
    """
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def tell_problems(app: FastAPI) -> None:
    """Let an application answer with problems whenever something cannot be done."""

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, ComityError)
        return problem(request, status_of(error), error.message, error.mend)

    async def misread(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return problem(request, 422, _fields(error.errors()), "GET /v1/openapi.json says what is taken.")

    async def plain(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        answer = problem(request, error.status_code, str(error.detail), "GET /v1/openapi.json lists what there is.")
        answer.headers.update(dict(error.headers or {}))
        return answer

    async def fault(request: Request, error: Exception) -> Response:
        LOG.error("A fault at %s %s", request.method, request.url.path, exc_info=error)
        return problem(request, 500, "A fault of comity, not of yours.", "The log of the register says more.")

    app.add_exception_handler(ComityError, refused)
    app.add_exception_handler(RequestValidationError, misread)
    app.add_exception_handler(HTTPException, plain)
    app.add_exception_handler(Exception, fault)


def _fields(errors: Sequence[Any]) -> str:
    """What is wrong with the fields of a request, without what they held."""
    return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg'][:200]}" for each in errors[:5])
