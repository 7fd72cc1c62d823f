"""Tables of the weight of yes."""

import numpy as np
import pytest

from comity.solvers.tallies import below, doubt, rising, swings, tally


def test_a_table_is_the_product_of_its_members():
    weights, chances = [3, 70_000, 1, 0, 40_000], [0.25, 0.5, 0.125, 0.7, 1.0]
    polynomial = np.ones(1)
    for weight, chance in zip(weights, chances, strict=True):
        factor = np.zeros(weight + 1)
        factor[0] += 1 - chance
        factor[-1] += chance
        grown = np.zeros(len(polynomial) + weight)
        grown[: len(polynomial)] += polynomial * (1 - chance)
        grown[weight:] += polynomial * chance
        polynomial = grown
    assert tally(weights, chances, len(polynomial)).tolist() == pytest.approx(polynomial.tolist(), abs=1e-16)
    assert below(weights, chances, 70_000) == pytest.approx(polynomial[:70_000].sum())


def test_rising_sums_lose_few_digits():
    values = np.full(2**20, 0.1)
    found = rising(values)
    assert abs(found[-1] - 2**20 * 0.1) / found[-1] < doubt(0, 2**20)
    assert doubt(0, 2**20) < 1e-12


def test_members_outside_the_table_are_not_taken_out_of_it():
    table = rising(tally([2, 1], [0.5, 0.5], 4))
    weights, chances = np.array([2, 1, 1]), np.full(3, 0.5)
    found, _ = swings(table, 3, weights, chances, inside=np.array([True, True, False]))
    assert found.tolist() == [0.5, 0.5, 0.25]
