"""The market for votes: which sets of votes a proposer may buy, and the expected shares that bear themselves out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Winning = Callable[[NDArray[np.bool_]], NDArray[np.bool_]]
"""From ``cases x members`` of who accepts to whether each case is adopted."""


def minimal_winning(members: int, winning: Winning) -> list[tuple[int, ...]]:
    """The coalitions that win and of which every member is needed.

    Raises:
        ValueError: where not even all members together win.

    Example:
        >>> minimal_winning(3, lambda yes: yes.sum(axis=1) >= 2)
        [(0, 1), (0, 2), (1, 2)]
    """
    every = (np.arange(2**members)[:, None] >> np.arange(members)) & 1
    wins = np.asarray(winning(every.astype(np.bool_)), dtype=np.bool_)
    if not wins[-1]:
        raise ValueError("Not even all members together can adopt anything, so there is nothing to bargain for.")
    needed = wins.copy()
    for member in range(members):
        has = every[:, member] == 1
        needed[has] &= ~wins[np.flatnonzero(has) - 2**member]
    found = [tuple(np.flatnonzero(every[case]).tolist()) for case in np.flatnonzero(needed)]
    return sorted(found, key=lambda each: (len(each), each))


def chances(recognition: ArrayLike, discount: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Chances to propose, and a discount factor a member.

    Raises:
        ValueError: where they are none.
    """
    chance = np.asarray(recognition, dtype=np.float64)
    if chance.ndim != 1 or not (chance >= 0).all() or abs(chance.sum() - 1) > 1e-9:
        raise ValueError("Recognition gives one chance of nought or more a member, and they sum to one.")
    patience = np.broadcast_to(np.asarray(discount, dtype=np.float64), chance.shape).copy()
    if not ((patience >= 0) & (patience <= 1)).all():
        raise ValueError("A discount factor lies between 0 and 1.")
    return chance, patience


def options_of(members: int, winning: Winning | Sequence[Sequence[int]]) -> list[NDArray[np.float64]]:
    """For each proposer the sets of others that it may buy, as rows of nought and one."""
    minimal = minimal_winning(members, winning) if callable(winning) else [tuple(each) for each in winning]
    if not minimal:
        raise ValueError("There is no winning coalition, so nothing can be adopted.")
    options: list[NDArray[np.float64]] = []
    for proposer in range(members):
        others = {frozenset(each) - {proposer} for each in minimal}
        least = [each for each in others if not any(smaller < each for smaller in others)]
        rows = np.zeros((len(least), members))
        for row, each in enumerate(sorted(least, key=sorted)):
            rows[row, sorted(each)] = 1
        options.append(rows)
    return options


def purchase(
    price: NDArray[np.float64], options: list[NDArray[np.float64]], heat: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Who is bought how likely, at what cost, and how purchases move together, when cheaper sets are likelier."""
    members = len(price)
    bought, cost = np.empty((members, members)), np.empty(members)
    spread = np.empty((members, members, members))
    for proposer, sets in enumerate(options):
        costs = sets @ price
        likely = np.exp(-(costs - costs.min()) / heat)
        likely /= likely.sum()
        bought[proposer] = likely @ sets
        cost[proposer] = likely @ costs
        apart = sets - bought[proposer]
        spread[proposer] = (apart * likely[:, None]).T @ apart / heat
    return bought, cost, spread


def settle(
    value: NDArray[np.float64],
    game: tuple[NDArray[np.float64], NDArray[np.float64]],
    options: list[NDArray[np.float64]],
    heat: float,
) -> NDArray[np.float64]:
    """The expected shares that bear themselves out at one noise level, by Newton's method with halved steps."""
    chance, patience = game

    def unmet(value: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        price = patience * value
        bought, cost, spread = purchase(price, options, heat)
        sold = chance @ bought
        gap = value - chance * (1 - cost) - price * sold
        cost_slope = bought - np.einsum("ijk,j->ik", spread, price)
        sold_slope = -np.einsum("i,ijk->jk", chance, spread)
        slope = chance[:, None] * cost_slope - price[:, None] * sold_slope - np.diag(sold)
        return gap, np.eye(len(value)) + slope * patience

    gap, slope = unmet(value)
    for _ in range(60):
        size = np.abs(gap).max()
        if size < 1e-15:
            break
        step = np.linalg.lstsq(slope, gap, rcond=1e-14)[0]
        length = 1.0
        while length > 1e-6:
            trial = np.clip(value - length * step, 0.0, 1.0)
            trial_gap, trial_slope = unmet(trial)
            if np.abs(trial_gap).max() < size:
                value, gap, slope = trial, trial_gap, trial_slope
                break
            length /= 2
        else:
            break
    return value
