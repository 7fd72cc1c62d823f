"""Which rank each state takes in how many weightings, gaps counted as the worst or left out of the sum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from comity.solvers.choice.acceptability import BLOCK, Uniforms
from comity.solvers.choice.weights import Region

Treatment = Literal["worst", "left_out"]
TREATMENTS: tuple[Treatment, ...] = ("worst", "left_out")
_TIE = 1e-12


@dataclass(frozen=True)
class Ranks:
    """How often each state takes each rank.

    Attributes:
        shares: ``states x ranks``; the share of weightings in which a state takes a rank (equals share the better one).
        expected: the mean rank of each state.
        draws: how many weightings were drawn.
    """

    shares: NDArray[np.float64]
    expected: NDArray[np.float64]
    draws: int

    def among(self, first: int) -> NDArray[np.float64]:
        """The share of weightings in which each state is among the first so many."""
        return self.shares[:, :first].sum(axis=1)


def scored(values: NDArray[np.float64], weights: NDArray[np.float64], treatment: Treatment) -> NDArray[np.float64]:
    """The score of every state in every weighting: ``draws x states``.

    ``worst`` counts a gap as 0, the worst value there is; ``left_out`` adds up what is known and divides by the weight
    of what is known.

    Args:
        values: ``states x criteria`` from 0, the worst, to 1, the best; NaN for a gap.
        weights: ``draws x criteria``, summing to one.
        treatment: what a gap counts for.

    Example:
        >>> values = np.array([[0.8, np.nan], [0.6, 0.5]])
        >>> weights = np.array([[0.5, 0.5]])
        >>> scored(values, weights, "worst").round(2).tolist(), scored(values, weights, "left_out").round(2).tolist()
        ([[0.4, 0.55]], [[0.8, 0.55]])
    """
    known = ~np.isnan(values)
    total = weights @ np.where(known, values, 0.0).T
    if treatment == "worst":
        return total
    held = weights @ known.T.astype(np.float64)
    return np.divide(total, held, out=np.zeros_like(total), where=held > 0)


def _places(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    """How many states are better than each, ``draws x states``; equals share the better place."""
    order = np.argsort(-scores, axis=1, kind="stable")
    sorted_ = np.take_along_axis(scores, order, axis=1)
    starts = np.zeros(scores.shape, dtype=np.intp)
    starts[:, 1:] = np.where(sorted_[:, :-1] - sorted_[:, 1:] > _TIE, np.arange(1, scores.shape[1]), 0)
    places = np.empty_like(starts)
    np.put_along_axis(places, order, np.maximum.accumulate(starts, axis=1), axis=1)
    return places


def ranks(
    values: NDArray[np.float64],
    treatment: Treatment,
    *,
    region: Region,
    uniforms: Uniforms,
    draws: int = 10_000,
    progress: Callable[[int, int], None] | None = None,
) -> Ranks:
    """How often each state takes each rank over weights drawn uniformly from a region.

    Args:
        values: ``states x criteria`` from 0, the worst, to 1, the best; NaN for a gap.
        treatment: what a gap counts for.
        region: the weights drawn from.
        uniforms: uniform numbers for draws and criteria.
        draws: how many weightings.
        progress: told how many of how many draws are done.

    Raises:
        ValueError: for values outside 0 to 1, a state without any, or no draw.

    **Source**: Lahdelma and Salminen (2001), "SMAA-2: Stochastic multicriteria acceptability analysis for group
    decision making", Operations Research 49: 444-454 (rank acceptability indices).
    """
    if values.ndim != 2 or np.isnan(values).all(axis=1).any():
        raise ValueError("A state without any figure has no rank; leave it out.")
    if (values < 0).any() or (values > 1).any():
        raise ValueError("Ranks are of values from 0, the worst, to 1, the best.")
    if draws < 1:
        raise ValueError(f"{draws} weightings say nothing; draw at least one.")
    states, criteria = values.shape
    counts = np.zeros((states, states))
    for start in range(0, draws, BLOCK):
        block = range(start, min(start + BLOCK, draws))
        scores = scored(values, region.draw(uniforms(block, range(criteria))), treatment)
        places = _places(scores)
        for state in range(states):
            counts[state] += np.bincount(places[:, state], minlength=states)
        if progress is not None:
            progress(block.stop, draws)
    shares = counts / draws
    return Ranks(shares, shares @ np.arange(1.0, states + 1), draws)
