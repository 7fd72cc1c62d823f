"""Outside options: an option never hurts its owner, a better one moves the text to it, none changes nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from comity.solvers.bargain.outside import POINTS, Threat, credible, fallback, losses, setting, settled
from comity.solvers.game import CHOICES, weighted

ideal = some.integers(0, 100)
clubs = some.lists(ideal, min_size=2, max_size=5)
STEP = 100 / (POINTS - 1)


@some.composite
def bodies(draw):
    """A weighted rule under which two opposed coalitions never both carry, its members' ideals, and a status quo."""
    weights = draw(some.lists(some.integers(1, 4), min_size=2, max_size=6))
    quota = draw(some.integers(sum(weights) // 2 + 1, sum(weights)))
    return weighted(weights, quota), [draw(ideal) for _ in weights], draw(ideal)


@settings(deadline=None)  # the first call compiles
@given(bodies(), ideal, some.integers(0, 30))
def test_an_option_never_hurts_the_setter(body, outside, cost):
    game, ideals, quo = body
    found = setting(game, [ideals], quo, Threat([0], outside, cost))
    bears = abs(found.outcome[0] - ideals[0]) + (cost if found.alone[0] else 0)
    assert bears <= abs(found.plain[0] - ideals[0]) + 1e-9


@given(bodies(), some.lists(some.floats(0, 1), min_size=2, max_size=2), some.integers(0, 20))
def test_a_better_outside_option_never_moves_the_text_away_from_the_setter(body, ways, cost):
    game, ideals, quo = body
    outcomes = [
        setting(game, [ideals], quo, Threat([0], quo + way * (ideals[0] - quo), cost)).outcome[0]
        for way in sorted(ways)
    ]
    assert abs(outcomes[1] - ideals[0]) <= abs(outcomes[0] - ideals[0]) + 1e-9


@given(bodies(), ideal, some.integers(0, 20), some.integers(0, 20))
def test_less_cost_never_moves_the_text_away_from_the_setter(body, outside, cost, more):
    game, ideals, quo = body
    cheap, dear = (setting(game, [ideals], quo, Threat([0], outside, each)).outcome[0] for each in (cost, cost + more))
    assert abs(cheap - ideals[0]) <= abs(dear - ideals[0]) + 1e-9


@given(clubs, ideal, some.integers(0, 100))
def test_without_a_credible_threat_everything_stays_as_it_is(ideals, quo, farther):
    worse = quo + farther if ideals[0] < quo else quo - farther
    threat = Threat([0], worse)
    assert not credible([ideals], quo, threat)[0]
    plain = np.abs(quo - np.array([ideals], dtype=float))
    for for_all in (False, True):
        assert fallback([ideals], quo, threat, for_all=for_all).tolist() == plain.tolist()
    found = setting(weighted([1] * len(ideals), quota=len(ideals)), [ideals], quo, threat)
    assert found.outcome[0] == found.plain[0]
    assert not found.used[0]


@given(clubs, ideal, some.lists(some.floats(0, 1), min_size=2, max_size=2))
def test_where_all_must_consent_a_better_fallback_of_one_never_moves_the_bargain_away_from_it(ideals, quo, ways):
    game = weighted([1] * len(ideals), quota=len(ideals))
    worse, better = sorted(ways)
    texts = []
    for way in (worse, better):
        threat = Threat([0], quo + way * (ideals[0] - quo))
        texts.append(settled(game, [ideals], fallback([ideals], quo, threat, for_all=False))[0])
    assert np.isnan(texts).any() or abs(texts[1] - ideals[0]) <= abs(texts[0] - ideals[0]) + 1e-9


@given(clubs, ideal, ideal)
def test_a_common_reversion_is_a_bargain_from_that_status_quo(ideals, quo, outside):
    game = weighted([1] * len(ideals), quota=len(ideals))
    reach = fallback([ideals], quo, Threat([0], outside), for_all=True)
    assumed = outside if credible([ideals], quo, Threat([0], outside))[0] else quo
    plain = np.abs(assumed - np.array([ideals], dtype=float))
    assert reach == pytest.approx(plain)
    np.testing.assert_array_equal(settled(game, [ideals], reach), settled(game, [ideals], plain))


def test_partners_must_all_prefer_to_act():
    assert credible([[80, 20, 60]], 30, Threat([0, 2], 60))[0]
    assert not credible([[80, 20, 60]], 30, Threat([0, 1], 60))[0]
    assert not credible([[80, 35]], 30, Threat([0, 1], 38, cost=3))[0]


def test_a_reservation_that_is_no_distance_moves_by_as_much_as_the_fallback():
    """One that would accept texts up to 5 points from its ideal, at 30 points from the status quo, and gets to 20."""
    found = fallback([[80, 20]], 50, Threat([0], 60), reach=[[5, 50]], for_all=True)
    assert found.tolist() == [[0, 60]]


def test_one_that_judges_nothing_is_left_out():
    game = weighted([1, 1, 1], quota=3)
    fixed = [-1, -1, CHOICES.index("yes")]
    text = settled(game, [[40, 80, np.nan]], [[40, 40, np.nan]], fixed=fixed)
    assert text[0] == pytest.approx(settled(weighted([1, 1], quota=2), [[40, 80]], [[40, 40]])[0], abs=STEP)
    away = [-1, -1, CHOICES.index("absent")]
    assert np.isnan(settled(game, [[40, 80, np.nan]], [[40, 40, np.nan]], fixed=away)[0])


def test_losses_are_measured_against_the_status_quo_that_was():
    assert losses([[80, 20], [0, 100]], [30, 50], [50, 50]).tolist() == [[-20, 20], [0, 0]]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: credible([[1, 2]], 0, Threat([], 1)), "Somebody threatens"),
        (lambda: credible([[1, 2]], 0, Threat([2], 1)), "place from 0 to 1"),
        (lambda: credible([[1, 2]], 0, Threat([0], 1, cost=-1)), "nought or more points"),
        (lambda: setting(weighted([1, 1], 2), [[1, 2]], 0, Threat([0, 1], 1)), "One setter proposes; got 2"),
        (lambda: settled(weighted([1, 1], 2), [[1, 2]], [[1, 2]], exponent=0.5), "exponent of at least 1"),
        (lambda: settled(weighted([1, 1], 2), [[1, 2]], [[1]]), "as many reaches as ideals"),
    ],
)
def test_what_makes_no_sense_is_refused(ask, message):
    with pytest.raises(ValueError, match=message):
        ask()
