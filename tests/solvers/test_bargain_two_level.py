import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from comity.solvers.bargain.two_level import constrained_share, ratification_probability, schelling_effect, truncated

share = some.floats(0, 1)


@given(share, share)
def test_both_ratifiers_get_their_floor_or_there_is_no_agreement(mine, theirs):
    got = constrained_share(mine, theirs)
    if mine + theirs > 1:
        assert got is None
    else:
        assert got >= mine - 1e-12
        assert 1 - got >= theirs - 1e-12


@given(some.lists(some.tuples(*[some.integers(0, 100)] * 4), min_size=1, max_size=6))
def test_what_is_left_is_what_both_accept(ends):
    low, high, home_low, home_high = np.array(ends, dtype=float).T
    left, right = truncated(low, high, home_low, home_high)
    for number in range(len(ends)):
        accepted = [
            text
            for text in range(101)
            if low[number] <= text <= high[number] and home_low[number] <= text <= home_high[number]
        ]
        kept = [text for text in range(101) if left[number] <= text <= right[number]]
        assert kept == accepted


def test_no_ratifier_leaves_the_zone_as_it_is_and_no_zone_stays_none():
    low, high = truncated([10, np.nan], [20, np.nan], [np.nan, 0], [np.nan, 100])
    assert (low[0], high[0]) == (10, 20)
    assert np.isnan(low[1])
    assert np.isnan(high[1])


def test_several_ratifiers_must_all_agree():
    ideals = np.array([[40.0, 90.0], [50.0, 60.0]])
    assert ratification_probability(55, ideals, np.full((2, 2), 20.0)) == 0.5
    assert ratification_probability([55, 52], ideals[:, 0], [20.0, 20.0]).tolist() == [1, 1]
    with pytest.raises(ValueError, match="drawn alike"):
        ratification_probability(50, [1.0], [1.0, 2.0])


@given(some.integers(1, 100), some.integers(1, 100), some.integers(1, 100))
def test_a_ratifier_at_one_with_its_government_changes_nothing(own, other, quo):
    effect = schelling_effect((own, other), own, quo)
    assert effect.gain is None or effect.gain == pytest.approx(0, abs=1e-4)
    mirrored = schelling_effect((-own, -other), -own, -quo)
    assert (mirrored.without is None) == (effect.without is None)
    if effect.without is not None:
        assert mirrored.without == pytest.approx(-effect.without, abs=1e-4)
