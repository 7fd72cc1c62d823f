"""Concede: asks for less as the deadline comes nearer."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from annotated_types import Gt, Le

from comity.kernel.quantity import Exact
from comity.model.player import Tabled
from comity.model.policy import Policy


class Concede(Tabled):
    """It asks for its own position at first and for less each round, until the last; it takes what it would ask next.

    With n rounds it has given up, in round t, the share ``start + (1 - start) * ((t - 1) / (n - 1)) ** (1 / speed)`` of
    what lies between its whole range and the least it settles for. It keeps what it promised.

    Source:
        Faratin, Sierra and Jennings (1998), "Negotiation decision functions for autonomous agents", Robotics and
        Autonomous Systems 24, 159-182, section 4.1 (time-dependent tactics, polynomial).

    Example:
        >>> [str(share) for share in Concede(speed=1, least="1/5").policy(5).asks]
        ['1', '4/5', '3/5', '2/5', '1/5']
    """

    kind: Literal["concede"] = "concede"
    """The kind of player."""
    speed: Annotated[Exact, Gt(0), Le(100)] = Fraction(1)
    """Above 1 it gives way early, below 1 only near the deadline ("Boulware"); 1 is the same step each round."""
    start: Annotated[Exact, Le(1)] = Fraction(0)
    """What it has given up in the first round already, as a share."""
    least: Annotated[Exact, Le(1)] = Fraction(0)
    """The share of its own range that it still asks for in the last round; 0 is as good as no text."""

    def policy(self, rounds: int) -> Policy:
        """A falling row of shares, to a thousandth."""
        last = max(rounds - 1, 1)
        power = 1 / float(self.speed)
        given = [
            self.start + (1 - self.start) * Fraction(round(1000 * (t / last) ** power), 1000) for t in range(rounds)
        ]
        asks = tuple(1 - each * (1 - self.least) for each in given)
        return Policy(asks=asks, takes=(*asks[1:], asks[-1]))
