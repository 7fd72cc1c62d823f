"""The binary reduction: a rule of six choices read as "these are for it, all others are against".

Voting power is defined for coalitions that win or lose. :func:`reduce` takes a compiled
:class:`~comity.solvers.game.Game` and lets every member choose between "yes" and one other word ("no" by default). What
remains are linear conditions on coalitions, stripped of those that cannot fail and of those that another one implies.
Members that no condition tells apart form a class, so that a body of 193 equal members is as small as its number of
counts.

Every answer made from it should be labelled: under "no", a member that would abstain is counted as voting no.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain
from math import comb, gcd, lcm, prod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.solvers.game import CHOICES, YES, Formula, Game

Weight: TypeAlias = int | Fraction

LARGEST = 2**62
"""The sums of a game's weights stay below this, so that 64-bit arithmetic is exact."""
TABLE = 2**27
"""The most kinds of coalition that are looked at one by one."""
WIDE_TABLE = 2**17
"""The same where counts need more than 64 bits."""
NARROW = 56
"""Up to this many members, counts of coalitions times members fit into 64 bits."""

ALWAYS: Formula = ("and", ())
NEVER: Formula = ("or", ())


@dataclass(frozen=True)
class Simple:
    """A monotone game of coalitions: which sets of members carry a proposal when all others are against.

    Condition ``c`` holds for a coalition when the sum of ``rows[c]`` over its members is at least ``needs[c]``.

    Attributes:
        members: the names of the members.
        rows: for each condition a whole number of zero or more a member (exact, of any size).
        needs: for each condition what the coalition must reach.
        formula: an and/or tree over the numbers of the conditions.

    Example:
        >>> council = weighted([3, 2, 1], quota=4)
        >>> council.wins({"0", "2"}), council.wins({"1", "2"})
        (True, False)
    """

    members: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]
    needs: tuple[int, ...]
    formula: Formula

    def wins(self, coalition: Iterable[str]) -> bool:
        """Whether these members carry a proposal alone, against all others."""
        chosen = set(coalition)
        inside = [member in chosen for member in self.members]
        return self._holds(self.formula, inside)

    def _holds(self, formula: Formula, inside: Sequence[bool]) -> bool:
        if isinstance(formula, int):
            row = self.rows[formula]
            return sum(value for value, chosen in zip(row, inside, strict=True) if chosen) >= self.needs[formula]
        word, parts = formula
        joined = all if word == "and" else any
        return joined(self._holds(part, inside) for part in parts)

    @cached_property
    def classes(self) -> tuple[tuple[int, ...], ...]:
        """The positions of members that no condition tells apart, in order of their first member."""
        found: dict[tuple[int, ...], list[int]] = {}
        for position in range(len(self.members)):
            found.setdefault(tuple(row[position] for row in self.rows), []).append(position)
        return tuple(tuple(positions) for positions in found.values())

    @property
    def kinds(self) -> int:
        """How many kinds of coalition there are when members of one class are not told apart."""
        return prod(len(positions) + 1 for positions in self.classes)

    @property
    def is_small(self) -> bool:
        """Whether every kind of coalition can be looked at one by one."""
        fits = all(sum(row) < LARGEST for row in self.rows)
        return fits and self.kinds <= (TABLE if len(self.members) <= NARROW else WIDE_TABLE)

    @property
    def single(self) -> tuple[tuple[int, ...], int] | None:
        """Weights and quota where the whole rule is one weighted condition, else None."""
        return (self.rows[0], self.needs[0]) if self.formula == 0 else None

    @cached_property
    def dual(self) -> Simple:
        """The game of blocking: a coalition wins here when without it nothing can be carried there."""
        needs = tuple(sum(row) - need + 1 for row, need in zip(self.rows, self.needs, strict=True))
        return Simple(self.members, self.rows, needs, _swapped(self.formula))


def _swapped(formula: Formula) -> Formula:
    if isinstance(formula, int):
        return formula
    word, parts = formula
    return ("or" if word == "and" else "and"), tuple(_swapped(part) for part in parts)


