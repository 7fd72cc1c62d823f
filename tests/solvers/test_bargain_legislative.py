import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from comity.solvers.bargain.legislative import divide, spatial_proposals
from comity.solvers.bargain.votes import minimal_winning
from comity.solvers.coalitions import dummies
from comity.solvers.game import NO, YES, weighted
from comity.solvers.simple import weighted as simple


@some.composite
def bodies(draw):
    weights = draw(some.lists(some.integers(0, 6), min_size=2, max_size=6).filter(any))
    quota = draw(some.integers(sum(weights) // 2 + 1, sum(weights)))
    parts = draw(some.lists(some.integers(1, 9), min_size=len(weights), max_size=len(weights)))
    return np.array(weights), quota, np.array(parts) / sum(parts)


def rule(weights, quota):
    return lambda yes: yes @ weights >= quota


@given(bodies(), some.sampled_from([0.0, 0.5, 0.9, 0.99]))
@settings(max_examples=60, deadline=None)
def test_shares_sum_to_one_and_bear_each_other_out(body, discount):
    weights, quota, chance = body
    found = divide(chance, discount, rule(weights, quota))
    assert found.shares.sum(axis=1) == pytest.approx(1, abs=1e-9)
    assert found.expected.sum() == pytest.approx(1, abs=1e-9)
    assert found.error < 1e-6
    # no winning coalition is cheaper than what the proposer pays
    for proposer in range(len(weights)):
        paid = 1 - found.shares[proposer, proposer]
        for coalition in minimal_winning(len(weights), rule(weights, quota)):
            assert found.price[[each for each in coalition if each != proposer]].sum() >= paid - 1e-6


@given(bodies())
@settings(max_examples=30, deadline=None)
def test_nobody_buys_a_dummy(body):
    weights, quota, chance = body
    found = divide(chance, 0.9, rule(weights, quota))
    for dummy in dummies(simple(weights.tolist(), quota)):
        assert np.delete(found.bought[:, int(dummy)], int(dummy)).max() == 0


@given(bodies(), some.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_other_names_do_not_matter(body, chance_of):
    weights, quota, chance = body
    order = list(range(len(weights)))
    chance_of.shuffle(order)
    straight = divide(chance, 0.8, rule(weights, quota)).expected
    turned = divide(chance[order], 0.8, rule(weights[order], quota)).expected
    assert turned == pytest.approx(straight[order], abs=1e-6)


@given(some.integers(2, 5), some.data())
@settings(max_examples=30, deadline=None)
def test_who_proposes_more_often_gets_no_less_under_unanimity(members, data):
    parts = np.array(data.draw(some.lists(some.integers(1, 9), min_size=members, max_size=members)), dtype=float)
    more = parts.copy()
    more[0] += 3
    before, after = (divide(each / each.sum(), 0.9, lambda yes: yes.all(axis=1)).expected[0] for each in (parts, more))
    assert after >= before - 1e-9


def test_a_game_and_its_minimal_coalitions_say_the_same():
    game = weighted([3, 2, 2, 1], quota=5)
    by_game = divide([0.25] * 4, 0.9, lambda yes: game.adopted(np.where(yes, YES, NO)))
    listed = divide([0.25] * 4, 0.9, [(0, 1), (0, 2), (1, 2, 3)])
    assert by_game.expected == pytest.approx(listed.expected, abs=1e-12)
    assert by_game.premium == pytest.approx(np.diagonal(listed.shares) - listed.expected)


def test_a_dictator_keeps_all():
    assert divide([0.2, 0.8], 0.0, [(0,)]).shares.tolist() == [[1, 0], [0, 1]]
    assert divide([0.2, 0.8], 1.0, [(0,)]).expected == pytest.approx([1, 0], abs=1e-6)


@pytest.mark.parametrize(
    ("recognition", "discount", "winning", "says"),
    [
        ([0.5, 0.4], 0.9, [(0, 1)], "sum to one"),
        ([0.5, 0.5], 1.1, [(0, 1)], "between 0 and 1"),
        ([0.5, 0.5], 0.9, [], "no winning coalition"),
        ([0.5, 0.5], 0.9, lambda yes: yes.sum(axis=1) > 2, "Not even all"),
    ],
)
def test_what_cannot_be_divided(recognition, discount, winning, says):
    with pytest.raises(ValueError, match=says):
        divide(recognition, discount, winning)


@some.composite
def houses(draw):
    ideals = draw(some.lists(some.integers(0, 100), min_size=3, max_size=7))
    quota = draw(some.integers(len(ideals) // 2 + 1, len(ideals)))
    return ideals, quota, draw(some.integers(0, 100)), draw(some.sampled_from([0.0, 0.5, 0.9]))


@given(houses(), some.sampled_from([1.0, 2.0]))
@settings(max_examples=60, deadline=None)
def test_every_text_is_accepted_and_the_best_that_is(house, exponent):
    ideals, quota, quo, discount = house
    members = len(ideals)
    found = spatial_proposals(
        ideals,
        1,
        np.full(members, 1 / members),
        discount,
        winning=lambda yes: yes.sum(axis=1) >= quota,
        status_quo=quo,
        exponent=exponent,
    )
    assert found.delay == 0
    low, high = found.accepted[:, 0], found.accepted[:, 1]
    for ideal, text in zip(ideals, found.texts, strict=True):
        assert ((low - 1e-6 <= text) & (text <= high + 1e-6)).any()
        nearest = np.abs(np.clip(ideal, low, high) - ideal).min()
        assert abs(text - ideal) == pytest.approx(nearest, abs=1e-5)
    assert (found.premium >= -1e-5).all()


def test_a_grid_says_what_the_line_says():
    ideals, chance = [0, 40, 50, 80, 100], np.full(5, 0.2)

    def rule(yes):
        return yes.sum(axis=1) >= 3

    line = spatial_proposals(ideals, 1, chance, 0.9, winning=rule, status_quo=0)
    grid = spatial_proposals(ideals, 1, chance, 0.9, winning=rule, status_quo=0, grid=np.linspace(0, 100, 2001))
    assert grid.texts == pytest.approx(line.texts, abs=0.2)
    assert grid.accepted.sum() * 0.05 == pytest.approx(float(line.accepted[0, 1] - line.accepted[0, 0]), abs=0.4)


def test_two_issues_where_only_the_first_matters_are_one():
    axis = np.arange(0, 101, 5.0)
    grid = np.stack(np.meshgrid(axis, [0.0, 50.0], indexing="ij"), axis=-1).reshape(-1, 2)

    def rule(yes):
        return yes.sum(axis=1) >= 2

    found = spatial_proposals(
        [[0, 0], [30, 0], [90, 0]],
        [[1, 0], [1, 0], [1, 0]],
        [0, 0, 1],
        0.0,
        winning=rule,
        status_quo=[0, 0],
        grid=grid,
    )
    assert found.texts[2, 0] == 60


def test_a_body_that_adopts_nothing_lets_every_turn_pass():
    found = spatial_proposals(
        [0, 100], 1, [0.5, 0.5], 0.5, winning=lambda yes: np.zeros(len(yes), dtype=bool), status_quo=50
    )
    assert found.delay == 1
    assert np.isnan(found.texts).all()
    assert found.accepted.shape == (0, 2)


def test_several_issues_need_a_grid():
    with pytest.raises(ValueError, match="need a grid"):
        spatial_proposals([[0, 0]], 1, [1.0], 0.5, winning=lambda yes: yes[:, 0], status_quo=[0, 0])
    with pytest.raises(ValueError, match="2 ideals for 1 chances"):
        spatial_proposals([0, 1], 1, [1.0], 0.5, winning=lambda yes: yes[:, 0], status_quo=0)
