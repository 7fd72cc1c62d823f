"""Trust as book-keeping of promises kept and broken, and how generous a reply to a broken one may be.

Source:
    Jøsang and Ismail (2002), "The Beta Reputation System", 15th Bled Electronic Commerce Conference; Nowak and Sigmund
    (1992), "Tit for tat in heterogeneous populations", Nature 355.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from comity.solvers.repeated.trigger import Number, prisoners_dilemma, quotient


@dataclass(frozen=True)
class Trust:
    """What is remembered of a party: promises kept and broken, old ones less where memory fades.

    Attributes:
        kept: the weight of promises kept.
        broken: the weight of promises broken.
        memory: how much of the past counts after each new promise, 1 for all of it.

    Example:
        >>> Trust(7, 1).expected, Trust(7, 1).after(kept=False).expected
        (Fraction(4, 5), Fraction(8, 11))
    """

    kept: Number = 0
    broken: Number = 0
    memory: Number = 1

    def __post_init__(self) -> None:
        if not 0 <= self.memory <= 1:
            raise ValueError("Memory lies between 0, where nothing is remembered, and 1, where nothing is forgotten.")
        if self.kept < 0 or self.broken < 0:
            raise ValueError("The weights of promises are of nought or more.")

    @property
    def expected(self) -> Number:
        """The probability that the next promise is kept, from a uniform prior."""
        return quotient(self.kept + 1, self.kept + self.broken + 2)

    def after(self, *, kept: bool) -> Trust:
        """The trust after one more promise."""
        more = (1, 0) if kept else (0, 1)
        return Trust(self.memory * self.kept + more[0], self.memory * self.broken + more[1], self.memory)

    def settled(self, keeps: Number) -> Number:
        """Where trust in a party that keeps so large a share of its promises comes to rest."""
        if self.memory == 1:
            return keeps
        weight = quotient(1, 1 - self.memory)
        return quotient(keeps * weight + 1, weight + 2)

    def recovery(self, level: Number) -> int | None:
        """How many promises in a row must be kept until trust is at a level again; None where it never is.

        Example:
            >>> from fractions import Fraction
            >>> Trust(0, 1).recovery(Fraction(3, 4)), Trust(0, 1, Fraction(1, 2)).recovery(Fraction(4, 5))
            (5, None)
        """
        rest = self.settled(1)
        if self.expected >= level:
            return 0
        if level >= rest:
            return None
        if self.memory == 1:
            return math.ceil(quotient(level * (self.kept + self.broken + 2) - self.kept - 1, 1 - level))
        now, rounds = self, 0
        while now.expected < level:
            now, rounds = now.after(kept=True), rounds + 1
        return rounds


def generosity(tempted: Number, rewarded: Number, punished: Number, duped: Number) -> Number:
    """How often generous tit-for-tat answers a defection with cooperation: as often as it can without being exploited.

    Raises:
        ValueError: where the payoffs are no prisoners' dilemma.

    Example:
        >>> generosity(5, 3, 1, 0)
        Fraction(1, 3)
    """
    prisoners_dilemma(tempted, rewarded, punished, duped)
    provoked = 1 - quotient(tempted - rewarded, rewarded - duped)
    return max(0, min(provoked, quotient(rewarded - punished, tempted - punished)))
