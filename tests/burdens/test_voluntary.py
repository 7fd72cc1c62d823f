"""Voluntary burden: shares of what was pledged; nothing is owed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from comity.burdens.voluntary import Voluntary


def test_shares_are_those_of_all_pledges():
    shares = Voluntary().shares(
        ["DEU", "FRA", "CHN"], {"pledged": {"DEU": Fraction(3), "FRA": Fraction(1), "CHN": Fraction(0)}}
    )
    assert shares == {"DEU": Fraction(3, 4), "FRA": Fraction(1, 4), "CHN": 0}
    assert not Voluntary().owed


def test_where_nobody_pledged_there_are_no_shares():
    with pytest.raises(ValueError, match="somebody has some"):
        Voluntary().shares(["DEU"], {"pledged": {"DEU": Fraction(0)}})
