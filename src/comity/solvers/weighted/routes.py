"""The engine for one weighted condition: which route a body takes, and what comes back with the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import log2

import numpy as np
from numpy.typing import NDArray

from comity.solvers.simple import Weight
from comity.solvers.weighted import counting
from comity.solvers.weighted.body import EXACT, Body, prepared
from comity.solvers.weighted.fourier import UNIT, Phases, phases_of, saddles, swings, tilted
from comity.solvers.weighted.shapley import MEMORY, TOLERANCE, affordable, shapley
from comity.solvers.weighted.spectrum import Progress, decays

Floats = NDArray[np.float64]

NOTHING = "nothing can be carried"


@dataclass(frozen=True)
class Estimate:
    """An index with a proven bound of its error.

    Attributes:
        values: one value a member, in the order of the weights.
        bounds: for each member, how far the value can be from the true one at most.
        route: how it was computed.
    """

    values: Floats
    bounds: Floats
    route: str


def banzhaf(body: Body, *, absolute: bool = False, progress: Progress | None = None) -> Estimate:
    """Banzhaf index of a prepared body: shares of all swings, or (``absolute``) probabilities of a swing.

    Raises:
        ValueError: for a body that no route can do with a proof, with what it would take.

    Example:
        >>> found = banzhaf(prepared(range(1, 101), quota=2600))
        >>> float(found.values.sum().round(12)), float((found.bounds / found.values).max()) < 1e-12
        (1.0, True)
    """
    if not body.quota:
        return _nobody(body)
    _whole(body)
    slope = float(saddles(body, np.zeros(1))[0])
    phases = _phases(body, slope, progress)
    if phases is None:
        affordable(body, 1)
        light = counting.memory(body) <= MEMORY
        value, error = counting.careful(body, 0.0, progress) if light else counting.swings(body, 0.0)
        route = "counting weights"
    else:
        value, error = swings(body, phases, tilted(body, 0.0, slope))
        route = f"Fourier inversion at {len(phases.spectrum.kept) + 1} frequencies"
    if not absolute:
        value, error = _shares(body, value, error)
    return Estimate(body.spread(value), body.spread(error), route)


def shapley_shubik(body: Body, *, progress: Progress | None = None) -> Estimate:
    """Shapley-Shubik index of a prepared body.

    Raises:
        ValueError: for a body that no route can do with a proof, with what it would take.

    Example:
        >>> found = shapley_shubik(prepared(range(1, 101), quota=2600))
        >>> float(found.values.sum().round(12)), float((found.bounds / found.values).max()) < 1e-12
        (1.0, True)
    """
    if not body.quota:
        return _nobody(body)
    _whole(body)
    value, error, route = shapley(body, progress)
    return Estimate(body.spread(value), body.spread(error), route)


def sweep(
    weights: Sequence[Weight] | NDArray[np.integer],
    quotas: Sequence[int] | NDArray[np.integer],
    *,
    absolute: bool = False,
    progress: Progress | None = None,
) -> tuple[Floats, Floats]:
    """Banzhaf index under many quotas: values and bounds, quotas x members.

    All quotas share one survey of the frequencies: that of the quota furthest from half.

    Raises:
        ValueError: for weights or quotas that make no game, or that no route can do with a proof.

    Example:
        >>> values, bounds = sweep(range(1, 101), [2600, 3000, 3600])
        >>> values.shape, values.sum(axis=1).round(9).tolist()
        ((3, 100), [1.0, 1.0, 1.0])
    """
    bodies = _under(weights, [int(quota) for quota in quotas])
    for body in bodies:
        _whole(body)
    slopes = [float(saddles(body, np.zeros(1))[0]) if body.quota else 0.0 for body in bodies]
    shared: Phases | None = None
    if len({body.electorate for body in bodies if body.quota}) == 1:
        steepest = max(range(len(bodies)), key=lambda number: abs(slopes[number]))
        shared = _phases(bodies[steepest], slopes[steepest], progress)
    found = list[tuple[Floats, Floats]]()
    for number, (body, slope) in enumerate(zip(bodies, slopes, strict=True)):
        if shared is None or not body.quota:
            estimate = banzhaf(body, absolute=absolute)
            found.append((estimate.values, estimate.bounds))
        else:
            value, error = swings(body, shared, tilted(body, 0.0, slope))
            value, error = (value, error) if absolute else _shares(body, value, error)
            found.append((body.spread(value), body.spread(error)))
        if progress is not None:
            progress(number + 1, len(bodies), "quotas")
    return np.array([each[0] for each in found]), np.array([each[1] for each in found])


def _under(weights: Sequence[Weight] | NDArray[np.integer], quotas: list[int]) -> list[Body]:
    """The same members under each quota; read once, where a quota can be met."""
    whole = sum(weight if isinstance(weight, Fraction) else int(weight) for weight in weights)
    reachable = [quota for quota in quotas if 0 < quota <= whole]
    first = prepared(weights, reachable[0]) if reachable else None
    found = list[Body]()
    for quota in quotas:
        if first is None or not 0 < quota <= whole:
            found.append(prepared(weights, quota))
        else:
            need = -(-quota * first.total // whole)
            found.append(replace(first, quota=min(need, first.total - need + 1)))
    return found


def _phases(body: Body, slope: float, progress: Progress | None) -> Phases | None:
    """Frequencies for a slope a little steeper than asked: they serve all flatter ones too."""
    unit = 0.25 / float(body.w[-1])
    steeper = unit * 2.0 ** (np.ceil(2 * log2(max(abs(slope) / unit, 1.0))) / 2)
    damping = 1 / np.cosh(np.minimum(steeper * body.w / 2, 300)) ** 2
    return phases_of(body, damping, TOLERANCE, progress) if decays(body, damping, TOLERANCE) else None


def _shares(body: Body, value: Floats, error: Floats) -> tuple[Floats, Floats]:
    total, doubt = float(body.m @ value), float(body.m @ error)
    shares = value / total
    bound = (error + shares * doubt) / (total - doubt) + shares * UNIT * (len(value) + 4)
    return shares, bound


def _nobody(body: Body) -> Estimate:
    zeros = np.zeros(len(body.places))
    return Estimate(zeros, zeros.copy(), NOTHING)


def _whole(body: Body) -> None:
    if body.total >= EXACT:
        raise ValueError(
            f"The weights sum to {body.total:,}; {body.size} members are too large a body for sums of 2**53 and more. "
            "Fewer digits in the weights help."
        )
