"""The application: the routes of a register under ``/v1``, and how refusals are told."""

from __future__ import annotations

import datetime
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from comity.operation.register import Register
from comity.web.register import reading, streaming, writing
from comity.web.register.problems import tell_problems
from comity.web.register.served import Served
from comity.web.register.tokens import Tokens

LARGEST = 32 * 2**20
"""The largest document in bytes, where nothing else is said."""
SAID = (
    "Anyone reads; seats write, with a token to be let in and a signature for every statement. "
    "What was acknowledged is on the disk. Refusals are application/problem+json (RFC 9457)."
)


def api(
    register: Register,
    *,
    clock: Callable[[], datetime.datetime],
    writable: bool = True,
    largest: int = LARGEST,
) -> FastAPI:
    """The application that serves a register.

    Args:
        register: the register, open; let go of when the application ends.
        clock: the present instant, in UTC.
        writable: whether statements are recorded; the register must be open with its key.
        largest: the largest document in bytes.
    """

    @asynccontextmanager
    async def lasting(app: FastAPI) -> AsyncGenerator[None]:
        yield
        app.state.ending = True
        register.close()

    app = FastAPI(
        title="A register of comity",
        summary=f"The register of {register.founded.institution}",
        description=SAID,
        version=version("comity"),
        openapi_url="/v1/openapi.json",
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
        lifespan=lasting,
    )
    app.state.served = Served(register, Tokens(register), clock, writable, largest)
    app.state.streams, app.state.ending = set[int](), False
    tell_problems(app)
    for part in (reading, writing, streaming):
        app.include_router(part.routes)
    return app
