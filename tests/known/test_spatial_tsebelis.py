"""Veto players in the plane.

Source: George Tsebelis, Veto Players: How Political Institutions Work (2002), chapter 1, propositions 1.1 to 1.3. The
areas are those of discs: the first win set is 13 pi, the lens of the first two 26 arccos(2 / sqrt 13) - 12, and the
others lie around that lens.
"""

import numpy as np
import pytest
from scipy.stats import qmc

from comity.solvers.game import weighted
from comity.solvers.spatial.plane import has_core, unanimity_core, win_set_area

IDEALS = [(0, 0), (4, 0), (2, 3), (1.9, 1.0)]
POINTS = qmc.Sobol(2, scramble=False).random_base2(16)


def area(players, quo):
    return win_set_area(weighted([1] * players, quota=players), IDEALS[:players], quo, POINTS)


def test_veto_players_added_to_two_whose_lens_they_hold_change_nothing():
    lens = 26 * np.arccos(2 / np.sqrt(13)) - 12
    found = [area(players, (2, -3)) for players in range(1, 5)]
    assert found == pytest.approx([13 * np.pi, lens, lens, lens], rel=2e-3)
    assert [round(each, 1) for each in found] == [40.8, 13.6, 13.6, 13.6]


def test_the_fourth_player_is_inside_the_unanimity_core_of_the_others():
    assert unanimity_core(IDEALS[:3], IDEALS[3])[0]


def test_a_status_quo_inside_the_core_stays():
    assert area(2, (2, 1)) > 0
    assert area(3, (2, 1)) == 0
    assert has_core(weighted([1] * 3, quota=3), IDEALS[:3], [(2, 1)])
