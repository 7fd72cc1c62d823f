"""Exchange of positions: two members each give way on the issue that matters less to them, for the other's support.

The outcome of an issue is the mean of the positions weighted by power times salience. Members on opposite sides of the
outcome on two issues, who weigh the issues differently, can both gain when each moves towards the other on one of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.solvers.bargain.compromise import compromise_mean

NONE = 1e-9
"""Gains below this, relative to the length of the scale, are none."""


@dataclass(frozen=True)
class Exchanges:
    """All bilateral exchanges from which both members gain, the most profitable first.

    Attributes:
        members: ``exchanges x 2``; the numbers of the two.
        issues: ``exchanges x 2``; the issue on which the first member gives way, and that on which the second does.
        moves: ``exchanges x 2``; by how much, signed, the first and the second member change their position there.
        shifts: ``exchanges x 2``; by how much, signed, the outcomes of these two issues move.
        rates: how far the outcome of the second issue moves for one point of the first.
        gains: what each of the two gains: the same for both, in points weighted by salience.
        externalities: ``exchanges x members``; what the exchange does to everyone, the two included.
        outcomes: issues; the outcomes before any exchange.
    """

    members: NDArray[np.intp]
    issues: NDArray[np.intp]
    moves: NDArray[np.float64]
    shifts: NDArray[np.float64]
    rates: NDArray[np.float64]
    gains: NDArray[np.float64]
    externalities: NDArray[np.float64]
    outcomes: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.gains)


def exchanges(positions: ArrayLike, power: ArrayLike, salience: ArrayLike) -> Exchanges:
    """All exchanges of positions between two members over two issues from which both gain the same.

    The rate at which outcomes are traded makes the gains equal: ``(s_ib + s_jb) / (s_ia + s_ja)`` points on issue a
    for one on issue b, which i gives. One of the two moves all the way to the other's position, and no further; nor is
    an outcome moved past the position of the member who gains by it. Third members gain or lose as outcomes move.

    Args:
        positions: ``members x issues``; NaN where a member has none.
        power: members, or ``members x issues``.
        salience: ``members x issues``.

    Raises:
        ValueError: where shapes do not fit or weights are negative.

    **Source**: Stokman and Van Oosten (1994), "The Exchange of Voting Positions", in Bueno de Mesquita and Stokman,
    *European Community Decision Making*, chapter 5; equal gains and externalities: Van Assen, Stokman and Van Oosten
    (2003), "Conflict Measures in Cooperative Exchange Models of Collective Decision-making", *Rationality and Society*
    15.

    Example:
        >>> found = exchanges([[0, 0], [100, 100]], 1, [[0.9, 0.1], [0.1, 0.9]])
        >>> len(found), found.members[0].tolist(), found.moves[0].tolist()
        (1, [1, 0], [-100.0, 100.0])
    """
    where, matter, weight = _table(positions, power, salience)
    members, issues = where.shape
    outcomes = compromise_mean(where, weight, 1)
    total = weight.sum(axis=0)
    offset = where - outcomes
    found = [
        _between(_Pair((a, b), offset, matter, weight, total), where)
        for a in range(issues)
        for b in range(a + 1, issues)
    ]
    who = np.concatenate([np.zeros((0, 4), dtype=np.intp), *(each[0] for each in found)])
    much = np.concatenate([np.zeros((0, 6)), *(each[1] for each in found)])
    members_of, issues_of = who[:, :2], who[:, 2:]
    moves, shifts, rates, gains = much[:, :2], much[:, 2:4], much[:, 4], much[:, 5]
    order = np.lexsort((issues_of[:, 1], issues_of[:, 0], members_of[:, 1], members_of[:, 0], -gains.round(9)))
    members_of, issues_of, moves, shifts = members_of[order], issues_of[order], moves[order], shifts[order]
    felt = np.zeros((len(order), members))
    for side in range(2):
        issue = issues_of[:, side]
        apart = offset.T[issue]
        change = np.abs(apart) - np.abs(apart - shifts[:, side, None])
        felt += np.where(np.isnan(change), 0.0, matter.T[issue] * change)
    return Exchanges(members_of, issues_of, moves, shifts, rates[order], gains[order], felt, outcomes)


@dataclass(frozen=True)
class _Pair:
    """Two issues: the first member gives way on the first of them, the second on the second."""

    issues: tuple[int, int]
    offset: NDArray[np.float64]
    matter: NDArray[np.float64]
    weight: NDArray[np.float64]
    total: NDArray[np.float64]


def _between(pair: _Pair, where: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The exchanges over two issues, for all pairs of members at once (rows give on the first issue).

    Returns:
        The two members and the two issues; and moves (two), shifts (two), rate and gain.
    """
    gives, gets = pair.issues
    given, got = pair.offset[:, gives], pair.offset[:, gets]
    s_given, s_got = pair.matter[:, gives], pair.matter[:, gets]
    opposed = (given[:, None] * given[None, :] < 0) & (got[:, None] * got[None, :] < 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = (s_given[:, None] + s_given[None, :]) / (s_got[:, None] + s_got[None, :])
        gain = s_got[:, None] * rate - s_given[:, None]  # of the first, for one point of the first issue's outcome
        first = _furthest(pair, where, gives)  # as row moves to column
        second = _furthest(pair, where, gets).T  # as column moves to row
        shift = np.fmin(first, second / rate)
    profit = gain * shift
    able = opposed & (gain > 0) & (rate > 0) & (profit > NONE * np.nanmax(np.abs(pair.offset), initial=0.0))
    one, two = np.nonzero(able)
    out, back = shift[able], (shift * rate)[able]
    toward = np.sign(given[two]), np.sign(got[one])
    shifts = np.stack([out * toward[0], back * toward[1]], axis=1)
    pull = np.stack([pair.weight[one, gives] / pair.total[gives], pair.weight[two, gets] / pair.total[gets]], axis=1)
    issues = np.broadcast_to(np.array(pair.issues, dtype=np.intp), shifts.shape)
    who = np.concatenate([np.stack([one, two], axis=1), issues], axis=1)
    return who, np.column_stack([shifts / pull, shifts, rate[able], profit[able]])


def _furthest(pair: _Pair, where: NDArray[np.float64], issue: int) -> NDArray[np.float64]:
    """How far the outcome can move as the row's member goes to the column's position, but not past that position."""
    distance = np.abs(where[:, None, issue] - where[None, :, issue])
    moved = distance * pair.weight[:, None, issue] / pair.total[issue]
    return np.minimum(moved, np.abs(pair.offset[None, :, issue]))


def _table(
    positions: ArrayLike, power: ArrayLike, salience: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Positions, saliences and weights, ``members x issues``; no weight where there is no position."""
    where = np.asarray(positions, dtype=np.float64)
    if where.ndim != 2:
        raise ValueError("An exchange needs positions of members on issues: members x issues.")
    strength = np.asarray(power, dtype=np.float64)
    strength = strength[:, None] if strength.ndim == 1 else strength
    matter = np.broadcast_to(np.asarray(salience, dtype=np.float64), where.shape)
    known = ~np.isnan(where)
    if not (matter[known] >= 0).all() or not (np.broadcast_to(strength, where.shape)[known] >= 0).all():
        raise ValueError("Power and salience of a member with a position must be numbers of nought or more.")
    matter = np.where(known, matter, 0.0)
    return where, matter, np.where(known, strength * matter, 0.0)


@dataclass(frozen=True)
class Realised:
    """What exchanges lead to when the most profitable are made first.

    Attributes:
        made: the numbers of the exchanges made, in the order of the list, over all rounds that start from it.
        positions: ``members x issues``; afterwards.
        outcomes: issues; afterwards.
        gains: members; what all exchanges together bring each, in points weighted by salience; negative for who loses.
        rounds: how many rounds were held.
    """

    made: tuple[int, ...]
    positions: NDArray[np.float64]
    outcomes: NDArray[np.float64]
    gains: NDArray[np.float64]
    rounds: int


def realise(positions: ArrayLike, power: ArrayLike, salience: ArrayLike, *, rounds: int = 1) -> Realised:
    """Make the exchanges, the most profitable first; in a round a member enters one exchange an issue at most.

    Args:
        positions: ``members x issues``; NaN where a member has none.
        power: members, or ``members x issues``.
        salience: ``members x issues``.
        rounds: how often this is repeated from the positions reached; it ends when there is nothing to exchange.

    Returns:
        What it leads to; ``made`` numbers the exchanges of the first round, as :func:`exchanges` lists them.

    Raises:
        ValueError: where shapes do not fit or weights are negative.

    **Source**: Stokman and Van Oosten (1994), as for :func:`exchanges`.

    Example:
        >>> realise([[0, 0], [100, 100]], 1, [[0.9, 0.1], [0.1, 0.9]]).outcomes.round(6).tolist()
        [0.0, 100.0]
    """
    where, matter, weight = _table(positions, power, salience)
    where = where.copy()
    start = compromise_mean(where, weight, 1)
    ideal = where.copy()
    made: tuple[int, ...] = ()
    held = 0
    for number in range(rounds):
        offered = exchanges(where, np.where(matter > 0, weight / np.where(matter > 0, matter, 1.0), 0.0), matter)
        if not len(offered):
            break
        held += 1
        chosen = _compatible(offered, where.shape)
        made = chosen if number == 0 else made
        for each in chosen:
            for side in range(2):
                where[offered.members[each, side], offered.issues[each, side]] += offered.moves[each, side]
    after = compromise_mean(where, weight, 1)
    change = np.abs(ideal - start) - np.abs(ideal - after)
    return Realised(made, where, after, np.where(np.isnan(change), 0.0, matter * change).sum(axis=1), held)


def _compatible(offered: Exchanges, shape: tuple[int, int]) -> tuple[int, ...]:
    """In order of profit, the exchanges of which neither member has used either issue."""
    used = np.zeros(shape, dtype=np.bool_)
    chosen: list[int] = []
    for number in range(len(offered)):
        cells = np.ix_(offered.members[number], offered.issues[number])
        if not used[cells].any():
            used[cells] = True
            chosen.append(number)
    return tuple(chosen)
