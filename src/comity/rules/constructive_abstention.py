"""Constructive abstention: unanimity of those who do not stand aside."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from comity.kernel.errors import InputError
from comity.model.compiled import ABSENT, ABSTAIN, AGAINST, NOT_PARTICIPATING, Part, Row, all_of, joined, support, whole
from comity.model.dated import DatedShare, at, is_dated, stated
from comity.model.ruling import Choice, Requirement
from comity.model.tally import Tally
from comity.model.weighing import WeighingRule
from comity.model.weights import Complaint

if TYPE_CHECKING:
    from comity.model.institution import Institution

ASIDE = (ABSTAIN, NOT_PARTICIPATING)


class ConstructiveAbstention(WeighingRule):
    """A decision is taken when nobody is against it; members that abstain are not bound by it.

    It fails where those who abstain reach both a share of heads and a share of weight. A member that is absent and not
    represented has not agreed. Members present that take no part stand aside with those who abstain.

    Source:
        Treaty on European Union, Article 31(1): one third of the states comprising one third of the people.

    Example:
        >>> rule = ConstructiveAbstention(heads="1/3", weight="1/3",
        ...     weights={"basis": "population", "values": {"DEU": 83, "FRA": 67, "AUT": 9}})
        >>> ruling = rule.decide({"DEU": "yes", "FRA": "yes", "AUT": "abstain"}, on=datetime.date(2024, 1, 1))
        >>> ruling.outcome, ruling.not_bound
        ('adopted', ('AUT',))
    """

    kind: Literal["constructive_abstention"] = "constructive_abstention"
    """The kind of rule."""
    heads: DatedShare
    """The share of members at which those who abstain can stop a decision."""
    weight: DatedShare
    """The share of weight that they must reach as well."""

    def parts(self, members: Sequence[str], on: datetime.date) -> Part:
        """Nobody against or missing, not too many standing aside, and somebody in favour."""
        weights = self.weights_of(members, on)
        agreed = Row(dict.fromkeys((*AGAINST, ABSENT), [-1] * len(members)), 0, "threshold")
        ones = [Fraction(1)] * len(members)
        few = [
            _below(ones, self._share("heads", on)),
            _below(weights, self._share("weight", on)),
        ]
        return joined([all_of(agreed, support(ones)), joined([all_of(each) for each in few], "or")])

    def thresholds(self, tally: Tally, on: datetime.date) -> tuple[bool, tuple[Requirement, ...]]:
        """Nobody against or missing, not too many standing aside, and somebody in favour."""
        base = tally.base("members")
        agreed = Requirement("threshold", "members", base, tally.of("yes", "abstain", "not_participating"), base)
        heads = _aside(tally, self._share("heads", on), by_weight=False)
        weight = _aside(tally, self._share("weight", on), by_weight=True)
        few = heads.held or weight.held
        heads, weight = (replace(each, waived=few and not each.held) for each in (heads, weight))
        some = tally.some_support()
        asked = (agreed, heads, weight)
        return agreed.held and few and some.held, asked if some.held else (*asked, some)

    def not_bound(self, ballots: Mapping[str, Choice]) -> tuple[str, ...]:
        """The members that stood aside."""
        return tuple(member for member, choice in ballots.items() if choice in {"abstain", "not_participating"})

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """Shares that cannot be reached or ask for nothing, and what every weighing rule checks."""
        yield from super().problems(institution)
        for name in ("heads", "weight"):
            value = getattr(self, name)
            for number, share in enumerate(stated(value)):
                if not 0 < share <= 1:
                    place = (name, number, "value") if is_dated(value) else (name,)
                    yield place, f"{share} is no share of the members", "Write a share such as 1/3."

    def _share(self, name: Literal["heads", "weight"], on: datetime.date) -> Fraction:
        share = at(getattr(self, name), on)
        if share is None:
            raise InputError(f"The share of {name} is not stated for {on}.", mend="Add a period that covers the day.")
        return share


def _below(weights: Sequence[Fraction], bound: Fraction) -> Row:
    """That those standing aside do not reach a share of all."""
    units = whole(weights)
    row = [-unit * bound.denominator for unit in units]
    return Row(dict.fromkeys(ASIDE, row), 1 - bound.numerator * sum(units), "threshold")


def _aside(tally: Tally, bound: Fraction, *, by_weight: bool) -> Requirement:
    """That those standing aside do not reach a share of all, counted from the other side."""
    of = "total_weight" if by_weight else "members"
    base = tally.base(of, by_weight=by_weight)
    aside = tally.of("abstain", "not_participating", by_weight=by_weight)
    reached = Requirement("threshold", of, base, aside, bound * base, unit="weight" if by_weight else "heads")
    return reached.opposite()
