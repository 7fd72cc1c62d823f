"""Where a text would land: the compromise of those who shape it, moved into what the rule adopts; and counted draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.analysis.parts.zone import chance
from comity.kernel.result import Figure
from comity.model.stakes import SCALE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.model.grounds import Draws
    from comity.solvers.game import Game
    from comity.solvers.spatial.line import Zones

POINTS = "points"
SHARE = "share of draws"


@dataclass(frozen=True)
class Measured:
    """A number with its interval: Wilson's 95 % for a share that was counted, else the middle 90 % of the draws."""

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    """In how many draws it was counted: those in which the question arises."""

    def figure(self, unit: str, seed: int) -> Figure:
        """The number as a finding shows it."""
        return Figure(self.value, unit, self.low, self.high, self.n, seed)

    def columns(self, name: str) -> dict[str, float | None]:
        """The number as three columns of a table."""
        return {name: self.value, f"{name}_low": self.low, f"{name}_high": self.high}


NOTHING = Measured(None)
"""What was asked of no draw at all."""


def counted(held: NDArray[np.bool_]) -> Measured:
    """The share of the draws in which something holds.

    Example:
        >>> import numpy as np
        >>> counted(np.array([True] * 50 + [False] * 50)).value
        0.5
    """
    if not len(held):
        return NOTHING
    found = chance(int(held.sum()), len(held))
    return Measured(found.share, found.low, found.high, found.n)


def middle(values: NDArray[np.float64]) -> Measured:
    """The mean of the draws in which there is a number, with the 5th and 95th percentile.

    Example:
        >>> import numpy as np
        >>> middle(np.array([0.0, 10.0, np.nan, 20.0])).value
        10.0
    """
    import numpy as np

    known = values[~np.isnan(values)]
    if not len(known):
        return NOTHING
    low, high = np.quantile(known, [0.05, 0.95])
    return Measured(float(known.mean()), float(low), float(high), len(known))


def compromise(drawn: Draws, shaping: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
    """The mean of the positions weighted by salience, draw by draw; the plain mean where nothing matters to anyone.

    Args:
        drawn: what the members want.
        shaping: members; who takes part in shaping the text; all with stakes where absent.

    **Source**: Van den Bos (1991), *Dutch EC Policy Making*; Achen (2006), in Thomson et al., *The European Union
    Decides*, chapter 4.
    """
    import numpy as np

    from comity.solvers.bargain.compromise import compromise_mean

    taking = np.ones(drawn.position.shape[1], dtype=np.bool_) if shaping is None else shaping
    known = taking & ~np.isnan(drawn.position)
    weight = np.where(known, drawn.salience, 0.0)
    weight = np.where(weight.sum(axis=1, keepdims=True) > 0, weight, known.astype(np.float64))
    return compromise_mean(np.where(known, drawn.position, np.nan).T, 1, weight.T)


def landed(
    game: Game,
    ends: tuple[NDArray[np.float64], NDArray[np.float64]],
    zone: Zones,
    aim: NDArray[np.float64],
    *,
    quo: float | NDArray[np.float64],
    least: float,
    fixed: NDArray[np.int64],
) -> NDArray[np.float64]:
    """The text that the rule adopts nearest to the one aimed at, draw by draw; not a number where it adopts none.

    Args:
        game: the rule.
        ends: draws x members, twice: the ends of what each member accepts.
        zone: the agreement zone of these draws.
        aim: draws; the text aimed at.
        quo: the status quo, one number or one a draw.
        least: texts nearer than this to the status quo are no agreement.
        fixed: members; choices held whatever the text, -1 for those that vote by it.
    """
    import numpy as np

    from comity.solvers.spatial.line import adopted

    found = np.where(zone.open, np.clip(aim, zone.low, zone.high), np.nan)
    before = np.broadcast_to(quo, found.shape)
    apart = np.flatnonzero(zone.pieces > 1)
    if len(apart):
        aimed = found[apart]
        there = adopted(game, ends[0][apart], ends[1][apart], aimed, fixed) & (np.abs(aimed - before[apart]) >= least)
        apart = apart[~there]
    for draw in apart:
        low, high = ends[0][draw], ends[1][draw]
        marks = np.concatenate([low, high, [aim[draw], before[draw] - least, before[draw] + least, *SCALE]])
        marks = np.unique(np.clip(marks[np.isfinite(marks)], zone.low[draw], zone.high[draw]))
        marks = marks[np.abs(marks - before[draw]) >= least]
        many = (len(marks), len(low))
        kept = marks[adopted(game, np.broadcast_to(low, many), np.broadcast_to(high, many), marks, fixed)]
        if len(kept):
            found[draw] = kept[np.argmin(np.abs(kept - aim[draw]))]
    return found
