"""Generous: reciprocates, and forgives every so often."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from annotated_types import Le

from comity.kernel.quantity import Exact
from comity.model.player import Tabled
from comity.model.policy import ONE, Policy, keeping


class Generous(Tabled):
    """It keeps its promises, and after a broken one still keeps the next with some chance, so that errors do not echo.

    With the usual payoffs of the prisoner's dilemma (5, 3, 1, 0) a third is the largest generosity that is not
    exploited: the lesser of 1 - (T - R) / (R - S) and (R - P) / (T - P).

    Source:
        Nowak and Sigmund (1992), "Tit for tat in heterogeneous populations", Nature 355, 250-253.

    Example:
        >>> Generous().policy(20).kept(3, 1)
        Fraction(1, 3)
    """

    kind: Literal["generous"] = "generous"
    """The kind of player."""
    forgives: Annotated[Exact, Le(1)] = Fraction(1, 3)
    """The chance that it keeps a promise although one was broken to it the last time."""
    opening: Annotated[Exact, Le(1)] = Fraction(1, 3)
    """The share of its own range that it gives up unasked after the first round of talks."""

    def policy(self, rounds: int) -> Policy:
        """Promises by what happened the last time, with a chance to forgive."""
        del rounds
        shares = (ONE, ONE - self.opening)
        return Policy(asks=shares, takes=shares[1:], matches=ONE, keeps=keeping(ONE, ONE, ONE, self.forgives))
