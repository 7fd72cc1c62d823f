"""Shapley-Shubik index of large weighted bodies: swing probabilities integrated over the probability of yes.

Each node of the rule takes the cheapest route with a proof: neglected where Chernoff's bound says so, Fourier inversion
where the transform decays, counting by weights where it does not (members that nearly all vote alike).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from math import asin, exp, sqrt

import numpy as np
from numpy.typing import NDArray

from comity.solvers.weighted import counting
from comity.solvers.weighted.body import Body
from comity.solvers.weighted.fourier import UNIT, Tilt, chernoff, phases_of, saddles, swings, tilted
from comity.solvers.weighted.quadrature import Rule, rule
from comity.solvers.weighted.spectrum import Progress, decays

Floats = NDArray[np.float64]

GRAIN = 1e-16
"""What a node may add, as a share of a member's share of weight, without being looked at."""
TOLERANCE = 1e-12
BREAKS = tuple(k / 32 for k in range(1, 32))
THREADS = 2
DEFECT = 5e-14
FELT = 1e-13
MEMORY = 2 * 2**30


@dataclass
class _Plan:
    """A rule, the tilt of every node, and which nodes go which way."""

    rule: Rule
    tilts: list[Tilt]
    caps: Floats
    values: Floats
    errors: Floats
    neglected: list[int] = field(default_factory=list)
    inverted: list[int] = field(default_factory=list)
    counted: list[int] = field(default_factory=list)


def shapley(body: Body, progress: Progress | None = None) -> tuple[Floats, Floats, str]:
    """For each class the index, a bound of its error, and the route in words.

    Raises:
        ValueError: where a node can neither be inverted with a proof nor counted.
    """
    plan = planned(body)
    nodes = len(plan.tilts)
    plan.errors[plan.neglected] = plan.caps[plan.neglected]
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        if progress is not None:
            progress(done, nodes, "integrating over the probability of yes")

    tell(len(plan.neglected))
    _invert(body, plan, tell, progress)
    _count(body, plan, tell)
    weights = np.array(plan.rule.weights)
    index = weights @ plan.values
    slack = plan.rule.error(plan.values + plan.errors, index) + index * UNIT * (nodes + 10)
    words = f"{len(plan.inverted)} nodes by Fourier inversion, {len(plan.counted)} by counting weights"
    return index, (weights @ plan.errors + slack) * (1 + 1e-9), words


def planned(body: Body) -> _Plan:
    """Which nodes there are, and which way each goes."""
    low, high = _soft(body)
    chosen = _rule(body, low, high)
    tilts = _tilts(body, np.array(chosen.odds))
    caps = np.array([chernoff(body, tilt) for tilt in tilts])
    plan = _Plan(chosen, tilts, caps, np.zeros_like(caps), np.zeros_like(caps))
    shares = (caps * np.array(chosen.weights)[:, None] * (body.total / body.w)).max(axis=1)
    for node, tilt in enumerate(tilts):
        p = 1 / (1 + np.exp(-tilt.odds))
        way = plan.neglected if shares[node] < GRAIN else plan.inverted if low <= p <= high else plan.counted
        way.append(node)
    return plan


def _soft(body: Body) -> tuple[float, float]:
    """The probabilities of yes between which the transform decays fast enough; low above high where it never does."""
    grid = np.array(BREAKS)
    tilts = _tilts(body, np.log(grid / (1 - grid)))
    soft = [decays(body, tilt.damping, _allowed(chernoff(body, tilt))) for tilt in tilts]
    if body.size < 12 or not any(soft):
        return 1.0, 0.0
    return float(grid[soft.index(True)]), float(grid[len(soft) - 1 - soft[::-1].index(True)])


