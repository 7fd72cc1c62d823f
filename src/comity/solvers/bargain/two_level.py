"""Bargaining abroad under a constraint at home: what a ratifier leaves of the zone, and whom that helps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.solvers.bargain.cooperative import Solution, on_line


def constrained_share(floor: float, other: float = 0.0) -> float | None:
    """What a government gets of a sum of one, when its ratifier rejects less than a floor and the other's likewise.

    Without constraints Nash's solution halves it; a floor above one half binds the other side and so helps its own.

    Args:
        floor: the least share that its ratifier accepts.
        other: the least share that the other's ratifier accepts.

    Returns:
        The share; None where the floors leave nothing to agree on.

    Raises:
        ValueError: where a floor does not lie between 0 and 1.

    **Source**: Schelling (1960), *The Strategy of Conflict*, chapter 2; Putnam (1988), "Diplomacy and Domestic
    Politics", *International Organization* 42; Tarar (2001), *Journal of Conflict Resolution* 45.

    Example:
        >>> [constrained_share(floor) for floor in (0.3, 0.7)]
        [0.5, 0.7]
    """
    if not (0 <= floor <= 1 and 0 <= other <= 1):
        raise ValueError("A floor is a share, between 0 and 1.")
    if floor + other > 1:
        return None
    return min(max(0.5, floor), 1 - other)


def truncated(
    low: ArrayLike, high: ArrayLike, ratifier_low: ArrayLike, ratifier_high: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What is left of what governments accept, when their ratifiers must accept it too.

    Args:
        low: lower ends, of any shape; NaN where nothing is accepted.
        high: upper ends.
        ratifier_low: lower ends of what the ratifier accepts; NaN where there is no ratifier.
        ratifier_high: upper ends.

    Returns:
        Lower and upper ends; both NaN where nothing is left.

    **Source**: Putnam (1988): only what lies in both win-sets can be agreed on and ratified.

    Example:
        >>> low, high = truncated([10, 10], [50, 50], [30, 60], [80, 80])
        >>> low.tolist(), high.tolist()
        ([30.0, nan], [50.0, nan])
    """
    mine = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    lower = np.where(np.isnan(mine[0]), np.nan, np.fmax(mine[0], np.asarray(ratifier_low, dtype=np.float64)))
    upper = np.where(np.isnan(mine[1]), np.nan, np.fmin(mine[1], np.asarray(ratifier_high, dtype=np.float64)))
    left = lower <= upper
    return np.where(left, lower, np.nan), np.where(left, upper, np.nan)


def ratification_probability(text: ArrayLike, ideals: ArrayLike, thresholds: ArrayLike) -> NDArray[np.float64]:
    """How often a text is near enough to the ratifier's ideal, over draws of ideal and threshold.

    Args:
        text: one text, or texts.
        ideals: draws, or ``draws x ratifiers`` where several must ratify.
        thresholds: the same; the largest distance that is ratified.

    Returns:
        The share of the draws, for each text.

    Raises:
        ValueError: where there are no draws, or their shapes do not fit.

    **Source**: Milner and Rosendorff (1997), "Democratic Politics and International Trade Negotiations", *Journal of
    Conflict Resolution* 41, for a legislature of uncertain preference.

    Example:
        >>> ratification_probability([50, 70], [40, 60, 80, 90], [15, 15, 15, 15]).tolist()
        [0.5, 0.5]
    """
    ideal, reach = np.asarray(ideals, dtype=np.float64), np.asarray(thresholds, dtype=np.float64)
    if ideal.shape != reach.shape or ideal.ndim not in {1, 2} or not len(ideal):
        raise ValueError(f"Ideals and thresholds are drawn alike; got {ideal.shape} and {reach.shape}.")
    several = ideal.reshape(len(ideal), -1), reach.reshape(len(reach), -1)
    texts = np.asarray(text, dtype=np.float64)
    ratified = (np.abs(texts[..., None, None] - several[0]) <= several[1]).all(axis=-1)
    share: NDArray[np.float64] = ratified.mean(axis=-1)
    return share


@dataclass(frozen=True)
class Schelling:
    """What a ratifier does to the bargain of its government.

    Attributes:
        without: the text when governments are free; None where they have nothing to agree on.
        constrained: the text that the ratifier accepts too; None where it leaves nothing.
        gain: by how much nearer the text comes to the constrained government; a negative number where the constraint
            hurts it; None without both texts.
        status_quo_gain: the same when failure to agree is counted as the status quo.
    """

    without: float | None
    constrained: float | None
    gain: float | None
    status_quo_gain: float


def schelling_effect(
    governments: tuple[float, float],
    ratifier: float,
    status_quo: float,
    *,
    weights: ArrayLike | None = None,
    exponent: float = 2.0,
    solution: Solution = "nash",
) -> Schelling:
    """What the first government gains because its ratifier must accept the text as well.

    The ratifier rejects what is farther from its ideal than the status quo is. A
    ratifier somewhat harder to please than its government ties the government's hands to its profit; one that
    prefers the status quo to all that the other side offers prevents any agreement.

    Args:
        governments: the ideal of the constrained government, and that of the other.
        ratifier: the ideal of the ratifier.
        status_quo: what remains without agreement.
        weights: bargaining power of the two, equal where absent.
        exponent: losses grow with this power of the distance. With 1 and equal weights Nash's solution on one issue is
            the ideal of the government nearer to the status quo, so that there is nothing to gain.
        solution: how governments settle.

    **Source**: Schelling (1960), chapter 2; Putnam (1988), pp. 440-441; Milner and Rosendorff (1997).

    Example:
        >>> effect = schelling_effect((40, 100), ratifier=22.5, status_quo=0)
        >>> round(effect.without, 4), round(effect.constrained, 4), round(effect.gain, 4)
        (50.0, 45.0, 5.0)
    """
    ideals = np.asarray(governments, dtype=np.float64)
    quo = float(status_quo)
    disagreement = -(np.abs(quo - ideals) ** exponent)

    def utility(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return -(np.abs(points[:, None] - ideals) ** exponent)

    reach = np.abs(quo - ideals)
    low, high = float((ideals - reach).max()), float((ideals + reach).min())
    home = abs(quo - ratifier)
    cut = truncated([low], [high], [ratifier - home], [ratifier + home])
    texts = [
        None if not lower <= upper else on_line(utility, (lower, upper), disagreement, weights, solution=solution)
        for lower, upper in ((low, high), (float(cut[0][0]), float(cut[1][0])))
    ]
    free, bound = texts
    own = [abs((quo if text is None else text) - ideals[0]) for text in texts]
    gain = None if free is None or bound is None else float(own[0] - own[1])
    return Schelling(free, bound, gain, float(own[0] - own[1]))
