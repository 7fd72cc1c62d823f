"""What is sent and answered, as OpenAPI describes it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Note = Annotated[str, Field(description="A signed note: origin, size, root, signatures (C2SP tlog-checkpoint).")]


class Problem(BaseModel):
    """Why something was not done (RFC 9457): what, why, where, how to mend it."""

    type: str
    title: Annotated[str, Field(description="What, in a few words.")]
    status: int
    detail: Annotated[str, Field(description="Why.")]
    instance: Annotated[str, Field(description="Where.")]
    mend: Annotated[str, Field(description="How to mend it.")] = ""


class About(BaseModel):
    """A register in a few words."""

    register_: Annotated[Hash, Field(alias="register", description="The register: the hash of its first entry.")]
    institution: str
    charter: Hash
    size: Annotated[int, Field(ge=1)]
    checkpoint: Note
    writable: bool


class Held(BaseModel):
    """An entry: a leaf of the tree."""

    number: Annotated[int, Field(ge=0)]
    leaf: Hash
    entry: dict[str, Any] | None = None
    withheld: Annotated[
        Literal["open_ballot"] | None, Field(description="Why the entry is not shown: a ballot that is still open.")
    ] = None


class Page(BaseModel):
    """Entries in order."""

    register_: Annotated[Hash, Field(alias="register")]
    size: int
    first: int
    entries: list[Held]
    next: Annotated[int | None, Field(description="Where to go on; nothing at the end.")] = None


class Inclusion(BaseModel):
    """The proof that an entry is in the tree (RFC 9162, 2.1.3)."""

    number: int
    leaf: Hash
    size: int
    root: Hash
    path: list[Hash]
    checkpoint: Note


class Consistency(BaseModel):
    """The proof that a tree continues a shorter one (RFC 9162, 2.1.4)."""

    old: int
    old_root: Hash
    new: int
    new_root: Hash
    path: list[Hash]
    checkpoint: Note


class Due(BaseModel):
    """What falls due by itself until a day."""

    on: str
    due: list[dict[str, Any]]
    withheld: Annotated[
        Literal["open_ballot"] | None, Field(description="What follows is not shown: an open ballot would decide it.")
    ] = None


class StatementSent(BaseModel):
    """A statement: what is signed, in canonical JSON (RFC 8785)."""

    comity: Literal["statement/1"]
    register_: Annotated[str, Field(alias="register")]
    seat: Annotated[str, Field(examples=["member:JPN"])]
    request: Annotated[str, Field(min_length=1, max_length=200)]
    after: Annotated[int, Field(ge=0)]
    event: dict[str, Any]
    only: Literal[True] | None = None


class SignedSent(BaseModel):
    """A statement with the public key and the Ed25519 signature of its seat."""

    statement: StatementSent
    key: Hash
    signature: Annotated[str, Field(pattern="^[0-9a-f]{128}$")]


class Received(BaseModel):
    """The receipt of a statement that is on the disk."""

    number: int
    recorded: str
    leaf: Hash
    again: Annotated[bool, Field(description="Whether it had been recorded before.")]
    checkpoint: str
    determinations: list[dict[str, Any]]
    flags: list[dict[str, Any]]


class Laid(BaseModel):
    """A document that is kept."""

    digest: Hash
    size: int


class Countersigned(BaseModel):
    """A checkpoint that a seat has countersigned."""

    seat: str
    size: int
    checkpoint: Note


REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": said, "content": {"application/problem+json": {}}}
    for status, said in {
        401: "No token, or one that does not count",
        403: "Not allowed",
        404: "Not there",
        409: "It does not fit the register as it stands",
        412: "The register has moved on",
        413: "Too large",
        422: "It cannot be used",
        503: "Nothing can be recorded now",
    }.items()
}


def refusals(*status: int) -> dict[int | str, dict[str, Any]]:
    """The refusals that a route can give, for its description."""
    return {each: REFUSALS[each] for each in status}
