"""Influence and pressure without rules: seven actors on three issues, over ten rounds.

Source: KAPSARC Toolkit for Behavioral Analysis (KTAB, MIT licence), examples/smp/doc: dummyData_3Dim.csv and the
reference run of 30 May 2017.
"""

import numpy as np
import pytest

from comity.solvers.bargain.coercion import bargains, press
from comity.solvers.bargain.influence import contests, lens, probabilistic_condorcet

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
OFFERS = np.array(
    [
        [0.82325, 0.83726, 0.80570, 0.81633, 0.80676],
        [0.71543, 0.73202, 0.77307, 0.74652, 0.74814],
        [0.51258, 0.52804, 0.52407, 0.51692, 0.52177],
        [0.74789, 0.76561, 0.77479, 0.79217, 0.80283],
        [0.96427, 0.96840, 0.96715, 0.96956, 0.96810],
        [0.75597, 0.77250, 0.74109, 0.77766, 0.76567],
        [0.73554, 0.72736, 0.72174, 0.74794, 0.73902],
    ]
)
"""What each actor makes of the five bargains that actor 0 could take."""


@pytest.fixture(scope="module")
def found():
    return lens(PLACES / 100, POWER, CARES / 100)


def test_what_positions_are_worth_to_the_first(found):
    assert found.values[0] == pytest.approx([1, 0.903, 0.639, 0.870, 0.929, 0.882, 0.890], abs=5e-4)


def test_attitudes_to_risk(found):
    assert found.risk == pytest.approx([-0.500, -0.459, -0.499, -0.274, 1.000, -0.232, -0.430], abs=5e-4)


def test_whose_position_prevails(found):
    expected = [0.0047, 0.0302, 0.0054, 0.1492, 0.6001, 0.1447, 0.0656]
    assert found.probabilities == pytest.approx(expected, abs=5e-5)


def test_which_of_five_bargains_prevails():
    # to what utilities printed with five digits allow
    assert probabilistic_condorcet(OFFERS, POWER) == pytest.approx([0.0004, 0.2938, 0.0137, 0.4968, 0.1953], abs=1.5e-4)
    assert contests(OFFERS, POWER)[0] == pytest.approx([0.5, 0.0530, 0.3896, 0.0716, 0.1627], abs=2e-4)


def test_a_position_held_by_two_stands_once():
    """After the first round actors 0 and 4 stand together: six positions (columns 0 1 2 3 5 6 of the printed table).

    The table has four decimals, and that alone moves the chances by up to 3e-4 (as it does in the first round, where
    they are known without rounding). Counted twice, the position of 0 and 4 would have .63 and .19.
    """
    printed = np.array(
        [
            [1.0000, 0.9998, 0.8719, 0.9839, 0.9932, 0.9984],
            [0.9198, 1.0000, 0.4486, 0.8481, 0.8086, 0.7876],
            [0.4569, 0.4597, 1.0000, 0.4903, 0.3699, 0.4407],
            [0.8783, 0.8821, 0.4540, 1.0000, 0.7431, 0.7074],
            [1.0000, 0.9787, 0.7765, 0.9512, 0.9648, 0.9590],
            [0.8567, 0.7396, 0.3439, 0.7527, 1.0000, 0.8610],
            [0.8375, 0.7525, 0.3521, 0.7695, 0.8475, 1.0000],
        ]
    )
    expected = [0.6059, 0.0509, 0.0096, 0.1406, 0.1217, 0.0713]
    assert probabilistic_condorcet(printed, POWER) == pytest.approx(expected, abs=3e-4)


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
