"""A-priori unions in weighted bodies too large to count: blocs among the 190 members of the Monetary Fund.

A member of a union decides where the other unions, each as one, and those of its own union that go along leave it the
decisive weight. Other unions that join with chance ``p`` and own members that join with chance ``t`` give Owen's value
when both chances are integrated from 0 to 1, the Banzhaf-Owen value when both are one half, the symmetric coalitional
Banzhaf value when ``p`` is one half and ``t`` integrated. The integrands are polynomials, so that Gauss-Legendre nodes
are exact; the weight of the other unions stands in a table of doubles, integrated once. Unions of one, and unions as
one, come from the engine for large bodies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from comity.solvers.choice.acceptability import Uniforms
from comity.solvers.correlated import Within, within
from comity.solvers.game import Game
from comity.solvers.sampling import Estimate, orders
from comity.solvers.simple import Simple, reduce
from comity.solvers.tallies import UNIT, doubt, enter, refuse_long, rising
from comity.solvers.unions import INDICES, merged, partition
from comity.solvers.unions import of as exact
from comity.solvers.weighted import routes
from comity.solvers.weighted.body import prepared
from comity.solvers.weighted.spectrum import Progress

Floats = NDArray[np.float64]

WORK = 1e11
"""The most additions that are begun: a minute or two."""


@dataclass(frozen=True)
class LargeUnions:
    """A weighted rule measured with a-priori unions, in doubles.

    Attributes:
        members: the names of the members.
        owen: Owen's value of each member.
        banzhaf_owen: the Banzhaf-Owen value.
        symmetric_banzhaf: the symmetric coalitional Banzhaf value.
        error: an upper bound of the error of each of these numbers.
        quotient: for each union by name its Shapley-Shubik index among the unions, each voting as one.
    """

    members: tuple[str, ...]
    owen: Floats
    banzhaf_owen: Floats
    symmetric_banzhaf: Floats
    error: float
    quotient: Mapping[str, float]


def measure_large(game: Simple, unions: Mapping[str, Iterable[str]], progress: Progress | None = None) -> LargeUnions:
    """Owen's value and its relatives under one weighted condition, whatever the number of members.

    **Source**: as for :func:`~comity.solvers.unions.measure_unions`; the integral over both chances is Owen's
    multilinear extension (Management Science 18, 1972, P64-P79) taken within and between unions.

    Args:
        game: the game of coalitions: one weighted condition.
        unions: the members of each union, by its name; those not named are unions of one.
        progress: told of steps on long work.

    Raises:
        ValueError: for several conditions, unions that do not fit, or a body that is too large, with its size.

    Example:
        >>> from comity.solvers.simple import weighted
        >>> found = measure_large(weighted([5, 5, 2, 1, 1], quota=8), {"left": ["0", "2"], "right": ["1", "3"]})
        >>> found.owen.round(12).tolist() == [round(each / 12, 12) for each in (4, 1, 4, 1, 2)]
        True
    """
    groups = partition(game.members, unions)
    if game.single is None:
        raise ValueError(
            f"Unions in a body of {len(game.members)} members need a rule of one weighted condition; this one has "
            f"{len(game.rows)}."
        )
    row, quota = game.single
    weight = dict(zip(game.members, row, strict=True))
    total = sum(row)
    quota = min(quota, total - quota + 1)
    refuse_long(total, "this body")
    several = {name: inside for name, inside in groups.items() if len(inside) > 1}
    _refuse_slow([sum(weight[each] for each in inside) for inside in groups.values()], several, weight)
    body = prepared(*_needed(merged(game, unions)))
    orders = routes.shapley_shubik(body, progress=progress)
    tosses = routes.banzhaf(body, absolute=True, progress=progress)
    place = {name: number for number, name in enumerate(groups)}
    found = {
        inside[0]: (float(orders.values[place[name]]), *[float(tosses.values[place[name]])] * 2)
        for name, inside in groups.items()
        if len(inside) == 1
    }
    votes = {name: sum(weight[each] for each in inside) for name, inside in groups.items()}
    for inside, (joined, tossed) in _tails(votes, several, quota, progress):
        found |= dict(zip(inside, _within([weight[each] for each in inside], joined, tossed), strict=True))
    columns = np.array([found[member] for member in game.members])
    bound = max(
        float(orders.bounds.max()),
        float(tosses.bounds.max()),
        4 * doubt(len(groups), total) + 8 * max(map(len, groups.values())) * UNIT,
    )
    quotient = dict(zip(groups, orders.values.tolist(), strict=True))
    return LargeUnions(game.members, columns[:, 0], columns[:, 1], columns[:, 2], bound, quotient)


def of(
    game: Game,
    unions: Mapping[str, Iterable[str]],
    index: str = "owen",
    *,
    against: str = "no",
    uniforms: Uniforms | None = None,
    draws: int = 100_000,
) -> dict[str, Fraction] | dict[str, float]:
    """One index with a-priori unions, by member: exact, else in doubles, else (Owen's value) drawn.

    Args:
        game: the compiled rule.
        unions: the members of each union, by its name.
        index: ``owen``, ``banzhaf_owen`` or ``symmetric_banzhaf``.
        against: what those outside a coalition choose.
        uniforms: uniform numbers for a range of draws and a range of columns, for rules beyond both exact methods.
        draws: the most draws.

    Raises:
        ValueError: for an unknown index, unions that do not fit, or a game that is too large where no uniform numbers
            are given.

    Example:
        >>> from comity.solvers.game import weighted
        >>> of(weighted([1, 1, 1], quota=2), {"pact": ["0", "1"]})["0"]
        Fraction(1, 2)
    """
    simple = reduce(game, against)
    if index not in INDICES:
        raise ValueError(f"There is no index '{index}' with unions; the indices here are {', '.join(INDICES)}.")
    groups = partition(simple.members, unions)
    try:
        return exact(simple, unions, index)
    except ValueError as error:
        refusal = error
    if simple.single is not None:
        found = measure_large(simple, unions)
        values = getattr(found, index)
        ends = zip(found.members, values, values - found.error, values + found.error, strict=True)
        return {member: Within(value, max(low, 0.0), high) for member, value, low, high in ends}
    if uniforms is None or index != "owen":
        raise ValueError(f"{refusal} Owen's value can be drawn: give uniform numbers.") from None
    return within(game.members, owen_orders(game, list(groups.values()), uniforms, against=against, draws=draws))


def owen_orders(
    game: Game,
    groups: Sequence[Sequence[str]],
    uniforms: Uniforms,
    *,
    against: str = "no",
    draws: int = 100_000,
    progress: Callable[[int, int], None] | None = None,
) -> Estimate:
    """Owen's value by random orders in which unions join one after the other, each with all its members in a row.

    Args:
        game: the compiled rule.
        groups: the members of all unions, unions of one included.
        uniforms: uniform numbers for a range of draws and a range of columns: one column a member, then one a union.
        against: what those choose who have not joined yet.
        draws: the orders.
        progress: told orders made and orders asked for.

    Raises:
        ValueError: for what :func:`~comity.solvers.sampling.orders` refuses.

    Example:
        >>> from comity.kernel.streams import Stream
        >>> from comity.solvers.game import weighted
        >>> pact = [["0", "1"], ["2"]]
        >>> owen_orders(weighted([1, 1, 1], quota=2), pact, Stream(1, "orders").uniforms, draws=100).shares[2]
        np.float64(0.0)
    """
    n = len(game.members)
    place = {member: number for number, inside in enumerate(groups) for member in inside}
    home = np.array([place[member] for member in game.members])

    def in_a_row(numbers: range, columns: range) -> Floats:
        drawn = uniforms(numbers, range(n + len(groups)))
        turns = np.argsort(np.argsort(drawn[:, n:], axis=1), axis=1)
        return ((turns[:, home] + drawn[:, :n]) / len(groups))[:, columns.start : columns.stop]

    return orders(game, in_a_row, against=against, draws=draws, progress=progress).pivotal


def _needed(game: Simple) -> tuple[tuple[int, ...], int]:
    """Weights and quota of a quotient; merging leaves one condition one condition, or decides it for good."""
    if game.single is None:
        raise ValueError("With these unions every coalition, or none, carries: nobody has power.")
    return game.single


def _refuse_slow(votes: Sequence[int], several: Mapping[str, Sequence[str]], weight: Mapping[str, int]) -> None:
    between = float(np.cumsum(sorted(votes), dtype=np.float64).sum()) * (len(votes) + 1) / 2 * max(len(several), 1)
    within = sum(
        sum(weight[each] for each in inside) * len(inside) ** 2 * float(np.log2(len(inside)) + 1)
        for inside in several.values()
    )
    if between + within > WORK:
        raise ValueError(
            f"Power with these unions would take {between + within:.2g} additions, in {len(votes)} unions of a total "
            f"weight of {sum(votes):,}; the limit is {WORK:.0g}. Fewer digits in the weights help."
        )


def _tails(
    votes: Mapping[str, int], several: Mapping[str, Sequence[str]], quota: int, progress: Progress | None
) -> Iterable[tuple[Sequence[str], tuple[Floats, Floats]]]:
    """For each union of several, by the weight of its own that goes along, the chance that the others carry with it.

    One table at a chance ``p`` up to one half serves ``1 - p`` too: there it counts those who stay outside.
    """
    total = sum(votes.values())
    small = [each for name, each in votes.items() if name not in several]
    nodes, weights = np.polynomial.legendre.leggauss((len(votes) + 2) // 2)
    chosen = [((1 + x) / 2, w / 2) for x, w in zip(nodes, weights, strict=True) if x <= 0]
    joined = {name: np.zeros(total - votes[name] + 1) for name in several}
    tossed: dict[str, Floats] = {}
    for step, (chance, share) in enumerate([*chosen, (0.5, 0.0)]):
        if progress is not None:
            progress(step, len(chosen) + 1, "other blocs")
        base = np.zeros(total + 1)
        base[0] = 1.0
        top = enter(base, 1, small, [chance] * len(small))
        for name in several:
            rest = [votes[other] for other in several if other != name]
            table = base[: total - votes[name] + 1].copy()
            enter(table, top, rest, [chance] * len(rest))
            if share:
                joined[name] += table * (share / 2 if chance == 0.5 else share)
            else:
                tossed[name] = table / 2
    for name, inside in several.items():
        yield inside, (_tail(joined[name], votes[name], quota), _tail(tossed[name], votes[name], quota))


def _tail(table: Floats, own: int, quota: int) -> Floats:
    """The chance that others of this table, and its mirror image, reach the quota with 0, 1, ... of one's own."""
    summed = np.concatenate(([0.0], rising(table)))
    length, carried = len(table), np.arange(own + 1)
    short = np.clip(quota - carried, 0, length)
    spared = np.clip(length - quota + carried, 0, length)
    return summed[-1] - summed[short] + summed[spared]


def _within(weights: Sequence[int], joined: Floats, tossed: Floats) -> list[tuple[float, float, float]]:
    """Owen, Banzhaf-Owen and symmetric coalitional value of the members of one union."""
    both = np.stack([joined, tossed])
    nodes, shares = np.polynomial.legendre.leggauss((len(weights) + 1) // 2)
    found = np.zeros((len(weights), 2))
    for node, share in zip(nodes, shares, strict=True):
        found += share / 2 * _alone(weights, both, (1 + node) / 2)
    halves = _alone(weights, both[1:], 0.5)
    return [
        (float(owen), float(half), float(symmetric))
        for (owen, symmetric), (half,) in zip(found.tolist(), halves.tolist(), strict=True)
    ]


def _alone(weights: Sequence[int], functions: Floats, chance: float) -> Floats:
    """For each member what its own weight adds to each function, when the others of the union join with this chance."""
    if len(weights) == 1:
        return (functions[:, weights[0]] - functions[:, 0])[None, :]
    middle = len(weights) // 2
    first, second = weights[:middle], weights[middle:]
    return np.concatenate(
        [
            _alone(first, _joined(functions, second, chance), chance),
            _alone(second, _joined(functions, first, chance), chance),
        ]
    )


def _joined(functions: Floats, weights: Sequence[int], chance: float) -> Floats:
    for weight in weights:
        end = functions.shape[1] - weight
        functions = (1 - chance) * functions[:, :end] + chance * functions[:, weight:]
    return functions
