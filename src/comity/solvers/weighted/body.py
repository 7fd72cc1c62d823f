"""A weighted voting body made ready for counting: classes of equal weight, common factors out, the smaller quota.

Whoever blocks under a quota decides exactly when it would carry under the dual quota (total less quota plus one): both
Banzhaf and Shapley-Shubik indices are the same. So everything here works with the smaller of the two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from comity.solvers.simple import Simple, Weight, weighted

EXACT = 2**53
"""Totals below this are whole numbers in double precision."""


@dataclass(frozen=True)
class Body:
    """Members with whole weights, gathered by weight.

    Attributes:
        weights: the different weights above zero, ascending.
        counts: how many members have each.
        places: for each member the number of its weight, -1 for a weight of zero.
        quota: the smaller of quota and dual quota; zero where nothing can be carried.

    Example:
        >>> body = prepared([2, 4, 4, 0], quota=8)
        >>> body.weights, body.counts, body.places, body.quota
        ((1, 2), (1, 2), (0, 1, 1, -1), 2)
    """

    weights: tuple[int, ...]
    counts: tuple[int, ...]
    places: tuple[int, ...]
    quota: int

    @cached_property
    def total(self) -> int:
        """The weight of all members."""
        return sum(weight * count for weight, count in zip(self.weights, self.counts, strict=True))

    @cached_property
    def size(self) -> int:
        """The number of members whose weight is above zero."""
        return sum(self.counts)

    @cached_property
    def w(self) -> NDArray[np.float64]:
        """The different weights as doubles."""
        return np.array(self.weights, dtype=np.float64)

    @cached_property
    def m(self) -> NDArray[np.float64]:
        """The counts as doubles."""
        return np.array(self.counts, dtype=np.float64)

    @cached_property
    def members(self) -> tuple[int, ...]:
        """The weight of every member above zero, ascending."""
        return tuple(w for w, m in zip(self.weights, self.counts, strict=True) for _ in range(m))

    @property
    def electorate(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Weights and counts: what does not depend on the quota."""
        return self.weights, self.counts

    def spread(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """From one value a class to one value a member."""
        return np.append(values, 0.0)[list(self.places)]


def prepared(weights: Sequence[Weight] | NDArray[np.integer], quota: Weight) -> Body:
    """Read weights and quota; fractions are scaled to whole numbers exactly.

    Raises:
        ValueError: for no members, negative weights, floats, or a quota that is not above zero.

    Example:
        >>> prepared([1, 1], quota=3).quota
        0
    """
    return gathered(weighted(list(weights), quota))


def gathered(game: Simple) -> Body:
    """The body of a game of one weighted condition; nobody has weight in a game of none."""
    if game.single is None:
        return Body((), (), (-1,) * len(game.members), 0)
    row, need = game.single
    counted = Counter(weight for weight in row if weight)
    different = tuple(sorted(counted))
    place = {weight: number for number, weight in enumerate(different)}
    smaller = min(need, sum(row) - need + 1)
    counts = tuple(counted[weight] for weight in different)
    return Body(different, counts, tuple(place.get(weight, -1) for weight in row), smaller)
