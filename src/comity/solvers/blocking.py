"""How few members can block: the smallest coalition that carries a game, asked of the game of blocking."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np

from comity.solvers.game import Formula
from comity.solvers.simple import Simple

UNFOUND = "The smallest coalition could not be found exactly: its conditions differ too finely."


def fewest(game: Simple) -> tuple[str, ...] | None:
    """A smallest coalition that carries the game; None where none does.

    Exact. Where one order of the members is the best for all conditions that must hold together, its first members are
    the answer; else an integer program of as many unknowns as members is solved.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> fewest(weighted([30, 28, 16, 14, 12], quota=67, members="ABCDE").dual)
        ('A', 'B')
    """
    found = [each for rows in _alternatives(game.formula) if (each := _together(game, rows)) is not None]
    return min(found, key=len, default=None)


def _alternatives(formula: Formula) -> list[tuple[int, ...]]:
    """The sets of conditions of which one must hold as a whole."""
    if isinstance(formula, int):
        return [(formula,)]
    word, parts = formula
    inside = [_alternatives(part) for part in parts]
    if word == "or":
        return [each for part in inside for each in part]
    return [tuple(dict.fromkeys(number for each in chosen for number in each)) for chosen in product(*inside)]


def _together(game: Simple, rows: Sequence[int]) -> tuple[str, ...] | None:
    if any(sum(game.rows[row]) < game.needs[row] for row in rows):
        return None
    columns = [tuple(game.rows[row][place] for row in rows) for place in range(len(game.members))]
    order = sorted(range(len(columns)), key=lambda place: columns[place], reverse=True)
    ordered = [columns[place] for place in order]
    falling = (one >= other for pair in pairwise(ordered) for one, other in zip(*pair, strict=True))
    if not all(falling):
        return _programmed(game, rows)
    sums = [0] * len(rows)
    for count in range(len(order) + 1):
        if all(total >= game.needs[row] for total, row in zip(sums, rows, strict=True)):
            return tuple(game.members[place] for place in sorted(order[:count]))
        sums = [total + added for total, added in zip(sums, ordered[count], strict=True)]
    return None


def _programmed(game: Simple, rows: Sequence[int]) -> tuple[str, ...]:
    """The smallest coalition by integer programming, for conditions that favour different members."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    weights = np.array([game.rows[row] for row in rows], dtype=np.float64)
    needs = np.array([game.needs[row] for row in rows], dtype=np.float64)
    scale = weights.max(axis=1)
    asked = LinearConstraint(weights / scale[:, None], needs / scale, np.inf)
    ones = np.ones(len(game.members))
    answer = milp(ones, constraints=asked, integrality=np.ones(len(ones), dtype=np.int64), bounds=Bounds(0, 1))
    if answer.x is None:
        raise ValueError(UNFOUND)
    chosen = [place for place, taken in enumerate(answer.x) if taken > 0.5]
    if any(sum(game.rows[row][place] for place in chosen) < game.needs[row] for row in rows):
        raise ValueError(UNFOUND)
    return tuple(game.members[place] for place in chosen)
