"""Agendas: walks from text to text, each adopted against the one before."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from comity.solvers.game import Game
from comity.solvers.spatial.line import Floats
from comity.solvers.spatial.plane import beats

TEXTS = 1000
"""About so many texts are tried where none are given."""


def agenda(
    game: Game,
    ideals: ArrayLike,
    start: ArrayLike,
    target: ArrayLike,
    *,
    texts: ArrayLike | None = None,
    salience: ArrayLike = 1.0,
) -> Floats | None:
    """The shortest agenda that leads from one text to another, each step adopted against the one before.

    Where a rule has no core in two dimensions or more, whoever sets the agenda can lead it from anywhere to anywhere.

    Args:
        game: the rule.
        ideals: members x dimensions.
        start: the text at which it begins, dimensions.
        target: the text at which it ends; the same one asks for a cycle.
        texts: texts x dimensions through which it may lead; by default a grid over twice the box around the ideals,
            start and target.
        salience: as in :func:`comity.solvers.spatial.plane.beats`.

    Returns:
        steps + 1 x dimensions, from start to target; None where these texts offer no way.

    **Source**: McKelvey, "Intransitivities in multidimensional voting models and some implications for agenda control",
    *Journal of Economic Theory* 12 (1976), 472-482.

    Example:
        >>> from comity.solvers.game import weighted
        >>> led = agenda(weighted([1, 1, 1], quota=2), [(0, 0), (4, 0), (2, 3)], (2, 1), (6, 5))
        >>> len(led) - 1, led[-1]
        (4, array([6., 5.]))
    """
    places = np.asarray(ideals, dtype=np.float64)
    begin, end = np.asarray(start, dtype=np.float64), np.asarray(target, dtype=np.float64)
    through = _grid(np.vstack([places, begin, end])) if texts is None else np.asarray(texts, dtype=np.float64)
    tried = np.vstack([end, through])  # the target is number 0; the start may be met again only as the target
    before = np.full(len(tried), -1, dtype=np.int64)
    now = [-1]
    while now:
        reached: list[int] = []
        for number in now:
            here = begin if number < 0 else tried[number]
            unseen = np.flatnonzero(before == -1)
            new = unseen[beats(game, places, tried[unseen], here, salience=salience)]
            before[new] = number if number >= 0 else len(tried)
            reached.extend(int(each) for each in new)
            if before[0] != -1:
                return _walked(tried, before, begin)
        now = reached
    return None


def cycle(
    game: Game,
    ideals: ArrayLike,
    start: ArrayLike,
    *,
    texts: ArrayLike | None = None,
    salience: ArrayLike = 1.0,
) -> Floats | None:
    """The shortest agenda that leaves a text and returns to it, each step adopted against the one before.

    None where the text is in the core, as the median is on a line (Black 1948) and the centre of a symmetric plane
    (Plott 1967): nothing leads away from it. Where the ideals are all but symmetric only finer texts show the way.

    Returns:
        steps + 1 x dimensions, the first and the last the same; None where these texts offer no way back.

    Example:
        >>> from comity.solvers.game import weighted
        >>> round_trip = cycle(weighted([1, 1, 1], quota=2), [(0, 0), (4, 0), (2, 3)], (2, 1))
        >>> len(round_trip) - 1, bool((round_trip[0] == round_trip[-1]).all())
        (3, True)
    """
    return agenda(game, ideals, start, start, texts=texts, salience=salience)


def _walked(tried: Floats, before: np.ndarray, begin: Floats) -> Floats:
    """The way back from the target, turned round."""
    steps, number = [tried[0]], int(before[0])
    while number < len(tried):
        steps.append(tried[number])
        number = int(before[number])
    return np.array([*steps, begin])[::-1].copy()


def _grid(around: Floats) -> Floats:
    """A grid over twice the box around some texts; a dimension in which they do not differ is as wide as the widest."""
    first, last = around.min(axis=0), around.max(axis=0)
    half = np.where(last > first, (last - first) / 2, (last - first).max() / 2)
    side = max(3, int(TEXTS ** (1 / around.shape[1])))
    axes = [np.linspace(one - more, other + more, side) for one, other, more in zip(first, last, half, strict=True)]
    return np.stack([each.ravel() for each in np.meshgrid(*axes, indexing="ij")], axis=1)
