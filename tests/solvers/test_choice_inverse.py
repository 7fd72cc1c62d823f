"""The inverse question: found weights do seat the set, refusals are proved, both hold against a grid of all weights."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from comity.solvers.choice.inverse import weighting_for
from comity.solvers.choice.score import Scoring

GRID = np.array([(a, b, 40 - a - b) for a, b in product(range(41), repeat=2) if a + b <= 40]) / 40


def seats(values, weights, members):
    scores = Scoring.of(values).scores(weights)
    outside = [state for state in range(len(values)) if state not in members]
    return scores[list(members)].min(axis=-1) - scores[outside].max(axis=-1)


@settings(max_examples=40, deadline=None)
@given(
    arrays(np.float64, (6, 3), elements=st.integers(0, 9).map(float)), st.sampled_from(list(combinations(range(6), 2)))
)
def test_exact_against_all_weights_on_a_grid(values, members):
    found = weighting_for(Scoring.of(values), members)
    margins = [seats(values, weights, members) for weights in GRID]
    assert found.margin >= max(margins) - 1e-6
    assert found.weights.sum() == pytest.approx(1)
    if found.exists:
        assert seats(values, found.weights, members) == pytest.approx(found.margin)
        for weights, margin in zip(GRID, margins, strict=True):
            if margin >= 0:
                assert (weights >= found.low - 1e-6).all()
                assert (weights <= found.high + 1e-6).all()
        return
    assert max(margins) <= 1e-9
    mix = found.obstacle
    assert sum(mix.outsiders.values()) == pytest.approx(1)
    assert sum(mix.insiders.values()) == pytest.approx(1)
    assert not set(mix.outsiders) & set(members)
    assert set(mix.insiders) <= set(members)
    ahead = sum(p * values[s] for s, p in mix.outsiders.items()) - sum(p * values[s] for s, p in mix.insiders.items())
    assert (ahead >= -1e-5).all()


def test_the_largest_margin_by_hand():
    # insiders 0 and 1 against 2: w gives 3w - 1(1-w) and -w + 3(1-w) ahead, equal at w = 1/2 with margin 1
    found = weighting_for(Scoring.of(np.array([[4.0, 0.0], [0.0, 4.0], [1.0, 1.0]])), [0, 1])
    assert (found.exists, found.margin) == (True, pytest.approx(1.0))
    assert found.weights == pytest.approx([0.5, 0.5])
    assert found.low == pytest.approx([0.25, 0.25])
    assert found.high == pytest.approx([0.75, 0.75])
    assert found.obstacle is None


def test_dominance_is_named():
    found = weighting_for(Scoring.of(np.array([[5.0, 5.0], [2.0, 3.0], [2.0, 1.0]])), [0, 2])
    assert not found.exists
    assert (found.obstacle.outsiders, found.obstacle.insiders) == ({1: 1.0}, {2: 1.0})
    assert found.obstacle.dominance
    assert not found.obstacle.equal
    assert found.obstacle.ahead.tolist() == [0.0, 2.0]


def test_a_mix_of_outsiders_above_one_insider_is_found():
    # neither 0 nor 1 dominates 2, but half of each is (2, 2)
    found = weighting_for(Scoring.of(np.array([[4.0, 0.0], [0.0, 4.0], [1.0, 1.0]])), [2])
    assert not found.exists
    assert not found.obstacle.dominance
    assert found.obstacle.outsiders == pytest.approx({0: 0.5, 1: 0.5})
    assert found.obstacle.insiders == {2: 1.0}
    assert found.obstacle.ahead == pytest.approx([1.0, 1.0])


def test_a_reason_against_one_insider_comes_before_one_against_several():
    # outsider (1.7, 1.7) leads the two insiders' mean by more, but with a quarter of (0, 3) it leads one of them alone
    values = np.array([[1.0, 1.75], [1.75, 1.0], [3.0, 0.0], [1.7, 1.7], [0.0, 3.0]])
    found = weighting_for(Scoring.of(values), [0, 1])
    assert not found.exists
    assert found.obstacle.insiders == {0: 1.0}
    assert found.obstacle.outsiders == pytest.approx({3: 0.75, 4: 0.25})


def test_a_mix_above_a_mix_of_insiders_is_found():
    # each insider alone can be ahead of both outsiders, but never both at once
    values = np.array([[5.0, 0.0], [0.0, 5.0], [3.0, 3.0]])
    for insider in (0, 1):
        assert weighting_for(Scoring.of(values[[insider, 2]]), [0]).exists
    found = weighting_for(Scoring.of(values), [0, 1])
    assert not found.exists
    assert found.obstacle.insiders == pytest.approx({0: 0.5, 1: 0.5})
    assert found.obstacle.outsiders == {2: 1.0}
    assert found.obstacle.ahead == pytest.approx([0.5, 0.5])


def test_equals_can_be_parted_by_a_tie_only():
    found = weighting_for(Scoring.of(np.array([[1.0, 2.0], [1.0, 2.0]])), [0])
    assert (found.exists, found.margin) == (False, 0.0)
    assert found.obstacle.equal


def test_the_weighted_product_is_decided_by_its_logarithms():
    values = np.array([[8.0, 1.0], [1.0, 8.0], [2.0, 2.0]])
    found = weighting_for(Scoring.of(values, "weighted_product"), [0, 1])
    assert found.exists
    assert found.margin == pytest.approx(np.log(np.sqrt(8) / 2))
    assert not weighting_for(Scoring.of(np.where(values == 2, 3.0, values), "weighted_product"), [0, 1]).exists


def test_topsis_and_empty_sets_are_refused():
    with pytest.raises(ValueError, match="TOPSIS"):
        weighting_for(Scoring.of(np.eye(3), "topsis"), [0])
    for members in ([], [0, 1, 2]):
        with pytest.raises(ValueError, match="at least one"):
            weighting_for(Scoring.of(np.eye(3)), members)
