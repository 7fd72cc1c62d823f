"""Equal burden: one part of as many as there are members."""

from __future__ import annotations

from fractions import Fraction

import pytest

from comity.burdens.equal import Equal


def test_everybody_bears_the_same_and_no_figure_is_read():
    assert Equal().figures() == ()
    assert Equal().shares(["USA", "NRU"], {}) == {"USA": Fraction(1, 2), "NRU": Fraction(1, 2)}


def test_nobody_shares_nothing():
    with pytest.raises(ValueError, match="Nobody is there to share a burden"):
        Equal().shares([], {})
