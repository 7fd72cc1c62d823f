"""Rules by which the votes for reach a share of a base: what happens at a tie, by heads or by weight."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from comity.kernel.family import Spec
from comity.kernel.quantity import Duration
from comity.model.compiled import YES, Part, Row, all_of, joined, share, support
from comity.model.dated import stated
from comity.model.rule import Rule
from comity.model.ruling import Remedy, Requirement
from comity.model.tally import Tally
from comity.model.threshold import Bound
from comity.model.weights import Code, Complaint

if TYPE_CHECKING:
    from comity.model.institution import Institution

CAST = ("present_and_voting", "votes_cast")
"""The bases on which votes for and against can be equal."""
HALF = Fraction(1, 2)


class SecondVote(Spec):
    """A second vote after a tie."""

    within: Duration | None = None
    """The time within which it is taken."""


class VotedRule(Rule, Bound):
    """A rule decided by a share of a base.

    Where votes for and against are equal nothing has carried, but for a tie that a casting vote breaks, or on which a
    second vote follows (A/520, rules 95 and 133).
    """

    ADDED = frozenset({"tie", "second_vote", "casting_vote"})

    tie: Literal["rejected", "second_vote", "casting_vote"] | None = None
    """What happens where votes for and against are equal; rejected where absent."""
    second_vote: SecondVote | None = None
    """The second vote after a tie."""
    casting_vote: Code | None = None
    """The member whose own vote breaks a tie."""

    def share_parts(self, weights: Sequence[Fraction], members: Sequence[str], of: str, on: datetime.date) -> Part:
        """The share of the base, and that somebody with weight supports it; or a tie that the casting vote breaks."""
        bound, strict = self.bound(on)
        by_share = all_of(share(weights, bound, strict=strict, of=of), support(weights))
        if not self._ties(bound, strict=strict, of=of) or self.tie != "casting_vote":
            return by_share
        cast = Row({YES: [int(member == self.casting_vote) for member in members]}, 1, "threshold")
        by_casting = all_of(share(weights, bound, strict=False, of=of), support(weights), cast)
        return joined([by_share, by_casting], "or")

    def share_reached(
        self, tally: Tally, of: str, on: datetime.date, *, by_weight: bool = False
    ) -> tuple[bool, tuple[Requirement, ...]]:
        """The share of the base, and that somebody with weight supports it; or a tie that the casting vote breaks."""
        bound, strict = self.bound(on)
        asked = tally.share(bound, strict=strict, of=of, by_weight=by_weight)
        some = tally.some_support(by_weight=by_weight)
        tied = self._ties(bound, strict=strict, of=of) and asked.reached == asked.required
        broken = tied and self.tie == "casting_vote" and tally.ballots.get(self.casting_vote or "") == "yes"
        asked = replace(asked, waived=broken and some.held)
        return (asked.held or broken) and some.held, (asked,) if some.held else (asked, some)

    def remedy(self, asked: Sequence[Requirement]) -> Remedy | None:
        """A second vote after a tie, where the rule provides one; else the rule's fallback."""
        tied = any(each.strict and each.of in CAST and each.base and each.reached == each.required for each in asked)
        if not tied or self.tie != "second_vote":
            return super().remedy(asked)
        return Remedy("second_vote", after=str(self.second_vote.within or "") if self.second_vote else "")

    def tie_problems(self, of: str, institution: Institution) -> Iterable[Complaint]:
        """A tie where there can be none, and what is said of one kind of tie under another."""
        halves = self.more_than is not None and all(each == HALF for each in stated(self.more_than))
        if self.tie and not (halves and of in CAST):
            yield ("tie",), "there is no tie but at more_than: 1/2 of votes cast", "Strike it, or mend the threshold."
        for name in ("second_vote", "casting_vote"):
            if getattr(self, name) is not None and self.tie != name:
                yield (name,), f"needs tie: {name}", f"Write tie: {name}, or strike it."
        if self.tie == "casting_vote" and self.casting_vote is None:
            yield ("tie",), "nobody has the casting vote", "Add casting_vote: and the code of a member."
        if self.casting_vote and self.casting_vote not in institution.ever_members():
            what = f"{self.casting_vote} has the casting vote but is not a member"
            yield ("casting_vote",), what, "Name a member, or add it to members."

    @staticmethod
    def _ties(bound: Fraction, *, strict: bool, of: str) -> bool:
        """Whether votes for and against can be equal and nothing carried."""
        return strict and bound == HALF and of in CAST
