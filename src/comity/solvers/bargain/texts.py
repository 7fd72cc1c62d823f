"""Texts before a body that votes: what would be adopted, each member's best, and proposals that bear themselves out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.solvers.bargain.votes import Winning

SLACK = 1e-9
"""A member accepts a text farther from its ideal than it holds out for by less than this, relative to the scale."""
_SETTLED = 1e-10


@dataclass(frozen=True)
class Body:
    """Members with ideals, a rule, a status quo, and the texts there are.

    Attributes:
        ideals: ``members x issues``.
        weight: ``members x issues``; how much an issue matters.
        winning: from ``texts x members`` of who accepts to which are adopted.
        status_quo: ``1 x issues``.
        listed: ``texts x issues``; None for all texts of a line.
        ends: the ends of the line.
        exponent: losses grow with this power of the distance.
    """

    ideals: NDArray[np.float64]
    weight: NDArray[np.float64]
    winning: Winning
    status_quo: NDArray[np.float64]
    listed: NDArray[np.float64] | None
    ends: tuple[float, float]
    exponent: float

    def distances(self, texts: NDArray[np.float64]) -> NDArray[np.float64]:
        """``texts x members``."""
        apart: NDArray[np.float64] = np.einsum("tmi,mi->tm", np.abs(texts[:, None] - self.ideals), self.weight)
        return apart

    def adopted(self, texts: NDArray[np.float64], most: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which texts are adopted when every member accepts what is no farther than ``most``."""
        slack = SLACK * max(float(most.max()), 1e-300)
        return np.asarray(self.winning(self.distances(texts) <= most + slack), dtype=np.bool_)

    def candidates(self, most: NDArray[np.float64]) -> NDArray[np.float64]:
        """Texts among which each best adopted one is: all listed, or on a line the ends of what is accepted."""
        if self.listed is not None:
            return self.listed
        own = self.ideals[:, 0]
        points = np.concatenate([self.status_quo[0], own, own - most, own + most])
        return np.unique(np.clip(points, *self.ends))[:, None]

    def accepted(self, most: NDArray[np.float64]) -> NDArray[np.float64] | NDArray[np.bool_]:
        """Which listed texts are adopted, or on a line the intervals of those that are."""
        texts = self.candidates(most)
        held = self.adopted(texts, most)
        if self.listed is not None:
            return held
        joined = self.adopted((texts[1:] + texts[:-1]) / 2, most)
        starts = held & ~np.concatenate([[False], joined & held[:-1]])
        stops = held & ~np.concatenate([joined & held[1:], [False]])
        return np.stack([texts[starts, 0], texts[stops, 0]], axis=1)


Equilibrium = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64], bool, int]


def equilibrium(
    body: Body, chance: NDArray[np.float64], patience: NDArray[np.float64], most_rounds: int
) -> Equilibrium:
    """Bring proposals and what members hold out for into line, moving less and less far where they overshoot.

    Returns:
        The texts (``members x issues``), their distances (``texts x members``), whether each member makes a proposal
        rather than let its turn pass, the distance that each member accepts, whether all this holds, and the rounds.
    """
    quo = body.distances(body.status_quo)[0] ** body.exponent
    value = quo.copy()
    length, before, rounds = 1.0, np.inf, 0
    while True:
        rounds += 1
        waiting = (1 - patience) * quo + patience * value
        most = waiting ** (1 / body.exponent)
        texts, distances, made = _best(body, most)
        losses = np.where(made[:, None], distances**body.exponent, waiting)
        gap = chance @ losses - value
        size = float(np.abs(gap).max())
        converged = size <= _SETTLED * max(float(quo.max()), float(value.max()), 1e-300)
        if converged or rounds >= most_rounds:
            return texts, distances, made, most, converged, rounds
        if size >= 0.999 * before:
            length = max(length * 0.7, 1 / rounds)
        before = size
        value = np.maximum(value + length * gap, 0.0)


def _best(body: Body, most: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Each member's nearest adopted text, its distances to all members, and whether that beats to wait."""
    texts = body.candidates(most)
    texts = texts[body.adopted(texts, most)]
    if not len(texts):
        nothing = np.full_like(body.ideals, np.nan)
        return nothing, np.zeros((len(most), len(most))), np.zeros(len(most), dtype=np.bool_)
    distances = body.distances(texts)
    best = distances.argmin(axis=0)
    chosen = distances[best]
    return texts[best], chosen, np.diagonal(chosen) <= most + SLACK * max(float(most.max()), 1e-300)