def reduce(game: Game, against: str = "no") -> Simple:
    """The game of coalitions in which each member chooses "yes" or ``against``.

    Args:
        game: the compiled rule.
        against: what those outside a coalition choose: ``no`` (an abstention is counted as no), ``objects`` for
            consensus, ``abstain``, ``not_participating`` or ``absent``.

    Raises:
        ValueError: for a word that is none of these, for a game without members, or for a rule that more support can
            defeat.

    Example:
        >>> from comity.solvers.game import weighted as compiled
        >>> reduce(compiled([2, 2, 2], quota=4)).needs
        (2,)
    """
    if against not in CHOICES or against == "yes":
        raise ValueError(f"'{against}' is no choice against; say one of {', '.join(CHOICES[1:])}.")
    if not game.members:
        raise ValueError("A game without members has no coalitions.")
    other = game.coefficients[:, CHOICES.index(against), :].tolist()
    support = game.coefficients[:, YES, :].tolist()
    rows = [tuple(y - n for y, n in zip(yes, no, strict=True)) for yes, no in zip(support, other, strict=True)]
    if any(value < 0 for row in rows for value in row):
        raise ValueError(
            f"Under this rule a change from '{against}' to 'yes' can defeat a proposal: no voting power is defined."
        )
    needs = [int(threshold) - sum(no) for threshold, no in zip(game.thresholds.tolist(), other, strict=True)]
    return simplified(game.members, rows, needs, game.formula)


def weighted(weights: Sequence[Weight], quota: Weight, members: Sequence[str] = ()) -> Simple:
    """The weighted game in which a coalition wins when its weight is at least the quota.

    "More than half" of a total of 10 is a quota of 6 for whole weights. A quota above the total is allowed: nothing
    can then be carried, and nobody has power.

    Raises:
        ValueError: for no weights, negative weights, weights that are floats, or a quota that is not above zero.

    Example:
        >>> weighted([Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)], quota=Fraction(1, 2)).single
        ((2, 1, 1), 2)
    """
    given: list[object] = [*weights, quota]
    if any(isinstance(value, bool) or not isinstance(value, (int, np.integer, Fraction)) for value in given):
        raise ValueError(
            "Weights and quota are whole numbers or exact fractions; scale decimal weights to whole numbers."
        )
    exact = [Fraction(value) if isinstance(value, Fraction) else Fraction(int(value)) for value in weights]
    bound = quota if isinstance(quota, Fraction) else Fraction(int(quota))
    if not exact or any(weight < 0 for weight in exact):
        raise ValueError("A weighted game needs at least one member and weights of zero or more.")
    if bound <= 0:
        raise ValueError(f"A quota of {quota} would carry what nobody supports; it must be above zero.")
    scale = lcm(bound.denominator, *(weight.denominator for weight in exact))
    names = tuple(members) or tuple(str(number) for number in range(len(exact)))
    return simplified(names, [tuple(int(weight * scale) for weight in exact)], [int(bound * scale)], 0)


