"""A half that splits: 2 parties, then 8/3 by Laakso and Taagepera and 2 times the root of 2 by entropy, then 4.

Source: R. Hyman, "an entropy formula for the effective number of parties", election-methods list, 14 and 15 December
2012 (read).
"""

import pytest

from comity.solvers.plurality import effective


@pytest.mark.parametrize(
    ("shares", "squares", "entropy"),
    [([1, 1], 2, 2), ([2, 1, 1], 8 / 3, 2 * 2**0.5), ([1, 1, 1, 1], 4, 4)],
)
def test_a_party_that_splits_counts_for_more(shares, squares, entropy):
    assert effective(shares) == pytest.approx(squares)
    assert effective(shares, 1) == pytest.approx(entropy)
