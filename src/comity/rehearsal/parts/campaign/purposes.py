"""What each chance of a campaign is drawn for: the very words of the game on the law engine, as numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any


def word(purpose: str) -> int:
    """A purpose as the number that :class:`comity.kernel.streams.Stream` makes of it."""
    return int.from_bytes(hashlib.sha256(purpose.encode()).digest()[:4], "big")


@dataclass(frozen=True)
class Purposes:
    """The promises that a game may see, by name, and what is drawn for them.

    Attributes:
        issues: the issues that are played.
        clauses: the clauses of the charter.
        organs: the organs that sit.
        members: the members.
        shape: sources, rounds and one, periods and one.
        shocks: how many shocks there are.
        mixed: whether anybody agrees to other terms by chance.
    """

    issues: Sequence[str]
    clauses: Sequence[str]
    organs: Sequence[str]
    members: Sequence[str]
    shape: tuple[int, int, int]
    shocks: int
    mixed: bool

    @cached_property
    def names(self) -> dict[tuple[int, int, int], str]:
        """Every promise by source, round and period."""
        _, rounds, periods = self.shape
        found = {
            (at, born, period): f"{issue}_{born}_{period}"
            for at, issue in enumerate(self.issues) for born in range(1, rounds) for period in range(1, periods)
        }  # fmt: skip
        return found | {(len(self.issues) + at, 0, 0): name for at, name in enumerate(self.clauses)}

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

        attending = [
            [word(f"rehearsal.player.attend.{organ}-{round_}") for organ in self.organs]
            for round_ in range(self.shape[1])
        ]
        paid = [f"rehearsal.player.pay.{self.names.get((at, 0, 0), '')}" for at in range(self.shape[0])]
        return {
            "said": np.array([word(f"rehearsal.shock.{each}") for each in range(self.shocks)], np.uint64),
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

        if not self.mixed:
            return np.zeros((0, 1, 1, 1), np.uint64)
        found = np.zeros((*self.shape, len(self.members)), np.uint64)
        for spot, name in self.names.items():
            found[spot] = [word(f"rehearsal.player.consent.{name}.{member}") for member in self.members]
        return found
