"""Two and more dimensions: which text beats which, how large the win set is, and whether any text is beyond reach.

A member prefers what is nearer to its ideal; saliences stretch the dimensions, for all alike or for each member. One
that is indifferent does not move: it refuses, and with :func:`~comity.solvers.spatial.line.refusal` as on the line.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from comity.solvers.game import YES, Game
from comity.solvers.spatial.line import Floats, Truths, carrying, refusal

NEARER = 1e-9
"""Squared distances that differ by less than this share of the larger are equal: rounding makes no preference."""
BLOCK = 2**20


def beats(game: Game, ideals: ArrayLike, x: ArrayLike, y: ArrayLike, *, salience: ArrayLike = 1.0) -> Truths:
    """Whether text ``x`` is adopted against text ``y`` by those who prefer it.

    Args:
        game: the rule.
        ideals: members x dimensions.
        x: one text, or texts x dimensions.
        y: the same; one text is compared with many.
        salience: what a dimension counts, positive: one number, dimensions, or members x dimensions.

    Returns:
        One truth a pair of texts.

    Raises:
        ValueError: for ideals, texts or saliences that do not fit each other.

    Example:
        >>> from comity.solvers.game import weighted
        >>> ideals = [(0, 0), (4, 0), (2, 3)]
        >>> beats(weighted([1, 1, 1], quota=2), ideals, [(2, 0), (2, 3)], (2, 2))
        array([ True, False])
    """
    places, weights = _placed(game, ideals, salience)
    first, second = _texts(places, x), _texts(places, y)
    if min(len(first), len(second)) != 1 and len(first) != len(second):
        raise ValueError(f"Texts are compared pair by pair, or one with all; got {len(first)} and {len(second)}.")
    count, carries = max(len(first), len(second)), carrying(game)
    found = np.empty(count, dtype=np.bool_)
    size = max(1, BLOCK // places.size)
    for start in range(0, count, size):
        part = slice(start, start + size)
        to_first = _apart(first if len(first) == 1 else first[part], places, weights)
        to_second = _apart(second if len(second) == 1 else second[part], places, weights)
        nearer = to_second - to_first > NEARER * np.maximum(to_first, to_second)
        found[part] = carries(nearer)
    return found


def win_set_area(
    game: Game, ideals: ArrayLike, status_quo: ArrayLike, points: ArrayLike, *, salience: ArrayLike = 1.0
) -> float:
    """The area (volume, in more dimensions) of the texts that beat the status quo.

    It is the share of the points that do, of a box around all that any member prefers and every veto player prefers.

    Args:
        game: the rule.
        ideals: members x dimensions.
        status_quo: dimensions.
        points: points x dimensions, spread evenly over 0 to 1 in each: a quasi-random sequence or a grid. A Sobol
            sequence of 2**16 is right to about three digits.
        salience: as in :func:`beats`.

    Returns:
        The area in the units of the ideals; infinite where a text is adopted that no member prefers.

    Raises:
        ValueError: for points outside 0 to 1 or arrays that do not fit each other.

    **Source**: Tsebelis, *Veto Players* (2002), chapters 1 and 2.

    Example:
        >>> from comity.solvers.game import weighted
        >>> grid = (np.indices((200, 200)).reshape(2, -1).T + 0.5) / 200
        >>> round(win_set_area(weighted([1], quota=1), [(0, 0)], (2, -3), grid) / np.pi, 1)
        13.0
    """
    places, weights = _placed(game, ideals, salience)
    quo, unit = _texts(places, status_quo), _texts(places, points)
    if len(quo) != 1 or not len(unit) or (unit < 0).any() or (unit > 1).any():
        raise ValueError("Give one status quo, and at least one point; points lie between 0 and 1 in each dimension.")
    if game.adopted(refusal(game)[None])[0]:
        return float("inf")
    reach = np.sqrt(_apart(quo, places, weights)[0][:, None] / weights)
    first, last = places - reach, places + reach
    vetoes = _vetoes(game)
    if vetoes.any():
        first, last = first[vetoes].max(axis=0), last[vetoes].min(axis=0)
    else:
        first, last = first.min(axis=0), last.max(axis=0)
    texts = first + unit * (last - first)
    return float(beats(game, ideals, texts, quo, salience=salience).mean() * np.prod(np.maximum(last - first, 0)))


def unbeaten(game: Game, ideals: ArrayLike, texts: ArrayLike, *, salience: ArrayLike = 1.0) -> Truths:
    """Which texts, on a line or in the plane, are in the core: no text at all beats them.

    Exact: where one can be beaten it is beaten by a small step in some direction, and who gains by a step changes only
    at right angles to the directions in which the members want to go.

    Args:
        game: a rule under which acceptance never counts against a text.
        ideals: members x dimensions, one or two.
        texts: texts x dimensions.
        salience: as in :func:`beats`.

    Raises:
        ValueError: for more than two dimensions, or a rule under which acceptance hurts.

    **Source**: Plott, "A notion of equilibrium and its possibility under majority rule", *American Economic Review* 57
    (1967); McKelvey and Schofield, "Generalized symmetry conditions at a core point", *Econometrica* 55 (1987).

    Example:
        >>> from comity.solvers.game import weighted
        >>> cross = [(0, 0), (1, 0), (-2, 0), (0, 3), (0, -1)]
        >>> unbeaten(weighted([1] * 5, quota=3), cross, [(0, 0), (0.5, 0)])
        array([ True, False])
    """
    places, weights = _placed(game, ideals, salience)
    if places.shape[1] > 2:
        raise ValueError(f"The core is found on a line or in a plane; the ideals have {places.shape[1]} dimensions.")
    carries = carrying(game)
    if not _helped(game):
        raise ValueError("The rule counts acceptance against a text: its core cannot be read from the ideals.")
    found = []
    for text in _texts(places, texts):
        pulls = weights * (places - text)
        size = np.linalg.norm(pulls, axis=1, keepdims=True)
        pulls = np.where(size > NEARER * np.abs(weights * places).max(initial=1), pulls / np.maximum(size, 1e-300), 0)
        gains = _directions(pulls) @ pulls.T
        found.append(not carries(gains > NEARER).any())
    return np.array(found, dtype=np.bool_)


def has_core(game: Game, ideals: ArrayLike, candidates: ArrayLike | None = None, *, salience: ArrayLike = 1.0) -> bool:
    """Whether some text, on a line or in the plane, is beaten by none.

    Args:
        game: a rule under which acceptance never counts against a text.
        ideals: members x dimensions, one or two.
        candidates: texts x dimensions to look at. By default the ideals and, in the plane, the crossings of all lines
            through two of them: where saliences are the same for all, a core has one of these at a corner.
        salience: as in :func:`beats`; for each member where candidates are given.

    Raises:
        ValueError: as :func:`unbeaten`, and for saliences that differ among members without candidates.

    Example:
        >>> from comity.solvers.game import weighted
        >>> triangle = [(0, 0), (4, 0), (2, 3)]
        >>> has_core(weighted([1, 1, 1], quota=2), triangle), has_core(weighted([1, 1, 1], quota=3), triangle)
        (False, True)
    """
    places, weights = _placed(game, ideals, salience)
    if candidates is None and (weights != weights[0]).any():
        raise ValueError("Where saliences differ among members the corners of a core are not known: give candidates.")
    texts = _corners(places) if candidates is None else candidates
    return bool(unbeaten(game, ideals, texts, salience=salience).any())


def unanimity_core(ideals: ArrayLike, points: ArrayLike) -> Truths:
    """Which points no other text is better than for everybody: those in the convex hull of the ideals.

    So it is where saliences are the same for all. The border belongs to it.

    Args:
        ideals: members x dimensions.
        points: points x dimensions, or one point.

    Example:
        >>> unanimity_core([(0, 0), (4, 0), (2, 3)], [(2, 1), (4, 3)])
        array([ True, False])
    """
    from scipy.optimize import nnls

    places = np.atleast_2d(np.asarray(ideals, dtype=np.float64))
    texts = _texts(places, points)
    centre, spread = places.mean(axis=0), max(float(np.ptp(places, axis=0).max()), 1e-300)
    mixed = np.vstack([((places - centre) / spread).T, np.ones(len(places))])
    wanted = np.hstack([(texts - centre) / spread, np.ones((len(texts), 1))])
    return np.array([nnls(mixed, each)[1] <= NEARER for each in wanted], dtype=np.bool_)


def _helped(game: Game) -> bool:
    """Whether acceptance never counts against a text."""
    refused = game.coefficients[:, refusal(game), np.arange(len(game.members))]
    return bool((game.coefficients[:, YES] >= refused).all())


def _vetoes(game: Game) -> Truths:
    """Which members no text passes without, whatever the others do."""
    if not _helped(game):
        return np.zeros(len(game.members), dtype=np.bool_)
    return ~game.adopted(np.where(np.eye(len(game.members), dtype=np.bool_), refusal(game), YES))


def _directions(pulls: Floats) -> Floats:
    """A direction between every two neighbours at which the gainers change: directions x dimensions."""
    if pulls.shape[1] == 1:
        return np.array([[1.0], [-1.0]])
    pulls = pulls[pulls.any(axis=1)]
    across = np.arctan2(pulls[:, 1], pulls[:, 0])[:, None] + np.array([0.5, -0.5]) * np.pi
    turns = np.sort(np.mod(across.ravel(), 2 * np.pi))
    turns = np.append(turns, turns[:1] + 2 * np.pi) if len(turns) else np.array([0.0, 2 * np.pi])
    wide = np.diff(turns) > 4 * NEARER
    middle = ((turns[:-1] + turns[1:]) / 2)[wide]
    return np.stack([np.cos(middle), np.sin(middle)], axis=1)


def _corners(places: Floats) -> Floats:
    """The ideals, and in the plane the crossings of all lines through two of them."""
    if places.shape[1] != 2:
        return places
    lines = [(one, other - one) for one, other in combinations(np.unique(places, axis=0), 2)]
    found = list(places)
    for (start, along), (other, across) in combinations(lines, 2):
        turn = along[0] * across[1] - along[1] * across[0]
        if abs(turn) > 1e-12 * np.linalg.norm(along) * np.linalg.norm(across):
            apart = other - start
            found.append(start + along * (apart[0] * across[1] - apart[1] * across[0]) / turn)
    return np.array(found)


def _apart(texts: Floats, places: Floats, weights: Floats) -> Floats:
    """Squared distances, texts x members, each member's by its saliences."""
    return np.einsum("tmd,md->tm", (texts[:, None] - places) ** 2, weights)


def _placed(game: Game, ideals: ArrayLike, salience: ArrayLike) -> tuple[Floats, Floats]:
    """Ideals and saliences, both members x dimensions."""
    places = np.asarray(ideals, dtype=np.float64)
    if places.ndim != 2 or len(places) != len(game.members) or not places.shape[1] or not np.isfinite(places).all():
        raise ValueError(f"Give ideals as members x dimensions, {len(game.members)} rows of finite numbers.")
    weights = np.asarray(salience, dtype=np.float64)
    if weights.shape not in {(), places.shape[1:], places.shape} or not (weights > 0).all():
        raise ValueError("Saliences are positive: one number, one a dimension, or members x dimensions.")
    return places, np.broadcast_to(weights, places.shape)


def _texts(places: Floats, values: ArrayLike) -> Floats:
    """Texts x dimensions."""
    texts = np.atleast_2d(np.asarray(values, dtype=np.float64))
    if texts.ndim != 2 or texts.shape[1] != places.shape[1] or not np.isfinite(texts).all():
        raise ValueError(f"A text has {places.shape[1]} finite numbers, as the ideals have; got {texts.shape}.")
    return texts
