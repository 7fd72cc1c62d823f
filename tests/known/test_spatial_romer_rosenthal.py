"""The setter of the agenda.

Source: Thomas Romer and Howard Rosenthal, "Political resource allocation, controlled agendas, and the status quo",
Public Choice 33 (1978), 27-43: the setter obtains what leaves the decisive voter as well off as the status quo.
"""

import numpy as np
import pytest

from comity.solvers.game import weighted
from comity.solvers.spatial.line import core, setter

MAJORITY = weighted([1, 1, 1], quota=2)


def test_the_setter_takes_the_median_to_its_mirror_point():
    """Status quo 0, median 1, setter 3: the text is 2."""
    assert setter(MAJORITY, [[-1, 1, 3]], 0, setter=2)[0] == 2


def test_a_pivot_nearer_to_the_status_quo_leaves_less():
    """With .5 in the place of the median it is 1: under a qualified majority, say."""
    assert setter(MAJORITY, [[-1, 0.5, 3]], 0, setter=2)[0] == 1
    assert setter(weighted([1] * 5, quota=4), [[-1, 0.5, 1, 2, 3]], 0, setter=4)[0] == 1


@pytest.mark.parametrize(
    ("quo", "text"), [(-3, 3), (-1, 3), (0, 2), (0.5, 1.5), (1, 1), (2, 2), (3, 3), (4, 3), (9, 3)]
)
def test_the_worse_the_status_quo_the_more_the_setter_obtains(quo, text):
    """The figure of the article: the setter's ideal from a bad status quo, the mirror point, then no change."""
    assert setter(MAJORITY, [[-1, 1, 3]], quo, setter=2)[0] == text


def test_within_the_gridlock_interval_no_setter_moves_anything():
    game, ideals = weighted([1] * 5, quota=4), [[0, 1, 2, 3, 4]]
    (low,), (high,) = core(game, ideals)
    assert (low, high) == (1, 3)
    for quo in np.linspace(low, high, 9):
        assert [setter(game, ideals, quo, each)[0] for each in range(5)] == [quo] * 5
