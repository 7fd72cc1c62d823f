"""Power under correlated preferences by member."""

import numpy as np
import pytest

from comity.kernel.streams import Stream
from comity.solvers import power
from comity.solvers.correlated import Within, opinion_of
from comity.solvers.game import weighted
from comity.solvers.sampling import common_factor, ideal_points

VOTES = Stream(7, "votes").uniforms
THREE = weighted([1, 1, 1], quota=2)


def test_no_correlation_is_the_index_itself():
    game = weighted([4, 3, 2, 1], quota=6)
    found = power.of(game, "swing_probability", correlation=0.0, uniforms=VOTES, draws=40_000)
    known = power.of(game, "swing_probability")
    assert all(found[member].low < known[member] < found[member].high for member in game.members)


def test_the_arcsine_law_of_two_others():
    # a vote of three decides where the others differ: one half less asin(correlation) over pi
    for correlation in (0.2, 0.5, 0.9):
        found = power.of(THREE, "swing_probability", correlation=correlation, uniforms=VOTES, draws=60_000)
        truth = 0.5 - np.arcsin(correlation) / np.pi
        assert found["0"].low < truth < found["0"].high
        assert found["0"].draws == 60_000


def test_who_agrees_more_decides_less_and_succeeds_more():
    found = {
        index: [power.of(THREE, index, correlation=rho, uniforms=VOTES, draws=20_000)["0"] for rho in (0.0, 0.6)]
        for index in ("swing_probability", "success", "banzhaf")
    }
    assert found["swing_probability"][0] > found["swing_probability"][1]
    assert found["success"][0] < found["success"][1]
    assert found["banzhaf"] == pytest.approx([1 / 3, 1 / 3], abs=0.02)


def test_opinions_of_camps_and_of_positions():
    camps = common_factor(0.5, np.array([0.9, 0.9, -0.9]))
    line = ideal_points(np.array([[0.0], [0.5], [1.0]]), sharpness=50)
    swing = power.of(THREE, "swing_probability", correlation=camps, uniforms=VOTES, draws=20_000)
    assert swing["2"] < swing["0"]
    middle = power.of(THREE, "swing_probability", correlation=line, uniforms=VOTES, draws=20_000)
    assert middle["1"] > middle["0"]
    assert opinion_of(line, 3) is line


def test_a_number_that_knows_its_interval_is_a_number():
    share = Within(0.25, 0.2, 0.3, draws=10)
    assert share * 4 == 1
    assert (share.low, share.high, share.draws) == (0.2, 0.3, 10)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"correlation": 1.0}, "below 1"),
        ({"correlation": -0.1}, "Opposed camps"),
        ({"correlation": float("nan")}, "below 1"),
        ({"correlation": 0.5, "index": "johnston"}, "swing_probability, banzhaf or success"),
        ({"correlation": 0.5, "uniforms": None}, "give uniform numbers"),
        ({"correlation": 0.5, "absent": {"0": 0.1}}, "one at a time"),
        ({"correlation": ideal_points(np.zeros((2, 1)))}, "speaks of 2 members"),
    ],
)
def test_what_it_refuses(given, message):
    with pytest.raises(ValueError, match=message):
        power.of(THREE, given.pop("index", "swing_probability"), **{"uniforms": VOTES, **given})
