"""Free ride: only a privileged group provides (Olson 1965)."""

import pytest

from comity.players.free_ride import FreeRide


@pytest.mark.parametrize(("worth", "effort"), [(0, 0), (1, 0), (2, 1)])
def test_it_does_only_what_pays_alone(ask, worth, effort):
    assert FreeRide().choose(ask("perform", worth=worth, kept=9)).slots == {"effort": effort}


def test_it_leaves_breaches_and_contributions_to_others(ask):
    assert FreeRide().choose(ask("enforce")).move == "pass"
    assert FreeRide().choose(ask("pay")).move == "pass"
    assert FreeRide().choose(ask("perform", noticed=True)).slots == {"effort": 0}
