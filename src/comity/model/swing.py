"""Whose single choice decides: who could have flipped a ruling, and who could stop alone what all others support."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from comity.model.ruling import Choice

if TYPE_CHECKING:
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
    others = WORSE if adopted else BETTER
    changed = _tried(game, ballots, [{member: choice} for member in free for choice in others])
    swung = [changed[place : place + len(others)] for place in range(0, len(changed), len(others))]
    return tuple(member for member, tries in zip(free, swung, strict=True) if any(each != adopted for each in tries))


def blockers(game: Game, ballots: Mapping[str, Choice], free: Sequence[str]) -> tuple[str, ...]:
    """The members each of whom can stop alone, by its no, what all others that have a vote support."""
    everybody: dict[str, Choice] = dict.fromkeys(free, "yes")
    carried, *without = _tried(game, ballots, [everybody, *({**everybody, member: "no"} for member in free)])
    return tuple(member for member, still in zip(free, without, strict=True) if carried and not still)


def _tried(game: Game, ballots: Mapping[str, Choice], changes: Sequence[Mapping[str, Choice]]) -> list[bool]:
    import numpy as np

    from comity.solvers.game import CHOICES

    cases = [[CHOICES.index(change.get(member, ballots[member])) for member in game.members] for change in changes]
    return [bool(each) for each in game.adopted(np.array(cases, dtype=np.intp).reshape(-1, len(game.members)))]
