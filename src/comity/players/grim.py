"""Grim: keeps its promises until one is broken to it, and never again."""

from __future__ import annotations

from typing import Literal

from comity.model.player import Tabled
from comity.model.policy import NOUGHT, ONE, Policy, keeping


class Grim(Tabled):
    """It keeps its promises until it sees one broken; from then on it keeps none, suspends and agrees to no new terms.

    In talks it tables its own position and takes whatever is better than no text.

    Source:
        Friedman (1971), "A non-cooperative equilibrium for supergames", Review of Economic Studies 38, 1-12 (trigger
        strategies).

    Example:
        >>> policy = Grim().policy(20)
        >>> [str(policy.kept(seen, 1)) for seen in (0, 1, 2, 3)]
        ['1', '1', '0', '0']
    """

    kind: Literal["grim"] = "grim"
    """The kind of player."""

    def policy(self, rounds: int) -> Policy:
        """Promises by whether one was ever broken."""
        del rounds
        kept = keeping(ONE, ONE, NOUGHT, NOUGHT)
        return Policy(keeps=kept, cures=NOUGHT, responds="clause_suspended", consents=(NOUGHT,))
