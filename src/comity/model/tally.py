"""Counting: heads and weight by choice, on the base that a rule names."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Literal

from comity.model.ruling import Choice, Requirement
from comity.model.threshold import Quorum

AGAINST: frozenset[Choice] = frozenset({"no", "objects"})


class Tally:
    """The choices of an electorate, counted exactly.

    Args:
        ballots: the choice of each member.
        weights: the weight of each member; one each for a vote by heads.

    Example:
        >>> tally = Tally({"USA": "yes", "RUS": "no", "CHN": "abstain"}, {})
        >>> tally.of("yes"), tally.base("present_and_voting"), tally.base("present")
        (Fraction(1, 1), Fraction(2, 1), Fraction(3, 1))
    """

    def __init__(self, ballots: Mapping[str, Choice], weights: Mapping[str, Fraction]) -> None:
        self.ballots = ballots
        self._weights = weights
        self._heads = Counter(ballots.values())

    def of(self, *choices: Choice, by_weight: bool = False) -> Fraction:
        """How much chose one of these, in heads or weight."""
        if not by_weight:
            return Fraction(sum(self._heads[choice] for choice in choices))
        return sum((self._mass[choice] for choice in choices if choice in self._mass), Fraction(0))

    @cached_property
    def _mass(self) -> dict[Choice, Fraction]:
        """The weight by choice, summed over one denominator."""
        scale = lcm(*(weight.denominator for weight in self._weights.values()))
        whole = dict.fromkeys(self._heads, 0)
        for member, choice in self.ballots.items():
            weight = self._weights.get(member, Fraction(1))
            whole[choice] += weight.numerator * (scale // weight.denominator)
        return {choice: Fraction(sum_, scale) for choice, sum_ in whole.items()}

    def base(self, name: str, *, by_weight: bool = False) -> Fraction:
        """The size of a base: ``members``, ``present``, ``present_and_voting``, ``votes_cast``, ``total_weight``."""
        if name in {"present_and_voting", "votes_cast"}:
            return self.of("yes", *AGAINST, by_weight=by_weight)
        if name == "present":
            return self.of("yes", "abstain", "not_participating", *AGAINST, by_weight=by_weight)
        return self.of("yes", "abstain", "not_participating", "absent", *AGAINST, by_weight=by_weight)

    def share(self, share: Fraction, *, strict: bool, of: str, by_weight: bool = False) -> Requirement:
        """Whether the yes votes reach a share of a base."""
        base = self.base(of, by_weight=by_weight)
        reached = self.of("yes", by_weight=by_weight)
        return Requirement("threshold", of, base, reached, share * base, strict, unit=_unit(by_weight=by_weight))

    def some_support(self, *, by_weight: bool = False) -> Requirement:
        """Whether anybody (or any weight) voted yes at all: nothing is adopted by nobody."""
        of = "total_weight" if by_weight else "members"
        base, yes = self.base(of, by_weight=by_weight), self.of("yes", by_weight=by_weight)
        return Requirement("threshold", of, base, yes, Fraction(0), strict=True, unit=_unit(by_weight=by_weight))

    def some_consent(self, of: str = "members") -> Requirement:
        """Whether anybody present consents, in words or silence: nothing is agreed by nobody."""
        consenting = self.of("yes", "abstain", "not_participating")
        return Requirement("threshold", of, self.base(of), consenting, Fraction(0), strict=True)

    def quorum(
        self, quorum: Quorum, to: Literal["open", "decide"], on: datetime.date = datetime.date.max
    ) -> Requirement:
        """Whether those present reach the quorum on a day; nothing is asked where none is written."""
        by_weight = quorum.of == "weight"
        base = self.base("members", by_weight=by_weight)
        share, strict = quorum.bound(to, on) or (Fraction(0), False)
        present, unit = self.base("present", by_weight=by_weight), _unit(by_weight=by_weight)
        return Requirement("quorum", quorum.of, base, present, share * base, strict, unit=unit)


def _unit(*, by_weight: bool) -> Literal["heads", "weight"]:
    return "weight" if by_weight else "heads"
