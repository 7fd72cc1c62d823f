"""Claims of press texts: what they say, and what each is held against. The verdict is never written, it is computed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Discriminator, Field, model_validator
from pydantic_core import PydanticCustomError

from comity.kernel.family import Spec
from comity.kernel.quantity import Exact
from comity.kernel.result import Text
from comity.model.fact import Fact
from comity.model.parts import Id
from comity.model.weights import Code

Verdict = Literal["confirmed", "contradicted", "partly", "not_decidable"]
"""What the data say of a claim; ``partly`` is some of it confirmed, not all."""

S = TypeVar("S", bound=Spec)
_BOUNDS = ("value", "more_than", "at_least")


class Amount(Spec):
    """An amount as a claim states it: exactly one of ``value`` (within a tolerance), ``more_than``, ``at_least``."""

    value: Exact | None = None
    """The amount itself."""
    tolerance: Exact = Fraction(0)
    """How far from the amount still counts as the amount, as a share of it."""
    more_than: Exact | None = None
    """The amount that is said to be passed."""
    at_least: Exact | None = None
    """The amount that is said to be reached."""

    def stated(self) -> list[str]:
        """The names of the bounds that are given."""
        return [name for name in _BOUNDS if getattr(self, name) is not None]

    def borne_out(self, found: Fraction) -> bool:
        """Whether an amount that was found is what the claim says.

        Example:
            >>> Amount(value="820", tolerance="5 %").borne_out(Fraction(800))
            True
        """
        if self.value is not None:
            return abs(found - self.value) <= self.value * self.tolerance
        if self.more_than is not None:
            return found > self.more_than
        return self.at_least is not None and found >= self.at_least


class ByFigure(Amount):
    """Held against a figure that ships, or the user's own: an amount, or a rank among the members of the UN."""

    kind: Literal["figure"] = "figure"
    """What it is held against."""
    indicator: str
    """The figure."""
    state: Code
    """Whose figure."""
    year: int | None = None
    """The year the claim is about; the latest year at hand where absent."""
    rank: Annotated[int, Field(ge=1)] | None = None
    """The place the claim gives the state among the members of the United Nations, the largest first."""
    near: Text | None = None
    """Why the figure is only near to what is claimed: then it decides nothing, and is shown."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        return _exactly_one([*self.stated(), *(["rank"] if self.rank is not None else [])], self)


class ByMember(Spec):
    """Held against a charter: whether a state belonged to an institution on a day."""

    kind: Literal["member"] = "member"
    """What it is held against."""
    institution: str
    """The charter."""
    state: Code
    """The state."""
    on: datetime.date
    """The day."""
    belonged: bool = True
    """What the claim says: that it belonged, or that it did not."""


class ByMembers(Spec):
    """Held against a charter: how many members it had on a day, or how many joined up to that day."""

    kind: Literal["members"] = "members"
    """What it is held against."""
    institution: str
    """The charter."""
    on: datetime.date
    """The day."""
    since: datetime.date | None = None
    """For a claim of growth: the day from which on newcomers are counted."""
    count: Annotated[int, Field(ge=0)]
    """How many members, or newcomers, the claim says."""


class ByBeginning(Spec):
    """Held against a charter: the year in which its first members came together, or one of them joined."""

    kind: Literal["begun"] = "begun"
    """What it is held against."""
    institution: str
    """The charter."""
    state: Code | None = None
    """The member; the first ones where absent."""
    year: int
    """The year the claim says."""


class Found(Fact):
    """A fact from outside the figures and charters, with its origin."""

    fact: Text
    """What was found, in our words."""
    url: str = ""
    """Where it can be read."""

    @property
    def decides(self) -> bool:
        """Whether a verdict may rest on it: not on what is only recalled (convention 13)."""
        return self.seen in {"text", "quoted"}


class ByStated(Found, Amount):
    """Held against an amount that a source states."""

    kind: Literal["stated"] = "stated"
    """What it is held against."""
    found: Exact | None = None
    """The amount that the source states; only a fact that is ``near`` may lack it."""
    unit: Text = Text("")
    """The unit of both amounts."""
    year: int | None = None
    """The year it is about."""
    near: Text | None = None
    """Why the fact is only near to what is claimed: then it decides nothing, and is shown."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if self.found is None and self.near is None:
            raise _problem("states no amount found", "Write found: AMOUNT, or near: why it cannot decide.")
        return _exactly_one(self.stated(), self) if self.found is not None else self


