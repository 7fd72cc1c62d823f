"""Who is seated in how many weightings: acceptability over weights that nobody has fixed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.solvers.choice.score import Scoring, undominated
from comity.solvers.choice.weights import Region

BLOCK = 1_000
"""Draws a block; the work is reported, stopped and converged at block ends."""
Uniforms = Callable[[range, range], NDArray[np.float64]]
"""Uniform numbers for a range of draws and a range of criteria: ``draws x criteria``, the same in every call."""


@dataclass(frozen=True)
class Acceptability:
    """How often each state is seated, with the Monte-Carlo standard error of each share.

    Attributes:
        seated: the share of weightings that seat each state, one a state.
        seated_error: its standard error.
        exact: the share of weightings that seat exactly the set asked about.
        exact_error: its standard error.
        sets: the sets that came out, each as sorted numbers of states, most frequent first.
        shares: the share of each of these sets.
        shares_error: its standard error.
        central: the mean weights of the weightings that seat a state, ``states x criteria``; NaN where none does.
        central_exact: the mean weights of the weightings that give the set; NaN where none does.
        draws: how many weightings were drawn.
        converged: whether the largest standard error of ``seated`` and ``exact`` is within the target.
    """

    seated: NDArray[np.float64]
    seated_error: NDArray[np.float64]
    exact: float
    exact_error: float
    sets: tuple[tuple[int, ...], ...]
    shares: NDArray[np.float64]
    shares_error: NDArray[np.float64]
    central: NDArray[np.float64]
    central_exact: NDArray[np.float64]
    draws: int
    converged: bool


def standard_error(counts: NDArray[np.float64] | float, draws: int) -> NDArray[np.float64]:
    """The standard error of a share counted in draws; what never or always happened errs like what did once or all but.

    Example:
        >>> standard_error(np.array([0.0, 1.0, 50.0, 100.0]), 100).round(4).tolist()
        [0.0099, 0.0099, 0.05, 0.0099]
    """
    share = np.clip(counts, min(1, draws / 2), max(draws - 1, draws / 2)) / draws
    return np.sqrt(share * (1 - share) / draws)


def interval(shares: NDArray[np.float64], draws: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Wilson's 95 % interval of shares counted in draws.

    **Source**: Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22: 209-212.

    Example:
        >>> low, high = interval(np.array([0.5]), 100)
        >>> round(float(low[0]), 3), round(float(high[0]), 3)
        (0.404, 0.596)
    """
    z = 1.959963984540054
    middle = (shares + z**2 / (2 * draws)) / (1 + z**2 / draws)
    half = z / (1 + z**2 / draws) * np.sqrt(shares * (1 - shares) / draws + z**2 / (4 * draws**2))
    return np.where(shares <= 0, 0.0, middle - half), np.where(shares >= 1, 1.0, middle + half)


class _Count:
    """The running counts over blocks."""

    def __init__(self, states: int, criteria: int, members: frozenset[int]) -> None:
        self.members = tuple(sorted(members))
        self.seated = np.zeros(states)
        self.weights = np.zeros((states, criteria))
        self.exact = 0.0
        self.exact_weights = np.zeros(criteria)
        self.sets: dict[tuple[int, ...], int] = {}
        self.draws = 0

    def add(self, weights: NDArray[np.float64], seated: NDArray[np.intp]) -> None:
        """Count one block: its weights, and the sorted numbers of those seated, ``draws x seats``."""
        self.draws += len(weights)
        flat = seated.ravel()
        self.seated += np.bincount(flat, minlength=len(self.seated))
        for criterion, column in enumerate(weights.T):
            repeated = np.repeat(column, seated.shape[1])
            self.weights[:, criterion] += np.bincount(flat, repeated, minlength=len(self.seated))
        found, counts = np.unique(seated, axis=0, return_counts=True)
        for row, count in zip(found.tolist(), counts.tolist(), strict=True):
            self.sets[tuple(row)] = self.sets.get(tuple(row), 0) + count
        if len(self.members) == seated.shape[1]:
            hits = (seated == np.array(self.members)).all(axis=1)
            self.exact += float(hits.sum())
            self.exact_weights += weights[hits].sum(axis=0)

    def largest_error(self) -> float:
        """The largest standard error so far."""
        return float(max(standard_error(self.seated, self.draws).max(), standard_error(self.exact, self.draws)))

    def result(self, target: float) -> Acceptability:
        """The shares, their errors and the central weights."""
        ranked = sorted(self.sets.items(), key=lambda item: (-item[1], item[0]))
        counts = np.array([count for _, count in ranked], dtype=np.float64)
        with np.errstate(invalid="ignore"):
            central = self.weights / self.seated[:, None]
            central_exact = self.exact_weights / np.float64(self.exact)
        return Acceptability(
            seated=self.seated / self.draws,
            seated_error=standard_error(self.seated, self.draws),
            exact=self.exact / self.draws,
            exact_error=float(standard_error(self.exact, self.draws)),
            sets=tuple(each for each, _ in ranked),
            shares=counts / self.draws,
            shares_error=standard_error(counts, self.draws),
            central=central,
            central_exact=central_exact,
            draws=self.draws,
            converged=self.largest_error() <= target + 1e-12,
        )


def acceptability(
    scoring: Scoring,
    seats: int,
    members: frozenset[int],
    *,
    region: Region,
    uniforms: Uniforms,
    draws: int = 10_000,
    target: float = 0.005,
    stop: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Acceptability:
    """How often each state, and exactly this set, is seated over weights drawn uniformly from a region.

    States that no weighting could seat are set aside first; they count as never seated.

    Args:
        scoring: the states that compete.
        seats: how many are seated.
        members: the set asked about, by number.
        region: the weights drawn from.
        uniforms: uniform numbers for draws and criteria.
        draws: how many weightings, at most.
        target: the standard error at which the shares count as converged.
        stop: whether to stop at the end of the first block that has converged.
        progress: told how many of how many draws are done.

    Raises:
        ValueError: where the seats cannot be filled, or no weighting is drawn.

    **Source**: Lahdelma, Hokkanen and Salminen (1998), "SMAA - Stochastic multiobjective acceptability analysis",
    EJOR 106: 137-143, with the rank acceptabilities 1 to ``seats`` added up.
    """
    states, criteria = scoring.values.shape
    if not 1 <= seats <= states:
        raise ValueError(f"{seats} seats cannot be filled from {states} states.")
    if draws < 1:
        raise ValueError(f"{draws} weightings say nothing; draw at least one.")
    able = undominated(scoring, seats)
    running = scoring.keep(able)
    count = _Count(states, criteria, members)
    for start in range(0, draws, BLOCK):
        block = range(start, min(start + BLOCK, draws))
        weights = region.draw(uniforms(block, range(criteria)))
        best = np.argsort(-running.scores(weights), axis=1, kind="stable")[:, :seats]
        count.add(weights, np.sort(able[best], axis=1))
        if progress is not None:
            progress(count.draws, draws)
        if stop and count.largest_error() <= target:
            break
    return count.result(target)
