"""A ruling: whether a proposal is adopted, by which rule and article, on which counts, and who could flip it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Literal

from comity.kernel.canonical import plain
from comity.model.choice import Choice, Ground, Outcome

if TYPE_CHECKING:
    from comity.model.swing import Swings

NO_RULE = "practice, no rule cited"
"""What stands in the place of an article where there is none."""


@dataclass(frozen=True)
class Requirement:
    """One thing a rule asks for: how much was reached of how much, on which base.

    Attributes:
        what: ``quorum``, ``threshold`` or ``veto``.
        of: the base in the rule's words (``members``, ``present_and_voting``, ``total_weight`` ...); ``approval``
            where the yes of named members is asked for.
        base: the size of the base.
        reached: what was reached, in heads or weight.
        required: what was required, in heads or weight.
        strict: whether more than ``required`` was needed.
        unit: whether heads or weights are counted.
        among: the class of members that counts, where not all do.
        waived: whether the rule carried without it (by another alternative, a casting vote, too few to block).
    """

    what: Literal["quorum", "threshold", "veto"]
    of: str
    base: Fraction
    reached: Fraction
    required: Fraction
    strict: bool = False
    unit: Literal["heads", "weight"] = "heads"
    among: tuple[str, ...] = ()
    waived: bool = False

    @property
    def held(self) -> bool:
        """Whether the requirement was met."""
        return self.reached > self.required if self.strict else self.reached >= self.required

    @property
    def missing(self) -> Fraction:
        """How much was missing on the same base: whole members, or the exact weight (to be passed where strict).

        Example:
            >>> Requirement("threshold", "members", Fraction(27), Fraction(13), Fraction(297, 20)).missing
            Fraction(2, 1)
        """
        lack = self.required - self.reached
        if self.held:
            return Fraction(0)
        return lack if self.unit == "weight" else Fraction(floor(lack) + 1 if self.strict else ceil(lack))

    def opposite(self) -> Requirement:
        """What holds exactly where this does not, counted from the other side: "fewer than 15 against" of 27."""
        reached, required = self.base - self.reached, self.base - self.required
        return replace(self, reached=reached, required=required, strict=not self.strict)


@dataclass(frozen=True)
class Remedy:
    """What may follow where a rule did not carry.

    Attributes:
        what: ``fallback`` to another rule, or a ``second_vote`` after a tie.
        rule: the rule by which it is decided then.
        after: the time to be waited before, or within which the second vote is taken; empty where none is written.
        outcome: what that rule would say of the same ballots; None where it was not asked.
    """

    what: Literal["fallback", "second_vote"]
    rule: str = ""
    after: str = ""
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Ruling:
    """The decision on one proposal, with its reasons.

    Evaluated in the order exclusions, quorum, threshold, veto (convention 3): ``vetoed_by`` is named only where the
    threshold was otherwise reached.

    Attributes:
        outcome: ``adopted``, ``not_adopted`` or ``no_quorum``.
        rule: the kind of rule.
        article: the article it rests on.
        counts: members by choice, after exclusions.
        requirements: everything the rule asked for, met or not.
        vetoed_by: the members whose choice stopped what was otherwise adopted.
        name: the name of the rule in its charter.
        electorate: the members whose choices were counted.
        excluded: the members that lost their vote, each with the ground; a party to a dispute that must abstain stays
            in the electorate.
        not_bound: the members that a decision taken does not bind.
        contested: whether the rule is disputed, or its readings differ on these ballots.
        readings: the outcome under each reading of the rule.
        remedy: what may follow where the rule did not carry.
        swings: who decides, worked out when it is first asked for.
    """

    outcome: Outcome
    rule: str
    article: str
    counts: Mapping[Choice, int]
    requirements: tuple[Requirement, ...]
    vetoed_by: tuple[str, ...] = ()
    name: str = ""
    electorate: tuple[str, ...] = ()
    excluded: Mapping[str, Ground] = field(default_factory=dict[str, Ground])
    not_bound: tuple[str, ...] = ()
    contested: bool = False
    readings: Mapping[str, Outcome] = field(default_factory=dict[str, Outcome])
    remedy: Remedy | None = None
    swings: Swings | None = field(default=None, compare=False, repr=False)

    @cached_property
    def flips(self) -> tuple[str, ...]:
        """The members whose single other choice would have changed the outcome."""
        return () if self.swings is None else self.swings.flips(adopted=self.adopted)

    @cached_property
    def blockers(self) -> tuple[str, ...]:
        """The members each of whom could stop alone what all others support."""
        return () if self.swings is None else self.swings.blockers()

    @property
    def adopted(self) -> bool:
        """Whether the proposal was adopted."""
        return self.outcome == "adopted"

    @property
    def basis(self) -> str:
        """The article, or that practice is followed and no rule cited."""
        return self.article or NO_RULE

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """The requirements for want of which it was not adopted; each knows how much was missing."""
        return tuple(each for each in self.requirements if not each.held and not each.waived)

    def as_json(self) -> dict[str, Any]:
        """The ruling as JSON holds it, with ``adopted`` and ``missing``; exact numbers as text."""
        own = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "swings"}
        own |= {"flips": self.flips, "blockers": self.blockers}
        lacks = [
            {"what": each.what, "of": each.of, "unit": each.unit, "missing": each.missing, "more_than": _passed(each)}
            for each in self.missing
        ]
        return plain({"adopted": self.adopted, **own, "article": self.basis, "missing": lacks})


def _passed(each: Requirement) -> bool:
    """Whether the missing weight must be passed, not only reached."""
    return each.strict and each.unit == "weight"
