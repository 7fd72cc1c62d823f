"""A player: whoever sits in a seat, with the one verb ``choose``."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, Literal

from comity.kernel.family import Family, Spec
from comity.model.policy import Policy, answer
from comity.model.seat import Answer, Ask


class Player(Spec):
    """Whoever sits in a seat. Members of the family live in ``comity.players``, one file each.

    A player has no memory, clock or random numbers of its own: what it may know stands in the view of the question,
    and its chance in the question itself. Equal questions get equal answers.
    """

    sees: ClassVar[bool] = True
    """Whether it is shown the whole public record of the institution; a table needs only counts."""
    outside: ClassVar[Literal["", "person", "model"]] = ""
    """Who answers from outside the program, where the player does not decide itself."""

    @abstractmethod
    def choose(self, ask: Ask) -> Answer:
        """One of the moves of the question, filled in."""
        raise NotImplementedError


class Tabled(Player):
    """A player that a table describes in full: one game and a campaign of many read the same one."""

    sees: ClassVar[bool] = False

    @abstractmethod
    def policy(self, rounds: int) -> Policy:
        """How it plays a game of so many rounds, as a table of whole numbers and fractions."""
        raise NotImplementedError

    def choose(self, ask: Ask) -> Answer:
        """What the table says."""
        return answer(self.policy(ask.view["rounds"]), ask)


PLAYERS: Family[Player] = Family("player", Player, ("comity.players",), "comity.players")
