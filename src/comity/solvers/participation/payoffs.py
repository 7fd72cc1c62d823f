"""What each member gets in every coalition: the payoffs from which stability follows.

A coalition is a bit mask: member ``i`` belongs to coalition ``S`` where bit ``i`` of ``S`` is set. Payoffs come one
member at a time, as a column over all ``2**n`` coalitions, so that twenty members need megabytes and not gigabytes.
Where every number given is an integer or a fraction, columns are exact: they hold whole numbers (int64) of a common
unit, ``1 / scale``, and the largest sum that can occur is proved to fit. Otherwise they hold floats, and two payoffs
that differ by less than :data:`SLACK` of the largest sum from which they come count as equal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

MOST = 20
"""The most members whose coalitions are all looked at: 1,048,576 coalitions."""
SLACK = 1e-9
"""Floats that differ by less than this share of the largest payoff count as equal."""
ROOM = 2**62
"""No sum of whole numbers may exceed this."""
Number: TypeAlias = int | float | Fraction
Column: TypeAlias = NDArray[Any]
"""One number a coalition: whole numbers where exact, else floats."""
Numbers: TypeAlias = Sequence[Number] | NDArray[np.float64]
Matrix: TypeAlias = Sequence[Numbers] | NDArray[np.float64]


@dataclass(frozen=True)
class Payoffs:
    """What each member gets in every coalition, one member at a time.

    Attributes:
        members: how many there are.
        column: the payoffs of one member in all ``2**members`` coalitions.
        scale: how many units of a column make one, where columns are exact; None where they are floats.
        standing: coalitions; where a coalition does something at all, so that there is something to stay out of.
        slack: one a member; payoffs that differ by no more count as equal. Nought where they are exact.
    """

    members: int
    column: Callable[[int], Column]
    scale: int | None
    standing: NDArray[np.bool_]
    slack: tuple[float, ...]

    def value(self, number: float) -> Fraction | float:
        """A number of a column in its own unit."""
        return float(number) if self.scale is None else Fraction(int(number), self.scale)


def halves(column: NDArray[Any], member: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The coalitions without a member, and the same with it: two views of a column, in one order.

    Example:
        >>> without, joined = halves(np.arange(8), 1)
        >>> without.ravel().tolist(), joined.ravel().tolist()
        ([0, 1, 4, 5], [2, 3, 6, 7])
    """
    pairs = column.reshape(-1, 2, 1 << member)
    return pairs[:, 0], pairs[:, 1]


def over_coalitions(parts: Column) -> Column:
    """The sum of the members' parts in every coalition.

    Example:
        >>> over_coalitions(np.array([1, 10, 100])).tolist()
        [0, 1, 10, 11, 100, 101, 110, 111]
    """
    sums = np.zeros(1 << len(parts), dtype=parts.dtype)
    for member, part in enumerate(parts):
        sums[1 << member : 2 << member] = sums[: 1 << member] + part
    return sums


def sizes(members: int) -> NDArray[np.int64]:
    """How many members every coalition has."""
    return over_coalitions(np.ones(members, dtype=np.int64)).astype(np.int64)


def joined(members: int, member: int) -> NDArray[np.bool_]:
    """The coalitions to which a member belongs."""
    return (np.arange(1 << members) >> member & 1).astype(np.bool_)


def counted(members: int) -> int:
    """The number of members, where all their coalitions can be looked at.

    Raises:
        ValueError: where there are none, or too many.
    """
    if not 1 <= members <= MOST:
        raise ValueError(f"{members} members: all coalitions are looked at for 1 to {MOST} members.")
    return members


