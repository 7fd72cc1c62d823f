"""Minimum participation: an agreement that binds nobody before enough have joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from comity.solvers.participation.payoffs import (
    SLACK,
    Column,
    Number,
    Numbers,
    Payoffs,
    over_coalitions,
    sizes,
    whole_numbers,
)
from comity.solvers.participation.stable import Stability, Ties, belonging, stability


def enough(members: int, number: int = 0, *, weights: Numbers = (), share: Number = 0) -> NDArray[np.bool_]:
    """The coalitions that reach a number of members and, where asked, a share of some weight.

    Args:
        members: how many members there are.
        number: how many must join.
        weights: a weight of each, such as its part of all emissions.
        share: the share of all weights that must join.

    Raises:
        ValueError: where the weights are not one for each member, or the share is none.

    Example:
        >>> enough(2, weights=[3, 1], share=0.5).tolist()
        [False, True, False, True]
    """
    reached = sizes(members) >= number
    if not len(weights):
        return reached
    if len(weights) != members or not 0 <= share <= 1 or sum(weights) <= 0:
        raise ValueError(f"A share from 0 to 1 of {members} weights that do not sum to nought.")
    (whole,), scale = whole_numbers([[*weights, share * sum(weights)]])
    return reached & (over_coalitions(whole[:-1]) >= whole[-1] - (0 if scale else SLACK * float(whole[:-1].sum())))


def with_minimum(payoffs: Payoffs, in_force: NDArray[np.bool_]) -> Payoffs:
    """The same payoffs where an agreement that is not in force leaves everyone where no agreement does.

    **Source**: Black, Levi and de Meza (1993), "Creating a Good Atmosphere: Minimum Participation for Tackling the
    'Greenhouse Effect'", Economica 60: 281-293; Carraro, Marchiori and Oreffice (2009), "Endogenous Minimum
    Participation in International Environmental Treaties", Environmental and Resource Economics 42: 411-425.

    Example:
        >>> from comity.solvers.participation.payoffs import quadratic_good
        >>> whole = with_minimum(quadratic_good([1] * 5, [1] * 5), enough(5, 5))
        >>> bool(stability(whole).stable[0b11111])
        True
    """

    def column(member: int) -> Column:
        own = payoffs.column(member)
        return np.where(in_force, own, own[0])

    return replace(payoffs, column=column, standing=payoffs.standing & in_force)


def by_minimum(payoffs: Payoffs, ties: Ties = "join") -> dict[int, Stability]:
    """What holds under every number of members that an agreement may ask for: 1 to all of them.

    Example:
        >>> from comity.solvers.participation.payoffs import quadratic_good
        >>> found = by_minimum(quadratic_good([1] * 4, [1] * 4))
        >>> {number: list(held.by_size()) for number, held in found.items()}
        {1: [3], 2: [3], 3: [3], 4: [4]}
    """
    everyone = range(1, payoffs.members + 1)
    return {number: stability(with_minimum(payoffs, enough(payoffs.members, number)), ties) for number in everyone}


def holding_share(payoffs: Payoffs, coalition: int, weights: Sequence[Number]) -> tuple[Number, Number] | None:
    """The shares of weight that an agreement may ask for so that nobody in a club would rather leave.

    It must be more than the first and at most the second, which is the weight of the club: then the exit of anyone who
    would leave ends the agreement, and the agreement is worth more to each than none.

    Returns:
        The two ends; ``(-1, share of the club)`` where no clause is needed; None where no clause holds the club.

    Example:
        >>> from comity.solvers.participation.payoffs import quadratic_good
        >>> holding_share(quadratic_good([1] * 5, [1] * 5), 0b11111, [1] * 5)
        (0.8, 1.0)
    """
    inside = belonging(coalition, payoffs.members)
    total = sum(weights)
    whole = sum(weights[member] for member in inside) / total
    most: Number = -1
    for member in inside:
        column = payoffs.column(member)
        slack = payoffs.slack[member]
        kept, left, none = column[coalition], column[coalition & ~(1 << member)], column[0]
        if kept >= left - slack:
            continue
        if kept < none - slack:
            return None
        most = max(most, whole - weights[member] / total)
    return most, whole
