"""A clause: who must do what, measured how, by when, verified by whom, and what follows."""

from __future__ import annotations

import datetime
from abc import abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from comity.kernel.family import Family, Spec
from comity.kernel.quantity import Duration, Exact, Money
from comity.kernel.result import Text
from comity.model.fact import Fact
from comity.model.rule import Code, Complaint

if TYPE_CHECKING:
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

    title: Text | None = None
    """Its name for a reader."""
    issue: str
    """The issue it belongs to."""
    obligor: tuple[Code, ...]
    """The members that owe it."""
    by: datetime.date
    """The day by which it is due."""
    verified: Verification
    """Who judges performance."""
    reward: Reward | None = None
    """Payment on results."""
    breach: Breach | None = None
    """What follows where it is not performed."""

    @abstractmethod
    def assess(self, actual: float | None, on: datetime.date) -> Performance:
        """Whether the clause is performed, from what was measured on a day; None is unknown, never failed."""
        raise NotImplementedError

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """Names that the institution does not declare."""
        members = institution.ever_members()
        for code in self.obligor:
            if code not in members:
                yield ("obligor",), f"{code} owes a clause but is not a member", "Name a member, or add it to members."
        declared: list[tuple[tuple[str, ...], str, Iterable[str], str]] = [
            (("issue",), self.issue, institution.issues, "issue"),
            (("verified", "by"), self.verified.by, institution.organs, "organ"),
        ]
        if self.reward:
            declared.append((("reward", "from"), self.reward.from_, institution.funds, "fund"))
        for path, name, names, what in declared:
            if name not in names:
                yield path, f"the {what} '{name}' is not declared", f"Declare it under {what}s, or name one that is."


CLAUSES: Family[Clause] = Family("clause type", Clause, ("comity.clauses",), "comity.clauses")