def bilateral(alone: Numbers, within: Matrix, without: Matrix, standing: NDArray[np.bool_] | None = None) -> Payoffs:
    """Payoffs that add up over the members of the coalition.

    Inside, member ``i`` gets ``alone[i]`` and ``within[i][j]`` for each member ``j`` (itself included); outside, it
    gets ``without[i][j]`` for each. A coalition that does not stand leaves everyone at nought.

    Raises:
        ValueError: for more than :data:`MOST` members, or exact numbers that do not fit into 64 bits.

    Example:
        >>> column = bilateral([-3], [[2]], [[0]]).column(0)
        >>> column.tolist()
        [0, -1]
    """
    members = counted(len(alone))
    rows = [[alone[i], *within[i], *without[i]] for i in range(members)]
    whole, scale = whole_numbers(rows)
    stands = sizes(members) > 0 if standing is None else standing

    def column(member: int) -> Column:
        row = whole[member]
        inside = over_coalitions(row[1 : members + 1]) + row[0]
        outside = over_coalitions(row[members + 1 :])
        return np.where(stands, np.where(joined(members, member), inside, outside), 0)

    slack = [0.0 if scale else SLACK * float(np.abs(row).sum()) for row in whole]
    return Payoffs(members, column, scale, stands, tuple(slack))


def whole_numbers(rows: Sequence[Sequence[Number]]) -> tuple[Column, int | None]:
    """The rows as whole numbers of a common unit with how many make one; as floats, and None, where a float is given.

    Raises:
        ValueError: where a sum over a row would not fit into 64 bits.

    Example:
        >>> rows, scale = whole_numbers([[Fraction(1, 2), 1], [Fraction(1, 3), 0]])
        >>> rows.tolist(), scale
        ([[3, 6], [2, 0]], 6)
    """
    if not all(isinstance(each, int | Fraction) for row in rows for each in row):
        return np.array([[float(each) for each in row] for row in rows], dtype=np.float64), None
    exact = [[Fraction(each) for each in row] for row in rows]
    scale = lcm(*(each.denominator for row in exact for each in row))
    whole = [[int(each * scale) for each in row] for row in exact]
    if max(sum(abs(each) for each in row) for row in whole) * len(rows) > ROOM:
        raise ValueError("These fractions have no common denominator that fits into 64 bits: give them as floats.")
    return np.array(whole, dtype=np.int64), scale


def linear_good(
    benefit: Numbers,
    cost: Numbers,
    *,
    parts: Numbers | None = None,
    excludable: Number = 0,
    needed: Number = 0,
    joint: bool = True,
) -> Payoffs:
    """A public good of which each member provides a part at a cost, and from which others may be partly shut out.

    A coalition ``S`` provides ``q(S)``, the sum of its members' parts. A member gets ``benefit q(S) - cost``, an
    outsider ``(1 - excludable) benefit q(S)``. With ``joint``, members act where they gain together, and do nothing
    where they would lose together: the exit of one may therefore end the club.

    Args:
        benefit: what the whole good is worth to each member.
        cost: what its own part costs each member.
        parts: the share of the good that each provides; its share of all costs where absent.
        excludable: the share of the benefit from which an outsider is shut out.
        needed: the share below which nothing is provided.
        joint: whether a coalition that would lose by it does nothing.

    **Source**: Barrett (1994), "Self-Enforcing International Environmental Agreements", Oxford Economic Papers 46:
    878-894, for the linear case; d'Aspremont, Jacquemin, Gabszewicz and Weymark (1983) for stability.

    Raises:
        ValueError: for more than :data:`MOST` members, or costs that sum to nought without parts.

    Example:
        >>> good = linear_good([1, 1, 1], [Fraction(3, 2)] * 3, parts=[1, 1, 1])
        >>> [str(good.value(each)) for each in good.column(0)]  # nobody, itself, another, both, ...
        ['0', '0', '0', '1/2', '0', '1/2', '2', '3/2']
    """
    members = counted(len(benefit))
    given = by_cost(cost) if parts is None else list(parts)
    within = [[worth * part for part in given] for worth in benefit]
    without = [[(1 - excludable) * each for each in row] for row in within]
    stands = sizes(members) > 0
    if needed:
        (provided,), scale = whole_numbers([[*given, needed]])
        share = over_coalitions(provided[:-1])
        stands &= share >= provided[-1] - (0.0 if scale else SLACK)
    if joint:
        stands &= _gains_together(within, cost)
    return bilateral([-each for each in cost], within, without, stands)


def by_cost(cost: Numbers) -> list[Number]:
    """Each member's share of all costs."""
    total = sum(cost)
    if total <= 0:
        raise ValueError("All costs together are nought: say what part of the good each member provides.")
    exact = isinstance(total, int | Fraction)
    return [Fraction(each) / Fraction(total) if exact else float(each) / float(total) for each in cost]


