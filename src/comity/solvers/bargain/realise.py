"""Which exchanges of positions are made when each can be made once, and where they leave the outcomes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.solvers.bargain.compromise import compromise_mean
from comity.solvers.bargain.exchange import Exchange, exchanges


@dataclass(frozen=True)
class Realised:
    """What exchanges lead to when the most profitable are made first.

    Attributes:
        made: the exchanges made, round by round.
        positions: ``members x issues``; afterwards.
        outcomes: issues; afterwards.
        effects: members; what all exchanges together bring each, in points times salience, measured by the positions
            it started with; negative for who loses.
    """

    made: tuple[tuple[Exchange, ...], ...]
    positions: NDArray[np.float64]
    outcomes: NDArray[np.float64]
    effects: NDArray[np.float64]


def realise(positions: ArrayLike, power: ArrayLike, salience: ArrayLike, *, rounds: int = 1) -> Realised:
    """Make the exchanges, the most profitable first; in a round a member enters one exchange an issue at most.

    Together they may hurt even those who exchange: what others trade moves the same outcomes.

    Args:
        positions: ``members x issues``.
        power: members, or ``members x issues``.
        salience: ``members x issues``.
        rounds: how often this is repeated from the positions reached; it ends when there is nothing left to exchange.

    Raises:
        ValueError: where shapes do not fit, or nobody has power and salience on an issue.

    **Source**: Stokman and Van Oosten (1994), "The Exchange of Voting Positions", in Bueno de Mesquita and Stokman,
    *European Community Decision Making*, chapter 5.

    Example:
        >>> realise([[0, 0], [100, 100]], [1, 1], [[0.9, 0.1], [0.1, 0.9]]).outcomes.round(6).tolist()
        [0.0, 100.0]
    """
    start = np.array(positions, dtype=np.float64)
    where = start.copy()
    made: list[tuple[Exchange, ...]] = []
    for _ in range(rounds):
        chosen = compatible(exchanges(where, power, salience), where.shape)
        if not chosen:
            break
        made.append(chosen)
        for each in chosen:
            where[each.giver, each.given] += each.moves[0]
            where[each.taker, each.taken] += each.moves[1]
    before, after = compromise_mean(start, power, salience), compromise_mean(where, power, salience)
    change = np.abs(start - before) - np.abs(start - after)
    return Realised(tuple(made), where, after, (np.asarray(salience, dtype=np.float64) * change).sum(axis=1))


def compatible(offered: list[Exchange], shape: tuple[int, ...]) -> tuple[Exchange, ...]:
    """In the order given, the exchanges of which neither member has used either issue.

    Args:
        offered: exchanges, the most profitable first.
        shape: how many members, how many issues.
    """
    used = np.zeros(shape, dtype=np.bool_)
    chosen: list[Exchange] = []
    for each in offered:
        cells = np.ix_([each.giver, each.taker], [each.given, each.taken])
        if not used[cells].any():
            used[cells] = True
            chosen.append(each)
    return tuple(chosen)
