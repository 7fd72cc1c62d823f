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

from comity.solvers.game import Game
from comity.solvers.measures import Measures, is_quick, measure
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
) -> dict[str, Fraction] | dict[str, float]:
    """One index of a compiled rule, by member.

    Args:
        game: the compiled rule, weighted or not.
        index: ``banzhaf``, ``shapley_shubik``, ``swing_probability``, ``prevent``, ``initiate``; ``johnston``,
            ``deegan_packel``, ``public_good``, ``colomer_martinez``, ``rae``; with unions ``owen``, ``banzhaf_owen`` or
            ``symmetric_banzhaf``; with absences ``swing_probability`` or ``banzhaf``.
        against: what those outside a coalition choose; under ``no`` an abstention is counted as no.
        absent: the probability that a member is absent, for those who may be; the rule's quorum then counts.
        unions: the members of blocs that form before the vote, by the name of the bloc.

    Raises:
        ValueError: for an unknown index, absences or unions that do not fit, or a game that is too large.

    Example:
        >>> from comity.solvers.game import weighted as compiled
        >>> of(compiled([2, 1, 1], quota=3), "shapley_shubik")["0"]
        Fraction(2, 3)
        >>> of(compiled([1, 1, 1], quota=2), "owen", unions={"pact": ["0", "1"]})["2"]
        Fraction(0, 1)
        >>> of(compiled([1, 1, 1], quota=2), "swing_probability", absent={"2": 1.0})["0"]
        0.5
    """
    from comity.solvers import indices, presence
    from comity.solvers import unions as blocs

    if absent is not None and unions is not None:
        raise ValueError("Absences and unions are asked one at a time; leave one of them out.")
    if unions is not None:
        return blocs.of(reduce(game, against), unions, index)
    if absent is not None:
        return _attended(presence.presence(game, _attendance(game, absent)).swing, game.members, index)
    if index in indices.INDICES:
        return indices.of(reduce(game, against), index)
    if index not in INDICES:
        raise ValueError(f"There is no index '{index}'; here are {', '.join((*INDICES, *indices.INDICES))}.")
    measured = measure(reduce(game, against))
    return dict(zip(measured.members, getattr(measured, index), strict=True))


def _attendance(game: Game, absent: Mapping[str, float]) -> NDArray[np.float64]:
    unknown = [member for member in absent if member not in game.members]
    if unknown:
        raise ValueError(f"{', '.join(unknown)} is no member of this body.")
    return np.array([1.0 - absent.get(member, 0.0) for member in game.members])


def _attended(swing: NDArray[np.float64], members: Sequence[str], index: str) -> dict[str, float]:
    if index not in {"swing_probability", "banzhaf"}:
        raise ValueError(f"With absences the index is swing_probability or banzhaf, not '{index}'.")
    total = float(swing.sum()) if index == "banzhaf" else 1.0
    return {member: float(value) / (total or 1.0) for member, value in zip(members, swing, strict=True)}


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
