"""Hedger: avoids taking sides, and commits itself no further than the others have."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from annotated_types import Le

from comity.kernel.quantity import Exact
from comity.model.player import Tabled
from comity.model.policy import HALF, NOUGHT, ONE, Policy, keeping


class Hedger(Tabled):
    """It abstains rather than oppose, asks for a middling text, and keeps its promises as the others turn out to.

    While nothing is known of the others it keeps a promise with a chance; after they have kept theirs it does, after
    a breach that was mended half the time, after a fresh breach not. It acts on nobody's breach.

    Source:
        Kuik (2008), "The Essence of Hedging", Contemporary Southeast Asia 30(2), 159-185.

    Example:
        >>> policy = Hedger().policy(20)
        >>> [str(policy.kept(seen, 1)) for seen in (0, 1, 2, 3)], policy.worse
        (['1/2', '1', '1/2', '0'], 'abstain')
    """

    kind: Literal["hedger"] = "hedger"
    """The kind of player."""
    tries: Annotated[Exact, Le(1)] = HALF
    """The chance that it keeps a promise before anything is known of the others."""
    asks: Annotated[Exact, Le(1)] = Fraction(3, 4)
    """The share of its own range that it asks for."""
    takes: Annotated[Exact, Le(1)] = Fraction(1, 4)
    """The least share of its own range that it votes for; it abstains on less."""

    def policy(self, rounds: int) -> Policy:
        """A table without a no."""
        del rounds
        kept = keeping(self.tries, ONE, HALF, NOUGHT)
        return Policy(
            asks=(self.asks,), takes=(self.takes,), below="abstain", worse="abstain", keeps=kept, responds="pass"
        )
