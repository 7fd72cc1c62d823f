"""From exact shares to integer conditions: the arithmetic that every rule's ``parts`` uses.

A condition is a row of coefficients, choices x members, whose sum over the members' choices must reach a threshold.
Weights that are fractions are scaled to whole numbers by their common denominator.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Literal

from comity.model.threshold import Quorum

if TYPE_CHECKING:
    from comity.solvers.game import Formula, Game, Tag

YES, NO, ABSTAIN, NOT_PARTICIPATING, ABSENT, OBJECTS = range(6)
PRESENT = (YES, NO, ABSTAIN, NOT_PARTICIPATING, OBJECTS)
AGAINST = (NO, OBJECTS)
LARGEST = 2**62
TOO_LARGE = "Its weights are too large, or its shares too fine, to be counted exactly in 64 bits."


@dataclass(frozen=True)
class Row:
    """One condition: the integer coefficient of each choice for each member, the threshold, and what it is."""

    coefficients: dict[int, list[int]]
    threshold: int
    tag: Tag


@dataclass(frozen=True)
class Part:
    """Conditions and how they are joined; the formula counts conditions from zero within the part."""

    rows: tuple[Row, ...]
    formula: Formula


def whole(weights: Sequence[Fraction]) -> list[int]:
    """The weights as whole numbers in the same proportion.

    Example:
        >>> whole([Fraction(1, 2), Fraction(1, 3)])
        [3, 2]
    """
    scale = lcm(*(weight.denominator for weight in weights))
    return [int(weight * scale) for weight in weights]


def share(weights: Sequence[Fraction], bound: Fraction, *, strict: bool, of: str, tag: Tag = "threshold") -> Row:
    """The condition "the yes-weight reaches (or passes) a share of a base".

    "At least p/q of those present and voting" is ``yes * (q - p) - no * p >= 0``.
    """
    units = whole(weights)
    p, q = bound.numerator, bound.denominator
    if of in {"members", "total_weight"}:
        return Row({YES: [unit * q for unit in units]}, p * sum(units) + strict, tag)
    counted = PRESENT if of == "present" else (YES, *AGAINST)
    rows = {choice: [-unit * p for unit in units] for choice in counted}
    rows[YES] = [unit * (q - p) for unit in units]
    return Row(rows, int(strict), tag)


def support(weights: Sequence[Fraction]) -> Row:
    """The condition "somebody with weight voted yes": nothing is adopted by nobody."""
    return Row({YES: [int(weight > 0) for weight in weights]}, 1, "threshold")


def presence(quorum: Quorum, weights: Sequence[Fraction], on: datetime.date = datetime.date.max) -> Part:
    """The condition that those present reach the quorum to decide on a day."""
    bound, strict = quorum.bound("decide", on) or (Fraction(0), False)
    units = whole(weights) if quorum.of == "weight" else [1] * len(weights)
    row = [unit * bound.denominator for unit in units]
    return Part((Row(dict.fromkeys(PRESENT, row), bound.numerator * sum(units) + strict, "quorum"),), 0)


def veto(holders: Sequence[bool]) -> Part:
    """The condition that no holder of a veto is against."""
    row = [-int(holds) for holds in holders]
    return Part((Row(dict.fromkeys(AGAINST, row), 0, "veto"),), 0)


def consent(givers: Sequence[bool]) -> Part:
    """The condition that everyone whose approval is asked for votes yes."""
    return Part((Row({YES: [int(gives) for gives in givers]}, sum(givers), "threshold"),), 0)


def all_of(*rows: Row) -> Part:
    """All of these conditions."""
    return Part(rows, ("and", tuple(range(len(rows)))) if len(rows) > 1 else 0)


def joined(parts: Sequence[Part], word: Literal["and", "or"] = "and") -> Part:
    """Several parts as one: all of them, or any of them."""
    starts = [sum(len(each.rows) for each in parts[:number]) for number in range(len(parts))]
    formulas = tuple(_shifted(part.formula, start) for part, start in zip(parts, starts, strict=True))
    rows = tuple(row for part in parts for row in part.rows)
    return Part(rows, formulas[0] if len(formulas) == 1 else (word, formulas))


def negated(part: Part) -> Part:
    """What holds exactly where the part does not: ``sum < t`` is ``-sum >= 1 - t``, "and" becomes "or"."""
    return Part(tuple(_negated(row) for row in part.rows), _dual(part.formula))


def _negated(row: Row) -> Row:
    against = {choice: [-each for each in coefficients] for choice, coefficients in row.coefficients.items()}
    return Row(against, 1 - row.threshold, row.tag)


def turned(part: Part) -> Part:
    """The part read against the proposal: no and objections as its yes, yes as its no."""
    return Part(tuple(_turned(row) for row in part.rows), part.formula)


def _turned(row: Row) -> Row:
    nothing = [0] * len(next(iter(row.coefficients.values())))
    yes, no = row.coefficients.get(YES, nothing), row.coefficients.get(NO, nothing)
    return Row({**row.coefficients, YES: no, NO: yes, OBJECTS: yes}, row.threshold, "threshold")


def spread(part: Part, members: Sequence[str], counted: Sequence[str]) -> Part:
    """The part over all members, where it was written over some of them; the others do not count."""
    places = {member: place for place, member in enumerate(counted)}

    def wide(row: Row) -> Row:
        own = row.coefficients.items()
        wider = {choice: [c[places[each]] if each in places else 0 for each in members] for choice, c in own}
        return Row(wider, row.threshold, row.tag)

    return Part(tuple(wide(row) for row in part.rows), part.formula)


def _dual(formula: Formula) -> Formula:
    if isinstance(formula, int):
        return formula
    word, parts = formula
    return "or" if word == "and" else "and", tuple(_dual(part) for part in parts)


def _shifted(formula: Formula, by: int) -> Formula:
    if isinstance(formula, int):
        return formula + by
    word, parts = formula
    return word, tuple(_shifted(part, by) for part in parts)


def reach(row: Row) -> int:
    """The largest number that counting a condition can meet, its threshold included."""
    ballots = zip(*row.coefficients.values(), strict=True)
    return abs(row.threshold) + sum(max(abs(each) for each in ballot) for ballot in ballots)


def join(parts: Sequence[Part], members: Sequence[str]) -> Game:
    """All parts together as one game over these members.

    Raises:
        ValueError: where weights are too large, or shares too fine, to be counted exactly.
    """
    import numpy as np

    from comity.solvers.game import CHOICES, Game

    whole_rule = joined(parts)
    rows = whole_rule.rows
    if any(reach(row) > LARGEST for row in rows):
        raise ValueError(TOO_LARGE)
    coefficients = np.zeros((len(rows), len(CHOICES), len(members)), dtype=np.int64)
    for number, row in enumerate(rows):
        for choice, values in row.coefficients.items():
            coefficients[number, choice] = values
    thresholds = np.array([row.threshold for row in rows], dtype=np.int64)
    return Game(coefficients, thresholds, whole_rule.formula, tuple(row.tag for row in rows), tuple(members))
