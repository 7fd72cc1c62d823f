"""Assumptions given as options: low, mode and high of a triangular distribution, and draws of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.kernel.errors import InputError
from comity.kernel.quantity import exact
from comity.kernel.streams import Stream, triangular

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.model.grounds import Span


def triple(option: str, text: str, *, most: float | None = 1.0, example: str = "0,1/2,1") -> Span:
    """Low, mode and high as an option writes them.

    Args:
        option: the option as a reader writes it, for the message.
        text: what was written.
        most: the largest number that makes sense; no largest where None.
        example: what could be written.

    Raises:
        InputError: for what is no three ascending numbers from nought to the most.

    Example:
        >>> triple("--prior", "0.3, 1/2, 90 %")
        (0.3, 0.5, 0.9)
    """
    mend = f"Write low, mode and high: {example}."
    try:
        low, mode, high = (float(exact(part.strip())) for part in text.split(","))
    except ValueError:
        raise InputError(f"{option} {text}: these are not three numbers of nought or more.", mend=mend) from None
    if not low <= mode <= high:
        raise InputError(f"{option} {text}: low, mode and high ascend.", mend=mend)
    if most is not None and high > most:
        raise InputError(f"{option} {text}: nothing lies above {most:g}.", mend=mend)
    return low, mode, high


def drawn(seed: int, purpose: str, span: Span, number: int, *, member: int = 0) -> NDArray[np.float64]:
    """Draws of a triangular distribution: the same for the same seed, purpose and member.

    Example:
        >>> bool(((found := drawn(1, "prior", (0.2, 0.5, 0.6), 100)) >= 0.2).all() and (found <= 0.6).all())
        True
    """
    return triangular(span, Stream(seed, purpose).uniforms(range(number), member)[:, 0])
