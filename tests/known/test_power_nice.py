"""Council of the European Union of 27 under the Treaty of Nice, votes only: 255 of 345.

Source: indices computed independently with exact integers; four digits as in the literature on the Nice rules
(Felsenthal and Machover, "The Treaty of Nice and qualified majority voting", 2001, for the method).
"""

import pytest

from comity.solvers.power import banzhaf, shapley_shubik

VOTES = {29: 4, 27: 2, 14: 1, 13: 1, 12: 5, 10: 3, 7: 5, 4: 5, 3: 1}


def test_votes_of_nice():
    members = [votes for votes, count in VOTES.items() for _ in range(count)]
    assert (len(members), sum(members)) == (27, 345)
    places = [members.index(votes) for votes in VOTES]
    assert banzhaf(members, 255)[places] == pytest.approx(
        [0.0778, 0.0742, 0.0426, 0.0397, 0.0368, 0.0309, 0.0218, 0.0125, 0.0094], abs=5e-5
    )
    assert shapley_shubik(members, 255)[places] == pytest.approx(
        [0.0867, 0.0800, 0.0399, 0.0368, 0.0341, 0.0282, 0.0196, 0.0110, 0.0082], abs=5e-5
    )
