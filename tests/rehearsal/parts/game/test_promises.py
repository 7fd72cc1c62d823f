"""Promises: seen with errors, answered by notice, cured or agreed anew, and paid for."""

from __future__ import annotations

import pytest

import comity

SURE = {"false_alarm": 0, "miss": 0}


def test_without_errors_what_is_reported_is_what_was_done(played):
    game, _ = played(players={"IND": "free_ride"}, terms=SURE, rounds=10)
    made = [row for row in game.ledger.performance if row["clause"] != "oil_stocks"]
    assert {row["error"] for row in made} == {""}
    assert all((row["effort"] >= 1) == (row["reported"] == "kept") for row in made)


def test_errors_come_as_often_as_the_clause_says(played):
    terms = {"false_alarm": "1/4", "miss": "1/4", "periods": 8}
    game, _ = played(terms=terms, rounds=40, players={"RUS": "free_ride", "IND": "free_ride", "*": "hold_out:share=0"})
    kept = [row for row in game.ledger.performance if row["effort"] >= 1]
    broken = [row for row in game.ledger.performance if row["effort"] < 1]
    for rows, error in ((kept, "false_alarm"), (broken, "miss")):
        share = sum(row["error"] == error for row in rows) / len(rows)
        assert abs(share - 0.25) < 4 * (0.25 * 0.75 / len(rows)) ** 0.5, (error, len(rows))


def test_one_who_never_keeps_its_promises_is_noticed_and_loses_trust(played):
    game, _ = played(players={"IND": "spoiler:sort=total"}, terms=SURE, rounds=12)
    breaches = {row["member"] for row in game.ledger.breaches}
    assert breaches == {"IND"}
    assert game.ledger.trust_in("JPN", "IND") < game.ledger.trust_in("JPN", "CHN")
    assert all(row["true"] for row in game.ledger.breaches)


def test_a_breach_after_notice_is_cured_where_the_player_cures(played):
    game, _ = played(players={"IND": "hedger:tries=0"}, terms=SURE, rounds=12)
    stages = [(row["before"], row["after"]) for row in game.ledger.performance if row["member"] == "IND"]
    assert ("renegotiating", "cured") in stages or ("noticed", "cured") in stages


def test_grim_suspends_and_refuses_other_terms(played):
    game, log = played(players={"IND": "spoiler:sort=total", "*": "grim"}, terms=SURE, rounds=10)
    assert {row["outcome"] for row in game.ledger.breaches} == {"suspended"}
    assert {each.state for (_, who), each in game.driver.state.duties.items() if who == "IND"} >= {"terminated"}
    assert [entry for entry in log if "flags" in entry] == []


def test_all_decide_before_anything_of_the_round_is_reported(played):
    """Members that see what others did in the same round would react to it at once."""
    terms = {"false_alarm": 1, "miss": 0, "periods": 1}
    game, _ = played(terms=terms, rounds=2)
    fresh = [row for row in game.ledger.performance if row["round"] == 2 and row["before"] == "unverified"]
    assert len(fresh) == 5
    assert {row["effort"] for row in fresh} == {1.0}
    assert {row["reported"] for row in fresh} == {"broken"}


def test_payment_on_results_comes_from_contributions_and_never_exceeds_the_fund(played):
    game, log = played(terms={"reward": "20 million USD", **SURE}, rounds=12)
    rewards = [row for row in game.ledger.payments if row["sort"] == "reward"]
    paid = [row for row in game.ledger.payments if row["sort"] == "contribution"]
    assert rewards
    assert paid
    assert game.balance >= 0
    total_in = sum(row["amount"] for row in paid)
    total_out = sum(row["amount"] for row in rewards)
    assert total_in - total_out == pytest.approx(float(game.balance / 10**6))
    assert [entry for entry in log if "flags" in entry] == []


def test_whoever_does_not_pay_leaves_the_fund_short(played):
    terms = {"reward": "20 million USD", **SURE}
    shocks = [{"what": "does_not_pay", "by": code, "round": 1, "lasts": 20} for code in ("USA", "CHN")]
    full, short = played(terms=terms, rounds=12)[0], played(terms=terms, rounds=12, shocks=shocks)[0]
    got = [sum(r["amount"] for r in game.ledger.payments if r["sort"] == "contribution") for game in (full, short)]
    assert got[1] < got[0]
    assert {r["member"] for r in short.ledger.payments if r["sort"] == "contribution" and not r["amount"]} == {
        "USA",
        "CHN",
    }


def test_of_what_does_not_bind_nothing_is_called_a_breach(played):
    game, _ = played(comity.load("g7"), players={"ITA": "hedger:tries=0"}, rounds=10)
    words = {row["after"] for row in game.ledger.performance} | {row["outcome"] for row in game.ledger.breaches}
    assert game.problem.force == "politically_binding"
    assert words & {"breached", "noticed"} == set()
    assert "reminded" in words
