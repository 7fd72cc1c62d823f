"""Voluntary burden: nobody owes a share; each gives what it pledged."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from comity.model.burden import Burden, Figures
from comity.solvers.sharing import proportional


class Voluntary(Burden):
    """Each gives what it chooses: shares are shares of what was pledged, and nobody owes the share of another.

    Source:
        Green Climate Fund, Governing Instrument (decision 3/CP.17, annex), paragraphs 29 and 30; Olson, The Logic of
        Collective Action (1965), on why such gifts fall short.

    Example:
        >>> Voluntary().shares(["DEU", "FRA"], {"pledged": {"DEU": Fraction(3), "FRA": Fraction(1)}})
        {'DEU': Fraction(3, 4), 'FRA': Fraction(1, 4)}
    """

    owed = False

    kind: Literal["voluntary"] = "voluntary"
    """The kind of burden rule."""

    def figures(self) -> tuple[str, ...]:
        """What was pledged."""
        return ("pledged",)

    def shares(self, members: Sequence[str], figures: Figures) -> dict[str, Fraction]:
        """Each member's share of all pledges.

        Raises:
            ValueError: where nobody pledged.
        """
        found = proportional([figures["pledged"][member] for member in members])
        return dict(zip(members, found, strict=True))
