"""Whose single choice decides: who could have flipped a ruling, and who could stop alone what all others support."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.choice import Choice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
        given, game = self._numbers(self.ballots), self.compiled()
        swung = [self._each(game, given, choice) != adopted for choice in (WORSE if adopted else BETTER)]
        return tuple(member for place, member in enumerate(self.free) if any(each[place] for each in swung))

    def blockers(self) -> tuple[str, ...]:
        """The members each of whom can stop alone, by its no, what all others that have a vote support."""
        everybody, game = self._numbers({**self.ballots, **dict.fromkeys(self.free, "yes")}), self.compiled()
        if not game.adopted(everybody)[0]:
            return ()
        still = self._each(game, everybody, "no")
        return tuple(member for place, member in enumerate(self.free) if not still[place])

    @staticmethod
    def _numbers(ballots: Mapping[str, Choice]) -> NDArray[np.intp]:
        import numpy as np

        from comity.solvers.game import CHOICES

        numbers = {choice: number for number, choice in enumerate(CHOICES)}
        return np.array([numbers[choice] for choice in ballots.values()], dtype=np.intp)

    def _each(self, game: Game, given: NDArray[np.intp], choice: Choice) -> NDArray[np.bool_]:
        """The outcome for each free member where that member alone makes this choice."""
        import numpy as np

        from comity.solvers.game import CHOICES

        free = set(self.free)
        places = [place for place, member in enumerate(self.ballots) if member in free]
        cases = np.tile(given, (len(places), 1))
        cases[np.arange(len(places)), places] = CHOICES.index(choice)
        return game.adopted(cases)
