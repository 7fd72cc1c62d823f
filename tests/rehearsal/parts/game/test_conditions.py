"""Shocks that begin on a condition, and those that strike issues, governments and promises."""

from __future__ import annotations

import pytest

import comity
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.rehearsal.game import shock
from comity.rehearsal.parts.game.conditions import condition
from comity.rehearsal.parts.game.log import header, line, read, replay

SURE = {"false_alarm": 0, "miss": 0}


def test_a_shock_waits_for_its_condition_and_begins_once(played):
    given = [
        {"what": "does_not_deliver", "by": "IND", "round": 1, "lasts": 8},
        {"what": "absent", "by": "USA", "when": "notice to IND"},
    ]
    game, log = played(shocks=given, terms=SURE, rounds=10)
    first = next(row["round"] for row in game.ledger.breaches if row["member"] == "IND")
    assert game.begun[1] == {first + 1}
    lines = [line(header(game.problem)), *(line(entry) for entry in log)]
    kept = read(lines, "log")
    assert replay(kept, comity.load("g5")) == game.driver.state
    _, other = played(shocks=given, terms=SURE, rounds=10, known=kept.answers)
    assert [line(each) for each in other] == [line(each) for each in log]


def test_trust_below_a_share_is_a_condition(played):
    given = [
        {"what": "does_not_deliver", "by": "USA", "round": 1, "lasts": 9},
        {"what": "leaves", "by": "JPN", "when": "trust of JPN in USA < 1/4"},
    ]
    game, log = played(shocks=given, terms=SURE, rounds=9)
    assert [row["member"] for row in game.ledger.exits] == ["JPN"]
    assert [entry for entry in log if "flags" in entry] == []


def test_an_election_draws_new_wishes_within_the_stakes_and_seats_another_player(played, grounds):
    given = [{"what": "election", "by": "USA", "round": 3, "player": "spoiler"}]
    game, _ = played(shocks=given, rounds=4)
    assert game.driver.player("USA").kind == "spoiler"
    usual, _ = played(rounds=4)
    for issue, topic in game.topics.items():
        low, _, high = grounds.stand(issue, "USA").position
        assert low - 0.001 <= topic.wants["USA"].position <= high + 0.001
        assert topic.wants["JPN"] == usual.topics[issue].wants["JPN"]
    assert any(game.topics[issue].wants["USA"] != usual.topics[issue].wants["USA"] for issue in game.topics)


def test_a_crisis_comes_first_and_a_price_makes_delivery_dearer(played):
    game, _ = played(shocks=[{"what": "crisis", "issue": "humanitarian_aid", "round": 1}], rounds=1)
    assert game.ledger.decisions[0]["issue"] == "humanitarian_aid"
    price = [{"what": "price", "issue": "climate_monitoring", "round": 2, "lasts": 9, "times": 3}]
    players = {"*": "hold_out:share=0"}
    dear, _ = played(shocks=price, players=players, rounds=6, terms=SURE)
    cheap, _ = played(players=players, rounds=6, terms=SURE)
    done = {row["round"] for row in cheap.ledger.performance if row["issue"] == "climate_monitoring"}
    assert done
    pairs = zip(dear.ledger.payoffs, cheap.ledger.payoffs, strict=True)
    assert any(one["cost"] > other["cost"] for one, other in pairs if one["round"] in done)


def test_a_tariff_moves_what_both_sides_have(played):
    tariff = {"what": "tariff", "by": "USA", "against": "CHN", "amount": "100 million USD", "round": 1}
    game, _ = played(shocks=[{**tariff, "revenue": "1/5", "own_loss": "1/2"}], rounds=1)
    lost = {row["member"]: row["tariffs"] for row in game.ledger.payoffs}
    assert (lost["CHN"], lost["USA"], lost["JPN"]) == (100, 30, 0)


@pytest.mark.parametrize(
    ("what", "error", "said"),
    [
        ("price:rare_earths:2", InputError, "value no good on rare_earths"),
        ("crisis:moon:2", UnknownName, "'moon'"),
        ("election:USA:2:lasts=3", InputError, "lasts until the next one"),
        ("absent:USA:when=it rains", InputError, "'it rains' is no condition"),
    ],
)
def test_what_cannot_happen_is_said_before_round_1(played, what, error, said):
    with pytest.raises(error, match=said):
        played(shocks=[shock(what)])


def test_nobody_leaves_where_the_charter_has_no_exit(played):
    with pytest.raises(InputError, match="says nothing of exit"):
        played(comity.load("g7"), shocks=[shock("leaves:ITA:2")])


@pytest.mark.parametrize("written", ["notice", "trust of JPN < 1/2", "text on Energy"])
def test_other_words_are_no_condition(written):
    with pytest.raises(ValueError, match="is no condition"):
        condition(written)


@pytest.mark.parametrize("what", ["crisis:energy:2", "absent:USA:when=JPN leaves", "election:USA:2"])
def test_many_games_at_once_refuse_what_their_arrays_do_not_hold(what):
    with pytest.raises(NotComputable, match="Compiled games do not hold"):
        comity.rehearse(comity.load("g5"), runs=10, rounds=3, shocks=[what], path="compiled")
