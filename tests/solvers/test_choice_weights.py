"""Weights: uniform on the region asked for, nowhere else, and impossible regions refused in a sentence."""

from itertools import pairwise, permutations

import numpy as np
import pytest

from comity.kernel.streams import Stream
from comity.solvers.choice.weights import Region, limits

NAMES = ["a", "b", "c", "d"]


def drawn(allowed, draws=20_000, seed=3):
    criteria = allowed.rows.shape[1]
    return Region.of(allowed).draw(Stream(seed, "weights").uniforms(range(draws), range(criteria)))


def test_all_weightings_are_drawn_alike():
    weights = drawn(limits(NAMES))
    assert np.allclose(weights.sum(axis=1), 1)
    assert (weights >= 0).all()
    assert weights.mean(axis=0) == pytest.approx([0.25] * 4, abs=0.006)
    for share in (0.1, 0.3, 0.6):  # a weight exceeds x in (1 - x)^3 of all weightings of four
        assert (weights > share).mean(axis=0) == pytest.approx([(1 - share) ** 3] * 4, abs=0.012)


def test_a_rank_order_is_one_of_24_equal_pieces():
    ordered = drawn(limits(NAMES, order=["d", "b", "a", "c"]))
    assert (np.diff(ordered[:, [3, 1, 0, 2]], axis=1) <= 1e-12).all()
    # mean weights of a complete rank order (rank-order centroids, Barron and Barrett 1996)
    assert ordered[:, [3, 1, 0, 2]].mean(axis=0) == pytest.approx([25 / 48, 13 / 48, 7 / 48, 3 / 48], abs=0.006)
    everywhere = drawn(limits(NAMES))
    for order in list(permutations(range(4)))[:3]:
        assert (np.diff(everywhere[:, list(order)], axis=1) <= 0).all(axis=1).mean() == pytest.approx(1 / 24, abs=0.006)


@pytest.mark.parametrize(
    ("ranges", "order"),
    [
        ({"a": (0.1, 0.4), "b": (0.2, 0.3)}, []),
        ({"a": (0.1, 0.6), "c": (0.0, 0.2)}, ["b", "a"]),
        ({"a": (0.2, 1.0), "b": (0.1, 1.0)}, []),
        ({"d": (0.3, 0.3)}, ["a", "b"]),
    ],
)
def test_a_region_is_drawn_as_if_by_throwing_away_what_lies_outside(ranges, order):
    weights = drawn(limits(NAMES, ranges, order))
    fixed = {name: low for name, (low, high) in ranges.items() if low == high}
    free = [name for name in NAMES if name not in fixed]
    plain = drawn(limits(free), 200_000, seed=4) * (1 - sum(fixed.values()))
    kept = np.stack([plain[:, free.index(n)] if n in free else np.full(len(plain), fixed[n]) for n in NAMES], axis=1)
    for name, (low, high) in ranges.items():
        assert weights[:, NAMES.index(name)].min() >= low - 1e-9
        assert weights[:, NAMES.index(name)].max() <= high + 1e-9
        if low < high:
            kept = kept[(kept[:, NAMES.index(name)] >= low) & (kept[:, NAMES.index(name)] <= high)]
    for before, after in pairwise(order):
        assert (weights[:, NAMES.index(before)] >= weights[:, NAMES.index(after)] - 1e-9).all()
        kept = kept[kept[:, NAMES.index(before)] >= kept[:, NAMES.index(after)]]
    assert len(kept) > 3000
    assert np.allclose(weights.mean(axis=0), kept.mean(axis=0), atol=0.008)
    assert np.allclose(np.cov(weights.T), np.cov(kept.T), atol=0.002)
    assert np.allclose(np.quantile(weights, [0.1, 0.9], axis=0), np.quantile(kept, [0.1, 0.9], axis=0), atol=0.015)


def test_the_extent_takes_in_what_the_other_limits_imply():
    allowed = limits(["a", "b", "c"], {"a": (0.5, 0.7)}, order=["b", "c"])
    assert allowed.low == pytest.approx([0.5, 0.15, 0.0])
    assert allowed.high == pytest.approx([0.7, 0.5, 0.25])


def test_a_single_point_is_drawn_as_itself():
    assert np.allclose(drawn(limits(["a", "b"], {"a": (0.3, 0.3)}), 3), [[0.3, 0.7]] * 3)
    assert np.allclose(drawn(limits(["a", "b"], {"a": (0.5, 1.0)}, ["b", "a"]), 3), [[0.5, 0.5]] * 3)
    assert np.allclose(drawn(limits(["a"]), 3), 1.0)


@pytest.mark.parametrize(
    ("ranges", "order", "message"),
    [
        ({"a": (0.6, 1), "b": (0.5, 1)}, [], "least weights sum to 1.1"),
        (dict.fromkeys(NAMES, (0, 0.2)), [], "largest weights sum to 0.8"),
        ({"a": (0.6, 0.5)}, [], "is none"),
        ({"a": (0.1, 1.5)}, [], "is none"),
        ({"z": (0, 1)}, [], "no criterion 'z'; the criteria are a, b, c, d"),
        ({"a": (0.0, 0.1), "b": (0.3, 1)}, ["a", "b"], "No weights keep to these ranges and this order"),
    ],
)
def test_impossible_limits_are_refused_in_a_sentence(ranges, order, message):
    with pytest.raises(ValueError, match=message):
        limits(NAMES, ranges, order)


def test_too_many_free_weights_under_ranges_are_refused():
    names = [f"c{number}" for number in range(10)]
    with pytest.raises(ValueError, match="up to 8 criteria"):
        Region.of(limits(names, {"c0": (0.0, 0.5)}))
