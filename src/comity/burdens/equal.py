"""Equal burden: every member bears the same."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from comity.model.burden import Burden, Figures


class Equal(Burden):
    """Every member bears the same share, however large or poor it is.

    Source:
        The sovereign equality of members (Charter of the United Nations, Article 2(1)), taken to the purse: the
        equal contributions of founders, such as the capital of the New Development Bank (Articles of Agreement, 2014).

    Example:
        >>> Equal().shares(["BRA", "RUS", "IND"], {})
        {'BRA': Fraction(1, 3), 'RUS': Fraction(1, 3), 'IND': Fraction(1, 3)}
    """

    kind: Literal["equal"] = "equal"
    """The kind of burden rule."""

    def shares(self, members: Sequence[str], figures: Figures) -> dict[str, Fraction]:
        """One part of as many as there are members.

        Raises:
            ValueError: where there are no members.
        """
        del figures
        if not members:
            raise ValueError("Nobody is there to share a burden.")
        return dict.fromkeys(members, Fraction(1, len(members)))
