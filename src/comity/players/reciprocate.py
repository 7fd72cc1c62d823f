"""Reciprocate: does to the others what they did the last time (tit for tat)."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from annotated_types import Le

from comity.kernel.quantity import Exact
from comity.model.player import Tabled
from comity.model.policy import NOUGHT, ONE, Policy, keeping


class Reciprocate(Tabled):
    """It keeps its promises unless some were broken to it the last time, and gives in talks what it was given.

    It is nice (it never breaks first), retaliates at once and forgives at once. In talks it makes one concession of its
    own after the first round, and then comes down by what the others' texts have come towards it.

    Source:
        Axelrod (1984), The Evolution of Cooperation, chapters 2 and 6; for talks, Faratin, Sierra and Jennings (1998),
        section 4.2 (behaviour-dependent tactics).

    Example:
        >>> policy = Reciprocate().policy(20)
        >>> [str(policy.kept(seen, 1)) for seen in (0, 1, 2, 3)]
        ['1', '1', '1', '0']
    """

    kind: Literal["reciprocate"] = "reciprocate"
    """The kind of player."""
    opening: Annotated[Exact, Le(1)] = Fraction(1, 4)
    """The share of its own range that it gives up unasked after the first round."""
    matches: Annotated[Exact, Le(1)] = ONE
    """How much of what it was given it gives back, as a share."""

    def policy(self, rounds: int) -> Policy:
        """Promises by what happened the last time; demands by what was conceded."""
        del rounds
        shares = (ONE, ONE - self.opening)
        return Policy(
            asks=shares, takes=shares[1:], matches=self.matches, keeps=keeping(ONE, ONE, ONE, NOUGHT), worse="objects"
        )
