"""Which weights give a wanted power: exactly for few members, nearly for many."""

from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers.design import power_of
from comity.solvers.inverse import _games, inverse, representation


@pytest.mark.parametrize(("members", "weighted"), [(2, 3), (3, 8), (4, 25), (5, 117)])
def test_all_weighted_games_are_looked_at(members, weighted):
    """The numbers of weighted games up to renaming (Kurz 2012); a game and its dual have equal power.

    The proper games and their duals are all weighted games, the self-dual ones counted once.
    """
    wins = _games(members).wins
    self_dual = (wins != wins[:, ::-1]).all(axis=1)
    expressed = np.array([representation(game) is not None for game in wins])
    assert 2 * expressed.sum() - (expressed & self_dual).sum() == weighted


@given(st.lists(st.floats(0.01, 1), min_size=4, max_size=4), st.sampled_from(["banzhaf", "shapley_shubik"]))
@settings(max_examples=25, deadline=None)
def test_no_small_weights_are_nearer(target, index):
    found = inverse(target, index=index)
    shares = np.array(target) / sum(target)
    order = np.argsort(-shares, kind="stable")
    for weights in combinations_with_replacement(range(3, -1, -1), 4):
        for quota in range(sum(weights) // 2 + 1, sum(weights) + 1):
            power = power_of(weights, quota, index)
            assert np.abs(power - shares[order]).sum() >= found.distance - 1e-9
    assert found.distance == pytest.approx(np.abs(power_of(found.weights, found.quota, index) - shares).sum())
    assert found.exact


@pytest.mark.parametrize("index", ["banzhaf", "shapley_shubik"])
@pytest.mark.parametrize(
    ("weights", "quota"), [([1], 1), ([2, 1, 1], 3), ([3, 2, 2, 1, 1], 5), ([4, 3, 3, 2, 1, 1], 8)]
)
def test_power_that_some_weights_give_is_met(weights, quota, index):
    found = inverse(power_of(weights, quota, index), index=index)
    assert found.distance < 1e-12
    assert 2 * found.quota > sum(found.weights)


def test_a_target_in_any_order():
    first, second = inverse([0.5, 0.3, 0.1, 0.1]), inverse([0.1, 0.5, 0.1, 0.3])
    assert first.weights == tuple(second.weights[place] for place in (1, 3, 0, 2))
    assert first.quota == second.quota


def test_the_council_of_six_could_not_give_luxembourg_its_share():
    """Shares of people of 1958: no weights of six members come nearer than these."""
    found = inverse([54.3, 48.8, 44.5, 11.2, 9.1, 0.3])
    assert found.exact
    assert found.distance > 0.02


def test_many_members_and_a_good_start():
    populations = np.array([83, 67, 60, 47, 38, 19, 17, 11, 10, 10, 9, 8, 7, 5, 4, 2, 1])
    target = np.sqrt(populations)
    found = inverse(target, budget=120)
    shares = target / target.sum()
    proportional = [round(200 * share) for share in shares]
    plain = np.abs(power_of(proportional, sum(proportional) // 2 + 1) - shares).sum()
    assert not found.exact
    assert found.distance < plain
    assert found.distance < 0.05
    again = inverse(target, budget=120)
    assert (again.weights, again.quota) == (found.weights, found.quota)


def test_starts_are_given_not_drawn():
    target = np.arange(9, 0, -1.0)
    starts = np.linspace(0, 1, 18).reshape(2, 9)
    with_starts = inverse(target, starts=starts, budget=60)
    assert (with_starts.weights, with_starts.quota) == (
        inverse(target, starts=starts, budget=60).weights,
        with_starts.quota,
    )
    with pytest.raises(ValueError, match="one for each of the 9 members"):
        inverse(target, starts=np.ones((1, 8)))


@pytest.mark.parametrize("target", [[], [0, 0], [1, -1], [float("nan"), 1]])
def test_what_is_no_target(target):
    with pytest.raises(ValueError, match="A target is one share"):
        inverse(target)


def test_an_unknown_index():
    with pytest.raises(ValueError, match="no index 'johnston'"):
        inverse([1, 1], index="johnston")


def test_a_game_that_no_weights_express():
    """AB, CD and every coalition of three win: the four members are not ranked, so no weights exist."""
    wins = np.zeros(16, dtype=bool)
    for coalition in range(16):
        wins[coalition] = coalition.bit_count() >= 3 or coalition in {0b1100, 0b0011}
    assert representation(wins) is None
