"""Whose single choice decides: who could have flipped a ruling, and who could stop alone what all others support."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.ruling import Choice

if TYPE_CHECKING:
    from comity.solvers.game import Game

WORSE: tuple[Choice, ...] = ("no", "objects", "absent", "abstain")
BETTER: tuple[Choice, ...] = ("yes", "abstain")


@dataclass(frozen=True)
class Swings:
    """A ruling's rule and ballots, of which it can be asked later who decides: most rulings are never asked.

    Attributes:
        compiled: gives the rule as one integer game over the ballots' members.
        ballots: the choice of each member.
        free: the members that may choose otherwise.
    """

    compiled: Callable[[], Game]
    ballots: Mapping[str, Choice]
    free: tuple[str, ...]

    def flips(self, *, adopted: bool) -> tuple[str, ...]:
        """The members whose single other choice would have changed the outcome."""
        others = WORSE if adopted else BETTER
        changed = _tried(self.compiled(), self.ballots, [{member: choice} for member in self.free for choice in others])
        swung = [changed[place : place + len(others)] for place in range(0, len(changed), len(others))]
        pairs = zip(self.free, swung, strict=True)
        return tuple(member for member, tries in pairs if any(each != adopted for each in tries))

    def blockers(self) -> tuple[str, ...]:
        """The members each of whom can stop alone, by its no, what all others that have a vote support."""
        everybody: dict[str, Choice] = dict.fromkeys(self.free, "yes")
        tried: list[dict[str, Choice]] = [everybody, *({**everybody, member: "no"} for member in self.free)]
        carried, *without = _tried(self.compiled(), self.ballots, tried)
        return tuple(member for member, still in zip(self.free, without, strict=True) if carried and not still)


def _tried(game: Game, ballots: Mapping[str, Choice], changes: Sequence[Mapping[str, Choice]]) -> list[bool]:
    import numpy as np

    from comity.solvers.game import CHOICES

    cases = [[CHOICES.index(change.get(member, ballots[member])) for member in game.members] for change in changes]
    return [bool(each) for each in game.adopted(np.array(cases, dtype=np.intp).reshape(-1, len(game.members)))]
