"""Designing a vote: the quota, the weights, and what they mean for the people behind the members.

How power moves with the quota and with each weight, the square-root weights of Penrose with the quota of the
Jagiellonian compromise, and how equal the citizens of unequal states are. The inverse question, which weights give a
wanted power, is in :mod:`comity.solvers.inverse`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, isqrt, pi
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.solvers.measures import measure
from comity.solvers.power import banzhaf, shapley_shubik
from comity.solvers.simple import Simple, Weight, simplified, weighted
from comity.solvers.weighted.routes import sweep

Floats: TypeAlias = NDArray[np.float64]
Progress: TypeAlias = Callable[[int, int, str], None]
Index: TypeAlias = Literal["banzhaf", "shapley_shubik"]
INDICES: tuple[Index, ...] = ("banzhaf", "shapley_shubik")
ADDITIONS = 5e8
"""The most additions by which winning coalitions of a large body are counted."""


@dataclass(frozen=True)
class Sweep:
    """Power under each of many quotas.

    Attributes:
        quotas: the quotas, as asked.
        power: quotas x members, the shares of one index; zero where nothing can be carried.
        act: for each quota the share of coalitions that carry; not a number where it was not counted.

    Example:
        >>> found = quota_sweep(weighted([3, 2, 1], 1), [4, 5, 6])
        >>> found.power[:, 0].round(3).tolist(), found.act.tolist()
        ([0.6, 0.5, 0.333], [0.375, 0.25, 0.125])
    """

    quotas: tuple[int, ...]
    power: Floats
    act: Floats


def quota_sweep(
    game: Simple,
    quotas: Sequence[int],
    *,
    condition: int = 0,
    index: Index = "banzhaf",
    progress: Progress | None = None,
) -> Sweep:
    """Power against the quota: one condition of a rule is asked to reach each quota in turn.

    Rules that can be counted are counted exactly. A single weighted condition of a large body goes through the Fourier
    inversion of :mod:`comity.solvers.weighted`, all quotas in one run for Banzhaf.

    Args:
        game: the rule; its other conditions stay as they are.
        quotas: what the condition must reach, in the units of its row, each 1 or more.
        condition: the number of the condition.
        index: ``banzhaf`` (share of all swings) or ``shapley_shubik``.
        progress: told of each quota.

    Raises:
        ValueError: for a quota below 1, an unknown index or condition, or a rule that is too large.

    **Source**: on how much Banzhaf shares depend on the quota: Leech, "Voting power in the governance of the
    International Monetary Fund", Annals of Operations Research 109 (2002), 375-397.
    """
    known(index)
    if not 0 <= condition < len(game.rows):
        raise ValueError(f"The rule has no condition {condition}; it has {len(game.rows)}, counted from 0.")
    if not quotas or min(quotas) < 1:
        raise ValueError("A sweep needs quotas of 1 or more: a quota of nought would carry what nobody supports.")
    games = [_asking(game, condition, quota) for quota in quotas]
    if all(each.single is not None for each in games) and any(_is_large(each) for each in games):
        return _large_sweep(game.rows[condition], tuple(quotas), index, progress)
    power, act = np.zeros((len(quotas), len(game.members))), np.zeros(len(quotas))
    for number, each in enumerate(games):
        measured = measure(each)
        power[number] = [float(share) for share in getattr(measured, index)]
        act[number] = float(measured.act)
        if progress is not None:
            progress(number + 1, len(games), f"quota {quotas[number]:,}")
    return Sweep(tuple(quotas), power, act)


def _asking(game: Simple, condition: int, quota: int) -> Simple:
    needs = [quota if number == condition else need for number, need in enumerate(game.needs)]
    return simplified(game.members, game.rows, needs, game.formula)


def _is_large(game: Simple) -> bool:
    try:
        return len(game.members) > 30 and not (game.is_small and game.kinds <= 2**17)
    except OverflowError:
        return True


def _large_sweep(weights: Sequence[int], quotas: tuple[int, ...], index: Index, progress: Progress | None) -> Sweep:
    factor = gcd(*weights) or 1
    weights, asked = [weight // factor for weight in weights], quotas
    quotas, total = tuple(-(-quota // factor) for quota in quotas), sum(weights)
    reached = [quota for quota in quotas if quota <= total]
    shares = np.zeros((len(quotas), len(weights)))
    if index == "banzhaf" and reached:
        shares[[quota <= total for quota in quotas]] = sweep(weights, reached, progress=progress)[0]
    for number, quota in enumerate(quotas):
        if index == "shapley_shubik" and quota <= total:
            shares[number] = shapley_shubik(weights, quota)
            if progress is not None:
                progress(number + 1, len(quotas), f"quota {quota:,}")
    act = np.full(len(quotas), np.nan)
    length = max((min(total - quota, quota - 1) + 1 for quota in reached), default=1)
    if length * len(weights) <= ADDITIONS and len(weights) <= 1000:
        losing = _below(weights, length)
        act = np.array([_carrying(losing, total, quota) for quota in quotas])
    return Sweep(asked, shares, act)


def _below(weights: Sequence[int], length: int) -> Floats:
    """The share of coalitions that weigh no more than each whole number below ``length``."""
    terms, top = np.zeros(length), 1
    terms[0] = 0.5 ** min(len(weights), 1000)
    for weight in sorted(weights):
        high = min(top + weight, length)
        terms[weight:high] += terms[: max(high - weight, 0)].copy()
        top = max(high, top)
    return terms.cumsum()


def _carrying(shares: Floats, total: int, quota: int) -> float:
    """The share of coalitions that reach the quota: those that weigh no more than what is left over."""
    if quota > total:
        return 0.0
    left = total - quota
    return float(shares[left]) if left < len(shares) else 1.0 - float(shares[quota - 1])


def known(index: str) -> None:
    """Refuse an index that is none of those here.

    Raises:
        ValueError: with those there are.

    Example:
        >>> known("banzhaf")
    """
    if index not in INDICES:
        raise ValueError(f"There is no index '{index}' here; there are {' and '.join(INDICES)}.")


def power_of(weights: Sequence[Weight], quota: Weight, index: Index = "banzhaf") -> Floats:
    """One index of plain weights as shares.

    Raises:
        ValueError: for weights or a quota that make no game, an unknown index, or a body that is too large.

    Example:
        >>> power_of([3, 1, 1], 4, "shapley_shubik").round(4).tolist()
        [0.6667, 0.1667, 0.1667]
    """
    known(index)
    found = banzhaf(weights, quota) if index == "banzhaf" else shapley_shubik(weights, quota)
    return np.asarray(found, dtype=np.float64)


def sensitivity(
    weights: Sequence[int],
    quota: int,
    *,
    index: Index = "banzhaf",
    units: int = 1,
    relative: Fraction | None = None,
) -> Floats:
    """What a change of one member's weight does to everybody's power, the quota as it stands.

    Args:
        weights: whole numbers, one a member.
        quota: the weight that carries.
        index: the index.
        units: by how many units each weight is raised in turn (lowered, where negative; never below zero).
        relative: by which share of itself each weight is raised instead: ``Fraction(1, 100)`` for one per cent.

    Returns:
        members whose weight is changed x members whose power changes: differences of shares.

    Raises:
        ValueError: for weights or a quota that make no game, or an unknown index.

    Example:
        >>> sensitivity([3, 1, 1], 3).round(3).tolist()[1]
        [-0.4, 0.2, 0.2]
    """
    share = relative or Fraction(0)
    scale = share.denominator
    before = power_of(weights, quota, index)
    changed = np.empty((len(weights), len(weights)))
    for place, weight in enumerate(weights):
        raised = weight * (scale + share.numerator) if relative is not None else max(weight + units, 0)
        others = [each * scale for each in weights]
        others[place] = raised
        changed[place] = power_of(others, quota * scale, index)
    return changed - before


def square_root(populations: Sequence[int]) -> list[int]:
    """Penrose's weights: the square root of each population, rounded to whole numbers.

    With them, and a quota near that of :func:`jagiellonian`, each citizen has about the same say whatever the size of
    its state. Small populations are scaled so that no root is below a thousand.

    Raises:
        ValueError: for populations that are not above zero.

    **Source**: Penrose, "The elementary statistics of majority voting", J. Royal Statistical Society 109 (1946), 53-57.

    Example:
        >>> square_root([4_000_000, 1_000_000])
        [2000, 1000]
    """
    if not populations or min(populations) <= 0:
        raise ValueError("Square-root weights need populations above zero, one a member.")
    scale = max(1, -(-1000 // max(isqrt(min(populations)), 1)))
    return [(isqrt(4 * population * scale * scale) + 1) // 2 for population in populations]


def jagiellonian(populations: Sequence[int]) -> float:
    """The quota of the Jagiellonian compromise, as a share of the square-root weights.

    ``(1 + sqrt(sum of N) / sum of sqrt(N)) / 2``: half, and one standard deviation of a random coalition's weight. At
    this quota the power of each member is close to its weight.

    **Source**: Slomczynski and Zyczkowski, "Penrose voting system and optimal quota", Acta Physica Polonica B 37
    (2006), 3133-3143; the normal approximation in Homo Oeconomicus 24 (2007), 381-399.

    Raises:
        ValueError: for populations that are not above zero.

    Example:
        >>> round(jagiellonian([1] * 25), 3)
        0.6
    """
    if not populations or min(populations) <= 0:
        raise ValueError("The quota needs populations above zero, one a member.")
    sizes = np.array(populations, dtype=np.float64)
    return float((1 + np.sqrt(sizes.sum()) / np.sqrt(sizes).sum()) / 2)


@dataclass(frozen=True)
class Fairness:
    """How equal citizens are who vote through their states.

    Attributes:
        target: for each member the share of power at which all citizens are equal: in proportion to the square root of
            its population.
        citizen: the influence of a citizen of each member; that of the average citizen is 1.
        misplaced: the share of power that would have to move to reach the target, from 0 to 1.
        largest: the largest relative deviation of a member's power from the target.
        gini: Gini coefficient of the citizens' influence, 0 where all are equal.
    """

    target: Floats
    citizen: Floats
    misplaced: float
    largest: float
    gini: float


def fairness(power: Sequence[float] | Floats, populations: Sequence[int]) -> Fairness:
    """One person, one vote: members' power held against the square root of their populations.

    A citizen decides in its state with a probability in inverse proportion to the square root of the population, and
    its state decides with the Banzhaf power: the product is the citizen's indirect power.

    Args:
        power: Banzhaf power of each member, in any unit.
        populations: the people behind each member.

    Raises:
        ValueError: where lengths differ, a population is not above zero, or nobody has power.

    **Source**: Penrose (1946); Felsenthal and Machover, The Measurement of Voting Power (1998), section 3.4.

    Example:
        >>> fairness([2, 1], [4_000_000, 1_000_000]).gini
        0.0
    """
    shares, sizes = np.asarray(power, dtype=np.float64), np.asarray(populations, dtype=np.float64)
    if len(shares) != len(sizes) or not len(sizes) or sizes.min() <= 0:
        raise ValueError("Fairness needs one power and one population above zero for each member.")
    if shares.min() < 0 or not shares.sum():
        raise ValueError("Nobody has power under this rule, so nothing can be shared fairly.")
    shares = shares / shares.sum()
    roots = np.sqrt(sizes)
    target = roots / roots.sum()
    people = sizes / sizes.sum()
    citizen = shares / roots
    citizen = citizen / (citizen @ people)
    apart = np.abs(citizen[:, None] - citizen[None, :])
    gini = float(people @ apart @ people / 2)
    return Fairness(
        target,
        citizen,
        float(np.abs(shares - target).sum() / 2),
        float(np.abs(shares / target - 1).max()),
        gini if gini > 1e-15 else 0.0,
    )


def citizen_decides(swing_probability: Sequence[float] | Floats, populations: Sequence[int]) -> Floats:
    """The probability that one citizen's vote decides both its state's majority and the members' vote.

    ``sqrt(2 / (pi N))`` in the state (Stirling's approximation), times the probability that the state's vote swings.

    Example:
        >>> citizen_decides([0.5], [2_000_000]).round(8).tolist()
        [0.00028209]
    """
    sizes = np.asarray(populations, dtype=np.float64)
    return np.asarray(swing_probability, dtype=np.float64) * np.sqrt(2 / (pi * sizes))


def compromise(populations: Sequence[int], members: Sequence[str] = ()) -> Simple:
    """The Jagiellonian compromise as a game: square-root weights and the quota of :func:`jagiellonian`, rounded up.

    Example:
        >>> compromise([4_000_000, 1_000_000, 1_000_000, 1_000_000]).single
        ((2, 1, 1, 1), 4)
    """
    weights = square_root(populations)
    quota = -(-Fraction(jagiellonian(populations)) * sum(weights) // 1)
    return weighted(weights, min(int(quota), sum(weights)), members)
