"""How good the outcome of talks is: what was possible, and how far it lies from the front and from fair solutions.

Distances are roots of mean squares over members, in shares of each one's range.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.solvers.bargain.cooperative import kalai_smorodinsky, nash
from comity.solvers.bargain.offers import Setting
from comity.solvers.bargain.packages import ONE
from comity.solvers.spatial.line import carrying


class Score(NamedTuple):
    """One outcome of talks, in shares of the range of those who judge it.

    Attributes:
        possible: whether the rule adopts some package where everyone votes for all that is better than none.
        gains: members that judge; what each has in the end, nought without agreement.
        room: the most by which every one of them could have more at once; 0 where no package is better for all.
        front: the distance to the nearest package that is not worse for someone than another and better for none.
        nash: the distance to the Nash solution among them; not a number where they cannot all gain.
        kalai_smorodinsky: the distance to the Kalai-Smorodinsky solution, likewise.
        compromise: what each has at the Nash solution; nought where there is none.
        welfare: the sum of what all have, as a share of the largest sum that any package gives; not a number where none
            gives any.
        product: the geometric mean of what all have, as a share of that at the Nash solution; not a number where there
            is none, nought where someone has nothing.
    """

    possible: bool
    gains: NDArray[np.float64]
    room: float
    front: float
    nash: float
    kalai_smorodinsky: float
    compromise: NDArray[np.float64]
    welfare: float
    product: float


def score(setting: Setting, shares: ArrayLike, outcome: int, left: ArrayLike | None = None) -> Score:
    """How good an outcome is.

    Args:
        setting: the talks.
        shares: all members x packages, as :func:`comity.solvers.bargain.offers.shares` gives them.
        outcome: the package, -1 for none.
        left: members; those that broke off the talks, and have what they have without agreement. Nobody where None.

    **Source**: Baarslag, Hindriks, Jonker, Kraus and Lin (2013), "Evaluating practical negotiating agents", Artificial
    Intelligence 198, on distances to the Pareto front and to the Nash point as measures of talks.
    """
    from comity.solvers.bargain.offer_loops import efficiency

    table = np.asarray(shares)
    packages = setting.outcomes
    open_ = np.ones(packages.number, np.bool_) if packages.open is None else np.asarray(packages.open, np.bool_)
    gains = np.ascontiguousarray(table[setting.there] / ONE)
    nothing = np.zeros(len(gains))
    point = gains[:, outcome] if outcome >= 0 else nothing
    if left is not None:
        point = np.where(np.asarray(left)[setting.there], 0.0, point)
    possible = bool(carrying(setting.game, setting.held)(table.T[open_] >= 0).any())
    front, room = efficiency(gains, open_, np.ascontiguousarray(point))
    rows = np.flatnonzero(open_ & (gains >= 0).all(axis=0))
    ends: list[float] = []
    fair = nothing
    for solution in (nash, kalai_smorodinsky):
        found = solution(gains.T[rows], nothing).outcome if len(rows) else None
        if found is None:
            ends.append(float("nan"))
            continue
        there = gains[:, rows[found]]
        fair = there if solution is nash else fair
        ends.append(float(np.sqrt(((there - point) ** 2).mean())))
    most = float(gains[:, open_].sum(axis=0).max(initial=0.0))
    welfare = float(point.sum()) / most if most > 0 else float("nan")
    product = float("nan")
    if (fair > 0).all():
        product = float(np.exp(np.log(point / fair).mean())) if (point > 0).all() else 0.0
    return Score(possible, point, float(room), float(front), ends[0], ends[1], fair, welfare, product)
