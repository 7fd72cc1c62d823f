"""Sharing a whole among several: in proportion between limits, by nested needs, by claims on too small an estate.

All of it is exact: numbers in, numbers out, as fractions. Shares add up to the whole that was to be shared.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from itertools import groupby, pairwise

NOUGHT, ONE = Fraction(0), Fraction(1)


def _sum(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, NOUGHT)


def _checked(numbers: Sequence[Fraction], what: str) -> None:
    if not numbers or min(numbers) < 0 or not any(numbers):
        raise ValueError(f"{what} are numbers of zero or more, and somebody has some.")


def proportional(capacity: Sequence[Fraction], floor: Fraction = NOUGHT, ceiling: Fraction = ONE) -> list[Fraction]:
    """Shares of one in proportion to capacity, none below the floor, none above the ceiling.

    What floors add and ceilings cut is carried by the others in proportion, until every share lies within the limits.

    Args:
        capacity: what each is measured by, of zero or more.
        floor: the least share.
        ceiling: the largest share.

    Raises:
        ValueError: where floor and ceiling cannot be kept by so many, or nobody has capacity.

    Example:
        >>> [str(share) for share in proportional([Fraction(8), Fraction(1), Fraction(1)], ceiling=Fraction(1, 2))]
        ['1/2', '1/4', '1/4']
    """
    count = len(capacity)
    if floor * count > 1 or ceiling * count < 1:
        raise ValueError(f"{count} members cannot share one whole between floor {floor} and ceiling {ceiling}.")
    _checked(capacity, "Capacities")
    fixed: dict[int, Fraction] = {}
    while True:
        rest = 1 - _sum(list(fixed.values()))
        free = [place for place in range(count) if place not in fixed]
        total = _sum([capacity[place] for place in free])
        drawn = {place: rest * capacity[place] / total if total else rest / len(free) for place in free}
        low = _sum([floor - share for share in drawn.values() if share < floor])
        high = _sum([share - ceiling for share in drawn.values() if share > ceiling])
        if not low and not high:
            return [fixed.get(place, drawn.get(place, NOUGHT)) for place in range(count)]
        if low >= high:
            fixed |= {place: floor for place, share in drawn.items() if share < floor}
        if high >= low:
            fixed |= {place: ceiling for place, share in drawn.items() if share > ceiling}


def lightened(
    incomes: Sequence[Fraction], people: Sequence[Fraction], gradient: Fraction, threshold: Fraction | None = None
) -> list[Fraction]:
    """Incomes after relief for low income per head, the relief carried by those above the threshold.

    Below the threshold an income falls by ``gradient`` times the part by which its income per head falls short of the
    threshold. What that takes away is added to the incomes above the threshold in proportion, so that the sum stays.

    Args:
        incomes: the income of each.
        people: the people of each, more than none.
        gradient: the strength of the relief, from 0 to 1.
        threshold: the income per head up to which there is relief; the average of all where absent.

    Raises:
        ValueError: where somebody has no people or nobody any income.

    Example:
        >>> lightened([Fraction(90), Fraction(10)], [Fraction(1), Fraction(1)], Fraction(4, 5))
        [Fraction(482, 5), Fraction(18, 5)]
    """
    _checked(incomes, "Incomes")
    if min(people) <= 0:
        raise ValueError("Relief for low income per head needs the people of everybody, more than none.")
    limit = _sum(incomes) / _sum(people) if threshold is None else threshold
    poor = [income / count < limit for income, count in zip(incomes, people, strict=True)]
    left = [
        income * (1 - gradient * (1 - income / count / limit)) if low else income
        for income, count, low in zip(incomes, people, poor, strict=True)
    ]
    above = _sum([income for income, low in zip(incomes, poor, strict=True) if not low])
    if not above:
        return list(incomes)
    relief = _sum(incomes) - _sum(left)
    return [income if low else income + relief * income / above for income, low in zip(left, poor, strict=True)]


def raised(shares: Sequence[Fraction], floor: Fraction) -> list[Fraction]:
    """Shares with those below the floor lifted to it, the others lowered in proportion.

    Example:
        >>> raised([Fraction(9, 10), Fraction(1, 10), Fraction(0)], Fraction(1, 5))
        [Fraction(3, 5), Fraction(1, 5), Fraction(1, 5)]
    """
    return proportional(shares, floor)


def lowered(shares: Sequence[Fraction], ceilings: Sequence[Fraction], fixed: Collection[int] = ()) -> list[Fraction]:
    """Shares with those above their ceilings cut to them, what is cut carried in proportion by those not limited.

    Args:
        shares: the shares, which add up to one whole.
        ceilings: the largest share of each.
        fixed: the places that do not rise, unless nobody else is left to carry what is cut.

    Raises:
        ValueError: where nobody at all is left to carry it.

    Example:
        >>> half = Fraction(1, 2)
        >>> lowered([Fraction(3, 5), Fraction(3, 10), Fraction(1, 10)], [half, half, half], fixed=[2])
        [Fraction(1, 2), Fraction(2, 5), Fraction(1, 10)]
    """
    found, cut = list(shares), set[int]()
    while over := [place for place, share in enumerate(found) if share > ceilings[place]]:
        excess = _sum([found[place] - ceilings[place] for place in over])
        cut |= set(over)
        carriers = [place for place, share in enumerate(found) if share and place not in cut]
        carriers = [place for place in carriers if place not in fixed] or carriers
        if not carriers:
            raise ValueError("The ceilings together are below the whole: nobody is left to carry what they cut.")
        total = _sum([found[place] for place in carriers])
        more = {place: excess * found[place] / total for place in carriers}
        found = [
            ceilings[place] if place in over else share + more.get(place, NOUGHT) for place, share in enumerate(found)
        ]
    return found


def poured(shares: Sequence[Fraction], more: Fraction, ceilings: Sequence[Fraction]) -> tuple[list[Fraction], Fraction]:
    """Shares after taking over some more in proportion, none beyond its ceiling, and what nobody takes over.

    One who stands at or above the ceiling already takes over nothing, and so does one who bears nothing.

    Example:
        >>> most = Fraction(2, 5)
        >>> shares, left = poured([Fraction(3, 10), Fraction(1, 10)], Fraction(6, 10), [most, most])
        >>> [str(share) for share in shares], str(left)
        (['2/5', '2/5'], '1/5')
    """
    found, left = list(shares), more
    while left and (free := [place for place, share in enumerate(found) if 0 < share < ceilings[place]]):
        total = _sum([found[place] for place in free])
        taken = {place: min(left * found[place] / total, ceilings[place] - found[place]) for place in free}
        found = [share + taken.get(place, NOUGHT) for place, share in enumerate(found)]
        left -= _sum(list(taken.values()))
    return found, left


def nested(needs: Sequence[Fraction]) -> list[Fraction]:
    """What each pays of the largest need where whoever needs less is served by what serves the larger: Shapley.

    Each slice of the need is shared equally by those who need it.

    Source:
        Littlechild and Owen, Management Science 20 (1973), 370-372.

    Example:
        >>> [str(share) for share in nested([Fraction(1), Fraction(2), Fraction(3)])]
        ['1/3', '5/6', '11/6']
    """
    _checked(needs, "Needs")
    order = sorted(range(len(needs)), key=lambda place: needs[place])
    paid, before, sum_of_slices = [NOUGHT] * len(needs), NOUGHT, NOUGHT
    for rank, place in enumerate(order):
        sum_of_slices += (needs[place] - before) / (len(needs) - rank)
        paid[place], before = sum_of_slices, needs[place]
    return paid


def _claimed(claims: Sequence[Fraction], estate: Fraction) -> None:
    _checked(claims, "Claims")
    if not 0 <= estate <= _sum(claims):
        raise ValueError(f"An estate of {estate} is not within the claims, which are {_sum(claims)} together.")


def equal_awards(claims: Sequence[Fraction], estate: Fraction) -> list[Fraction]:
    """The same to each, but to nobody more than the claim.

    Source:
        Maimonides; Thomson, Mathematical Social Sciences 45 (2003), 249-297.

    Raises:
        ValueError: where the estate is more than all claims, or less than nothing.

    Example:
        >>> equal_awards([Fraction(100), Fraction(200), Fraction(300)], Fraction(400))
        [Fraction(100, 1), Fraction(150, 1), Fraction(150, 1)]
    """
    _claimed(claims, estate)
    found, left = [NOUGHT] * len(claims), estate
    for rank, place in enumerate(sorted(range(len(claims)), key=lambda each: claims[each])):
        found[place] = min(claims[place], left / (len(claims) - rank))
        left -= found[place]
    return found


def equal_losses(claims: Sequence[Fraction], estate: Fraction) -> list[Fraction]:
    """The same loss to each, but nobody gets less than nothing: the dual of equal awards.

    Example:
        >>> equal_losses([Fraction(100), Fraction(200), Fraction(300)], Fraction(300))
        [Fraction(0, 1), Fraction(100, 1), Fraction(200, 1)]
    """
    _claimed(claims, estate)
    lost = equal_awards(claims, _sum(claims) - estate)
    return [claim - loss for claim, loss in zip(claims, lost, strict=True)]


def talmud(claims: Sequence[Fraction], estate: Fraction) -> list[Fraction]:
    """Equal awards up to half of the claims, equal losses beyond: the division of the contested garment, for several.

    Source:
        Aumann and Maschler, Journal of Economic Theory 36 (1985), 195-213; Mishnah, Ketubot 93a.

    Example:
        >>> talmud([Fraction(100), Fraction(200), Fraction(300)], Fraction(200))
        [Fraction(50, 1), Fraction(75, 1), Fraction(75, 1)]
    """
    _claimed(claims, estate)
    halves = [claim / 2 for claim in claims]
    if estate <= _sum(halves):
        return equal_awards(halves, estate)
    lost = equal_awards(halves, _sum(claims) - estate)
    return [claim - loss for claim, loss in zip(claims, lost, strict=True)]


def concentration(
    shares: Sequence[Fraction], bases: Sequence[Fraction], ranks: Sequence[Fraction]
) -> list[tuple[Fraction, Fraction]]:
    """The curve of what is borne against what is had, from the lowest rank to the highest, from (0, 0) to (1, 1).

    Args:
        shares: what each bears.
        bases: what each has.
        ranks: by what they are ordered, such as income per head; equals count as one.

    Example:
        >>> [tuple(map(str, point)) for point in concentration([ONE, 3 * ONE], [ONE, ONE], [ONE, 2 * ONE])]
        [('0', '0'), ('1/2', '1/4'), ('1', '1')]
    """
    whole, base = _sum(shares), _sum(bases)
    found, x, y = [(NOUGHT, NOUGHT)], NOUGHT, NOUGHT
    order = sorted(range(len(ranks)), key=lambda place: ranks[place])
    for _, equals in groupby(order, key=lambda place: ranks[place]):
        same = list(equals)
        x += _sum([bases[place] for place in same]) / base
        y += _sum([shares[place] for place in same]) / whole
        found.append((x, y))
    return found


def suits(curve: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """How progressive a burden is: 0 where all bear in proportion, above where the upper ranks bear more, at most 1.

    Source:
        Suits, American Economic Review 67 (1977), 747-752.

    Example:
        >>> str(suits([(NOUGHT, NOUGHT), (Fraction(1, 2), Fraction(1, 4)), (ONE, ONE)]))
        '1/4'
    """
    below = NOUGHT
    for (before, low), (after, high) in pairwise(curve):
        below += (after - before) * (low + high) / 2
    return 1 - 2 * below
