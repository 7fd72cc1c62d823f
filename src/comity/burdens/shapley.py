"""Nested needs: each slice of a common work is shared by those who need it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from comity.model.burden import Figures, Measured
from comity.solvers.sharing import nested


class Shapley(Measured):
    """Each slice of a common work is shared equally by those who need so much of it: the airport and its aircraft.

    Needs are nested: a runway long enough for the largest serves all smaller. What each pays is the Shapley value of
    the game in which a coalition costs what its largest need costs.

    Source:
        Littlechild and Owen, "A simple expression for the Shapley value in a special case", Management Science 20
        (1973), 370-372; Shapley (1953).

    Example:
        >>> rule = Shapley(values={"AAA": 1, "BBB": 2, "CCC": 3})
        >>> [str(3 * share) for share in rule.shares(["AAA", "BBB", "CCC"], {}).values()]
        ['1/3', '5/6', '11/6']
    """

    kind: Literal["shapley"] = "shapley"
    """The kind of burden rule."""

    def shares(self, members: Sequence[str], figures: Figures) -> dict[str, Fraction]:
        """Each member's part of the largest need.

        Raises:
            ValueError: where nobody needs anything.
        """
        needs = self.measure(members, figures)
        return {member: paid / max(needs) for member, paid in zip(members, nested(needs), strict=True)}
