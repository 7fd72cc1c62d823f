"""Spoiler: works against the agreement from within."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from comity.model.player import Tabled
from comity.model.policy import HALF, NOUGHT, ONE, Policy, keeping


class Spoiler(Tabled):
    """It takes part in order to stop what the others agree on, wholly or until it gets its price.

    A ``total`` spoiler opposes every text and keeps no promise. A ``greedy`` one takes a text that gives it half its
    range and keeps only promises that pay for themselves. A ``limited`` one insists on three quarters of its range and
    then keeps its word.

    Source:
        Stedman (1997), "Spoiler Problems in Peace Processes", International Security 22(2), 5-53.

    Example:
        >>> Spoiler(sort="total").policy(20).taken(1) > 1
        True
    """

    kind: Literal["spoiler"] = "spoiler"
    """The kind of player."""
    sort: Literal["total", "greedy", "limited"] = "total"
    """What it is after."""

    def policy(self, rounds: int) -> Policy:
        """A table for each sort."""
        del rounds
        if self.sort == "limited":
            return Policy(takes=(Fraction(3, 4),), worse="objects")
        if self.sort == "greedy":
            keeps = (NOUGHT,) * 8 + (ONE,) * 4
            return Policy(
                takes=(HALF,), worse="objects", keeps=keeps, cures=NOUGHT, responds="pass", consents=(HALF, NOUGHT)
            )
        none = keeping(*(NOUGHT,) * 4)
        return Policy(
            takes=(Fraction(2),), below="objects", worse="objects", keeps=none, cures=NOUGHT, responds="pass",
            consents=(NOUGHT,),
        )  # fmt: skip
