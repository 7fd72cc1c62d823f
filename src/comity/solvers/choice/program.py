"""Linear programs as this package asks them: variables of zero or more, conditions "at least", one line an answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Bounds = tuple[float | None, float | None]


def minimise(
    cost: NDArray[np.float64],
    at_most: tuple[NDArray[np.float64], NDArray[np.float64]],
    equal: tuple[NDArray[np.float64], Sequence[float]],
    bounds: Bounds | Sequence[Bounds],
) -> NDArray[np.float64] | None:
    """The variables at which ``cost @ x`` is least, or None where no variables keep to the conditions.

    Args:
        cost: one a variable.
        at_most: rows and limits of ``rows @ x <= limits``.
        equal: rows and values of ``rows @ x = values``; no rows where there are none.
        bounds: the least and the most of every variable, or of each.

    **Source**: Huangfu and Hall (2018), "Parallelizing the dual revised simplex method" (HiGHS), Mathematical
    Programming Computation 10: 119-142.

    Example:
        >>> one = np.ones((1, 2))
        >>> minimise(np.array([1.0, 2.0]), (-one, np.zeros(1)), (one, [1.0]), (0, 1)).tolist()
        [1.0, 0.0]
    """
    from scipy.optimize import linprog

    rows, limits = at_most
    answer = linprog(
        cost,
        A_ub=rows,
        b_ub=limits,
        A_eq=equal[0] if len(equal[1]) else None,
        b_eq=np.array(equal[1], dtype=np.float64) if len(equal[1]) else None,
        bounds=bounds,
    )
    if answer.status != 0 or answer.x is None:
        return None
    return np.asarray(answer.x, dtype=np.float64) + 0.0
