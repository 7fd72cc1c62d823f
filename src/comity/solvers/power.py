"""Voting power: how often a member's vote decides.

Everything here speaks of power of the rule, not of the policy: it knows what members may do, not what they want. A rule
is read in the binary reduction of :mod:`comity.solvers.simple`: "yes" against "no" (abstention counted as no), or
against another word where the caller says so.

What can be counted is counted exactly (:mod:`comity.solvers.measures`). Beyond that, the indices of weighted bodies of
any size come as doubles with a proven bound (:mod:`comity.solvers.weighted`). What neither can do, a ValueError says,
with its size. Abstention as a third choice is in :mod:`comity.solvers.ternary`, votes that hang together in
:mod:`comity.solvers.sampling`, rules of several conditions in large bodies in :mod:`comity.solvers.compound`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from comity.solvers.choice.acceptability import Uniforms
from comity.solvers.game import Game
from comity.solvers.measures import Measures, is_quick, measure
from comity.solvers.sampling import Opinion
from comity.solvers.simple import Simple, Weight, reduce, weighted
from comity.solvers.weighted import halves as meeting
from comity.solvers.weighted import packed, residues, routes
from comity.solvers.weighted.body import gathered
from comity.solvers.weighted.routes import Estimate
from comity.solvers.weighted.spectrum import Progress

__all__ = ["INDICES", "Measures", "banzhaf", "coleman", "exact", "measure", "of", "shapley_shubik"]

Weights: TypeAlias = Sequence[Weight] | NDArray[np.integer]

INDICES = ("banzhaf", "shapley_shubik", "swing_probability", "prevent", "initiate")


def of(
    game: Game,
    index: str = "banzhaf",
    *,
    against: str = "no",
    absent: Mapping[str, float] | None = None,
    unions: Mapping[str, Iterable[str]] | None = None,
    correlation: float | Opinion | None = None,
    uniforms: Uniforms | None = None,
    draws: int = 100_000,
) -> dict[str, Fraction] | dict[str, float]:
    """One index of a compiled rule, by member.

    Fractions are exact. With absences, correlated preferences, or unions in a body too large to count, the numbers are
    floats :class:`~comity.solvers.correlated.Within` an interval: ``low``, ``high``, and ``draws`` (0: a proven range).

    Args:
        game: the compiled rule, weighted or not.
        index: ``banzhaf``, ``shapley_shubik``, ``swing_probability``, ``prevent``, ``initiate``; ``johnston``,
            ``deegan_packel``, ``public_good``, ``colomer_martinez``, ``rae``; with unions ``owen``, ``banzhaf_owen`` or
            ``symmetric_banzhaf``; with absences ``swing_probability`` or ``banzhaf``; with a correlation these or
            ``success``.
        against: what those outside a coalition choose; under ``no`` an abstention is counted as no.
        absent: the probability that a member is absent, for those who may be; the rule's quorum then counts.
        unions: the members of blocs that form before the vote, by the name of the bloc.
        correlation: how strongly any two members' leanings hang together, from 0 to below 1; or an opinion from
            :func:`~comity.solvers.sampling.common_factor` (camps) or :func:`~comity.solvers.sampling.ideal_points`.
        uniforms: uniform numbers for a range of draws and a range of columns, for what must be drawn: correlated
            preferences, and absences or unions beyond the exact methods.
        draws: the most draws.

    Raises:
        ValueError: for an unknown index, absences, unions or a correlation that do not fit, a game that is too large
            where no uniform numbers are given, or two of the three questions at once.

    Example:
        >>> from comity.solvers.game import weighted as compiled
        >>> of(compiled([2, 1, 1], quota=3), "shapley_shubik")["0"]
        Fraction(2, 3)
        >>> of(compiled([1, 1, 1], quota=2), "owen", unions={"pact": ["0", "1"]})["2"]
        Fraction(0, 1)
        >>> of(compiled([1, 1, 1], quota=2), "swing_probability", absent={"2": 1.0})["0"]
        0.5
        >>> from comity.kernel.streams import Stream
        >>> votes = Stream(1, "votes").uniforms
        >>> leaning = of(compiled([1] * 3, quota=2), "swing_probability", correlation=0.5, uniforms=votes, draws=4096)
        >>> leaning["0"].low < 1 / 3 < leaning["0"].high
        True
    """
    from comity.solvers import correlated, indices, presence
    from comity.solvers import large_unions as blocs

    if sum(each is not None for each in (absent, unions, correlation)) > 1:
        raise ValueError("Absences, unions and correlated preferences are asked one at a time; leave the others out.")
    if correlation is not None:
        return correlated.of(game, correlation, index, against=against, uniforms=uniforms, draws=draws)
    if unions is not None:
        return blocs.of(game, unions, index, against=against, uniforms=uniforms, draws=draws)
    if absent is not None:
        return presence.of(game, absent, index, uniforms=uniforms, draws=draws)
    if index in indices.INDICES:
        return indices.of(reduce(game, against), index)
    if index not in INDICES:
        raise ValueError(f"There is no index '{index}'; here are {', '.join((*INDICES, *indices.INDICES))}.")
    measured = measure(reduce(game, against))
    return dict(zip(measured.members, getattr(measured, index), strict=True))


@overload
def banzhaf(
    weights: Weights,
    quota: Weight,
    *,
    absolute: bool = ...,
    full: Literal[False] = ...,
    progress: Progress | None = ...,
) -> NDArray[np.float64]: ...
@overload
def banzhaf(
    weights: Weights, quota: Weight, *, absolute: bool = ..., full: Literal[True], progress: Progress | None = ...
) -> Estimate: ...
def banzhaf(
    weights: Weights, quota: Weight, *, absolute: bool = False, full: bool = False, progress: Progress | None = None
) -> NDArray[np.float64] | Estimate:
    """Banzhaf index of plain weights: the share of swings, or (``absolute``) the probability of a swing.

    Args:
        weights: whole numbers or exact fractions, one a member.
        quota: what carries.
        absolute: the probability that a member's vote decides, instead of its share of all swings.
        full: also a proven bound of the error, and the route taken.
        progress: told of steps on long work.

    Raises:
        ValueError: for weights or a quota that make no game, or a game that is too large.

    Example:
        >>> banzhaf([9, 9, 7, 3, 1, 1], quota=16)[2:4].round(4).tolist()
        [0.3333, 0.0]
        >>> banzhaf(range(1, 191), quota=9500, full=True).bounds.max() < 1e-14
        np.True_
    """
    game = weighted(list(weights), quota)

    def counted() -> Estimate:
        if packed.is_short(body := gathered(game)):
            return _rounded(packed.banzhaf(body, absolute=absolute))
        measured = measure(game)
        return _rounded(measured.swing_probability if absolute else measured.banzhaf)

    def inverted() -> Estimate:
        return routes.banzhaf(gathered(game), absolute=absolute, progress=progress)

    found = _quickest(game, counted, inverted)
    return found if full else found.values


@overload
def shapley_shubik(
    weights: Weights, quota: Weight, *, full: Literal[False] = ..., progress: Progress | None = ...
) -> NDArray[np.float64]: ...
@overload
def shapley_shubik(
    weights: Weights, quota: Weight, *, full: Literal[True], progress: Progress | None = ...
) -> Estimate: ...
def shapley_shubik(
    weights: Weights, quota: Weight, *, full: bool = False, progress: Progress | None = None
) -> NDArray[np.float64] | Estimate:
    """Shapley-Shubik index of plain weights.

    **Source**: Shapley and Shubik, American Political Science Review 48 (1954), 787-792.

    Args:
        weights: whole numbers or exact fractions, one a member.
        quota: what carries.
        full: also a proven bound of the error, and the route taken.
        progress: told of steps on long work.

    Raises:
        ValueError: for weights or a quota that make no game, or a game that is too large.

    Example:
        >>> shapley_shubik([4, 4, 4, 2, 2, 1], quota=12)[::3].round(4).tolist()
        [0.2333, 0.15]
    """
    game = weighted(list(weights), quota)
    found = _quickest(
        game,
        lambda: _rounded(measure(game).shapley_shubik),
        lambda: routes.shapley_shubik(gathered(game), progress=progress),
    )
    return found if full else found.values


def exact(
    weights: Weights, quota: Weight, index: str = "shapley_shubik", *, progress: Progress | None = None
) -> list[Fraction]:
    """One index of plain weights as exact fractions.

    Args:
        weights: whole numbers or exact fractions, one a member.
        quota: what carries.
        index: ``banzhaf``, ``shapley_shubik``, ``swing_probability``, ``prevent`` or ``initiate``.
        progress: told of steps on long work.

    Raises:
        ValueError: for an unknown index, weights or a quota that make no game, or a game that is too large, with what
            it would take.

    Example:
        >>> exact([4, 4, 4, 2, 2, 1], quota=12)[::3]
        [Fraction(7, 30), Fraction(3, 20)]
    """
    if index not in INDICES:
        raise ValueError(f"There is no index '{index}'; the indices here are {', '.join(INDICES)}.")
    game = weighted(list(weights), quota)
    if index in {"banzhaf", "swing_probability"} and game.single:
        body = gathered(game)
        if packed.is_short(body) or not is_quick(game):
            return packed.banzhaf(body, absolute=index != "banzhaf", progress=progress)
    if index == "shapley_shubik" and game.single and not is_quick(game) and len(game.members) > meeting.MOST:
        return residues.shapley_shubik(gathered(game), progress)
    return list(getattr(measure(game), index))


def _quickest(game: Simple, counted: Callable[[], Estimate], inverted: Callable[[], Estimate]) -> Estimate:
    if is_quick(game):
        return counted()
    try:
        return inverted()
    except ValueError:
        if len(game.members) > meeting.MOST:
            raise
        return counted()


def _rounded(fractions: Sequence[Fraction]) -> Estimate:
    values = np.array([float(fraction) for fraction in fractions])
    return Estimate(values, np.spacing(values) / 2 * (values > 0), "exact counting")


def coleman(weights: Sequence[Weight], quota: Weight) -> tuple[list[Fraction], list[Fraction], Fraction]:
    """Coleman's measures of plain weights: power to prevent, power to initiate, and the body's power to act.

    Raises:
        ValueError: for weights or a quota that make no game, or a game that is too large.

    Example:
        >>> coleman([5, 5, 2, 1, 1], quota=8)[2]
        Fraction(7, 16)
    """
    measured = measure(weighted(weights, quota))
    return list(measured.prevent), list(measured.initiate), measured.act
