"""What was found of displacement: each forum's share of the issues with and without the body, draw by draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.analysis.parts.displacement.moving import Agenda, Prospects
from comity.analysis.parts.displacement.shopping import Moves, Phase, Terms
from comity.analysis.parts.landing import Measured, counted, middle

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEVELS = (0.1, 0.25, 0.5)
"""The shares of the issues whose contours the phase diagram shows."""


@dataclass(frozen=True)
class Displaced:
    """What was found.

    Attributes:
        given: issues, forums and movers; the first forum is the body that opens.
        terms: what is assumed of forums.
        hoped: what may be expected of each issue in each forum.
        before: where issues go without the body.
        after: where they go with it.
        needed: its share of the issues by the share of its promises that it keeps.
        variants: its share of the issues where one assumption is another.
        phases: its share over rivalry and common benefit.
        empties: the share of the issues it can take up, below which a forum is empty.
        members_only: whether only its members choose.
    """

    given: Agenda
    terms: Terms
    hoped: Prospects
    before: Moves
    after: Moves
    needed: tuple[tuple[float, Measured], ...]
    variants: Mapping[str, Measured]
    phases: tuple[Phase, ...]
    empties: float
    members_only: bool

    @property
    def draws(self) -> int:
        """How many draws were made."""
        return len(self.after.first)

    @property
    def names(self) -> list[str]:
        """The forums by name."""
        return [each.body.name for each in self.given.forums]

    def share(self, moves: Moves, place: int) -> Measured:
        """A forum's share of the issues: those on which it is first."""
        return middle(moves.shares()[:, place])

    def valued(self, moves: Moves, place: int) -> Measured:
        """The same, each issue counted by what movers expect of it."""
        return middle(moves.valued()[:, place])

    def moved(self, moves: Moves, issue: int, place: int) -> Measured:
        """The share of the movers that take an issue to a forum."""
        return middle(moves.moved[:, issue, place])

    def emptied(self, place: int) -> Measured:
        """How often a forum had issues before and is empty after."""
        from comity.solvers.forums import emptied

        return counted(emptied(self._own(self.before, place), self._own(self.after, place), self.empties))

    def own(self, moves: Moves, place: int) -> Measured:
        """The share of the issues that a forum can take up on which it is first."""
        return middle(self._own(moves, place))

    def empty(self, moves: Moves, place: int) -> bool:
        """Whether a forum is empty on average."""
        return (self.own(moves, place).value or 0.0) < self.empties

    def _own(self, moves: Moves, place: int) -> NDArray[np.float64]:
        able = sum(each == place for _, each in self.given.cells)
        return moves.first[:, :, place].sum(axis=1) / max(1, able)

    def leads(self, moves: Moves, issue: int) -> int | None:
        """The forum that is first on an issue in most draws; None where it goes nowhere in most."""
        often: NDArray[np.float64] = moves.first[:, issue].mean(axis=0)
        nowhere = 1.0 - float(often.sum())
        best = int(often.argmax())
        return best if float(often[best]) > nowhere else None

    def migrating(self) -> list[int]:
        """The issues on which another forum is first in most draws once the body is there."""
        return [
            issue
            for issue in range(len(self.given.issues))
            if self.leads(self.before, issue) != self.leads(self.after, issue)
        ]

    def contour(self, level: float) -> list[list[float]]:
        """Where in the phase diagram the body has a share: pieces of lines, rivalry and common benefit of both ends."""
        import numpy as np

        from comity.solvers.forums import contour

        across = sorted({each.shift.rivalry for each in self.phases})
        up = sorted({each.shift.common for each in self.phases})
        held = {(each.shift.common, each.shift.rivalry): each.share.value or 0.0 for each in self.phases}
        height = np.array([[held[common, rivalry] for rivalry in across] for common in up])
        return contour(across, up, height, level).tolist()

    def present(self) -> Measured:
        """The body's share as the stakes stand."""
        return self.share(self.after, 0)
