import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from comity.solvers.bargain.legislative import divide
from comity.solvers.bargain.unanimity import random_recognition, rejector_proposes, rotation, rubinstein

patience = some.lists(some.floats(0, 0.99), min_size=2, max_size=6)


@pytest.mark.parametrize("protocol", [rotation, rejector_proposes])
@given(discounts=patience)
def test_shares_sum_to_one_and_none_is_negative(protocol, discounts):
    shares = protocol(discounts)
    assert shares.sum(axis=1) == pytest.approx(1)
    assert shares.min() >= -1e-12


@given(discounts=patience)
def test_every_share_is_what_waiting_is_worth(discounts):
    members = len(discounts)
    turns = rotation(discounts)
    for turn in range(members):
        for member in set(range(members)) - {turn}:
            assert turns[turn, member] == pytest.approx(discounts[member] * turns[(turn + 1) % members, member])
    rejected = rejector_proposes(discounts)
    own = np.diagonal(rejected)
    others = ~np.eye(members, dtype=bool)
    assert rejected[others] == pytest.approx(np.broadcast_to(discounts * own, rejected.shape)[others])


@given(some.floats(0, 0.99), some.floats(0, 0.99))
def test_two_in_turn_are_a_rotation_of_two(first, second):
    assert rotation([first, second])[0] == pytest.approx(rubinstein(first, second))
    assert rejector_proposes([first, second])[0] == pytest.approx(rubinstein(first, second))


@given(discounts=patience, data=some.data())
def test_drawn_proposers_are_a_closed_rule_under_unanimity(discounts, data):
    parts = np.array(
        data.draw(some.lists(some.integers(1, 9), min_size=len(discounts), max_size=len(discounts))), dtype=float
    )
    chance = parts / parts.sum()
    shares = random_recognition(chance, discounts)
    assert shares == pytest.approx(divide(chance, discounts, [range(len(chance))]).shares, abs=1e-9)


@pytest.mark.parametrize("call", [lambda: rubinstein(1, 1), lambda: rotation([1.0, 0.5]), lambda: rotation([[0.5]])])
def test_who_never_tires_divides_in_any_way(call):
    with pytest.raises(ValueError, match="factor"):
        call()


def test_chances_must_be_chances():
    with pytest.raises(ValueError, match="sum to one"):
        random_recognition([0.5, 0.4], [0.9, 0.9])
