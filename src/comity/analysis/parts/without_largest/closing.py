"""Closing a gap in a fund: how many of those who stay must raise by how much when a payer goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from comity.analysis.parts.paying import Paying
from comity.kernel.errors import UnknownName
from comity.model.institution import Institution

STEPS = (1, 2, 3, 5, 10, 20, 50, 100)
"""How many of the largest remaining payers raise, beside all of them."""
BEARABLE = (Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(1))
"""Raises for which it is asked how many must bear them."""


@dataclass(frozen=True)
class Closing:
    """What is missing from a fund without one payer, and how the others can make up for it.

    Attributes:
        body: whose fund it is.
        paid: the fund with its payers.
        gone: who does not pay.
        next: who is then the largest payer.
        gap: the share of the whole that is missing.
        raises: by what share each of so many of the largest remaining payers must raise: ``{number: raise}``.
        needed: how many of them must raise where nobody raises by more than so much; None where all are too few.
    """

    body: Institution
    paid: Paying
    gone: str
    next: str
    gap: Fraction
    raises: Mapping[int, Fraction]
    needed: Mapping[Fraction, int | None]

    @property
    def key(self) -> str:
        """What tables and figures call the fund: institution and name."""
        return f"{self.body.name}_{self.paid.name}"


def closing(body: Institution, paid: Paying, gone: str) -> Closing:
    """How the gap that one payer leaves can be closed by the others, who raise in proportion to what they pay.

    Raises:
        UnknownName: for one who does not pay.
    """
    if gone not in paid.own:
        raise UnknownName(f"payer into {paid.name}", gone, list(paid.payers))
    stay = [state for state in paid.payers if state != gone and paid.own[state]]
    gap = paid.own[gone]
    sums = list(accumulate(paid.own[state] for state in stay))
    counts = [each for each in STEPS if each < len(stay)] + [len(stay)]
    return Closing(
        body,
        paid,
        gone,
        stay[0],
        gap,
        {count: gap / sums[count - 1] for count in counts},
        {most: next((place + 1 for place, each in enumerate(sums) if each * most >= gap), None) for most in BEARABLE},
    )
