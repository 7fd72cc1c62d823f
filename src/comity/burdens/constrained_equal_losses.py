"""Equal losses: what is left over is the same for each, and nobody bears less than nothing."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from comity.model.burden import Claimed, Figures
from comity.solvers.sharing import equal_losses


class ConstrainedEqualLosses(Claimed):
    """Each keeps the same amount of its measure, and nobody bears less than nothing: the largest bear first.

    Source:
        Maimonides, Mishneh Torah; Young, "Distributive justice in taxation", Journal of Economic Theory 44
        (1988), 321-335 (the levelling tax).

    Example:
        >>> rule = ConstrainedEqualLosses(values={"AAA": 100, "BBB": 200, "CCC": 300}, estate=300)
        >>> list(rule.shares(["AAA", "BBB", "CCC"], {}).values())
        [Fraction(0, 1), Fraction(1, 3), Fraction(2, 3)]
    """

    kind: Literal["constrained_equal_losses"] = "constrained_equal_losses"
    """The kind of burden rule."""

    def shares(self, members: Sequence[str], figures: Figures) -> dict[str, Fraction]:
        """Each member's part of the estate.

        Raises:
            ValueError: where the estate is more than all measures together.
        """
        parts = equal_losses(self.measure(members, figures), self.estate)
        return {member: part / self.estate for member, part in zip(members, parts, strict=True)}
