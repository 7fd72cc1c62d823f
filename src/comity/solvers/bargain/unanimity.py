"""Dividing a sum when everyone must agree: who proposes when decides what each gets.

Strategies are stationary: what is proposed and accepted depends on nothing that went before. With three members or
more that is a strong assumption: see :data:`comity.solvers.bargain.legislative.FOLK`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def rubinstein(first: float, second: float) -> tuple[float, float]:
    """What the first and the second of two bargainers get who make offers in turn, the first first.

    Args:
        first: the discount factor of the first.
        second: that of the second.

    Raises:
        ValueError: where a discount factor does not lie between 0 and 1, or both are 1: then any division will do.

    **Source**: Rubinstein (1982), "Perfect Equilibrium in a Bargaining Model", *Econometrica* 50.

    Example:
        >>> round(rubinstein(0.9, 0.8)[0], 6)
        0.714286
    """
    patience = _patience([first, second])
    if patience.min() == 1:
        raise ValueError("Two bargainers whom waiting costs nothing may divide in any way; one factor must be below 1.")
    share = (1 - second) / (1 - first * second)
    return share, 1 - share


def rotation(discounts: ArrayLike) -> NDArray[np.float64]:
    """Shares by proposer when members propose in a fixed order, for ever, and all must agree.

    Args:
        discounts: members in the order in which they propose; from 0 to below 1.

    Returns:
        ``proposers x members``; the row says whose turn it is.

    Raises:
        ValueError: where a discount factor does not lie from 0 to below 1.

    **Source**: Shaked's game in Sutton (1986), "Non-Cooperative Bargaining Theory", *Review of Economic Studies* 53.

    Example:
        >>> rotation([0.9, 0.9, 0.9])[0].round(6).tolist()
        [0.369004, 0.332103, 0.298893]
    """
    patience = _patience(discounts, below=True)
    members = len(patience)
    wait = (np.arange(members)[None, :] - np.arange(members)[:, None]) % members
    factor = patience[None, :] ** wait  # what the share at one's own turn is worth at the row's turn
    return factor * np.linalg.solve(factor, np.ones(members))


def rejector_proposes(discounts: ArrayLike) -> NDArray[np.float64]:
    """Shares by proposer when whoever rejects first makes the next proposal, and all must agree.

    The same shares come about where members may leave with a partial agreement (Krishna and Serrano).

    Args:
        discounts: members; from 0 to below 1.

    Returns:
        ``proposers x members``.

    Raises:
        ValueError: where a discount factor does not lie from 0 to below 1.

    **Source**: Krishna and Serrano (1996), "Multilateral Bargaining", *Review of Economic Studies* 63.

    Example:
        >>> rejector_proposes([0.9, 0.9, 0.9])[0].round(6).tolist()
        [0.357143, 0.321429, 0.321429]
    """
    patience = _patience(discounts, below=True)
    price = np.broadcast_to(patience, (len(patience), len(patience))).copy()
    np.fill_diagonal(price, 1.0)
    return price * np.linalg.solve(price, np.ones(len(patience)))


def random_recognition(recognition: ArrayLike, discounts: ArrayLike) -> NDArray[np.float64]:
    """Shares by proposer when the proposer is drawn anew each round, and all must agree: the closed form.

    Args:
        recognition: members; chances to propose, summing to one.
        discounts: members; from 0 to below 1.

    Returns:
        ``proposers x members``.

    Raises:
        ValueError: where chances are none, or a discount factor does not lie from 0 to below 1.

    **Source**: Baron and Ferejohn (1989); Binmore (1987), "Perfect Equilibria in Bargaining Models".

    Example:
        >>> random_recognition([1 / 3] * 3, [0.9] * 3)[0].round(6).tolist()
        [0.4, 0.3, 0.3]
    """
    chance = np.asarray(recognition, dtype=np.float64)
    patience = _patience(discounts, below=True)
    if chance.shape != patience.shape or not (chance >= 0).all() or abs(chance.sum() - 1) > 1e-9:
        raise ValueError("Recognition gives one chance of nought or more a member, and they sum to one.")
    # what is left when every vote is paid for goes to the proposer: value = chance x left + price
    weight = chance / (1 - patience)
    left = 1 / (1 + (patience * weight).sum())
    shares = np.broadcast_to(patience * weight * left, (len(chance), len(chance))).copy()
    shares[np.diag_indices_from(shares)] += left
    return shares


def _patience(discounts: ArrayLike, *, below: bool = False) -> NDArray[np.float64]:
    patience = np.asarray(discounts, dtype=np.float64)
    if patience.ndim != 1 or not ((patience >= 0) & ((patience < 1) if below else (patience <= 1))).all():
        raise ValueError(f"A discount factor lies from 0 to {'below 1' if below else '1'}, one a member.")
    return patience
