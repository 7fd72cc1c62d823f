"""What a tariff or a withdrawal by one power moves: trade lost, trade found elsewhere, the autonomy that remains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Diverted:
    """Trade after the act, as shares of the trade before it.

    Attributes:
        shares: ... x partners; sums to one less what was lost.
        lost: ...; what found no other partner.
    """

    shares: Floats
    lost: Floats


def kept(tariff: Floats, elasticity: Floats) -> Floats:
    """What is left of trade under a tariff: ``(1 + tariff) ** -elasticity``.

    Raises:
        ValueError: for a tariff or an elasticity below nought.

    **Source**: the constant elasticity of gravity models; Boehm, Levchenko and Pandalai-Nayar (2023), "The Long and
    Short (Run) of Trade Elasticities", American Economic Review 113(4).

    Example:
        >>> import numpy as np
        >>> kept(np.array([0.0, 1.0]), np.array([2.0, 2.0])).tolist()
        [1.0, 0.25]
    """
    if (tariff < 0).any() or (elasticity < 0).any():
        raise ValueError("A tariff and an elasticity are not below nought.")
    return (1 + tariff) ** -elasticity


def diverted(shares: Floats, power: int, remains: Floats, found: Floats) -> Diverted:
    """Trade with one power falls, and a part of what falls goes to the other partners in proportion to what they have.

    The other partners keep their proportions to one another (Luce's choice axiom). Where the power is the only partner
    there is nobody to turn to.

    Args:
        shares: ... x partners; shares of trade, summing to one.
        power: the place of the power among the partners.
        remains: ...; what is left of the trade with the power, 0 to 1.
        found: ...; which part of the trade lost with the power finds another partner, 0 to 1.

    Raises:
        ValueError: where ``remains`` or ``found`` lies outside 0 to 1.

    **Source**: Luce (1959), *Individual Choice Behavior*; Anderson and van Wincoop (2003), "Gravity with Gravitas",
    American Economic Review 93(1), in which all shares move so when the cost to one partner rises.

    Example:
        >>> import numpy as np
        >>> after = diverted(np.array([0.6, 0.3, 0.1]), 0, np.array(0.5), np.array(1.0))
        >>> after.shares.round(3).tolist()
        [0.3, 0.525, 0.175]
    """
    if not ((remains >= 0) & (remains <= 1)).all() or not ((found >= 0) & (found <= 1)).all():
        raise ValueError("What remains and what is found elsewhere lie from 0 to 1.")
    own = shares[..., power]
    gone = own * (1 - remains)
    others = 1 - own
    grown = np.where(others > 1e-12, gone * found / np.where(others > 1e-12, others, 1.0), 0.0)
    after = shares * (1 + grown)[..., None]
    after[..., power] = own - gone
    return Diverted(after, np.where(others > 1e-12, gone * (1 - found), gone))


def simplex(uniforms: Floats) -> Floats:
    """Weights that sum to one, every mixture as likely as any other.

    Args:
        uniforms: draws x parts; numbers between 0 and 1.

    **Source**: Devroye (1986), *Non-Uniform Random Variate Generation*, chapter XI, on Dirichlet variates.

    Example:
        >>> import numpy as np
        >>> simplex(np.array([[0.5, 0.5]])).tolist()
        [[0.5, 0.5]]
    """
    exponential = -np.log(uniforms)
    return exponential / exponential.sum(axis=-1, keepdims=True)


def autonomy(depends: Floats, weights: Floats) -> Floats:
    """One less the weighted mean of what a state depends on one power for.

    Args:
        depends: draws x states x parts, each from 0 (not at all) to 1 (wholly), cut there; not a number is a gap.
        weights: draws x parts; what each part counts, summing to one. A state's gaps are left out of its mean.

    Returns:
        draws x states, from 0 to 1; not a number where every part is a gap.

    Example:
        >>> import numpy as np
        >>> autonomy(np.array([[[0.5, 1.0]]]), np.array([[0.5, 0.5]])).tolist()
        [[0.25]]
    """
    known = ~np.isnan(depends)
    counted = known * weights[:, None, :]
    total = counted.sum(axis=-1)
    tied = (np.clip(np.where(known, depends, 0.0), 0.0, 1.0) * counted).sum(axis=-1)
    return np.where(total > 0, 1 - tied / np.where(total > 0, total, 1.0), np.nan)
