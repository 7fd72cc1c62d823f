"""A burden rule: how a common cost is shared among members."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from comity.kernel.family import Family, Spec
from comity.kernel.quantity import Exact, show
from comity.model.weights import Code, Complaint

if TYPE_CHECKING:
    from comity.model.institution import Institution

Figures = Mapping[str, Mapping[str, Fraction]]
"""Figures by name, and of each the value of every member."""


class Burden(Spec):
    """How a common cost is shared. Members of the family live in ``comity.burdens``, one file each."""

    owed: ClassVar[bool] = True
    """Whether members owe their share, so that the others may be asked for it."""

    def figures(self) -> tuple[str, ...]:
        """The figures it reads: indicators, ``least_developed`` (1 or 0) or ``pledged``."""
        return ()

    @abstractmethod
    def shares(self, members: Sequence[str], figures: Figures) -> dict[str, Fraction]:
        """The exact share of each member, summing to one.

        Args:
            members: who pays, in their order.
            figures: of each figure that :meth:`figures` names, the value of every member.

        Raises:
            ValueError: where the members cannot carry the whole under the rule.
        """
        raise NotImplementedError

    def ceilings(self, members: Sequence[str], figures: Figures) -> dict[str, Fraction]:
        """The largest share that each member can be asked for; the whole where the rule sets no limit."""
        del figures
        return dict.fromkeys(members, Fraction(1))

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """What is wrong with the rule inside its institution."""
        del institution
        return ()


class Measured(Burden):
    """A burden rule that measures each member by one number: a figure, or values written in the charter."""

    ADDED = frozenset({"values"})

    to: str | None = None
    """The figure by which members are measured."""
    values: dict[Code, Exact] = {}
    """The measure of each member, written here instead of a figure."""

    def figures(self) -> tuple[str, ...]:
        """The figure, where there is one."""
        return () if self.to is None else (self.to,)

    def measure(self, members: Sequence[str], figures: Figures) -> list[Fraction]:
        """The measure of each member, in their order.

        Raises:
            ValueError: where a member has none.
        """
        held = self.values if self.to is None else figures[self.to]
        lacking = [member for member in members if member not in held]
        if lacking:
            raise ValueError(f"Nothing is stated for {', '.join(lacking)}.")
        return [held[member] for member in members]

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """Neither a figure nor values, both, or values for others than the members."""
        if (self.to is None) == (not self.values):
            yield ("to",), "members are measured by a figure or by values, one of the two", "Write to or values."
        elif self.values:
            payers, ever = institution.states_on(institution.as_of), institution.ever_states()
            for code in self.values:
                if code not in ever:
                    yield ("values", code), f"{code} is not a member", "Add it to members, or strike the value."
            for code in payers:
                if code not in self.values:
                    yield ("values",), f"{code} has no value", "Give every member a value; 0 where it has none."
            if not any(self.values.get(code) for code in payers):
                yield ("values",), "no member has any value", "Give at least one a value above 0."


class Claimed(Measured):
    """A burden rule that shares an estate among claims: what each could be asked for at most is its measure."""

    estate: Exact
    """How much is to be borne, in the unit of the measure."""

    def ceilings(self, members: Sequence[str], figures: Figures) -> dict[str, Fraction]:
        """Nobody bears more than its measure."""
        measures = zip(members, self.measure(members, figures), strict=True)
        return {member: min(Fraction(1), each / self.estate) for member, each in measures}

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """An estate of nothing, or one that the values written here cannot cover."""
        yield from super().problems(institution)
        held = sum(
            (self.values.get(code, Fraction(0)) for code in institution.states_on(institution.as_of)), Fraction(0)
        )
        if not self.estate:
            yield ("estate",), "nothing is to be borne", "Write an amount above 0."
        elif self.to is None and self.values and self.estate > held:
            what = f"the members' values, {show(held)} together, do not cover the estate of {show(self.estate)}"
            yield ("estate",), what, "Lower it, or raise the values."


BURDENS: Family[Burden] = Family("burden rule", Burden, ("comity.burdens",), "comity.burdens")
