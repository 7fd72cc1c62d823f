"""Dependence in trade: what a state's trade with another is worth to it, and who could squeeze whom.

Shares are shares of one. A share that the source does not print is not nought: it lies between nought and the least
printed one, and everything here carries such bounds along.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bounded:
    """Numbers known within bounds.

    Attributes:
        value: the best single number; not a number where none is at hand.
        low: what it cannot lie below.
        high: what it cannot lie above; not a number where nothing at all is known.
    """

    value: Floats
    low: Floats
    high: Floats


def share_bounds(printed: Floats, step: float = 0.01) -> Bounded:
    """Shares with the bounds that rounding and the partners left out allow.

    Args:
        printed: states x partners; not a number where a partner is not printed. In each row the largest are printed.
        step: to what the shares are rounded.

    Raises:
        ValueError: where a share is below nought or the shares of a state sum to more than rounding allows.

    Example:
        >>> import numpy as np
        >>> found = share_bounds(np.array([[0.5, 0.2, np.nan]]))
        >>> found.high.round(3).tolist()
        [[0.505, 0.205, 0.205]]
    """
    half, seen = step / 2, ~np.isnan(printed)
    filled = np.where(seen, printed, 0.0)
    if (filled < 0).any() or (filled.sum(axis=1) > 1 + half * seen.sum(axis=1) + 1e-12).any():
        raise ValueError("Shares lie from 0 to 1, and those of one state sum to no more than 1.")
    low = np.maximum(filled - half, 0.0) * seen
    least = np.min(printed, axis=1, where=seen, initial=np.inf)
    rest = 1 - low.sum(axis=1)
    unseen = np.where(seen.any(axis=1), np.minimum(least + half, rest), np.nan)
    high = np.where(seen, np.minimum(filled + half, 1.0), unseen[:, None])
    return Bounded(printed.astype(np.float64), low, high)


def concentration(printed: Floats, step: float = 0.01, others: int | None = None) -> tuple[float, float]:
    """The bounds of the sum of squared shares over all partners, where only the largest partners are printed.

    The lower end spreads the rest over as many partners as there can be; the upper end fills it with partners as large
    as the least printed one.

    Args:
        printed: partners; the printed shares.
        step: to what they are rounded; 0 for exact shares.
        others: how many other partners there can be; any number where absent.

    Raises:
        ValueError: where nothing is printed, or the shares are none.

    **Source**: Hirschman (1945), *National Power and the Structure of Foreign Trade*, chapter VI, whose index is the
    square root of this sum; Hirschman (1964), "The Paternity of an Index", American Economic Review 54(5).

    Example:
        >>> import numpy as np
        >>> concentration(np.array([0.5, 0.5]), step=0)
        (0.5, 0.5)
        >>> [round(end, 3) for end in concentration(np.array([0.4]), step=0)]
        [0.16, 0.36]
    """
    shares = np.sort(printed[~np.isnan(printed)])[::-1]
    if not len(shares):
        raise ValueError("There is no share to measure concentration by.")
    found = share_bounds(shares[None, :], step)
    low, high = found.low[0], found.high[0]
    spread = max(1 - float(high.sum()), 0.0) ** 2 / others if others else 0.0
    room = max(1 - float(low.sum()), 0.0)
    most = low.copy()
    for place in range(len(most)):
        taken = min(float(high[place] - low[place]), room)
        most[place] += taken
        room -= taken
    cap = float(high[-1])
    whole = int((room + 1e-12) // cap) if cap > 0 else 0
    left = max(room - whole * cap, 0.0)
    return float((low**2).sum()) + spread, float((most**2).sum() + whole * cap**2 + left**2)


def hirschman(squares: float) -> float:
    """Hirschman's index of concentration, from 0 to 100: a hundred times the root of the sum of squared shares.

    **Source**: Hirschman (1945), *National Power and the Structure of Foreign Trade*, chapter VI.

    Example:
        >>> hirschman(0.25)
        50.0
    """
    return 100 * float(np.sqrt(squares))


def trade(printed: Floats, flow: Floats, back: Floats, back_flow: Floats, *, step: float = 0.01) -> Bounded:
    """Money that flows from each state to each other one, from what either of the two prints.

    What the state itself prints goes first. Else what the partner prints of the same flow stands in (its mirror), held
    within what the state's own list allows. Else there is no value, and the bounds are all that is known.

    Args:
        printed: states x states; the share of the row's flow that goes to the column; not a number where not printed.
        flow: states; each one's total, in money.
        back: states x states; the share of the row's opposite flow that comes from the column.
        back_flow: states; each one's opposite total, in money.
        step: to what the shares are rounded.

    Example:
        >>> import numpy as np
        >>> nothing, exports = np.full((2, 2), np.nan), np.array([[np.nan, 0.4], [0.3, np.nan]])
        >>> trade(exports, np.array([100.0, 50.0]), nothing, np.array([60.0, 80.0])).value.tolist()
        [[0.0, 40.0], [15.0, 0.0]]
    """
    own, other = share_bounds(printed, step), share_bounds(back, step)
    held = [each * flow[:, None] for each in (own.value, own.low, own.high)]
    mirror = [(each * back_flow[:, None]).T for each in (other.value, other.low, other.high)]
    stands_in = np.isnan(own.value) & ~np.isnan(mirror[0])
    # where the state prints nothing at all its own list sets no bound
    cap = np.where(np.isnan(held[2]), np.inf, held[2])
    value = np.where(stands_in, np.minimum(mirror[0], cap), held[0])
    low = np.where(stands_in, np.minimum(mirror[1], cap), held[1])
    high = np.where(stands_in, np.minimum(mirror[2], cap), held[2])
    # a partner that prints its own list without this state bounds the flow as well
    unseen = np.isnan(value)
    high = np.where(unseen, np.fmin(high, mirror[2]), high)
    for each in (value, low, high):
        np.fill_diagonal(each, 0.0)
    return Bounded(value, np.where(np.isnan(high), np.nan, low), high)


def dependence(flows: Floats, income: Floats) -> Floats:
    """What the trade of each state with each other is worth to it: a share of its income.

    This is the share of the power in the state's trade times the state's openness (its trade over its income).

    Args:
        flows: states x partners; money.
        income: states; gross domestic product, in the same money.

    **Source**: Hirschman (1945), chapter II, on the influence effect; Oneal and Russett (1997), "The Classical Liberals
    Were Right", International Studies Quarterly 41(2), on trade over income as the measure of dependence.

    Example:
        >>> import numpy as np
        >>> dependence(np.array([[0.0, 20.0], [20.0, 0.0]]), np.array([100.0, 1000.0])).tolist()
        [[0.0, 0.2], [0.02, 0.0]]
    """
    return flows / income[:, None]


def vulnerability(depends: Floats, income: Floats) -> Floats:
    """Dependence weighed by asymmetry: by the share of the pair's mutual dependence that falls on the state.

    The same trade is worth ``1 / income`` to either side, so that the state carries ``other / (own + other)`` of the
    mutual dependence: all of it against a giant, half of it against an equal.

    Args:
        depends: states x states; :func:`dependence`.
        income: states.

    **Source**: Hirschman (1945), chapter II; Keohane and Nye (1977), *Power and Interdependence*, chapter 1, on
    asymmetry; Barbieri (1996), Journal of Peace Research 33(1).

    Example:
        >>> import numpy as np
        >>> vulnerability(np.array([[0.0, 0.2], [0.2, 0.0]]), np.array([50.0, 50.0])).tolist()
        [[0.0, 0.1], [0.1, 0.0]]
    """
    return depends * (income[None, :] / (income[:, None] + income[None, :]))


def centrality(depends: Floats, damping: float = 0.85) -> Floats:
    """On whom those depend on whom others depend: shares that sum to one.

    Each state passes its weight on to those it depends on, in proportion; one that depends on nobody passes it to all.

    Args:
        depends: states x states, not below nought; what is not a number counts as no tie.
        damping: how much of its weight a state passes along its ties, below 1.

    Raises:
        ValueError: for a damping outside 0 to 1, or a negative tie.

    **Source**: Brin and Page (1998), "The anatomy of a large-scale hypertextual Web search engine", Computer Networks
    30, on such weights; a damped eigenvector centrality (Bonacich 1987).

    Example:
        >>> import numpy as np
        >>> centrality(np.array([[0.0, 1.0], [1.0, 0.0]])).tolist()
        [0.5, 0.5]
    """
    ties = np.nan_to_num(depends, nan=0.0)
    if not 0 <= damping < 1 or (ties < 0).any():
        raise ValueError("Centrality needs ties that are not negative and a damping from 0 to below 1.")
    number = len(ties)
    total = ties.sum(axis=1, keepdims=True)
    passed = np.where(total > 0, ties / np.where(total > 0, total, 1.0), 1 / number)
    found = np.linalg.solve(np.eye(number) - damping * passed.T, np.full(number, (1 - damping) / number))
    return found / found.sum()


def shortest_circle(ties: NDArray[np.bool_]) -> tuple[int, ...]:
    """The shortest way round: the fewest states of whom each is tied to the next and the last to the first.

    Args:
        ties: states x states; whether the row depends on the column.

    Returns:
        The states of the circle in their order, beginning with the one that stands first; empty where there is none.

    Example:
        >>> import numpy as np
        >>> shortest_circle(np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]], dtype=bool))
        (0, 1, 2)
    """
    best: tuple[int, ...] = ()
    for start in range(len(ties)):
        circle = _way_round(ties, start)
        if circle and (not best or len(circle) < len(best)):
            best = circle
    return best


def _way_round(ties: NDArray[np.bool_], start: int) -> tuple[int, ...]:
    before: dict[int, int] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in np.flatnonzero(ties[here]).tolist():
            if there == here:
                continue
            if there == start:
                path = [here]
                while path[-1] != start:
                    path.append(before[path[-1]])
                return tuple(reversed(path))
            if there not in before:
                before[there] = here
                waiting.append(there)
    return ()
