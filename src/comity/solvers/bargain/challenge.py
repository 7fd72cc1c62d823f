"""The challenge model: members press one another to move, round by round, and the answer hangs on how it is read.

Each member reckons what it would gain by challenging another, with its power behind it and the powers of all others on
one side or the other, and what the other would gain by challenging it. Where the other gains more, the member loses the
conflict and takes the other's position; where it would lose and the other gain, it meets the other part of the way, or
surrenders. Bueno de Mesquita never published the programme; Scholz, Calbert and Smith put it together from his papers.

Their text and their results do not agree: three readings are possible, all defensible, and they end in different
places. So :func:`readings` gives all three, and how far they lie apart is part of the answer:

- ``published``: the one whose rounds follow the published curve. Chances are shares of all contests together, and of
  several compromises a member takes the one that weighs out lowest on the scale. This depends on which end of the scale
  is called low.
- ``least_move``: of several compromises a member takes the one that moves it least, as the text says. Members close in
  on one another without ever meeting, and what comes next hangs on when they count as having met: see ``apart``.
- ``pairwise``: the chance in each contest is the share of those who take part in that contest, as the formula is
  printed; otherwise as published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Reading = Literal["published", "least_move", "pairwise"]
READINGS: tuple[Reading, ...] = get_args(Reading)

APART = 1e-6
"""Positions nearer than this share of the scale are one position: a choice of this programme, not of the literature."""
EVEN = 1e-12
"""Figures nearer than this, relative to their size, count as equal."""


@dataclass(frozen=True)
class Rounds:
    """Where the members stand after each round, the start being round 0.

    Attributes:
        positions: rounds x members, on the scale of the issue.
        means: rounds; the mean position, weighted by power times salience.
        medians: rounds; the position that beats every other with power times salience as votes, the lower of two.

    Example:
        >>> challenge([0.0, 1.0, 2.0], power=[1, 1, 1], salience=[1, 1, 1], rounds=0).means.tolist()
        [1.0]
    """

    positions: Floats
    means: Floats
    medians: Floats


@dataclass(frozen=True)
class Pressures:
    """What each member expects of a challenge, before anyone moves.

    Attributes:
        own: members x members; what the row's member would gain by challenging the column's.
        theirs: members x members; what the column's member would gain by challenging the row's, as the row's sees it.
        risk: members; the exponent that bends each member's gains, from 1/2 (under most threat) to 2; 1 is neutral.

    Example:
        >>> found = pressures([0, 4, 10], power=[1, 1, 3], salience=[0.5, 0.3, 0.9])
        >>> found.risk.round(2).tolist()
        [0.61, 0.5, 2.0]
    """

    own: Floats
    theirs: Floats
    risk: Floats


def challenge(
    positions: ArrayLike,
    power: ArrayLike,
    salience: ArrayLike,
    reading: Reading = "published",
    *,
    rounds: int = 10,
    apart: float = APART,
) -> Rounds:
    """Let the members challenge one another for some rounds.

    Nobody is expected to move without a challenge (Q = 1). A lost conflict binds before a compromise, and a compromise
    before a surrender; of several conflicts or surrenders the nearest position is taken, and where two are as near, the
    member named first.

    Args:
        positions: members, on any scale.
        power: members; not negative, any unit.
        salience: members, from 0 to 1.
        reading: how the model is read.
        rounds: how many.
        apart: the share of the scale, from the lowest to the highest first position, below which two positions count
            as the same. With 1e-12 rounding still does no harm, and a reading may end elsewhere.

    **Source**: Scholz, Calbert and Smith, Journal of Theoretical Politics 23 (2011), 510-531, after Bueno de Mesquita,
    American Political Science Review 79 (1985), 156-177, and in *European Community Decision Making* (1994).

    Raises:
        ValueError: where shapes do not fit, a figure is missing or off its scale, nobody has power and cares, the
            reading is unknown, rounds are negative, or ``apart`` is below 1e-12 or not below 1.

    Example:
        >>> run = challenge([0, 4, 10], power=[2, 3, 2], salience=[0.5, 0.5, 0.9], rounds=2)
        >>> run.positions.round(2).tolist()
        [[0.0, 4.0, 10.0], [4.0, 10.0, 10.0], [10.0, 10.0, 10.0]]
    """
    places, weights, cares = _checked(positions, power, salience)
    _refuse_reading(reading)
    if rounds < 0:
        raise ValueError(f"The members cannot meet for {rounds} rounds; give 0 or more.")
    if not EVEN <= apart < 1:
        raise ValueError(
            f"Positions cannot be told apart at {apart:g} of the scale; give a share from 1e-12 to below 1."
        )
    held, width = [places], float(np.ptp(places))
    for _ in range(rounds):
        if np.ptp(held[-1]) > 0:
            found = _pressures(held[-1], weights, cares, width, pairwise=reading == "pairwise")
            held.append(_moved(held[-1], found, apart * width, least_move=reading == "least_move"))
        else:
            held.append(held[-1])
    table, votes = np.array(held), weights * cares
    return Rounds(table, table @ votes / votes.sum(), np.array([_median(row, votes) for row in table]))


def pressures(positions: ArrayLike, power: ArrayLike, salience: ArrayLike, reading: Reading = "published") -> Pressures:
    """What each member expects of challenging each other one, where they stand now.

    **Source**: as for :func:`challenge`.

    Raises:
        ValueError: as for :func:`challenge`, and where all stand at the same place.

    Example:
        >>> found = pressures([0, 4, 10], power=[1, 1, 3], salience=[0.5, 0.3, 0.9])
        >>> found.own[0].round(2).tolist(), found.theirs[0].round(2).tolist()
        ([0.0, 0.32, -0.83], [0.0, 0.14, 1.02])
    """
    places, weights, cares = _checked(positions, power, salience)
    _refuse_reading(reading)
    width = float(np.ptp(places))
    if width <= 0:
        raise ValueError("All members hold the same position, so nobody has anyone to challenge.")
    return _pressures(places, weights, cares, width, pairwise=reading == "pairwise")


def readings(
    positions: ArrayLike, power: ArrayLike, salience: ArrayLike, rounds: int = 10, *, apart: float = APART
) -> dict[Reading, Rounds]:
    """All readings of the challenge model on the same figures: none of them should be shown without the others.

    **Source**: as for :func:`challenge`.

    Raises:
        ValueError: as for :func:`challenge`.

    Example:
        >>> found = readings([0, 4, 10], power=[1, 1, 3], salience=[0.5, 0.3, 0.9], rounds=1)
        >>> {reading: float(run.means[-1].round(2)) for reading, run in found.items()}
        {'published': 8.87, 'least_move': 8.87, 'pairwise': 8.73}
    """
    return {reading: challenge(positions, power, salience, reading, rounds=rounds, apart=apart) for reading in READINGS}


def _pressures(places: Floats, power: Floats, salience: Floats, width: float, *, pairwise: bool) -> Pressures:
    """What members expect, on a scale of this width: first neutral to risk, then as the threats make them."""
    unit, votes = np.minimum(np.abs(places[:, None] - places[None, :]) / width, 1), power * salience
    neutral = np.ones_like(places)
    first = _gains(unit, neutral, _chances(unit, votes, pairwise=pairwise), salience[None, :])
    risk = _exponents(first.sum(axis=0) - first.diagonal())
    chances = _chances(unit ** risk[:, None], votes, pairwise=pairwise)
    own, theirs = (
        _gains(unit, risk, won, resists)
        for won, resists in ((chances, salience[None, :]), (chances.T, salience[:, None]))
    )
    return Pressures(own, theirs, risk)


def _chances(losses: Floats, votes: Floats, *, pairwise: bool) -> Floats:
    """The chance that the row's position beats the column's.

    ``losses`` is members x positions: what a position costs a member. The votes for the row are a share of the votes
    cast in this contest, or, if not ``pairwise``, of those cast in all contests together.
    """
    support = np.zeros_like(losses)
    for weight, row in zip(votes, losses, strict=True):
        support += weight * np.maximum(row[None, :] - row[:, None], 0)
    cast = support + support.T
    total = cast if pairwise else np.full_like(cast, cast.sum())
    return np.divide(support, total, out=np.zeros_like(support), where=total > 0)


def _gains(unit: Floats, risk: Floats, chances: Floats, resists: Floats) -> Floats:
    """What challenges promise, in the eyes of each row's member: against no challenge at all, which is worth 0.

    Success is worth 2 - 4 ((1 - d) / 2)^r and failure 2 - 4 ((1 + d) / 2)^r at distance d, less what distance 0 is
    worth; written so that small distances keep their digits. One who does not care gives way at once: ``resists`` is
    the salience of the one who is challenged. ``risk`` bends the eyes of each row's member.
    """
    bend = risk[:, None]
    with np.errstate(divide="ignore"):  # at the far end of the scale success is worth the most there is
        success, failure = (-4 * 0.5**bend * np.expm1(bend * np.log1p(way * unit)) for way in (-1, 1))
    return resists * (chances * success + (1 - chances) * failure) + (1 - resists) * success


def _exponents(threats: Floats) -> Floats:
    """Attitudes to risk, from 1/2 for the member most under threat to 2 for the one least; 1 where all are alike."""
    least, most = threats.min(), threats.max()
    if most - least <= EVEN * np.abs(threats).max():
        return np.ones_like(threats)
    score = (2 * threats - most - least) / (most - least)
    return (1 - score / 3) / (1 + score / 3)


def _moved(places: Floats, found: Pressures, apart: float, *, least_move: bool) -> Floats:
    """The position each member moves to: rows are members, columns those who challenge them."""
    own, theirs = found.own, found.theirs
    here, there = np.broadcast_arrays(places[:, None], places[None, :])
    distance = np.abs(there - here)
    pressed = (theirs > 0) & (distance > apart)
    conflict = pressed & (own > 0) & (theirs > own)
    compromise = pressed & (own < 0) & (theirs > -own)
    surrender = pressed & (own < 0) & (theirs < -own)
    share = np.divide(-own, theirs, out=np.zeros_like(own), where=compromise)
    weighs_out = (share * here + there) / (1 + share)
    moved, free, rows = places.copy(), np.ones(len(places), dtype=bool), np.arange(len(places))
    for open_to, rank, target in (
        (conflict, distance, there),
        (compromise, distance * share if least_move else weighs_out, here + (there - here) * share),
        (surrender, distance, there),
    ):
        best = np.where(open_to, rank, np.inf).argmin(axis=1)
        goes = free & open_to.any(axis=1)
        moved[goes] = target[rows, best][goes]
        free &= ~goes
    return moved


def _median(places: Floats, votes: Floats) -> float:
    """The lower weighted median, one of the positions held."""
    order = np.argsort(places, kind="stable")
    reached = np.cumsum(votes[order]) >= votes.sum() * (0.5 - EVEN)
    return float(places[order][reached.argmax()])


def _checked(positions: ArrayLike, power: ArrayLike, salience: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Positions, power and salience of the members, fit for use."""
    places, weights = np.asarray(positions, dtype=np.float64), np.asarray(power, dtype=np.float64)
    cares = np.asarray(salience, dtype=np.float64)
    if places.ndim != 1 or not places.size or weights.shape != places.shape or cares.shape != places.shape:
        raise ValueError(
            f"Positions have shape {places.shape}, power {weights.shape} and salience {cares.shape}; the challenge "
            "model takes one issue, so give one number of each for every member."
        )
    if not np.isfinite(places).all():
        raise ValueError("A position is missing or infinite; give every member a place on the scale, or leave it out.")
    if not np.isfinite(weights).all() or (weights < 0).any():
        raise ValueError("Power is missing or negative; give every member a number from 0 up.")
    if not ((cares >= 0) & (cares <= 1)).all():
        raise ValueError(
            f"Salience runs from {cares.min():g} to {cares.max():g}; give it from 0 to 1, so 0.8 for 80 per cent."
        )
    if not (weights * cares).any():
        raise ValueError("No member has power and cares about the issue; at least one must do both.")
    return places, weights, cares


def _refuse_reading(reading: str) -> None:
    """Refuse a reading that does not exist."""
    if reading not in READINGS:
        raise ValueError(f"There is no reading {reading!r} of the challenge model; take one of {', '.join(READINGS)}.")
