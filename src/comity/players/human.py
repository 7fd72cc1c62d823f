"""Human: a person, who is asked by whoever drives the game."""

from __future__ import annotations

from typing import ClassVar, Literal

from comity.kernel.errors import InputError
from comity.model.player import Player
from comity.model.seat import Answer, Ask


class Human(Player):
    """A person sits here: the terminal asks it, and a rehearsal without a terminal is refused before round 1.

    Source:
        Perla (1990), The Art of Wargaming: a game is about the decisions of its players.

    Example:
        >>> Human().kind
        'human'
    """

    outside: ClassVar[Literal["", "person", "model"]] = "person"

    kind: Literal["human"] = "human"
    """The kind of player."""

    def choose(self, ask: Ask) -> Answer:
        """Nobody answers for a person.

        Raises:
            InputError: where it is asked without a terminal.
        """
        what = f"{ask.seat} is played by a person, and nobody sits there."
        raise InputError(what, mend=f"Play at a terminal: comity rehearse CHARTER --seat {ask.member}=human.")
