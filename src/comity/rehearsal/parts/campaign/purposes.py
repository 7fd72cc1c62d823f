"""What each chance of a campaign is drawn for: the very words of the game on the law engine, as numbers."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.rehearsal.parts.campaign.compiling import Compiling


def word(purpose: str) -> int:
    """A purpose as the number that :class:`comity.kernel.streams.Stream` makes of it."""
    return int.from_bytes(hashlib.sha256(purpose.encode()).digest()[:4], "big")


class Purposes:
    """The promises that a game may see, by name, and what is drawn for them."""

    def __init__(self, made: Compiling) -> None:
        self.made = made
        self.shape = (len(made.topics) + len(made.clauses), made.rounds + 1, made.problem.terms.periods + 1)
        self.names: dict[tuple[int, int, int], str] = {}
        for at, topic in enumerate(made.topics):
            for born in range(1, made.rounds + 1):
                for period in range(1, made.problem.terms.periods + 1):
                    self.names[at, born, period] = f"{topic.issue}_{born}_{period}"
        for at, name in enumerate(made.clauses, start=len(made.topics)):
            self.names[at, 0, 0] = name

    def rank(self) -> Any:
        """The order of promises by name."""
        import numpy as np

        found = np.zeros(self.shape, np.int64)
        for number, spot in enumerate(sorted(self.names, key=lambda each: self.names[each])):
            found[spot] = number
        return found

    def arrays(self) -> dict[str, Any]:
        """Purposes of shocks, attendance, performance, verification, consent, payment and exit."""
        import numpy as np

        made = self.made
        organs = list(made.game.sits)
        attending = [
            [word(f"rehearsal.player.attend.{organ}-{round_}") for organ in organs] for round_ in range(made.rounds + 1)
        ]
        paid = [f"rehearsal.player.pay.{self.names.get((at, 0, 0), '')}" for at in range(self.shape[0])]
        return {
            "said": np.array([word(f"rehearsal.shock.{each}") for each in range(len(made.problem.shocks))], np.uint64),
            "attending": np.array(attending, np.uint64),
            "performing": self._of("rehearsal.player.perform."),
            "verifying": self._of("rehearsal.verification."),
            "consenting": self._consenting(),
            "paying": np.array([word(each) for each in (*paid, "rehearsal.player.pay.")], np.uint64),
            "going": np.array([word("rehearsal.player.leave.")], np.uint64),
        }

    def _of(self, purpose: str) -> Any:
        import numpy as np

        found = np.zeros(self.shape, np.uint64)
        for spot, name in self.names.items():
            found[spot] = word(purpose + name)
        return found

    def _consenting(self) -> Any:
        """By obligor too; empty where everybody always agrees or never does, so that nothing is drawn."""
        import numpy as np

        members = self.made.members
        if all(each in {0, 1} for policy in self.made.policies for each in policy.consents):
            return np.zeros((0, 1, 1, 1), np.uint64)
        found = np.zeros((*self.shape, len(members)), np.uint64)
        for spot, name in self.names.items():
            found[spot] = [word(f"rehearsal.player.consent.{name}.{member}") for member in members]
        return found
