"""The median voter.

Source: Duncan Black, "On the rationale of group decision-making", Journal of Political Economy 56 (1948), 23-34: with
single-peaked preferences and an odd number of members, the median can get a majority against every other motion; with
an even number, no motion between the two middle ones is beaten.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.solvers.game import weighted
from comity.solvers.spatial.agendas import cycle
from comity.solvers.spatial.line import core
from comity.solvers.spatial.plane import beats

NUMBERS = st.floats(-100, 100).map(lambda number: round(number, 3))


@settings(deadline=None)  # the first call compiles
@given(st.lists(NUMBERS, min_size=1, max_size=15))
def test_the_core_of_a_majority_is_the_median(ideals):
    (low,), (high,) = core(weighted([1] * len(ideals), quota=len(ideals) // 2 + 1), [ideals])
    middle = sorted(ideals)
    assert (low, high) == (middle[(len(ideals) - 1) // 2], middle[len(ideals) // 2])


@settings(deadline=None)
@given(st.lists(NUMBERS, min_size=3, max_size=9).filter(lambda some: len(some) % 2 == 1), NUMBERS)
def test_the_median_beats_every_other_motion(ideals, motion):
    median = float(np.median(ideals))
    won = beats(weighted([1] * len(ideals), quota=len(ideals) // 2 + 1), np.array(ideals)[:, None], [median], [motion])
    assert won[0] == (motion != median)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(-9, 9), min_size=3, max_size=3), st.integers(-9, 9))
def test_on_a_line_majorities_never_go_in_a_circle(ideals, start):
    texts = np.arange(-12, 12.5, 0.5)[:, None]
    assert cycle(weighted([1] * 3, quota=2), np.array(ideals)[:, None], [start], texts=texts) is None
