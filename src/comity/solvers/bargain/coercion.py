"""Members who press each other, two by two, until nobody moves: the spatial model of politics of the KTAB programme.

Each member picks the one it would gain most by challenging, reckoning with the third parties on either side, and the
two draw up a bargain between their positions. Each member then takes, of the bargains it is part of and of staying
where it is, the one most likely to prevail when all members put their power behind the states they prefer.

Like :mod:`comity.solvers.bargain.influence` this is a lens without rules of procedure, never to be shown alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.solvers.bargain.influence import lens, probabilistic_condorcet

Floats = NDArray[np.float64]

LEAST_GAIN = 1e-5
"""A challenge that promises no more than this is not made."""
GRAIN = 10_000
"""Bargains are struck on a scale of so many parts: no spurious precision."""
_STAKE = 1e-6
_COALITION = 1e-10


@dataclass(frozen=True)
class Bargain:
    """What two members could agree on.

    Attributes:
        by: who challenges.
        of: who is challenged.
        chance: how likely, in the eyes of who challenges, it is to win.
        gain: what it expects of the challenge.
        own: issues; where it would move.
        theirs: issues; where the challenged would move.
    """

    by: int
    of: int
    chance: float
    gain: float
    own: Floats
    theirs: Floats


def press(positions: ArrayLike, power: ArrayLike, salience: ArrayLike, *, rounds: int = 10) -> Floats:
    """Where the members stand after each round of pressing each other.

    Args:
        positions: members, or ``members x issues``; from 0 to 1.
        power: members; any unit.
        salience: the shape of positions; a member's saliences sum to more than 0 and to 1 at most: what is left it
            keeps for other matters.
        rounds: how many.

    Returns:
        ``rounds + 1 x members x issues``, the start first.

    **Source**: KTAB, spatial model of politics (KAPSARC, MIT licence, state of May 2017): proportional votes, linear
    chances, conditional election, half-committed third parties, bargains by the challenger's view.

    Raises:
        ValueError: where shapes do not fit, a figure is off its scale, or rounds are negative.

    Example:
        >>> press([0.2, 0.4, 0.9], [1, 2, 3], [0.5, 0.5, 0.9], rounds=2).round(3)[:, :, 0].tolist()
        [[0.2, 0.4, 0.9], [0.398, 0.398, 0.893], [0.888, 0.398, 0.888]]
    """
    places, cares = np.asarray(positions, dtype=np.float64), np.asarray(salience, dtype=np.float64)
    if places.shape != cares.shape or rounds < 0:
        raise ValueError(
            f"Positions and salience are given alike, and rounds are 0 or more; got {places.shape}, {cares.shape} and "
            f"{rounds} rounds."
        )
    places, cares = places.reshape(len(places), -1), cares.reshape(len(cares), -1)
    if (cares.sum(axis=1) > 1 + 1e-9).any():
        raise ValueError("A member's saliences sum to 1 at most; give shares of its attention, so 0.8 for 80 per cent.")
    weights = np.asarray(power, dtype=np.float64)
    held = [places]
    for _ in range(rounds):
        held.append(_moved(held[-1], weights, cares))
    return np.array(held)


def bargains(positions: ArrayLike, power: ArrayLike, salience: ArrayLike) -> list[Bargain]:
    """The bargain that each member proposes who has somebody to challenge.

    Args:
        positions: ``members x issues``; from 0 to 1.
        power: members.
        salience: ``members x issues``.

    **Source**: as for :func:`press`.

    Raises:
        ValueError: as for :func:`comity.solvers.bargain.influence.lens`.

    Example:
        >>> [(each.by, each.of) for each in bargains([[0.2], [0.4], [0.9]], [1, 2, 3], [[0.5], [0.5], [0.9]])]
        [(0, 1), (1, 0), (2, 0)]
    """
    found = lens(positions, power, salience)
    places, cares = np.asarray(positions, dtype=np.float64), np.asarray(salience, dtype=np.float64)
    weights = np.asarray(power, dtype=np.float64) * cares.sum(axis=1)
    drawn: list[Bargain] = []
    for one in range(len(places)):
        seen = _utility(found.values, ((2 * found.risk[one] + found.risk) / 3)[:, None])
        chance, gain = _prospects(one, seen, weights, cares.sum(axis=1))
        if (gain > LEAST_GAIN).any():
            other = int(gain.argmax())
            ends = _between((places[one], places[other]), (cares[one], cares[other]), float(chance[other]))
            drawn.append(Bargain(one, other, float(chance[other]), float(gain[other]), *ends))
    return drawn


def _moved(places: Floats, power: Floats, cares: Floats) -> Floats:
    """Each member's position after the bargains of one round."""
    risk = lens(places, power, cares).risk[:, None]
    drawn = bargains(places, power, cares)
    states = [places]
    for each in drawn:
        state = places.copy()
        state[each.by], state[each.of] = each.own, each.theirs
        states.append(state)
    worth = np.stack([_utility(1 - _distances(places, cares, state), risk).mean(axis=1) for state in states], axis=1)
    moved = places.copy()
    for member in range(len(places)):
        open_to = [0, *(1 + number for number, each in enumerate(drawn) if member in {each.by, each.of})]
        chosen = open_to[int(probabilistic_condorcet(worth[:, open_to], power).argmax())]
        moved[member] = states[chosen][member]
    return moved


