"""Script: plays what was written beforehand."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from annotated_types import Ge

from comity.kernel.family import Spec
from comity.model.player import Player
from comity.model.policy import Policy, answer
from comity.model.seat import Answer, Ask, legal_values

About = Literal[
    "attend", "table", "vote", "perform", "enforce", "consent", "pay", "leave", "resume", "retaliate", "walk_back"
]


class Line(Spec):
    """One line of a script: when it is said, about what, and what is done."""

    about: About
    """What the question is about."""
    round: Annotated[int, Ge(1)] | None = None
    """The round; every round where absent."""
    on: str = ""
    """The issue or clause it concerns; any where empty."""
    move: str = ""
    """The kind of event of the move, or ``pass``; the first move that fits where empty."""
    slots: dict[str, Any] = {}
    """What is filled in."""


class Script(Player):
    """It plays the first line that fits the question, and otherwise keeps its word and takes what is better than none.

    A line that is not legal at the moment is passed over.

    Source:
        The injects and the master scenario events list of exercises: Perla (1990), The Art of Wargaming, chapter 5.

    Example:
        >>> import datetime
        >>> from comity.model.seat import Move
        >>> script = Script(lines=[{"about": "vote", "round": 2, "slots": {"choice": "no"}}])
        >>> vote = Move("vote:Q", "ballot_cast", "", {"question": "Q"}, {"choice": ("yes", "no")})
        >>> view = {"round": 2, "rounds": 4, "issue": "energy", "share": 1, "conceded": 0}
        >>> script.choose(Ask("a", "member:JPN", "vote", view, (vote,), datetime.date(2026, 1, 1))).slots
        {'choice': 'no'}
    """

    kind: Literal["script"] = "script"
    """The kind of player."""
    lines: tuple[Line, ...] = ()
    """The lines, the first that fits is played."""

    def choose(self, ask: Ask) -> Answer:
        """The first line that fits and is legal, else what a member of good faith does."""
        for line in self.lines:
            fits = line.about == ask.about and line.round in {None, ask.view["round"]}
            if not fits or line.on not in {"", ask.view.get("issue"), ask.view.get("clause")}:
                continue
            for move in ask.moves:
                if line.move not in {"", move.kind, move.id}:
                    continue
                said = Answer(ask.id, move.id, line.slots, "as written")
                try:
                    legal_values(ask, said)
                except ValueError:
                    continue
                return said
        return answer(Policy(), ask)
