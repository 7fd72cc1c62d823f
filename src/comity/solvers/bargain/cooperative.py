"""Which outcome reasonable parties would settle on: Nash, Kalai-Smorodinsky and egalitarian solutions.

Outcomes are a finite set, those that the rule lets pass are ``feasible``, and only those members count whose consent
carries an outcome (``consenting``). What a member gains is measured from what it has without agreement.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

EQUAL = 1e-12
"""Scores nearer than this count as equal."""
Solution = Literal["nash", "kalai_smorodinsky", "egalitarian"]


@dataclass(frozen=True)
class Settlement:
    """What is settled on.

    Attributes:
        outcome: the number of the outcome; None where no feasible outcome leaves all who must consent better off.
        equals: the numbers of all outcomes that score as well; the first of them is the outcome.
        gains: members; utility above no agreement, negative for those passed over; NaN without a settlement.
        score: Nash: the weighted geometric mean of the gains, each as a share of the largest the member could have;
            Kalai-Smorodinsky: the smallest such share, over the weight; egalitarian: the smallest gain over the weight.
    """

    outcome: int | None
    equals: tuple[int, ...]
    gains: NDArray[np.float64]
    score: float


def nash(
    utilities: ArrayLike,
    disagreement: ArrayLike,
    weights: ArrayLike | None = None,
    feasible: ArrayLike | None = None,
    *,
    consenting: ArrayLike | None = None,
) -> Settlement:
    """The outcome with the largest weighted product of gains among those who consent to it.

    Where all must consent this is Nash's solution, asymmetric with unequal weights. Where the rule needs only some, the
    product runs over those who consent to the outcome; to compare coalitions of different sizes it is the weighted
    geometric mean, of gains as shares of the largest gain open to the member. Units of utility do not matter.

    Args:
        utilities: ``outcomes x members``.
        disagreement: members; utility without agreement.
        weights: members; bargaining power, equal where absent. A member of weight nought must gain but is not counted.
        feasible: outcomes; those that the rule lets pass, all where absent.
        consenting: ``outcomes x members``; whose consent carries the outcome, everyone where absent.

    Raises:
        ValueError: where shapes do not fit, or weights are negative.

    **Source**: Nash (1950), "The Bargaining Problem", *Econometrica* 18; Harsanyi and Selten (1972), *Management
    Science* 18, for unequal weights.

    Example:
        >>> nash([[0, 0], [6, 2], [4, 4], [1, 7]], disagreement=[0, 0]).outcome
        2
    """
    case = _Case.of(utilities, disagreement, weights, feasible, consenting)
    if case.most is None:
        return case.nothing()
    counted = np.broadcast_to(case.weights, case.gains.shape) if case.who is None else case.who * case.weights
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(case.gains / case.most)
    logs[counted == 0] = 0.0
    total = counted.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.where(total > 0, np.exp((counted * logs).sum(axis=1) / total), 0.0)
    return case.settled(scores)


def kalai_smorodinsky(
    utilities: ArrayLike,
    disagreement: ArrayLike,
    weights: ArrayLike | None = None,
    feasible: ArrayLike | None = None,
    *,
    consenting: ArrayLike | None = None,
) -> Settlement:
    """The outcome at which the member worst off, by its share of the largest gain open to it, is best off.

    Equals are told apart by the next worst off, and so on (Imai's lexicographic extension).

    Args:
        utilities: ``outcomes x members``.
        disagreement: members; utility without agreement.
        weights: members; shares are divided by them, equal where absent.
        feasible: outcomes; those that the rule lets pass, all where absent.
        consenting: ``outcomes x members``; whose consent carries the outcome, everyone where absent.

    Raises:
        ValueError: where shapes do not fit, or weights are not above nought.

    **Source**: Kalai and Smorodinsky (1975), *Econometrica* 43; Imai (1983), *Econometrica* 51.

    Example:
        >>> kalai_smorodinsky([[0, 0], [10, 1], [6, 3], [0, 5]], disagreement=[0, 0]).outcome
        2
    """
    case = _Case.of(utilities, disagreement, weights, feasible, consenting)
    if case.most is None:
        return case.nothing()
    return case.fairest(case.gains / (case.most * case.above_nought()))


def egalitarian(
    utilities: ArrayLike,
    disagreement: ArrayLike,
    weights: ArrayLike | None = None,
    feasible: ArrayLike | None = None,
    *,
    consenting: ArrayLike | None = None,
) -> Settlement:
    """The outcome at which the smallest gain is largest; utilities must be comparable between members.

    Args:
        utilities: ``outcomes x members``, in one unit.
        disagreement: members; utility without agreement.
        weights: members; gains are divided by them (Kalai's proportional solutions), equal where absent.
        feasible: outcomes; those that the rule lets pass, all where absent.
        consenting: ``outcomes x members``; whose consent carries the outcome, everyone where absent.

    Raises:
        ValueError: where shapes do not fit, or weights are not above nought.

    **Source**: Kalai (1977), "Proportional Solutions to Bargaining Situations", *Econometrica* 45.

    Example:
        >>> egalitarian([[0, 0], [10, 1], [6, 3], [0, 5]], disagreement=[0, 0]).gains.tolist()
        [6.0, 3.0]
    """
    case = _Case.of(utilities, disagreement, weights, feasible, consenting)
    if case.most is None:
        return case.nothing()
    return case.fairest(case.gains / case.above_nought())


def on_line(
    utility: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    ends: tuple[float, float],
    disagreement: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    solution: Solution = "nash",
) -> float | None:
    """The point of a line that is settled on, by looking ever closer around the best of a grid.

    Right where every member's utility is concave along the line, as both scores then rise to one peak and fall.

    Args:
        utility: from points to ``points x members``.
        ends: the lower and the upper end of what may be agreed.
        disagreement: members; utility without agreement.
        weights: members, equal where absent.
        solution: which of the three.

    Returns:
        The point, to about 1e-8 of the line where the peak is smooth, and closer where it is a kink; None where nobody
        can gain together.

    Raises:
        ValueError: where the upper end lies below the lower, or shapes do not fit.

    Example:
        >>> share = lambda x: np.stack([np.sqrt(x), 1 - x], axis=1)
        >>> round(on_line(share, (0, 1), [0, 0]), 6)
        0.333333
    """
    low, high = ends
    if not low <= high:
        raise ValueError(f"The line ends at {high:g}, below where it starts ({low:g}).")
    without = np.asarray(disagreement, dtype=np.float64)
    weighing = np.ones(len(without)) if weights is None else np.asarray(weights, dtype=np.float64)
    together = _peak(lambda points: (utility(points) - without).min(axis=1), low, high)
    if not (utility(np.array([together])) > without).all():
        return None

    def outside(points: NDArray[np.float64]) -> NDArray[np.bool_]:
        return np.asarray((utility(points) < without).any(axis=1))

    low, high = _edge(outside, together, low), _edge(outside, together, high)
    most = np.array(
        [
            (utility(np.array([_peak(lambda points, who=who: utility(points)[:, who], low, high)])) - without)[0, who]
            for who in range(len(without))
        ]
    )

    def score(points: NDArray[np.float64]) -> NDArray[np.float64]:
        gains = np.maximum(utility(points) - without, 0.0)
        if solution == "nash":
            with np.errstate(divide="ignore"):
                return np.asarray((weighing * np.log(gains)).sum(axis=1))
        return np.asarray((gains / (weighing if solution == "egalitarian" else weighing * most)).min(axis=1))

    return _peak(score, low, high)


def _peak(height: Callable[[NDArray[np.float64]], NDArray[np.float64]], low: float, high: float) -> float:
    """Where a function that rises and then falls is highest; the middle where it is flat as far as numbers tell."""
    points = np.linspace(low, high, 2049)
    while True:
        heights = height(points)
        best = heights.max()
        top = np.flatnonzero(heights >= best - 4e-16 * max(1.0, abs(best)))
        left, right = points[max(top[0] - 1, 0)], points[min(top[-1] + 1, len(points) - 1)]
        if len(top) > 2 or right - left <= 1e-14 * max(1.0, abs(low), abs(high)):
            return float(points[top[0]] + points[top[-1]]) / 2
        points = np.linspace(left, right, 65)


def _edge(outside: Callable[[NDArray[np.float64]], NDArray[np.bool_]], within: float, end: float) -> float:
    """The furthest point from one within towards an end that is not outside, by halving."""
    if not outside(np.array([end]))[0]:
        return end
    beyond = end
    while abs(beyond - within) > 1e-15 * max(1.0, abs(within), abs(end)):
        middle = (within + beyond) / 2
        if middle in {within, beyond}:
            break
        within, beyond = (within, middle) if outside(np.array([middle]))[0] else (middle, beyond)
    return within


@dataclass(frozen=True)
class _Case:
    """Gains at the outcomes that may be settled on, and the largest gain that each member could have there."""

    rows: NDArray[np.intp]
    gains: NDArray[np.float64]
    who: NDArray[np.bool_] | None
    weights: NDArray[np.float64]
    most: NDArray[np.float64] | None

    @classmethod
    def of(
        cls,
        utilities: ArrayLike,
        disagreement: ArrayLike,
        weights: ArrayLike | None,
        *masks: ArrayLike | None,
    ) -> _Case:
        """Keep the feasible outcomes at which nobody who must consent loses (masks: feasible, consenting)."""
        feasible, consenting = masks
        values = np.asarray(utilities, dtype=np.float64)
        without = np.asarray(disagreement, dtype=np.float64)
        if values.ndim != 2 or without.shape != values.shape[1:]:
            raise ValueError(
                f"Utilities are outcomes x members with one disagreement utility a member; got {values.shape} and "
                f"{without.shape}."
            )
        outcomes, members = values.shape
        weighing = np.ones(members) if weights is None else np.asarray(weights, dtype=np.float64)
        passing = np.ones(outcomes, dtype=np.bool_) if feasible is None else np.asarray(feasible, dtype=np.bool_)
        who = None if consenting is None else np.asarray(consenting, dtype=np.bool_)
        if weighing.shape != (members,) or not (weighing >= 0).all() or not weighing.sum() > 0:
            raise ValueError(f"Weights are {members} numbers of nought or more, not all nought.")
        if passing.shape != (outcomes,) or (who is not None and who.shape != values.shape):
            raise ValueError(f"The masks must fit {outcomes} outcomes (and {members} members where they consent).")
        rows = np.flatnonzero(passing)
        gains = values[rows] - without
        who = None if who is None else who[rows]
        losing = gains < 0 if who is None else (gains < 0) & who
        keep = ~losing.any(axis=1) if who is None else ~losing.any(axis=1) & who.any(axis=1)
        if not keep.all():
            rows, gains, who = rows[keep], gains[keep], None if who is None else who[keep]
        most = gains.max(axis=0, initial=0.0) if who is None else gains.max(axis=0, initial=0.0, where=who)
        return cls(rows, gains, who, weighing, np.where(most > 0, most, 1.0) if len(rows) else None)

    def above_nought(self) -> NDArray[np.float64]:
        if not (self.weights > 0).all():
            raise ValueError("Shares are divided by the weights, so every weight must be above nought.")
        return self.weights / self.weights.max()

    def nothing(self) -> Settlement:
        return Settlement(None, (), np.full(len(self.weights), np.nan), 0.0)

    def fairest(self, shares: NDArray[np.float64]) -> Settlement:
        """The outcome whose sorted shares are lexicographically largest."""
        counted = shares if self.who is None else np.where(self.who, shares, np.inf)
        worst = counted.min(axis=1)
        top = np.flatnonzero(worst >= worst.max() - EQUAL)
        ladder = np.sort(counted[top], axis=1)
        for step in range(1, ladder.shape[1]):
            best = ladder[:, step].max()
            keep = ladder[:, step] >= best - EQUAL if np.isfinite(best) else ladder[:, step] == best
            top, ladder = top[keep], ladder[keep]
        scores = np.full(len(worst), -np.inf)
        scores[top] = worst.max()
        return self.settled(scores)

    def settled(self, scores: NDArray[np.float64]) -> Settlement:
        """The best scored outcome, if all who consent gain there."""
        best = float(scores.max())
        if not best > 0:
            return self.nothing()
        equals = np.flatnonzero(scores >= best - EQUAL * max(1.0, best))
        return Settlement(int(self.rows[equals[0]]), tuple(self.rows[equals].tolist()), self.gains[equals[0]], best)
