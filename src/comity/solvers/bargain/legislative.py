"""Bargaining in a body that votes on what one member proposes: who is bought, and which text is put.

A member is recognised at random and proposes; if a winning coalition accepts, that ends it, else the status quo lasts
a round and another is recognised. Strategies are stationary: they depend on nothing that went before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.solvers.bargain.texts import Body, equilibrium
from comity.solvers.bargain.votes import Winning, chances, options_of, purchase, settle

MOST = 12
"""More members than this would have too many coalitions to buy."""
FOLK = (
    "The division assumes stationary strategies. With at least three members and a discount factor of 1/(n - 1) or "
    "more, any division whatever is an equilibrium under unanimity once strategies may depend on the past "
    "(Shaked; Sutton 1986), and under majority rule with patient members as well (Baron and Ferejohn 1989)."
)
"""What a reader of any of these divisions must be told."""
_COLDEST = 1e-9


@dataclass(frozen=True)
class Division:
    """How a sum of one is divided.

    Attributes:
        shares: ``proposers x members``; what each gets on average when the row's member proposes. Rows sum to one.
        expected: members; the share expected before anybody is recognised. Sums to one.
        bought: ``proposers x members``; how likely the row's member is to buy the column's vote.
        premium: members; what a member keeps as proposer beyond its expected share.
        price: members; for what a member sells its vote: its expected share, discounted.
        error: how far the expected shares are from what the strategies yield.
    """

    shares: NDArray[np.float64]
    expected: NDArray[np.float64]
    bought: NDArray[np.float64]
    premium: NDArray[np.float64]
    price: NDArray[np.float64]
    error: float


def divide(
    recognition: ArrayLike, discount: ArrayLike, winning: Winning | Sequence[Sequence[int]], *, most: int = MOST
) -> Division:
    """The stationary equilibrium of dividing a sum under a closed rule (Baron and Ferejohn).

    The proposer buys the cheapest winning coalition and keeps the rest; among equally cheap ones it mixes so that
    expected shares bear out the prices. Expected shares are unique for any simple game (Eraslan and McLennan 2013).
    They are found by letting the choice among coalitions be slightly noisy and taking the noise away step by step.

    Without stationarity any division is an equilibrium: see :data:`FOLK`.

    Args:
        recognition: members; chances to propose, summing to one.
        discount: one number or one a member, from 0 (nothing after this round) to 1.
        winning: from ``cases x members`` of who accepts to whether it is adopted (a game: ``lambda yes:
            game.adopted(np.where(yes, YES, NO))``), or the minimal winning coalitions, as numbers of members.
        most: with more members than this it is refused.

    Raises:
        ValueError: where chances or discounts are none, nothing can win, or there are too many members.

    **Source**: Baron and Ferejohn (1989), "Bargaining in Legislatures", *American Political Science Review* 83;
    Eraslan and McLennan (2013), *Journal of Economic Theory* 148.

    Example:
        >>> result = divide([1/3, 1/3, 1/3], 1.0, [(0, 1), (0, 2), (1, 2)])
        >>> result.shares.round(4).tolist()[0]
        [0.6667, 0.1667, 0.1667]
    """
    chance, patience = chances(recognition, discount)
    members = len(chance)
    if members > most:
        raise ValueError(f"Coalitions are bought one by one for up to {most} members; there are {members}.")
    options = options_of(members, winning)
    value = chance.copy()
    heat = 1.0
    while heat > _COLDEST:
        value = settle(value, (chance, patience), options, heat)
        heat *= 0.3
    bought, cost, _ = purchase(patience * value, options, heat / 0.3)
    price = patience * value
    shares = bought * price
    shares[np.arange(members), np.arange(members)] = 1 - cost
    expected = chance @ shares
    own = np.diagonal(shares).copy()
    return Division(shares, expected, bought, own - expected, price, float(np.abs(expected - value).max()))


def symmetric(members: int, quota: int, discount: float) -> tuple[float, float]:
    """What the proposer keeps, and what each member bought gets, where all are alike: the closed form.

    Raises:
        ValueError: where the quota is not between one and the number of members.

    **Source**: Baron and Ferejohn (1989), proposition 3: ``1 - d (q - 1) / n`` and ``d / n``.

    Example:
        >>> [round(share, 4) for share in symmetric(5, 3, 0.9)]
        [0.64, 0.18]
    """
    if not 1 <= quota <= members:
        raise ValueError(f"A quota of {quota} is none among {members} members.")
    return 1 - discount * (quota - 1) / members, discount / members


@dataclass(frozen=True)
class Proposals:
    """What each member proposes, and what is accepted.

    Attributes:
        texts: members (on a line), or ``members x issues``; NaN for a member that rather lets its turn pass.
        expected: the mean text, by chances to propose; who lets its turn pass is left out.
        accepted: on a line the intervals of texts that would be adopted, ``intervals x 2``; on a list of texts, which
            of them would be.
        distances: members; how far from its ideal the text is expected (weighted by salience on several issues).
        premium: members; how much nearer it is when the member itself proposes.
        delay: the chance that whoever is recognised lets the turn pass.
        converged: whether proposals and what members hold out for bear each other out.
        rounds: how many times they were brought into line.
    """

    texts: NDArray[np.float64]
    expected: NDArray[np.float64]
    accepted: NDArray[np.float64] | NDArray[np.bool_]
    distances: NDArray[np.float64]
    premium: NDArray[np.float64]
    delay: float
    converged: bool
    rounds: int


def spatial_proposals(
    ideals: ArrayLike,
    salience: ArrayLike,
    recognition: ArrayLike,
    discount: ArrayLike,
    *,
    winning: Winning,
    status_quo: ArrayLike,
    grid: ArrayLike | None = None,
    ends: tuple[float, float] = (-np.inf, np.inf),
    exponent: float = 1.0,
    most_rounds: int = 2000,
) -> Proposals:
    """Each member's best text that a winning coalition accepts rather than to wait (Banks and Duggan).

    A member accepts what costs it no more than a round of the status quo followed by what is expected after it:
    ``loss <= (1 - discount) loss(status quo) + discount x expected loss``. On a line the equilibrium is found over all
    texts, not on a grid: a best text is an ideal, the status quo, or the end of what some member accepts.

    With discount 0 this is the setter model of Romer and Rosenthal (1978). Under majority rule with patient members
    all texts draw near to the median's ideal (Banks and Duggan 2000; Cho and Duggan 2009), for losses in proportion
    to the distance (exponent 1) if the median is ever recognised.

    Args:
        ideals: members, or ``members x issues``.
        salience: one number, members, or the shape of ideals. On a line it changes nothing: it scales what a member
            loses by a text and by waiting alike.
        recognition: members; chances to propose, summing to one.
        discount: one number or one a member, from 0 to 1.
        winning: from ``texts x members`` of who accepts to which texts are adopted.
        status_quo: a point of the line, or one a issue.
        grid: texts to choose from: numbers, or ``texts x issues``. Needed for more than one issue; on a line optional.
        ends: the ends of the line, where texts stop.
        exponent: losses grow with this power of the distance: 1, or 2 for members who fear extremes.
        most_rounds: after this many rounds the answer is given as not converged.

    Raises:
        ValueError: where chances or shapes do not fit, or several issues come without a grid.

    **Source**: Banks and Duggan (2000), "A Bargaining Model of Collective Choice", *American Political Science Review*
    94; with a status quo (2006), *Quarterly Journal of Political Science* 1.

    Example:
        >>> majority = lambda yes: yes.sum(axis=1) >= 2
        >>> result = spatial_proposals([0, 1, 3], 1, [0, 0, 1], 0.0, winning=majority, status_quo=0)
        >>> float(result.texts[2])
        2.0
    """
    chance, patience = chances(recognition, discount)
    given = np.asarray(ideals, dtype=np.float64)
    if len(given) != len(chance) or not exponent > 0:
        raise ValueError(f"There are {len(given)} ideals for {len(chance)} chances to propose, exponent {exponent:g}.")
    if given.ndim > 1 and grid is None:
        raise ValueError("Several issues need a grid of texts, texts x issues, to choose from.")
    ideal = given.reshape(len(given), -1)
    weight = np.asarray(salience, dtype=np.float64)
    weight = np.broadcast_to(weight[:, None] if weight.ndim == 1 else weight, ideal.shape)
    quo = np.asarray(status_quo, dtype=np.float64).reshape(1, -1)
    listed = None if grid is None else np.asarray(grid, dtype=np.float64)
    listed = None if listed is None else listed.reshape(len(listed), -1)
    body = Body(ideal, np.ones_like(weight) if given.ndim == 1 else weight, winning, quo, listed, ends, exponent)
    found = equilibrium(body, chance, patience, most_rounds)
    texts, distances, made, most, converged, rounds = found
    share = np.where(made, chance, 0.0)
    share = share / share.sum() if share.any() else np.full_like(chance, np.nan)
    mean = share @ np.where(made[:, None], distances, 0.0)
    expected = share @ np.where(made[:, None], texts, 0.0)
    texts = np.where(made[:, None], texts, np.nan)
    flat = given.ndim == 1
    return Proposals(
        texts[:, 0] if flat else texts,
        expected[0] if flat else expected,
        body.accepted(most),
        mean,
        np.where(made, mean - np.diagonal(distances), np.nan),
        float(chance[~made].sum()),
        converged,
        rounds,
    )