def _distances(places: Floats, cares: Floats, state: Floats) -> Floats:
    """``members x members``; how far the column's position in a state is from the row's ideal, by its salience."""
    gaps = cares[:, None, :] * (places[:, None, :] - state[None, :, :])
    return np.linalg.norm(gaps, axis=2) / np.linalg.norm(cares, axis=1)[:, None]


def _utility(value: Floats, risk: Floats) -> Floats:
    """Value bent by an attitude to risk."""
    return value + risk * value * (1 - value)


def _prospects(one: int, seen: Floats, weights: Floats, cares: Floats) -> tuple[Floats, Floats]:
    """For each other: the chance to win against it and the gain of a challenge, as the challenger sees utilities.

    Third parties weigh what their support changes: with the winner they keep their own position, against it they lose
    it, so that they help a side the more the likelier it is to win.
    """
    members = len(seen)
    own = weights[one] * (seen[one, one] - seen[one]) + _COALITION
    their = weights * (seen.diagonal() - seen[:, one]) + _COALITION
    prefers = weights[:, None] * (seen[:, [one]] - seen)  # rows third parties, columns opponents
    joined = own + their + np.abs(prefers)
    chance = (own + np.maximum(prefers, 0)) / joined
    keeps = seen.diagonal()[:, None]
    support = weights[:, None] * (chance * (keeps - seen[:, [one]]) - (1 - chance) * (keeps - seen))
    support[one] = 0
    support[np.arange(members), np.arange(members)] = 0
    with_one = own + np.maximum(support, 0).sum(axis=0)
    with_other = their + np.maximum(-support, 0).sum(axis=0)
    wins = with_one / (with_one + with_other)
    mine, after = seen[one, one], seen[one]
    gain = 2 * ((1 - cares) * mine + cares * (wins * mine + (1 - wins) * after)) - mine - after
    gain[one] = -np.inf
    return wins, gain


def _between(places: tuple[Floats, Floats], cares: tuple[Floats, Floats], chance: float) -> tuple[Floats, Floats]:
    """Where both would move: the mean of their positions, weighted by squares of salience and of chances."""
    pull = cares[0] ** 2 * chance**2, cares[1] ** 2 * (1 - chance) ** 2
    total = pull[0] + pull[1] + _STAKE
    own = ((pull[0] + _STAKE) * places[0] + pull[1] * places[1]) / total
    theirs = (pull[0] * places[0] + (pull[1] + _STAKE) * places[1]) / total
    return np.floor(0.5 + own * GRAIN) / GRAIN, np.floor(0.5 + theirs * GRAIN) / GRAIN
