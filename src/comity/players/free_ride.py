"""Free ride: lets the others provide what benefits all."""

from __future__ import annotations

from typing import Literal

from comity.model.player import Tabled
from comity.model.policy import NOUGHT, ONE, Policy


class FreeRide(Tabled):
    """It keeps a promise only where its own part is worth its cost to it even if nobody else keeps theirs.

    It takes any text that is better than none, does not make good what it broke, pays no contribution that it can
    avoid, and leaves it to others to act on a breach.

    Source:
        Olson (1965), The Logic of Collective Action, chapter 1: latent, intermediate and privileged groups.

    Example:
        >>> policy = FreeRide().policy(20)
        >>> [str(policy.kept(1, worth)) for worth in (0, 1, 2)]
        ['0', '0', '1']
    """

    kind: Literal["free_ride"] = "free_ride"
    """The kind of player."""

    def policy(self, rounds: int) -> Policy:
        """Promises by what they are worth alone."""
        del rounds
        return Policy(keeps=(NOUGHT,) * 8 + (ONE,) * 4, cures=NOUGHT, responds="pass")
