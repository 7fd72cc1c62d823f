"""Agendas are walks that the rule adopts, step by step; without a core they lead anywhere."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers.game import weighted
from comity.solvers.spatial.agendas import agenda, cycle
from comity.solvers.spatial.plane import beats, unbeaten

PLACES = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=5, max_size=5)


def adopted(game, ideals, walk):
    return all(beats(game, ideals, after, before)[0] for before, after in pairwise(walk))


@settings(max_examples=15, deadline=None)
@given(PLACES, st.tuples(st.integers(-6, 6), st.integers(-6, 6)))
def test_every_step_is_adopted_and_the_core_is_never_left(ideals, start):
    game = weighted([1] * 5, quota=3)
    walk = cycle(game, ideals, start)
    if walk is None:
        return
    assert (walk[0] == start).all()
    assert (walk[-1] == start).all()
    assert len(walk) > 2
    assert adopted(game, ideals, walk)
    assert not unbeaten(game, ideals, walk).any()


def test_the_shortest_agenda_goes_through_the_texts_given_only():
    game, ideals = weighted([1, 1, 1], quota=2), [(0, 0), (4, 0), (2, 3)]
    assert len(agenda(game, ideals, (2, 6), (2, 1))) == 2
    texts = [(1.0, 1.0), (3.0, 1.0), (2.0, 2.0), (2.0, 0.0)]
    walk = agenda(game, ideals, (2, 6), (2, 2), texts=texts)
    assert len(walk) == 2
    assert agenda(game, ideals, (2, 1), (9, 9), texts=texts) is None


def test_salience_changes_what_can_be_reached():
    game = weighted([1], quota=1)
    assert agenda(game, [(0, 0)], (0, 2), (3, 0)) is None
    assert len(agenda(game, [(0, 0)], (0, 2), (3, 0), salience=(1, 4))) == 2
