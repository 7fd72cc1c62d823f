"""Absence from bodies too large to be followed: against the diagram on small ones, and the Monetary Fund itself."""

import numpy as np
import pytest

import comity
from comity.kernel.streams import Stream
from comity.solvers import power
from comity.solvers.attendance import DRAWS, attended
from comity.solvers.game import ABSTAIN, NO, YES, Game
from comity.solvers.game import weighted as compiled
from comity.solvers.presence import presence

FUND = comity.load("imf")


def body(weights, need, *, heads=0, weight=0, cast=None):
    """A share of all weight, or of the votes cast, beside a quorum of heads and one of weight."""
    row = np.array(weights)
    table = np.zeros((3, 6, len(row)), dtype=np.int64)
    table[0, YES] = row
    if cast is not None:
        numerator, denominator = cast
        table[0, YES], table[0, NO], need = row * (denominator - numerator), -row * numerator, 1
    for choice in (YES, NO, ABSTAIN):
        table[1, choice], table[2, choice] = 1, row
    tags = ("threshold", "quorum", "quorum")
    members = tuple(str(number) for number in range(len(row)))
    return Game(table, np.array([need, heads, weight]), ("and", (0, ("and", (1, 2)))), tags, members)


@pytest.mark.parametrize("number", range(40))
def test_where_absence_counts_as_no_the_table_is_exact(number):
    draw = Stream(number, "bodies")
    size = 2 + number % 6
    weights = draw.integers(range(1), range(size), below=9)[0] + (number % 2)
    need = int(draw.integers(1, 0, below=int(weights.sum()) + 1)[0, 0]) + 1
    chances = draw.uniforms(2, range(size))[0]
    chances[0] = number % 2
    found, followed = attended(body(weights, need), chances), presence(body(weights, need), chances)
    assert found.draws == 0
    assert found.swing == pytest.approx(followed.swing, abs=1e-13)
    assert found.adoption == pytest.approx(followed.adoption, abs=1e-13)
    assert (found.low <= followed.swing + 1e-16).all()
    assert (found.high >= followed.swing - 1e-16).all()


def test_what_is_drawn_covers_what_is_true_about_as_often_as_it_says():
    inside, asked = 0, 0
    for number in range(40):
        draw = Stream(number, "quorate bodies")
        size = 4 + number % 4
        weights = draw.integers(range(1), range(size), below=9)[0] + 1
        game = body(weights, 0, heads=size // 2, weight=int(weights.sum()) // 2, cast=((1, 2), (2, 3))[number % 2])
        chances = 0.3 + 0.7 * draw.uniforms(2, range(size))[0]
        found = attended(game, chances, uniforms=draw.uniforms)
        truth = presence(game, chances).swing
        assert found.draws == DRAWS
        inside += int(((found.low <= truth) & (truth <= found.high)).sum())
        asked += size
    assert inside / asked > 0.93


def test_an_event_that_was_not_drawn_is_not_taken_for_impossible():
    never = attended(body([3, 1, 1], 0, heads=3, cast=(1, 2)), np.full(3, 0.01), uniforms=Stream(1, "absent").uniforms)
    assert never.swing.tolist() == [0, 0, 0]
    assert (never.high > 0.01).all()


def test_more_draws_stop_at_the_target():
    game = body([5, 4, 3, 2], 0, heads=2, cast=(1, 2))
    loose = attended(game, np.full(4, 0.9), uniforms=Stream(1, "absent").uniforms, target=0.2)
    assert loose.draws == 16


@pytest.mark.parametrize("number", range(20))
def test_where_it_is_certain_who_attends_nothing_is_drawn(number):
    draw = Stream(number, "certain bodies")
    size = 3 + number % 5
    weights = draw.integers(range(1), range(size), below=9)[0] + 1
    game = body(weights, 0, heads=number % 3, weight=int(weights.sum()) // 3, cast=((1, 2), (2, 3))[number % 2])
    comes = draw.integers(1, range(size), below=4)[0] > 0
    found, followed = attended(game, comes.astype(float)), presence(game, comes.astype(float))
    assert found.draws == 0
    assert found.swing == pytest.approx(followed.swing, abs=1e-13)
    assert found.adoption == pytest.approx(followed.adoption, abs=1e-13)
    assert (found.high - found.low < 1e-11).all()


def test_the_fund_by_votes_cast_without_its_largest_member():
    found = power.of(FUND.game("ordinary", FUND.as_of), "swing_probability", absent={"USA": 1})
    assert found["JPN"].draws == 0
    assert found["JPN"].high - found["JPN"].low < 1e-11
    assert found["USA"] > found["JPN"] > found["CHN"], "as if it came after all"


def test_the_fund_with_every_tenth_member_away():
    away = dict.fromkeys(FUND.members_on(FUND.as_of), 0.1)
    special = power.of(FUND.game("special70", FUND.as_of), "swing_probability", absent=away)
    full = power.of(FUND.game("special70", FUND.as_of), "swing_probability", absent={})
    known = power.banzhaf(
        [int(w) for w in FUND.rule("special70").weights_of(list(full), FUND.as_of)], 3_527_951, absolute=True
    )
    assert list(full.values()) == pytest.approx(known.tolist(), rel=1e-9)
    assert special["USA"].draws == 0
    assert special["USA"].low < special["USA"] < special["USA"].high
    assert special["USA"].high - special["USA"].low < 1e-10
    assert special["USA"] < full["USA"], "whoever stays away is missed under a share of all votes"


def test_the_fund_by_votes_cast_is_drawn_with_intervals():
    game = FUND.game("ordinary", FUND.as_of)
    away = dict.fromkeys(game.members, 0.1)
    with pytest.raises(ValueError, match="the quorum may fail, in a body of 190"):
        power.of(game, "swing_probability", absent=away)
    found = power.of(game, "swing_probability", absent=away, uniforms=Stream(1, "absences").uniforms, draws=16)
    assert found["USA"].draws == 16
    assert 0.65 < found["USA"].low < found["USA"] < found["USA"].high < 0.9
    assert found["JPN"] > found["DEU"] > found["TUV"] > 0


@pytest.mark.parametrize(
    ("game", "more", "message"),
    [
        (compiled([2**40, 1], quota=2), {}, "GiB"),
        (body([2, 1], 0, cast=(1, 2)), {}, "votes cast"),
        (body([2, 1], 2, heads=2), {}, "quorum may fail"),
        (body([2, 1], 0, cast=(1, 2)), {"uniforms": Stream(1, "x").uniforms, "draws": 1}, "at least two"),
        (FUND.game("amendment", FUND.as_of), {}, "another form"),
    ],
)
def test_what_it_refuses(game, more, message):
    with pytest.raises(ValueError, match=message):
        attended(game, np.full(len(game.members), 0.5), **more)
