"""Designs of experiments: laws of the designs, and of indices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.solvers.designs import crossed, grid, indices, latin_hypercube, sobol


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_a_grid_holds_every_combination_once(levels):
    points = grid(levels)
    assert len(points) == np.prod(levels) == len({tuple(row) for row in points.tolist()})
    assert points.min() >= 0
    assert points.max() <= 1


@given(st.integers(1, 40), st.integers(1, 5), st.integers(0, 1000))
def test_a_latin_hypercube_has_one_point_in_every_slice_of_every_factor(points, factors, seed):
    cells = (latin_hypercube(points, factors, seed) * points).astype(int)
    assert all(sorted(column) == list(range(points)) for column in cells.T.tolist())


@given(st.integers(0, 6), st.integers(1, 5), st.integers(0, 1000))
def test_sobols_sequence_has_one_point_in_every_slice_too(power, factors, seed):
    cells = (sobol(2**power, factors, seed) * 2**power).astype(int)
    assert all(sorted(column) == list(range(2**power)) for column in cells.T.tolist())


def test_the_same_seed_gives_the_same_points_and_another_others():
    assert (sobol(8, 2, 1) == sobol(8, 2, 1)).all()
    assert (latin_hypercube(8, 2, 1) == latin_hypercube(8, 2, 1)).all()
    assert (sobol(8, 2, 1) != sobol(8, 2, 2)).any()
    assert (latin_hypercube(8, 2, 1) != latin_hypercube(8, 2, 2)).any()


def test_a_crossed_design_changes_one_column_at_a_time():
    cube = crossed(8, 3, seed=1).reshape(5, 8, 3)
    for factor in range(3):
        assert (cube[2 + factor, :, factor] == cube[1, :, factor]).all()
        others = [each for each in range(3) if each != factor]
        assert (cube[2 + factor][:, others] == cube[0][:, others]).all()


def test_a_factor_without_effect_has_no_share_and_a_product_none_alone():
    cube = crossed(1024, 3, seed=1)
    picks = np.random.default_rng(1).integers(0, 1024, (200, 1024))
    found = indices((cube[:, 0] - 0.5) * (cube[:, 1] - 0.5), 3, picks)
    assert found.total[2] == 0
    assert found.first == pytest.approx([0, 0, 0], abs=0.05)
    assert found.total[:2] == pytest.approx([1, 1], abs=0.1)


@given(st.floats(-1e6, 1e6), st.floats(0.1, 1e3))
def test_shares_do_not_depend_on_the_unit_of_the_outcome(shift, scale):
    outcome = crossed(64, 2, seed=1) @ [1.0, 2.0]
    picks = np.arange(64)[None, :]
    plain, other = indices(outcome, 2, picks), indices(shift + scale * outcome, 2, picks)
    assert other.first == pytest.approx(plain.first, abs=1e-6)
    assert other.total == pytest.approx(plain.total, abs=1e-6)


def test_where_nothing_varies_no_factor_has_a_share():
    found = indices(np.full(16, 3.7), 2, np.arange(4)[None, :])
    assert found.variance == 0
    assert found.first.tolist() == found.total.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: grid([]), "at least one factor"),
        (lambda: grid([2, 0]), "one level or more"),
        (lambda: latin_hypercube(0, 1, 1), "at least one point"),
        (lambda: sobol(4, 0, 1), "one factor"),
        (lambda: sobol(100, 2, 1), "take 64 or 128, not 100"),
        (lambda: sobol(2, 30_000, 1), "21,201 factors, not for 30,000"),
        (lambda: indices(np.zeros(7), 2, np.zeros((1, 1), int)), "7 outcomes are no design crossed for 2 factors"),
        (lambda: indices([1, np.nan, 1, 1], 2, np.zeros((1, 1), int)), "no finite number"),
    ],
)
def test_what_is_no_design_is_refused(call, told):
    with pytest.raises(ValueError, match=told):
        call()
