"""Eight constellations of parties with the effective number of Laakso and Taagepera, to two decimals.

Source: Golosov (2010), "The Effective Number of Parties: A New Approach", Party Politics 16(2): 171-192, table 1 (after
Laakso and Taagepera 1979). The table's shares and values are recalled, as encyclopaedias reprint them; that the table
exists with eight constellations was read on the journal's page.
"""

import pytest

from comity.solvers.plurality import effective

TABLE = [
    ([0.75, 0.25], 1.60),
    ([0.75, 0.10, *[0.01] * 15], 1.74),
    ([0.55, 0.45], 1.98),
    ([0.55, *[0.10] * 3, *[0.01] * 15], 2.99),
    ([0.35, 0.35, 0.30], 2.99),
    ([0.35, *[0.10] * 5, *[0.01] * 15], 5.75),
    ([0.15, *[0.15] * 5, 0.10], 6.90),
    ([0.15, *[0.10] * 7, *[0.01] * 15], 10.64),
]


@pytest.mark.parametrize(("shares", "number"), TABLE)
def test_the_number_of_parties_is_that_of_the_table(shares, number):
    assert sum(shares) == pytest.approx(1)
    assert round(effective(shares), 2) == number
