"""The Talmud's division: equal awards up to half of the claims, equal losses beyond."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from comity.model.burden import Claimed, Figures
from comity.solvers.sharing import talmud


class Talmud(Claimed):
    """Half of every measure counts first: equal awards while less than all halves is needed, equal losses beyond.

    Source:
        Aumann and Maschler, "Game theoretic analysis of a bankruptcy problem from the Talmud", Journal of Economic
        Theory 36 (1985), 195-213; Mishnah, Ketubot 93a.

    Example:
        >>> rule = Talmud(values={"AAA": 100, "BBB": 200, "CCC": 300}, estate=200)
        >>> list(rule.shares(["AAA", "BBB", "CCC"], {}).values())
        [Fraction(1, 4), Fraction(3, 8), Fraction(3, 8)]
    """

    kind: Literal["talmud"] = "talmud"
    """The kind of burden rule."""

    def shares(self, members: Sequence[str], figures: Figures) -> dict[str, Fraction]:
        """Each member's part of the estate.

        Raises:
            ValueError: where the estate is more than all measures together.
        """
        parts = talmud(self.measure(members, figures), self.estate)
        return {member: part / self.estate for member, part in zip(members, parts, strict=True)}
