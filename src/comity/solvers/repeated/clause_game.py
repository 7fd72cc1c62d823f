"""A clause between several parties that is looked at round after round: who keeps it, and what that is worth.

One round is one look. Every party that complies bears its own cost and provides its part of a good; the looks err, with
false alarms and misses; a notice against anyone suspends the whole clause for some rounds, in which nobody complies; a
reward is paid for every look that finds a party compliant. Only what differs from a suspended clause is counted.

With ``S`` the rounds of suspension as they are felt today, a party keeps the clause where

    temptation (1 + false S)  <=  S (true - false) worth   and   worth >= 0,

the second because a party that loses by the clause withdraws. Its average value is ``worth / (1 + false S)``.
Arrays are ``draws x parties`` unless said otherwise, sums those of one round.

Source:
    Mailath and Samuelson (2006), Repeated Games and Reputations, ch. 7; Barrett (1999), "A Theory of Full
    International Cooperation", Journal of Theoretical Politics 11(4); Kandori (1992), Review of Economic Studies 59(3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
_CLOSE = 1e-12


@dataclass(frozen=True)
class Parties:
    """What one round of the clause costs its parties and brings them.

    Attributes:
        cost: what complying costs each.
        own: what its own part of the good is worth to each.
        others: what the parts of all other parties are worth to each.
        withheld: how much of that is kept from a party that does not comply (``draws``).
        pays: the share of every reward that each party itself bears (``parties``).
    """

    cost: Array
    own: Array
    others: Array
    withheld: Array
    pays: Array

    @property
    def number(self) -> int:
        """How many parties there are."""
        return int(self.cost.shape[1])


@dataclass(frozen=True)
class Looks:
    """How the clause is verified, and what it pays.

    Attributes:
        false_alarm: how probable a notice is against a party that complies.
        miss: how probable it is that none comes against a party that does not.
        reward: what a party is paid for a look that finds it compliant.
    """

    false_alarm: float
    miss: float
    reward: float = 0.0

    def __post_init__(self) -> None:
        if not (0 <= self.false_alarm <= 1 and 0 <= self.miss <= 1):
            raise ValueError("False alarms and misses are probabilities from 0 to 1.")
        if self.reward < 0:
            raise ValueError("A reward is of nought or more.")

    @property
    def power(self) -> float:
        """How much better a party that complies passes a look than one that does not; 0 where looks tell nothing."""
        return max(0.0, 1.0 - self.false_alarm - self.miss)

    def noticed(self, parties: int) -> tuple[float, float]:
        """How probable a notice against anyone is where all comply, and where one party does not."""
        others = (1.0 - self.false_alarm) ** (parties - 1)
        false = 1.0 - others * (1.0 - self.false_alarm)
        return false, false + others * self.power

    def several(self, readings: int) -> Looks:
        """The looks where each is the majority of so many independent readings.

        Raises:
            ValueError: where the number is even, so that a majority may be missing, or less than one.

        Example:
            >>> better = Looks(0.1, 0.2).several(3)
            >>> round(better.false_alarm, 4), round(better.miss, 4)
            (0.028, 0.104)
        """
        if readings < 1 or readings % 2 == 0:
            raise ValueError(f"A majority of {readings} readings may not exist; take an odd number.")
        from scipy.stats import binom

        half = readings // 2
        wrong = [float(binom.sf(half, readings, error)) for error in (self.false_alarm, self.miss)]
        return replace(self, false_alarm=wrong[0], miss=wrong[1])


def felt(discount: ArrayLike, rounds: ArrayLike) -> Array:
    """The rounds of suspension that begin with the next, as they are felt today, one a draw.

    Args:
        discount: discount factors below one, from one look to the next.
        rounds: how many, one number or one a draw; infinite for ever.

    Raises:
        ValueError: where a discount factor is not from 0 to below 1, or the rounds are below nought.

    Example:
        >>> felt([0.5, 0.9], 2).tolist(), felt([0.5], np.inf).tolist()
        ([0.75, 1.71], [1.0])
    """
    factors = np.asarray(discount, dtype=np.float64)
    if factors.size and not (factors.min() >= 0 and factors.max() < 1):
        raise ValueError("Discount factors lie from 0 to below 1.")
    lengths = np.asarray(rounds, dtype=np.float64)
    if lengths.size and lengths.min() < 0:
        raise ValueError("A clause is suspended for no fewer than 0 rounds.")
    return factors * (1.0 - factors**lengths) / (1.0 - factors)


def temptation(parties: Parties, looks: Looks) -> Array:
    """What a party gains in one round by not complying while the others do."""
    kept = parties.own + parties.withheld[:, None] * parties.others
    return parties.cost - kept - looks.reward * looks.power * (1.0 - parties.pays)


def worth(parties: Parties, looks: Looks) -> Array:
    """What one round in which all comply is worth to a party beyond one in which the clause is suspended."""
    paid = looks.reward * (1.0 - looks.false_alarm) * (1.0 - parties.number * parties.pays)
    return parties.own + parties.others - parties.cost + paid


def loss(parties: Parties, looks: Looks) -> Array:
    """What one round of suspension takes from a party that thinks of breaking the clause, false alarms allowed for."""
    false, true = looks.noticed(parties.number)
    return worth(parties, looks) * (true - false) - np.maximum(0.0, temptation(parties, looks)) * false


def keeps(parties: Parties, looks: Looks, suspended: Array) -> NDArray[np.bool_]:
    """Whether each party keeps the clause.

    Args:
        parties: what it costs and brings.
        looks: how it is verified.
        suspended: the rounds of suspension that a notice brings, as :func:`felt` (``draws``).

    Example:
        >>> two = Parties(*(np.full((1, 2), each) for each in (1.0, 0.0, 3.0)), np.zeros(1), np.zeros(2))
        >>> keeps(two, Looks(0.0, 0.0), felt([0.5], 1)).tolist(), keeps(two, Looks(0.0, 0.0), felt([0.5], 0)).tolist()
        ([[True, True]], [[False, False]])
    """
    gain, round_ = temptation(parties, looks), worth(parties, looks)
    return (gain <= suspended[:, None] * loss(parties, looks) + _CLOSE) & (round_ >= -_CLOSE)


def values(parties: Parties, looks: Looks, suspended: Array) -> Array:
    """What the clause is worth to each party a round, on average, where all keep it."""
    false, _ = looks.noticed(parties.number)
    return worth(parties, looks) / (1.0 + false * suspended[:, None])


def critical_discount(parties: Parties, looks: Looks) -> Array:
    """The least discount factor at which each party keeps the clause if a notice ends it; infinite where none suffices.

    Example:
        >>> two = Parties(*(np.full((1, 2), each) for each in (1.0, 0.0, 3.0)), np.zeros(1), np.zeros(2))
        >>> critical_discount(two, Looks(0.0, 0.0)).round(4).tolist()
        [[0.3333, 0.3333]]
    """
    gain, lost = np.maximum(0.0, temptation(parties, looks)), loss(parties, looks)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(gain <= _CLOSE, 0.0, np.where(lost > 0, gain / (gain + lost), np.inf))
    return np.where(worth(parties, looks) >= -_CLOSE, factor, np.inf)


def least_trigger(parties: Parties, looks: Looks, discount: Array) -> Array:
    """The fewest rounds of suspension with which every party keeps the clause, one a draw; infinite where none do.

    Example:
        >>> two = Parties(*(np.full((1, 2), each) for each in (2.0, 0.0, 3.0)), np.zeros(1), np.zeros(2))
        >>> least_trigger(two, Looks(0.0, 0.0), np.array([0.9, 0.7, 0.5])).tolist()
        [3.0, 6.0, inf]
    """
    gain, lost = np.maximum(0.0, temptation(parties, looks)), loss(parties, looks)
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.where(gain <= _CLOSE, 0.0, np.where(lost > 0, gain / lost, np.inf)).max(axis=1)
        share = 1.0 - needed * (1.0 - discount) / discount
        rounds = np.ceil(np.log(np.maximum(share, 0.0)) / np.log(discount) - 1e-9)
    rounds = np.where(needed == 0, 0.0, np.where(share > 0, rounds, np.inf))
    return np.where((worth(parties, looks) >= -_CLOSE).all(axis=1), rounds, np.inf)


def one_shot_reward(parties: Parties, looks: Looks) -> Array:
    """The reward for which each party complies without regard to later rounds; infinite where looks tell nothing.

    It is the cost that the good does not pay back, over how much better a party that complies passes a look.
    """
    return _least(parties, looks, np.zeros(len(parties.withheld)))


def least_reward(parties: Parties, looks: Looks, suspended: Array) -> Array:
    """The least reward for which each party keeps the clause, given the suspension that a notice brings.

    Args:
        parties: what the clause costs and brings.
        looks: how it is verified; its own reward is left aside.
        suspended: the rounds of suspension that a notice brings, as :func:`felt` (``draws``).

    Example:
        >>> two = Parties(*(np.full((1, 2), each) for each in (3.0, 0.0, 2.0)), np.zeros(1), np.zeros(2))
        >>> looks = Looks(0.0, 0.5)
        >>> one_shot_reward(two, looks).tolist(), least_reward(two, looks, felt([0.9], np.inf)).round(4).tolist()
        ([[6.0, 6.0]], [[1.5, 1.5]])
    """
    return _least(parties, looks, suspended)


def _least(parties: Parties, looks: Looks, suspended: Array) -> Array:
    bare = replace(looks, reward=0.0)
    false, true = looks.noticed(parties.number)
    felt_, gain, round_ = suspended[:, None], temptation(parties, bare), worth(parties, bare)
    push = looks.power * (1.0 - parties.pays) * (1.0 + false * felt_)
    pull = (1.0 - looks.false_alarm) * (1.0 - parties.number * parties.pays)
    slope = push + felt_ * (true - false) * pull
    lacking = gain * (1.0 + false * felt_) - felt_ * (true - false) * round_
    with np.errstate(divide="ignore", invalid="ignore"):
        deters = np.where(lacking <= 0, 0.0, np.where(slope > 0, lacking / slope, np.inf))
        stays = np.where(round_ >= 0, 0.0, np.where(pull > 0, -round_ / pull, np.inf))
    return np.maximum(deters, stays)


def most_reward(gain: Array, parties: Parties, looks: Looks) -> Array:
    """The reward at which those who pay it are left with nothing of what the clause brings them, one a draw.

    Args:
        gain: what one round in which all comply is worth to the payers together (``draws``).
        parties: what the clause costs and brings; ``pays`` tells what the parties bear themselves.
        looks: how it is verified.

    Example:
        >>> two = Parties(*(np.full((1, 2), each) for each in (3.0, 0.0, 2.0)), np.zeros(1), np.zeros(2))
        >>> most_reward(np.array([8.0]), two, Looks(0.0, 0.5)).tolist()
        [4.0]
    """
    borne = parties.number * (1.0 - looks.false_alarm) * (1.0 - float(parties.pays.sum()))
    return gain / borne if borne > 0 else np.where(gain > 0, np.inf, 0.0)
