"""Shapley-Shubik index of large weighted bodies: swing probabilities integrated over the probability of yes.

Each node of the rule takes the cheapest route with a proof: neglected where Chernoff's bound says so, Fourier inversion
where the transform decays, counting by weights where it does not (members that nearly all vote alike).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from math import exp, sqrt

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
FEWEST = 12
THREADS = 2
CLEAR = 16
"""Where weights can be counted at all, Fourier inversion must discard so many frequencies at a time."""
SHORT = 1e9
"""So many additions are soon done."""
FEW, MANY = 600, 20_000
"""So many frequencies may be kept for several nodes together, and for one alone."""
DEFECT = 1e-13
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
    chosen = _rule(body)
    tilts = _tilts(body, np.array(chosen.odds))
    caps = np.array([chernoff(body, tilt) for tilt in tilts])
    plan = _Plan(chosen, tilts, caps, np.zeros_like(caps), np.zeros_like(caps))
    shares = (caps * np.array(chosen.weights)[:, None] * (body.total / body.w)).max(axis=1)
    width = CLEAR if counting.additions(body, body.total - body.quota + 1) < SHORT else 1
    for node, tilt in enumerate(tilts):
        if shares[node] < GRAIN:
            plan.neglected.append(node)
        elif body.size >= FEWEST and decays(body, tilt.damping, _allowed(caps[node]), width):
            plan.inverted.append(node)
        else:
            plan.counted.append(node)
    return plan


def _rule(body: Body) -> Rule:
    """As few nodes as the proof of the integral allows: some four times the square root of the number of members."""
    most = (body.size + 1) // 2
    nodes = min(int(3.8 * sqrt(body.size)), most)
    while True:
        found = rule(body.size, nodes)
        tilts = _tilts(body, np.array(found.odds))
        likely = np.array([[_density(body, tilt)] for tilt in tilts])
        if nodes == most or float(found.error(likely, np.array([0.5]))[0]) < DEFECT:
            return found
        nodes = min(nodes + max(int(sqrt(body.size) / 8), 1), most)


def _density(body: Body, tilt: Tilt) -> float:
    """Roughly a swing probability over the member's share of weight."""
    deviation = sqrt(float((body.m * body.w**2) @ tilt.damping) + float(body.w[-1]) ** 2) / 2
    return exp(min(tilt.height, 0.0)) / deviation * body.total


def _tilts(body: Body, odds: Floats) -> list[Tilt]:
    return [tilted(body, float(o), float(s)) for o, s in zip(odds, saddles(body, odds), strict=True)]


def _allowed(cap: Floats) -> float:
    """The tolerance of a node whose swings are at most this probable."""
    return TOLERANCE / max(float(cap.max()), 1e-30)


def _invert(body: Body, plan: _Plan, tell: Callable[[int], None], progress: Progress | None) -> None:
    waiting, plan.inverted = [plan.inverted] if plan.inverted else [], list[int]()
    while waiting:
        group = waiting.pop()
        damping = np.min([plan.tilts[node].damping for node in group], axis=0)
        allowed = min(_allowed(plan.caps[node]) for node in group)
        phases = phases_of(body, damping, allowed, progress, most=FEW if len(group) > 1 else MANY)
        if phases is None and len(group) > 1:
            waiting += [group[: len(group) // 2], group[len(group) // 2 :]]
        elif phases is None:
            plan.counted.extend(group)
        else:
            for node in group:
                plan.values[node], plan.errors[node] = swings(body, phases, plan.tilts[node])
            plan.inverted.extend(group)
            tell(len(group))


def _count(body: Body, plan: _Plan, tell: Callable[[int], None]) -> None:
    pairs: dict[float, list[int]] = {}
    for node in plan.counted:
        pairs.setdefault(abs(plan.tilts[node].odds), []).append(node)
    threads = affordable(body, len(pairs))

    def one(nodes: list[int]) -> list[tuple[Floats, Floats]]:
        odds = [plan.tilts[node].odds for node in nodes]
        if len(nodes) == 1:
            found = [counting.swings(body, odds[0])]
        else:
            here, there = counting.both(body, -abs(odds[0]))
            found = [here if each <= 0 else there for each in odds]
        return [_better(body, plan, node, each) for node, each in zip(nodes, found, strict=True)]

    with ThreadPoolExecutor(threads) as pool:
        for nodes, found in zip(pairs.values(), pool.map(one, pairs.values()), strict=True):
            for node, (value, error) in zip(nodes, found, strict=True):
                plan.values[node], plan.errors[node] = value, error
            tell(len(nodes))


def _better(body: Body, plan: _Plan, node: int, found: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """The node again, without cancellation, where its error would be felt and the size allows it."""
    felt = float((found[1] / body.w).max()) * body.total * plan.rule.weights[node]
    if felt <= FELT or counting.memory(body) > MEMORY / THREADS:
        return found
    return counting.careful(body, plan.tilts[node].odds)


def affordable(body: Body, nodes: int, limit: float = 1.2e11) -> int:
    """How many threads may count by weights; refused, before it starts, where it would take too long or too much.

    Raises:
        ValueError: with the size and the time.
    """
    dual = body.total - body.quota + 1
    additions = nodes * counting.additions(body, dual)
    memory = 8.1 * dual
    if nodes and (additions > limit or memory > MEMORY):
        raise ValueError(
            f"{body.size} members with {len(body.weights)} different weights and a total of {body.total:,} are too "
            f"uneven for Fourier inversion with a proof; counting by weights would take some {additions:.2g} additions "
            f"(about {additions * 4e-10:,.0f} seconds) and {memory / 2**30:.2g} GiB. Fewer digits in the weights help."
        )
    return THREADS if THREADS * memory <= MEMORY else 1
