"""Laws of the game of a clause, and long runs of it that agree with the closed forms."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comity.kernel.streams import Stream
from comity.solvers.repeated import clause_game as game
from comity.solvers.repeated.clause_game import Looks, Parties
from comity.solvers.repeated.trigger import Stage, critical_discount, least_trigger

SUMS = st.floats(0, 20)
FACTORS = st.floats(0.05, 0.98)
ERRORS = st.floats(0, 0.5)


def parties(cost, own, others, withheld=0.0, pays=0.0):
    rows = [np.atleast_2d(np.asarray(each, dtype=np.float64)) for each in (cost, own, others)]
    draws, number = rows[0].shape
    return Parties(*rows, np.full(draws, withheld), np.broadcast_to(np.asarray(pays, dtype=np.float64), number).copy())


@st.composite
def clauses(draw):
    number = draw(st.integers(1, 4))
    rows = [draw(st.lists(SUMS, min_size=number, max_size=number)) for _ in range(3)]
    share = draw(st.floats(0, 1 / number))
    looks = Looks(draw(ERRORS), draw(ERRORS), draw(st.floats(0, 10)))
    return parties(*rows, withheld=draw(st.floats(0, 1)), pays=share), looks


@given(clauses(), FACTORS, FACTORS)
def test_more_patience_never_hurts_compliance(clause, one, other):
    impatient, patient = sorted((one, other))
    few, many = (game.keeps(*clause, game.felt([each], np.inf)) for each in (impatient, patient))
    assert (many | ~few).all()


@given(clauses(), FACTORS, ERRORS, ERRORS)
def test_less_noise_never_shrinks_what_can_be_kept(clause, discount, one, other):
    """Kandori (1992), for the longest suspension."""
    held, looks = clause
    less, more = sorted((one, other))
    for name in ("false_alarm", "miss"):
        clear, noisy = (replace(looks, **{name: each}) for each in (less, more))
        dim = game.keeps(held, noisy, game.felt([discount], np.inf))
        assert (game.keeps(held, clear, game.felt([discount], np.inf)) | ~dim).all()
        assert (game.critical_discount(held, clear) <= game.critical_discount(held, noisy) + 1e-9).all()


@given(clauses(), FACTORS, st.floats(0, 10), st.integers(0, 6))
def test_a_reward_never_hurts_compliance(clause, discount, more, rounds):
    held, looks = clause
    suspended = game.felt([discount], rounds)
    rich = replace(looks, reward=looks.reward + more)
    assert (game.keeps(held, rich, suspended) | ~game.keeps(held, looks, suspended)).all()


def test_a_reward_paid_by_those_who_earn_it_may_hurt():
    held = parties([[1.0, 1.0]], [[0.0, 0.0]], [[1.2, 1.2]], pays=[0.9, 0.1])
    suspended = game.felt([0.9], np.inf)
    assert game.keeps(held, Looks(0.0, 0.0), suspended).tolist() == [[True, True]]
    assert game.keeps(held, Looks(0.0, 0.0, 5.0), suspended).tolist() == [[False, True]]


@given(clauses(), FACTORS)
def test_the_least_trigger_is_where_keeping_begins(clause, discount):
    held, looks = clause
    least = float(game.least_trigger(held, looks, np.array([discount]))[0])
    if least == np.inf:
        suspended = game.felt([discount], np.inf) * (1 - 1e-6)
        assert not game.keeps(held, looks, suspended).all()
        return
    assert game.keeps(held, looks, game.felt([discount], least)).all()
    if least > 0:
        assert not game.keeps(held, looks, game.felt([discount], least - 1) * (1 - 1e-9)).all()


@given(clauses(), FACTORS, st.sampled_from([0, 1, 3, np.inf]))
def test_the_least_reward_is_where_keeping_begins(clause, discount, rounds):
    held, looks = clause
    assume(looks.power > 0.01)
    suspended = game.felt([discount], rounds)
    for place, least in enumerate(game.least_reward(held, looks, suspended)[0].tolist()):
        if least < np.inf:
            kept = game.keeps(held, replace(looks, reward=least * (1 + 1e-9) + 1e-9), suspended)
            assert kept[0, place]
        if 1e-6 < least < np.inf:
            broken = game.keeps(held, replace(looks, reward=least * 0.999), suspended)
            assert not broken[0, place]


@given(clauses(), FACTORS)
def test_repetition_never_raises_the_price_of_a_promise(clause, discount):
    held, looks = clause
    once = game.one_shot_reward(held, looks)
    assume((game.worth(held, replace(looks, reward=0.0)) >= 0).all())
    if looks.false_alarm == 0:
        assert (game.least_reward(held, looks, game.felt([discount], np.inf)) <= once + 1e-9).all()


@given(
    st.integers(1, 20),
    st.integers(1, 20),
    st.fractions(0, Fraction(1, 2), max_denominator=60),
    st.fractions(0, Fraction(1, 2), max_denominator=60),
)
def test_one_party_alone_is_the_promise_of_the_textbook(cost: int, own: int, alarm: Fraction, miss: Fraction):
    held, looks = parties([[cost]], [[0.0]], [[own]]), Looks(float(alarm), float(miss))
    exact = critical_discount(Stage(cost, own - cost), alarm, 1 - miss)
    found = float(game.critical_discount(held, looks)[0, 0])
    assert found == (np.inf if exact is None else pytest.approx(float(exact)))
    rounds = least_trigger(Stage(cost, own - cost), Fraction(9, 10), alarm, 1 - miss)
    assert game.least_trigger(held, looks, np.array([0.9]))[0] == (np.inf if rounds is None else rounds)


def played(held: Parties, looks: Looks, discount: float, rounds: int, *, cheats: int | None = None, runs: int = 4000):
    """The average value a round of a clause played out, in which one party may break it in the first round."""
    number, stream = held.number, Stream(7, "clause")
    waits = np.zeros(runs, dtype=np.int64)
    total = np.zeros((runs, number))
    horizon = int(np.log(1e-6) / np.log(discount))
    for time in range(horizon):
        stands = waits == 0
        broken = np.zeros(number, dtype=bool)
        if cheats is not None and time == 0:
            broken[cheats] = True
        complies = stands[:, None] & ~broken
        others = np.where(broken, (1 - held.withheld[0]) * held.others[0], held.others[0])  # only the others comply
        drawn = stream.uniforms(range(runs), range(number), time)
        notice = np.where(broken, drawn > looks.miss, drawn < looks.false_alarm) & stands[:, None]
        good = stands[:, None] & ~notice
        paid = looks.reward * (good - held.pays * good.sum(axis=1)[:, None])
        earned = np.where(complies, held.own[0] - held.cost[0], 0.0) + stands[:, None] * others + paid
        total += (1 - discount) * discount**time * earned
        waits = np.where(stands & notice.any(axis=1), rounds, np.maximum(0, waits - 1))
    return total


def within(sample, closed):
    error = 4 * sample.std() / np.sqrt(len(sample)) + 1e-4
    return abs(sample.mean() - closed) <= error


@pytest.mark.parametrize("rounds", [1, 3])
@pytest.mark.parametrize("reward", [0.0, 0.5])
def test_long_runs_are_worth_what_the_closed_form_says(rounds: int, reward: float):
    held = parties([[1.0, 2.0]], [[0.3, 0.1]], [[2.0, 3.5]], withheld=0.2, pays=[0.1, 0.3])
    looks, discount = Looks(0.1, 0.2, reward), 0.85
    suspended = game.felt([discount], rounds)
    values = game.values(held, looks, suspended)[0]
    kept = played(held, looks, discount, rounds)
    assert all(within(kept[:, place], values[place]) for place in range(2))


@pytest.mark.parametrize("cheats", [0, 1])
def test_breaking_the_clause_once_is_worth_what_the_incentive_says(cheats: int):
    # two parties, the only complier among the others is the other one
    held = parties([[1.0, 2.0]], [[0.3, 0.1]], [[2.0, 3.5]], withheld=0.2, pays=[0.1, 0.3])
    looks, discount, rounds = Looks(0.1, 0.2, 0.5), 0.85, 3
    suspended = game.felt([discount], rounds)
    gain, lost = game.temptation(held, looks)[0, cheats], game.values(held, looks, suspended)[0, cheats]
    false, true = looks.noticed(2)
    closed = (1 - discount) * (gain - suspended[0] * (true - false) * lost)
    change = played(held, looks, discount, rounds, cheats=cheats, runs=15_000)[:, cheats]
    change = change - played(held, looks, discount, rounds, runs=15_000)[:, cheats]
    # the party that cheats takes its whole reward less what it bears of its own, as the closed form has it
    assert within(change, closed)


def test_three_readings_are_clearer_than_one_and_a_coin_stays_a_coin():
    once = Looks(0.2, 0.3)
    thrice = once.several(3)
    assert thrice.false_alarm == pytest.approx(0.2**3 + 3 * 0.2**2 * 0.8)
    assert thrice.power > once.power
    assert Looks(0.5, 0.5).several(5).power == pytest.approx(0)


def test_the_most_that_payers_give_leaves_them_nothing():
    held = parties([[3.0, 3.0]], [[0.0, 0.0]], [[2.0, 2.0]], pays=[0.25, 0.25])
    looks = Looks(0.1, 0.2)
    most = game.most_reward(np.array([9.0]), held, looks)
    assert 9.0 - most[0] * 2 * 0.9 * 0.5 == pytest.approx(0)
    alone = parties([[3.0]], [[0.0]], [[2.0]], pays=[1.0])
    assert game.most_reward(np.array([0.0, 1.0]), alone, looks).tolist() == [0.0, np.inf]


def test_what_is_no_probability_is_refused():
    with pytest.raises(ValueError, match="False alarms and misses are probabilities"):
        Looks(1.2, 0.0)
    with pytest.raises(ValueError, match="A reward is of nought or more"):
        Looks(0.0, 0.0, -1.0)
    with pytest.raises(ValueError, match="take an odd number"):
        Looks(0.0, 0.0).several(2)
    with pytest.raises(ValueError, match="from 0 to below 1"):
        game.felt([1.0], 2)
    with pytest.raises(ValueError, match="no fewer than 0 rounds"):
        game.felt([0.5], -1)