class ByDate(Found):
    """Held against the day on which something happened: on the day claimed, or by then."""

    kind: Literal["dated"] = "dated"
    """What it is held against."""
    found: datetime.date
    """The day on which it happened."""
    on: datetime.date | None = None
    """The day the claim says."""
    by: datetime.date | None = None
    """The day by which the claim says it had happened."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        return _exactly_one([name for name in ("on", "by") if getattr(self, name) is not None], self)


class ByDays(Found):
    """Held against the calendar: how many days lie between two dates, both counted."""

    kind: Literal["days"] = "days"
    """What it is held against."""
    first: datetime.date
    """The first day."""
    last: datetime.date
    """The last day."""
    count: Annotated[int, Field(ge=1)]
    """How many days the claim says."""

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.last < self.first:
            raise _problem(f"ends on {self.last}, before it begins", "Write the earlier day as first.")
        return self


class BySearch(Found):
    """A search that found no source: shown, and deciding nothing, for absence of evidence is no evidence."""

    kind: Literal["sought"] = "sought"
    """What it is held against."""
    claimed: Text
    """What was looked for."""


# no kind has the name of one of its own fields: a problem is placed by kinds and fields alike
Held = Annotated[
    ByFigure | ByMember | ByMembers | ByBeginning | ByStated | ByDate | ByDays | BySearch, Discriminator("kind")
]
"""What a claim is held against."""


class Said(Fact):
    """A press text: what it is, and where it was seen."""

    title: Text
    """How it is called."""


class Claim(Spec):
    """One checkable claim: a number, a date, a membership or a ranking, in our words."""

    id: Id
    """The name of the claim."""
    text: Text
    """What it says, in our words."""
    by: Id
    """The text that says it."""
    tests: tuple[Held, ...]
    """What it is held against, one part after the other."""
    note: Text | None = None
    """What a reader of the verdict must know besides."""

    @model_validator(mode="after")
    def _held(self) -> Self:
        if not self.tests:
            raise _problem("is held against nothing", "Add at least one of tests, or strike the claim.")
        return self


class Claims(Spec):
    """A file of claims.

    Example:
        >>> import comity.library.claims as library
        >>> library.claims("g5").claim("japan_third_largest").tests[0].rank
        3
    """

    comity: Literal[1]
    """The version of the format."""
    title: Text
    """What the claims are about."""
    texts: dict[Id, Said]
    """The texts that make the claims."""
    claims: tuple[Claim, ...]
    """The claims."""
    limits: tuple[Text, ...] = ()
    """What holding them against data does not test."""

    def claim(self, name: str) -> Claim:
        """One claim by its name."""
        return next(claim for claim in self.claims if claim.id == name)


def combined(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on a claim from those on its parts.

    Confirmed where all parts are; partly where some are; contradicted where none is and one is contradicted; else
    not decidable with the data at hand.

    Example:
        >>> combined(["confirmed", "contradicted"]), combined(["not_decidable", "contradicted"])
        ('partly', 'contradicted')
    """
    given = set(verdicts)
    if given == {"confirmed"}:
        return "confirmed"
    if given & {"confirmed", "partly"}:
        return "partly"
    return "contradicted" if "contradicted" in given else "not_decidable"


def _problem(what: str, mend: str) -> PydanticCustomError:
    return PydanticCustomError("claim", "{what}", {"what": what, "mend": mend})


def _exactly_one(given: list[str], spec: S) -> S:
    if len(given) != 1:
        what = f"states {' and '.join(given)} at once" if given else "does not state what the claim says"
        raise _problem(what, "Write exactly one: an amount, a rank, or a day, as the kind allows.")
    return spec
