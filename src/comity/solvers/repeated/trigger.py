"""A promise that is kept because its breach suspends it: how patient the parties must be, and for how long.

Whoever breaks the promise gains its ``temptation`` once; while it stands, each round is ``worth`` so much more than
while it is suspended. A notice of breach comes with probability ``false`` where all comply and ``true`` where one does
not, and suspends the promise for so many rounds. Breaking it once and complying again does not pay where

    temptation / (worth (true - false) - temptation false)  <=  d + d^2 + ... + d^rounds,

the right-hand side being the rounds of suspension as they are felt today under the discount factor ``d``. The left-hand
side, the rounds of suspension that deter a party of perfect patience, is :func:`deterrence`; everything else follows.

Source:
    Friedman (1971), "A Non-cooperative Equilibrium for Supergames", Review of Economic Studies 38(1); Mailath and
    Samuelson (2006), Repeated Games and Reputations, ch. 2 and 7; Tirole (1988), The Theory of Industrial
    Organization, 6.7.1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

Number = int | Fraction | float
"""Exact where the inputs are exact."""


@dataclass(frozen=True)
class Stage:
    """One round of a promise, as one party sees it.

    Attributes:
        temptation: what it gains in the round by not complying while the others do.
        worth: what a round of the promise is worth to it beyond a round of its suspension.
    """

    temptation: Number
    worth: Number


def prisoners_dilemma(tempted: Number, rewarded: Number, punished: Number, duped: Number) -> Stage:
    """The promise to cooperate in a prisoners' dilemma, suspended by mutual defection.

    Args:
        tempted: what defection brings against a cooperator.
        rewarded: what mutual cooperation brings.
        punished: what mutual defection brings.
        duped: what cooperation brings against a defector.

    Raises:
        ValueError: where these are not in falling order.

    Example:
        >>> critical_discount(prisoners_dilemma(5, 3, 1, 0))
        Fraction(1, 2)
    """
    if not tempted > rewarded > punished > duped:
        raise ValueError("A prisoners' dilemma falls from tempted over rewarded and punished to duped.")
    return Stage(tempted - rewarded, rewarded - punished)


def public_good(players: int, multiplier: Number) -> Stage:
    """The promise to pay one unit each into a pot that is multiplied and shared equally.

    Raises:
        ValueError: where one's own unit pays for itself, or the pot never does.

    Example:
        >>> critical_discount(public_good(5, 3))
        Fraction(1, 6)
    """
    if not 1 < multiplier < players:
        raise ValueError(f"A dilemma of {players} has a multiplier above 1 and below {players}.")
    back = Fraction(multiplier) / players if isinstance(multiplier, int | Fraction) else multiplier / players
    return Stage(1 - back, multiplier - 1)


def cournot(firms: int) -> Stage:
    """The promise to share the monopoly's output equally, suspended by Cournot competition (linear demand, no cost).

    Raises:
        ValueError: for fewer than two firms.

    Example:
        >>> critical_discount(cournot(2))
        Fraction(9, 17)
    """
    if firms < 2:
        raise ValueError("A promise not to compete needs two firms.")
    shared, alone = Fraction(1, 4 * firms), Fraction((firms + 1) ** 2, 16 * firms**2)
    return Stage(alone - shared, shared - Fraction(1, (firms + 1) ** 2))


def deterrence(stage: Stage, false: Number = 0, true: Number = 1) -> Number:
    """The rounds of suspension, felt at once, that deter a party; infinite where none does.

    Args:
        stage: the promise.
        false: how probable a notice of breach is where all comply.
        true: how probable it is where one does not.

    Raises:
        ValueError: where the probabilities are none.

    Example:
        >>> deterrence(Stage(1, 2)), deterrence(Stage(1, 1), Fraction(1, 5), 1), deterrence(Stage(1, 1), Fraction(1, 2))
        (Fraction(1, 2), Fraction(5, 3), inf)
    """
    if not (0 <= false <= 1 and 0 <= true <= 1):
        raise ValueError("The probabilities of a notice lie between 0 and 1.")
    if stage.temptation <= 0:
        return 0
    loss = stage.worth * (true - false) - stage.temptation * false
    return quotient(stage.temptation, loss) if loss > 0 else math.inf


def critical_discount(stage: Stage, false: Number = 0, true: Number = 1, rounds: int | None = None) -> Number | None:
    """The least discount factor at which the promise is kept; None where no patience suffices.

    Exact where the inputs are exact and the breach ends the promise for ever; else found to the last digit of a float.

    Args:
        stage: the promise.
        false: how probable a notice of breach is where all comply.
        true: how probable it is where one does not.
        rounds: how many rounds a notice suspends the promise; for ever where absent.

    Raises:
        ValueError: where the probabilities are none, or fewer than no rounds are asked for.

    Example:
        >>> critical_discount(Stage(1, 1), Fraction(1, 5), 1)
        Fraction(5, 8)
        >>> round(critical_discount(Stage(1, 2), rounds=1), 3), critical_discount(Stage(2, 1), rounds=1)
        (0.5, None)
    """
    if rounds is not None and rounds < 0:
        raise ValueError("A promise is suspended for no fewer than 0 rounds.")
    needed = deterrence(stage, false, true)
    if needed == 0:
        return 0
    if needed == math.inf or (rounds is not None and needed >= rounds):
        return None
    if rounds is None:
        return quotient(needed, 1 + needed)
    low, high = 0.0, 1.0
    while (middle := (low + high) / 2) not in {low, high}:
        low, high = (low, middle) if felt(middle, rounds) >= needed else (middle, high)
    return high


def felt(discount: Number, rounds: int | None = None) -> Number:
    """The rounds of suspension that begin with the next round, as they are felt today.

    Raises:
        ValueError: where the discount factor is none.

    Example:
        >>> felt(Fraction(1, 2), 2), felt(Fraction(1, 2)), felt(1, 3)
        (Fraction(3, 4), Fraction(1, 1), 3)
    """
    if not 0 <= discount <= 1:
        raise ValueError("A discount factor lies between 0 and 1.")
    if rounds is None:
        return math.inf if discount == 1 else quotient(discount, 1 - discount)
    return rounds if discount == 1 else quotient(discount * (1 - discount**rounds), 1 - discount)


def least_trigger(stage: Stage, discount: Number, false: Number = 0, true: Number = 1) -> int | None:
    """The fewest rounds of suspension that keep the promise; None where not even an end for ever does.

    Raises:
        ValueError: where a probability or the discount factor is none.

    Example:
        >>> least_trigger(Stage(1, 1), Fraction(7, 10), Fraction(1, 5), 1)
        4
    """
    needed, ever = deterrence(stage, false, true), felt(discount)
    if needed == 0:
        return 0
    if needed == math.inf or needed >= ever:
        return None
    share = 1 - float(quotient(needed * (1 - discount), discount)) if discount < 1 else 1.0
    rounds = math.ceil(float(needed)) if discount == 1 else math.ceil(math.log(share) / math.log(float(discount)))
    while rounds > 1 and felt(discount, rounds - 1) >= needed:
        rounds -= 1
    while felt(discount, rounds) < needed:
        rounds += 1
    return rounds


def value(stage: Stage, discount: Number, false: Number = 0, rounds: int | None = None) -> Number:
    """What the promise is worth a round, on average over all rounds to come, to parties that keep it.

    Example:
        >>> value(Stage(1, 2), Fraction(3, 4), Fraction(1, 10))
        Fraction(20, 13)
    """
    if false == 0:
        return stage.worth
    suspended = felt(discount, rounds)
    return 0 if suspended == math.inf else quotient(stage.worth, 1 + false * suspended)


def quotient(above: Number, below: Number) -> Number:
    """A quotient, exact where both numbers are.

    Example:
        >>> quotient(1, 3), quotient(1.0, 4)
        (Fraction(1, 3), 0.25)
    """
    exact = isinstance(above, int | Fraction) and isinstance(below, int | Fraction)
    return Fraction(above) / Fraction(below) if exact else above / below
