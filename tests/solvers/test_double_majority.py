import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers import double_majority, power
from comity.solvers.simple import Simple, simplified, weighted


def rule(weights, heads, quota, word):
    names = [str(number) for number in range(len(weights))]
    return simplified(names, [(1,) * len(weights), weights], [heads, quota], (word, (0, 1)))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 40), min_size=1, max_size=8), st.integers(1, 40), st.floats(0, 1), st.floats(0, 1),
    st.sampled_from(["and", "or"]),
)  # fmt: skip
def test_the_error_bound_holds_against_exact_counts(others, first, heads, quota, word):
    weights = (first, *others)
    needs = (1 + int(heads * (len(weights) - 1)), 1 + int(quota * (sum(weights) - 1)))
    names = tuple(str(number) for number in range(len(weights)))
    game = Simple(names, ((1,) * len(weights), weights), needs, (word, (0, 1)))
    assert double_majority.fits(game)
    found, exact = double_majority.measure(game), power.measure(game)
    swing = np.array([float(each) for each in exact.swing_probability])
    shapley = np.array([float(each) for each in exact.shapley_shubik])
    assert (np.abs(found.swing_probability - swing) <= found.swing_error + 1e-300).all()
    assert (np.abs(found.shapley_shubik - shapley) <= found.shapley_error + 1e-300).all()
    assert found.banzhaf == pytest.approx([float(each) for each in exact.banzhaf], abs=1e-12)
    assert found.act == pytest.approx(float(exact.act), abs=1e-13)


@pytest.mark.parametrize("word", ["and", "or"])
def test_a_body_of_classes_against_the_exact_table(word):
    weights = [900, 700, 700, 300] + [40] * 15 + [7] * 20 + [3] * 10
    game = rule(weights, 30, 2200, word)
    found, exact = double_majority.measure(game), power.measure(game)
    assert found.swing_probability == pytest.approx([float(each) for each in exact.swing_probability], rel=1e-12)
    assert found.shapley_shubik == pytest.approx([float(each) for each in exact.shapley_shubik], rel=1e-11)
    assert (found.shapley_error <= 1e-9 * found.shapley_shubik).all()


def test_two_hundred_members_share_out_one():
    told = []
    weights = [3 + (7919 * number) % 400 for number in range(200)]
    game = rule(weights, 120, sum(weights) * 17 // 20, "and")
    found = double_majority.measure(game, progress=lambda done, total: told.append((done, total)))
    assert found.shapley_shubik.sum() == pytest.approx(1, abs=found.shapley_error.sum())
    assert found.shapley_error.sum() < 1e-9
    assert told[-1] == (200, 200)
    order = np.argsort(weights, kind="stable")
    assert (np.diff(found.shapley_shubik[order]) >= -found.shapley_error.max()).all()


def test_refuses_other_rules_and_too_large_tables():
    game = rule([501, 400, 300, 200], 3, 901, "and")
    with pytest.raises(ValueError, match=r"table of 2 x 501 numbers"):
        double_majority.measure(game, cells=100)
    assert not double_majority.fits(game, cells=100)
    with pytest.raises(ValueError, match="one of heads and one of weights"):
        double_majority.measure(weighted([3, 2, 1], quota=4))
    with pytest.raises(ValueError, match="simplify"):
        double_majority.measure(Simple(("A", "B"), ((1, 1), (3, 2)), (1, 9), ("and", (0, 1))))
    many = Simple(("A",) * 1001, ((1,) * 1001, (2,) * 1001), (1, 9), ("and", (0, 1)))
    with pytest.raises(ValueError, match="up to 1000 members"):
        double_majority.measure(many)
