"""Laws of clauses that may be escaped at a price, and long runs that agree with them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.streams import Stream
from comity.solvers.repeated import clause_game as game
from comity.solvers.repeated.clause_game import Looks, Parties
from comity.solvers.repeated.escape import Pressure, brittle, escape, strict

SUMS = st.floats(0, 20)


def parties(cost, own, others, withheld=0.0, pays=0.0):
    rows = [np.array([each], dtype=np.float64) for each in (cost, own, others)]
    return Parties(*rows, np.array([withheld]), np.full(len(cost), pays))


def pressure(chance, strain):
    return Pressure(np.array([chance]), np.array([strain]))


@given(st.lists(SUMS, min_size=3, max_size=3), st.floats(0, 0.4), st.floats(0, 0.4), st.floats(0, 0.9))
def test_without_pressure_to_keep_it_strictly_is_the_clause_itself(sums, alarm, miss, discount):
    held = parties(*([each, each] for each in sums), withheld=0.1, pays=0.2)
    looks, suspended = Looks(alarm, miss, 1.0), game.felt([discount], 4)
    found = strict(held, looks, suspended, pressure(0.0, 1.0))
    assert np.allclose(found.values, game.values(held, looks, suspended))
    assert found.holds.tolist() == game.keeps(held, looks, suspended).all(axis=1).tolist()
    assert np.allclose(brittle(held, looks, suspended, pressure(0.0, 3.0)).values, found.values)


@given(st.floats(0, 0.4), st.floats(0, 0.4), st.floats(0, 0.6), st.floats(1, 6))
def test_an_escape_is_never_worth_less_than_breaking(alarm, miss, chance, strain):
    """Announced non-compliance raises no notice, so the others need not suspend the clause."""
    held = parties([1.0, 2.0, 1.5], [0.2, 0.2, 0.2], [4.0, 5.0, 4.5])
    looks, suspended = Looks(alarm, min(miss, 1 - alarm), 0.0), game.felt([0.9], 3)
    under = pressure(chance, strain)
    assert (escape(held, looks, suspended, under).values >= brittle(held, looks, suspended, under).values - 1e-9).all()


def test_the_price_lies_between_the_usual_cost_and_what_a_breach_would_lose():
    held, looks, suspended = parties([1.0, 1.0], [0, 0], [3.0, 3.0]), Looks(0.0, 0.0), game.felt([0.9], 2)
    found = escape(held, looks, suspended, pressure(0.1, 5.0))
    assert found.least.tolist() == [1.0]
    assert found.most[0] == pytest.approx(suspended[0] * 1.8)
    none = escape(held, looks, game.felt([0.9], 0), pressure(0.1, 5.0))
    assert not none.holds[0]


def test_one_party_pays_its_price_to_nobody_and_loses_it():
    held, looks, suspended = parties([1.0], [0.5], [3.0]), Looks(0.0, 0.0), game.felt([0.9], 2)
    found = escape(held, looks, suspended, pressure(0.1, 5.0))
    assert found.values[0, 0] == pytest.approx(0.9 * 2.5 - 0.1 * 0.5)


def run(held, looks, discount, rounds, under, price, runs=6000):
    """A clause played out in which a party under pressure escapes, or breaks it where no price is given."""
    number, luck, signs = held.number, Stream(3, "pressure"), Stream(3, "looks")
    waits, total = np.zeros(runs, dtype=np.int64), np.zeros((runs, number))
    for time in range(int(np.log(1e-6) / np.log(discount))):
        stands = (waits == 0)[:, None]
        pressed = luck.uniforms(range(runs), range(number), time) < under.chance[0]
        complies = stands & ~pressed
        drawn = signs.uniforms(range(runs), range(number), time)
        wrong = drawn < looks.false_alarm
        caught = (drawn > looks.miss) if price is None else np.zeros_like(pressed)
        notice = np.where(pressed, caught, wrong) & stands
        passed = (stands & ~notice) if price is None else (complies & ~notice)
        helped = np.broadcast_to(complies[:, ::-1], complies.shape)  # two parties: the other one
        earned = complies * (held.own - held.cost) + helped * held.others
        earned = earned + looks.reward * (passed - held.pays * passed.sum(axis=1)[:, None])
        if price is not None:
            escapes = stands & pressed
            earned = earned - price * escapes + price * escapes[:, ::-1]
        total += (1 - discount) * discount**time * earned
        waits = np.where(stands[:, 0] & notice.any(axis=1), rounds, np.maximum(0, waits - 1))
    return total


@pytest.mark.parametrize("written", ["brittle", "escape"])
def test_long_runs_are_worth_what_the_closed_form_says(written):
    held = parties([1.0, 2.0], [0.3, 0.1], [2.0, 3.5], pays=0.2)
    looks, discount, rounds, under = Looks(0.1, 0.2, 0.5), 0.85, 3, pressure(0.15, 4.0)
    suspended = game.felt([discount], rounds)
    found = {"brittle": brittle, "escape": escape}[written](held, looks, suspended, under)
    price = float(found.least[0]) if written == "escape" else None
    sample = run(held, looks, discount, rounds, under, price)
    for place in range(2):
        error = 4 * sample[:, place].std() / np.sqrt(len(sample)) + 1e-4
        assert abs(sample[:, place].mean() - found.values[0, place]) <= error


def test_what_is_no_pressure_is_refused():
    with pytest.raises(ValueError, match="chance of pressure"):
        pressure(1.5, 2.0)
    with pytest.raises(ValueError, match="a strain of 1 or more"):
        pressure(0.5, 0.5)
