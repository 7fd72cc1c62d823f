"""Which coalitions hold: nobody inside would rather leave, nobody outside would rather join.

All ``2**n`` coalitions are decided, one member after another: the member's payoffs with and without it are two halves
of one column, and their difference is what it gains by belonging.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from comity.solvers.participation.payoffs import SLACK, Column, Payoffs, halves, joined, sizes

Ties = Literal["either", "join", "out"]
"""What the indifferent do: stay where they are (``either``: both stabilities weak), join, or stay out."""


@dataclass(frozen=True)
class Stability:
    """Which coalitions hold.

    Attributes:
        members: how many members there are.
        internal: coalitions (bit masks); nobody inside would rather leave.
        external: coalitions; nobody outside would rather join.
    """

    members: int
    internal: NDArray[np.bool_]
    external: NDArray[np.bool_]

    @property
    def stable(self) -> NDArray[np.bool_]:
        """Coalitions that are both."""
        return self.internal & self.external

    def found(self, least: int = 0) -> list[int]:
        """The stable coalitions of at least so many members, as bit masks, the largest first."""
        places = np.flatnonzero(self.stable)
        size = sizes(self.members)[places]
        order = np.lexsort((places, -size))
        return [int(places[each]) for each in order if size[each] >= least]

    def by_size(self) -> dict[int, int]:
        """How many coalitions of each size are stable.

        Example:
            >>> from comity.solvers.participation.payoffs import quadratic_good
            >>> stability(quadratic_good([1] * 4, [1] * 4)).by_size()
            {0: 1, 2: 6, 3: 4}
        """
        counts = np.bincount(sizes(self.members)[self.stable], minlength=self.members + 1)
        return {size: int(count) for size, count in enumerate(counts) if count}


def stability(payoffs: Payoffs, ties: Ties = "either") -> Stability:
    """Decide every coalition.

    Args:
        payoffs: what each member gets in every coalition.
        ties: what the indifferent do.

    **Source**: d'Aspremont, Jacquemin, Gabszewicz and Weymark (1983), "On the Stability of Collusive Price
    Leadership", Canadian Journal of Economics 16: 17-25.

    Example:
        >>> from fractions import Fraction
        >>> from comity.solvers.participation.payoffs import linear_good
        >>> good = linear_good([1] * 4, [Fraction(5, 2)] * 4, parts=[1] * 4)
        >>> stability(good, "join").by_size()
        {3: 4}
    """
    internal = np.ones(1 << payoffs.members, dtype=np.bool_)
    external = np.ones(1 << payoffs.members, dtype=np.bool_)
    for member in range(payoffs.members):
        slack = payoffs.slack[member]
        without, belonging = halves(payoffs.column(member), member)
        gain = belonging - without
        _, stays = halves(internal, member)
        stays &= gain > slack if ties == "out" else gain >= -slack
        keeps_out, _ = halves(external, member)
        keeps_out &= gain < -slack if ties == "join" else gain <= slack
    return Stability(payoffs.members, internal, external)


def sizes_of_alike(inside: Column, outside: Column, ties: Ties = "either") -> list[int]:
    """The sizes at which a coalition of members that are all alike is stable, however many they are.

    Args:
        inside: what a member gets in a coalition of 0, 1, 2 ... members (the first is not read).
        outside: what an outsider gets beside a coalition of 0, 1, 2 ... members (the last is not read).
        ties: what the indifferent do.

    Example:
        >>> sizes_of_alike(np.array([0, 0, 0, 2, 3]), np.array([0, 0, 0, 3, 3]), "out")
        [0, 3]
    """
    gain = np.asarray(inside)[1:] - np.asarray(outside)[:-1]
    slack = 0.0 if np.issubdtype(gain.dtype, np.integer) else SLACK * max(float(np.abs(inside).max()), 1e-300)
    stays = gain > slack if ties == "out" else gain >= -slack
    keeps_out = gain < -slack if ties == "join" else gain <= slack
    internal, external = np.append(True, stays), np.append(keeps_out, True)
    return [int(size) for size in np.flatnonzero(internal & external)]


def gains(payoffs: Payoffs, coalition: int) -> list[float]:
    """What each member gains by belonging to a coalition: those inside by staying, those outside by joining.

    Example:
        >>> from comity.solvers.participation.payoffs import quadratic_good
        >>> gains(quadratic_good([1] * 5, [1] * 5), 0b00011)
        [0.5, 0.5, 0.0, 0.0, 0.0]
    """
    found: list[float] = []
    for member in range(payoffs.members):
        column = payoffs.column(member)
        bit = 1 << member
        found.append(float(payoffs.value(column[coalition | bit]) - payoffs.value(column[coalition & ~bit])))
    return found


def mask(members: Iterable[int]) -> int:
    """The coalition of these members.

    Example:
        >>> mask([0, 2])
        5
    """
    return sum(1 << member for member in set(members))


def belonging(coalition: int, members: int) -> tuple[int, ...]:
    """The members of a coalition.

    Example:
        >>> belonging(5, 4)
        (0, 2)
    """
    return tuple(member for member in range(members) if coalition >> member & 1)


def together(payoffs: Payoffs) -> Column:
    """What the members of every coalition get together, in the unit of the payoffs."""
    found = np.zeros(1 << payoffs.members, dtype=np.float64 if payoffs.scale is None else np.int64)
    for member in range(payoffs.members):
        found += np.where(joined(payoffs.members, member), payoffs.column(member), 0)
    return found
