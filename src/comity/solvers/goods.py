"""A good that members provide together: how much of it there is, who gains, what it is worth today.

Whoever delivers provides its part of the good and bears its cost; the good is worth to everyone in proportion to how
much of it there is, but some of that worth can be kept from those who do not deliver.

Source:
    Samuelson (1954), Review of Economics and Statistics 36(4); Olson (1965), The Logic of Collective Action, ch. 1;
    Cornes and Sandler (1996), The Theory of Externalities, Public Goods and Club Goods, ch. 6 and 11.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def provided(part: ArrayLike, delivers: ArrayLike, needed: float = 0.0) -> NDArray[np.float64]:
    """The share of the good that those who deliver provide; nothing below what is needed.

    Args:
        part: the share that each member's part comes to (``members``).
        delivers: who delivers (``... x members``, booleans).
        needed: the least share that is of any use.

    Example:
        >>> provided([0.25, 0.25, 0.5], [[True, True, False], [True, False, False]], needed=0.5).tolist()
        [0.5, 0.0]
    """
    sums = np.asarray(delivers, dtype=np.float64) @ np.asarray(part, dtype=np.float64)
    return np.where(sums >= needed - 1e-12, sums, 0.0)


def payoffs(
    benefit: ArrayLike, cost: ArrayLike, share: ArrayLike, delivers: ArrayLike, *, excludable: ArrayLike = 0.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What each member gains and what it pays in a year.

    Args:
        benefit: what the whole good is worth to each member (``draws x members``).
        cost: what each member's part costs (``draws x members``).
        share: how much of the good there is, one number or one a draw.
        delivers: who delivers (``members``, booleans).
        excludable: how much of the benefit is kept from those who do not, one number or one a draw.

    Returns:
        gains and payments, each ``draws x members``.

    Example:
        >>> gain, paid = payoffs([[10.0, 10.0]], [[3.0, 3.0]], 0.5, [True, False], excludable=0.2)
        >>> gain.tolist(), paid.tolist()
        ([[5.0, 4.0]], [[3.0, 0.0]])
    """
    worth, price = np.asarray(benefit, dtype=np.float64), np.asarray(cost, dtype=np.float64)
    takes = np.asarray(delivers, dtype=bool)
    there = np.broadcast_to(np.asarray(share, dtype=np.float64), worth.shape[:1])[:, None]
    kept = np.broadcast_to(np.asarray(excludable, dtype=np.float64), worth.shape[:1])[:, None]
    gain = worth * there * np.where(takes, 1.0, 1.0 - kept)
    return gain, np.where(takes, price, 0.0)


def annuity(rate: ArrayLike, years: int, lead: int = 0) -> NDArray[np.float64]:
    """What one unit a year is worth today, paid at the end of each year after the lead.

    Args:
        rate: the yearly rate of discount, one or many.
        years: the last year counted.
        lead: how many years pass without payment.

    Raises:
        ValueError: where no year is left, or a rate is below nought.

    Example:
        >>> [round(float(each), 4) for each in annuity([0.0, 0.05], 10)]
        [10.0, 7.7217]
        >>> round(float(annuity(0.05, 10, lead=2)), 4)
        5.8623
    """
    if not 0 <= lead < years:
        raise ValueError(f"Of {years} years none is left after a lead of {lead}.")
    rates = np.asarray(rate, dtype=np.float64)
    if rates.size and rates.min() < 0:
        raise ValueError("Rates of discount are of nought or more.")
    times = np.arange(lead + 1, years + 1, dtype=np.float64)
    return ((1.0 + rates[..., None]) ** -times).sum(axis=-1)


def present_values(
    gain: NDArray[np.float64], paid: NDArray[np.float64], discount: ArrayLike, years: int, *, lead: int = 0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What gains and payments of many years are worth today.

    Args:
        gain: the gain of a year (``draws x members``).
        paid: the payment of a year (``draws x members``).
        discount: the yearly rate of discount, one a draw.
        years: how many years are counted.
        lead: how many years of payment pass before the first gain.

    Returns:
        present gains and present payments, each ``draws x members``.

    Example:
        >>> import numpy as np
        >>> gains, payments = present_values(np.array([[3.0]]), np.array([[1.0]]), [0.0], 10, lead=4)
        >>> float(gains[0, 0]), float(payments[0, 0])
        (18.0, 10.0)
    """
    rates = np.broadcast_to(np.asarray(discount, dtype=np.float64), gain.shape[:1])
    return gain * annuity(rates, years, lead)[:, None], paid * annuity(rates, years)[:, None]
