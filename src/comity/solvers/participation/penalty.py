"""Sanctions: what those who stay out lose, and the smallest sanction that holds a given club."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from comity.solvers.participation.payoffs import (
    SLACK,
    Column,
    Matrix,
    Number,
    Numbers,
    Payoffs,
    joined,
    over_coalitions,
    whole_numbers,
)
from comity.solvers.participation.stable import belonging


@dataclass(frozen=True)
class Holding:
    """The smallest sanction at which nobody in a club would rather leave.

    Attributes:
        size: the factor on everybody's loss; None where no sanction holds the club.
        last: the member that is held last; None where nobody need be held.
        needed: the factor at which each member is held, by member; None where none holds it.
    """

    size: Number | None
    last: int | None
    needed: dict[int, Number | None]


def sanctioned(payoffs: Payoffs, losses: Numbers | Matrix) -> Payoffs:
    """The same payoffs where everyone outside a club that stands loses something by it.

    Args:
        payoffs: what each member gets in every coalition.
        losses: what each loses outside, in the unit of the payoffs; or what it loses by each member of the club, one
            row a state. Fractions keep exact payoffs exact.

    Raises:
        ValueError: where a loss is below nought, or there are not as many as members.

    Example:
        >>> from comity.solvers.participation.payoffs import quadratic_good
        >>> from comity.solvers.participation.stable import stability
        >>> stability(sanctioned(quadratic_good([1] * 5, [1] * 5), [6] * 5), "join").by_size()
        {5: 1}
    """
    if len(losses) != payoffs.members:
        raise ValueError(f"{len(losses)} losses for {payoffs.members} members.")
    given = np.array(losses, dtype=object)
    pairs = given.ndim == 2
    rows: list[list[Number]] = given.reshape(len(losses), -1).tolist()
    if pairs and any(len(row) != payoffs.members for row in rows):
        raise ValueError(f"A loss by each of {payoffs.members} members is a table of as many rows and columns.")
    if any(loss < 0 for row in rows for loss in row):
        raise ValueError("A sanction that brings something to those who stay out is none.")
    whole, unit = whole_numbers(rows)
    exact = payoffs.scale is not None and unit is not None
    scale = int(np.lcm(payoffs.scale, unit)) if payoffs.scale is not None and unit is not None else None
    up, down = (scale // payoffs.scale, scale // unit) if scale and payoffs.scale and unit else (1, 1)

    def column(member: int) -> Column:
        own = payoffs.column(member)
        own = own * up if exact else own / (payoffs.scale or 1)
        row = whole[member] * down if exact else whole[member] / (unit or 1)
        loss = over_coalitions(row) if pairs else row[0]
        return own - np.where(payoffs.standing & ~joined(payoffs.members, member), loss, 0)

    slack = [
        0.0 if exact else each / (payoffs.scale or 1) + SLACK * float(sum(row))
        for each, row in zip(payoffs.slack, rows, strict=True)
    ]
    return replace(payoffs, column=column, scale=scale, slack=tuple(slack))


def smallest_sanction(payoffs: Payoffs, coalition: int, losses: Sequence[Number]) -> Holding:
    """The smallest factor on the losses at which nobody in a club would rather leave: exact, member by member.

    A member is held where the loss makes up for what it would gain by leaving. Where its exit ends the club there is
    no sanction that it could feel, and it stays only where the club is worth more to it than none.

    Args:
        payoffs: what each member gets in every coalition, without sanctions.
        coalition: the club, as a bit mask.
        losses: what a sanction of one takes from each.

    Example:
        >>> from comity.solvers.participation.payoffs import linear_good
        >>> good = linear_good([1, 1, 1], [Fraction(3, 2)] * 3, parts=[1, 1, 1])
        >>> held = smallest_sanction(good, 0b111, [1, 1, 2])
        >>> held.size, held.needed
        (Fraction(1, 2), {0: Fraction(1, 2), 1: Fraction(1, 2), 2: Fraction(1, 4)})
    """
    needed: dict[int, Number | None] = {}
    for member in belonging(coalition, payoffs.members):
        column = payoffs.column(member)
        rest = coalition & ~(1 << member)
        lacking = payoffs.value(column[rest]) - payoffs.value(column[coalition])
        if lacking <= payoffs.slack[member]:
            needed[member] = 0
        elif not payoffs.standing[rest] or losses[member] <= 0:
            needed[member] = None
        else:
            needed[member] = _over(lacking, losses[member])
    if any(each is None for each in needed.values()):
        return Holding(None, next(member for member, each in needed.items() if each is None), needed)
    last = max(needed, key=lambda member: needed[member] or 0, default=None)
    size = 0 if last is None else needed[last]
    return Holding(size, last if size else None, needed)


def _over(lacking: Number, loss: Number) -> Number:
    if isinstance(lacking, int | Fraction) and isinstance(loss, int | Fraction):
        return Fraction(lacking) / Fraction(loss)
    return float(lacking) / float(loss)
