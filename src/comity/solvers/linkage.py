"""Linkage of two issues: packages of two texts that both rules adopt, what blockers would have to be paid, cycles.

Members judge a package as a whole. Texts stand on a grid. What a member gains by a text is its salience (a share of
one) times the points by which the text is nearer to it than the furthest text it prefers to none.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.solvers.game import Game
from comity.solvers.spatial.line import carrying

Floats: TypeAlias = NDArray[np.float64]
Wholes: TypeAlias = NDArray[np.int64]
Truths: TypeAlias = NDArray[np.bool_]

TINY = 1e-9
"""A loss below this is none."""
CASES = 2**22
"""So many numbers are held at once."""
CODED = 16
"""Up to so many members what every coalition carries is known beforehand."""
FEW = 10
"""Up to so many unwilling members every group of them is tried; of more, the cheapest first."""


@dataclass(frozen=True)
class Side:
    """One issue of a link.

    Attributes:
        game: its rule.
        fixed: members; a choice held whatever the text, -1 for those that judge it.
        gain: draws x texts x members; what each gains by each text, nought for those without a stake.
        far: texts; whether the text is far enough from the status quo to be an agreement.
    """

    game: Game
    fixed: Wholes
    gain: Floats
    far: Truths

    def carried(self, gain: Floats, held: Wholes | None = None) -> Truths:
        """Whether the rule adopts what members gain by: ``cases x members`` to ``cases``."""
        return carrying(self.game, self.fixed if held is None else held)(gain >= -TINY)

    def alone(self) -> Truths:
        """Which texts its rule adopts without a link: draws x texts."""
        draws, texts, members = self.gain.shape
        return self.carried(self.gain.reshape(-1, members)).reshape(draws, texts)


def gains(position: Floats, salience: Floats, reach: Floats, texts: Floats) -> Floats:
    """What each member gains by each text: draws x members thrice, and texts, to draws x texts x members.

    Example:
        >>> gains(np.array([[80.0]]), np.array([[0.5]]), np.array([[60.0]]), np.array([20.0, 80.0])).ravel()
        array([ 0., 30.])
    """
    found = salience[:, None, :] * (reach[:, None, :] - np.abs(texts[None, :, None] - position[:, None, :]))
    return np.nan_to_num(found, nan=0.0)


def packages(stuck: Side, other: Side) -> Truths:
    """Which packages open the stuck issue: draws x texts of the stuck issue x texts of the other.

    Both rules adopt the package, its text on the stuck issue is an agreement, and would not be adopted alone.

    Example:
        >>> from comity.solvers.game import weighted
        >>> both, free, far = weighted([1, 1], quota=2), np.array([-1, -1]), np.array([True])
        >>> one = Side(both, free, np.array([[[5.0, -2.0]]]), far)
        >>> other = Side(both, free, np.array([[[-1.0, 3.0]]]), far)
        >>> bool(packages(one, other).all())
        True
    """
    draws, texts, members = stuck.gain.shape
    others = other.gain.shape[1]
    found = np.zeros((draws, texts, others), dtype=np.bool_)
    fresh = stuck.far[None, :] & ~stuck.alone()
    free = (stuck.fixed < 0) | (other.fixed < 0)
    held = [np.where(free, -1, side.fixed) for side in (stuck, other)]
    size = max(1, CASES // max(1, texts * others * members))
    for first in range(0, draws, size):
        cut = slice(first, first + size)
        one, two = stuck.gain[cut, :, None, :], other.gain[cut, None, :, :]
        if members <= CODED:
            found[cut] = _coded((stuck, other), held, one, two)
        else:
            cases = (one + two).reshape(-1, members)
            both = stuck.carried(cases, held[0])
            both[both] = other.carried(cases[both], held[1])
            found[cut] = both.reshape(-1, texts, others)
        found[cut] &= fresh[cut, :, None]
    return found


def _coded(sides: tuple[Side, Side], held: list[Wholes], one: Floats, two: Floats) -> Truths:
    """The same by the coalition that accepts each package, looked up in what each coalition carries."""
    members = one.shape[-1]
    every = np.arange(2**members)
    accepted = (every[:, None] >> np.arange(members)) & 1
    carries = np.logical_and(*(side.carried(accepted - 1.0, kept) for side, kept in zip(sides, held, strict=True)))
    coalition = np.zeros(np.broadcast_shapes(one.shape, two.shape)[:-1], dtype=np.int32)
    for i in range(members):
        coalition |= (one[..., i] + two[..., i] >= -TINY).astype(np.int32) << i
    return carries[coalition]


def best(stuck: Side, other: Side, open_ones: Truths) -> tuple[int, int] | None:
    """The package of the first draw with the greatest Nash product of those that gain, one point added to each gain.

    The point added lets packages that different members accept be compared: one that gains nothing does not count.

    **Source**: Nash (1950), "The bargaining problem", Econometrica 18(2).
    """
    if not open_ones[0].any():
        return None
    total = stuck.gain[0, :, None, :] + other.gain[0, None, :, :]
    product = np.where(open_ones[0], np.log1p(np.maximum(total, 0)).sum(axis=2), -np.inf)
    place = np.unravel_index(int(product.argmax()), product.shape)
    return int(place[0]), int(place[1])


@dataclass(frozen=True)
class Payment:
    """The least that must be paid so that one issue is decided on its own.

    Attributes:
        text: the text, by its place on the grid.
        paid: members; what each is paid, in points times salience.
        gain: members; what each gains by the text before payment.
        enough: whether those that gain gain as much as is paid.
    """

    text: int
    paid: Floats
    gain: Floats
    enough: bool


def transfer(side: Side) -> Payment | None:
    """The text of the first draw that leaves most after the least payment that has it adopted; None where none can.

    **Source**: Tollison and Willett (1979), "An economic theory of mutually advantageous issue linkages in
    international negotiations", International Organization 33(4), on side payments in place of linkage.
    """
    found: list[tuple[float, Payment]] = []
    for text in np.flatnonzero(side.far):
        gain = side.gain[0, text]
        bought = _bought(side, gain)
        if bought is None:
            continue
        paid = np.zeros(len(gain))
        paid[list(bought)] = -gain[list(bought)]
        earned = float(np.maximum(gain, 0).sum())
        cost = float(paid.sum())
        found.append((earned - cost, Payment(int(text), paid, gain, earned >= cost - TINY)))
    return max(found, key=lambda each: each[0], default=(0.0, None))[1]


def prices(side: Side) -> Floats:
    """The least payment, draw by draw, that has the first text adopted; not a number where no payment does."""
    found = np.full(len(side.gain), np.nan)
    for draw, gain in enumerate(side.gain[:, 0]):
        bought = _bought(side, gain)
        if bought is not None:
            found[draw] = abs(float(gain[list(bought)].sum()))
    return found


def _bought(side: Side, gain: Floats) -> tuple[int, ...] | None:
    """The unwilling members whose consent costs least and suffices."""
    unwilling = [int(i) for i in np.argsort(-gain, kind="stable") if gain[i] < -TINY and side.fixed[i] < 0]
    if len(unwilling) <= FEW:
        groups = [group for size in range(len(unwilling) + 1) for group in combinations(unwilling, size)]
        groups.sort(key=lambda group: -sum(gain[i] for i in group))
    else:
        groups = [tuple(unwilling[:size]) for size in range(len(unwilling) + 1)]
    cases = np.tile(gain, (len(groups), 1))
    for row, group in zip(cases, groups, strict=True):
        row[list(group)] = 0.0
    suffices = side.carried(cases)
    return groups[int(suffices.argmax())] if suffices.any() else None


def beats(one: Side, two: Side) -> Truths:
    """Which package of the first draw beats which: ``[z, w]`` where ``z`` is adopted over ``w``; one beside two.

    A member votes for what it gains strictly more by. An amendment needs the rule of each issue it changes. Members
    that judge neither issue do not help to reopen a package.
    """
    members = one.gain.shape[2]
    others = two.gain.shape[1]
    total = (one.gain[0, :, None, :] + two.gain[0, None, :, :]).reshape(-1, members)
    count = len(total)
    places = np.arange(count)
    x, y = places // others, places % others
    free = np.full(members, -1, dtype=np.int64)
    found = np.zeros((count, count), dtype=np.bool_)
    for standing in range(count):
        more = np.where(total - total[standing] > TINY, 0.0, -1.0)
        held = np.ones(count, dtype=np.bool_)
        for side, same in ((one, x == x[standing]), (two, y == y[standing])):
            held[~same & held] = side.carried(more[~same & held], free)
        found[:, standing] = held & (places != standing)
    return found


def cycle(beating: Truths, start: int) -> list[int] | None:
    """The shortest run of packages, each beating the one before, that leaves ``start`` and returns to it.

    **Source**: McKelvey (1976), "Intransitivities in multidimensional voting models", J. Economic Theory 12.

    Example:
        >>> cycle(np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0]], dtype=bool), 0)
        [0, 1, 2, 0]
    """
    came: dict[int, int] = {}
    border = [start]
    while border:
        following: list[int] = []
        for here in border:
            for there in np.flatnonzero(beating[:, here]):
                if int(there) == start:
                    run = [start, here]
                    while run[-1] != start:
                        run.append(came[run[-1]])
                    return run[::-1]
                if int(there) not in came:
                    came[int(there)] = here
                    following.append(int(there))
        border = following
    return None
