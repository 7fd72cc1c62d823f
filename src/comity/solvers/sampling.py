"""Voting power by simulation, with intervals: for rules beyond the exact methods, and for members who think alike.

Nothing here draws random numbers of its own: uniform numbers come from the caller, the same for the same draw however
the work is cut, so that equal seeds give equal results. Draws are counted in blocks of fixed size; the work stops at
the end of a block, when the largest standard error has reached the target or all draws are made. Intervals are
Wilson's, at 95 %.

Where members' preferences are correlated the votes of a draw share a common factor, or follow from ideal points, a
random proposal and a random status quo. Given these the votes are independent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.solvers.choice.acceptability import Uniforms, interval, standard_error
from comity.solvers.diagram import refuse_overflow
from comity.solvers.game import CHOICES, YES, Game

BLOCK = 4096
"""Draws a block."""

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Estimate:
    """Shares of draws, each with its 95 % interval.

    Attributes:
        shares: the share of draws, one a member.
        low: the lower ends of the intervals.
        high: the upper ends.
        error: the standard errors.
        draws: how many draws were made.
    """

    shares: Floats
    low: Floats
    high: Floats
    error: Floats
    draws: int


@dataclass(frozen=True)
class Sampled:
    """What a simulation of votes says about a rule.

    Attributes:
        members: the names of the members.
        decisive: how often a member's yes carries what its choice against would defeat.
        success: how often the outcome is the one that a member voted for.
        adoption: how often a proposal is adopted; one number, with its interval.
        converged: whether the largest standard error of ``decisive`` is within the target.
    """

    members: tuple[str, ...]
    decisive: Estimate
    success: Estimate
    adoption: Estimate
    converged: bool


@dataclass(frozen=True)
class Pivots:
    """What a simulation of orders says about a rule.

    Attributes:
        members: the names of the members.
        pivotal: in how many orders of joining a member turns defeat into victory: the Shapley-Shubik index.
        converged: whether the largest standard error is within the target.
    """

    members: tuple[str, ...]
    pivotal: Estimate
    converged: bool


@dataclass(frozen=True)
class Opinion:
    """How members' votes hang together.

    Attributes:
        columns: how many uniform numbers a draw needs beside one a member.
        chances: from ``draws x columns`` uniform numbers to ``draws x members`` chances of yes.
    """

    columns: int
    chances: Callable[[Floats], Floats]


def estimate(counts: Floats, draws: int) -> Estimate:
    """Shares, errors and intervals of counts in draws.

    Example:
        >>> estimate(np.array([50.0]), 100).shares.tolist()
        [0.5]
    """
    shares = counts / draws
    low, high = interval(shares, draws)
    return Estimate(shares, low, high, standard_error(counts, draws), draws)


def common_factor(yes: Floats | float, loading: Floats) -> Opinion:
    """Votes that share one factor: the latent leanings of members i and j correlate with the product of their loadings.

    Args:
        yes: each member's chance of yes, or one for all; it stays that whatever the loading.
        loading: each member's, above -1 and below 1; opposite signs for opposite camps, 0 for independence.

    **Source**: the one-factor Gaussian model of Vasicek (1987); on voting power under correlation Kaniovski, "The exact
    bias of the Banzhaf measure of power when votes are neither equiprobable nor independent", Social Choice and Welfare
    31 (2008), 281-300.

    Raises:
        ValueError: for chances outside 0 and 1 or loadings that reach 1.

    Example:
        >>> opinion = common_factor(0.5, np.array([0.5, 0.5]))
        >>> opinion.chances(np.array([[0.5]])).round(3).tolist()
        [[0.5, 0.5]]
    """
    loadings = np.asarray(loading, dtype=np.float64)
    marginal = np.broadcast_to(np.asarray(yes, dtype=np.float64), loadings.shape)
    if not (np.abs(loadings) < 1).all():
        raise ValueError("A loading lies between -1 and 1; at 1 a member would have no mind of its own.")
    if not ((marginal >= 0) & (marginal <= 1)).all():
        raise ValueError("A chance of yes lies from 0 to 1.")

    def chances(uniforms: Floats) -> Floats:
        from scipy.special import ndtr, ndtri

        leaning = ndtri(marginal) + loadings * ndtri(uniforms[:, :1])
        return np.asarray(ndtr(leaning / np.sqrt(1 - loadings**2)), dtype=np.float64)

    return Opinion(1, chances)


def ideal_points(positions: Floats, sharpness: float = 1.0) -> Opinion:
    """Votes that follow from positions: a member tends to yes where a proposal is nearer to it than the status quo.

    Proposal and status quo are drawn evenly from the box that the members' positions span. The chance of yes is the
    logistic function of ``sharpness`` times the gain in squared distance.

    Args:
        positions: ``members x dimensions``.
        sharpness: 0 for coin tosses; the larger, the more strictly positions decide.

    **Source**: random utility over squared distances as in Poole and Rosenthal, American Journal of Political Science
    29 (1985), 357-384; power with ideal points as in Owen and Shapley, International Journal of Game Theory 18 (1989).

    Raises:
        ValueError: for positions that are not a table of numbers, or a negative sharpness.

    Example:
        >>> opinion = ideal_points(np.array([[0.0], [1.0]]), sharpness=2)
        >>> opinion.chances(np.array([[1.0, 0.0]])).round(3).tolist()
        [[0.119, 0.881]]
    """
    places = np.asarray(positions, dtype=np.float64)
    if places.ndim != 2 or not places.size or not np.isfinite(places).all():
        raise ValueError("Positions are a table of numbers, one row a member and one column a dimension.")
    if not 0 <= sharpness < np.inf:
        raise ValueError(f"A sharpness of {sharpness} means nothing; it is a number of zero or more.")
    low, width, dimensions = places.min(axis=0), np.ptp(places, axis=0), places.shape[1]

    def chances(uniforms: Floats) -> Floats:
        proposal = low + width * uniforms[:, :dimensions]
        status_quo = low + width * uniforms[:, dimensions:]
        gain = ((places[None] - status_quo[:, None]) ** 2).sum(axis=2)
        gain -= ((places[None] - proposal[:, None]) ** 2).sum(axis=2)
        return (1 + np.tanh(sharpness * gain / 2)) / 2

    return Opinion(2 * dimensions, chances)


def swings(
    game: Game,
    chances: Floats,
    uniforms: Uniforms,
    *,
    against: str = "no",
    draws: int = 100_000,
    target: float = 0.0,
    progress: Progress | None = None,
) -> Sampled:
    """How often each member decides when members choose independently.

    Args:
        game: the compiled rule.
        chances: ``members x choices`` in the order of :data:`~comity.solvers.game.CHOICES`, each row summing to 1.
        uniforms: uniform numbers for a range of draws and a range of columns, one column a member.
        against: the choice that a member's yes is compared with.
        draws: the most draws.
        target: the standard error at which to stop.
        progress: told draws made and draws asked for after each block.

    Raises:
        ValueError: for chances that are none, an unknown choice, or no draws.

    Example:
        >>> from comity.solvers.game import weighted
        >>> alternate = lambda draws, columns: np.array([[0.2, 0.7][(d >> c) % 2] for d in draws for c in columns])
        >>> grid = lambda draws, columns: alternate(draws, columns).reshape(len(draws), len(columns))
        >>> votes = np.zeros((3, 6)); votes[:, :2] = 0.5
        >>> swings(weighted([1, 1, 1], quota=2), votes, grid, draws=8).decisive.shares.tolist()
        [0.5, 0.5, 0.5]
    """
    shares = checked(game, chances)
    bounds = np.cumsum(shares, axis=1)
    last = len(CHOICES) - 1 - np.argmax(shares[:, ::-1] > 0, axis=1)

    def ballots(numbers: range) -> NDArray[np.int64]:
        drawn = uniforms(numbers, range(len(game.members)))
        return np.minimum((drawn[:, :, None] >= bounds).sum(axis=2), last)

    return _counted(game, ballots, against, draws=draws, target=target, progress=progress)


def correlated(
    game: Game,
    opinion: Opinion,
    uniforms: Uniforms,
    *,
    against: str = "no",
    draws: int = 100_000,
    target: float = 0.0,
    progress: Progress | None = None,
) -> Sampled:
    """How often each member decides when members' votes hang together.

    Args:
        game: the compiled rule.
        opinion: from :func:`common_factor` or :func:`ideal_points`.
        uniforms: uniform numbers for a range of draws and a range of columns: first the opinion's, then one a member.
        against: what members who are not for a proposal choose.
        draws: the most draws.
        target: the standard error at which to stop.
        progress: told draws made and draws asked for after each block.

    Raises:
        ValueError: for an unknown choice, no draws, or an opinion of another number of members.

    Example:
        >>> from comity.solvers.game import weighted
        >>> middle = lambda draws, columns: np.full((len(draws), len(columns)), 0.5)
        >>> opinion = ideal_points(np.zeros((3, 1)))
        >>> correlated(weighted([1, 1, 1], quota=2), opinion, middle, draws=8).adoption.shares.tolist()
        [0.0]
    """
    n, extra = len(game.members), opinion.columns
    other = _other(against)

    def ballots(numbers: range) -> NDArray[np.int64]:
        drawn = uniforms(numbers, range(extra + n))
        yes = opinion.chances(drawn[:, :extra])
        if yes.shape != (len(numbers), n):
            raise ValueError(f"The opinion speaks of {yes.shape[1]} members, the rule of {n}.")
        return np.where(drawn[:, extra:] < yes, YES, other)

    return _counted(game, ballots, against, draws=draws, target=target, progress=progress)


def orders(
    game: Game,
    uniforms: Uniforms,
    *,
    against: str = "no",
    draws: int = 100_000,
    target: float = 0.0,
    progress: Progress | None = None,
) -> Pivots:
    """The Shapley-Shubik index by random orders of joining.

    Args:
        game: the compiled rule.
        uniforms: uniform numbers for a range of draws and a range of columns, one column a member.
        against: what those choose who have not joined yet.
        draws: the most orders.
        target: the standard error at which to stop.
        progress: told orders made and orders asked for after each block.

    Raises:
        ValueError: for an unknown choice, no draws, or a rule that more support can defeat.

    Example:
        >>> from comity.solvers.game import weighted
        >>> rising = lambda draws, columns: np.tile(np.array(columns) / 10, (len(draws), 1))
        >>> orders(weighted([1, 1, 1], quota=2), rising, draws=4).pivotal.shares.tolist()
        [0.0, 1.0, 0.0]
    """
    other = _other(against)
    refuse_overflow(game)
    rising = game.coefficients[:, YES, :] - game.coefficients[:, other, :]
    if (rising < 0).any():
        raise ValueError(
            f"Under this rule a change from '{against}' to 'yes' can defeat a proposal: nobody is a pivot."
        )
    floor = game.coefficients[:, other, :].sum(axis=1)
    n, needs = len(game.members), game.thresholds - floor
    idle = bool(game.evaluate((needs <= 0)[None, :])[0])
    counts = np.zeros(n)

    def count(numbers: range) -> None:
        order = np.argsort(uniforms(numbers, range(n)), axis=1, kind="stable")
        held = np.stack(
            [np.cumsum(row[order], axis=1) >= need for row, need in zip(rising, needs, strict=True)], axis=2
        )
        carried = game.evaluate(held.reshape(-1, len(needs))).reshape(len(order), n)
        place = np.argmax(carried, axis=1)
        pivots = order[np.arange(len(order)), place][carried.any(axis=1) & (not idle)]
        counts[:] += np.bincount(pivots, minlength=n)

    made = _repeated(count, counts, draws=draws, target=target, progress=progress)
    pivotal = estimate(counts, made)
    return Pivots(game.members, pivotal, bool(pivotal.error.max() <= target + 1e-12))


def checked(game: Game, chances: Floats) -> Floats:
    """Chances as floats, refused where they are none.

    Raises:
        ValueError: where they are not ``members x choices``, or a row is not zero or more and sums to 1.
    """
    shares = np.asarray(chances, dtype=np.float64)
    if shares.shape != (len(game.members), len(CHOICES)):
        raise ValueError(
            f"Chances are one row a member and one column a choice ({', '.join(CHOICES)}): "
            f"{len(game.members)} x {len(CHOICES)}; got {' x '.join(map(str, shares.shape))}."
        )
    if not (shares >= 0).all() or not (np.abs(shares.sum(axis=1) - 1) < 1e-9).all():
        raise ValueError("The chances of each member's choices are zero or more and sum to 1.")
    return shares


def _other(against: str) -> int:
    if against not in CHOICES or against == "yes":
        raise ValueError(f"'{against}' is no choice against; say one of {', '.join(CHOICES[1:])}.")
    return CHOICES.index(against)


def _repeated(
    count: Callable[[range], None], counts: Floats, *, draws: int, target: float, progress: Progress | None
) -> int:
    """Count block by block until the target or the end; how many draws were made."""
    if draws < 1:
        raise ValueError(f"{draws} draws tell nothing; make at least one.")
    made = 0
    while made < draws:
        numbers = range(made, min(made + BLOCK, draws))
        count(numbers)
        made = numbers.stop
        if progress is not None:
            progress(made, draws)
        if standard_error(counts, made).max(initial=0.0) <= target:
            break
    return made


def _counted(
    game: Game,
    ballots: Callable[[range], NDArray[np.int64]],
    against: str,
    *,
    draws: int,
    target: float,
    progress: Progress | None,
) -> Sampled:
    other, n = _other(against), len(game.members)
    refuse_overflow(game)
    decisive, success, adopted = np.zeros(n), np.zeros(n), np.zeros(1)

    def count(numbers: range) -> None:
        votes = ballots(numbers)
        columns = np.arange(n)
        held = [coefficients[votes, columns] for coefficients in game.coefficients]
        sums = np.stack([each.sum(axis=1) for each in held], axis=1)
        outcome = game.evaluate(sums >= game.thresholds)
        adopted[:] += outcome.sum()
        success[:] += ((votes == YES) == outcome[:, None]).sum(axis=0)
        for member in range(n):
            others = sums - np.stack([each[:, member] for each in held], axis=1) - game.thresholds
            for_, against_ = (others + game.coefficients[:, choice, member] >= 0 for choice in (YES, other))
            decisive[member] += (game.evaluate(for_) & ~game.evaluate(against_)).sum()

    made = _repeated(count, decisive, draws=draws, target=target, progress=progress)
    found = estimate(decisive, made)
    converged = bool(found.error.max(initial=0.0) <= target + 1e-12)
    return Sampled(game.members, found, estimate(success, made), estimate(adopted, made), converged)
