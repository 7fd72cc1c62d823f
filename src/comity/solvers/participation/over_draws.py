"""One club over many draws of what a good is worth: who gains by belonging, and what would hold those who do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.solvers.participation.payoffs import SLACK

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Drawn:
    """A public good over draws: each array is ``draws x members`` but for those of one number a draw or a member.

    Attributes:
        benefit: what the whole good is worth to each.
        cost: what its own part costs each.
        part: the share of the good that each part provides (``members``).
        excludable: how much of the benefit outsiders are shut out from (``draws``).
        needed: the share of the good below which nothing is provided.
        joint: whether a club that would lose by it does nothing.
        least: how many members an agreement needs before it binds anyone.
    """

    benefit: Floats
    cost: Floats
    part: Floats
    excludable: Floats
    needed: float = 0.0
    joint: bool = True
    least: int = 1


@dataclass(frozen=True)
class Belonging:
    """What belonging to one club does, draw by draw.

    Attributes:
        stands: whether the club does anything (``draws``).
        gain: what each member gains by staying, each outsider by joining (``draws x members``).
        goes_on: whether the club does something after a member's exit, or before an outsider's entry.
        payoff: what each gets as things are.
        slack: differences up to this count as none (``draws``).
    """

    stands: NDArray[np.bool_]
    gain: Floats
    goes_on: NDArray[np.bool_]
    payoff: Floats
    slack: Floats


def belonging_to(good: Drawn, inside: ArrayLike, losses: ArrayLike = 0.0) -> Belonging:
    """What everyone gains by belonging to one club rather than not, the others staying where they are.

    Args:
        good: the good over draws.
        inside: who belongs (``members``, booleans).
        losses: what a sanction of the club takes from each outsider (``draws x members``).

    Example:
        >>> one = Drawn(np.array([[4.0, 1.0]]), np.array([[2.0, 2.0]]), np.array([0.5, 0.5]), np.zeros(1))
        >>> found = belonging_to(one, [True, True])
        >>> found.gain.tolist(), bool(found.stands[0])  # alone, the first just breaks even; the second rides
        ([[2.0, -1.5]], True)
    """
    here = np.asarray(inside, dtype=np.bool_)
    sign = np.where(here, -1.0, 1.0)
    share = float(good.part[here].sum())
    other = share + sign * good.part
    worth, price = good.benefit[:, here].sum(axis=1), good.cost[:, here].sum(axis=1)
    slack = SLACK * (good.benefit.sum(axis=1) + good.cost.sum(axis=1))
    count = int(here.sum())
    acts = _acts(good, worth * share - price, share, count, slack=slack)
    their = (worth[:, None] + sign * good.benefit) * other - (price[:, None] + sign * good.cost)
    changed = _acts(good, their, other, count + sign, slack=slack[:, None])
    open_to = 1.0 - good.excludable[:, None]
    lost = np.broadcast_to(np.asarray(losses, dtype=np.float64), good.benefit.shape)
    now = acts[:, None]
    member = np.where(here, now, changed) * (good.benefit * np.where(here, share, other) - good.cost)
    without = np.where(here, changed, now)
    rides = without * (open_to * good.benefit * np.where(here, other, share) - lost)
    return Belonging(acts, member - rides, without, np.where(here, member, rides), slack)


def _acts(good: Drawn, together: Floats, share: ArrayLike, count: ArrayLike, *, slack: Floats) -> NDArray[np.bool_]:
    enough = (np.asarray(count) >= max(1, good.least)) & (np.asarray(share) >= good.needed - SLACK)
    gains = together >= -slack if good.joint else np.ones(together.shape, dtype=np.bool_)
    return gains & enough


def holding_factor(found: Belonging, inside: ArrayLike, losses: Floats) -> Floats:
    """The smallest factor on the losses at which nobody would leave, draw by draw; infinite where none holds the club.

    Args:
        found: what belonging does without a sanction.
        inside: who belongs.
        losses: what a sanction of one takes from each outsider (``draws x members``).

    Example:
        >>> one = Drawn(np.array([[4.0, 1.0]]), np.array([[2.0, 2.0]]), np.array([0.5, 0.5]), np.zeros(1))
        >>> holding_factor(belonging_to(one, [True, True]), [True, True], one.cost).tolist()
        [0.75]
    """
    here = np.asarray(inside, dtype=np.bool_)
    lacking = np.where(found.gain[:, here] < -found.slack[:, None], -found.gain[:, here], 0.0)
    reach = found.goes_on[:, here] & (losses[:, here] > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(lacking > 0, np.where(reach, lacking / losses[:, here], np.inf), 0.0)
    return factor.max(axis=1, initial=0.0)
