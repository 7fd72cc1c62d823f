"""Majorities in the plane go anywhere, unless the ideals lie symmetrically.

Source: Richard McKelvey, "Intransitivities in multidimensional voting models and some implications for agenda control",
Journal of Economic Theory 12 (1976), 472-482; Charles Plott, "A notion of equilibrium and its possibility under majority
rule", American Economic Review 57 (1967), 787-806.
"""

import pytest

from comity.solvers.game import weighted
from comity.solvers.spatial.agendas import agenda, cycle
from comity.solvers.spatial.plane import beats, has_core, unbeaten

TRIANGLE = [(0, 0), (4, 0), (2, 3)]
STAR = [(0, 0), (1, 0), (-2, 0), (0, 3), (0, -1)]
"""The centre, and two pairs on opposite sides of it at whatever distance: Plott's conditions."""
THREE, FIVE = weighted([1] * 3, quota=2), weighted([1] * 5, quota=3)


@pytest.mark.parametrize("target", [(2, 1), (0, 0), (6, 5), (-4, -3), (12, 12)])
@pytest.mark.parametrize("start", [(2, 1), (4, 0)])
def test_an_agenda_leads_from_anywhere_to_anywhere(start, target):
    walk = agenda(THREE, TRIANGLE, start, target)
    assert walk is not None
    assert (walk[0] == start).all()
    assert (walk[-1] == target).all()
    assert beats(THREE, TRIANGLE, walk[1:], walk[:-1]).all()


def test_three_ideals_in_a_triangle_have_a_cycle_and_no_core():
    assert not has_core(THREE, TRIANGLE)
    walk = cycle(THREE, TRIANGLE, (2, 1))
    assert len(walk) == 4
    assert beats(THREE, TRIANGLE, walk[1:], walk[:-1]).all()


def test_symmetry_has_a_core_at_the_centre_and_no_cycle():
    assert has_core(FIVE, STAR)
    assert list(unbeaten(FIVE, STAR, STAR)) == [True, False, False, False, False]
    for start in [(0, 0), (1, 1), (-2, 3), (0.5, 0)]:
        assert cycle(FIVE, STAR, start) is None


def test_the_smallest_asymmetry_undoes_it():
    assert not has_core(FIVE, [*STAR[:4], (0.01, -1)])


def test_without_symmetry_a_cycle_is_found():
    moved = [*STAR[:4], (1, -1)]
    assert not has_core(FIVE, moved)
    walk = cycle(FIVE, moved, (1, 1))
    assert beats(FIVE, moved, walk[1:], walk[:-1]).all()


def test_unanimity_has_no_cycle():
    assert cycle(weighted([1] * 3, quota=3), TRIANGLE, (9, 9)) is None
