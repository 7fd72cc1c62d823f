"""A clause played look after look: against the closed forms, by hand, and on common random numbers."""

from __future__ import annotations

import numpy as np
import pytest

from comity.kernel.canonical import dumps
from comity.rehearsal.parts.experiment.looks import block
from comity.solvers.repeated.clause_game import Looks, Parties, felt, keeps, values

USUAL = {
    "seed": 1, "issue": "one", "looks": 400, "years": 1.0, "excludable": [0, 0, 0], "discount": [0.25] * 3, "lead": 0,
    "needed": 0.0, "false_alarm": 0.05, "miss": 0.1, "reward": 0.0, "suspended": 2,
}  # fmt: skip


def member(code, **other):
    said = {
        "member": code,
        "owes": True,
        "benefit": [30] * 3,
        "cost": [10] * 3,
        "part": 0.2,
        "pays": 0.0,
        "absent": 0.0,
    }
    return said | {"common": {"benefit": False, "cost": False}} | other


def problem(members=None, **other):
    made = members or [member(each) for each in ("USA", "CHN", "JPN", "IND", "RUS")]
    return dumps(USUAL | {"members": made} | other).encode()


def mean(problem, runs=300):
    return {name: float(each.mean()) for name, each in block(problem, 0, runs).items()}


def test_a_long_run_comes_to_the_closed_form_of_the_clause_game():
    five = np.ones((1, 5))
    parties = Parties(10 * five, 6 * five, 24 * five, np.zeros(1), np.zeros(5))
    looks = Looks(0.05, 0.1)
    assert keeps(parties, looks, felt([0.8], 2)).all()
    found = mean(problem())
    false, _ = looks.noticed(5)
    # in force for one look, then suspended for two with the probability of a notice: by renewal
    share = 1 / (1 + 2 * false)
    assert found["delivered"] == pytest.approx(share, abs=0.003)
    assert found["suspended"] == pytest.approx(1 - share, abs=0.003)
    assert found["kept"] == 1
    assert found["worth"] == pytest.approx(5 * 20 * share, abs=0.3)
    assert found["false_notices"] == pytest.approx(5 * 0.05 * share, abs=0.005)
    assert found["true_notices"] == 0
    # with next to no discounting the value of the game is the mean over time
    patient = float(values(parties, looks, felt([1 - 1e-9], 2)).sum())
    assert found["worth"] == pytest.approx(patient, abs=0.3)


def test_a_promise_that_does_not_pay_is_never_delivered():
    found = mean(problem([member(each, benefit=[5] * 3) for each in ("USA", "CHN")], suspended=0))
    assert found["delivered"] == found["kept"] == found["worth"] == 0
    assert found["true_notices"] == pytest.approx(2 * 0.9, abs=0.01)


def test_a_reward_is_paid_for_looks_that_are_passed_and_leaves_the_members_who_pay_it_themselves_no_richer():
    pays = [member(each, pays=0.5) for each in ("USA", "CHN")]
    outside = [member(each) for each in ("USA", "CHN")]
    own, others = mean(problem(pays, reward=30.0)), mean(problem(outside, reward=30.0))
    assert own["paid"] == others["paid"] > 0
    assert others["worth"] - own["worth"] == pytest.approx(own["paid"])


def test_an_absence_is_a_failure_and_costs_nothing():
    found = mean(problem([member("USA", absent=1.0, cost=[1] * 3)], suspended=0))
    assert found["true_notices"] == pytest.approx(0.9, abs=0.01)
    assert found["worth"] == found["delivered"] == found["false_notices"] == 0
    both = mean(problem([member("USA", absent=0.5, cost=[1] * 3), member("CHN", cost=[1] * 3)], suspended=0))
    assert both["delivered"] == pytest.approx(0.75, abs=0.01)


def test_below_what_is_needed_nothing_is_provided():
    parts = [member(each, part=0.5, cost=[1] * 3, absent=0.5) for each in ("USA", "CHN")]
    whole = mean(problem(parts, needed=0.9, suspended=0, false_alarm=0.0))
    part = mean(problem(parts, needed=0.0, suspended=0, false_alarm=0.0))
    assert part["worth"] > whole["worth"]


def test_a_run_does_not_depend_on_the_block_it_is_played_in():
    all_of_it, later = block(problem(), 0, 50), block(problem(), 30, 20)
    assert all((all_of_it[name][30:] == later[name]).all() for name in all_of_it)


def test_settings_meet_the_same_fortune():
    one = block(problem(reward=1.0), 0, 200)
    other = block(problem(reward=2.0), 0, 200)
    assert (one["delivered"] == other["delivered"]).all()
    assert other["paid"].tolist() == pytest.approx((2 * one["paid"]).tolist())


def test_members_of_other_bodies_keep_their_fortune():
    cheap = [member(each, cost=[1] * 3) for each in ("USA", "JPN")]
    wide, narrow = (block(problem(each, suspended=0, miss=0.0), 0, 2000) for each in (cheap, cheap[1:]))
    own = np.corrcoef(wide["false_notices"], narrow["false_notices"])[0, 1]
    # two members of equal noise, one of whom is in both bodies
    assert own == pytest.approx(0.5**0.5, abs=0.05)


def test_other_members_have_a_fortune_of_their_own():
    one, other = (block(problem([member(each, cost=[1] * 3)], suspended=0), 0, 2000) for each in ("USA", "JPN"))
    assert abs(np.corrcoef(one["false_notices"], other["false_notices"])[0, 1]) < 0.08


def test_what_is_drawn_lies_in_its_range():
    doubtful = [member(each, benefit=[0, 60, 90], cost=[5, 10, 15]) for each in ("USA", "CHN", "JPN")]
    found = block(problem(doubtful, discount=[0.0, 0.1, 0.5]), 0, 2000)["kept"]
    assert 0.02 < found.mean() < 0.98
