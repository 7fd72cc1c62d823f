"""One dimension: the agreement zone, the gridlock interval, and the text that a setter of the agenda obtains.

A member accepts a closed interval of texts. One that accepts a text votes for it; one that does not makes the refusal
that hurts most. Everything is exact: a rule can change its mind only where some member's interval ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.solvers.game import CHOICES, NO, OBJECTS, YES, Formula, Game

Floats: TypeAlias = NDArray[np.float64]
Wholes: TypeAlias = NDArray[np.int64]
Truths: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class Zones:
    """The texts that a rule adopts, draw by draw.

    Attributes:
        low: draws; the lower end of the zone, not a number where it is empty.
        high: draws; the upper end.
        width: draws; how much of the scale is adopted, without the gaps between pieces.
        pieces: draws; how many connected pieces the zone has.
        open: draws; whether some text is adopted at all.
        blocking: members; the share of the draws looked at in which nothing is adopted, and something would be if this
            member alone accepted everything. Not a number where no draw was looked at.
    """

    low: Floats
    high: Floats
    width: Floats
    pieces: Wholes
    open: Truths
    blocking: Floats


def refusal(game: Game) -> Wholes:
    """How each member refuses, as numbers of choices: by voting no, or by objecting where that counts for more.

    Under consensus and the silence procedure both count the same, and the answer is no. Where each of the two is worse
    for some condition, the answer is no as well.

    Example:
        >>> from comity.solvers.game import weighted
        >>> refusal(weighted([1, 1], quota=2))
        array([1, 1])
    """
    against, objecting = game.coefficients[:, NO], game.coefficients[:, OBJECTS]
    worse = (objecting <= against).all(axis=0) & (objecting < against).any(axis=0)
    return np.where(worse, OBJECTS, NO).astype(np.int64)


def carrying(game: Game, fixed: ArrayLike | None = None) -> Callable[[Truths], Truths]:
    """The rule as a question of who accepts: from ``cases x members`` to which cases are adopted.

    One that accepts votes yes, one that does not refuses as :func:`refusal` says.

    Args:
        game: the rule.
        fixed: members; choices held whoever accepts, -1 for those that vote by the case.

    Raises:
        ValueError: for fixed choices that do not fit the game.

    Example:
        >>> from comity.solvers.game import weighted
        >>> carrying(weighted([1, 1, 1], quota=2))(np.array([[True, True, False], [True, False, False]]))
        array([ True, False])
    """
    held, refuse = _held(game, fixed), refusal(game)
    if fixed is None:
        return lambda accepts: game.adopted(np.where(accepts, YES, refuse))
    return lambda accepts: game.adopted(np.where(held >= 0, held, np.where(accepts, YES, refuse)))


def zones(
    game: Game,
    low: ArrayLike,
    high: ArrayLike,
    *,
    status_quo: ArrayLike,
    scale: tuple[float, float] = (0.0, 100.0),
    least: float = 0.0,
    fixed: ArrayLike | None = None,
    blockers: int = 0,
) -> Zones:
    """The agreement zone of each draw: the texts that the rule adopts instead of the status quo.

    The status quo itself is no agreement, and does not part a zone that lies on both sides of it.

    Args:
        game: the rule.
        low: draws x members; the lower end of what each member accepts, -inf where there is none. Not a number in
            either end: the member accepts nothing.
        high: draws x members; the upper end, which is accepted too.
        status_quo: one number, or one a draw.
        scale: the first and last text.
        least: texts nearer than this to the status quo are no agreement.
        fixed: members; a choice (its number in ``CHOICES``) that is held whatever the text, -1 for those that vote by
            the text. So absence is studied.
        blockers: in how many draws, from the first, to ask who blocks; a fixed member blocks where its acceptance
            instead of its choice would do.

    Raises:
        ValueError: for shapes that do not fit the game, a status quo that is no number, an empty scale, a negative
            ``least``, or a fixed choice that does not exist.

    **Source**: Black (1948); Tsebelis, *Veto Players* (2002), chapter 1.

    Example:
        >>> from comity.solvers.game import weighted
        >>> found = zones(weighted([1, 1], quota=2), [[20, 50]], [[60, 90]], status_quo=10)
        >>> found.low, found.high, found.width
        (array([50.]), array([60.]), array([10.]))
    """
    from comity.solvers.spatial.sweep import blocked, measured

    low, high = _draws(game, low), _draws(game, high)
    if low.shape != high.shape:
        raise ValueError(f"The lower ends are {low.shape} draws x members, the upper ends {high.shape}: give one each.")
    if not (np.isfinite(scale).all() and scale[0] < scale[1] and least >= 0):
        raise ValueError(
            f"A scale ends above where it begins, and a distance is not negative; got {scale} and {least}."
        )
    rule, count = _compiled(game, fixed), len(low)
    quo = _each(status_quo, count, "status quo")
    hull, width, pieces = np.full((count, 2), np.nan), np.zeros(count), np.zeros(count, dtype=np.int64)
    rest = (quo, float(least), float(scale[0]), float(scale[1]))
    measured(low, high, *rule, *rest, hull, width, pieces)
    blocks, asked = np.zeros(len(game.members), dtype=np.int64), min(max(blockers, 0), count)
    if asked:
        blocked(low[:asked], high[:asked], *rule, *rest, pieces, blocks)
    share = blocks / asked if asked else np.full(len(blocks), np.nan)
    return Zones(hull[:, 0].copy(), hull[:, 1].copy(), width, pieces, pieces > 0, share)


def adopted(  # noqa: PLR0917 - in the order of zones
    game: Game, low: ArrayLike, high: ArrayLike, text: ArrayLike, fixed: ArrayLike | None = None
) -> Truths:
    """Whether one text (or one a draw) is adopted, draw by draw; arguments as in :func:`zones`.

    Example:
        >>> from comity.solvers.game import weighted
        >>> adopted(weighted([1, 1], quota=2), [[20, 50]], [[60, 90]], 60)
        array([ True])
    """
    low, high = _draws(game, low), _draws(game, high)
    here = _each(text, len(low), "text")[:, None]
    return carrying(game, fixed)((low <= here) & (here <= high))


def core(game: Game, ideals: ArrayLike, fixed: ArrayLike | None = None) -> tuple[Floats, Floats]:
    """The gridlock interval of each draw: the texts from which no coalition that carries wants to move.

    Members prefer what is nearer to their ideal. For one member one vote and an odd majority it is the median ideal.

    Returns:
        its lower and its upper end, each draws: -inf and inf where nothing can be decided, not a number where every
        text can be moved (a rule under which two opposed coalitions both carry).

    Args:
        game: the rule.
        ideals: draws x members.
        fixed: members; choices held whatever the text, -1 for those that vote by it.

    Raises:
        ValueError: where an ideal of a member that votes is no number, or the rule counts acceptance against a text.

    **Source**: Black (1948); Krehbiel, *Pivotal Politics* (1998); Tsebelis (2002).

    Example:
        >>> from comity.solvers.game import weighted
        >>> core(weighted([1, 1, 1], quota=2), [[70, 20, 50]])
        (array([50.]), array([50.]))
        >>> core(weighted([1, 1, 1], quota=3), [[70, 20, 50]])
        (array([20.]), array([70.]))
    """
    from comity.solvers.spatial.sweep import unmoved

    ideals = _ideals(game, ideals, fixed)
    ends = np.full((len(ideals), 2), np.nan)
    unmoved(ideals, *_compiled(game, fixed), ends)
    return ends[:, 0].copy(), ends[:, 1].copy()


def preferred_set(
    game: Game,
    ideals: ArrayLike,
    status_quo: ArrayLike,
    *,
    scale: tuple[float, float] = (0.0, 100.0),
    least: float = 0.0,
    fixed: ArrayLike | None = None,
    blockers: int = 0,
) -> Zones:
    """The win set of the status quo when every member accepts what is as near to its ideal (draws x members) as that.

    Other arguments as in :func:`zones`.

    **Source**: Romer and Rosenthal (1978); Tsebelis (2002), chapter 1.

    Example:
        >>> from comity.solvers.game import weighted
        >>> found = preferred_set(weighted([1, 1, 1], quota=2), [[10, 30, 80]], 20)
        >>> found.low, found.high
        (array([20.]), array([40.]))
    """
    low, high = _reach(_ideals(game, ideals, fixed), status_quo)
    return zones(game, low, high, status_quo=status_quo, scale=scale, least=least, fixed=fixed, blockers=blockers)


def setter(
    game: Game,
    ideals: ArrayLike,
    status_quo: ArrayLike,
    setter: int,
    *,
    fixed: ArrayLike | None = None,
    scale: tuple[float, float] | None = None,
) -> Floats:
    """The text of each draw that a member proposes who alone may propose, take it or leave it.

    Of the texts that the rule adopts it is the one nearest to the setter's ideal; the status quo where none is nearer.

    Args:
        game: the rule.
        ideals: draws x members.
        status_quo: one number, or one a draw.
        setter: the member that proposes, by its place.
        fixed: members; choices held whatever the text, -1 for those that vote by it.
        scale: the first and last text; by default there is no end.

    Raises:
        ValueError: where there is no such member, or an ideal of a member that votes is no number.

    **Source**: Romer and Rosenthal, "Political resource allocation, controlled agendas, and the status quo", *Public
    Choice* 33 (1978), 27-43.

    Example:
        >>> from comity.solvers.game import weighted
        >>> setter(weighted([1, 1, 1], quota=2), [[0, 1, 3]], 0, setter=2)
        array([2.])
    """
    from comity.solvers.spatial.sweep import nearest

    if not 0 <= setter < len(game.members):
        raise ValueError(f"The setter is a member's place, 0 to {len(game.members) - 1}; got {setter}.")
    ideals = _ideals(game, ideals, fixed)
    aim, quo = ideals[:, setter].copy(), _each(status_quo, len(ideals), "status quo")
    if not np.isfinite(aim).all():
        raise ValueError("The setter needs an ideal: without one it has nothing to propose.")
    low, high = _reach(ideals, quo)
    first, last = (-np.inf, np.inf) if scale is None else scale
    best = np.empty(len(ideals))
    nearest(low, high, *_compiled(game, fixed), quo, float(first), float(last), aim, best)
    return best


def _reach(ideals: Floats, status_quo: ArrayLike) -> tuple[Floats, Floats]:
    """The interval as near to each ideal as the status quo, which is one of its ends, to the last digit."""
    quo = np.broadcast_to(_each(status_quo, len(ideals), "status quo")[:, None], ideals.shape)
    mirror = 2 * ideals - quo
    return np.where(np.isnan(ideals), np.nan, np.minimum(quo, mirror)), np.maximum(quo, mirror)


def _draws(game: Game, values: ArrayLike) -> Floats:
    """Numbers as draws x members."""
    found = np.ascontiguousarray(np.atleast_2d(np.asarray(values, dtype=np.float64)))
    if found.ndim != 2 or found.shape[1] != len(game.members):
        raise ValueError(f"The game has {len(game.members)} members: give draws x members; got {found.shape}.")
    return found


def _ideals(game: Game, values: ArrayLike, fixed: ArrayLike | None) -> Floats:
    """Ideals as draws x members, of a rule under which acceptance helps."""
    found, held = _draws(game, values), _held(game, fixed)
    if not np.isfinite(found[:, held < 0]).all():
        raise ValueError("Every member that votes by the text needs an ideal, a finite number.")
    if (_gain(game, held)[held < 0] < 0).any():
        raise ValueError("The rule counts acceptance against a text: its core cannot be read from the ideals.")
    return found


def _each(value: ArrayLike, count: int, name: str) -> Floats:
    """One finite number a draw."""
    found = np.ascontiguousarray(np.broadcast_to(np.asarray(value, dtype=np.float64), count))
    if not np.isfinite(found).all():
        raise ValueError(f"The {name} is a finite number, one for all draws or one a draw.")
    return found


def _held(game: Game, fixed: ArrayLike | None) -> Wholes:
    """The choices held whatever the text, -1 where there is none."""
    count = len(game.members)
    held = np.full(count, -1, dtype=np.int64) if fixed is None else np.asarray(fixed, dtype=np.int64)
    if held.shape != (count,) or (held < -1).any() or (held >= len(CHOICES)).any():
        raise ValueError(f"Fixed choices are -1 or 0 to {len(CHOICES) - 1}, one for each of {count} members.")
    return held


def _without(game: Game, held: Wholes) -> Wholes:
    """What each member does to a text it does not accept."""
    return np.where(held >= 0, held, refusal(game))


def _gain(game: Game, held: Wholes) -> Wholes:
    """What acceptance adds to each condition: members x conditions."""
    members = np.arange(len(game.members))
    return np.ascontiguousarray((game.coefficients[:, YES] - game.coefficients[:, _without(game, held), members]).T)


def _compiled(game: Game, fixed: ArrayLike | None) -> tuple[Truths, Wholes, Wholes, Wholes, Wholes]:
    """A rule as the sweep reads it: who is free, the sums without acceptance, what acceptance adds, needs, words."""
    held = _held(game, fixed)
    members = np.arange(len(game.members))
    start = game.coefficients[:, _without(game, held), members].sum(axis=1)
    words = np.array(_postfix(game.formula), dtype=np.int64)
    return held < 0, start, _gain(game, held), np.ascontiguousarray(game.thresholds), words


def _postfix(formula: Formula) -> list[int]:
    """The formula in postfix order, with the words of :mod:`comity.solvers.spatial.sweep`."""
    if isinstance(formula, int):
        return [formula]
    word, parts = formula
    join, nothing = (-1, -3) if word == "and" else (-2, -4)
    if not parts:
        return [nothing]
    found = _postfix(parts[0])
    for part in parts[1:]:
        found += [*_postfix(part), join]
    return found
