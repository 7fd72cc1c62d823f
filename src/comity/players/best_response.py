"""Best response: does what pays best against what the others have done so far."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from comity.model.player import Tabled
from comity.model.policy import NOUGHT, ONE, Policy


class BestResponse(Tabled):
    """It expects of the others what it has seen of them, and does what is then best for it.

    A promise that pays alone is kept; one that pays only where all keep theirs is kept as long as they do, in the
    belief that a breach would be answered by breach; one that never pays is broken. In talks it takes whatever is
    better than no text. Of its own texts it expects them to be adopted as often as before (by Laplace's rule, one more
    of each), and the less likely the more it asks; after n refusals in a row the best demand is
    ``(n + 2) / (2 (n + 1))`` of its range, and never less than half.

    Source:
        Brown (1951), "Iterative solution of games by fictitious play", in Koopmans (ed.), Activity Analysis of
        Production and Allocation, 374-376; the belief that acceptance falls in a straight line is this model's.

    Example:
        >>> [str(share) for share in BestResponse().policy(20).yields[:4]]
        ['1', '3/4', '2/3', '5/8']
    """

    kind: Literal["best_response"] = "best_response"
    """The kind of player."""

    def policy(self, rounds: int) -> Policy:
        """Promises by their worth, demands by refusals."""
        yields = tuple(Fraction(number + 2, 2 * (number + 1)) for number in range(max(rounds, 1) + 1))
        return Policy(yields=yields, keeps=(*(NOUGHT,) * 4, ONE, ONE, NOUGHT, NOUGHT, *(ONE,) * 4), cures=NOUGHT)
