"""Dividing a sum under a closed rule.

Source: Baron and Ferejohn (1989), "Bargaining in Legislatures", *American Political Science Review* 83, proposition 3:
the proposer keeps 1 - d (q - 1) / n, each member bought gets d / n.
"""

import numpy as np
import pytest

from comity.solvers.bargain.legislative import FOLK, divide, symmetric


@pytest.mark.parametrize(
    ("members", "quota", "discount", "keeps", "gets"),
    [(3, 2, 1.0, 2 / 3, 1 / 3), (5, 3, 0.9, 0.64, 0.18), (15, 11, 0.95, 0.36667, 0.06333), (5, 5, 0.9, 0.28, 0.18)],
)
def test_the_closed_form(members, quota, discount, keeps, gets):
    assert symmetric(members, quota, discount) == pytest.approx((keeps, gets), abs=5e-6)


@pytest.mark.parametrize(("members", "quota", "discount"), [(3, 2, 1.0), (5, 3, 0.9), (5, 5, 0.9), (11, 8, 0.95)])
def test_the_equilibrium_of_any_game_is_the_closed_form_where_all_are_alike(members, quota, discount):
    found = divide(np.full(members, 1 / members), discount, lambda yes: yes.sum(axis=1) >= quota)
    keeps, gets = symmetric(members, quota, discount)
    assert np.diagonal(found.shares) == pytest.approx(keeps, abs=1e-12)
    others = ~np.eye(members, dtype=bool)
    assert found.bought[others] == pytest.approx((quota - 1) / (members - 1), abs=1e-12)
    assert found.price == pytest.approx(gets, abs=1e-12)
    assert found.expected == pytest.approx(1 / members, abs=1e-12)


def test_fifteen_members_are_bought_one_by_one_only_when_asked():
    with pytest.raises(ValueError, match="up to 12 members; there are 15"):
        divide(np.full(15, 1 / 15), 0.95, lambda yes: yes.sum(axis=1) >= 11)


def test_without_stationarity_anything_goes_and_this_is_said():
    assert "any division whatever is an equilibrium" in FOLK
