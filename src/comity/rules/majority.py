"""Majority by heads: each member has one vote."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ConfigDict

from comity.kernel.errors import InputError
from comity.model.compiled import YES, Part, Row, all_of, joined
from comity.model.dated import DatedNumber, at
from comity.model.ruling import Requirement
from comity.model.tally import Tally
from comity.model.threshold import HeadBase, given
from comity.model.voting import VotedRule
from comity.model.weights import Complaint

if TYPE_CHECKING:
    from comity.model.institution import Institution


def _a_share_or_a_number(schema: dict[str, Any]) -> None:
    """What the JSON Schema says: never both shares, and one of them or a number."""
    schema.pop("oneOf", None)
    schema["anyOf"] = [given(name) for name in ("at_least", "more_than", "minimum_yes")]
    schema["not"] = {"allOf": [given("at_least"), given("more_than")]}


class Majority(VotedRule):
    """A decision is taken when the yes votes reach a share of a base or a number, each member having one vote.

    Of ``members`` the absent and abstaining weigh like a "no"; of those ``present_and_voting`` (or of ``votes_cast``)
    they do not count; of those ``present`` abstainers weigh like a "no" and the absent do not count.

    Source:
        UN Charter, Articles 18 and 27; Rules of Procedure of the General Assembly (A/520), rules 82-86.

    Example:
        >>> import datetime
        >>> rule = Majority(at_least="2/3", of="present_and_voting")
        >>> ballots = {"A": "yes", "B": "yes", "C": "no", "D": "abstain"}
        >>> rule.decide(ballots, on=datetime.date(2022, 4, 7)).outcome
        'adopted'
    """

    ADDED = frozenset({"minimum_yes"})
    model_config = ConfigDict(json_schema_extra=_a_share_or_a_number)

    kind: Literal["majority"] = "majority"
    """The kind of rule."""
    of: HeadBase
    """What the share is a share of."""
    minimum_yes: DatedNumber | None = None
    """The least number of yes votes, beside a share or in its place."""

    def _bounded(self) -> None:
        if self.minimum_yes is None or (self.at_least is not None and self.more_than is not None):
            super()._bounded()

    def parts(self, members: Sequence[str], on: datetime.date) -> Part:
        """The share of the base, and the least number of yes votes, as far as they are asked for."""
        ones = self.weights_of(members, on)
        asked = [self.share_parts(ones, members, self.of, on)] if self._by_share else []
        if self.minimum_yes is not None:
            asked.append(all_of(Row({YES: [1] * len(members)}, self._least(on), "threshold")))
        return joined(asked)

    def thresholds(self, tally: Tally, on: datetime.date) -> tuple[bool, tuple[Requirement, ...]]:
        """The share of the base, and the least number of yes votes, as far as they are asked for."""
        reached, asked = self.share_reached(tally, self.of, on) if self._by_share else (True, ())
        if self.minimum_yes is None:
            return reached, asked
        least = Requirement("threshold", "members", tally.base("members"), tally.of("yes"), Fraction(self._least(on)))
        return reached and least.held, (*asked, least)

    def problems(self, institution: Institution) -> Iterable[Complaint]:
        """A share or number that cannot be reached, and what every rule checks."""
        yield from super().problems(institution)
        yield from self.excess() if self._by_share else ()
        yield from self.tie_problems(self.of, institution)
        least, count = at(self.minimum_yes, institution.as_of), len(institution.members_on(institution.as_of))
        if least is not None and least > count:
            yield ("minimum_yes",), f"{least} can never be reached: there are {count} members", "Write fewer."

    @property
    def _by_share(self) -> bool:
        return self.at_least is not None or self.more_than is not None

    def _least(self, on: datetime.date) -> int:
        least = at(self.minimum_yes, on)
        if least is None:
            raise InputError(f"The least number of yes votes is not stated for {on}.", mend="Add a period for the day.")
        return least