def _rule(body: Body, low: float, high: float) -> Rule:
    """Gauss-Legendre panels: where weights are counted, as few nodes as the proof of the integral allows."""
    if low > high:
        return rule(body.size, ((0.0, 1.0, (body.size + 1) // 2),))
    middle = _angle(low, high)
    most = (body.size + 1) // 2
    soft = min(int(body.size * middle / 12 + 18), most)
    for extra in (0, 2, 4, 6, 8, 10, 12, 16, 24):
        sides = [min(int(body.size * _angle(*edge) / 20) + 3 + extra, most) for edge in ((0.0, low), (high, 1.0))]
        found = rule(body.size, ((0.0, low, sides[0]), (low, high, soft), (high, 1.0, sides[1])))
        tilts = _tilts(body, np.array(found.odds))
        likely = np.array([[_density(body, tilt)] for tilt in tilts])
        if float(found.error(likely, np.array([0.5]))[0]) < DEFECT:
            break
    return found


def _density(body: Body, tilt: Tilt) -> float:
    """Roughly a swing probability over the member's share of weight."""
    deviation = sqrt(float((body.m * body.w**2) @ tilt.damping) + float(body.w[-1]) ** 2) / 2
    return exp(min(tilt.height, 0.0)) / deviation * body.total


def _angle(low: float, high: float) -> float:
    return 2 * (asin(sqrt(high)) - asin(sqrt(low)))


def _tilts(body: Body, odds: Floats) -> list[Tilt]:
    return [tilted(body, float(o), float(s)) for o, s in zip(odds, saddles(body, odds), strict=True)]


def _allowed(cap: Floats) -> float:
    """The tolerance of a node whose swings are at most this probable."""
    return TOLERANCE / max(float(cap.max()), 1e-30)


def _invert(body: Body, plan: _Plan, tell: Callable[[int], None], progress: Progress | None) -> None:
    for group in _groups(plan):
        damping = np.min([plan.tilts[node].damping for node in group], axis=0)
        allowed = min(_allowed(plan.caps[node]) for node in group)
        phases = phases_of(body, damping, allowed, progress)
        if phases is None:
            plan.counted.extend(group)
            continue
        for node in group:
            plan.values[node], plan.errors[node] = swings(body, phases, plan.tilts[node])
        tell(len(group))


def _groups(plan: _Plan) -> list[list[int]]:
    """Nodes that one survey can serve: neighbours in difficulty."""
    ordered = sorted(plan.inverted, key=lambda node: -float(plan.tilts[node].damping.mean()))
    cuts = [0, len(ordered) // 2, 3 * len(ordered) // 4, len(ordered)]
    return [ordered[a:b] for a, b in pairwise(cuts) if b > a]


def _count(body: Body, plan: _Plan, tell: Callable[[int], None]) -> None:
    pairs: dict[float, list[int]] = {}
    for node in plan.counted:
        pairs.setdefault(abs(plan.tilts[node].odds), []).append(node)
    affordable(body, len(pairs))

    def one(nodes: list[int]) -> list[tuple[Floats, Floats]]:
        odds = [plan.tilts[node].odds for node in nodes]
        if len(nodes) == 1:
            found = [counting.swings(body, odds[0])]
        else:
            here, there = counting.both(body, -abs(odds[0]))
            found = [here if each <= 0 else there for each in odds]
        return [_better(body, plan, node, each) for node, each in zip(nodes, found, strict=True)]

    with ThreadPoolExecutor(THREADS) as pool:
        for nodes, found in zip(pairs.values(), pool.map(one, pairs.values()), strict=True):
            for node, (value, error) in zip(nodes, found, strict=True):
                plan.values[node], plan.errors[node] = value, error
            tell(len(nodes))


def _better(body: Body, plan: _Plan, node: int, found: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """The node again, without cancellation, where its error would be felt."""
    felt = float((found[1] / body.w).max()) * body.total * plan.rule.weights[node]
    return counting.careful(body, plan.tilts[node].odds) if felt > FELT else found


def affordable(body: Body, nodes: int, limit: float = 2e10) -> None:
    """Refuse a count by weights that would take too long or too much memory, before it starts.

    Raises:
        ValueError: with the size and the time.
    """
    dual = body.total - body.quota + 1
    additions = nodes * counting.additions(body, dual)
    memory = 8 * dual * (2 + len(body.weights).bit_length() if nodes == 1 else 2 * THREADS)
    if nodes and (additions > limit or memory > MEMORY):
        raise ValueError(
            f"{body.size} members with {len(body.weights)} different weights and a total of {body.total:,} are too "
            f"uneven for Fourier inversion with a proof; counting by weights would take some {additions:.2g} additions "
            f"(about {additions * 1e-9:,.0f} seconds) and {memory / 2**30:.2g} GiB. Fewer digits in the weights help."
        )
