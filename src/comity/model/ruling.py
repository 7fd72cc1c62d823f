"""A ruling: whether a proposal is adopted, by which rule and article, on which counts, and who could flip it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Choice = Literal["yes", "no", "abstain", "not_participating", "absent", "objects"]
Outcome = Literal["adopted", "not_adopted", "no_quorum"]


@dataclass(frozen=True)
class Requirement:
    """One thing a rule asks for: how much was reached of how much, on which base.

    Attributes:
        what: ``quorum``, ``threshold`` or ``veto``.
        of: the base in the rule's words (``members``, ``present_and_voting``, ``total_weight`` ...).
        base: the size of the base.
        reached: what was reached, in heads or weight.
        required: what was required, in heads or weight.
        strict: whether more than ``required`` was needed.
    """

    what: Literal["quorum", "threshold", "veto"]
    of: str
    base: Fraction
    reached: Fraction
    required: Fraction
    strict: bool = False

    @property
    def held(self) -> bool:
        """Whether the requirement was met."""
        return self.reached > self.required if self.strict else self.reached >= self.required


@dataclass(frozen=True)
class Ruling:
    """The decision on one proposal, with its reasons.

    Evaluated in the order quorum, threshold, veto (convention 3): ``vetoed_by`` is named only where the threshold
    was otherwise reached.

    Attributes:
        outcome: ``adopted``, ``not_adopted`` or ``no_quorum``.
        rule: the kind of rule.
        article: the article it rests on.
        counts: members by choice.
        requirements: everything the rule asked for, met or not.
        vetoed_by: the members whose choice stopped what was otherwise adopted.
        flips: the members whose single other choice would have changed the outcome.
    """

    outcome: Outcome
    rule: str
    article: str
    counts: Mapping[Choice, int]
    requirements: tuple[Requirement, ...]
    vetoed_by: tuple[str, ...] = ()
    flips: tuple[str, ...] = field(default=())

    @property
    def adopted(self) -> bool:
        """Whether the proposal was adopted."""
        return self.outcome == "adopted"
