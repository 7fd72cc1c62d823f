"""Side payments: whether what a club gains can pay everyone to stay, and how the gain may be shared."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import factorial

import numpy as np
from numpy.typing import NDArray

from comity.solvers.participation.payoffs import SLACK, Column, Payoffs, halves, over_coalitions, sizes
from comity.solvers.participation.stable import belonging

ROUNDS = 200
"""The most rounds of adding coalitions in search of the least core."""


@dataclass(frozen=True)
class Potential:
    """Which coalitions could be held by transfers among their members.

    Attributes:
        surplus: coalitions; what members get together less what each would get by leaving, in the unit of the payoffs.
        internal: coalitions; where that is nought or more, so that transfers can make everyone stay.
        external: coalitions; where no coalition with one more member could be held so.
    """

    surplus: Column
    internal: NDArray[np.bool_]
    external: NDArray[np.bool_]

    @property
    def stable(self) -> NDArray[np.bool_]:
        """Coalitions that transfers hold, and that cannot grow by one."""
        return self.internal & self.external


def potential(payoffs: Payoffs) -> Potential:
    """Potential internal and external stability of every coalition.

    **Source**: Carraro, Eyckmans and Finus (2006), "Optimal transfers and participation decisions in international
    environmental agreements", Review of International Organizations 1: 379-396; Eyckmans and Finus (2004) for the
    sharing that gives each its outside option and a part of the surplus.

    Example:
        >>> from comity.solvers.participation.payoffs import quadratic_good
        >>> found = potential(quadratic_good([1, 1, 4], [1, 1, 1]))
        >>> found.surplus.tolist()[0b011], bool(found.internal[0b111])
        (2, True)
    """
    surplus = np.zeros(1 << payoffs.members, dtype=np.float64 if payoffs.scale is None else np.int64)
    slack = 0.0
    for member in range(payoffs.members):
        column = payoffs.column(member)
        slack += payoffs.slack[member]
        without, joined = halves(column, member)
        _, mine = halves(surplus, member)
        mine += joined - without
    internal = surplus >= -slack
    external = np.ones(1 << payoffs.members, dtype=np.bool_)
    for member in range(payoffs.members):
        stays_out, _ = halves(external, member)
        stays_out &= ~halves(internal, member)[1]
    return Potential(surplus, internal, external)


def settled(payoffs: Payoffs, coalition: int) -> dict[int, Fraction | float] | None:
    """What each member of a club receives (below nought: pays) so that all gain alike by staying; None where it cannot.

    Each gets what it would get outside and an equal part of the surplus. The sum is nought.

    Example:
        >>> from comity.solvers.participation.payoffs import linear_good
        >>> good = linear_good([4, 1], [2, 2], parts=[1, 1], joint=False)
        >>> {member: str(each) for member, each in settled(good, 0b11).items()}
        {0: '-3/2', 1: '3/2'}
    """
    inside = belonging(coalition, payoffs.members)
    gains: dict[int, Fraction | float] = {}
    slack = 0.0
    for member in inside:
        column = payoffs.column(member)
        slack += payoffs.slack[member]
        gains[member] = payoffs.value(column[coalition]) - payoffs.value(column[coalition & ~(1 << member)])
    total = sum(gains.values())
    if not inside or total < -slack:
        return None
    return {member: total / len(inside) - gain for member, gain in gains.items()}


def shapley(worths: Column, scale: int | None = None) -> list[Fraction | float]:
    """What each adds on average over all orders of joining; exact where worths are whole numbers.

    Args:
        worths: the worth of every coalition, by bit mask.
        scale: how many units of the worths make one.

    **Source**: Shapley (1953), "A Value for n-Person Games", Contributions to the Theory of Games II.

    Example:
        >>> [str(each) for each in shapley(np.array([0, 0, 0, 1, 0, 1, 0, 1]))]
        ['2/3', '1/6', '1/6']
    """
    members = len(worths).bit_length() - 1
    size = halves(sizes(members), 0)[0]
    orders = [factorial(each) * factorial(members - each - 1) for each in range(members)]
    found: list[Fraction | float] = []
    for member in range(members):
        without, joined = halves(worths, member)
        size = halves(sizes(members), member)[0].ravel()
        added = (joined - without).ravel()
        if np.issubdtype(worths.dtype, np.integer):
            sums = [_sum(added[size == each]) for each in range(members)]
            total = sum(order * each for order, each in zip(orders, sums, strict=True))
            found.append(Fraction(total, factorial(members) * (scale or 1)))
        else:
            means = np.bincount(size, weights=added, minlength=members) / np.bincount(size, minlength=members)
            found.append(float(means.mean()))
    return found


def _sum(values: NDArray[np.int64]) -> int:
    """The sum of many large whole numbers, in two halves so that it cannot overflow."""
    return (int((values >> 32).sum()) << 32) + int((values & 0xFFFFFFFF).sum())


@dataclass(frozen=True)
class LeastCore:
    """The division at which the most that a coalition could gain by going its own way is smallest.

    Attributes:
        excess: that most; nought or less says that the core is not empty.
        shares: one such division, of which there may be many.
        pressing: a coalition, as a bit mask, that could gain so much.
    """

    excess: float
    shares: list[float]
    pressing: int


def least_core(worths: Column) -> LeastCore:
    """The least core by linear programs, adding those of each size that complain most until none complains more.

    Complaints are heard at the program's division and half way to the best one so far, which keeps it from wandering.

    **Source**: Maschler, Peleg and Shapley (1979), Mathematics of Operations Research 4: 303-338; row generation as in
    Dantzig, Fulkerson and Johnson (1954).

    Raises:
        ValueError: for a body of one, or where the program does not end.

    Example:
        >>> round(least_core(np.array([0.0, 0, 0, 6, 0, 6, 6, 6])).excess, 9)  # any two can carry off all of it
        2.0
    """
    members = len(worths).bit_length() - 1
    if members < 2:
        raise ValueError("A body of one has nobody to share with.")
    values = np.asarray(worths, dtype=np.float64)
    unit = max(float(np.abs(values).max()), 1e-300)
    values = values / unit
    of_size = [np.flatnonzero(sizes(members) == size) for size in range(1, members)]
    rows = {1 << member for member in range(members)}
    best, least, pressing = np.full(members, values[-1] / members), np.inf, 1
    for _ in range(ROUNDS):
        found, excess = _divided(values, sorted(rows), members)
        for shares in (found, (found + best) / 2):
            complaint = values - over_coalitions(shares)
            worst = [int(places[np.argmax(complaint[places])]) for places in of_size]
            most = max(worst, key=lambda place: complaint[place])
            rows |= set(worst)
            if complaint[most] < least:
                best, least, pressing = shares, float(complaint[most]), most
        if least <= excess + SLACK:
            return LeastCore(least * unit, [float(each * unit) for each in best], pressing)
    raise ValueError(f"The least core was not found within {ROUNDS} rounds.")


def _divided(values: NDArray[np.float64], rows: list[int], members: int) -> tuple[NDArray[np.float64], float]:
    from scipy.optimize import linprog

    places = np.array(rows)
    belongs = (places[:, None] >> np.arange(members) & 1).astype(np.float64)
    answer = linprog(
        np.array([0.0] * members + [1.0]),
        A_ub=np.hstack([-belongs, -np.ones((len(rows), 1))]),
        b_ub=-values[places],
        A_eq=np.array([[1.0] * members + [0.0]]),
        b_eq=np.array([values[-1]]),
        bounds=(None, None),
        method="highs",
    )
    if not answer.success or answer.x is None:
        raise ValueError(f"The least core has no solution: {answer.message}")
    return np.asarray(answer.x[:members]), float(answer.x[-1])
