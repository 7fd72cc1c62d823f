"""A clause: who must do what, measured how, by when, verified by whom, and what follows."""

from __future__ import annotations

import datetime
from abc import abstractmethod
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from comity.kernel.family import Family, Spec
from comity.kernel.quantity import Day, Duration, Exact, Money
from comity.kernel.result import Text
from comity.model.fact import Fact
from comity.model.instrument import LegalForce
from comity.model.life import Life, Stage, Wait
from comity.model.weights import Code, Complaint, undeclared

if TYPE_CHECKING:
    from typing import Self

    from comity.model.institution import Institution

Performance = Literal["performed", "not_performed", "not_yet_due", "unknown"]


class Verification(Spec):
    """Who judges performance, how often, and how often wrongly."""

    by: str
    """The organ that verifies."""
    every: Duration
    """How often it looks."""
    false_alarm: Exact | None = None
    """How often it reports a failure that is none."""
    miss: Exact | None = None
    """How often it overlooks a failure."""


class Reward(Spec):
    """Payment on results."""

    from_: Annotated[str, Field(alias="from")]
    """The fund that pays."""
    amount: Money
    """The amount."""


class Breach(Spec):
    """What follows where the clause is not performed."""

    grace: Duration
    """The time to cure."""
    then: Literal["renegotiate", "suspend", "pay"]
    """What follows after it."""
    within: Duration
    """The time in which that must be done."""


class Clause(Fact):
    """A legal position that the institution creates. Members of the family live in ``comity.clauses``."""

    ADDED = frozenset({"since", "force"})

    LIFE: ClassVar[Life]
    """The transition table of this type of clause: each type states its own."""

    title: Text | None = None
    """Its name for a reader."""
    issue: str
    """The issue it belongs to."""
    obligor: Annotated[tuple[Code, ...], Field(min_length=1)]
    """The members that owe it."""
    by: Day
    """The day by which it is due."""
    verified: Verification
    """Who judges performance."""
    reward: Reward | None = None
    """Payment on results."""
    breach: Breach | None = None
    """What follows where it is not performed."""
    since: Day | None = None
    """The day from which it is in force; from the start where absent."""
    force: LegalForce = "binding"
    """Whether it binds in law; of what does not, nothing is ever called a breach."""

    @abstractmethod
    def assess(self, actual: float | None, on: datetime.date) -> Performance:
        """Whether the clause is performed, from what was measured on a day; None is unknown, never failed."""
        raise NotImplementedError

    def reached(self, effort: Fraction) -> Fraction:
        """What would be measured where this share of what is owed is done; all of it performs the clause."""
        return Fraction(int(effort >= 1))

    def renewed(self, due: datetime.date | None, value: Fraction | None) -> Self:
        """The clause on the terms of a renegotiation: another day, and where the type has one, another value."""
        del value
        return self if due is None else self.model_copy(update={"by": due})

    def wait(self, word: Wait, since: datetime.date) -> datetime.date | None:
        """When a wait that begins on a day is over; None where the clause sets no time for it."""
        if word == "due":
            return max(self.by, since)
        if word == "verification":
            return self.verified.every.after(since)
        if word in {"grace", "within"} and self.breach is not None:
            return getattr(self.breach, word).after(since)
        return None

    def waits(self) -> dict[Stage, Wait]:
        """Each stage that waits, and for what; the check refuses a wait that has no time-out."""
        return {step.to: step.wait for step in self.LIFE.values() if step.wait}

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """Names that the institution does not declare."""
        members = institution.ever_members()
        for number, code in enumerate(self.obligor):
            if code not in members:
                yield (
                    ("obligor", number),
                    f"{code} owes a clause but is not a member",
                    "Name a member, or add it to members.",
                )
        if self.issue not in institution.issues:
            yield ("issue",), *undeclared("issue", self.issue, institution.issues)
        if self.verified.by not in institution.organs:
            yield ("verified", "by"), *undeclared("organ", self.verified.by, institution.organs)
        if self.reward and self.reward.from_ not in institution.funds:
            yield ("reward", "from"), *undeclared("fund", self.reward.from_, institution.funds)


CLAUSES: Family[Clause] = Family("clause type", Clause, ("comity.clauses",), "comity.clauses")
