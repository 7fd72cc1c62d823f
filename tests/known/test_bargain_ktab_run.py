"""Pressure without rules: seven actors on three issues, over ten rounds.

Source: KAPSARC Toolkit for Behavioral Analysis (KTAB, MIT licence), examples/smp/doc: dummyData_3Dim.csv and the
reference run of 30 May 2017.
"""

import numpy as np
import pytest

from comity.solvers.bargain.coercion import bargains, press

POWER = [102.543, 53.393, 129.643, 75.920, 63.224, 120.048, 54.178]
PLACES = np.array(
    [
        [75.79, 6.37, 70.45],
        [82.72, 73.50, 64.00],
        [82.45, 90.89, 0.07],
        [62.52, 50.82, 62.33],
        [82.34, 45.77, 73.31],
        [84.48, 33.70, 88.11],
        [70.96, 33.46, 90.36],
    ]
)
CARES = np.array(
    [
        [49.53, 5.91, 28.15],
        [30.33, 21.22, 24.79],
        [48.47, 13.55, 34.62],
        [20.76, 39.24, 22.21],
        [40.96, 25.43, 22.59],
        [22.92, 39.35, 15.42],
        [31.75, 27.93, 26.03],
    ]
)


def test_who_challenges_whom_in_the_first_round():
    drawn = bargains(PLACES / 100, POWER, CARES / 100)
    assert {each.by: each.of for each in drawn} == {0: 6, 5: 1, 1: 0, 6: 1, 2: 6, 4: 0, 3: 0}
    assert drawn[0].chance == pytest.approx(0.7643, abs=5e-5)
    assert drawn[0].gain == pytest.approx(0.0947, abs=5e-5)
    assert drawn[0].own * 100 == pytest.approx([75.61, 24.78, 71.95], abs=1e-9)
    assert drawn[0].theirs * 100 == pytest.approx([75.61, 24.79, 71.95], abs=1e-9)


def test_the_full_run():
    run = press(PLACES / 100, POWER, CARES / 100, rounds=10) * 100
    assert run.shape == (11, 7, 3)
    assert (run[:, 2] == PLACES[2]).all()
    history = {
        (0, 0): [75.8, 79.5, 80.6, 80.6, 78.5, 78.5, 78.5, 78.5, 78.6, 78.6, 78.6],
        (1, 1): [73.5, 56.3, 27.5, 30.5, 30.6, 30.6, 30.9, 31.2, 34.4, 31.8, 31.8],
        (3, 2): [62.3, 63.0, 63.5, 63.5, 63.5, 63.5, 63.7, 63.7, 63.7, 63.7, 63.7],
        (4, 0): [82.3, 79.5, 81.5, 78.3, 78.5, 78.5, 78.6, 80.5, 78.6, 78.6, 78.6],
        (5, 2): [88.1, 86.3, 75.9, 76.3, 76.1, 75.9, 75.9, 75.9, 75.2, 75.2, 75.2],
        (6, 1): [33.5, 24.8, 27.5, 28.7, 28.7, 34.6, 31.2, 31.2, 31.3, 31.3, 31.6],
    }
    for (actor, issue), printed in history.items():
        assert run[:, actor, issue] == pytest.approx(printed, abs=0.0501)
    assert run[-1, 4] == pytest.approx([78.6, 31.6, 74.1], abs=0.0501)
