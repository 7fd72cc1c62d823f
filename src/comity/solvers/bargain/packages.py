"""Packages of options, one of each issue, and what they are worth to each member as a share of its own range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Wholes: TypeAlias = NDArray[np.int64]
Truths: TypeAlias = NDArray[np.bool_]

ONE = 1_000_000
"""The whole of a member's range: shares are counted in millionths."""
FINE = 10_000
"""The whole span of an issue, in which distances between offers are counted."""


@dataclass(frozen=True)
class Outcomes:
    """Packages: one option of each issue.

    Attributes:
        issues: the options of each issue, as places on a scale of its own.
        open: which packages may be tabled; all where None.
        picked: the numbers of the packages that are held, out of all that the options make, where not all are.

    Example:
        >>> packages = Outcomes(((0, 50, 100), (0, 1)))
        >>> packages.number, packages.digits[3].tolist()
        (6, [1, 1])
        >>> Outcomes(((0, 50, 100), (0, 1)), picked=np.array([3, 5])).digits.tolist()
        [[1, 1], [2, 1]]
    """

    issues: tuple[tuple[float, ...], ...]
    open: Truths | None = None
    picked: Wholes | None = None

    def __post_init__(self) -> None:
        if not self.issues or not all(1 <= len(each) <= 127 for each in self.issues):
            raise ValueError("Packages need one issue at least, and each issue from 1 to 127 options.")
        if self.picked is not None and not (len(self.picked) and 0 <= self.picked.min() <= self.picked.max() < self.of):
            raise ValueError(f"Of {self.of} packages, one or more are picked by their numbers from 0.")

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many options each issue has."""
        return tuple(len(each) for each in self.issues)

    @property
    def of(self) -> int:
        """How many packages the options make."""
        return int(np.prod(self.sizes, dtype=np.int64))

    @property
    def number(self) -> int:
        """How many packages are held."""
        return self.of if self.picked is None else len(self.picked)

    @cached_property
    def digits(self) -> NDArray[np.int8]:
        """Which option of each issue a package holds: packages x issues."""
        numbers = np.arange(self.of) if self.picked is None else self.picked
        return np.stack(np.unravel_index(numbers, self.sizes), axis=1).astype(np.int8)

    @cached_property
    def places(self) -> Wholes:
        """Where the options of each issue lie on its span, from 0 to :data:`FINE`: issues x most options."""
        found = np.zeros((len(self.issues), max(self.sizes)), dtype=np.int64)
        for row, each in zip(found, self.issues, strict=True):
            span = np.asarray(each, dtype=np.float64)
            width = float(span.max() - span.min())
            row[: len(span)] = np.rint((span - span.min()) / width * FINE) if width > 0 else 0
        return found

    def summed(self, gains: Sequence[Floats]) -> Floats:
        """Utilities that add up over issues: for each issue ``members x options``, to ``members x packages``.

        Example:
            >>> Outcomes(((0, 1), (0, 1))).summed([np.array([[0.0, 1.0]]), np.array([[0.0, 5.0]])]).tolist()
            [[0.0, 5.0, 1.0, 6.0]]
        """
        if self.picked is not None:
            total = gains[0][:, self.digits[:, 0]]
            for number, each in enumerate(gains[1:], start=1):
                total += each[:, self.digits[:, number]]
            return total
        total = gains[0]
        for each in gains[1:]:
            total = (total[:, :, None] + each[:, None, :]).reshape(len(each), -1)
        return total


def shares(utilities: ArrayLike, reservation: ArrayLike, open_: Truths | None = None) -> NDArray[np.int32]:
    """Utilities as millionths of each member's range, rounded down: members x packages.

    A member whom no package leaves better off than its reservation has no range: what is worse counts as minus one
    whole, what is not as nought.

    Example:
        >>> shares([[0, 2, 4, -1]], [2]).tolist()
        [[-1000000, 0, 1000000, -1500000]]
    """
    from comity.solvers.bargain.offer_loops import parts

    values = np.ascontiguousarray(utilities, dtype=np.float64)
    allowed = np.ones(values.shape[1], np.bool_) if open_ is None else np.ascontiguousarray(open_, np.bool_)
    found = np.empty(values.shape, np.int32)
    parts(values, np.ascontiguousarray(reservation, dtype=np.float64), allowed, found)
    return found