def _gains_together(within: Sequence[Sequence[Number]], cost: Numbers) -> NDArray[np.bool_]:
    """Coalitions whose members together lose nothing by acting."""
    members = len(cost)
    whole, scale = whole_numbers([[*within[i], cost[i]] for i in range(members)])
    together: Column = np.zeros(1 << members, dtype=whole.dtype)
    for i in range(members):
        _, mine = halves(together, i)
        mine += halves(over_coalitions(whole[i, :-1]) - whole[i, -1], i)[1]
    return together >= (0.0 if scale else -SLACK * float(np.abs(whole).sum()))


def quadratic_good(benefit: Numbers, cost: Numbers) -> Payoffs:
    """A public good at rising cost: each provides ``q`` at ``cost q**2 / 2`` and gets ``benefit`` for every unit of it.

    Members provide what is best for the coalition (``q = B(S) / cost`` with the sum ``B`` of the members' benefits),
    outsiders what is best for themselves (``q = benefit / cost``). Whether the coalition moves first or at the same
    time makes no difference, because benefits are linear.

    **Source**: Carraro and Siniscalco (1993), "Strategies for the International Protection of the Environment",
    Journal of Public Economics 52: 309-328; Barrett (1994), Oxford Economic Papers 46: 878-894.

    Raises:
        ValueError: for more than :data:`MOST` members, costs that are not above nought, or exact numbers that do not
            fit into 64 bits.

    Example:
        >>> column = quadratic_good([1, 1], [1, 1]).column(0)  # two alone: 2 - 1/2; together 2 each at a cost of 2
        >>> column.tolist()
        [3, 3, 3, 4]
    """
    members = counted(len(benefit))
    if any(each <= 0 for each in cost):
        raise ValueError("A cost is not above nought: every unit must cost something.")
    (worth,), first = whole_numbers([list(benefit)])
    exact = all(isinstance(each, int | Fraction) for each in cost)
    (yields,), second = whole_numbers([[Fraction(1) / Fraction(each) if exact else 1 / each for each in cost]])
    if first is None or second is None:
        worth, yields, scale = worth / (first or 1), yields / (second or 1), None
    else:
        scale = 2 * first**2 * second
        if 4 * sum(map(int, worth)) ** 2 * sum(map(int, yields)) > ROOM:
            raise ValueError("These fractions have no common denominator that fits into 64 bits: give them as floats.")
    joint = over_coalitions(worth)
    provided = over_coalitions(yields) * joint + ((worth * yields).sum() - over_coalitions(worth * yields))
    half = 1 if scale else 0.5

    def column(member: int) -> Column:
        own = np.where(joined(members, member), joint, worth[member])
        return (2 * half) * (worth[member] * provided) - half * (yields[member] * own * own)

    slack = 0.0 if scale else SLACK * float(np.abs(worth).sum() ** 2 * yields.sum())
    return Payoffs(members, column, scale, sizes(members) > 1, (slack,) * members)


def table(payoffs: Callable[[NDArray[np.int64]], Column], members: int, block: int = 1 << 16) -> Payoffs:
    """Any payoffs, given as a function from coalitions (bit masks) to ``coalitions x members``.

    The function is asked in blocks; what is kept is ``2**members x members`` numbers.

    Raises:
        ValueError: for more than :data:`MOST` members, or payoffs of another shape.

    Example:
        >>> table(lambda masks: np.stack([masks, 2 * masks], axis=1), 2).column(1).tolist()
        [0, 2, 4, 6]
    """
    counted(members)
    every = np.arange(1 << members, dtype=np.int64)
    found = [np.asarray(payoffs(every[start : start + block])) for start in range(0, len(every), block)]
    whole = np.concatenate(found)
    if whole.shape != (1 << members, members):
        raise ValueError(f"Payoffs of {members} members in {1 << members} coalitions, not {whole.shape}.")
    scale = 1 if np.issubdtype(whole.dtype, np.integer) else None
    kept = np.ascontiguousarray(whole.T)
    slack = [0.0 if scale else SLACK * float(np.abs(each).max()) for each in kept]
    return Payoffs(members, lambda member: kept[member], scale, sizes(members) > 0, tuple(slack))
