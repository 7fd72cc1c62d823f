"""The zone of one issue before one body: at the modes, and as a probability over draws."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.analysis.parts.matters import Matter

if TYPE_CHECKING:
    from comity.solvers.spatial.line import Zones

CELLS = 300_000
"""Draws times members that are looked at for one issue; large bodies are given fewer draws."""
FEWEST = 500
"""The least number of draws."""
BLOCKED = 2_000
"""The most draws in which blockers are asked for."""


@dataclass(frozen=True)
class Chance:
    """A share of draws with its 95 % interval (Wilson)."""

    share: float
    low: float
    high: float
    n: int

    def columns(self, name: str) -> dict[str, float | None]:
        """The share as three columns of a table."""
        return {name: self.share, f"{name}_low": self.low, f"{name}_high": self.high}


@dataclass(frozen=True)
class Judged:
    """What can be agreed on one issue before one body.

    Attributes:
        matter: the issue before the body.
        zone: the ends of the zone with every member at the mode; None where it is empty.
        width: how much of the scale the zone holds at the modes.
        core: the gridlock interval at the modes; None where every text can be moved.
        chance: the probability that a text is adopted.
        mean_width: the mean width of the zone over draws, with the interval of the mean.
        blockers: by member, the share of draws without agreement in which it alone stands in the way.
    """

    matter: Matter
    zone: tuple[float, float] | None
    width: float
    core: tuple[float, float] | None
    chance: Chance
    mean_width: tuple[float, float, float]
    blockers: dict[str, Chance]

    @property
    def stuck(self) -> bool:
        """Whether the status quo lies in the gridlock interval at the modes."""
        return self.core is not None and self.core[0] <= self.matter.status_quo <= self.core[1]


def chance(hits: int, n: int) -> Chance:
    """The share of ``n`` draws with its interval.

    Example:
        >>> found = chance(50, 100)
        >>> round(found.low, 3), found.share, round(found.high, 3)
        (0.404, 0.5, 0.596)
    """
    import numpy as np

    from comity.solvers.choice.acceptability import interval

    share = hits / n
    low, high = interval(np.array([share]), n)
    return Chance(share, float(low[0]), float(high[0]), n)


def number_of(draws: int, members: int) -> int:
    """How many draws a body of so many members is given.

    Example:
        >>> number_of(10_000, 5), number_of(10_000, 193)
        (10000, 1554)
    """
    return min(draws, max(FEWEST, CELLS // max(1, members)))


def at_modes(matter: Matter, least: float) -> Zones:
    """The zone with every member at the mode, as a single draw.

    Args:
        matter: the issue before the body.
        least: how far from the status quo a text must lie to count.
    """
    from comity.solvers.spatial.line import zones

    modes, game = matter.modes(), matter.decision.game
    return zones(game, modes.low, modes.high, status_quo=matter.status_quo, least=least, fixed=matter.fixed())


def ends(found: Zones) -> tuple[float, float] | None:
    """The ends of the zone of a first draw; None where it is empty."""
    return (float(found.low[0]), float(found.high[0])) if found.open[0] else None


def judge(
    matter: Matter, draws: int, seed: int, *, least: float = 0.0, text: float | None = None, blockers: bool = True
) -> Judged:
    """The zone of one issue before one body.

    Args:
        matter: the issue before the body.
        draws: how many draws are wanted.
        seed: the seed.
        least: how far from the status quo a text must lie to count.
        text: one text whose chances are asked about; any where absent.
        blockers: whether to ask who stands in the way.
    """
    import numpy as np

    from comity.solvers.spatial.line import adopted, core, zones

    game, fixed, quo = matter.decision.game, matter.fixed(), matter.status_quo
    modes = matter.modes()
    n = number_of(draws, len(game.members))
    drawn = matter.draws(n, seed)
    at = at_modes(matter, least)
    asked = min(n, BLOCKED, max(100, CELLS // len(game.members) ** 2)) if blockers else 0
    over = zones(game, drawn.low, drawn.high, status_quo=quo, least=least, fixed=fixed, blockers=asked)
    held = over.open if text is None else adopted(game, drawn.low, drawn.high, text, fixed)
    lows, highs = core(game, modes.position, fixed)
    middle = (float(lows[0]), float(highs[0]))
    spread = 1.96 * float(np.std(over.width)) / math.sqrt(n)
    mean = float(np.mean(over.width))
    return Judged(
        matter=matter,
        zone=ends(at),
        width=float(at.width[0]),
        core=None if math.isnan(middle[0]) else (max(0.0, middle[0]), min(100.0, middle[1])),
        chance=chance(int(held.sum()), n),
        mean_width=(max(0.0, mean - spread), mean, mean + spread),
        blockers=_blockers(matter, over.blocking, asked),
    )


def _blockers(matter: Matter, shares: object, asked: int) -> dict[str, Chance]:
    import numpy as np

    if not asked:
        return {}
    listed = np.asarray(shares, dtype=np.float64)
    found = {
        member: chance(round(float(share) * asked), asked)
        for member, share in zip(matter.decision.members, listed, strict=True)
        if member in matter.stands and share > 0
    }
    return dict(sorted(found.items(), key=lambda item: (-item[1].share, item[0])))
