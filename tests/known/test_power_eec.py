"""Council of the EEC and EU by votes, 1958 to 1995.

Source: Felsenthal and Machover, The Measurement of Voting Power (1998), chapter 5, tables of the Council of Ministers.
"""

from fractions import Fraction

import pytest

from comity.solvers.power import measure
from comity.solvers.simple import weighted

YEARS = {
    1958: (12, "4 4 4 2 2 1", "7/30 3/20 0", "5/21 1/7 0", "14/64"),
    1973: (
        41,
        "10 10 10 10 5 5 3 3 2",
        "5/28 17/210 2/35 1/105",
        "53/317 29/317 21/317 5/317",
        "75/512",
    ),
    1981: (
        45,
        "10 10 10 10 5 5 5 3 3 2",
        "73/420 1/14 19/630 19/630",
        "50/317 26/317 13/317 13/317",
        "140/1024",
    ),
    1986: (
        54,
        "10 10 10 10 8 5 5 5 5 3 3 2",
        "31/231 257/2310 589/9240 59/1386 41/3465",
        "13/101 11/101 74/1111 51/1111 20/1111",
        "402/4096",
    ),
    1995: (
        62,
        "10 10 10 10 8 5 5 5 5 4 4 3 3 3 2",
        "7/60 860/9009 19883/360360 743/16380 1588/45045 932/45045",
        "1849/16565 1531/16565 973/16565 793/16565 595/16565 375/16565",
        "2549/32768",
    ),
}


@pytest.mark.parametrize("year", YEARS)
def test_council(year):
    quota, votes, shapley, banzhaf, act = YEARS[year]
    weights = [int(vote) for vote in votes.split()]
    found = measure(weighted(weights, quota))
    sizes = sorted(set(weights), reverse=True)
    for index, published in ((found.shapley_shubik, shapley), (found.banzhaf, banzhaf)):
        by_votes = dict(zip(sizes, map(Fraction, published.split()), strict=True))
        assert list(index) == [by_votes[weight] for weight in weights]
    assert found.act == Fraction(act)


def test_luxembourg_had_no_power_until_1973():
    quota, votes, *_ = YEARS[1958]
    assert measure(weighted([int(vote) for vote in votes.split()], quota)).swings[-1] == 0
