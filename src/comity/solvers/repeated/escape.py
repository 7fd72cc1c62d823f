"""A clause whose cost rises at times: to comply all the same, to break it, or to escape it at a price.

In some rounds a party is under pressure, and compliance costs it several times as much; nobody else sees when. Three
ways to write the clause: *strict*, where all comply even then; *brittle*, where a party under pressure breaks it and
takes the suspension that follows; *escape*, where it may announce that it will not comply and pay a price to the other
parties in equal shares (to nobody among them, where it is the only party). The price must be so high that nobody
escapes without pressure, and so low that a party under pressure pays rather than cheats.

Source:
    Rosendorff and Milner (2001), "The Optimal Design of International Trade Institutions: Uncertainty and Escape",
    International Organization 55(4); Koremenos (2001), "Loosening the Ties that Bind", ibid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.solvers.repeated.clause_game import Array, Looks, Parties

_CLOSE = 1e-12


@dataclass(frozen=True)
class Pressure:
    """How often compliance is dear, and how dear.

    Attributes:
        chance: how probable it is that a party is under pressure in a round (``draws``), for each on its own.
        strain: how many times the usual cost compliance takes then (``draws``).
    """

    chance: Array
    strain: Array

    def __post_init__(self) -> None:
        if self.chance.size and not (self.chance.min() >= 0 and self.chance.max() <= 1):
            raise ValueError("The chance of pressure lies between 0 and 1.")
        if self.strain.size and self.strain.min() < 1:
            raise ValueError("Under pressure compliance costs no less than usual: a strain of 1 or more.")


@dataclass(frozen=True)
class Course:
    """What comes of a clause that is written one way.

    Attributes:
        holds: whether every party does as it is written (``draws``).
        values: what it is then worth to each party a round, on average (``draws x parties``).
        delivered: how much of the parties' parts is provided, on average (``draws``).
        rewarded: how many rewards a party is paid a round, on average (``draws``).
    """

    holds: NDArray[np.bool_]
    values: Array
    delivered: Array
    rewarded: Array


@dataclass(frozen=True)
class Escape(Course):
    """What comes of a clause with an escape.

    Attributes:
        least: the least price at which nobody escapes without pressure (``draws``).
        most: the highest at which every party under pressure pays it (``draws``).
    """

    least: Array
    most: Array


def strict(parties: Parties, looks: Looks, suspended: Array, pressure: Pressure) -> Course:
    """The clause that is kept even under pressure.

    Args:
        parties: what the clause costs in rounds without pressure, and brings.
        looks: how it is verified.
        suspended: the rounds of suspension that a notice brings, as ``clause_game.felt`` (``draws``).
        pressure: how often compliance is dear.

    Example:
        >>> two = Parties(*(np.full((1, 2), each) for each in (1.0, 0.0, 3.0)), np.zeros(1), np.zeros(2))
        >>> kept = strict(two, Looks(0.0, 0.0), np.array([9.0]), Pressure(np.array([0.1]), np.array([5.0])))
        >>> kept.holds.tolist(), kept.values.round(4).tolist()
        ([True], [[1.6, 1.6]])
    """
    false, true = looks.noticed(parties.number)
    chance, strain, rounds = pressure.chance[:, None], pressure.strain[:, None], suspended[:, None]
    spent = parties.cost * (1.0 + chance * (strain - 1.0))
    tempted = strain * parties.cost - parties.own - parties.withheld[:, None] * parties.others - _pushed(parties, looks)
    round_ = parties.own + parties.others - spent + _paid(parties, looks, 1.0 - looks.false_alarm)
    values = round_ / (1.0 + false * rounds)
    holds = (tempted <= rounds * (true - false) * values + _CLOSE) & (round_ >= -_CLOSE)
    stands = 1.0 / (1.0 + false * suspended)
    return Course(np.asarray(holds.all(axis=1)), values, stands, (1.0 - looks.false_alarm) * stands)


def brittle(parties: Parties, looks: Looks, suspended: Array, pressure: Pressure) -> Course:
    """The clause that is broken by whoever is under pressure, at the cost of a suspension where it is noticed."""
    chance, rounds, keep = pressure.chance[:, None], suspended[:, None], parties.withheld[:, None]
    noticed = (1.0 - chance) * looks.false_alarm + chance * (1.0 - looks.miss)
    clear = (1.0 - noticed) ** (parties.number - 1)
    others = (1.0 - chance) * parties.others
    passed = (1.0 - chance) * (1.0 - looks.false_alarm) + chance * looks.miss
    round_ = others * (1.0 - chance * keep) + (1.0 - chance) * (parties.own - parties.cost)
    round_ = round_ + _paid(parties, looks, passed)
    lapse = 1.0 + (1.0 - (1.0 - noticed) ** parties.number) * rounds
    values = round_ / lapse
    tempted = parties.cost - parties.own - keep * others - _pushed(parties, looks)
    deters = rounds * clear * looks.power * values
    dear = tempted + (pressure.strain[:, None] - 1.0) * parties.cost
    holds = (tempted <= deters + _CLOSE) & (dear >= deters - _CLOSE) & (round_ >= -_CLOSE)
    return Course(np.asarray(holds.all(axis=1)), values, ((1.0 - chance) / lapse)[:, 0], (passed / lapse)[:, 0])


def escape(parties: Parties, looks: Looks, suspended: Array, pressure: Pressure) -> Escape:
    """The clause that a party may escape at a price, taken at the least price that serves.

    Example:
        >>> two = Parties(*(np.full((1, 2), each) for each in (1.0, 0.0, 3.0)), np.zeros(1), np.zeros(2))
        >>> found = escape(two, Looks(0.0, 0.0), np.array([9.0]), Pressure(np.array([0.1]), np.array([5.0])))
        >>> found.least.tolist(), found.most.round(4).tolist(), found.values.round(4).tolist()
        ([1.0], [5.0], [[1.8, 1.8]])
    """
    chance, rounds = pressure.chance[:, None], suspended[:, None]
    alarm = (1.0 - chance) * looks.false_alarm
    clear, lapse = (1.0 - alarm) ** (parties.number - 1), 1.0 + (1.0 - (1.0 - alarm) ** parties.number) * rounds
    passed = (1.0 - chance) * (1.0 - looks.false_alarm)
    bare = (1.0 - chance) * (parties.others + parties.own - parties.cost) + _paid(parties, looks, passed)
    lost = chance / lapse if parties.number == 1 else np.zeros_like(chance)  # paid to the others, the price comes back
    risk = rounds * clear * looks.false_alarm
    gained = looks.reward * (1.0 - parties.pays)
    usual = parties.cost - parties.own - gained * (1.0 - looks.false_alarm)
    dear = usual + (pressure.strain[:, None] - 1.0) * parties.cost
    caught = rounds * clear * (1.0 - looks.miss)
    withheld = parties.withheld[:, None] * (1.0 - chance) * parties.others
    least = np.maximum(0.0, (usual + risk * bare / lapse) / (1.0 + risk * lost)).max(axis=1)
    pays = (dear + risk * bare / lapse) / (1.0 + risk * lost)
    owns_up = (caught * bare / lapse + withheld - gained * looks.miss) / (1.0 + caught * lost)
    most = np.minimum(pays, owns_up).min(axis=1)
    values = bare / lapse - lost * least[:, None]
    tempted = parties.cost - parties.own - withheld - _pushed(parties, looks)
    kept = (tempted <= rounds * clear * looks.power * values + _CLOSE) & (values >= -_CLOSE)
    holds = np.asarray(kept.all(axis=1)) & (least <= most + _CLOSE)
    return Escape(holds, values, ((1.0 - chance) / lapse)[:, 0], (passed / lapse)[:, 0], least, most)


def _pushed(parties: Parties, looks: Looks) -> Array:
    """What the reward adds to the reasons for complying."""
    return looks.reward * looks.power * (1.0 - parties.pays)


def _paid(parties: Parties, looks: Looks, passed: Array | float) -> Array:
    """What a party is paid, less what it bears of all rewards, where a party passes a look so often."""
    return looks.reward * passed * (1.0 - parties.number * parties.pays)
