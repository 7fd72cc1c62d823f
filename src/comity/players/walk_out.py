"""Walk out: stays away once it has been outvoted too often, and may leave."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge, Le

from comity.model.player import Tabled
from comity.model.policy import NOUGHT, ONE, Policy


class WalkOut(Tabled):
    """It speaks and votes like others until it was outvoted so many times in a row; then it no longer comes.

    Outvoted is whoever gets a text that is worse for it than no text. After more of the same it gives notice of
    withdrawal, where the charter lets members leave. What it promised it keeps while it is a member.

    Source:
        Hirschman (1970), Exit, Voice, and Loyalty: Responses to Decline in Firms, Organizations, and States.

    Example:
        >>> policy = WalkOut(patience=2, leaves_after=3).policy(20)
        >>> [str(share) for share in policy.attends], [str(share) for share in policy.leaves]
        (['1', '1', '0'], ['0', '0', '0', '1'])
    """

    kind: Literal["walk_out"] = "walk_out"
    """The kind of player."""
    patience: Annotated[int, Ge(1), Le(1000)] = 3
    """How many times in a row it is outvoted before it stays away."""
    leaves_after: Annotated[int, Ge(1), Le(1000)] | None = None
    """How many times in a row it is outvoted before it gives notice of withdrawal; never where absent."""

    def policy(self, rounds: int) -> Policy:
        """Presence and membership by how often in a row it was outvoted."""
        del rounds
        leaves = (NOUGHT,) if self.leaves_after is None else (*(NOUGHT,) * self.leaves_after, ONE)
        return Policy(attends=(*(ONE,) * self.patience, NOUGHT), leaves=leaves, worse="objects")
