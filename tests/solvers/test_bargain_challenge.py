import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from comity.solvers.bargain.challenge import READINGS, challenge, pressures, readings


@some.composite
def tables(draw):
    members = draw(some.integers(2, 6))
    each = [draw(some.lists(some.integers(1, 10), min_size=members, max_size=members)) for _ in range(3)]
    return np.array(each[0], float), np.array(each[1], float), np.array(each[2]) / 10


@given(tables())
def test_nobody_leaves_the_range_and_all_readings_start_alike(table):
    places, power, cares = table
    found = readings(places, power, cares, rounds=3)
    assert tuple(found) == READINGS
    for run in found.values():
        assert (run.positions[0] == places).all()
        assert places.min() - 1e-9 <= run.positions.min() <= run.positions.max() <= places.max() + 1e-9
        assert run.means[0] == found["published"].means[0]


@given(tables(), some.sampled_from(["least_move", "pairwise"]))
def test_the_scale_does_not_matter(table, reading):
    places, power, cares = table
    plain = challenge(places, power, cares, reading, rounds=1).positions
    stretched = challenge(places * 4 + 8, power * 2, cares, reading, rounds=1).positions
    assert stretched == pytest.approx(plain * 4 + 8, abs=1e-6)


@given(tables())
def test_by_least_move_neither_end_of_the_scale_is_favoured(table):
    places, power, cares = table
    there = challenge(places, power, cares, "least_move", rounds=1).positions
    back = 20 - challenge(20 - places, power, cares, "least_move", rounds=1).positions
    assert back == pytest.approx(there, abs=1e-9)


@pytest.mark.parametrize("reading", READINGS)
def test_names_do_not_matter(reading):
    rng = np.random.default_rng(5)
    for _ in range(20):
        places, power, cares, order = rng.random(7), rng.random(7), rng.random(7), rng.permutation(7)
        named = challenge(places, power, cares, reading, rounds=2).positions
        renamed = challenge(places[order], power[order], cares[order], reading, rounds=2).positions
        assert renamed == pytest.approx(named[:, order], abs=1e-9)


def test_risk_runs_from_one_half_to_two():
    found = pressures([0, 4, 10], [1, 1, 3], [0.5, 0.3, 0.9])
    assert (found.risk.min(), found.risk.max()) == pytest.approx((0.5, 2))


def test_where_all_agree_nothing_happens():
    assert (challenge([5, 5], [1, 1], [1, 1], rounds=2).positions == 5).all()
    with pytest.raises(ValueError, match="nobody has anyone to challenge"):
        pressures([5, 5], [1, 1], [1, 1])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"salience": [80, 40]}, "give it from 0 to 1"),
        ({"power": [-1, 1]}, "Power is missing or negative"),
        ({"positions": [np.nan, 1]}, "A position is missing"),
        ({"positions": [1, 2, 3]}, "have shape"),
        ({"salience": [0, 0]}, "at least one must do both"),
        ({"reading": "mine"}, "no reading 'mine'"),
        ({"rounds": -1}, "-1 rounds"),
        ({"apart": 0}, "told apart"),
    ],
)
def test_what_cannot_be_read(change, says):
    with pytest.raises(ValueError, match=says):
        challenge(**({"positions": [1, 2], "power": [1, 1], "salience": [1, 1], "reading": "published"} | change))
