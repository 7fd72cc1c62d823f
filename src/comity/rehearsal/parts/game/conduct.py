"""How the business of a game is conducted, beside what the charter says: each part is off unless it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le
from pydantic import ValidationError

from comity.kernel.errors import InputError
from comity.kernel.family import Spec
from comity.kernel.quantity import Exact


class Conduct(Spec):
    """How business is conducted where the charter leaves it open; at its defaults a game is what it always was.

    Source:
        Abreu, Milgrom and Pearce (1991), "Information and timing in repeated partnerships", Econometrica 59(6), for
        what is done and only known later.
    """

    delay: Annotated[int, Ge(0), Le(40)] = 0
    """How many rounds after a promise fell due the verifier reports on it."""
    shortfall: bool = False
    """Whether what the fund says of members that leave or do not pay is done: it shrinks, or the others re-share."""
    agenda: Literal["turns", "low_first"] = "turns"
    """In which order issues come up: in that of the stakes, or from the least to the most sensitive."""
    cap: Annotated[Exact, Le(1)] = Fraction(1)
    """The largest share of a session's issues on which one member speaks first; of one issue at least."""
    retaliates: bool = False
    """Whether a member that is struck by a tariff may answer it, and a new government take one back."""
    resumes: Annotated[int, Ge(0), Le(40)] = 0
    """After how many rounds in a row with all its promises kept a suspended promise may run again; never at 0."""


def conduct(written: str | Mapping[str, Any] | Conduct | None) -> Conduct:
    """Conduct from how it is written: ``delay=2``, its fields, or nothing.

    Raises:
        InputError: for parts that there are not, or that are out of range.

    Example:
        >>> conduct("delay=2").delay, conduct(None) == Conduct()
        (2, True)
    """
    if isinstance(written, Conduct):
        return written
    fields = _fields(written) if isinstance(written, str) else dict(written or {})
    try:
        return Conduct.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        known = " ".join(f"{name}: {field.description}" for name, field in Conduct.model_fields.items())
        message = "there is no such part" if first["type"] == "extra_forbidden" else first["msg"]
        raise InputError(f"The conduct of the game: {where}: {message[:1].lower()}{message[1:]}.", mend=known) from None


def _fields(written: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in filter(None, (part.strip() for part in written.split(","))):
        name, sign, value = each.partition("=")
        if not sign or not value:
            raise InputError(f"'{each}' is no part of the conduct of a game.", mend="Write delay=2, say.")
        found[name] = int(value) if value.isdecimal() else value
    return found


def shown(conduct: Conduct) -> str:
    """What differs from the defaults, as it is written.

    Example:
        >>> shown(Conduct(delay=2)), shown(Conduct())
        ('delay=2', '')
    """
    plain, usual = conduct.model_dump(mode="json"), Conduct().model_dump(mode="json")
    return ",".join(f"{name}={_said(value)}" for name, value in plain.items() if value != usual[name])


def _said(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
