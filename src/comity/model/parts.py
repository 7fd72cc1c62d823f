"""The parts of a charter: members, organs, issues, funds, and the other sections an institution is made of."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from comity.kernel.family import Spec
from comity.kernel.quantity import Day, Duration, Exact, Money
from comity.kernel.result import Text
from comity.model.burden import BURDENS, Burden
from comity.model.fact import Fact
from comity.model.threshold import Bound, Quorum
from comity.model.weights import Code

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
"""The name of a thing inside a charter: ``snake_case``."""
Status = Literal["in_force", "practice", "proposed", "rumoured", "historical"]
Sensitivity = Literal["low", "medium", "high"]
Turn = Annotated[str, Field(pattern=r"^(rotating|elected|appointed|none|[A-Z][A-Z0-9_]{1,15})$")]
"""Who acts: ``rotating``, ``elected``, ``appointed``, ``none``, or one member by its code."""
Proposer = Annotated[str, Field(pattern=r"^(any_member|chair|secretariat|[A-Z][A-Z0-9_]{1,15})$")]
"""Who may propose: ``any_member``, ``chair``, ``secretariat``, or one member by its code."""


class Membership(Fact):
    """A member with the time it belonged."""

    state: Code
    """The actor."""
    from_: Annotated[Day | None, Field(alias="from")] = None
    """The first day of its membership; open where absent."""
    until: Day | None = None
    """The first day on which it was no longer a member; open where absent."""


class Constituency(Fact):
    """Several actors that act as one member."""

    constituency: Code
    """The member's name."""
    title: Text | None = None
    """Its name for a reader."""
    states: Annotated[tuple[Code, ...], Field(min_length=1)]
    """The actors it consists of."""
    from_: Annotated[Day | None, Field(alias="from")] = None
    """The first day of its membership; open where absent."""
    until: Day | None = None
    """The first day on which it was no longer a member; open where absent."""


def _form(value: Any) -> str:
    if isinstance(value, dict | Constituency | Membership):
        keyed = "constituency" in value if isinstance(value, dict) else isinstance(value, Constituency)
        return "(constituency)" if keyed else "(membership)"
    return "(code)"


Member = Annotated[
    Annotated[Code, Tag("(code)")]
    | Annotated[Membership, Tag("(membership)")]
    | Annotated[Constituency, Tag("(constituency)")],
    Discriminator(_form),
]
"""A code, a code with the time of its membership, or a constituency."""


class Organ(Fact):
    """A body with competence."""

    ADDED = frozenset({"procedure", "proxies", "convened_by"})

    title: Text | None = None
    """Its name for a reader."""
    meets: Duration | None = None
    """How often it meets."""
    quorum: Quorum | None = None
    """The presence it needs, to open and to decide."""
    chair: Turn | None = None
    """Who presides."""
    order: tuple[Code, ...] = ()
    """The order of a rotating chair, the present one first."""
    proposes: Proposer | None = None
    """Who may put a proposal."""
    procedure: str | None = None
    """The rule that decides motions and appeals against rulings of the chair."""
    proxies: Annotated[int, Field(ge=0)] = 0
    """How many other members a member may represent."""
    convened_by: Bound | None = None
    """The share of the members that can call a special session."""


class Balance(Spec):
    """Limits to what one member may hold."""

    agenda_cap: Exact | None = None
    """The largest share of the agenda of one member."""
    power_cap: Exact | None = None
    """The largest share of voting power of one member."""
    index: Literal["shapley_shubik", "banzhaf"] = "shapley_shubik"
    """The index by which voting power is measured."""


class Prerogatives(Spec):
    """Structural advantages outside the vote: shown apart, never mixed into an index."""

    convenes: Turn | None = None
    """Who convenes."""
    interprets: Turn | None = None
    """Who interprets the texts."""
    arbitrates: Turn | None = None
    """Who settles disputes."""


class Issue(Fact):
    """A matter on which the institution decides."""

    ADDED = frozenset({"preliminary"})

    title: Text | None = None
    """Its name for a reader."""
    organ: str
    """The organ that decides."""
    rule: str
    """The rule by which it decides."""
    sensitivity: Sensitivity | None = None
    """How sensitive it is for the members."""
    preliminary: str | None = None
    """The rule that decides whether the matter is one of procedure, where that itself is disputed."""


class MoneyVotes(Spec):
    """Votes that follow what members pay in."""

    weights: Id
    """The weights, among those that several rules share, that follow the contributions."""
    basic: Exact = Fraction(0)
    """The share of all votes that is split equally among members, whatever they pay."""


class Fund(Fact):
    """Money held in common."""

    ADDED = frozenset({"amount", "shortfall", "votes"})

    title: Text | None = None
    """Its name for a reader."""
    rule: str
    """The rule by which it is spent."""
    burden: Annotated[Burden, BURDENS] | None = None
    """The rule by which it is filled."""
    amount: Money | None = None
    """How much it is to raise."""
    shortfall: Literal["shrink", "re_share"] | None = None
    """What follows when a member leaves or does not pay: the fund shrinks by its share, or the others re-share it under
    the same rule and limits; unstated where absent."""
    votes: MoneyVotes | None = None
    """The votes that follow what is paid in, where any do."""


class Accession(Fact):
    """How a new member is admitted."""

    rule: str
    """The rule by which it is admitted."""


class Source(Fact):
    """A document the charter rests on."""

    title: str
    """Author, title, publisher, date."""
    url: str = ""
    """Where it can be read."""


class Known(Spec):
    """A time for which a list is complete."""

    from_: Annotated[Day | None, Field(alias="from")] = None
    """The first day; open where absent."""
    until: Day | None = None
    """The first day after it; open where absent."""


def member_code(member: Member) -> str:
    """The code by which rules and weights call a member."""
    if isinstance(member, str):
        return member
    return member.state if isinstance(member, Membership) else member.constituency


def actors_of(member: Member) -> Iterable[str]:
    """The actors a member consists of."""
    return member.states if isinstance(member, Constituency) else (member_code(member),)
