"""``comity serve``: a register over HTTP, and the tokens of its seats."""

from __future__ import annotations

import datetime
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from comity.cli.common import Common, print_json
from comity.kernel.errors import InputError

if TYPE_CHECKING:
    from comity.web.register.tokens import Token

serve = App(name="serve", help="Serve a register over HTTP, and issue the tokens of its seats.")
token = App(name="token", help="Tokens of seats: issue, list, revoke.")
serve.command(token)
NO_WEB = InputError("Serving needs FastAPI and uvicorn.", mend="pip install 'comity[web]'")


@serve.default
def serve_(
    place: str,
    /,
    *,
    keys: Annotated[Path | None, Parameter(help="The folder with register.pem; without it, read only.")] = None,
    host: Annotated[str, Parameter(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, Parameter(help="The port to listen at.")] = 8480,
    certificate: Annotated[Path | None, Parameter(help="The certificate for TLS.")] = None,
    certificate_key: Annotated[Path | None, Parameter(help="Its private key.")] = None,
    largest: Annotated[int, Parameter(help="The largest document, in megabytes.")] = 32,
) -> None:
    """Serve a register over HTTP until it is told to end (docs/register-api.md).

    Parameters
    ----------
    place
        The register: a file, or postgresql://...
    """
    _needed()
    from comity.operation.signing import PASSPHRASE
    from comity.web.register.serving import Listening, opened
    from comity.web.register.serving import serve as begin

    listening = Listening(host, port, certificate, certificate_key)
    register = opened(place, keys, os.environ.get(PASSPHRASE, ""))
    scheme = "http" if certificate is None else "https"
    shown = f"[{host}]" if ":" in host else host
    print(f"{register.founded.institution}: {scheme}://{shown}:{port}/v1/register", file=sys.stderr, flush=True)
    if certificate is None and not listening.here_only:
        print("Tokens travel unencrypted: give --certificate, or serve behind a proxy with TLS.", file=sys.stderr)
    if keys is None:
        print("For reading only: --keys names the folder with register.pem.", file=sys.stderr)
    begin(register, listening, writable=keys is not None, largest=largest * 2**20)


@token.command
def new(
    place: str,
    seat: str,
    /,
    *,
    days: Annotated[int, Parameter(help="For how many days it counts.")] = 30,
    common: Common = Common(),
) -> None:
    """Issue a token for a seat; it is shown this once, and kept nowhere.

    Parameters
    ----------
    place
        The register: a file, or postgresql://...
    seat
        The seat, which holds a key: member:JPN.
    """
    _needed()
    from comity.web.register.serving import now, opened
    from comity.web.register.tokens import Tokens

    if not 1 <= days <= 366:
        raise InputError(f"A token cannot count for {days} days.", mend="Give 1 to 366; it can be renewed.")
    with opened(place, None) as register:
        made, words = Tokens(register).issue(seat, now=now(), lasts=datetime.timedelta(days=days))
    if common.json:
        print_json({"token": words, "id": made.id, "seat": made.seat, "expires": made.expires})
        return
    print(words)
    print(f"The token of {made.seat} until {made.expires}; to revoke it: {made.id}.", file=sys.stderr)


@token.command
def revoke(place: str, id: str, /, *, common: Common = Common()) -> None:
    """Revoke a token: it no longer counts from now on.

    Parameters
    ----------
    place
        The register: a file, or postgresql://...
    id
        The id of the token, as `comity serve token list` shows it.
    """
    _needed()
    from comity.web.register.serving import now, opened
    from comity.web.register.tokens import Tokens

    with opened(place, None) as register:
        ended = Tokens(register).revoke(id, now=now())
    print_json(asdict(ended)) if common.json else print(_line(ended))


@token.command(name="list")
def list_(place: str, /, *, common: Common = Common()) -> None:
    """List the tokens of a register: id, seat, until when; never their secrets, which are kept nowhere.

    Parameters
    ----------
    place
        The register: a file, or postgresql://...
    """
    _needed()
    from comity.web.register.serving import opened
    from comity.web.register.tokens import Tokens

    with opened(place, None) as register:
        found = Tokens(register).listed()
    if common.json:
        print_json({"tokens": [asdict(each) for each in found]})
        return
    print("\n".join(map(_line, found)) or "No token was issued.")


def _line(held: Token) -> str:
    ended = f"revoked {held.revoked}" if held.revoked else f"until {held.expires}"
    return f"{held.id}  {held.seat}  issued {held.issued}  {ended}"


def _needed() -> None:
    """Check that what serving needs is installed.

    Raises:
        InputError: where it is not.
    """
    from importlib.util import find_spec

    if find_spec("fastapi") is None or find_spec("uvicorn") is None:
        raise NO_WEB
