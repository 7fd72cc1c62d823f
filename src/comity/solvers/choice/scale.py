"""Make figures of different units comparable: shares of the world, min-max, ranks; and what a gap counts for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Scale = Literal["share_of_world", "min_max", "rank"]
Deficit = Literal["zero", "negative"]
Gaps = Literal["least", "drop"]


def normalise(
    figures: NDArray[np.float64], scale: Scale = "share_of_world", deficits: Sequence[Deficit | None] = ()
) -> NDArray[np.float64]:
    """Figures on a common scale, on which more is more; gaps stay NaN.

    ``share_of_world`` divides by the sum over states (of what is positive, where a deficit is declared), ``min_max``
    maps the least to 0 and the largest to 1, ``rank`` maps the last rank to 0 and the first to 1 (equals share a rank).
    A criterion that can be negative declares what a deficit counts: ``zero`` sets it to nought before anything else,
    ``negative`` keeps it.

    Args:
        figures: ``states x criteria``, NaN for a gap.
        scale: one of the three.
        deficits: one a criterion; none at all where no figure is negative.

    Raises:
        ValueError: where a negative figure has no declared deficit, or a criterion has no figure at all.

    Example:
        >>> normalise(np.array([[3.0, -1.0], [1.0, 2.0]]), deficits=[None, "zero"]).tolist()
        [[0.75, 0.0], [0.25, 1.0]]
    """
    figures = np.asarray(figures, dtype=np.float64)
    declared = list(deficits) or [None] * figures.shape[1]
    if len(declared) != figures.shape[1]:
        raise ValueError(f"There are {figures.shape[1]} criteria but {len(declared)} declared deficits.")
    columns = [_column(figures[:, number], scale, deficit, number) for number, deficit in enumerate(declared)]
    return np.stack(columns, axis=1)


def _column(column: NDArray[np.float64], scale: Scale, deficit: Deficit | None, number: int) -> NDArray[np.float64]:
    known = column[~np.isnan(column)]
    if not len(known):
        raise ValueError(f"Criterion {number + 1} has no figure for any state.")
    if deficit is None and (known < 0).any():
        raise ValueError(f"Criterion {number + 1} has negative figures; declare deficit zero or negative.")
    if deficit == "zero":
        column, known = np.maximum(column, 0.0), np.maximum(known, 0.0)
    if scale == "share_of_world":
        return column / _world(known, number)
    if scale == "min_max":
        span = known.max() - known.min()
        return (column - known.min()) / span if span > 0 else column * 0.0
    return _ranks(column, known)


def _world(known: NDArray[np.float64], number: int) -> float:
    world = float(np.maximum(known, 0.0).sum())
    if world <= 0:
        raise ValueError(f"Criterion {number + 1} has no positive figure, so that there is no share of the world.")
    return world


def _ranks(column: NDArray[np.float64], known: NDArray[np.float64]) -> NDArray[np.float64]:
    ordered = np.sort(known)
    below = np.searchsorted(ordered, column, side="left")
    not_above = np.searchsorted(ordered, column, side="right")
    places = np.where(np.isnan(column), np.nan, (below + not_above - 1) / 2)
    return places / max(len(known) - 1, 1)


def fill(values: NDArray[np.float64], gaps: Gaps = "least") -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The values without gaps, and which states compete.

    ``least``: a state with a gap competes with the least value that any state has on that criterion. ``drop``: it does
    not compete (its gaps are filled all the same, so that the array can be used).

    Args:
        values: ``states x criteria``, NaN for a gap.
        gaps: what a gap counts for.

    Returns:
        The filled values, and one truth value a state.

    Example:
        >>> fill(np.array([[0.75], [np.nan], [0.25]]))[0].ravel().tolist()
        [0.75, 0.25, 0.25]
    """
    missing = np.isnan(values)
    filled = np.where(missing, np.nanmin(values, axis=0), values)
    competes = np.ones(len(values), dtype=np.bool_)
    if gaps == "drop":
        competes[missing.any(axis=1)] = False
    return filled, competes
