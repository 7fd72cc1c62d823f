"""The inverse question of voting power: which weights and quota give each member a wanted share of it?

Up to seven members every weighted game there is is looked at, so that the answer is the best possible; beyond, the
fixed point of Leech and a local search find a good one, and its distance is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import factorial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.solvers.design import Floats, Index, Progress, known, power_of
from comity.solvers.weighted.body import prepared
from comity.solvers.weighted.routes import banzhaf

MOST = 7
"""Up to so many members all weighted games are looked at; for eight there are 2.7 million."""
Vote: TypeAlias = tuple[tuple[int, ...], int]
QUOTAS = (0.51, 0.55, 0.6, 2 / 3, 0.75, 0.85)
"""The quotas from which a local search starts, as shares of all weight."""


@dataclass(frozen=True)
class Design:
    """Weights and quota with the power they give.

    Attributes:
        weights: whole numbers, one a member, in the order of the target.
        quota: the weight that carries.
        power: the power they give, as shares.
        distance: the sum of absolute differences between power and target, from 0 to 2.
        exact: whether no weighted game is nearer.

    Example:
        >>> inverse([0.5, 0.25, 0.25]).weights, inverse([0.5, 0.25, 0.25]).quota
        ((2, 1, 1), 3)
    """

    weights: tuple[int, ...]
    quota: int
    power: Floats
    distance: float
    exact: bool


def inverse(
    target: Sequence[float] | Floats,
    *,
    index: Index = "banzhaf",
    starts: Floats | None = None,
    budget: int = 600,
    progress: Progress | None = None,
) -> Design:
    """Weights and quota whose power is as near to a target as can be.

    No two opposed coalitions can both win under the answer. Among equally near games the one is taken that decides most
    easily, with its smallest whole weights.

    Args:
        target: the wanted share of power of each member; scaled to sum to one.
        index: ``banzhaf`` or ``shapley_shubik``.
        starts: for more than seven members, further starts of the search: numbers between 0 and 1, starts x members.
            The same numbers give the same answer.
        budget: for more than seven members, how many games are tried at most.
        progress: told of games tried.

    Raises:
        ValueError: for a target that is negative or all nought, starts of another shape, or an unknown index.

    **Source**: Kurz, "On the inverse power index problem", Optimization 61 (2012), 989-1011; for the fixed point Leech,
    "Designing the voting system for the Council of the European Union", Public Choice 113 (2002), 437-464.

    Example:
        >>> found = inverse([0.4, 0.3, 0.2, 0.1])
        >>> found.weights, found.quota, found.exact, round(found.distance, 3)
        ((3, 2, 2, 1), 5, True, 0.133)
    """
    known(index)
    wanted = np.asarray(target, dtype=np.float64)
    if wanted.ndim != 1 or not len(wanted) or not np.isfinite(wanted).all() or wanted.min() < 0 or not wanted.sum():
        raise ValueError("A target is one share of zero or more a member, and not nought for all.")
    wanted = wanted / wanted.sum()
    order = np.argsort(-wanted, kind="stable")
    ranked = wanted[order]
    if len(wanted) <= MOST:
        weights, quota = _best(ranked, index)
    else:
        tried = _Tried(ranked, index, max(budget, 1), progress)
        weights, quota = _search(tried, _begun(starts, len(wanted)))
    placed = [0] * len(wanted)
    for weight, place in zip(weights, order.tolist(), strict=True):
        placed[place] = weight
    power = power_of(placed, quota, index)
    return Design(tuple(placed), quota, power, float(np.abs(power - wanted).sum()), len(wanted) <= MOST)


@dataclass(frozen=True)
class _Games:
    """All proper games in which earlier members are at least as strong: games x coalitions, and games x members."""

    wins: NDArray[np.bool_]
    banzhaf: Floats
    shapley_shubik: Floats


def _members(count: int) -> NDArray[np.int64]:
    """Who is in which coalition: coalitions x members; the first member is the highest digit."""
    return np.arange(2**count)[:, None] >> np.arange(count - 1, -1, -1) & 1


@lru_cache(maxsize=MOST)
def _games(count: int) -> _Games:
    inside = _members(count)
    prefix = inside.cumsum(axis=1)
    covers = [np.flatnonzero((prefix[:place] <= prefix[place]).all(axis=1)) for place in range(2**count)]
    wins = np.zeros((1, 2**count), dtype=np.bool_)
    for place in range(1, 2**count):
        forced = wins[:, covers[place]].any(axis=1)
        wins[forced, place] = True
        free = wins[~forced].copy()
        free[:, place] = True
        wins = np.concatenate((wins, free))
    wins = wins[wins[:, -1] & ~(wins & wins[:, ::-1]).any(axis=1)]
    sizes = inside.sum(axis=1)
    swing = [1.0] * 2**count
    joining = [
        factorial(size - 1) * factorial(count - size) / factorial(count) if size else 0.0 for size in sizes.tolist()
    ]
    leaving = [
        factorial(size) * factorial(count - size - 1) / factorial(count) if size < count else 0.0
        for size in sizes.tolist()
    ]
    swings = _swung(wins, inside, swing, swing)
    return _Games(wins, swings / swings.sum(axis=1, keepdims=True), _swung(wins, inside, joining, leaving))


def _swung(
    wins: NDArray[np.bool_], inside: NDArray[np.int64], joining: Sequence[float], leaving: Sequence[float]
) -> Floats:
    """Winning coalitions with a member less those without it, each counted with its factor."""
    factors = inside * np.array(joining)[:, None] - (1 - inside) * np.array(leaving)[:, None]
    return wins.astype(np.float64) @ factors


def _best(ranked: Floats, index: Index) -> Vote:
    """The nearest game that weights can express: the nearest of all, else the next one."""
    games = _games(len(ranked))
    power = games.banzhaf if index == "banzhaf" else games.shapley_shubik
    distance = np.abs(power - ranked).sum(axis=1).round(12)
    for number in np.lexsort((-games.wins.sum(axis=1), distance)).tolist():
        found = representation(games.wins[number])
        if found is not None:
            return found
    raise ValueError("No weighted game was found.")  # never: one member deciding alone is one


def representation(wins: NDArray[np.bool_]) -> Vote | None:
    """The smallest whole weights and quota under which exactly these coalitions win; None where there are none.

    Args:
        wins: one truth a coalition, in the order of binary numbers whose highest digit is the first, strongest member.

    Example:
        >>> representation(np.array([False, False, False, False, False, True, True, True]))
        ((2, 1, 1), 3)
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    count = len(wins).bit_length() - 1
    inside = _members(count)
    rows = np.hstack((inside, -np.ones((2**count, 1))))
    rows[~wins] *= -1
    bounds = np.where(wins, 0.0, 1.0)
    ordered = np.eye(count, count + 1) - np.eye(count, count + 1, k=1)
    constraints = [LinearConstraint(rows, bounds, np.inf), LinearConstraint(ordered[:-1], 0, np.inf)]
    cost = np.append(np.ones(count), 0.0)
    found = milp(
        cost, constraints=constraints, integrality=np.ones(count + 1, dtype=np.int64), bounds=Bounds(0, np.inf)
    )
    if found.x is None:
        return None
    weights, quota = tuple(round(value) for value in found.x[:-1].tolist()), round(float(found.x[-1]))
    held = inside @ np.array(weights) >= quota
    return (weights, quota) if (held == wins).all() else None


