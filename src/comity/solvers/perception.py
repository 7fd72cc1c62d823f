"""Perception: how often a state misjudges another after so many contacts, and what its errors cost it.

Two states do not know of each other whether they are trustworthy: whether they would rather keep an agreement that the
other keeps than break it. Each contact sends one signal, good or bad. A trustworthy state looks hostile with the
probability ``error``, a hostile one looks trustworthy with the probability ``miss``; given the type the signals are
independent. A state adds up the good ones, follows Bayes' rule, and trusts where its belief reaches a cut-off. A tie
goes to trust. Everything is a sum of binomial terms, taken as an incomplete beta function: nothing is simulated.

Arguments are numbers or arrays that fit together; ``miss`` is the same as ``error`` where it is not given.

**Source**: Kydd, *Trust and Mistrust in International Relations* (2005), on the trust game; Jervis, *Perception and
Misperception in International Politics* (1976), on why states misjudge; Blackwell, "Equivalent comparisons of
experiments", *Annals of Mathematical Statistics* 24 (1953), 265-272.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
_TINY = 1e-300
"""In place of a signal that never errs."""
_TIE = 1e-9
"""Beliefs are taken to reach the cut-off where a billionth of a signal is missing."""


@dataclass(frozen=True)
class Misjudged:
    """How often a state errs about another.

    Attributes:
        trustworthy: the probability that a trustworthy state is not trusted.
        hostile: the probability that a hostile state is trusted.
    """

    trustworthy: Floats
    hostile: Floats


def cutoff(needless: ArrayLike, exploited: ArrayLike) -> Floats:
    """The belief from which trust costs less than distrust.

    Args:
        needless: what is lost where a trustworthy state is not trusted (reward less temptation).
        exploited: what is lost where a hostile one is (punishment less the sucker's payoff).

    Raises:
        ValueError: where a loss is negative, or both are nought.

    Example:
        >>> float(cutoff(1, 3))
        0.75
    """
    first, second = (np.asarray(each, dtype=np.float64) for each in (needless, exploited))
    if not ((first >= 0) & (second >= 0) & (first + second > 0) & np.isfinite(first + second)).all():
        raise ValueError("Losses are numbers of nought or more, and one of them is more than nought.")
    return second / (first + second)


def fewest(
    contacts: ArrayLike, prior: ArrayLike, level: ArrayLike, *, error: ArrayLike, miss: ArrayLike | None = None
) -> NDArray[np.int64]:
    """The fewest good signals after which a state trusts: one more than there are contacts where it never does.

    Args:
        contacts: how many signals it has had.
        prior: its belief before the first that the other is trustworthy, above 0 and below 1.
        level: the belief from which it trusts, its cut-off.
        error: how often a trustworthy state looks hostile.
        miss: how often a hostile state looks trustworthy.

    Raises:
        ValueError: where contacts are negative, a probability is none, or signals mislead (error + miss above 1).

    Example:
        >>> int(fewest(1, 0.9, 0.8, error=0.3)), int(fewest(0, 0.9, 0.8, error=0.3))
        (1, 0)
    """
    count, belief, cut, false, missed = _given(contacts, prior, level, error, miss)
    with np.errstate(divide="ignore"):
        wanted = np.log(cut) - np.log1p(-cut) - np.log(belief) + np.log1p(-belief)
    good = np.log1p(-false) - np.log(missed)
    bad = np.log(false) - np.log1p(-missed)
    tells = good - bad > _TIE
    with np.errstate(invalid="ignore"):
        needed = np.where(tells, (wanted - count * bad) / np.where(tells, good - bad, 1.0), np.sign(wanted - _TIE))
    never = np.where(tells, count + 1, np.where(needed > 0, count + 1, 0))
    found = np.where(tells, np.clip(np.ceil(needed - _TIE), 0, count + 1), never)
    return found.astype(np.int64)


def misjudged(
    contacts: ArrayLike, prior: ArrayLike, level: ArrayLike, *, error: ArrayLike, miss: ArrayLike | None = None
) -> Misjudged:
    """How often a state errs after so many contacts, by what the other is; arguments as in :func:`fewest`.

    Example:
        >>> [round(float(misjudged(n, 0.9, 0.8, error=0.3).trustworthy), 3) for n in (0, 1, 25)]
        [0.0, 0.3, 0.017]
    """
    count, belief, cut, false, missed = _given(contacts, prior, level, error, miss)
    least = fewest(count, belief, cut, error=false, miss=missed)
    return Misjudged(_short(count, least, false), _reached(count, least, missed))


def loss(found: Misjudged, prior: ArrayLike, *, needless: ArrayLike, exploited: ArrayLike) -> Floats:
    """What a state expects to lose by its errors before it knows anything: over both types of the other.

    With the cut-off of :func:`cutoff` it never rises with contacts, nor with better signals (Blackwell 1953).

    Args:
        found: how often it errs.
        prior: its belief before the first contact.
        needless: what is lost where a trustworthy state is not trusted.
        exploited: what is lost where a hostile one is.

    Example:
        >>> float(loss(misjudged(0, 0.5, 0.5, error=0.3), 0.5, needless=1, exploited=1))
        0.5
    """
    belief = np.asarray(prior, dtype=np.float64)
    return belief * found.trustworthy * np.asarray(needless) + (1 - belief) * found.hostile * np.asarray(exploited)


def wary(
    contacts: ArrayLike, prior: ArrayLike, level: ArrayLike, *, error: ArrayLike, miss: ArrayLike | None = None
) -> Floats:
    """How often a trustworthy state defects on another when each also reckons with the other's doubts.

    Trust pays only where a trustworthy other trusts as well, which it does with a probability q; so the belief needed
    is the cut-off divided by q. Of the equilibria in which both follow the same cut-off this is the most trusting;
    another, in which nobody ever trusts, always exists. Both defect with the square of this probability. Arguments as
    in :func:`fewest`.

    **Source**: Kydd (2005), the trust game; here with private signals.

    Example:
        >>> [round(float(wary(n, 0.9, 0.8, error=0.3)), 3) for n in (0, 1, 25)]
        [0.0, 1.0, 0.017]
    """
    count, belief, cut, false, missed = _given(contacts, prior, level, error, miss)
    least = fewest(count, belief, cut, error=false, miss=missed)
    while True:
        trusts = 1 - _short(count, least, false)
        needed = np.where(trusts > 0, cut / np.where(trusts > 0, trusts, 1.0), np.where(cut > 0, 2.0, 0.0))
        again = fewest(count, belief, np.minimum(needed, 1.0), error=false, miss=missed)
        again = np.maximum(least, np.where(needed > 1, count.astype(np.int64) + 1, again))
        if (again == least).all():
            return _short(count, least, false)
        least = again


def _given(  # noqa: PLR0917 - in the order of the questions
    contacts: ArrayLike, prior: ArrayLike, level: ArrayLike, error: ArrayLike, miss: ArrayLike | None
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """The arguments, checked and of one shape."""
    missed = error if miss is None else miss
    given = np.broadcast_arrays(
        *(np.asarray(each, dtype=np.float64) for each in (contacts, prior, level, error, missed))
    )
    count, belief, cut, false, wrong = (np.array(each) for each in given)
    if not ((count >= 0) & (count == np.floor(count)) & (count <= 1e9)).all():
        raise ValueError("Contacts are counted: give whole numbers from 0.")
    if not ((belief > 0) & (belief < 1)).all():
        raise ValueError("A belief before the first contact lies above 0 and below 1: else no signal can change it.")
    if not ((cut >= 0) & (cut <= 1)).all():
        raise ValueError("A cut-off is a belief from 0 to 1.")
    if not ((false >= 0) & (wrong >= 0) & (false + wrong <= 1)).all():
        raise ValueError(
            "Errors are probabilities of nought or more; together they are at most 1, else signals mislead."
        )
    return count, belief, cut, np.maximum(false, _TINY), np.maximum(wrong, _TINY)


def _reached(count: Floats, least: NDArray[np.int64], chance: Floats) -> Floats:
    """The probability of at least so many successes."""
    from scipy.special import betainc

    inside = (least >= 1) & (least <= count)
    first, second = np.where(inside, least, 1), np.where(inside, count - least + 1, 1)
    return np.where(inside, betainc(first, second, chance), np.where(least < 1, 1.0, 0.0))


def _short(count: Floats, least: NDArray[np.int64], false: Floats) -> Floats:
    """The probability that a trustworthy state gives fewer good signals than that: bad ones are at least the rest."""
    return _reached(count, (count - least + 1).astype(np.int64), false)
