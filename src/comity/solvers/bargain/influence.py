"""Influence as an election that nobody holds: every position stands against every other, and power is the vote.

A member puts its power behind the position it likes better, the more so the more it cares which of the two prevails.
The stronger coalition wins a contest of two with a chance equal to its share of the power brought to bear, and a
position prevails when it beats all others: the probabilistic Condorcet election. Who holds a position that is likely to
prevail takes risks, who holds one without prospects does not; with these attitudes the election is held again.

The model leaves out rules of procedure: whoever has power has a say, whether it has a vote or not. It is a lens beside
the rule-based answers, and never to be shown alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

SAME = 9
"""Positions that agree to so many decimals are one position."""


@dataclass(frozen=True)
class Influence:
    """What pressure alone would bring about.

    Attributes:
        probabilities: members; the chance that the position a member holds prevails. Members with the same position
            have the same chance, which is counted once: over the distinct positions the chances add up to one.
        expected: issues; the mean of the positions, each with its chance.
        risk: members; attitude to risk, from -1/2 (the position with least prospects) to 1 (the one with most).
        values: members x positions, each held by a member; worth of a position before risk counts, 1 for the own one.
        distinct: the members, by index and in order, that stand for the distinct positions.

    Example:
        >>> two = lens([0.0, 1.0, 1.0], power=[1, 1, 1], salience=[1, 1, 1])
        >>> two.probabilities.round(3).tolist(), two.distinct.tolist()
        ([0.333, 0.667, 0.667], [0, 1])
    """

    probabilities: Floats
    expected: Floats
    risk: Floats
    values: Floats
    distinct: NDArray[np.intp]


def contests(utilities: ArrayLike, power: ArrayLike) -> Floats:
    """The chance that one option beats another, for every two.

    Args:
        utilities: members x options.
        power: members; not negative, not all zero.

    Returns:
        Options x options: the chance that the row beats the column; 1/2 where nobody prefers either.

    **Source**: KAPSARC Toolkit for Behavioral Analysis (KTAB), its model library of May 2017: votes in proportion to
    the gain.

    Raises:
        ValueError: where shapes do not fit, or power is negative, missing or zero for all.

    Example:
        >>> contests([[1.0, 0.0], [0.0, 0.5]], power=[1, 2]).tolist()
        [[0.5, 0.5], [0.5, 0.5]]
        >>> contests([[1.0, 0.0], [0.0, 0.5]], power=[3, 2])[0].tolist()
        [0.5, 0.75]
    """
    table, weights = np.asarray(utilities, dtype=np.float64), np.asarray(power, dtype=np.float64)
    if table.ndim != 2 or not table.size or weights.shape != table.shape[:1]:
        raise ValueError(
            f"The utilities have shape {table.shape} and power has {weights.shape}; give utilities as members x "
            "options, with at least one of each, and one number of power for each member."
        )
    _refuse_power(weights)
    if not np.isfinite(table).all():
        raise ValueError("A utility is missing or infinite; give every member a number for every option.")
    strength = np.zeros((table.shape[1], table.shape[1]))
    for weight, row in zip(weights, table, strict=True):
        strength += weight * np.maximum(row[:, None] - row[None, :], 0)
    both = strength + strength.T
    return np.divide(strength, both, out=np.full_like(both, 0.5), where=both > 0)


def probabilistic_condorcet(utilities: ArrayLike, power: ArrayLike) -> Floats:
    """The chance of each option to beat all others, given that one does.

    The contests count as independent. An option that someone with power likes better than another, and nobody likes
    less, leaves the other without a chance.

    Args:
        utilities: members x options.
        power: members; not negative, not all zero.

    Returns:
        Options; they add up to one.

    **Source**: as for :func:`contests`; the one-step conditional form.

    Raises:
        ValueError: as for :func:`contests`.

    Example:
        >>> probabilistic_condorcet([[1.0, 0.0], [0.0, 0.5]], power=[3, 2]).round(3).tolist()
        [0.75, 0.25]
    """
    with np.errstate(divide="ignore"):
        score = np.log(contests(utilities, power)).sum(axis=1)
    chances = np.exp(score - score.max())
    return chances / chances.sum()


def lens(positions: ArrayLike, power: ArrayLike, salience: ArrayLike) -> Influence:
    """What the members' power and salience make of their positions, rules of procedure aside.

    A position loses value with its distance, each issue counted by the member's salience. A first election among the
    positions of all members, neutral to risk, gives the attitudes to risk; the second, among the distinct positions,
    the chances.

    Args:
        positions: members, or members x issues; from 0 to 1, the whole scale of an issue being one.
        power: members; any unit.
        salience: the shape of positions; any unit, for each member not all zero.

    **Source**: KTAB's spatial model of politics (KAPSARC, state of May 2017), before any bargain; attitudes to risk in
    its middle range.

    Raises:
        ValueError: where shapes do not fit, a position is off the scale, or power or salience are negative, missing or
            zero.

    Example:
        >>> found = lens([0.2, 0.3, 0.9], power=[1, 1, 2], salience=[1, 1, 1])
        >>> found.probabilities.round(3).tolist(), float(found.expected[0].round(3)), found.risk.round(3).tolist()
        ([0.246, 0.411, 0.343], 0.481, [-0.5, 1.0, 0.389])
    """
    places, weights, cares = _checked(positions, power, salience)
    gaps = places[:, None, :] - places[None, :, :]
    distance = np.linalg.norm(cares[:, None, :] * gaps, axis=2) / np.linalg.norm(cares, axis=1)[:, None]
    values = 1 - distance
    risk = _attitudes(probabilistic_condorcet(values, weights))
    _, first, holds = np.unique(places.round(SAME), axis=0, return_index=True, return_inverse=True)
    holds = holds.reshape(-1)
    utilities = values + risk[:, None] * values * distance
    chances = probabilistic_condorcet(utilities[:, first], weights)
    return Influence(chances[holds], chances @ places[first], risk, values, np.sort(first))


def _attitudes(prospects: Floats) -> Floats:
    """From -1/2 for the least prospects to 1 for the most; 0 for all where prospects are the same."""
    least, most = prospects.min(), prospects.max()
    if most - least <= 10.0**-SAME * most:
        return np.zeros_like(prospects)
    return 1.5 * (prospects - least) / (most - least) - 0.5


def _checked(positions: ArrayLike, power: ArrayLike, salience: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Positions and salience as members x issues, and power, all fit for use."""
    places, cares = np.asarray(positions, dtype=np.float64), np.asarray(salience, dtype=np.float64)
    weights = np.asarray(power, dtype=np.float64)
    if places.ndim not in {1, 2} or not places.size or cares.shape != places.shape or weights.shape != places.shape[:1]:
        raise ValueError(
            f"Positions have shape {places.shape}, salience {cares.shape} and power {weights.shape}; give positions "
            "and salience as members or members x issues, alike, and one number of power for each member."
        )
    _refuse_power(weights)
    if not ((places >= 0) & (places <= 1)).all():
        raise ValueError(
            f"Positions run from {places.min():g} to {places.max():g}; put every issue on a scale from 0 to 1, "
            "with no gaps, before asking for influence."
        )
    places, cares = places.reshape(len(places), -1), cares.reshape(len(places), -1)
    if not np.isfinite(cares).all() or (cares < 0).any() or not cares.any(axis=1).all():
        raise ValueError(
            "Salience is missing, negative, or zero on every issue for some member; a member that cares about no issue "
            "takes no part: leave it out."
        )
    return places, weights, cares


def _refuse_power(power: Floats) -> None:
    """Refuse power that is missing, negative, or nobody's."""
    if not np.isfinite(power).all() or (power < 0).any() or not power.any():
        raise ValueError(
            "Power is missing, negative or zero for all; give each member a number, one of them above zero."
        )
