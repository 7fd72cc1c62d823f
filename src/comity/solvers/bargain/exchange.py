"""Exchange of positions between two members over two issues: each gives way where it cares less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
TINY = 1e-12


@dataclass(frozen=True)
class Exchange:
    """A trade: ``giver`` moves on issue ``given`` towards ``taker``, which moves on issue ``taken`` towards it.

    Every trade is written once, with the issue of the lower number as the one given.

    Attributes:
        giver: a member, by its place.
        taker: the other member.
        given: the issue on which the giver moves.
        taken: the issue on which the taker moves.
        rate: how far the outcome of ``taken`` moves for a unit of the outcome of ``given``.
        moves: how far the giver and the taker move, signed.
        shifts: how far the outcomes of ``given`` and of ``taken`` move, signed.
        gain: what each of the two gains, in points times salience.
        effects: members; what everyone gains or, below nought, loses by it. The third parties' are the externalities.
    """

    giver: int
    taker: int
    given: int
    taken: int
    rate: float
    moves: tuple[float, float]
    shifts: tuple[float, float]
    gain: float
    effects: Floats


@dataclass(frozen=True)
class Terms:
    """The terms of every trade over two issues, ``draws x givers x takers``: the giver moves on the first issue.

    ``gain`` is nought where there is no trade that both profit from.
    """

    gain: Floats
    shifts: tuple[Floats, Floats]
    moves: tuple[Floats, Floats]
    rate: Floats
    outcomes: tuple[Floats, Floats]


def terms(position: ArrayLike, weight: ArrayLike, salience: ArrayLike, *, among: Sequence[int] | None = None) -> Terms:
    """Equal-gain terms of every trade over two issues.

    The outcome of an issue is the mean of the positions, weighted by power times salience. Two members trade that
    stand on opposite sides of both outcomes. Nobody moves beyond the other's position, and no outcome is moved beyond
    the position of the one in whose favour it moves; within that the trade is as large as it can be, and both gain
    the same.

    Args:
        position: draws x members x 2.
        weight: draws x members x 2; power times salience.
        salience: draws x members x 2.
        among: the members that trade, by place, which number the givers and takers; all where absent.

    Raises:
        ValueError: where the three have not the same shape, or an issue has no weight at all.

    **Source**: Stokman and Van Oosten (1994), "The exchange of voting positions", in Bueno de Mesquita and Stokman
    (eds), *European Community Decision Making*, pp. 105-127.
    """
    at, heavy, cares = (np.asarray(each, dtype=np.float64) for each in (position, weight, salience))
    if not (at.ndim == 3 and at.shape[2] == 2 and at.shape == heavy.shape == cares.shape):
        shapes = f"{at.shape}, {heavy.shape} and {cares.shape}"
        raise ValueError(f"Give positions, weights and saliences as draws x members x 2 issues; got {shapes}.")
    total = heavy.sum(axis=1)
    if not (total > 0).all():
        raise ValueError("An issue on which nobody has power and salience has no outcome.")
    outcome = (at * heavy).sum(axis=1) / total
    if among is not None:
        at, heavy, cares = (each[:, list(among)] for each in (at, heavy, cares))
    first, second = at[:, :, 0], at[:, :, 1]
    away = at - outcome[:, None, :]
    opposed = (away[:, :, None, :] * away[:, None, :, :] < 0).all(axis=3)
    cares_given, cares_taken = (cares[:, :, None, k] + cares[:, None, :, k] for k in (0, 1))
    prefers = cares[:, :, None, 1] * cares[:, None, :, 0] - cares[:, :, None, 0] * cares[:, None, :, 1]
    moved = heavy / total[:, None, :]
    largest_given = np.minimum(
        moved[:, :, None, 0] * np.abs(first[:, :, None] - first[:, None, :]), np.abs(away[:, None, :, 0])
    )
    largest_taken = np.minimum(
        moved[:, None, :, 1] * np.abs(second[:, :, None] - second[:, None, :]), np.abs(away[:, :, None, 1])
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(cares_taken > 0, cares_given / cares_taken, np.nan)
        size = np.fmin(largest_given, largest_taken / rate)
        gain = prefers / cares_taken * size
        trades = opposed & (prefers > TINY) & (gain > TINY)
        size = np.where(trades, size, 0.0)
        shift_given = size * np.sign(first[:, None, :] - first[:, :, None])
        shift_taken = np.where(trades, size * rate, 0.0) * np.sign(second[:, :, None] - second[:, None, :])
        move_given = np.where(trades, shift_given / moved[:, :, None, 0], 0.0)
        move_taken = np.where(trades, shift_taken / moved[:, None, :, 1], 0.0)
    return Terms(
        np.where(trades, gain, 0.0),
        (shift_given, shift_taken),
        (move_given, move_taken),
        rate,
        (outcome[:, 0], outcome[:, 1]),
    )


def exchanges(
    positions: ArrayLike, power: ArrayLike, salience: ArrayLike, *, among: Sequence[int] | None = None
) -> list[Exchange]:
    """All trades of two members over two issues from which both gain, the most profitable first.

    Args:
        positions: members x issues.
        power: members, or members x issues.
        salience: members x issues; a member without salience on an issue takes no part in it.
        among: the members that trade, by place; all where absent.

    Raises:
        ValueError: for shapes that do not fit, or an issue on which nobody has power and salience.

    **Source**: Stokman and Van Oosten (1994).

    Example:
        >>> found = exchanges([[100, 25], [0, 100]], [1, 0.9], [[0.95, 0.6], [0.95, 0.9]])
        >>> [(each.giver, each.taker, each.given, each.taken, round(each.rate, 4)) for each in found]
        [(1, 0, 0, 1, 1.2667)]
    """
    at, cares = np.asarray(positions, dtype=np.float64), np.asarray(salience, dtype=np.float64)
    might = np.asarray(power, dtype=np.float64)
    if at.ndim != 2 or at.shape != cares.shape:
        raise ValueError(f"Give positions and saliences as members x issues; got {at.shape} and {cares.shape}.")
    weight = (might[:, None] if might.ndim == 1 else might) * cares
    found: list[Exchange] = []
    for given in range(at.shape[1]):
        for taken in range(given + 1, at.shape[1]):
            pair = [given, taken]
            offered = terms(at[None, :, pair], weight[None, :, pair], cares[None, :, pair], among=among)
            for giver, taker in np.argwhere(offered.gain[0] > 0):
                found.append(
                    _written(offered, at, cares, places=(int(giver), int(taker)), issues=(given, taken), among=among)
                )
    return sorted(found, key=lambda each: (-each.gain, each.giver, each.taker, each.given, each.taken))


def _written(
    offered: Terms,
    at: Floats,
    cares: Floats,
    *,
    places: tuple[int, int],
    issues: tuple[int, int],
    among: Sequence[int] | None,
) -> Exchange:
    shifts = tuple(float(each[0, *places]) for each in offered.shifts)
    moves = tuple(float(each[0, *places]) for each in offered.moves)
    effects = np.zeros(len(at))
    for issue, outcome, shift in zip(issues, offered.outcomes, shifts, strict=True):
        before, after = float(outcome[0]), float(outcome[0]) + shift
        effects += cares[:, issue] * (np.abs(at[:, issue] - before) - np.abs(at[:, issue] - after))
    giver, taker = places if among is None else (among[places[0]], among[places[1]])
    rate, gain = float(offered.rate[0, *places]), float(offered.gain[0, *places])
    return Exchange(giver, taker, *issues, rate, (moves[0], moves[1]), (shifts[0], shifts[1]), gain, effects)
