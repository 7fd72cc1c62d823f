"""Threats to act outside.

Sources: Thomas Romer and Howard Rosenthal, "Political resource allocation, controlled agendas, and the status quo",
*Public Choice* 33 (1978), 27-43: the setter's gain hangs on the reversion. Erik Voeten, "Outside Options and the Logic of
Security Council Action", *American Political Science Review* 95 (2001), 845-858: where a superpower can act outside,
members with a veto accept what they would otherwise refuse. Lloyd Gruber, *Ruling the World* (2000), chapter 3: those
left behind join and are worse off than under the status quo that is gone. Nash (1950); Thomson, *Journal of Economic
Theory* 42 (1987): a better disagreement point serves its owner.
"""

import numpy as np
import pytest

from comity.solvers.bargain.outside import Threat, credible, fallback, losses, setting, settled
from comity.solvers.game import weighted

MAJORITY = weighted([1, 1, 1], quota=2)


@pytest.mark.parametrize(
    ("outside", "text"),
    [
        (None, 2),  # status quo 0, median 1, setter 3: the mirror point of the status quo
        (0.5, 2),  # from here the median would yield 1.5 only: the setter does not use the option
        (1.5, 2),
        (2.5, 2.5),  # better than the mirror point: the setter acts alone
        (3, 3),
        (-1, 2),  # from here the median would yield 3, but nobody believes that the setter would go there
    ],
)
def test_the_setter_uses_a_moved_reversion_where_it_is_better_than_the_mirror_point(outside, text):
    threat = Threat([2], 0 if outside is None else outside)
    found = setting(MAJORITY, [[-1, 1, 3]], 0, threat)
    assert found.plain[0] == 2
    assert found.outcome[0] == text


def test_the_cost_of_acting_alone_bounds_the_threat():
    outcomes = [setting(MAJORITY, [[-1, 1, 3]], 0, Threat([2], 2.5, cost)).outcome[0] for cost in (0, 0.4, 0.5, 1)]
    assert outcomes == [2.5, 2.5, 2, 2]


def test_a_veto_power_accepts_under_the_threat_what_it_would_refuse():
    """Voeten: a veto power content with the status quo yields once the superpower can act without it."""
    council, ideals = weighted([1, 1], quota=2), [[10, 0]]
    assert np.isnan(settled(council, ideals, np.abs(np.array(ideals)), scale=(0, 10))[0])
    threat = Threat([0], 4)
    assert credible(ideals, 0, threat)[0]
    reach = fallback(ideals, 0, threat, for_all=True)
    assert reach.tolist() == [[6, 4]]
    assert setting(council, ideals, 0, threat).outcome[0] == 4


def test_those_left_behind_sign_and_lose():
    """Gruber: two of three bring about 6 on their own; the third, content with 0, then signs 6 or worse, and loses."""
    ideals = [[8, 6, 1]]
    threat = Threat([0, 1], 6)
    assert credible(ideals, 0, threat)[0]
    reach = fallback(ideals, 0, threat, for_all=True)
    assert reach[0, 2] == 5  # it now accepts 6, and did not accept more than 2
    loss = losses(ideals, 0, 6)[0]
    assert loss.tolist() == [-6, -6, 4]


def test_a_better_disagreement_point_serves_its_owner():
    """Linear losses: the split of the line is the middle of what each can hold the other to (Nash 1950)."""
    pair, ideals = weighted([1, 1], quota=2), [[100, 0]]
    for fall in (0, 20, 40):
        text = settled(pair, ideals, [[100 - fall, 100]], exponent=1)[0]
        assert text == 50 + fall / 2
