"""Hold out: asks for the same from the first round to the last."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from annotated_types import Le

from comity.kernel.quantity import Exact
from comity.model.player import Tabled
from comity.model.policy import Policy


class HoldOut(Tabled):
    """It has committed itself to a share of its own range and opposes whatever gives it less; it keeps its promises.

    Source:
        Schelling (1960), The Strategy of Conflict, chapter 2: the power to bind oneself.

    Example:
        >>> HoldOut(share="3/4").policy(20).taken(20)
        Fraction(3, 4)
    """

    kind: Literal["hold_out"] = "hold_out"
    """The kind of player."""
    share: Annotated[Exact, Le(1)] = Fraction(9, 10)
    """The share of its own range that it insists on: 1 is its position, 0 as good as no text."""

    def policy(self, rounds: int) -> Policy:
        """One share for all rounds."""
        del rounds
        return Policy(asks=(self.share,), takes=(self.share,), worse="objects")
