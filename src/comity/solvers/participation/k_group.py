"""The k-group: who provides a common good alone or together, and what remains when a member goes.

A good has one cost and is worth something to each member. In *linear* supply each member's part costs it so much, and
those who deliver their parts provide that share of the whole. Numbers that are whole or rational are reckoned exactly;
floats as floats. One case is ``members``; many at once are ``draws x members``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from numbers import Rational
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers: TypeAlias = NDArray[Any]
"""Floats, or exact fractions as objects."""
Amount: TypeAlias = float | Rational
Amounts: TypeAlias = ArrayLike | Rational | Sequence[Rational]
"""One amount, one a member, or draws x members."""
MOST_MEMBERS = 20
"""The largest body whose minimal groups are all listed; of larger ones the least number alone is told."""
CHUNK = 64
"""So many draws are looked at together: they stay near the processor."""
LARGEST = 2**62
"""Sums below this fit in whole numbers of the machine."""
NONE = 0
"""The least number where not even all members together suffice."""


@dataclass(frozen=True)
class Group:
    """The least group of the largest beneficiaries, draw by draw.

    Attributes:
        least: draws; k*, the least number of members that suffice; 0 where not even all do.
        members: draws x members; who they are: the largest beneficiaries, of equals the first.
        alone: draws x members; for whom it pays to provide the whole good alone. The group is privileged where
            somebody does.
    """

    least: NDArray[np.int64]
    members: NDArray[np.bool_]
    alone: NDArray[np.bool_]

    @property
    def privileged(self) -> NDArray[np.bool_]:
        """Draws; whether some member would provide the good alone."""
        return self.least == 1


def least_contributors(benefit: Amount, cost: Amount) -> int:
    """How many identical members must contribute for contributing to pay: the least whole number of at least c/b.

    Args:
        benefit: what each contribution is worth to each contributor.
        cost: what contributing costs each.

    Raises:
        ValueError: where the benefit is not above nought, or the cost is negative.

    **Source**: Schelling (1978), *Micromotives and Macrobehavior*, chapter 7; Snidal (1985), "The Limits of Hegemonic
    Stability Theory", *International Organization* 39(4).

    Example:
        >>> [least_contributors(1, Fraction(cost)) for cost in ("1.5", "2.5", "4.2", "9.5")]
        [2, 3, 5, 10]
    """
    gain, price = Fraction(benefit), Fraction(cost)
    if gain <= 0 or price < 0:
        raise ValueError(f"A contribution is worth more than nought and costs no less; got {benefit} and {cost}.")
    return max(1, -int(-price // gain))


def k_group(benefits: Amounts, cost: Amounts) -> Group:
    """The least group for which providing the good pays, its benefits summed, and who would provide it alone.

    In linear supply it is the same question whether the group carries the whole cost or only its members' parts: both
    pay where the group's benefits reach the whole cost.

    Args:
        benefits: draws x members, or members; what the whole good is worth to each.
        cost: the whole cost, one or one a draw.

    Raises:
        ValueError: for negative benefits, or a cost that is not above nought.

    **Source**: Olson (1965), *The Logic of Collective Action*, chapter 1, on privileged groups; Snidal (1985).

    Example:
        >>> found = k_group([5, 4, 2, 1], 8)
        >>> found.least.tolist(), found.members.tolist(), bool(found.privileged[0])
        ([2], [[True, True, False, False]], False)
    """
    worth, whole = _worth(benefits, cost)
    order = np.argsort(-worth, axis=1, kind="stable")
    reached = np.cumsum(np.take_along_axis(worth, order, axis=1), axis=1) >= whole[:, None]
    least = np.where(reached[:, -1], reached.argmax(axis=1) + 1, NONE)
    members = np.zeros(worth.shape, dtype=np.bool_)
    np.put_along_axis(members, order, np.arange(worth.shape[1]) < least[:, None], axis=1)
    return Group(least.astype(np.int64), members, (worth >= whole[:, None]).astype(np.bool_))


def minimal_groups(benefits: Amounts, cost: Amount) -> NDArray[np.int64]:
    """All groups for which providing pays and for none of whose parts it does, as bit masks in ascending order.

    Args:
        benefits: members, at most :data:`MOST_MEMBERS`; bit ``i`` is the member at place ``i``.
        cost: the whole cost.

    Raises:
        ValueError: for more members; there :func:`k_group` tells the least number, which is exact whatever the number.

    Example:
        >>> [f"{mask:04b}" for mask in minimal_groups([5, 4, 2, 1], 8)]
        ['0011', '1101']
    """
    worth, whole = _worth(benefits, cost)
    if worth.shape[0] != 1 or worth.shape[1] > MOST_MEMBERS:
        raise ValueError(
            f"Minimal groups are listed for one case of at most {MOST_MEMBERS} members; got {worth.shape}: for larger "
            "bodies k_group tells the least number that suffices."
        )
    units = _units(np.append(worth[0], whole[0]))
    values, need = units[:-1], units[-1]
    sums, smallest = 0 * units[:1], units.max(keepdims=True)
    for value in values:
        sums = np.concatenate([sums, sums + value])
        smallest = np.concatenate([smallest, np.minimum(smallest, value)])
    enough = (sums >= need) & (sums - smallest < need)
    return np.flatnonzero(enough.astype(np.bool_)).astype(np.int64)


def self_supporting(
    benefits: Amounts, costs: Amounts, needed: Amounts = 0, *, whole: Amounts | None = None
) -> NDArray[np.int64]:
    """The least number of members that gain, each for itself, by delivering their own parts together.

    Nobody is paid by others. A member gains where what the whole good is worth to it, times the share that the group
    delivers, is no less than its own part costs it; so such a group is one of costly parts and high ratios of benefit
    to cost. For identical members it is :func:`least_contributors`.

    Args:
        benefits: draws x members, or members; what the whole good is worth to each.
        costs: draws x members, or members; what its own part costs each.
        needed: the share below which nothing is provided, one or one a draw.
        whole: what the whole good costs, one or one a draw; what all these members' parts cost where absent.

    Returns:
        draws; 0 where no group supports itself.

    Raises:
        ValueError: for negative benefits, or costs that are not above nought.

    **Source**: Schelling (1978), chapter 7, whose k is this number for identical members.

    Example:
        >>> self_supporting([4, 4, 4, 4], [2, 2, 2, 2]).tolist()
        [2]
    """
    worth, parts, least, full = _alike(
        _numbers(benefits), _numbers(costs), _numbers(needed), _numbers(0 if whole is None else whole)
    )
    worth, parts = np.broadcast_arrays(worth, parts)
    total = parts.sum(axis=1) if whole is None else np.broadcast_to(full.ravel(), len(worth))
    if not (worth >= 0).all() or not (parts > 0).all() or not (total > 0).all():
        raise ValueError("A benefit is nought or more, and each member's part costs more than nought.")
    floor = total * np.broadcast_to(least.ravel(), len(worth))
    found = [
        _supporting(worth[rows], parts[rows], total[rows], floor[rows])
        for rows in (slice(at, at + CHUNK) for at in range(0, len(worth), CHUNK))
    ]
    return np.concatenate(found)


def _supporting(worth: Numbers, parts: Numbers, whole: Numbers, floor: Numbers) -> NDArray[np.int64]:
    """The least self-supporting number of some draws: for each member, of those as keen as it, the costliest parts."""
    columns = np.arange(worth.shape[1])
    costly = np.argsort(-parts, axis=1, kind="stable")
    worth, parts = np.take_along_axis(worth, costly, axis=1), np.take_along_axis(parts, costly, axis=1)
    ratio = worth / parts
    beyond = 2 * (whole + parts.sum(axis=1))[:, None]  # more than all together deliver
    needs = np.where(worth > 0, whole[:, None] / np.where(worth > 0, ratio, 1), beyond)
    needs = np.maximum(needs, floor[:, None])
    best = np.full(len(worth), NONE, dtype=np.int64)
    for place in range(worth.shape[1]):
        keen = ratio >= ratio[:, place, None]
        short = (np.cumsum(parts * keen, axis=1) < needs[:, place, None]).sum(axis=1)
        number = (keen & (columns <= short[:, None])).sum(axis=1)
        better = (short < worth.shape[1]) & ((best == NONE) | (number < best))
        best = np.where(better, number, best)
    return best


@dataclass(frozen=True)
class Voluntary:
    """What is provided when everybody gives what pays for itself, the others' gifts being given.

    Attributes:
        gifts: draws x members; the share of the good that each provides.
        provided: draws; the share of the good provided.
        riding: draws x members; who has a benefit and gives nothing while somebody gives.
    """

    gifts: Numbers
    provided: Numbers
    riding: NDArray[np.bool_]


def voluntary(benefits: Amounts, cost: Amounts, capacity: Amounts = 1, curvature: Amount = 1) -> Voluntary:
    """Voluntary provision in equilibrium: the member that values the good most gives first, the others ride.

    The share ``q`` of the good is worth to a member its benefit times ``(q - g q^2 / 2) / (1 - g / 2)``: the whole is
    worth its benefit, and with ``g = 1`` the first part is worth twice the mean and the last part nothing. Cost is
    linear. A member gives up to its capacity while one more part is worth its cost to it alone; so the total is unique,
    and of equals the first gives. There are no effects of income: with them smaller members would give something too.

    Args:
        benefits: draws x members, or members; what the whole good is worth to each.
        cost: the whole cost, one or one a draw.
        capacity: the share of the good that each member can provide at most; one, members, or draws x members.
        curvature: ``g``, from 0 (each part is worth the same) to 1.

    Raises:
        ValueError: for negative benefits or capacities, a cost not above nought, or a curvature outside 0 to 1.

    **Source**: Olson and Zeckhauser (1966), "An Economic Theory of Alliances", *Review of Economics and Statistics*
    48(3), on reaction curves and the exploitation of the great by the small; the quadratic form is ours.

    Example:
        >>> found = voluntary([40, 20, 10], 20)
        >>> [str(gift) for gift in found.gifts[0]], str(found.provided[0])
        (['3/4', '0', '0'], '3/4')
    """
    worth, whole, most, bend = _alike(*_worth(benefits, cost), _numbers(capacity), _numbers(curvature)[0, 0])
    if not 0 <= bend <= 1:
        raise ValueError(f"The curvature lies between 0 and 1; got {curvature}.")
    if not (most >= 0).all():
        raise ValueError("Nobody can provide less than nothing: a capacity is a share of nought or more.")
    most = np.broadcast_to(most, worth.shape)
    positive = (worth > 0).astype(np.bool_)
    price = whole[:, None] / np.where(positive, worth, 1) * (1 - bend / 2)
    stops = (price <= 1) * 1 if bend == 0 else np.clip((1 - price) / bend, 0, 1)
    stops = np.where(positive, stops, 0)
    order = np.argsort(-worth, axis=1, kind="stable")
    gifts, provided, rows = 0 * worth, 0 * whole, np.arange(len(worth))
    for place in order.T:
        gift = np.clip(stops[rows, place] - provided, 0, most[rows, place])
        gifts[rows, place] = gift
        provided += gift
    riding = positive & (gifts == 0).astype(np.bool_) & (provided > 0).astype(np.bool_)[:, None]
    return Voluntary(gifts, provided, riding)


@dataclass(frozen=True)
class Exploitation:
    """How burdens lie against benefits.

    Attributes:
        ratios: draws x members; share of the cost over share of the benefit: above 1 the member carries more than it
            gains. Not a number for a member without benefit.
        index: draws; the share of the cost that would have to change hands for both to agree, 0 to 1.
    """

    ratios: NDArray[np.float64]
    index: NDArray[np.float64]


def exploitation(costs: Amounts, benefits: Amounts) -> Exploitation:
    """Shares of the cost against shares of the benefit, draws x members or members.

    Raises:
        ValueError: for negative numbers, or where all are nought.

    **Source**: Olson (1965), p. 29, and Olson and Zeckhauser (1966): a "tendency for the exploitation of the great by
    the small".

    Example:
        >>> found = exploitation([9, 1, 0], [5, 3, 2])
        >>> found.ratios.round(2).tolist(), round(float(found.index[0]), 2)
        ([[1.8, 0.33, 0.0]], 0.4)
    """
    carried, gained = (np.atleast_2d(np.asarray(each, dtype=np.float64)) for each in (costs, benefits))
    totals = carried.sum(axis=1, keepdims=True), gained.sum(axis=1, keepdims=True)
    if not ((carried >= 0).all() and (gained >= 0).all() and all((total > 0).all() for total in totals)):
        raise ValueError("Costs and benefits are of nought or more, and somebody has some.")
    burden, benefit = carried / totals[0], gained / totals[1]
    ratios = np.full(np.broadcast_shapes(burden.shape, benefit.shape), np.nan)
    np.divide(burden, benefit, out=ratios, where=benefit > 0)
    return Exploitation(ratios, np.abs(burden - benefit).sum(axis=1) / 2)


@dataclass(frozen=True)
class Left:
    """What one member's going leaves, the cost of the whole good unchanged.

    Attributes:
        least: k* of those who stay; 0 where not even all of them gain by providing the whole.
        privileged: whether one of them would provide it alone.
        minimal: how many minimal groups are left; None in bodies too large to list them.
        provided: the share of the good that those who stay provide of their own accord.
    """

    least: int
    privileged: bool
    minimal: int | None
    provided: float | Fraction


def without_each(benefits: Amounts, cost: Amount, capacity: Amounts = 1, curvature: Amount = 1) -> tuple[Left, ...]:
    """What is left of provision without each member in turn; arguments as in :func:`voluntary`, one case.

    Example:
        >>> [each.least for each in without_each([5, 4, 2, 1], 8)]
        [0, 3, 2, 2]
    """
    worth, whole = _worth(benefits, cost)
    most = np.broadcast_to(_numbers(capacity), worth.shape)
    found: list[Left] = []
    for place in range(worth.shape[1]):
        rest, theirs = np.delete(worth[0], place), np.delete(most[0], place)
        group = k_group(rest, whole[0])
        listed = len(minimal_groups(rest, whole[0])) if len(rest) <= MOST_MEMBERS else None
        provided = voluntary(rest, whole[0], theirs, curvature).provided[0]
        found.append(Left(int(group.least[0]), bool(group.privileged[0]), listed, provided))
    return tuple(found)


def _numbers(values: Amounts) -> Numbers:
    """Numbers as draws x members: whole and rational ones as fractions, others as floats."""
    given: NDArray[Any] = np.atleast_2d(np.asarray(values))
    if given.ndim != 2 or not given.size:
        raise ValueError(f"Give draws x members; got {given.shape}.")
    flat = given.ravel().tolist()
    if not all(isinstance(value, Rational) for value in flat):
        return given.astype(np.float64)
    exact = np.empty(given.size, dtype=object)
    exact[:] = [Fraction(value) for value in flat]
    return exact.reshape(given.shape)


def _units(values: Numbers) -> Numbers:
    """Fractions as whole numbers in the same proportion, of the machine where they fit; floats as they are."""
    if values.dtype != object:
        return values
    unit = lcm(*(value.denominator for value in values))
    whole = [int(value * unit) for value in values]
    return np.array(whole, dtype=np.int64 if sum(whole) < LARGEST else object)


def _alike(*values: Any) -> tuple[Any, ...]:
    """Numbers of one kind: floats where any of them is one."""
    exact = all(np.asarray(value).dtype == object for value in values)
    return values if exact else tuple(np.asarray(value, dtype=np.float64) for value in values)


def _worth(benefits: Amounts, cost: Amounts) -> tuple[Numbers, Numbers]:
    """Benefits as draws x members and the whole cost, one a draw."""
    worth, whole = _alike(_numbers(benefits), _numbers(cost).ravel())
    if not (worth >= 0).all() or not (whole > 0).all():
        raise ValueError("A good is worth nought or more to each member, and the whole of it costs more than nought.")
    return worth, np.broadcast_to(whole, len(worth))
