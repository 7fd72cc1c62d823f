"""The nucleolus of councils by votes, and of a game of three with worths.

Source: the Security Council's is its core, one fifth for each permanent member (folk theorem on veto players); Council of
the EEC and EU by the programs coopgame-py and tucoopy, that of 1995 being proportional to votes as in Le Breton, Montero
and Zaporozhets, Mathematical Social Sciences 63 (2012), 159-173; game of three: test 67 of the R package CoopGame.
"""

from fractions import Fraction

import pytest

from comity.solvers.nucleolus import nucleolus, of_worths
from comity.solvers.simple import weighted


def by_weight(weights, quota):
    shares = nucleolus(weighted(weights, quota)).shares.values()
    return dict(zip(weights, shares, strict=True)), list(shares)


def test_security_council():
    assert by_weight([7] * 5 + [1] * 10, 39)[0] == {7: Fraction(1, 5), 1: 0}


@pytest.mark.parametrize(
    ("quota", "votes", "printed"),
    [
        (12, [4] * 3 + [2] * 2 + [1], {4: "1/4", 2: "1/8", 1: "0"}),
        (41, [10] * 4 + [5] * 2 + [3] * 2 + [2], {10: "1/4", 5: "0", 3: "0", 2: "0"}),
        (45, [10] * 4 + [5] * 3 + [3] * 2 + [2], {10: "1/4", 5: "0", 3: "0", 2: "0"}),
        (54, [10] * 4 + [8] + [5] * 4 + [3] * 2 + [2], {10: "4/29", 8: "3/29", 5: "2/29", 3: "1/29", 2: "0"}),
    ],
    ids=["1958", "1973", "1981", "1986"],
)
def test_council_by_votes(quota, votes, printed):
    assert by_weight(votes, quota)[0] == {weight: Fraction(share) for weight, share in printed.items()}


def test_council_of_1995_is_proportional_to_votes():
    votes = [10] * 4 + [8] + [5] * 4 + [4] * 2 + [3] * 3 + [2]
    assert by_weight(votes, 62)[1] == [Fraction(vote, 87) for vote in votes]


def test_game_of_three():
    found = of_worths({"1": 2, "2": 6, "3": 5, "12": 15, "13": 1, "23": 18, "123": 14})
    assert found.shares == {"1": 2, "2": 7, "3": 5}
