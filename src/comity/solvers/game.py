"""The one compiled form of a decision rule: linear conditions on what each member chooses, joined by and / or.

Every rule of a charter compiles to a :class:`Game`. Voting power, fast rulings, win sets and campaigns all read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

CHOICES = ("yes", "no", "abstain", "not_participating", "absent", "objects")
YES, NO, ABSTAIN, NOT_PARTICIPATING, ABSENT, OBJECTS = range(6)

BLOCK = 2**18
"""How many products are counted at once: near the processor, and below what linear algebra spreads over threads."""
EXACT = 2.0**52
"""Sums of whole numbers below this are exact as floats, in whatever order they are added."""

Tag: TypeAlias = Literal["quorum", "threshold", "veto"]
Formula: TypeAlias = int | tuple[str, tuple["Formula", ...]]
"""A condition by its number, or ``("and", (...))``, or ``("or", (...))``."""


@dataclass(frozen=True)
class Game:
    """A decision rule as integers.

    Condition ``c`` holds when the sum over members ``i`` of ``coefficients[c, choice_i, i]`` is at least
    ``thresholds[c]``. "At least p/q of those present and voting" is ``yes * (q - p) - no * p >= 0``.

    Attributes:
        coefficients: int64, conditions x choices x members; choices in the order of :data:`CHOICES`.
        thresholds: int64, conditions.
        formula: an and/or tree over the numbers of the conditions.
        tags: what each condition is: ``quorum``, ``threshold`` or ``veto``.
        members: the names of the members, in the order of the last axis.

    Example:
        >>> game = weighted([3, 2, 1], quota=4)
        >>> game.adopted(np.array([[YES, NO, YES], [NO, YES, YES]]))
        array([ True, False])
    """

    coefficients: NDArray[np.int64]
    thresholds: NDArray[np.int64]
    formula: Formula
    tags: tuple[Tag, ...]
    members: tuple[str, ...]

    def __post_init__(self) -> None:
        conditions, choices, members = self.coefficients.shape
        if choices != len(CHOICES) or len(self.thresholds) != conditions or len(self.tags) != conditions:
            raise ValueError(
                f"A game needs conditions x {len(CHOICES)} choices x members, one threshold and one tag a condition; "
                f"got coefficients {self.coefficients.shape}, {len(self.thresholds)} thresholds, {len(self.tags)} tags."
            )
        if members != len(self.members):
            raise ValueError(f"The game names {len(self.members)} members but has coefficients for {members}.")

    def conditions(self, ballots: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Which conditions hold: ``ballots`` is ``cases x members`` of choice numbers, to ``cases x conditions``."""
        ballots = np.atleast_2d(ballots)
        held = np.empty((len(ballots), len(self.thresholds)), dtype=np.bool_)
        size = max(1, BLOCK // max(1, self.coefficients[:, 0].size))
        nothing = np.zeros(len(self.thresholds), dtype=np.int64)
        for start in range(0, len(ballots), size):
            block = ballots[start : start + size]
            sums = sum((among.take(block) @ weights for among, weights in self._products), nothing)
            held[start : start + size] = sums >= self.thresholds
        return held

    @cached_property
    def _products(self) -> tuple[tuple[NDArray[np.number], NDArray[np.number]], ...]:
        """Choices that count alike, as one and nought by choice, and what they count: members x conditions.

        Floats hold the sums exactly below 2**53; above it whole numbers are used, which are slower.
        """
        alike: dict[bytes, list[int]] = {}
        for choice in range(len(CHOICES)):
            alike.setdefault(self.coefficients[:, choice].tobytes(), []).append(choice)
        most = np.abs(self.coefficients).max(axis=1, initial=0).astype(np.float64).sum(axis=1, initial=0).max(initial=0)
        kind = np.float64 if most < EXACT else np.int64
        counted = [choices for choices in alike.values() if self.coefficients[:, choices[0]].any()]
        return tuple(
            (np.isin(np.arange(len(CHOICES)), choices).astype(kind), self.coefficients[:, choices[0]].T.astype(kind))
            for choices in counted
        )

    def adopted(self, ballots: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Whether each case is adopted: ``ballots`` is ``cases x members`` of choice numbers."""
        return self.evaluate(self.conditions(ballots))

    def evaluate(self, held: NDArray[np.bool_], formula: Formula | None = None) -> NDArray[np.bool_]:
        """The formula over conditions that hold or not: ``cases x conditions`` to ``cases``."""
        node = self.formula if formula is None else formula
        if isinstance(node, int):
            return held[:, node]
        word, parts = node
        results = [self.evaluate(held, part) for part in parts]
        combine = np.logical_and if word == "and" else np.logical_or
        return combine.reduce(results) if results else np.full(len(held), word == "and")

    def without(self, tag: Tag) -> Game:
        """The same rule with all conditions of one tag taken as fulfilled (every veto waived, say)."""
        thresholds = self.thresholds.copy()
        coefficients = self.coefficients.copy()
        for number, each in enumerate(self.tags):
            if each == tag:
                thresholds[number] = 0
                coefficients[number] = 0
        return Game(coefficients, thresholds, self.formula, self.tags, self.members)

    def given(self, member: str, choice: str) -> Game:
        """The same rule for the other members when one member's choice is known.

        Raises:
            ValueError: where the game has no such member, or the word is no choice.

        Example:
            >>> weighted([3, 2, 1], quota=4).given("0", "yes").thresholds
            array([1])
        """
        if member not in self.members or choice not in CHOICES:
            raise ValueError(f"The game has no member '{member}', or '{choice}' is none of {', '.join(CHOICES)}.")
        place = self.members.index(member)
        known = self.coefficients[:, CHOICES.index(choice), place]
        rest = tuple(each for each in self.members if each != member)
        coefficients = np.delete(self.coefficients, place, axis=2)
        return Game(coefficients, self.thresholds - known, self.formula, self.tags, rest)


def weighted(weights: list[int] | NDArray[np.integer], quota: int) -> Game:
    """The weighted game "adopted when the yes-weights reach the quota".

    Args:
        weights: one whole number of zero or more a member.
        quota: the weight that adopts, at least 1.

    Raises:
        ValueError: for negative weights or a quota below 1.

    Example:
        >>> weighted([1, 1], quota=2).tags
        ('threshold',)
    """
    row = np.asarray(weights, dtype=np.int64)
    if row.ndim != 1 or (row < 0).any():
        raise ValueError("Weights are whole numbers of zero or more, one a member.")
    if quota < 1:
        raise ValueError(f"A quota of {quota} would adopt what nobody supports; it is at least 1.")
    coefficients = np.zeros((1, len(CHOICES), len(row)), dtype=np.int64)
    coefficients[0, YES] = row
    members = tuple(str(number) for number in range(len(row)))
    return Game(coefficients, np.array([quota], dtype=np.int64), 0, ("threshold",), members)