def simplified(members: Sequence[str], rows: Sequence[Sequence[int]], needs: Sequence[int], formula: Formula) -> Simple:
    """The same game with fewer, smaller conditions: constants folded, common factors out, implied ones dropped."""
    small: list[tuple[tuple[int, ...], int]] = []
    for row, need in zip(rows, needs, strict=True):
        factor = gcd(*row) or 1
        small.append((tuple(value // factor for value in row), -(-need // factor)))
    kept = _simpler(formula, small)
    used = sorted(set(_numbers(kept)))
    renamed = {old: new for new, old in enumerate(used)}
    return Simple(
        tuple(members),
        tuple(small[old][0] for old in used),
        tuple(small[old][1] for old in used),
        _renamed(kept, renamed),
    )


def _numbers(formula: Formula) -> Iterator[int]:
    if isinstance(formula, int):
        return iter((formula,))
    return chain.from_iterable(_numbers(part) for part in formula[1])


def _renamed(formula: Formula, names: dict[int, int]) -> Formula:
    if isinstance(formula, int):
        return names[formula]
    return formula[0], tuple(_renamed(part, names) for part in formula[1])


def _simpler(formula: Formula, conditions: Sequence[tuple[tuple[int, ...], int]]) -> Formula:
    if isinstance(formula, int):
        row, need = conditions[formula]
        return ALWAYS if need <= 0 else NEVER if need > sum(row) else formula
    word, parts = formula
    neutral, absorbing = (ALWAYS, NEVER) if word == "and" else (NEVER, ALWAYS)
    flat: list[Formula] = []
    for part in parts:
        simple = _simpler(part, conditions)
        inner = simple[1] if not isinstance(simple, int) and simple[0] == word else (simple,)
        flat.extend(each for each in inner if each != neutral and each not in flat)
    if absorbing in flat:
        return absorbing
    flat = _without_implied(flat, conditions, word)
    return flat[0] if len(flat) == 1 else (word, tuple(flat))


def _without_implied(
    parts: list[Formula], conditions: Sequence[tuple[tuple[int, ...], int]], word: str
) -> list[Formula]:
    kept = list(parts)
    for part in parts:
        others = [each for each in kept if isinstance(each, int) and each != part]
        if not isinstance(part, int):
            continue
        if word == "and":
            idle = any(_implies(conditions[other], conditions[part]) for other in others)
        else:
            idle = any(_implies(conditions[part], conditions[other]) for other in others)
        if idle:
            kept.remove(part)
    return kept


def _implies(first: tuple[tuple[int, ...], int], second: tuple[tuple[int, ...], int]) -> bool:
    (row, need), (other, wanted) = first, second
    if row == other:
        return need >= wanted
    counted = [value for weight, value in zip(row, other, strict=True) if weight > 0]
    return sum(counted) >= wanted if need == sum(row) else all(value >= wanted for value in counted)


@dataclass(frozen=True)
class Side:
    """Part of the classes with all kinds of coalition among them, in the order of their size.

    ``places`` are their places in the natural order (last class fastest), ``digits[j]`` how many of class ``j`` a kind
    has, ``sizes`` their sizes, ``ways`` how many coalitions are of each kind, ``sums`` conditions x kinds, and
    ``starts`` where each size begins.
    """

    places: NDArray[np.int64]
    digits: list[NDArray[np.int64]]
    sizes: NDArray[np.int64]
    ways: NDArray[Any]
    sums: NDArray[np.int64]
    starts: NDArray[np.int64]


def side(game: Simple, classes: Sequence[Sequence[int]]) -> Side:
    """All kinds of coalition among the members of these classes; counts are Python's where 64 bits are too few."""
    shape = [len(positions) + 1 for positions in classes]
    total = prod(shape)
    wide = len(game.members) > NARROW
    index = np.arange(total)
    digits, stride = list[NDArray[np.int64]](), total
    for length in shape:
        stride //= length
        digits.append(index // stride % length)
    sizes = np.zeros(total, dtype=np.int64)
    ways = np.ones(total, dtype=object if wide else np.int64)
    sums = np.zeros((len(game.rows), total), dtype=np.int64)
    for positions, digit in zip(classes, digits, strict=True):
        sizes += digit
        choices = [comb(len(positions), number) for number in range(len(positions) + 1)]
        ways = ways * np.array(choices, dtype=ways.dtype)[digit]
        for condition, row in enumerate(game.rows):
            sums[condition] += row[positions[0]] * digit
    order = np.argsort(sizes, kind="stable")
    counts = np.bincount(sizes, minlength=sum(shape) - len(shape) + 1)
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    return Side(order, [digit[order] for digit in digits], sizes[order], ways[order], sums[:, order], starts)


def halves(game: Simple, width: int = 2**18) -> tuple[Side, Side]:
    """The classes split in two sides, the second as large as ``width`` allows.

    Raises:
        ValueError: where the game has too many kinds of coalition, with their number.
    """
    if not game.is_small:
        raise ValueError(too_large(game))
    cut, kinds = len(game.classes), 1
    while cut > 0 and kinds * (len(game.classes[cut - 1]) + 1) <= width:
        cut -= 1
        kinds *= len(game.classes[cut]) + 1
    cut = min(cut, len(game.classes) - 1)
    return side(game, game.classes[:cut]), side(game, game.classes[cut:])


def too_large(game: Simple) -> str:
    """The sentence that says what cannot be done yet, with the size."""
    return (
        f"{len(game.members)} members in {len(game.classes)} classes make {float(game.kinds):.3g} kinds of coalition "
        f"under {len(game.rows)} condition(s); this method looks at no more than {TABLE:,}, with weights that sum to "
        f"less than 2**62."
    )


def winning(game: Simple, first: Side, second: Side, number: int) -> NDArray[np.bool_]:
    """Which kinds of the second side win together with one kind of the first."""
    held = [second.sums[c] >= need - int(first.sums[c, number]) for c, need in enumerate(game.needs)]

    def joined(formula: Formula) -> NDArray[np.bool_]:
        if isinstance(formula, int):
            return held[formula]
        word, parts = formula
        start = np.full(len(second.sizes), word == "and")
        for part in parts:
            start = start & joined(part) if word == "and" else start | joined(part)
        return start

    return joined(game.formula)
