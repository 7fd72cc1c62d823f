"""The nucleolus: how to share one unit of benefit so that the coalition with most reason to complain has the least.

A coalition complains of what it could have carried alone less what its members get. The nucleolus makes the largest
complaint as small as it can be, then the next largest, and so on: one linear program for each level. The programs are
solved in floating point; what they find binding is then solved again in exact fractions and checked against every
coalition, so that the shares are exact. Members that are alike get the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, product
from math import lcm

import numpy as np
from numpy.typing import NDArray

from comity.solvers.simple import Simple

KINDS = 2**13
"""The most kinds of coalition: 13 members that all differ, more where some are alike."""
BINDING = 1e-7
"""A multiplier above this says that a constraint binds in every solution."""
DELICATE = (
    "The nucleolus found in floating point fails the exact check: the worths of this game differ too widely for the "
    "linear programs; give them on a common, smaller scale."
)


@dataclass(frozen=True)
class Nucleolus:
    """Shares that nobody can complain about less.

    Attributes:
        shares: what each member gets.
        complaints: the levels of complaint, the largest first: what the coalitions bound at that level lack, and what
            coalitions lack whose share nothing can change (half of each class of alike members, say).

    Example:
        >>> from comity.solvers.simple import weighted
        >>> nucleolus(weighted([2, 1, 1], quota=3, members="ABC")).shares["A"]
        Fraction(1, 1)
    """

    shares: dict[str, Fraction]
    complaints: tuple[Fraction, ...]


@dataclass
class _Division:
    """What is divided among classes of alike members, and who could complain.

    ``kinds`` is coalitions x classes, how many of each class a kind of coalition has, without the empty and the whole.
    """

    sizes: tuple[int, ...]
    kinds: NDArray[np.int64]
    worths: list[Fraction]
    floors: list[Fraction]
    total: Fraction
    equations: list[tuple[list[int], int | None, Fraction]] = field(
        default_factory=list[tuple[list[int], int | None, Fraction]]
    )
    open_at: list[NDArray[np.int64]] = field(default_factory=list[NDArray[np.int64]])


def nucleolus(game: Simple) -> Nucleolus:
    """The nucleolus of a rule: one unit for those who carry a proposal, zero for all where nobody has power.

    **Source**: Schmeidler, SIAM Journal on Applied Mathematics 17 (1969), 1163-1170; by linear programs after Maschler,
    Peleg and Shapley, Mathematics of Operations Research 4 (1979), 303-338.

    Raises:
        ValueError: where two members carry alone, so that no division gives both what they can get, or the game is too
            large, with its size.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> council = nucleolus(weighted([4, 4, 4, 2, 2, 1], quota=12))
        >>> council.shares["0"], council.shares["3"], council.complaints[0]
        (Fraction(1, 4), Fraction(1, 8), Fraction(1, 4))
    """
    everyone = game.members
    if not game.wins(everyone) or game.wins(()):
        return Nucleolus(dict.fromkeys(everyone, Fraction(0)), ())
    if game.kinds > KINDS:
        raise ValueError(
            f"The nucleolus of this rule is too large to find: {len(everyone)} members in {len(game.classes)} classes "
            f"make {float(game.kinds):.3g} kinds of coalition; the limit is {KINDS:,}."
        )
    alone = [Fraction(int(game.wins({everyone[positions[0]]}))) for positions in game.classes]
    sizes = tuple(len(positions) for positions in game.classes)
    chosen = [kind for kind in product(*(range(size + 1) for size in sizes)) if any(kind) and kind != sizes]
    worths = [Fraction(int(game.wins(_picked(game, kind)))) for kind in chosen]
    shares, complaints = _divided(_Division(sizes, _rows(chosen, len(sizes)), worths, alone, Fraction(1)))
    found = {position: share for positions, share in zip(game.classes, shares, strict=True) for position in positions}
    return Nucleolus({member: found[position] for position, member in enumerate(everyone)}, complaints)


def of_worths(worths: Mapping[Collection[str], int | Fraction]) -> Nucleolus:
    """The nucleolus of any game in which coalitions have worths: what they get if they go their own way.

    Args:
        worths: the worth of each coalition, named by its members; coalitions that are not named are worth nothing. The
            largest named coalition is the whole body.

    **Source**: Schmeidler (1969), as for :func:`nucleolus`.

    Raises:
        ValueError: where no coalition contains all members, where members could get more alone than all together, or
            the body is too large.

    Example:
        >>> of_worths({"A": 0, "B": 0, "AB": 10}).shares
        {'A': Fraction(5, 1), 'B': Fraction(5, 1)}
    """
    named = {frozenset(coalition): Fraction(worth) for coalition, worth in worths.items()}
    everyone = tuple(max(worths, key=len, default=()))
    if not everyone or any(not coalition <= set(everyone) for coalition in named):
        raise ValueError("The worth of the whole body is missing: name one coalition that contains every member.")
    if 2 ** len(everyone) > KINDS:
        raise ValueError(f"{len(everyone)} members make {2 ** len(everyone):,} coalitions; the limit is {KINDS:,}.")
    floors = [named.get(frozenset({member}), Fraction(0)) for member in everyone]
    coalitions = [chosen for size in range(1, len(everyone)) for chosen in combinations(everyone, size)]
    rows = [tuple(int(member in chosen) for member in everyone) for chosen in coalitions]
    values = [named.get(frozenset(chosen), Fraction(0)) for chosen in coalitions]
    sizes = (1,) * len(everyone)
    division = _Division(sizes, _rows(rows, len(sizes)), values, floors, named[frozenset(everyone)])
    shares, complaints = _divided(division)
    return Nucleolus(dict(zip(everyone, shares, strict=True)), complaints)


def _picked(game: Simple, kind: Sequence[int]) -> set[str]:
    chosen = zip(game.classes, kind, strict=True)
    return {game.members[position] for positions, number in chosen for position in positions[:number]}


def _rows(kinds: Sequence[Sequence[int]], width: int) -> NDArray[np.int64]:
    return np.array(kinds, dtype=np.int64).reshape(-1, width)


def _divided(division: _Division) -> tuple[list[Fraction], tuple[Fraction, ...]]:
    promised = sum(size * floor for size, floor in zip(division.sizes, division.floors, strict=True))
    if promised > division.total:
        raise ValueError(
            f"Alone, the members could get {promised} in sum, and together they have {division.total}: no division "
            f"gives everyone what it can get alone."
        )
    spare = (division.total - promised) / sum(division.sizes)
    share = np.array([float(floor + spare) for floor in division.floors])
    bound = np.array([division.sizes], dtype=np.float64)
    level = 0
    while len(free := _free(bound)):
        share, rows = _level(division, share, free, level)
        bound = np.vstack([bound, *rows])
        level += 1
    return _exactly(division, level)


def _free(bound: NDArray[np.float64]) -> NDArray[np.float64]:
    """The directions, one a row, in which shares can still move."""
    _, lengths, directions = np.linalg.svd(bound)
    rank = int((lengths > 1e-9 * lengths[0]).sum())
    return directions[rank:]


def _level(
    division: _Division, share: NDArray[np.float64], free: NDArray[np.float64], level: int
) -> tuple[NDArray[np.float64], list[list[int]]]:
    """The smallest largest complaint of coalitions whose shares can still move, and what binds there."""
    from scipy.optimize import linprog

    kinds, width = division.kinds, len(division.sizes)
    loose = np.flatnonzero((np.abs(kinds @ free.T) > 1e-9).any(axis=1))
    lacking = np.array([float(division.worths[place]) for place in loose]) - kinds[loose] @ share
    floors = np.array([float(floor) for floor in division.floors])
    above = np.vstack(
        [np.hstack([-kinds[loose] @ free.T, -np.ones((len(loose), 1))]), np.hstack([-free.T, np.zeros((width, 1))])]
    )
    solved = linprog(
        np.array([0.0] * len(free) + [1.0]),
        A_ub=above,
        b_ub=np.concatenate([-lacking, np.maximum(share - floors, 0.0)]),
        bounds=(None, None),
        method="highs",
    )
    if not solved.success:
        raise ValueError(DELICATE)
    binding = np.flatnonzero(-np.asarray(solved.ineqlin.marginals) > BINDING).tolist()
    rows: list[list[int]] = []
    for place in binding:
        if place < len(loose):
            row, worth, at = kinds[loose[place]].tolist(), division.worths[int(loose[place])], level
        else:
            number = place - len(loose)
            row, worth, at = [int(each == number) for each in range(width)], division.floors[number], None
        division.equations.append((row, at, worth))
        rows.append(row)
    division.open_at.append(loose)
    return share + np.asarray(solved.x)[:-1] @ free, rows


def _exactly(division: _Division, levels: int) -> tuple[list[Fraction], tuple[Fraction, ...]]:
    """The binding equations in fractions, and the proof that every coalition keeps to them."""
    width = len(division.sizes)
    equations = [[Fraction(size) for size in division.sizes] + [Fraction(0)] * levels + [division.total]]
    for row, at, worth in division.equations:
        complaint = [Fraction(int(at == level)) for level in range(levels)]
        equations.append([*(Fraction(each) for each in row), *complaint, worth])
    found = _solved(equations, width + levels)
    shares, complaints = found[:width], found[width:]
    scale = lcm(*(share.denominator for share in shares))
    whole = np.array([int(share * scale) for share in shares], dtype=object)
    got: list[int] = (division.kinds.astype(object) @ whole).tolist()
    kept = all(share >= floor for share, floor in zip(shares, division.floors, strict=True))
    for complaint, places in zip(complaints, division.open_at, strict=True):
        kept = kept and all(division.worths[place] - Fraction(got[place], scale) <= complaint for place in places)
    if not kept:
        raise ValueError(DELICATE)
    moving = {int(place) for places in division.open_at[:1] for place in places}
    settled = {division.worths[place] - Fraction(got[place], scale) for place in range(len(got)) if place not in moving}
    return shares, tuple(sorted([*complaints, *(settled - set(complaints))], reverse=True))


def _solved(equations: list[list[Fraction]], unknowns: int) -> list[Fraction]:
    """Gauss and Jordan: equations that are more than enough, and agree."""
    for column in range(unknowns):
        pivot = next((row for row in equations[column:] if row[column]), None)
        if pivot is None:
            raise ValueError(DELICATE)
        equations.remove(pivot)
        pivot = [each / pivot[column] for each in pivot]
        equations = [
            [each - row[column] * other for each, other in zip(row, pivot, strict=True)] if row[column] else row
            for row in equations
        ]
        equations.insert(column, pivot)
    if any(any(row) for row in equations[unknowns:]):
        raise ValueError(DELICATE)
    return [row[-1] for row in equations[:unknowns]]
