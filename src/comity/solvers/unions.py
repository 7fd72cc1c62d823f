"""Power with a-priori unions: what blocs that form before the vote make of a rule, and of each member's share.

A union first counts as one member among the others (the *quotient*), then its members share what it has, each by what
it could add to the others of its union, should it go its own way with some of them. Owen's value lets both unions and
members join in any order, the Banzhaf-Owen value lets both toss coins, and the symmetric coalitional Banzhaf value lets
unions toss coins and members join in any order. Members that no union names are unions of one.

:func:`merged` is the plainer question: the rule when each bloc always votes as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.solvers.measures import Measures, measure
from comity.solvers.simple import LARGEST, NARROW, Side, Simple, side, simplified, winning

KINDS = 2**27
"""The most kinds of coalition, of other unions and of a union's own members together, that are looked at."""
CELLS = 2**23
"""The most counts held at once: for weights that the other unions reach, or kinds of own coalition, by size."""
WIDTH = 2**17
"""The kinds of coalition that are looked at in one step."""

INDICES = ("owen", "banzhaf_owen", "symmetric_banzhaf")


@dataclass(frozen=True)
class UnionMeasures:
    """A rule measured with a-priori unions, exactly.

    Attributes:
        members: the names of the members.
        owen: Owen's value: sums to one wherever the rule can carry and block anything.
        banzhaf_owen: the Banzhaf-Owen value: a probability, as the absolute Banzhaf measure is, with no fixed sum.
        symmetric_banzhaf: the symmetric coalitional Banzhaf value: the members of a union share its absolute Banzhaf
            measure in the quotient.
        quotient: the measures of the unions themselves, each voting as one.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> found = measure_unions(weighted([1, 1, 1], quota=2, members="ABC"), {"pact": ["A", "B"]})
        >>> found.owen, found.quotient.members
        ((Fraction(1, 2), Fraction(1, 2), Fraction(0, 1)), ('pact', 'C'))
    """

    members: tuple[str, ...]
    owen: tuple[Fraction, ...]
    banzhaf_owen: tuple[Fraction, ...]
    symmetric_banzhaf: tuple[Fraction, ...]
    quotient: Measures


