"""Promises that are verified imperfectly, in the two forms of the textbooks.

Source:
    Mailath and Samuelson (2006), Repeated Games and Reputations, 7.2; Green and Porter (1984), Econometrica 52(1), in
    the version of Tirole (1988), The Theory of Industrial Organization, 6.7.1; Kandori (1992), "The Use of Information
    in Repeated Games with Imperfect Monitoring", Review of Economic Studies 59(3).
"""

from __future__ import annotations

from dataclasses import dataclass

from comity.solvers.repeated.trigger import Number, Stage, critical_discount, felt, least_trigger, value


@dataclass(frozen=True)
class Signal:
    """A public signal that is good with one probability where all comply and another where one does not.

    Attributes:
        kept: how probable the good signal is where all comply.
        broken: how probable it is where one does not.

    Example:
        >>> from fractions import Fraction
        >>> partners = Signal(Fraction(9, 10), Fraction(1, 2))
        >>> partners.critical_discount(Stage(1, 2)), partners.value(Stage(1, 2), Fraction(3, 4))
        (Fraction(10, 17), Fraction(20, 13))
    """

    kept: Number
    broken: Number

    def critical_discount(self, stage: Stage) -> Number | None:
        """The least discount factor at which the promise is kept, where the first bad signal ends it for ever."""
        return critical_discount(stage, 1 - self.kept, 1 - self.broken)

    def value(self, stage: Stage, discount: Number) -> Number:
        """What the promise is worth a round to those who keep it until the first bad signal."""
        return value(stage, discount, 1 - self.kept)


@dataclass(frozen=True)
class PriceWar:
    """Two firms share a monopoly; demand fails at random, and each sees only that it sold nothing.

    A firm that sells nothing cannot tell low demand from a rival's lower price, so every such round brings a price war
    of so many rounds. Sharing holds where 1 <= 2 (1 - low) d + (2 low - 1) d^(rounds + 1).

    Attributes:
        low: how probable a round without demand is.

    Example:
        >>> from fractions import Fraction
        >>> war = PriceWar(Fraction(1, 5))
        >>> war.critical_discount(), war.least_trigger(Fraction(7, 10)), war.holds(Fraction(7, 10), 3)
        (Fraction(5, 8), 4, False)
    """

    low: Number

    @property
    def _stage(self) -> Stage:
        """Half the monopoly's expected profit is worth as much as the other half tempts."""
        return Stage(1 - self.low, 1 - self.low)

    def holds(self, discount: Number, rounds: int) -> bool:
        """Whether nobody undercuts where a price war lasts so many rounds."""
        weight = felt(discount, rounds)
        stage = self._stage
        return stage.temptation * (1 + self.low * weight) <= (1 - self.low) * weight * stage.worth

    def critical_discount(self, rounds: int | None = None) -> Number | None:
        """The least discount factor at which nobody undercuts; a price war without end where no rounds are given."""
        return critical_discount(self._stage, self.low, 1, rounds)

    def least_trigger(self, discount: Number) -> int | None:
        """The shortest price war that deters."""
        return least_trigger(self._stage, discount, self.low, 1)