def _begun(starts: Floats | None, members: int) -> Floats:
    begun = np.zeros((0, members)) if starts is None else np.atleast_2d(np.asarray(starts, dtype=np.float64))
    if begun.shape[1] != members or (begun.size and (begun.min() < 0 or begun.max() > 1)):
        raise ValueError(f"The starts are numbers from 0 to 1, one for each of the {members} members.")
    return begun


class _Tried:
    """Games tried so far, each at most once, within a budget; the nearest is kept."""

    def __init__(self, ranked: Floats, index: Index, budget: int, progress: Progress | None) -> None:
        self.ranked, self.budget, self.progress = ranked, budget, progress
        self.index: Index = index
        self.found: dict[Vote, tuple[float, Floats]] = {}

    @property
    def spent(self) -> bool:
        return len(self.found) >= self.budget

    def distance(self, vote: Vote) -> tuple[float, Floats]:
        if vote not in self.found:
            weights, quota = vote
            if self.index == "banzhaf":
                power = banzhaf(prepared(weights, quota)).values
            else:
                power = power_of(weights, quota, self.index)
            self.found[vote] = float(np.abs(power - self.ranked).sum().round(12)), power
            if self.progress is not None:
                self.progress(len(self.found), self.budget, "games tried")
        return self.found[vote]

    def nearest(self) -> Vote:
        return min(self.found, key=lambda vote: (self.found[vote][0], vote[1], vote[0]))


def _search(tried: _Tried, starts: Floats) -> Vote:
    ranked = tried.ranked
    units = max(100, 10 * len(ranked))
    root = float((1 + np.sqrt((ranked * ranked).sum())) / 2)
    for share in (root, *QUOTAS):
        _fixed_point(tried, ranked, share=share, units=units)
    for start in starts:
        _fixed_point(tried, ranked * (0.5 + start), share=root, units=units)
    _climb(tried)
    return tried.nearest()


def _whole(shares: Floats, units: int) -> tuple[int, ...]:
    return tuple(round(value) for value in (shares / shares.sum() * units).tolist())


def _fixed_point(tried: _Tried, shares: Floats, *, share: float, units: int, rounds: int = 12) -> None:
    """Weights are raised where power lacks, lowered where there is too much of it."""
    for _ in range(rounds):
        weights = _whole(shares, units)
        total = sum(weights)
        quota = min(max(int(np.ceil(share * total - 1e-9)), total // 2 + 1), total)
        if tried.spent or (weights, quota) in tried.found:
            return
        power = tried.distance((weights, quota))[1]
        wanted = tried.ranked
        factor = np.divide(wanted, power, out=np.full(len(power), 2.0), where=power > 0)
        shares = shares * np.clip(factor, 0.5, 2.0)


def _climb(tried: _Tried) -> None:
    """One unit at a time, as long as the power comes nearer."""
    here = tried.nearest()
    better = True
    while better and not tried.spent:
        better = False
        for vote in _neighbours(here):
            if tried.spent:
                break
            if tried.distance(vote)[0] < tried.distance(here)[0]:
                here, better = vote, True
                break


def _neighbours(vote: Vote) -> Iterator[Vote]:
    weights, quota = vote
    total = sum(weights)
    yield from ((weights, other) for other in (quota - 1, quota + 1) if total < 2 * other <= 2 * total)
    for place, weight in enumerate(weights):
        for changed in (weight + 1, weight - 1):
            others = (*weights[:place], changed, *weights[place + 1 :])
            whole = total + changed - weight
            if changed >= 0 and whole < 2 * quota <= 2 * whole:
                yield others, quota
