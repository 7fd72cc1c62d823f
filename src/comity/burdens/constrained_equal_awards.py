"""Equal awards: the same from each, but from nobody more than its claim or means."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from comity.model.burden import Claimed, Figures
from comity.solvers.sharing import equal_awards


class ConstrainedEqualAwards(Claimed):
    """Each bears the same, but nobody more than its measure: a head tax with the poor let off beyond their means.

    Source:
        Maimonides, Mishneh Torah; Thomson, "Axiomatic and game-theoretic analysis of bankruptcy and taxation
        problems", Mathematical Social Sciences 45 (2003), 249-297.

    Example:
        >>> rule = ConstrainedEqualAwards(values={"AAA": 100, "BBB": 200, "CCC": 300}, estate=400)
        >>> list(rule.shares(["AAA", "BBB", "CCC"], {}).values())
        [Fraction(1, 4), Fraction(3, 8), Fraction(3, 8)]
    """

    kind: Literal["constrained_equal_awards"] = "constrained_equal_awards"
    """The kind of burden rule."""

    def shares(self, members: Sequence[str], figures: Figures) -> dict[str, Fraction]:
        """Each member's part of the estate.

        Raises:
            ValueError: where the estate is more than all measures together.
        """
        parts = equal_awards(self.measure(members, figures), self.estate)
        return {member: part / self.estate for member, part in zip(members, parts, strict=True)}