def partition(members: Sequence[str], unions: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """All unions by name, in order of their first member; members that none names are unions of one.

    Raises:
        ValueError: for an unknown member, a member in two unions, an empty union, or a union that has the name of a
            member outside it.

    Example:
        >>> partition("ABCD", {"pact": ["D", "B"]})
        {'A': ('A',), 'pact': ('B', 'D'), 'C': ('C',)}
    """
    home: dict[str, str] = {}
    for name, named in unions.items():
        inside = list(named)
        if not inside:
            raise ValueError(f"The union '{name}' has no members; leave it out or name them.")
        for member in inside:
            if member not in members:
                raise ValueError(f"The union '{name}' names '{member}', who is no member of this body.")
            if home.setdefault(member, name) != name:
                raise ValueError(f"'{member}' is in two unions, '{home[member]}' and '{name}'; a member has one.")
    for name in unions:
        if name in members and home.get(name) != name:
            raise ValueError(f"The union '{name}' has the name of a member that it does not contain; rename it.")
    found: dict[str, list[str]] = {}
    for member in members:
        found.setdefault(home.get(member, member), []).append(member)
    return {name: tuple(inside) for name, inside in found.items()}


def merged(game: Simple, unions: Mapping[str, Iterable[str]]) -> Simple:
    """The rule when every union votes as one: the quotient game, with unions as its members.

    Raises:
        ValueError: where the unions do not fit the members.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> merged(weighted([3, 2, 2, 1], quota=5, members="ABCD"), {"pact": ["B", "C"]})
        Simple(members=('A', 'pact', 'D'), rows=((3, 4, 1),), needs=(5,), formula=0)
    """
    found = partition(game.members, unions)
    return simplified(tuple(found), _added(game, list(found.values())), game.needs, game.formula)


def _added(game: Simple, groups: Sequence[Sequence[str]]) -> list[tuple[int, ...]]:
    place = {member: position for position, member in enumerate(game.members)}
    return [tuple(sum(row[place[member]] for member in group) for group in groups) for row in game.rows]


def measure_unions(game: Simple, unions: Mapping[str, Iterable[str]]) -> UnionMeasures:
    """Owen's value and its relatives for a partition of the members.

    **Source**: Owen, in Henn and Moeschlin (eds), Mathematical Economics and Game Theory (1977), 76-88; Owen, in Holler
    (ed), Power, Voting, and Voting Power (1982), 213-217; Alonso-Meijide and Fiestras-Janeiro, Annals of Operations
    Research 109 (2002), 213-227.

    Args:
        game: the game of coalitions.
        unions: the members of each union, by its name; those not named are unions of one.

    Raises:
        ValueError: where the unions do not fit the members, or the game is too large, with its size.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> found = measure_unions(weighted([5, 5, 2, 1, 1], quota=8), {"left": ["0", "2"], "right": ["1", "3"]})
        >>> found.owen[1], found.banzhaf_owen[1]
        (Fraction(1, 12), Fraction(1, 8))
    """
    found = partition(game.members, unions)
    quotient = measure(merged(game, unions))
    values: dict[str, tuple[Fraction, Fraction, Fraction]] = {}
    for number, (name, inside) in enumerate(found.items()):
        if len(inside) == 1:
            swing = quotient.swing_probability[number]
            values[inside[0]] = (quotient.shapley_shubik[number], swing, swing)
        else:
            others = [each for other, each in found.items() if other != name]
            values.update(_within(game, others, inside))
    columns = [tuple(values[member][column] for member in game.members) for column in range(3)]
    return UnionMeasures(game.members, columns[0], columns[1], columns[2], quotient)


def of(game: Simple, unions: Mapping[str, Iterable[str]], index: str = "owen") -> dict[str, Fraction]:
    """One index with a-priori unions, by member.

    Args:
        game: the game of coalitions.
        unions: the members of each union, by its name.
        index: ``owen``, ``banzhaf_owen`` or ``symmetric_banzhaf``.

    Raises:
        ValueError: for an unknown index, unions that do not fit, or a game that is too large.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> of(weighted([1, 1, 1], quota=2, members="ABC"), {"pact": ["A", "B"]}, "symmetric_banzhaf")["A"]
        Fraction(1, 2)
    """
    if index not in INDICES:
        raise ValueError(f"There is no index '{index}' with unions; the indices here are {', '.join(INDICES)}.")
    measured = measure_unions(game, unions)
    return dict(zip(measured.members, getattr(measured, index), strict=True))


def _within(
    game: Simple, others: Sequence[Sequence[str]], inside: Sequence[str]
) -> Iterator[tuple[str, tuple[Fraction, Fraction, Fraction]]]:
    """The three values of one union's members, from swings by how many other unions and own members go along."""
    body = Simple(
        tuple(str(number) for number in range(len(others) + len(inside))),
        tuple(_added(game, [*others, *((member,) for member in inside)])),
        game.needs,
        game.formula,
    )
    blocs = _alike(body, range(len(others)))
    own = _alike(body, range(len(others), len(body.members)))
    cells = prod(len(each) + 1 for each in own) * (len(others) + 1)
    if cells > CELLS or any(sum(row) >= LARGEST for row in body.rows):
        raise ValueError(_refusal(body, blocs, own))
    mine = side(body, own)
    carried = _carried(body, blocs, own, mine)
    weighed = mine.ways[:, None] * carried
    totals = _by_size(weighed, mine)
    for positions, digit in zip(own, mine.digits, strict=True):
        holding = _by_size(weighed * digit[:, None], mine) // len(positions)
        swings: list[list[int]] = (holding[1:] + holding[:-1] - totals[:-1]).tolist()
        values = _values(swings)
        yield from ((inside[position - len(others)], values) for position in positions)


def _values(swings: Sequence[Sequence[int]]) -> tuple[Fraction, Fraction, Fraction]:
    """The three values from swings by the number of own members, and of other unions, that go along."""
    members, others = len(swings), len(swings[0]) - 1
    turn_out = [Fraction(factorial(r) * factorial(others - r), factorial(others + 1)) for r in range(others + 1)]
    turn_in = [Fraction(factorial(s) * factorial(members - s - 1), factorial(members)) for s in range(members)]
    owen = sum(
        (turn_in[s] * turn_out[r] * each for s, row in enumerate(swings) for r, each in enumerate(row)), Fraction(0)
    )
    symmetric = sum((turn_in[s] * sum(row) for s, row in enumerate(swings)), Fraction(0)) / 2**others
    tossed = Fraction(sum(sum(row) for row in swings), 2 ** (others + members - 1))
    return owen, tossed, symmetric


def _alike(game: Simple, positions: Iterable[int]) -> list[list[int]]:
    found: dict[tuple[int, ...], list[int]] = {}
    for position in positions:
        found.setdefault(tuple(row[position] for row in game.rows), []).append(position)
    return list(found.values())


def _by_size(counts: NDArray[Any], mine: Side) -> NDArray[Any]:
    return np.add.reduceat(counts, mine.starts, axis=0)


def _carried(game: Simple, blocs: list[list[int]], own: list[list[int]], mine: Side) -> NDArray[Any]:
    """For each kind of own coalition, the sets of other unions that win with it, by their number."""
    kinds = prod(len(each) + 1 for each in blocs)
    others = sum(len(each) for each in blocs)
    if game.single is not None and min(kinds, game.needs[0]) * (others + 1) <= CELLS:
        return _carried_by_weight(game, blocs, mine)
    if kinds * len(mine.sizes) <= KINDS and (len(game.members) <= NARROW or kinds * len(mine.sizes) <= WIDTH):
        return _carried_by_table(game, blocs, own, mine)
    raise ValueError(_refusal(game, blocs, own))


def _refusal(body: Simple, blocs: list[list[int]], own: list[list[int]]) -> str:
    others, inside = (sum(len(each) for each in part) for part in (blocs, own))
    kinds = [prod(len(each) + 1 for each in part) for part in (blocs, own)]
    reach = f" and weights up to {body.needs[0]:,}" if body.single else ""
    return (
        f"Power with these unions cannot be counted exactly: {others} other unions make {float(kinds[0]):.3g} kinds of "
        f"coalition, the {inside} members of the union in question {float(kinds[1]):.3g}{reach}. The limits are "
        f"{KINDS:,} kinds together, {CELLS:,} numbers held, and weights that sum to less than 2**62."
    )


def _carried_by_weight(game: Simple, blocs: list[list[int]], mine: Side) -> NDArray[Any]:
    weights, quota = game.single or ((), 0)
    others = sum(len(each) for each in blocs)
    slot = others + 1
    reached = {0: 1}
    for position in range(others):
        after = dict(reached)
        for total, counts in reached.items():
            more = min(total + weights[position], quota)
            after[more] = after.get(more, 0) + (counts << slot)
        reached = after
    sums = sorted(reached)
    counts = [[(reached[total] >> (size * slot)) & ((1 << slot) - 1) for size in range(slot)] for total in sums]
    rising = np.array([*counts, [0] * slot], dtype=mine.ways.dtype)[::-1]
    from_here = np.add.accumulate(rising, axis=0)[::-1]
    return from_here[np.searchsorted(np.array(sums), quota - mine.sums[0])]


def _carried_by_table(game: Simple, blocs: list[list[int]], own: list[list[int]], mine: Side) -> NDArray[Any]:
    others = sum(len(each) for each in blocs)
    carried = np.zeros((len(mine.sizes), others + 1), dtype=mine.ways.dtype)
    if prod(len(each) + 1 for each in blocs) <= len(mine.sizes):
        outer = side(game, blocs)
        for number, size in enumerate(outer.sizes):
            carried[:, size] += outer.ways[number] * winning(game, outer, mine, number)
        return carried
    cut, width = len(blocs), 1
    while cut > 0 and width * (len(blocs[cut - 1]) + 1) <= WIDTH:
        cut -= 1
        width *= len(blocs[cut]) + 1
    first, second = side(game, [*blocs[:cut], *own]), side(game, blocs[cut:])
    rows = np.argsort(mine.places)[first.places % len(mine.sizes)]
    ways, sizes = first.ways // mine.ways[rows], first.sizes - mine.sizes[rows]
    for number, (row, size) in enumerate(zip(rows, sizes, strict=True)):
        found = np.add.reduceat(second.ways * winning(game, first, second, number), second.starts)
        carried[row, size : size + len(found)] += ways[number] * found
    return carried
