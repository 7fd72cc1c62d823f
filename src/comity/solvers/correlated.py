"""Power under correlated preferences, as one index by member: the door to :func:`comity.solvers.sampling.correlated`.

A correlation is one number, how strongly any two members' leanings hang together, or an
:class:`~comity.solvers.sampling.Opinion` (camps with :func:`~comity.solvers.sampling.common_factor`, positions with
:func:`~comity.solvers.sampling.ideal_points`). What is drawn comes back :class:`Within` an interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self, TypeAlias

import numpy as np

from comity.solvers.choice.acceptability import Uniforms
from comity.solvers.game import Game
from comity.solvers.sampling import Estimate, Opinion, common_factor
from comity.solvers.sampling import correlated as sampled

Correlation: TypeAlias = float | Opinion
INDICES = ("swing_probability", "banzhaf", "success")


class Within(float):
    """A number with the interval it lies within: a float like any other, that also knows its doubt.

    Attributes:
        low: the lower end: of the 95 % interval where something was drawn, else of a proven range.
        high: the upper end.
        draws: how many draws were made; 0 where nothing was drawn.

    Example:
        >>> share = Within(0.25, 0.2, 0.3, draws=1000)
        >>> share + 0.5, share.low, share.draws
        (0.75, 0.2, 1000)
    """

    __slots__ = ("draws", "high", "low")

    low: float
    high: float
    draws: int

    def __new__(cls, value: float, low: float, high: float, *, draws: int = 0) -> Self:
        """A number, the ends of its interval, and the draws behind it."""
        made = super().__new__(cls, value)
        made.low, made.high, made.draws = float(low), float(high), draws
        return made


def opinion_of(correlation: Correlation, members: int) -> Opinion:
    """How votes hang together: an opinion as it is, a number as one common factor of even chances.

    Raises:
        ValueError: for a number below 0, or of 1 and more.

    Example:
        >>> opinion_of(0.25, 2).chances(np.array([[0.5]])).tolist()
        [[0.5, 0.5]]
    """
    if isinstance(correlation, Opinion):
        return correlation
    if not 0 <= correlation < 1:
        raise ValueError(
            f"A correlation of {correlation} of everybody with everybody cannot be; it is 0 or more and below 1. "
            "Opposed camps are loadings of opposite signs: pass sampling.common_factor(yes, loadings)."
        )
    return common_factor(0.5, np.full(members, float(correlation) ** 0.5))


def of(
    game: Game,
    correlation: Correlation,
    index: str = "swing_probability",
    *,
    against: str = "no",
    uniforms: Uniforms | None = None,
    draws: int = 100_000,
) -> dict[str, float]:
    """One index under correlated preferences, each number :class:`Within` its 95 % interval.

    Args:
        game: the compiled rule.
        correlation: a number from 0 to below 1, or an opinion.
        index: ``swing_probability``; ``banzhaf``, its share of all swings; ``success``, how often the outcome is
            the one that the member voted for.
        against: what members who are not for a proposal choose.
        uniforms: uniform numbers for a range of draws and a range of columns, such as ``kernel.streams.Stream(seed,
            purpose).uniforms``.
        draws: the draws.

    Raises:
        ValueError: for an unknown index, no uniform numbers, or what the simulation refuses.

    Example:
        >>> from comity.kernel.streams import Stream
        >>> from comity.solvers.game import weighted
        >>> found = of(weighted([1, 1, 1], quota=2), 0.5, uniforms=Stream(1, "votes").uniforms, draws=4096)
        >>> found["0"].low < 1 / 3 < found["0"].high
        True
    """
    if index not in INDICES:
        raise ValueError(f"With a correlation the index is {', '.join(INDICES[:-1])} or {INDICES[-1]}, not '{index}'.")
    if uniforms is None:
        raise ValueError("Power under correlated preferences is drawn: give uniform numbers as uniforms=.")
    opinion = opinion_of(correlation, len(game.members))
    found = sampled(game, opinion, uniforms, against=against, draws=draws)
    estimate = found.success if index == "success" else found.decisive
    total = float(estimate.shares.sum()) if index == "banzhaf" else 1.0
    return within(game.members, estimate, total or 1.0)


def within(members: Sequence[str], found: Estimate, total: float = 1.0) -> dict[str, float]:
    """By member, each share of the total within its interval."""
    ends = zip(members, found.shares / total, found.low / total, found.high / total, strict=True)
    return {member: Within(value, low, high, draws=found.draws) for member, value, low, high in ends}
