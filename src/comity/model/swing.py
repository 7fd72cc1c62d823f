"""Whose single choice decides: who could have flipped a ruling, and who could stop alone what all others support."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from comity.model.ruling import Choice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.solvers.game import Game

WORSE: tuple[Choice, ...] = ("no", "objects", "absent", "abstain")
BETTER: tuple[Choice, ...] = ("yes", "abstain")


def flips(game: Game, ballots: Mapping[str, Choice], free: Sequence[str], *, adopted: bool) -> tuple[str, ...]:
    """The members whose single other choice would have changed the outcome.

    Args:
        game: the compiled rule.
        ballots: the choice of each of its members.
        free: the members that may choose otherwise.
        adopted: the outcome.
    """
    given = _numbers(game, ballots)
    swung = [_each(game, given, free, choice) != adopted for choice in (WORSE if adopted else BETTER)]
    return tuple(member for place, member in enumerate(free) if any(each[place] for each in swung))


def blockers(game: Game, ballots: Mapping[str, Choice], free: Sequence[str]) -> tuple[str, ...]:
    """The members each of whom can stop alone, by its no, what all others that have a vote support."""
    everybody = _numbers(game, {**ballots, **dict.fromkeys(free, "yes")})
    if not game.adopted(everybody)[0]:
        return ()
    still = _each(game, everybody, free, "no")
    return tuple(member for place, member in enumerate(free) if not still[place])


def _numbers(game: Game, ballots: Mapping[str, Choice]) -> NDArray[np.intp]:
    import numpy as np

    from comity.solvers.game import CHOICES

    numbers = {choice: number for number, choice in enumerate(CHOICES)}
    return np.array([numbers[ballots[member]] for member in game.members], dtype=np.intp)


def _each(game: Game, given: NDArray[np.intp], free: Sequence[str], choice: Choice) -> NDArray[np.bool_]:
    """The outcome for each free member where that member alone makes this choice."""
    import numpy as np

    from comity.solvers.game import CHOICES

    places = [game.members.index(member) for member in free]
    cases = np.tile(given, (len(places), 1))
    cases[np.arange(len(places)), places] = CHOICES.index(choice)
    return game.adopted(cases)
